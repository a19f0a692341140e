/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The options before the command: rows, reading, what they change. */
#include "shell.h"

#include <popt.h>

static const char *const version_kinds[] = { "short", "long", NULL };
static const char *const uris[] = { "qemu:///system", "qemu:///session", NULL };

#define GLOBAL(name, letter, type, flags, field, meta, help)                             \
    {                                                                                    \
        name, letter, type, flags, offsetof (CliGlobals, field), meta, N_ (help)         \
    }

#define OUTPUT_OPTIONS                                                                   \
    { "format",                                                                          \
      0,                                                                                 \
      CLI_ENUM,                                                                          \
      0,                                                                                 \
      offsetof (CliGlobals, format),                                                     \
      N_ ("FORMAT"),                                                                     \
      N_ ("how results are printed"),                                                    \
      .choices = cli_formats },                                                          \
        GLOBAL ("columns", 0, CLI_STRING, 0, columns, N_ ("LIST"),                       \
                "columns to print, by key, separated by commas")

const CliOption virsh_output_options[] = { OUTPUT_OPTIONS, { 0 } };

const CliOption virsh_globals[] = {
    { "connect", 'c', CLI_STRING, CLI_EMPTY_OK, offsetof (CliGlobals, uri), N_ ("URI"),
      N_ ("connect to the hypervisor at URI"), .choices = uris },
    GLOBAL ("debug", 'd', CLI_INT, 0, debug, N_ ("NUM"),
            "print what is done: 0 everything, 4 nothing but errors"),
    GLOBAL ("escape", 'e', CLI_STRING, 0, escape, N_ ("CHAR"),
            "what leaves a console, ^] by default"),
    GLOBAL ("help", 'h', CLI_FLAG, 0, help, NULL, "show this help"),
    GLOBAL ("keepalive-interval", 'k', CLI_INT, 0, keepalive_interval_s, N_ ("NUM"),
            "seconds between questions whether the daemon is there, 0 for none"),
    GLOBAL ("keepalive-count", 'K', CLI_INT, 0, keepalive_count, N_ ("NUM"),
            "how many of them may stay unanswered"),
    GLOBAL ("log", 'l', CLI_STRING, CLI_FILE, log, N_ ("FILE"),
            "write errors and debug messages to FILE"),
    GLOBAL ("quiet", 'q', CLI_FLAG, 0, quiet, NULL, "print results only"),
    GLOBAL ("readonly", 'r', CLI_FLAG, 0, read_only, NULL, "connect read-only"),
    GLOBAL ("timing", 't', CLI_FLAG, 0, timing, NULL, "print how long each command took"),
    { "short-version", 'v', CLI_ALIAS, .help = N_ ("show the version"),
      .alias_of = "version=short" },
    { "long-version", 'V', CLI_ALIAS, .help = N_ ("show the version at length"),
      .alias_of = "version=long" },
    { "version", 0, CLI_STRING, CLI_OPTIONAL_VALUE, offsetof (CliGlobals, version_kind),
      N_ ("KIND"), N_ ("show the version: short or long"), .choices = version_kinds },
    CLI_HEADING (N_ ("More options")),
    OUTPUT_OPTIONS,
    GLOBAL ("timeout", 0, CLI_TIME, 0, timeout_ms, N_ ("DURATION"),
            "give up after this time; a bare number counts seconds"),
    GLOBAL ("strict-exit", 0, CLI_FLAG, 0, strict, NULL,
            "exit statuses tell what failed, and a line ends at the first failure"),
    GLOBAL ("no-pkttyagent", 0, CLI_FLAG, 0, no_agent, NULL,
            "ask for no passwords on behalf of polkit"),
    { 0 },
};

/* ---- reading
 * -------------------------------------------------------------------------------------
 */

/* Long names may be cut as long as one fits. */
static char *
whole_name (const char *word)
{
    const char *equals = strchr (word, '=');
    gsize length = (equals ? (gsize) (equals - word) : strlen (word)) - 2;
    const CliOption *found = NULL;

    for (const CliOption *row = virsh_globals; row->name; row++) {
        if (cli_option_is_heading (row) || row->type == CLI_ALIAS ||
            strncmp (row->name, word + 2, length) != 0)
            continue;
        if (strlen (row->name) == length || found)
            return g_strdup (word);
        found = row;
    }
    return found ? g_strconcat ("--", found->name, equals, NULL) : g_strdup (word);
}

/* popt's form of the rows; val is the row's place plus one. */
static GArray *
popt_table (void)
{
    GArray *table = g_array_new (TRUE, FALSE, sizeof (struct poptOption));

    for (int i = 0; virsh_globals[i].name; i++) {
        const CliOption *row = &virsh_globals[i];
        gboolean has_value = cli_option_has_value (virsh_globals, row);
        struct poptOption option = {
            row->name, row->letter, has_value ? POPT_ARG_STRING : POPT_ARG_NONE,
            NULL,      i + 1,       NULL,
            NULL
        };

        if (row->flags & CLI_OPTIONAL_VALUE)
            option.argInfo |= POPT_ARGFLAG_OPTIONAL;
        if (row->type == CLI_ALIAS)
            option.longName = NULL;
        if (!cli_option_is_heading (row))
            g_array_append_val (table, option);
    }
    return table;
}

static gboolean
read_options (poptContext context, GError **error)
{
    Cli *cli = virsh_shell.cli;
    int result;

    while ((result = poptGetNextOpt (context)) >= 0) {
        char *text = poptGetOptArg (context);
        const CliOption *row = &virsh_globals[result - 1];
        gboolean ok = cli_args_set (cli, virsh_globals, &cli->globals, row, text, error);

        free (text);
        if (!ok)
            return FALSE;
    }
    if (result == POPT_ERROR_NOARG)
        return vy_throw (error, VY_ERROR_USAGE, _ ("option %s needs a value"),
                         poptBadOption (context, 0));
    if (result < -1)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown option '%s', see --help"),
                         poptBadOption (context, 0));
    return TRUE;
}

GStrv
virsh_read_globals (int argc, char **argv, GError **error)
{
    g_autoptr (GArray) table = popt_table ();
    g_auto (GStrv) words = g_new0 (char *, (gsize) argc + 1);
    poptContext context;
    GStrv left = NULL;

    for (int i = 0; i < argc; i++)
        words[i] = g_str_has_prefix (argv[i], "--") && argv[i][2] ? whole_name (argv[i])
                                                                  : g_strdup (argv[i]);
    context = poptGetContext ("virsh", argc, (const char **) words,
                              (struct poptOption *) (void *) table->data,
                              POPT_CONTEXT_POSIXMEHARDER);
    if (read_options (context, error)) {
        const char **rest = poptGetArgs (context);
        gsize n = 0;

        while (rest && rest[n])
            n++;
        /* as typed: whole_name() is for the options alone */
        left = g_strdupv (argv + ((gsize) argc - n));
    }
    poptFreeContext (context);
    return left;
}

/* ---- using
 * ---------------------------------------------------------------------------------------
 */

static gboolean
check_escape (const char *escape, GError **error)
{
    gsize length = escape ? strlen (escape) : 0;

    if (!escape || length == 1)
        if (g_strcmp0 (escape, "^") != 0)
            return TRUE;
    if (length == 2 && escape[0] == '^' && strchr ("@[]\\^_?", escape[1]))
        return TRUE;
    if (length == 2 && escape[0] == '^' && g_ascii_isalpha (escape[1]))
        return TRUE;
    return vy_throw (error, VY_ERROR_USAGE, _ ("'%s' is no escape character such as ^]"),
                     escape);
}

gboolean
virsh_use_globals (GError **error)
{
    Cli *cli = virsh_shell.cli;
    CliGlobals *globals = &cli->globals;
    g_autofree char *uri = g_strdup (globals->uri);

    if (cli_has (cli, "debug") && (globals->debug < 0 || globals->debug > 4)) {
        cli_warn (cli, _ ("error: the debug level %d is not one of 0 to 4"),
                  globals->debug);
        globals->debug = -1;
    }
    if ((cli_has (cli, "keepalive-interval") && globals->keepalive_interval_s < 0) ||
        (cli_has (cli, "keepalive-count") && globals->keepalive_count < 0))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("options -k and -K take no numbers "
                            "below 0"));
    if (!check_escape (globals->escape, error) ||
        !virsh_debug_start (globals->debug, globals->log, error))
        return FALSE;
    virsh_shell.escape = globals->escape;
    virsh_shell.timing = globals->timing;
    virsh_shell.read_only = globals->read_only;
    globals->strict =
        globals->strict || g_strcmp0 (g_getenv ("VIRTYARD_STRICT_EXIT"), "1") == 0;
    virsh_shell.strict = globals->strict;
    cli_set_uri (cli, uri, globals->read_only);
    return TRUE;
}

/* ---- help and version
 * ---------------------------------------------------------------------------- */

static void
print_option (const CliOption *row)
{
    g_autofree char *value = NULL;
    g_autofree char *title = NULL;

    if (row->type == CLI_ALIAS || row->type == CLI_FLAG)
        value = g_strdup ("");
    else
        value = g_strdup_printf (row->flags & CLI_OPTIONAL_VALUE ? "[=%s]" : "=%s",
                                 _ (row->metavar));
    if (row->type == CLI_ALIAS)
        title = g_strdup_printf ("-%c", row->letter);
    else if (row->letter)
        title = g_strdup_printf ("-%c | --%s%s", row->letter, row->name, value);
    else
        title = g_strdup_printf ("--%s%s", row->name, value);
    if (strlen (title) > 23)
        cli_print (virsh_shell.cli, "    %s\n%28s%s\n", title, "", _ (row->help));
    else
        cli_print (virsh_shell.cli, "    %-23s %s\n", title, _ (row->help));
}

static const CliOption *
print_options (const CliOption *row)
{
    for (; row->name && !cli_option_is_heading (row); row++)
        print_option (row);
    return row;
}

void
virsh_help_program (void)
{
    Cli *cli = virsh_shell.cli;
    const CliOption *row;

    cli_print (cli, "%s",
               _ ("Usage: virsh [OPTION]... [COMMANDS]\n"
                  "       virsh [OPTION]... COMMAND [WORD]...\n\n"
                  "  Options:\n"));
    row = print_options (virsh_globals);
    cli_print (cli, "%s", _ ("\n  Commands:\n\n"));
    virsh_help_groups (cli);
    if (!row->name)
        return;
    cli_print (cli, "  %s:\n", _ (row->help));
    print_options (row + 1);
    cli_print (cli, "%s", _ ("\n  'virsh help COMMAND' tells more about a command.\n"));
}

void
virsh_show_version (const char *kind)
{
    Cli *cli = virsh_shell.cli;
    unsigned long version = LIBVIR_VERSION_NUMBER;

    if (strcmp (kind, "long") == 0)
        cli_print (cli, _ ("virtyard %s, virsh-compatible, with libvirt %lu.%lu.%lu\n"),
                   VY_VERSION, version / 1000000, version / 1000 % 1000, version % 1000);
    else
        cli_print (cli, "%lu.%lu.%lu\n", version / 1000000, version / 1000 % 1000,
                   version % 1000);
}
