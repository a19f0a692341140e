/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --complete -- WORD...: what may stand for the last word, one per line. */
#include "cli-private.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define LOCAL_MS 300
#define REMOTE_MS 1000

/* ---- never a burden
 * --------------------------------------------------------------------
 */

static void
give_up (G_GNUC_UNUSED int number)
{
    _exit (0);
}

/* 0: no limit. VIRTYARD_COMPLETE_MS is for slower hosts, and for those who wait longer.
 */
static void
limit_time (guint64 milliseconds)
{
    const char *wish = milliseconds ? g_getenv ("VIRTYARD_COMPLETE_MS") : NULL;
    struct itimerval timer = { 0 };

    if (wish)
        vy_number_parse (wish, G_MAXINT, &milliseconds, NULL);
    timer.it_value.tv_sec = (time_t) (milliseconds / 1000);
    timer.it_value.tv_usec = (suseconds_t) (milliseconds % 1000 * 1000);
    signal (SIGALRM, give_up);
    setitimer (ITIMER_REAL, &timer, NULL);
}

/* Nobody can be asked, nothing is complained about, no daemon and no ssh is started. */
static void
be_silent (void)
{
    int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

    if (null >= 0) {
        dup2 (null, STDIN_FILENO);
        dup2 (null, STDERR_FILENO);
    }
    g_setenv ("LIBVIRT_AUTOSTART", "0", TRUE);
    g_setenv ("PATH", "/nonexistent", TRUE);
}

gboolean
cli_complete_may_connect (Cli *cli)
{
    const char *uri = cli_effective_uri (cli);
    g_autofree char *scheme = uri ? g_uri_parse_scheme (uri) : NULL;

    if (scheme && (strstr (scheme, "+ssh") || strstr (scheme, "+libssh") ||
                   strstr (scheme, "+ext")))
        return FALSE;
    if (cli_uri_is_remote (uri))
        limit_time (REMOTE_MS);
    return TRUE;
}

/* ---- candidates
 * ------------------------------------------------------------------------
 */

typedef struct {
    Cli *cli;
    const CliCommand *command;
    const char *typed;
    const CliOption *pending; /* the option whose value is typed, or NULL */
    gboolean lost;            /* there is no such command */
    GPtrArray *found;
} Request;

static void
offer (Request *request, const char *prefix, const char *word)
{
    g_autofree char *whole = g_strconcat (prefix, word, NULL);

    if (g_str_has_prefix (whole, request->typed))
        g_ptr_array_add (request->found, g_steal_pointer (&whole));
}

/* @prefix: what stands before the value in the word ("--domain="). */
static void
offer_values (Request *request, const CliOption *row, const char *prefix)
{
    const char *typed = request->typed + strlen (prefix);
    g_auto (GStrv) names = NULL;

    for (const char *const *choice = row->choices; choice && *choice; choice++)
        offer (request, prefix, *choice);
    if (!row->complete)
        return;
    limit_time (LOCAL_MS);
    names = row->complete (request->cli, typed);
    for (char **name = names; name && *name; name++)
        offer (request, prefix, *name);
}

static void
offer_options (Request *request, const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++) {
        gboolean again = row->type == CLI_STRINGS;

        if ((row->flags & CLI_HIDDEN) || row->type == CLI_ALIAS ||
            (!again && cli_has (request->cli, row->name)))
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

        if (!(command->flags & CLI_HIDDEN_COMMAND))
            offer (request, "", command->name);
    }
}

/* ---- the words before
 * ------------------------------------------------------------------
 */

static const CliOption *
option_of (Request *request, const char *word, const CliOption **options)
{
    g_autofree char *name = g_strndup (word + 2, strcspn (word + 2, "="));
    const CliOption *row = NULL;

    *options = request->command ? request->command->options : NULL;
    row = cli_option_find (*options, name);
    if (row)
        return row;
    *options = cli_global_options;
    return cli_option_find (*options, name);
}

static const CliOption *
option_lettered (Request *request, char letter, const CliOption **options)
{
    const CliOption *tables[] = { request->command ? request->command->options : NULL,
                                  cli_global_options };

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
    if (options == cli_global_options && target->type == CLI_STRING && text)
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

    if (!row)
        return;
    if (!equals && cli_option_has_value (options, row) &&
        !(row->flags & CLI_OPTIONAL_VALUE))
        request->pending = row;
    note_given (request, options, row, equals ? equals + 1 : NULL);
}

static void
read_value (Request *request, const char *word)
{
    const CliOption *row = request->pending;
    gboolean global = cli_option_find (cli_global_options, row->name) == row;

    if (global)
        note_given (request, cli_global_options, row, word);
    request->pending = NULL;
}

static void
read_word (Request *request, const char *word)
{
    const CliOption *row;

    if (request->pending)
        read_value (request, word);
    else if (word[0] == '-' && word[1] && strcmp (word, "--") != 0)
        read_option (request, word);
    else if (!request->command) {
        request->command = cli_command_find (request->cli->program, word);
        request->lost = !request->command;
    } else if ((row = cli_args_next_positional (request->cli, request->command->options)))
        g_hash_table_add (request->cli->given, (gpointer) row->name);
}

static void
complete_last (Request *request)
{
    const CliOption *options = NULL;
    const char *equals = strchr (request->typed, '=');
    const CliOption *row = NULL;

    if (request->pending) {
        row = request->pending;
        offer_values (request, row, "");
    } else if (g_str_has_prefix (request->typed, "--") && equals) {
        g_autofree char *prefix =
            g_strndup (request->typed, (gsize) (equals - request->typed) + 1);

        row = option_of (request, request->typed, &options);
        if (row)
            offer_values (request, row, prefix);
    } else if (request->typed[0] == '-') {
        if (request->command)
            offer_options (request, request->command->options);
        offer_options (request, cli_global_options);
    } else if (!request->command) {
        offer_commands (request);
    } else {
        row = cli_args_next_positional (request->cli, request->command->options);
        if (row)
            offer_values (request, row, "");
    }
}

GStrv
cli_complete_words (Cli *cli, const char *const *words)
{
    Request request = { .cli = cli, .typed = "" };

    request.found = g_ptr_array_new ();
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
    cli->completing = TRUE;
    cli->interactive = FALSE;
    be_silent ();
    found = cli_complete_words (cli, words);
    limit_time (0);
    for (char **word = found; *word; word++)
        printf ("%s\n", *word);
    fflush (stdout);
    return 0;
}
