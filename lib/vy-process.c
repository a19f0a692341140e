/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Child processes: argument vectors only, never a shell. */
#include "vy-process.h"

#include <gio/gio.h>

#include "vy-i18n-private.h"

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

gboolean
vy_process_run (const char *const *argv, const char *input, char **output, GError **error)
{
    g_autofree char *path = vy_process_find (argv[0]);
    g_autoptr (GSubprocessLauncher) launcher = NULL;
    g_autoptr (GSubprocess) child = NULL;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    g_autofree char *out = NULL;
    g_autofree char *errors = NULL;
    GSubprocessFlags flags =
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;

    if (!path)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("program '%s' is not installed"),
                         argv[0]);
    g_ptr_array_add (words, path);
    for (gsize i = 1; argv[i]; i++)
        g_ptr_array_add (words, (gpointer) argv[i]);
    g_ptr_array_add (words, NULL);
    if (input)
        flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
    launcher = g_subprocess_launcher_new (flags);
    g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
    child = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata,
                                          error);
    if (!child ||
        !g_subprocess_communicate_utf8 (child, input, NULL, &out, &errors, error))
        return FALSE;
    if (output)
        *output = g_steal_pointer (&out);
    return report_status (child, argv[0], errors, error);
}
