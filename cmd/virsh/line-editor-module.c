/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows readline: lines from a terminal. */
#include "line-editor.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/history.h>
#include <readline/readline.h>

extern VY_API const VirshLineEditorCalls virsh_line_editor;

static const VirshLineEditor *editor;

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
    char quote = (char) rl_completion_quote_character;
    gboolean files = FALSE;
    g_autoptr (GString) line = g_string_new_len (rl_line_buffer, end);

    if (quote)
        g_string_append_c (line, quote);
    g_clear_pointer (&candidates, g_strfreev);
    candidates = editor->candidates (line->str, &files);
    /* no candidates: readline itself offers files */
    rl_attempted_completion_over = !files;
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

/* Not the same line twice. */
static void
remember (const char *line)
{
    HIST_ENTRY *last =
        history_length > 0 ? history_get (history_base + history_length - 1) : NULL;

    if (!last || strcmp (last->line, line) != 0)
        add_history (line);
}

static void
start (const VirshLineEditor *what)
{
    editor = what;
    start_completion ();
    using_history ();
    stifle_history (editor->history_lines);
    read_history (editor->history);
}

static void
finish (void)
{
    g_autofree char *dir = g_path_get_dirname (editor->history);

    if (g_mkdir_with_parents (dir, 0700) == 0)
        write_history (editor->history);
    g_clear_pointer (&candidates, g_strfreev);
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
next_line (const char *prompt)
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
    line = readline (prompt);
    sigaction (SIGINT, &before, NULL);
    return line;
}

const VirshLineEditorCalls virsh_line_editor = { start, next_line, remember, finish };
