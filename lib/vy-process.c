/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Child processes: argument vectors only, never a shell. */
#include "vy-process.h"

#include <signal.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-lsan-private.h"

char *
vy_process_find (const char *program)
{
    static const char *const extra[] = { "/usr/sbin", "/sbin", "/usr/local/sbin" };
    char *found = g_find_program_in_path (program);

    for (gsize i = 0; !found && i < G_N_ELEMENTS (extra); i++) {
        g_autofree char *path = g_build_filename (extra[i], program, NULL);

        if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
            found = g_steal_pointer (&path);
    }
    return found;
}

static char *
last_line (const char *text)
{
    g_autofree char *copy = g_strchomp (g_strdup (text ? text : ""));
    const char *newline = g_strrstr (copy, "\n");

    return g_strdup (newline ? newline + 1 : copy);
}

static gboolean
report_status (GSubprocess *child, const char *name, const char *errors, GError **error)
{
    g_autofree char *line = last_line (errors);

    if (g_subprocess_get_successful (child))
        return TRUE;
    if (g_subprocess_get_if_signaled (child))
        return vy_throw (error, VY_ERROR_FAILED, _ ("%s was killed by signal %d"), name,
                         g_subprocess_get_term_sig (child));
    return vy_throw (error, VY_ERROR_FAILED, _ ("%s failed with status %d%s%s"), name,
                     g_subprocess_get_exit_status (child), *line ? ": " : "", line);
}

static GSubprocess *
start (const char *const *argv, GSubprocessFlags flags, GError **error)
{
    g_autofree char *path = vy_process_find (argv[0]);
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    if (!path) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("program '%s' is not installed"),
                  argv[0]);
        return NULL;
    }
    g_ptr_array_add (words, path);
    for (gsize i = 1; argv[i]; i++)
        g_ptr_array_add (words, (gpointer) argv[i]);
    g_ptr_array_add (words, NULL);
    g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
    return g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata,
                                         error);
}

gboolean
vy_process_run (const char *const *argv, const char *input, char **output, GError **error)
{
    g_autoptr (GSubprocess) child = NULL;
    g_autofree char *out = NULL;
    g_autofree char *errors = NULL;
    gboolean ok;
    GSubprocessFlags flags =
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;

    if (input)
        flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
    child = start (argv, flags, error);
    if (!child)
        return FALSE;
    /* GIO's worker may still hold a buffer when the program ends */
    __lsan_disable ();
    ok = g_subprocess_communicate_utf8 (child, input, NULL, &out, &errors, error);
    __lsan_enable ();
    if (!ok)
        return FALSE;
    if (output)
        *output = g_steal_pointer (&out);
    return report_status (child, argv[0], errors, error);
}

/* Gives on all whole lines of @text, and keeps the rest. */
static void
give_lines (GString *text, VyProcessOutput output, gpointer data)
{
    gsize length;

    while ((length = strcspn (text->str, "\r\n")) < text->len) {
        text->str[length] = '\0';
        if (output)
            output (text->str, data);
        g_string_erase (text, 0, (gssize) length + 1);
    }
}

/* Reads until the child closes its output, or until it is cancelled. */
static gboolean
read_output (GSubprocess *child, VyProcessOutput output, gpointer data,
             GCancellable *cancellable)
{
    GInputStream *stream = g_subprocess_get_stdout_pipe (child);
    g_autoptr (GString) text = g_string_new ("");
    char buffer[4096];
    gssize n;

    while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, NULL)) >
           0) {
        g_string_append_len (text, buffer, n);
        give_lines (text, output, data);
    }
    return n == 0;
}

typedef struct {
    VyProcessOutput output;
    gpointer data;
    char *last; /* line that was not empty */
} Watch;

static void
keep_line (const char *line, gpointer data)
{
    Watch *watch = data;

    if (*line) {
        g_free (watch->last);
        watch->last = g_strdup (line);
    }
    if (watch->output)
        watch->output (line, watch->data);
}

gboolean
vy_process_watch (const char *const *argv, VyProcessOutput output, gpointer data,
                  GCancellable *cancellable, GError **error)
{
    /* both go into one pipe, of which the last line tells why it failed */
    g_autoptr (GSubprocess) child = start (
        argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, error);
    Watch watch = { output, data, NULL };
    g_autofree char *last = NULL;
    gboolean whole;

    if (!child)
        return FALSE;
    whole = read_output (child, keep_line, &watch, cancellable);
    last = watch.last;
    if (!whole) {
        g_subprocess_send_signal (child, SIGTERM);
        g_subprocess_wait (child, NULL, NULL);
        return vy_throw (error, VY_ERROR_CANCELLED, _ ("interrupted"));
    }
    return g_subprocess_wait (child, NULL, error) &&
           report_status (child, argv[0], last ? last : "", error);
}
