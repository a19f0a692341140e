/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --self-test: a program's rows follow the rules. */
#include "cli-private.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const CliCommand *command;
    gboolean virsh;
    int n_faults;
} Check;

static void
expect (Check *check, gboolean holds, const char *option, const char *rule)
{
    if (holds)
        return;
    check->n_faults++;
    printf ("%s%s%s: %s\n", check->command->name, option ? " --" : "",
            option ? option : "", rule);
}

/* "CPU count" and "MAC address" may begin with capitals, "Shows x" may not. */
static gboolean
is_lower (const char *help)
{
    return !g_ascii_isupper (help[0]) || !g_ascii_islower (help[1]);
}

static void
check_help (Check *check, const char *option, const char *help)
{
    gsize n = help ? strlen (help) : 0;

    expect (check, n > 0, option, "has no help");
    if (n == 0)
        return;
    expect (check, is_lower (help), option, "its help begins with a capital");
    expect (check, help[n - 1] != '.', option, "its help ends with a full stop");
}

static void
check_excludes (Check *check, const CliOption *row)
{
    g_auto (GStrv) names = g_strsplit (row->excludes ? row->excludes : "", ",", -1);

    for (char **name = names; *name; name++)
        if (**name)
            expect (check, cli_option_find (check->command->options, *name) != NULL,
                    row->name, "excludes an option that is not there");
}

static void
check_type (Check *check, const CliOption *row)
{
    const char *value = NULL;

    if (row->type == CLI_ALIAS)
        expect (check,
                row->alias_of &&
                    cli_option_resolve (check->command->options, row, &value),
                row->name, "is an alias of an option that is not there");
    if (row->type == CLI_ENUM)
        expect (check, row->choices && row->choices[0], row->name, "has no choices");
    if (row->type != CLI_FLAG && row->type != CLI_ALIAS && !(row->flags & CLI_HIDDEN))
        expect (check, row->metavar != NULL, row->name, "has a value but no metavar");
    if (row->type == CLI_FLAG)
        expect (check, !row->metavar, row->name, "is a flag with a metavar");
    if (row->flags & CLI_ARGV)
        expect (check, row->type == CLI_STRINGS, row->name,
                "takes all words but is no list");
}

static void
check_unique (Check *check, const CliOption *row)
{
    for (const CliOption *other = row + 1; other->name; other++) {
        expect (check, strcmp (row->name, other->name) != 0, row->name, "is there twice");
        expect (check, !row->letter || row->letter != other->letter, row->name,
                "shares its letter");
    }
}

static void
check_options (Check *check)
{
    gboolean optional_word = FALSE;

    for (const CliOption *row = check->command->options; row && row->name; row++) {
        gboolean word = row->flags & (CLI_POSITIONAL | CLI_ARGV);
        gboolean required = row->flags & CLI_REQUIRED;

        if (cli_option_is_heading (row))
            continue;
        if (row->type != CLI_ALIAS && !(row->flags & CLI_HIDDEN))
            check_help (check, row->name, row->help);
        check_type (check, row);
        check_unique (check, row);
        check_excludes (check, row);
        expect (check, !(word && required && optional_word), row->name,
                "is required after an optional word");
        expect (check, row->type == CLI_ALIAS || row->offset < check->command->args_size,
                row->name, "has no field");
        optional_word = optional_word || (word && !required);
    }
}

int
cli_self_test (Cli *cli, gboolean quiet)
{
    g_autoptr (GPtrArray) all = cli_commands (cli->program);
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    Check check = { .virsh = cli->program->style == CLI_STYLE_VIRSH };

    for (guint i = 0; i < all->len; i++) {
        check.command = g_ptr_array_index (all, i);
        expect (&check, g_hash_table_add (names, (gpointer) check.command->name), NULL,
                "is there twice");
        check_help (&check, NULL, check.command->help);
        if (check.command->alias_of)
            expect (&check, cli_command_find (cli->program, check.command->name) != NULL,
                    NULL, "is an alias of a command that is not there");
        else
            expect (&check, check.command->run != NULL, NULL, "does nothing");
        check_options (&check);
    }
    if (!quiet)
        printf ("%s: %u commands, %d faults\n", cli->program->name, all->len,
                check.n_faults);
    return check.n_faults ? 1 : 0;
}
