/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents in an editor, again when they are not taken. */
#include "virsh.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <termios.h>
#include <unistd.h>

/* $VISUAL, $EDITOR, vi. A value with blanks or the like is a shell's business by virsh's
 * rule; here it is split into words, which serves "emacs -nw" without a shell. */
static gboolean
run_editor (const char *path, GError **error)
{
    const char *editor = g_getenv ("VISUAL");
    g_auto (GStrv) words = NULL;
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();
    int status = 0;

    if (!editor || !*editor)
        editor = g_getenv ("EDITOR");
    if (!editor || !*editor)
        editor = "vi";
    if (!g_shell_parse_argv (editor, NULL, &words, error))
        return FALSE;
    for (char **word = words; *word; word++)
        g_ptr_array_add (argv, *word);
    g_ptr_array_add (argv, (char *) path);
    g_ptr_array_add (argv, NULL);
    if (!g_spawn_sync (NULL, (char **) argv->pdata, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                       NULL, NULL, &status, error))
        return FALSE;
    return g_spawn_check_wait_status (status, error);
}

static gboolean
write_all (int fd, const char *text, const char *path, GError **error)
{
    gsize left = strlen (text);

    while (left > 0) {
        ssize_t n = write (fd, text, left);

        if (n < 0 && errno != EINTR)
            return vy_throw_errno (error, errno, _ ("cannot write '%s'"), path);
        text += MAX (n, 0);
        left -= (gsize) MAX (n, 0);
    }
    return TRUE;
}

/* The file is the user's only: documents have passwords in them. */
char *
virsh_edit_text (G_GNUC_UNUSED Cli *cli, const char *text, GError **error)
{
    g_autofree char *path = NULL;
    char *edited = NULL;
    int fd = g_file_open_tmp ("virshXXXXXX.xml", &path, error);
    gboolean written;

    if (fd < 0)
        return NULL;
    written = write_all (fd, text, path, error);
    close (fd);
    if (written && run_editor (path, error))
        edited = virsh_read_file (path, error);
    g_unlink (path);
    return edited;
}

gboolean
virsh_edit (Cli *cli, const char *text, char **edited, GError **error)
{
    *edited = virsh_edit_text (cli, text, error);
    if (!*edited)
        return FALSE;
    if (strcmp (*edited, text) == 0)
        g_clear_pointer (edited, g_free);
    return TRUE;
}

/* ---- documents that are defined when they are edited
 * -------------------------------------------------------- */

/* A key, without waiting for the end of the line; 0 when there is no more input. */
static char
read_key (void)
{
    struct termios before, raw;
    char key = 0;

    tcgetattr (STDIN_FILENO, &before);
    raw = before;
    raw.c_lflag &= ~(tcflag_t) (ICANON | ECHO);
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &raw);
    if (read (STDIN_FILENO, &key, 1) != 1)
        key = 0;
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
    return g_ascii_tolower (key);
}

/* What is to be done with a document that was not taken: one of the keys. */
static char
ask (Cli *cli, gboolean can_relax)
{
    const char *keys = can_relax ? "ynif" : "ynf";
    char key;

    for (;;) {
        cli_print (cli, _ ("Failed. Try again? %s: "),
                   can_relax ? "[y,n,i,f,?]" : "[y,n,f,?]");
        cli_flush_output (cli, NULL);
        key = read_key ();
        if (!key || strchr (keys, key))
            break;
        cli_print (cli, "\n%s",
                   _ ("y - yes, edit it again\n"
                      "n - no, throw the changes away\n"));
        if (can_relax)
            cli_print (cli, "%s", _ ("i - without checking it against the schema\n"));
        cli_print (cli, "%s", _ ("f - in spite of changes that others made\n"));
    }
    cli_print (cli, "\n");
    return key ? key : 'n';
}

typedef struct {
    const VirshEditor *editor;
    gpointer data;
    char *before; /* as it was read first, or last before it was forced */
    gboolean relaxed;
} Session;

static gboolean
define (Session *session, const char *edited, GError **error)
{
    VIRSH_TEXT now = session->editor->read (session->data, error);

    if (!now)
        return FALSE;
    if (strcmp (now, session->before) != 0)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("somebody else changed the document meanwhile"));
    return session->editor->define (session->data, edited, session->relaxed, error);
}

/* Follows the answer to a failure: FALSE when it is the end. */
static gboolean
try_again (Cli *cli, Session *session, GError **error)
{
    char key;

    if (!isatty (STDIN_FILENO))
        return FALSE;
    cli_report (cli, *error);
    g_clear_error (error);
    key = ask (cli, session->editor->can_relax);
    session->relaxed = session->relaxed || key == 'i';
    if (key == 'f') {
        free (session->before);
        session->before = session->editor->read (session->data, error);
    }
    return key != 'n' && session->before;
}

/* Keys that need no new look at the text define it at once. */
static gboolean
define_until_done (Cli *cli, Session *session, char **text, GError **error)
{
    for (;;) {
        gboolean was_relaxed = session->relaxed;
        const char *was = session->before;
        char *edited;

        if (define (session, *text, error))
            return TRUE;
        if (!try_again (cli, session, error))
            return FALSE;
        if (session->relaxed != was_relaxed || session->before != was)
            continue;
        edited = virsh_edit_text (cli, *text, error);
        if (!edited)
            return FALSE;
        g_free (*text);
        *text = edited;
    }
}

VirshEdited
virsh_edit_document (Cli *cli, const VirshEditor *editor, gpointer data, GError **error)
{
    Session session = { editor, data, editor->read (data, error), FALSE };
    g_autofree char *text =
        session.before ? virsh_edit_text (cli, session.before, error) : NULL;
    VirshEdited result = VIRSH_EDIT_FAILED;

    if (text && strcmp (text, session.before) == 0)
        result = VIRSH_EDIT_UNCHANGED;
    else if (text && define_until_done (cli, &session, &text, error))
        result = VIRSH_EDIT_DONE;
    free (session.before);
    return result;
}
