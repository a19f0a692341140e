/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands from a terminal or from stdin: prompt, history, completion. */
#include "complete.h"
#include "shell.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <readline/history.h>
#include <readline/readline.h>

#define HISTORY_LINES 500

/* ---- completion
 * ---------------------------------------------------------------------------------- */

static GStrv candidates;

/* Characters that end a word or have a meaning where no quote is open. */
static char *
escaped (const char *word)
{
    GString *text = g_string_new ("");

    for (const char *at = word; *at; at++) {
        if (strchr (" \t\n\\\"';#", *at))
            g_string_append_c (text, '\\');
        g_string_append_c (text, *at);
    }
    return g_string_free (text, FALSE);
}

static char *
next_candidate (G_GNUC_UNUSED const char *text, int state)
{
    static gsize at;
    const char *word;

    if (state == 0)
        at = 0;
    word = candidates && candidates[at] ? candidates[at++] : NULL;
    if (!word)
        return NULL;
    if (g_str_has_suffix (word, ",") || g_str_has_suffix (word, "="))
        rl_completion_append_character = '\0';
    return rl_completion_quote_character ? g_strdup (word) : escaped (word);
}

static char **
complete_word (const char *text, G_GNUC_UNUSED int start, int end)
{
    Cli *cli = virsh_shell.cli;
    char quote = (char) rl_completion_quote_character;
    g_autoptr (GString) line = g_string_new_len (rl_line_buffer, end);

    if (quote)
        g_string_append_c (line, quote);
    g_clear_pointer (&candidates, g_strfreev);
    candidates = virsh_complete_line (cli, line->str, NULL);
    /* no candidates: readline itself offers files */
    rl_attempted_completion_over = !cli->wants_file;
    return candidates && *candidates ? rl_completion_matches (text, next_candidate)
                                     : NULL;
}

static int
is_quoted (char *text, int at)
{
    gboolean quoted = FALSE;

    while (--at >= 0 && text[at] == '\\')
        quoted = !quoted;
    return quoted;
}

static void
start_completion (void)
{
    rl_readline_name = "virsh";
    rl_attempted_completion_function = complete_word;
    rl_completer_word_break_characters = " \t\n;";
    rl_completer_quote_characters = "\"'";
    rl_char_is_quoted_p = is_quoted;
    rl_filename_quote_characters = " \t\n\\\"';#";
}

/* ---- history
 * -------------------------------------------------------------------------------------
 */

static char *
history_path (void)
{
    return g_build_filename (g_get_user_cache_dir (), "libvirt", "virsh", "history",
                             NULL);
}

static void
start_history (void)
{
    g_autofree char *path = history_path ();
    const char *size = g_getenv ("VIRSH_HISTSIZE");
    guint64 n = HISTORY_LINES;

    if (size && !vy_number_parse (size, G_MAXINT, &n, NULL)) {
        cli_warn (virsh_shell.cli, _ ("error: VIRSH_HISTSIZE has to be a number"));
        n = HISTORY_LINES;
    }
    using_history ();
    stifle_history ((int) n);
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

/* The line before again is not kept, nor is what may have a secret in it. */
static void
remember (const char *line)
{
    HIST_ENTRY *last =
        history_length > 0 ? history_get (history_base + history_length - 1) : NULL;

    if (strstr (line, "set-user-password") || strstr (line, "secret-set-value"))
        return;
    if (!last || strcmp (last->line, line) != 0)
        add_history (line);
}

/* ---- lines
 * ---------------------------------------------------------------------------------------
 */

static sigjmp_buf at_prompt;

/* readline raises the signal again when it has put the terminal in order, outside of its
 * own handler; the other threads block it. */
static void
on_interrupt (G_GNUC_UNUSED int number)
{
    siglongjmp (at_prompt, 1);
}

/* Ctrl-C at the prompt begins a new line; in a command it is the command's. */
static char *
next_line (void)
{
    static struct sigaction before;
    struct sigaction action = { .sa_handler = on_interrupt };
    char *line;

    sigemptyset (&action.sa_mask);
    if (sigsetjmp (at_prompt, 1) == 0)
        sigaction (SIGINT, &action, &before);
    else
        rl_crlf ();
    fflush (stdout);
    line = readline (virsh_shell.read_only ? "virsh > " : "virsh # ");
    sigaction (SIGINT, &before, NULL);
    return line;
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
    start_completion ();
    start_history ();
    while (!virsh_shell.quit) {
        char *line = next_line ();

        if (!line)
            break;
        if (*line) {
            remember (line);
            virsh_run_string (line);
        }
        free (line);
    }
    keep_history ();
    g_clear_pointer (&candidates, g_strfreev);
    cli_print (cli, "\n");
    return 0;
}
