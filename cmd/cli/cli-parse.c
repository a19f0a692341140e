/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* argv to Args: words are brought into one form, popt reads them. */
#include "cli-private.h"

#include <popt.h>
#include <stdlib.h>
#include <string.h>

/* A row and the table it stands in: the command's own, or the engine's. */
typedef struct {
    const CliOption *row;
    const CliOption *options;
    gpointer args;
} Entry;

typedef struct {
    Cli *cli;
    const CliCommand *command; /* NULL: the words before the command word */
    GArray *entries;           /* Entry, in the order of popt's val */
    GArray *table;             /* struct poptOption */
} Parser;

/* ---- the table ------------------------------------------------------------------------
 */

static gboolean
letter_is_taken (Parser *parser, char letter)
{
    for (guint i = 0; letter && i < parser->table->len; i++)
        if (g_array_index (parser->table, struct poptOption, i).shortName == letter)
            return TRUE;
    return FALSE;
}

static const Entry *
entry_named (Parser *parser, const char *name)
{
    for (guint i = 0; i < parser->entries->len; i++) {
        const Entry *entry = &g_array_index (parser->entries, Entry, i);

        if (strcmp (entry->row->name, name) == 0)
            return entry;
    }
    return NULL;
}

/* A command's own row goes before the engine's of the same name or letter. */
static void
add_rows (Parser *parser, const CliOption *options, gpointer args)
{
    for (const CliOption *row = options; row && row->name; row++) {
        Entry entry = { row, options, args };
        gboolean has_value = cli_option_has_value (options, row);
        struct poptOption option = { row->name,
                                     row->letter,
                                     has_value ? POPT_ARG_STRING : POPT_ARG_NONE,
                                     NULL,
                                     (int) parser->entries->len + 1,
                                     NULL,
                                     NULL };

        if (cli_option_is_heading (row) || entry_named (parser, row->name))
            continue;
        if (letter_is_taken (parser, row->letter))
            option.shortName = 0;
        g_array_append_val (parser->entries, entry);
        g_array_append_val (parser->table, option);
    }
}

static void
parser_init (Parser *parser, Cli *cli, const CliCommand *command, gpointer args)
{
    parser->cli = cli;
    parser->command = command;
    parser->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
    parser->table = g_array_new (TRUE, FALSE, sizeof (struct poptOption));
    if (command)
        add_rows (parser, command->options, args);
    add_rows (parser, cli_global_options, &cli->globals);
}

static void
parser_clear (Parser *parser)
{
    g_clear_pointer (&parser->entries, g_array_unref);
    g_clear_pointer (&parser->table, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parser, parser_clear)

/* ---- words
 * -----------------------------------------------------------------------------
 */

static const CliOption *
target_of (const Entry *entry)
{
    const char *value = NULL;

    return cli_option_resolve (entry->options, entry->row, &value);
}

static gboolean
throw_ambiguous (const char *name, const Entry *one, const Entry *two, GError **error)
{
    return vy_throw (error, VY_ERROR_USAGE, _ ("--%s could be --%s or --%s"), name,
                     one->row->name, two->row->name);
}

/* The only row that begins with @name, among the command's or among the engine's. */
static const Entry *
entry_abbreviated (Parser *parser, const char *name, gboolean global, GError **error)
{
    const Entry *found = NULL;

    for (guint i = 0; i < parser->entries->len; i++) {
        const Entry *entry = &g_array_index (parser->entries, Entry, i);

        if ((entry->options == cli_global_options) != global ||
            !g_str_has_prefix (entry->row->name, name))
            continue;
        if (found && target_of (found) != target_of (entry)) {
            throw_ambiguous (name, found, entry, error);
            return NULL;
        }
        if (!found)
            found = entry;
    }
    return found;
}

static void
throw_unknown (Parser *parser, const char *name, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    const char *near = NULL;

    for (guint i = 0; i < parser->entries->len; i++)
        g_ptr_array_add (names,
                         (char *) g_array_index (parser->entries, Entry, i).row->name);
    g_ptr_array_add (names, NULL);
    near = cli_nearest (name, (const char *const *) names->pdata);
    vy_throw (error, VY_ERROR_USAGE, _ ("unknown option '--%s'"), name);
    if (near)
        vy_error_set_hint (error, _ ("did you mean --%s?"), near);
}

static const Entry *
entry_for (Parser *parser, const char *name, GError **error)
{
    g_autoptr (GError) why = NULL;
    const Entry *entry = entry_named (parser, name);

    if (!entry && *name)
        entry = entry_abbreviated (parser, name, FALSE, &why);
    if (!entry && !why && *name)
        entry = entry_abbreviated (parser, name, TRUE, &why);
    if (!entry && !why)
        throw_unknown (parser, name, &why);
    if (why)
        g_propagate_error (error, g_steal_pointer (&why));
    return entry;
}

static const Entry *
entry_lettered (Parser *parser, char letter)
{
    for (guint i = 0; i < parser->table->len; i++)
        if (g_array_index (parser->table, struct poptOption, i).shortName == letter)
            return &g_array_index (parser->entries, Entry, i);
    return NULL;
}

/*
 * "--name" of an option whose value may be left out. argparse takes the next word when it
 * is no option; the native programs take a value only after "=".
 */
static gboolean
takes_next_word (Parser *parser, const char *next)
{
    return parser->cli->program->style == CLI_STYLE_INSTALL && next &&
           (next[0] != '-' || next[1] == '\0' || g_ascii_isdigit (next[1]));
}

static gboolean
normalise_long (Parser *parser, const char *word, const char *next, GPtrArray *out,
                GError **error)
{
    const char *equals = strchr (word, '=');
    g_autofree char *name =
        equals ? g_strndup (word + 2, (gsize) (equals - word - 2)) : g_strdup (word + 2);
    const Entry *entry = entry_for (parser, name, error);
    gboolean has_value;

    if (!entry)
        return FALSE;
    has_value = cli_option_has_value (entry->options, entry->row);
    if (equals && !has_value)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s takes no value"),
                         entry->row->name);
    if (!equals && has_value && (target_of (entry)->flags & CLI_OPTIONAL_VALUE) &&
        !takes_next_word (parser, next)) {
        /* popt would take the next word: this one is set at once */
        return cli_args_set (parser->cli, entry->options, entry->args, entry->row, NULL,
                             error);
    }
    g_ptr_array_add (out, g_strconcat ("--", entry->row->name, equals, NULL));
    return TRUE;
}

/* Whether the value of the last letter of a cluster is in the next word. */
static gboolean
cluster_wants_word (Parser *parser, const char *word)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const Entry *entry = entry_lettered (parser, *letter);

        if (entry && cli_option_has_value (entry->options, entry->row))
            return letter[1] == '\0';
    }
    return FALSE;
}

static gboolean
long_wants_word (Parser *parser, const char *word, const char *next)
{
    const Entry *entry = strchr (word, '=') ? NULL : entry_for (parser, word + 2, NULL);

    if (!entry || !cli_option_has_value (entry->options, entry->row))
        return FALSE;
    return !(target_of (entry)->flags & CLI_OPTIONAL_VALUE) ||
           takes_next_word (parser, next);
}

static gboolean
wants_word (Parser *parser, const char *word, const char *next)
{
    if (g_str_has_prefix (word, "--"))
        return long_wants_word (parser, word, next);
    return cluster_wants_word (parser, word);
}

static gboolean
is_option_word (const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* Full names, "=" where there is a value: what popt and the errors then see. */
static GPtrArray *
normalise (Parser *parser, const char *const *words, GError **error)
{
    g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
    gsize i;

    g_ptr_array_add (out, g_strdup (words[0]));
    for (i = 1; words[i] && strcmp (words[i], "--") != 0; i++) {
        gboolean is_value = FALSE;

        if (!is_option_word (words[i])) {
            g_ptr_array_add (out, g_strdup (words[i]));
            continue;
        }
        is_value = wants_word (parser, words[i], words[i + 1]);
        if (words[i][1] != '-')
            g_ptr_array_add (out, g_strdup (words[i]));
        else if (!normalise_long (parser, words[i], words[i + 1], out, error))
            return NULL;
        if (is_value && words[i + 1])
            g_ptr_array_add (out, g_strdup (words[++i]));
    }
    for (; words[i]; i++)
        g_ptr_array_add (out, g_strdup (words[i]));
    g_ptr_array_add (out, NULL);
    return g_steal_pointer (&out);
}

/* ---- reading
 * ---------------------------------------------------------------------------
 */

static gboolean
read_options (Parser *parser, poptContext context, GError **error)
{
    int val;

    while ((val = poptGetNextOpt (context)) > 0) {
        const Entry *entry = &g_array_index (parser->entries, Entry, val - 1);
        char *text = poptGetOptArg (context);
        gboolean ok = cli_args_set (parser->cli, entry->options, entry->args, entry->row,
                                    text, error);

        free (text);
        if (!ok)
            return FALSE;
    }
    if (val == POPT_ERROR_NOARG)
        return vy_throw (error, VY_ERROR_USAGE, _ ("%s needs a value"),
                         poptBadOption (context, POPT_BADOPTION_NOALIAS));
    if (val < -1)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown option '%s'"),
                         poptBadOption (context, POPT_BADOPTION_NOALIAS));
    return TRUE;
}

static gboolean
read_positionals (Parser *parser, poptContext context, gpointer args, GError **error)
{
    const char *word;

    while ((word = poptGetArg (context))) {
        const CliOption *row =
            parser->command
                ? cli_args_next_positional (parser->cli, parser->command->options)
                : NULL;

        if (!row)
            return vy_throw (error, VY_ERROR_USAGE, _ ("unexpected word '%s'"), word);
        if (!cli_args_set (parser->cli, parser->command->options, args, row, word, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
asks_for_help (Cli *cli)
{
    return cli->globals.help || cli->globals.usage || cli->globals.version;
}

gboolean
cli_parse (Cli *cli, const CliCommand *command, const char *const *words, gpointer args,
           GError **error)
{
    g_auto (Parser) parser = { 0 };
    g_autoptr (GPtrArray) argv = NULL;
    poptContext context;
    gboolean ok;

    parser_init (&parser, cli, command, args);
    argv = normalise (&parser, words, error);
    if (!argv)
        return FALSE;
    context = poptGetContext (cli->program->name, (int) argv->len - 1,
                              (const char **) argv->pdata,
                              (struct poptOption *) (void *) parser.table->data, 0);
    ok = read_options (&parser, context, error) &&
         (asks_for_help (cli) || read_positionals (&parser, context, args, error));
    poptFreeContext (context);
    return ok &&
           (asks_for_help (cli) || !command || cli_args_finish (cli, command, error));
}

/* ---- the command word
 * ------------------------------------------------------------------
 */

static const CliCommand *
throw_no_command (Cli *cli, const char *word, GError **error)
{
    g_autoptr (GPtrArray) commands = cli_commands (cli->program);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    const char *near = NULL;

    for (guint i = 0; i < commands->len; i++) {
        const CliCommand *command = g_ptr_array_index (commands, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND))
            g_ptr_array_add (names, (char *) command->name);
    }
    g_ptr_array_add (names, NULL);
    near = cli_nearest (word, (const char *const *) names->pdata);
    vy_throw (error, VY_ERROR_USAGE, _ ("unknown command '%s'"), word);
    if (near)
        vy_error_set_hint (error, _ ("did you mean '%s'?"), near);
    return NULL;
}

static void
remove_word (GStrv words, gsize i)
{
    g_free (words[i]);
    for (; words[i]; i++)
        words[i] = words[i + 1];
}

const CliCommand *
cli_parse_command (Cli *cli, GStrv words, GError **error)
{
    g_auto (Parser) parser = { 0 };
    const CliCommand *command;

    if (cli->program->single)
        return cli->program->groups[0].commands[0];
    parser_init (&parser, cli, NULL, NULL);
    for (gsize i = 1; words[i]; i++) {
        if (is_option_word (words[i])) {
            if (wants_word (&parser, words[i], words[i + 1]) && words[i + 1])
                i++;
            continue;
        }
        command = cli_command_find (cli->program, words[i]);
        if (!command)
            return throw_no_command (cli, words[i], error);
        remove_word (words, i);
        return command;
    }
    return NULL;
}
