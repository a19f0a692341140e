/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --complete -- WORD...: what may stand for the last word, one per line. */
#include "cli-private.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- candidates
 * ------------------------------------------------------------------------
 */

typedef struct {
    Cli *cli;
    const CliCommand *command;
    const char *typed;
    const CliOption *pending; /* the option whose value is typed, or NULL */
    gboolean lost;            /* there is no such command */
    gboolean stopped;         /* a word before was wrong: no value can be told any more */
    gboolean plain;           /* after "--": no word is an option */
    GPtrArray *found;
} Request;

static gboolean
is_virsh (const Request *request)
{
    return request->cli->program->style == CLI_STYLE_VIRSH;
}

const char *
cli_typed (Cli *cli, const char *option)
{
    return g_hash_table_lookup (cli->typed, option);
}

const char *
cli_completed (Cli *cli)
{
    return cli->completed;
}

void
cli_option_values (Cli *cli, const CliCommand *command, const CliOption *row,
                   CliValues *values)
{
    *values = (CliValues){ 0 };
    if (command && cli->program->values &&
        cli->program->values (cli, command, row, values))
        return;
    if (cli->compatible)
        return;
    values->complete = row->complete;
    values->choices = row->choices;
    values->files = (row->flags & CLI_FILE) != 0;
}

static void
offer (Request *request, const char *prefix, const char *word)
{
    g_autofree char *whole = g_strconcat (prefix, word, NULL);

    if (g_str_has_prefix (whole, request->typed))
        g_ptr_array_add (request->found, g_steal_pointer (&whole));
}

/* Offers one member of a list: not those that @before has already. */
static void
offer_member (Request *request, const char *prefix, const char *before, const char *word)
{
    g_auto (GStrv) there = g_strsplit (before, ",", -1);
    g_autofree char *whole = g_strconcat (prefix, before, NULL);

    if (!g_strv_contains ((const char *const *) there, word))
        offer (request, whole, word);
}

/* @prefix: what stands before the value in the word ("--domain="). */
static void
offer_values (Request *request, const CliOption *row, const char *prefix)
{
    const char *typed = request->typed + strlen (prefix);
    g_autofree char *before = NULL;
    g_auto (GStrv) names = NULL;
    CliValues values;

    cli_option_values (request->cli, request->command, row, &values);
    before = g_strndup (typed, values.list && strrchr (typed, ',')
                                   ? (gsize) (strrchr (typed, ',') - typed) + 1
                                   : 0);
    for (const char *const *choice = values.choices; choice && *choice; choice++)
        offer_member (request, prefix, before, *choice);
    request->cli->wants_file = values.files;
    if (!values.complete)
        return;
    if (request->cli->completing)
        cli_complete_limit (TRUE);
    request->cli->completed = row->name;
    names = values.complete (request->cli, typed + strlen (before));
    for (char **name = names; name && *name; name++)
        offer_member (request, prefix, before, *name);
}

/* To virsh a whole name has been given already. */
static gboolean
is_whole (const Request *request, const CliOption *row)
{
    return request->cli->compatible && strcmp (request->typed + 2, row->name) == 0;
}

static void
offer_options (Request *request, const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++) {
        gboolean again = row->type == CLI_STRINGS;

        if ((row->flags & CLI_HIDDEN) || row->type == CLI_ALIAS ||
            (request->cli->compatible && (row->flags & CLI_NEWER)) ||
            (!again && cli_has (request->cli, row->name)) ||
            (request->typed[0] == '-' && is_whole (request, row)))
            continue;
        offer (request, "--", row->name);
    }
}

static void
offer_commands (Request *request)
{
    g_autoptr (GPtrArray) all = cli_commands (request->cli->program);

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND) &&
            !(request->cli->compatible && (command->flags & CLI_NEWER_COMMAND)))
            offer (request, "", command->name);
    }
}

/* ---- the words before
 * ------------------------------------------------------------------
 */

/* Options that may stand anywhere; virsh has most of them before the command only. */
static const CliOption *
globals_of (const Request *request)
{
    if (!is_virsh (request) || !request->command)
        return cli_globals (request->cli);
    return request->cli->compatible ? NULL : request->cli->program->behind;
}

static const CliOption *
option_of (Request *request, const char *word, const CliOption **options)
{
    g_autofree char *name = g_strndup (word + 2, strcspn (word + 2, "="));
    const CliOption *row = NULL;

    *options = request->command ? request->command->options : NULL;
    row = cli_option_find (*options, name);
    if (row)
        return row;
    *options = globals_of (request);
    return cli_option_find (*options, name);
}

static const CliOption *
option_lettered (Request *request, char letter, const CliOption **options)
{
    const CliOption *tables[] = { request->command ? request->command->options : NULL,
                                  globals_of (request) };

    for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
        for (const CliOption *row = tables[i]; row && row->name; row++)
            if (row->letter == letter) {
                *options = tables[i];
                return row;
            }
    return NULL;
}

static void
note_given (Request *request, const CliOption *options, const CliOption *row,
            const char *text)
{
    const CliOption *target = cli_option_resolve (options, row, &text);

    if (!target)
        return;
    g_hash_table_add (request->cli->given, (gpointer) target->name);
    if (options != cli_globals (request->cli))
        g_hash_table_insert (request->cli->typed, (gpointer) target->name,
                             g_strdup (text));
    else if (target->type == CLI_STRING && text)
        cli_args_set (request->cli, options, &request->cli->globals, target, text, NULL);
}

/* An option word: noted now, or with the next word as its value. */
static void
read_option (Request *request, const char *word)
{
    const CliOption *options = NULL;
    const char *equals = strchr (word, '=');
    const CliOption *row = word[1] == '-' ? option_of (request, word, &options)
                                          : option_lettered (request, word[1], &options);

    if (!row) {
        request->stopped = is_virsh (request);
        return;
    }
    if (!equals && cli_option_has_value (options, row) &&
        !(row->flags & CLI_OPTIONAL_VALUE))
        request->pending = row;
    note_given (request, options, row, equals ? equals + 1 : NULL);
}

static void
read_value (Request *request, const char *word)
{
    const CliOption *row = request->pending;
    const CliOption *globals = cli_globals (request->cli);
    gboolean global = cli_option_find (globals, row->name) == row;

    note_given (request, global ? globals : request->command->options, row, word);
    request->pending = NULL;
}

static gboolean
is_option (const Request *request, const char *word)
{
    if (request->plain || word[0] != '-' || word[1] == '\0')
        return FALSE;
    /* inside a command of virsh "-x" is data */
    return !is_virsh (request) || !request->command || word[1] == '-';
}

static void
read_word (Request *request, const char *word)
{
    const CliOption *row;

    if (request->pending)
        read_value (request, word);
    else if (!request->plain && strcmp (word, "--") == 0)
        request->plain = TRUE;
    else if (is_option (request, word))
        read_option (request, word);
    else if (!request->command) {
        request->command = cli_command_find (request->cli->program, word);
        request->lost = !request->command;
    } else if ((row = cli_args_next_positional (request->cli, request->command->options)))
        note_given (request, request->command->options, row, word);
    else
        request->stopped = is_virsh (request);
}

static void
offer_all_options (Request *request)
{
    if (request->command)
        offer_options (request, request->command->options);
    offer_options (request, globals_of (request));
}

/* A word without an option's name: a value of the next row that takes such words. */
static void
complete_word (Request *request)
{
    const CliOption *row =
        request->stopped
            ? NULL
            : cli_args_next_positional (request->cli, request->command->options);

    if (row)
        offer_values (request, row, "");
    /* on virsh's own prompt there is no other way to see what may follow */
    if (request->found->len == 0 && request->typed[0] == '\0' && is_virsh (request) &&
        !request->cli->wants_file && !request->cli->completing)
        offer_all_options (request);
}

static void
complete_assigned (Request *request, const char *equals)
{
    const CliOption *options = NULL;
    g_autofree char *prefix =
        g_strndup (request->typed, (gsize) (equals - request->typed) + 1);
    const CliOption *row = option_of (request, request->typed, &options);

    if (row)
        offer_values (request, row, prefix);
}

static void
complete_last (Request *request)
{
    const char *typed = request->typed;
    const char *equals = strchr (typed, '=');
    gboolean compatible = request->cli->compatible;

    if (request->pending)
        offer_values (request, request->pending, "");
    else if (!compatible && g_str_has_prefix (typed, "--") && equals)
        complete_assigned (request, equals);
    else if (compatible && request->command && (typed[0] == '\0' || typed[1] == '-'))
        offer_all_options (request);
    else if (typed[0] == '-' && !compatible && !request->plain)
        offer_all_options (request);
    else if (!request->command)
        offer_commands (request);
    else
        complete_word (request);
}

GStrv
cli_complete_words (Cli *cli, const char *const *words)
{
    Request request = { .cli = cli, .typed = "" };

    request.found = g_ptr_array_new ();
    cli->wants_file = FALSE;
    g_hash_table_remove_all (cli->given);
    g_hash_table_remove_all (cli->typed);
    if (cli->program->single)
        request.command = cli->program->groups[0].commands[0];
    for (; words[0] && words[1] && !request.lost; words++)
        read_word (&request, words[0]);
    if (words[0])
        request.typed = words[0];
    if (!request.lost)
        complete_last (&request);
    g_ptr_array_add (request.found, NULL);
    return (GStrv) g_ptr_array_free (request.found, FALSE);
}

int
cli_complete_main (Cli *cli, const char *const *words)
{
    g_auto (GStrv) found = NULL;

    if (words[0] && strcmp (words[0], "--") == 0)
        words++;
    cli_complete_begin (cli);
    cli_complete_silence ();
    found = cli_complete_words (cli, words);
    cli_complete_limit (FALSE);
    for (char **word = found; *word; word++)
        printf ("%s\n", *word);
    fflush (stdout);
    return 0;
}
