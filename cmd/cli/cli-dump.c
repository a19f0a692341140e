/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --dump-man, --dump-options, --dump-names: the rows for the build of man pages and
 * completion. */
#include "cli-devices.h"
#include "cli-private.h"

#include <stdio.h>
#include <string.h>

/* ---- roff
 * -------------------------------------------------------------------------------
 */

static char *
roff (const char *text)
{
    g_autoptr (GString) out = g_string_new (text);

    g_string_replace (out, "\\", "\\e", 0);
    g_string_replace (out, "-", "\\-", 0);
    if (out->len && strchr (".'", out->str[0]))
        g_string_prepend (out, "\\&");
    return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A sentence out of a help text. */
static char *
sentence (const char *help)
{
    g_autofree char *first = g_utf8_substring (help, 0, 1);
    g_autofree char *upper = g_utf8_strup (first, -1);
    g_autofree char *text = g_strconcat (upper, help + strlen (first), NULL);

    return roff (text);
}

/* Sub-options that each device has are said once, in the page's own words. */
static gboolean
is_common (const char *key)
{
    static const char *const common[] = { "address.", "alias.", "clearxml", "xpath" };

    for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
        if (g_str_has_prefix (key, common[i]))
            return TRUE;
    return FALSE;
}

static void
dump_subopt (const VyDevice *device, const char *pattern, gboolean first)
{
    g_autoptr (GString) key = g_string_new (pattern);
    g_autofree char *name = NULL;
    g_autofree char *joined = NULL;
    g_autofree char *words = NULL;
    g_autoptr (GString) spaced = NULL;
    g_auto (GStrv) values = NULL;
    const VySubopt *row;

    g_string_replace (key, "[0-9]*", "0", 0);
    row = vy_device_find_row (device, key->str);
    values = row ? vy_subopt_list_values (device, row, FALSE) : NULL;
    joined = values ? g_strjoinv ("|", values) : g_strdup ("");
    words = roff (joined);
    spaced = g_string_new (words);
    g_string_replace (spaced, "|", "|\\:", 0); /* lines may break there */
    name = roff (key->str);
    printf ("%s\\fB%s\\fR%s%s", first ? "" : ",\n", name, values ? "=" : "", spaced->str);
}

static void
dump_subopts (const char *option)
{
    const VyDevice *device = vy_device_find (option);
    g_auto (GStrv) keys = device ? vy_device_keys (device) : NULL;
    gboolean first = TRUE;

    for (char **key = keys; key && *key; key++) {
        if (is_common (*key))
            continue;
        if (first)
            printf (".IP\n.na\n%s: ", _ ("Sub-options"));
        dump_subopt (device, *key, first);
        first = FALSE;
    }
    if (!first)
        printf (".\n.ad\n");
}

static void
dump_row (const CliOption *row)
{
    g_autofree char *name = roff (row->name);
    g_autofree char *help = sentence (_ (row->help));
    g_autofree char *metavar = roff (row->metavar ? _ (row->metavar) : "VALUE");

    printf (".TP\n");
    if (row->flags & (CLI_POSITIONAL | CLI_ARGV))
        printf ("\\fI%s\\fR%s\n", metavar, row->type == CLI_STRINGS ? "..." : "");
    else if (row->letter)
        printf ("\\fB\\-%c\\fR, \\fB\\-\\-%s\\fR", row->letter, name);
    else
        printf ("\\fB\\-\\-%s\\fR", name);
    if (!(row->flags & (CLI_POSITIONAL | CLI_ARGV))) {
        if (row->type == CLI_FLAG)
            printf ("\n");
        else
            printf (row->flags & CLI_OPTIONAL_VALUE ? "[=\\fI%s\\fR]\n" : " \\fI%s\\fR\n",
                    metavar);
    }
    printf ("%s", help);
    for (const char *const *c = row->type == CLI_ENUM ? row->choices : NULL; c && *c; c++)
        printf ("%s\\fB%s\\fR", c == row->choices ? ": " : ", ", *c);
    printf (".\n");
    if (row->complete == cli_complete_subopts)
        dump_subopts (row->name);
}

static void
dump_rows (const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++)
        if (cli_option_is_heading (row))
            printf (".SS %s\n", _ (row->help));
        else if (!(row->flags & CLI_HIDDEN) && row->type != CLI_ALIAS)
            dump_row (row);
}

static void
dump_command (const CliCommand *command)
{
    g_autofree char *synopsis = cli_synopsis (command);
    g_autofree char *title = roff (synopsis);
    g_autofree char *help = sentence (_ (command->help));
    g_autofree char *more = command->description ? roff (_ (command->description)) : NULL;

    printf (".SS %s\n%s.\n", title, help);
    if (more)
        printf (".PP\n%s\n", more);
    dump_rows (command->options);
}

static void
dump_synopsis (Cli *cli)
{
    const CliProgram *program = cli->program;
    g_autofree char *text =
        program->single
            ? cli_synopsis (program->groups[0].commands[0])
            : g_strdup_printf ("%s [OPTION]... COMMAND [WORD]...", program->name);
    g_autofree char *line = roff (text);

    printf ("@@SUMMARY\n%s\n@@SYNOPSIS\n.B %s\n@@OPTIONS\n", _ (program->summary), line);
}

int
cli_dump_man (Cli *cli)
{
    g_autoptr (GPtrArray) all = cli_commands (cli->program);

    dump_synopsis (cli);
    if (cli->program->single)
        dump_rows (cli->program->groups[0].commands[0]->options);
    for (guint i = 0; !cli->program->single && i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND) && !command->alias_of)
            dump_command (command);
    }
    printf (".SS %s\n", cli->program->style == CLI_STYLE_VIRSH
                            ? _ ("Options before the command")
                            : _ ("Options of every command"));
    dump_rows (cli_globals (cli));
    return 0;
}

/* ---- tables for the shell
 * ----------------------------------------------------------------
 *
 * Elements of a bash array: ["PROGRAM"] and ["PROGRAM COMMAND"] are lists of options,
 * ["PROGRAM:"] is the list of commands. An option is "--flag", "--value=",
 * "--optional=?", "--file=@", "--choice=a|b"; ":" and ":@" are words without a name in
 * their order, ":@" a file, ":..." all that are left.
 */

static gboolean
is_word (const char *text)
{
    return *text &&
           !text[strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-+.:/")];
}

static gboolean
are_words (const char *const *choices)
{
    for (; choices && *choices; choices++)
        if (!is_word (*choices))
            return FALSE;
    return TRUE;
}

static char *
value_kind (Cli *cli, const CliCommand *command, const CliOption *options,
            const CliOption *row)
{
    const char *fixed = NULL;
    const CliOption *target = cli_option_resolve (options, row, &fixed);
    g_autofree char *choices = NULL;
    CliValues values;

    if (!cli_option_has_value (options, row))
        return g_strdup ("");
    if (target->flags & CLI_OPTIONAL_VALUE)
        return g_strdup ("=?");
    cli_option_values (cli, command, target, &values);
    if (values.files)
        return g_strdup ("=@");
    if (!values.choices || values.complete || values.list || !are_words (values.choices))
        return g_strdup ("=");
    choices = g_strjoinv ("|", (char **) values.choices);
    return g_strconcat ("=", choices, NULL);
}

static void
dump_table (Cli *cli, const CliCommand *command, const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++) {
        g_autofree char *kind = value_kind (cli, command, options, row);

        if (row->flags & CLI_HIDDEN)
            continue;
        if (row->type != CLI_ALIAS)
            printf ("--%s%s ", row->name, kind);
        if (row->letter)
            printf ("-%c%s ", row->letter, kind);
        if (row->flags & (CLI_POSITIONAL | CLI_ARGV))
            printf (":%s%s ", strcmp (kind, "=@") == 0 ? "@" : "",
                    row->flags & CLI_ARGV ? "..." : "");
    }
}

static void
dump_command_table (Cli *cli, const CliCommand *command)
{
    const CliCommand *real = command;

    if (command->alias_of)
        real = cli_command_find (cli->program, command->alias_of);
    printf ("[\"%s %s\"]=\"", cli->program->name, command->name);
    dump_table (cli, real, real ? real->options : NULL);
    printf ("\"\n");
}

int
cli_dump_options (Cli *cli)
{
    const CliProgram *program = cli->program;
    g_autoptr (GPtrArray) all = cli_commands (program);

    printf ("[\"%s\"]=\"", program->name);
    if (program->single)
        dump_table (cli, program->groups[0].commands[0],
                    program->groups[0].commands[0]->options);
    dump_table (cli, NULL, cli_globals (cli));
    printf ("\"\n");
    if (program->single)
        return 0;
    printf ("[\"%s:\"]=\"", program->name);
    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND))
            printf ("%s ", command->name);
    }
    printf ("\"\n");
    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND))
            dump_command_table (cli, command);
    }
    return 0;
}

/* ---- rows for the table of "virtyard CMD"
 * -------------------------------------------------
 */

static void
dump_name (const char *name, const char *kind, const char *help)
{
    g_autofree char *escaped = g_strescape (help ? help : "", NULL);

    printf ("    { \"%s\", %s, \"%s\" },\n", name, kind, escaped);
}

int
cli_dump_names (Cli *cli)
{
    const CliProgram *program = cli->program;
    g_autoptr (GPtrArray) all = cli_commands (program);
    const char *dash = strchr (program->name, '-');

    if (program->style != CLI_STYLE_VIRSH) {
        dump_name (dash ? dash + 1 : program->name,
                   program->style == CLI_STYLE_NATIVE ? "NATIVE" : "INSTALL",
                   program->summary);
        return 0;
    }
    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND))
            dump_name (command->name, "VIRSH", command->help);
    }
    return 0;
}
