/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --dump-man, --dump-options, --dump-names: the rows for the build of man pages and
 * completion. */
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

static void
dump_row (const CliOption *row)
{
    g_autofree char *name = roff (row->name);
    g_autofree char *help = roff (_ (row->help));
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
}

static void
dump_rows (const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++)
        if (!(row->flags & CLI_HIDDEN) && row->type != CLI_ALIAS)
            dump_row (row);
}

static void
dump_command (const CliCommand *command)
{
    g_autofree char *synopsis = cli_synopsis (command);
    g_autofree char *title = roff (synopsis);
    g_autofree char *help = roff (_ (command->help));
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

    printf ("@@SYNOPSIS\n.B %s\n@@OPTIONS\n", line);
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
    printf (".SS Options of every command\n");
    dump_rows (cli_global_options);
    return 0;
}

/* ---- tables for the shell
 * ----------------------------------------------------------------
 *
 * Lines of "COMMAND<TAB>KIND<TAB>NAME<TAB>MORE"; COMMAND is "-" for the program itself.
 * KIND: "command", "flag", "value", "file", "choice" (MORE: the words), "word".
 */

static const char *
kind_of (const CliOption *options, const CliOption *row)
{
    if (!cli_option_has_value (options, row))
        return "flag";
    if (row->flags & CLI_OPTIONAL_VALUE)
        return "optional";
    if (row->flags & CLI_FILE)
        return "file";
    return row->choices ? "choice" : "value";
}

static void
dump_table (const char *command, const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++) {
        g_autofree char *choices =
            row->choices ? g_strjoinv (" ", (char **) row->choices) : g_strdup ("");

        if (row->flags & CLI_HIDDEN || row->type == CLI_ALIAS)
            continue;
        printf ("%s\t%s\t--%s\t%s\n", command, kind_of (options, row), row->name,
                choices);
        if (row->letter)
            printf ("%s\t%s\t-%c\t%s\n", command, kind_of (options, row), row->letter,
                    choices);
        if (row->flags & (CLI_POSITIONAL | CLI_ARGV))
            printf ("%s\tword\t%s\t%s\n", command, row->name,
                    row->flags & CLI_FILE ? "file" : "");
    }
}

int
cli_dump_options (Cli *cli)
{
    g_autoptr (GPtrArray) all = cli_commands (cli->program);

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (command->flags & CLI_HIDDEN_COMMAND)
            continue;
        if (!cli->program->single)
            printf ("-\tcommand\t%s\t\n", command->name);
        if (command->alias_of)
            command = cli_command_find (cli->program, command->name);
        dump_table (cli->program->single
                        ? "-"
                        : ((CliCommand *) g_ptr_array_index (all, i))->name,
                    command->options);
    }
    dump_table ("-", cli_global_options);
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
