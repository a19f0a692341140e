/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virsh: manage domains, networks and storage. Global options and running commands. */
#include "shell.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <readline/history.h>
#include <readline/readline.h>

VirshShell virsh_shell;

/* ---- running
 * ---------------------------------------------------------------------------- */

static gboolean
fill_args (const VirshParsed *parsed, gpointer args, GError **error)
{
    Cli *cli = virsh_shell.cli;

    for (guint i = 0; i < parsed->rows->len; i++) {
        const CliOption *row = g_ptr_array_index (parsed->rows, i);

        if (!cli_args_set (cli, parsed->command->options, args, row,
                           g_ptr_array_index (parsed->texts, i), error))
            return FALSE;
    }
    return cli_args_finish (cli, parsed->command, error);
}

/* virsh ends each command with an empty line, whatever became of it. */
static void
end_output (const CliCommand *command, gint64 started_us)
{
    Cli *cli = virsh_shell.cli;

    if (virsh_shell.quit || cli_is_structured (cli))
        return;
    if (virsh_shell.timing)
        cli_print (cli, "\n(Time: %.3f ms)\n\n",
                   (double) (g_get_monotonic_time () - started_us) / 1000);
    else if (!cli_is_quiet (cli) && !(command->flags & CLI_HIDDEN_COMMAND))
        cli_print (cli, "\n");
}

static int
run_parsed (const VirshParsed *parsed)
{
    Cli *cli = virsh_shell.cli;
    gpointer args = cli_args_new (cli, parsed->command);
    g_autoptr (GError) error = NULL;
    gint64 started_us = g_get_monotonic_time ();
    gboolean ok;
    int status;

    cli_reset_cancellable (cli);
    if (parsed->wants_help) {
        virsh_help_command (cli, parsed->command);
        ok = TRUE;
    } else if (parsed->loose) {
        ok = virsh_net_define_words (cli, (const char *const *) parsed->loose, &error);
    } else {
        ok = fill_args (parsed, args, &error) && parsed->command->run (cli, args, &error);
    }
    status = cli_finish (cli, ok, error);
    end_output (parsed->command, started_us);
    cli_args_free (parsed->command, args);
    return status;
}

int
virsh_run_words (const char *const *words)
{
    g_autoptr (GError) error = NULL;
    VirshParsed *parsed = virsh_parse_words (words, &error);
    int status;

    if (!parsed)
        return cli_finish (virsh_shell.cli, FALSE, error);
    status = run_parsed (parsed);
    virsh_parsed_free (parsed);
    return status;
}

int
virsh_run_string (const char *text)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) commands = virsh_parse_string (text, &error);
    int status = 0;

    if (!commands)
        return cli_finish (virsh_shell.cli, FALSE, error);
    for (guint i = 0; i < commands->len && !virsh_shell.quit; i++) {
        status = run_parsed (g_ptr_array_index (commands, i));
        if (status != 0 && virsh_shell.strict)
            break;
    }
    return status;
}

/* ---- interactive
 * ---------------------------------------------------------------------------- */

static GStrv candidates;

static char *
next_candidate (const char *text, int state)
{
    static gsize at;

    if (state == 0)
        at = 0;
    while (candidates && candidates[at]) {
        const char *candidate = candidates[at++];

        if (g_str_has_prefix (candidate, text))
            return g_strdup (candidate);
    }
    return NULL;
}

static char **
complete_line (const char *text, int start, G_GNUC_UNUSED int end)
{
    g_autofree char *before = g_strndup (rl_line_buffer, (gsize) start);
    g_auto (GStrv) words = NULL;
    g_autoptr (GPtrArray) all = g_ptr_array_new ();

    rl_attempted_completion_over = 1;
    g_strstrip (before);
    if (*before && !g_shell_parse_argv (before, NULL, &words, NULL))
        return NULL;
    for (char **word = words; word && *word; word++)
        g_ptr_array_add (all, *word);
    g_ptr_array_add (all, (char *) text);
    g_ptr_array_add (all, NULL);
    g_clear_pointer (&candidates, g_strfreev);
    candidates = cli_complete_words (virsh_shell.cli, (const char *const *) all->pdata);
    return rl_completion_matches (text, next_candidate);
}

static char *
history_path (void)
{
    return g_build_filename (g_get_user_cache_dir (), "virsh", "history", NULL);
}

static void
start_history (void)
{
    g_autofree char *path = history_path ();
    const char *size = g_getenv ("VIRSH_HISTSIZE");

    using_history ();
    stifle_history (size ? atoi (size) : 500);
    read_history (path);
}

static void
keep_history (void)
{
    g_autofree char *path = history_path ();
    g_autofree char *dir = g_path_get_dirname (path);

    if (g_mkdir_with_parents (dir, 0700) == 0)
        write_history (path);
}

int
virsh_run_interactive (void)
{
    Cli *cli = virsh_shell.cli;

    if (!cli_is_quiet (cli))
        cli_print (cli, "%s",
                   _ ("Welcome to virsh, the virtualization interactive terminal.\n\n"
                      "Type:  'help' for help with commands\n"
                      "       'quit' to quit\n\n"));
    virsh_shell.interactive = TRUE;
    rl_readline_name = "virsh";
    rl_attempted_completion_function = complete_line;
    start_history ();
    while (!virsh_shell.quit) {
        char *line;

        fflush (stdout);
        line = readline (virsh_shell.read_only ? "virsh > " : "virsh # ");
        if (!line)
            break;
        if (*line) {
            add_history (line);
            virsh_run_string (line);
        }
        free (line);
    }
    keep_history ();
    cli_print (cli, "\n");
    return 0;
}

/* ---- global options
 * ----------------------------------------------------------------------------- */

typedef struct {
    char *uri, *escape, *log, *version, *format, *columns;
    int debug, keepalive_interval, keepalive_count;
    int help, quiet, read_only, timing, short_version, long_version, strict;
    double timeout;
} Globals;

enum { OPTION_VERSION = 1000 };

/* Long names may be cut as long as one fits. */
static char *
whole_name (const char *word, const struct poptOption *options)
{
    const char *equals = strchr (word, '=');
    gsize length = (equals ? (gsize) (equals - word) : strlen (word)) - 2;
    const struct poptOption *found = NULL;

    for (const struct poptOption *row = options; row->longName || row->shortName; row++) {
        if (!row->longName || strncmp (row->longName, word + 2, length) != 0)
            continue;
        if (strlen (row->longName) == length)
            return g_strdup (word);
        if (found)
            return g_strdup (word);
        found = row;
    }
    return found ? g_strconcat ("--", found->longName, equals, NULL) : g_strdup (word);
}

static void
show_version (const char *kind)
{
    Cli *cli = virsh_shell.cli;

    if (kind && strcmp (kind, "long") == 0)
        cli_print (cli, _ ("virtyard %s, virsh-compatible, with libvirt %d.%d.%d\n"),
                   VY_VERSION, LIBVIR_VERSION_NUMBER / 1000000,
                   LIBVIR_VERSION_NUMBER / 1000 % 1000, LIBVIR_VERSION_NUMBER % 1000);
    else
        cli_print (cli, "%d.%d.%d\n", LIBVIR_VERSION_NUMBER / 1000000,
                   LIBVIR_VERSION_NUMBER / 1000 % 1000, LIBVIR_VERSION_NUMBER % 1000);
}

static gboolean
check_globals (const Globals *globals, GError **error)
{
    static const char *const formats[] = { "table", "json", "csv", "plain", NULL };

    if (globals->debug < -1 || globals->debug > 4)
        return vy_throw (error, VY_ERROR_USAGE, _ ("option -d takes 0 to 4"));
    if (globals->debug >= 0 && globals->debug < 4)
        return vy_throw (
            error, VY_ERROR_UNSUPPORTED,
            _ ("option -d cannot be used: this virsh has no debug messages"));
    if (globals->log)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("option -l cannot be used: this virsh writes no debug log"));
    if (globals->keepalive_interval >= 0 || globals->keepalive_count >= 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("options -k and -K cannot be used: --timeout ends a command "
                            "whose daemon does not answer"));
    if (globals->escape && strlen (globals->escape) != 1 &&
        !(globals->escape[0] == '^' && strlen (globals->escape) == 2))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("'%s' is no escape character such as ^]"), globals->escape);
    if (globals->format && !g_strv_contains (formats, globals->format))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--format takes table, json, csv or plain"));
    return TRUE;
}

static void
use_globals (const Globals *globals)
{
    static const char *const formats[] = { "table", "json", "csv", "plain" };
    Cli *cli = virsh_shell.cli;

    for (int i = 0; globals->format && i < 4; i++)
        if (strcmp (formats[i], globals->format) == 0)
            cli->globals.format = i;
    cli->globals.columns = g_strdup (globals->columns);
    cli->globals.quiet = globals->quiet != 0;
    cli->globals.timeout_ms = (guint64) (globals->timeout * 1000);
    virsh_shell.escape = globals->escape;
    virsh_shell.timing = globals->timing != 0;
    virsh_shell.read_only = globals->read_only != 0;
    virsh_shell.strict =
        globals->strict || g_strcmp0 (g_getenv ("VIRTYARD_STRICT_EXIT"), "1") == 0;
    cli_set_uri (cli, globals->uri, globals->read_only != 0);
}

/* Reads the options before the command. Returns: the words behind them, or NULL. */
static GStrv
read_globals (int argc, char **argv, Globals *globals, GError **error)
{
    const struct poptOption options[] = {
        { "connect", 'c', POPT_ARG_STRING, &globals->uri, 0, NULL, NULL },
        { "debug", 'd', POPT_ARG_INT, &globals->debug, 0, NULL, NULL },
        { "escape", 'e', POPT_ARG_STRING, &globals->escape, 0, NULL, NULL },
        { "help", 'h', POPT_ARG_NONE, &globals->help, 0, NULL, NULL },
        { "keepalive-interval", 'k', POPT_ARG_INT, &globals->keepalive_interval, 0, NULL,
          NULL },
        { "keepalive-count", 'K', POPT_ARG_INT, &globals->keepalive_count, 0, NULL,
          NULL },
        { "log", 'l', POPT_ARG_STRING, &globals->log, 0, NULL, NULL },
        { "quiet", 'q', POPT_ARG_NONE, &globals->quiet, 0, NULL, NULL },
        { "readonly", 'r', POPT_ARG_NONE, &globals->read_only, 0, NULL, NULL },
        { "timing", 't', POPT_ARG_NONE, &globals->timing, 0, NULL, NULL },
        { "version", 0, POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, &globals->version,
          OPTION_VERSION, NULL, NULL },
        { NULL, 'v', POPT_ARG_NONE, &globals->short_version, 0, NULL, NULL },
        { NULL, 'V', POPT_ARG_NONE, &globals->long_version, 0, NULL, NULL },
        { "strict-exit", 0, POPT_ARG_NONE, &globals->strict, 0, NULL, NULL },
        { "format", 0, POPT_ARG_STRING, &globals->format, 0, NULL, NULL },
        { "columns", 0, POPT_ARG_STRING, &globals->columns, 0, NULL, NULL },
        { "timeout", 0, POPT_ARG_DOUBLE, &globals->timeout, 0, NULL, NULL },
        POPT_TABLEEND
    };
    g_auto (GStrv) words = g_new0 (char *, (gsize) argc + 1);
    poptContext context;
    const char **rest;
    GStrv left = NULL;
    int result;

    for (int i = 0; i < argc; i++)
        words[i] = g_str_has_prefix (argv[i], "--") && argv[i][2]
                       ? whole_name (argv[i], options)
                       : g_strdup (argv[i]);
    context = poptGetContext ("virsh", argc, (const char **) words, options,
                              POPT_CONTEXT_POSIXMEHARDER);
    while ((result = poptGetNextOpt (context)) >= 0)
        if (result == OPTION_VERSION && !globals->version)
            globals->short_version = 1;
    if (result < -1) {
        vy_throw (error, VY_ERROR_USAGE, "%s: %s", poptBadOption (context, 0),
                  poptStrerror (result));
    } else {
        gsize n = 0;

        rest = poptGetArgs (context);
        while (rest && rest[n])
            n++;
        left = g_new0 (char *, n + 1);
        /* as typed: whole_name() is for the options alone */
        for (gsize i = 0; i < n; i++)
            left[i] = g_strdup (argv[(gsize) argc - n + i]);
    }
    poptFreeContext (context);
    return left;
}

static int
run (const Globals *globals, GStrv words)
{
    g_autoptr (GError) error = NULL;

    if (globals->help) {
        cli_help_program (virsh_shell.cli);
        return 0;
    }
    if (globals->version || globals->short_version || globals->long_version) {
        show_version (globals->long_version ? "long" : globals->version);
        return 0;
    }
    use_globals (globals);
    cli_start_deadline (virsh_shell.cli);
    /* before any connection: commands of a session that wait for events share it */
    if (!cli_use_events (virsh_shell.cli, &error))
        return cli_finish (virsh_shell.cli, FALSE, error);
    /* a connection that was named has to open, even for commands that need none */
    if (globals->uri && !cli_conn (virsh_shell.cli, &error))
        return cli_finish (virsh_shell.cli, FALSE, error);
    if (!words[0])
        return virsh_run_interactive ();
    return words[1] ? virsh_run_words ((const char *const *) words)
                    : virsh_run_string (words[0]);
}

int
main (int argc, char **argv)
{
    static Globals globals = { .debug = -1,
                               .keepalive_interval = -1,
                               .keepalive_count = -1 };
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) words = NULL;
    int status;

    cli_init ();
    virsh_shell.cli = cli_new (&virsh_program);
    status = cli_run_hidden (virsh_shell.cli, (const char *const *) argv);
    if (status >= 0) {
        cli_free (virsh_shell.cli);
        return status;
    }
    words = read_globals (argc, argv, &globals, &error);
    if (words && check_globals (&globals, &error))
        status = run (&globals, words);
    else
        status = cli_finish (virsh_shell.cli, FALSE, error);
    if (fflush (stdout) != 0 && status == 0)
        status = 1;
    cli_free (virsh_shell.cli);
    return status;
}
