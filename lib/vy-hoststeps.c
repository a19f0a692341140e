/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change the host's own files, settings and services. */
#include "vy-hoststeps-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-process.h"

/* ---- a value below /proc or /sys ------------------------------------------------------
 */

static gboolean
write_value (const char *path, const char *value, GError **error)
{
    int fd = open (path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    gssize length = (gssize) strlen (value), wrote;
    int why = errno;

    if (fd < 0)
        return vy_throw_errno (error, why, _ ("cannot open '%s'"), path);
    wrote = write (fd, value, (gsize) length);
    why = errno;
    close (fd);
    if (wrote != length)
        return vy_throw_errno (error, why, _ ("cannot write '%s' to '%s'"), value, path);
    return TRUE;
}

/* A pool of huge pages takes what memory there is, and says nothing. */
static gboolean
check_value (const char *path, const char *value, GError **error)
{
    g_autofree char *now = NULL;

    if (!g_str_has_suffix (path, "nr_hugepages") ||
        !g_file_get_contents (path, &now, NULL, NULL) ||
        strcmp (g_strchomp (now), value) == 0)
        return TRUE;
    vy_throw (error, VY_ERROR_FAILED, _ ("only %s of %s huge pages could be had in '%s'"),
              now, value, path);
    vy_error_set_hint (error, _ ("ask for fewer, or set them at boot with --persist"));
    return FALSE;
}

static gboolean
apply_setting (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *value = vy_step_record_get (record, "value");

    if (!write_value (path, value, error))
        return FALSE;
    if (check_value (path, value, error))
        return TRUE;
    write_value (path, vy_step_record_get (record, "before"), NULL);
    return FALSE;
}

static gboolean
undo_setting (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    return write_value (vy_step_record_get (record, "path"),
                        vy_step_record_get (record, "before"), error);
}

const VyStepKind vy_step_setting_write = { "setting-write", apply_setting, undo_setting };

/* ---- the text of a file
 * ----------------------------------------------------------------- */

static char *
backup_path (const VyStepRecord *record)
{
    return g_strconcat (vy_step_record_get (record, "path"), ".virtyard-before", NULL);
}

/* Makes the directories above a file; those that were missing are noted for the undo. */
static gboolean
make_parents (VyStepRecord *record, const char *path, GError **error)
{
    g_autofree char *dir = g_path_get_dirname (path);
    g_autofree char *top = NULL;

    for (g_autofree char *at = g_strdup (dir); !g_file_test (at, G_FILE_TEST_EXISTS);) {
        char *up = g_path_get_dirname (at);

        g_free (top);
        top = at;
        at = up;
    }
    if (!top)
        return TRUE;
    vy_step_record_set (record, "made_dir", top);
    if (g_mkdir_with_parents (dir, 0755) < 0)
        return vy_throw_errno (error, errno, _ ("cannot make directory '%s'"), dir);
    return TRUE;
}

static gboolean
apply_text (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
            G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *text = vy_step_record_get (record, "text");
    const char *before = vy_step_record_get (record, "before");
    struct stat info = { .st_mode = 0644 };

    if (stat (path, &info) < 0 && !make_parents (record, path, error))
        return FALSE;
    if (before && vy_step_record_get (record, "backup")) {
        g_autofree char *backup = backup_path (record);

        if (!g_file_set_contents_full (backup, before, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                       info.st_mode & 0777, error))
            return FALSE;
    }
    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                     info.st_mode & 0777, error);
}

static void
remove_made_dirs (const VyStepRecord *record, const char *path)
{
    const char *top = vy_step_record_get (record, "made_dir");
    g_autofree char *at = g_path_get_dirname (path);

    while (top && g_str_has_prefix (at, top) && rmdir (at) == 0) {
        char *up = g_path_get_dirname (at);

        g_free (at);
        at = up;
    }
}

/* Puts the old text back; the file keeps its mode. */
static gboolean
write_back (const char *path, const char *text, GError **error)
{
    struct stat info = { .st_mode = 0644 };

    if (stat (path, &info) < 0 && errno != ENOENT)
        return vy_throw_errno (error, errno, _ ("cannot look at '%s'"), path);
    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                     info.st_mode & 0777, error);
}

static gboolean
undo_text (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *before = vy_step_record_get (record, "before");
    g_autofree char *now = NULL;
    gboolean ours = g_file_get_contents (path, &now, NULL, NULL) &&
                    strcmp (now, vy_step_record_get (record, "text")) == 0;

    if (ours && before && !write_back (path, before, error))
        return FALSE;
    if (ours && !before && unlink (path) < 0)
        return vy_throw_errno (error, errno, _ ("cannot remove '%s'"), path);
    if (before && vy_step_record_get (record, "backup")) {
        g_autofree char *backup = backup_path (record);

        unlink (backup);
    }
    remove_made_dirs (record, path);
    return TRUE;
}

const VyStepKind vy_step_text_replace = { "text-replace", apply_text, undo_text };

VyStepRecord *
vy_hoststeps_replace_text (VyPlan *plan, const char *path, const char *text,
                           const char *description)
{
    g_autofree char *before = NULL;
    VyStepRecord *record;

    g_file_get_contents (path, &before, NULL, NULL);
    if (g_strcmp0 (before, text) == 0)
        return NULL;
    record = vy_plan_add (plan, &vy_step_text_replace, description);
    vy_step_record_set (record, "path", path);
    vy_step_record_set (record, "text", text);
    vy_step_record_set (record, "before", before);
    return record;
}

/* What a line of sysctl.d or tmpfiles.d sets: "vm.x" of "vm.x = 1", "/a" of "w /a - …".
 */
static char *
setting_of (const char *line)
{
    g_auto (GStrv) words = g_strsplit_set (line, " \t=", 3);

    if (!words[0] || *words[0] == '#' || *words[0] == '\0')
        return NULL;
    return g_strdup (strcmp (words[0], "w") == 0 ? words[1] : words[0]);
}

static gboolean
is_set_in (const char *line, char **lines)
{
    g_autofree char *setting = setting_of (line);

    for (char **other = lines; setting && *other; other++) {
        g_autofree char *name = setting_of (*other);

        if (g_strcmp0 (setting, name) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean
vy_hoststeps_merge_file (VyPlan *plan, const char *path, const char *lines,
                         G_GNUC_UNUSED GError **error)
{
    g_autofree char *old = NULL;
    g_autofree char *what = g_strdup_printf (_ ("write %s for the next boot"), path);
    g_auto (GStrv) added = g_strsplit (lines, "\n", -1);
    g_auto (GStrv) kept = NULL;
    g_autoptr (GString) text = g_string_new ("");

    g_file_get_contents (path, &old, NULL, NULL);
    kept = g_strsplit (old ? old : "", "\n", -1);
    for (char **line = kept; *line; line++)
        if (**line && !is_set_in (*line, added))
            g_string_append_printf (text, "%s\n", *line);
    g_string_append (text, lines);
    vy_hoststeps_replace_text (plan, path, text->str, what);
    return TRUE;
}

/* ---- a program
 * ---------------------------------------------------------------------------- */

static gboolean
run_words (const char *words, GError **error)
{
    g_auto (GStrv) argv = g_strsplit (words, "\n", -1);

    return vy_process_run ((const char *const *) argv, NULL, NULL, error);
}

static gboolean
apply_command (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    vy_step_record_set (record, "began", "yes");
    return run_words (vy_step_record_get (record, "argv"), error);
}

static gboolean
undo_command (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    const char *words = vy_step_record_get (record, "undo_argv");

    return !words || !vy_step_record_get (record, "began") || run_words (words, error);
}

const VyStepKind vy_step_command = { "command", apply_command, undo_command };

void
vy_hoststeps_command (VyPlan *plan, const char *const *argv, const char *const *undo,
                      const char *description)
{
    VyStepRecord *record = vy_plan_add (plan, &vy_step_command, description);
    g_autofree char *words = g_strjoinv ("\n", (char **) argv);
    g_autofree char *back = undo ? g_strjoinv ("\n", (char **) undo) : NULL;

    vy_step_record_set (record, "argv", words);
    vy_step_record_set (record, "undo_argv", back);
}
