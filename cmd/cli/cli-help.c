/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --help, --usage, --version: what the rows say. */
#include "cli-private.h"

#include <string.h>

/* Where the help of an option begins. */
#define HELP_COLUMN 30
#define WIDTH 80

static const char *
metavar_of (const CliOption *row)
{
    return row->metavar ? _ (row->metavar) : _ ("VALUE");
}

static void
append_word (GString *text, const CliOption *row)
{
    const char *dots = row->type == CLI_STRINGS ? "..." : "";
    const char *metavar = metavar_of (row);

    if (row->flags & CLI_REQUIRED)
        g_string_append_printf (text, " %s%s", metavar, dots);
    else
        g_string_append_printf (text, " [%s%s]", metavar, dots);
}

char *
cli_synopsis (const CliCommand *command)
{
    GString *text = g_string_new (command->name);
    gboolean optional = FALSE;

    for (const CliOption *row = command->options; row && row->name; row++) {
        gboolean named = !(row->flags & (CLI_POSITIONAL | CLI_ARGV));

        if (named && (row->flags & CLI_REQUIRED))
            g_string_append_printf (text, " --%s %s", row->name, metavar_of (row));
        optional = optional || (named && !(row->flags & CLI_REQUIRED));
    }
    if (optional)
        g_string_append_printf (text, " [%s]...", _ ("OPTION"));
    for (const CliOption *row = command->options; row && row->name; row++)
        if (row->flags & (CLI_POSITIONAL | CLI_ARGV))
            append_word (text, row);
    return g_string_free (text, FALSE);
}

static char *
option_title (const CliOption *row)
{
    g_autofree char *letter =
        row->letter ? g_strdup_printf ("-%c, ", row->letter) : g_strdup ("    ");
    const char *format = row->flags & CLI_OPTIONAL_VALUE ? "%s--%s[=%s]" : "%s--%s %s";

    if (row->type == CLI_FLAG || row->type == CLI_ALIAS)
        return g_strdup_printf ("%s--%s", letter, row->name);
    return g_strdup_printf (format, letter, row->name, metavar_of (row));
}

static void
print_wrapped (Cli *cli, const char *title, const char *help)
{
    g_auto (GStrv) words = g_strsplit (help, " ", -1);
    size_t at = 2 + cli_text_width (title);

    cli_print (cli, "  %s", title);
    if (at + 2 > HELP_COLUMN) {
        cli_print (cli, "\n");
        at = 0;
    }
    cli_print (cli, "%*s", (int) (HELP_COLUMN - at), "");
    at = HELP_COLUMN;
    for (char **word = words; *word; word++) {
        size_t width = cli_text_width (*word);

        if (at > HELP_COLUMN && at + width + 1 > WIDTH) {
            cli_print (cli, "\n%*s", HELP_COLUMN, "");
            at = HELP_COLUMN;
        }
        cli_print (cli, "%s%s", at > HELP_COLUMN ? " " : "", *word);
        at += width + (at > HELP_COLUMN ? 1 : 0);
    }
    cli_print (cli, "\n");
}

static void
print_option (Cli *cli, const CliOption *row)
{
    g_autofree char *title = row->flags & (CLI_POSITIONAL | CLI_ARGV)
                                 ? g_strdup (metavar_of (row))
                                 : option_title (row);
    g_autofree char *choices = row->type == CLI_ENUM && row->choices
                                   ? g_strjoinv (", ", (char **) row->choices)
                                   : NULL;
    g_autofree char *help = choices ? g_strdup_printf ("%s: %s", _ (row->help), choices)
                                    : g_strdup (_ (row->help));

    print_wrapped (cli, title, help);
}

static void
print_options (Cli *cli, const char *heading, const CliOption *options, gboolean words)
{
    g_autofree char *title = NULL;
    gboolean printed = FALSE;

    for (const CliOption *row = options; row && row->name; row++) {
        gboolean is_word = (row->flags & (CLI_POSITIONAL | CLI_ARGV)) != 0;

        if (cli_option_is_heading (row) && !words) {
            g_free (title);
            title = g_strconcat (_ (row->help), ":", NULL);
            heading = title;
            printed = FALSE;
        }
        if ((row->flags & CLI_HIDDEN) || row->type == CLI_ALIAS || is_word != words)
            continue;
        if (!printed)
            cli_print (cli, "\n%s\n", heading);
        printed = TRUE;
        print_option (cli, row);
    }
}

static void
print_usage_line (Cli *cli, const CliCommand *command)
{
    g_autofree char *synopsis = cli_synopsis (command);

    if (cli->program->single)
        cli_print (cli, _ ("Usage: %s\n"), synopsis);
    else
        cli_print (cli, _ ("Usage: %s %s\n"), cli->program->name, synopsis);
}

static void
print_sentence (Cli *cli, const char *text)
{
    g_autofree char *first = g_utf8_substring (text, 0, 1);
    g_autofree char *upper = g_utf8_strup (first, -1);

    cli_print (cli, "\n%s%s.\n", upper, text + strlen (first));
}

void
cli_help_command (Cli *cli, const CliCommand *command)
{
    print_usage_line (cli, command);
    print_sentence (cli, _ (command->help));
    if (command->description)
        cli_print (cli, "\n%s\n", _ (command->description));
    print_options (cli, _ ("Words:"), command->options, TRUE);
    print_options (cli, _ ("Options:"), command->options, FALSE);
    print_options (cli, _ ("Options of every command:"), cli_global_options, FALSE);
}

static gboolean
group_is_empty (const CliGroup *group)
{
    for (const CliCommand *const *list = group->commands; *list; list++)
        for (const CliCommand *command = *list; command->name; command++)
            if (!(command->flags & CLI_HIDDEN_COMMAND) && !command->alias_of)
                return FALSE;
    return TRUE;
}

static void
print_group (Cli *cli, const CliGroup *group)
{
    if (group_is_empty (group))
        return;
    cli_print (cli, "\n%s:\n", group->title ? _ (group->title) : _ ("Commands"));
    for (const CliCommand *const *list = group->commands; *list; list++)
        for (const CliCommand *command = *list; command->name; command++)
            if (!(command->flags & CLI_HIDDEN_COMMAND) && !command->alias_of)
                print_wrapped (cli, command->name, _ (command->help));
}

void
cli_help_program (Cli *cli)
{
    const CliProgram *program = cli->program;

    if (program->single) {
        cli_help_command (cli, program->groups[0].commands[0]);
        return;
    }
    cli_print (cli, _ ("Usage: %s [OPTION]... COMMAND [WORD]...\n"), program->name);
    print_sentence (cli, _ (program->summary));
    for (const CliGroup *group = program->groups; group->commands; group++)
        print_group (cli, group);
    print_options (cli, _ ("Options of every command:"), cli_global_options, FALSE);
    cli_print (cli, _ ("\n'%s COMMAND --help' tells more about a command.\n"),
               program->name);
}

void
cli_help_usage (Cli *cli, const CliCommand *command)
{
    if (!command && cli->program->single)
        command = cli->program->groups[0].commands[0];
    if (command)
        print_usage_line (cli, command);
    else
        cli_print (cli, _ ("Usage: %s [OPTION]... COMMAND [WORD]...\n"),
                   cli->program->name);
}

void
cli_help_version (Cli *cli)
{
    cli_print (cli, "%s (virtyard) %s\n", cli->program->name, VY_VERSION);
}
