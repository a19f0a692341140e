/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change disk images. */
#include "vy-image-private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"
#include "vy-process.h"

#define DIRECTORY_MODE 0711 /* QEMU may pass, nobody else may look */

/* ---- directories ----------------------------------------------------------------------
 */

/* The topmost directory above @path that is missing, @path included, or NULL. */
static char *
find_missing_top (const char *path)
{
    char *top = NULL;

    for (g_autofree char *at = g_strdup (path); !g_file_test (at, G_FILE_TEST_EXISTS);) {
        char *up = g_path_get_dirname (at);

        g_free (top);
        top = at;
        at = up;
    }
    return top;
}

/* The label that the security policy wants there; without SELinux there is no program. */
static void
restore_label (const char *path)
{
    const char *const argv[] = { "restorecon", "-R", path, NULL };

    if (g_file_test ("/sys/fs/selinux/enforce", G_FILE_TEST_EXISTS))
        vy_process_run (argv, NULL, NULL, NULL);
}

static gboolean
make_directories (const char *path, const char *top, GError **error)
{
    g_autofree char *up = g_path_get_dirname (path);

    if (strcmp (path, top) != 0 && !make_directories (up, top, error))
        return FALSE;
    if (mkdir (path, DIRECTORY_MODE) < 0 && errno != EEXIST)
        return vy_throw_errno (error, errno, _ ("cannot make directory '%s'"), path);
    if (chmod (path, DIRECTORY_MODE) < 0) /* whatever the umask is */
        return vy_throw_errno (error, errno, _ ("cannot set the mode of '%s'"), path);
    return TRUE;
}

static gboolean
remove_directories (const char *path, const char *top, GError **error)
{
    g_autofree char *at = g_strdup (path);

    while (g_str_has_prefix (at, top)) {
        char *up;

        if (rmdir (at) < 0 && errno != ENOENT && errno != ENOTEMPTY)
            return vy_throw_errno (error, errno, _ ("cannot remove directory '%s'"), at);
        up = g_path_get_dirname (at);
        g_free (at);
        at = up;
    }
    return TRUE;
}

static gboolean
apply_directory (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
                 G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    g_autofree char *top = find_missing_top (path);

    if (!top)
        return TRUE;
    vy_step_record_set (record, "top", top);
    if (!make_directories (path, top, error)) {
        remove_directories (path, top, NULL);
        return FALSE;
    }
    restore_label (top);
    return TRUE;
}

static gboolean
undo_directory (G_GNUC_UNUSED gpointer context, const VyStepRecord *record,
                GError **error)
{
    const char *top = vy_step_record_get (record, "top");

    return !top || remove_directories (vy_step_record_get (record, "path"), top, error);
}

const VyStepKind vy_step_directory_make = { "directory-make", apply_directory,
                                            undo_directory };

/* ---- new images -----------------------------------------------------------------------
 */

/* Lets the pool see what came or went in its directory; it is no failure if it cannot. */
static void
refresh_pool (virConnectPtr conn, const char *path)
{
    virStoragePoolPtr pool = conn ? vy_pool_find_for_path (conn, path) : NULL;

    if (!pool)
        return;
    virStoragePoolRefresh (pool, 0);
    virStoragePoolFree (pool);
}

static char *
identity_of (const struct stat *info)
{
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                            (guint64) info->st_dev, (guint64) info->st_ino);
}

/* Moves a file to a name that nobody has. */
static gboolean
rename_new (const char *from, const char *to)
{
    if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (errno != EINVAL && errno != ENOSYS) /* not every file system can */
        return FALSE;
    return link (from, to) == 0 && unlink (from) == 0;
}

/* Makes an empty file and notes which one it is. */
static gboolean
make_empty (VyStepRecord *record, const char *path, GError **error)
{
    int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    g_autofree char *identity = NULL;
    struct stat info;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot create '%s'"), path);
    if (fstat (fd, &info) == 0)
        identity = identity_of (&info);
    close (fd);
    vy_step_record_set (record, "identity", identity);
    return TRUE;
}

/* Takes the name, which nobody may have. It is known which file is the plan's own before
 * it gets the name, so that no moment is left in which a killed process loses it. */
static gboolean
reserve (VyStepRecord *record, const char *path, GError **error)
{
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *folder = g_path_get_dirname (path);
    g_autofree char *first = g_strdup_printf ("%s/.virtyard-%s", folder, id);
    int why;

    vy_step_record_set (record, "first", first);
    if (!make_empty (record, first, error))
        return FALSE;
    if (rename_new (first, path))
        return TRUE;
    why = errno;
    unlink (first);
    if (why == EEXIST)
        return vy_throw (error, VY_ERROR_EXISTS, _ ("there is a file '%s' already"),
                         path);
    return vy_throw_errno (error, why, _ ("cannot create image '%s'"), path);
}

static gboolean
undo_image (gpointer context, const VyStepRecord *record, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *first = vy_step_record_get (record, "first");
    const char *identity = vy_step_record_get (record, "identity");
    g_autofree char *now = NULL;
    struct stat info;

    if (first && unlink (first) < 0 && errno != ENOENT)
        return vy_throw_errno (error, errno, _ ("cannot remove '%s'"), first);
    if (!identity || lstat (path, &info) < 0)
        return TRUE;
    now = identity_of (&info);
    if (strcmp (now, identity) != 0) /* somebody else's by now */
        return TRUE;
    if (unlink (path) < 0)
        return vy_throw_errno (error, errno, _ ("cannot remove image '%s'"), path);
    refresh_pool (context, path);
    return TRUE;
}

/* "    (12.34/100%)", as qemu-img -p writes it */
void
vy_image_on_progress (const char *line, gpointer data)
{
    const char *at = strchr (line, '(');
    char *end = NULL;
    double percent = at ? g_ascii_strtod (at + 1, &end) : 0;

    if (at && end && g_str_has_prefix (end, "/100%"))
        vy_step_progress (data, percent / 100);
}

static gboolean
finish_image (gpointer context, VyStepRecord *record, gboolean made, GError **error)
{
    const char *path = vy_step_record_get (record, "path");

    if (!made) {
        g_prefix_error (error, _ ("cannot create image '%s': "), path);
        undo_image (NULL, record, NULL);
        return FALSE;
    }
    restore_label (path);
    refresh_pool (context, path);
    return TRUE;
}

static gboolean
apply_image (gpointer context, VyStepRecord *record, GCancellable *cancellable,
             GError **error)
{
    g_auto (GStrv) argv = g_strsplit (vy_step_record_get (record, "argv"), "\n", -1);

    return reserve (record, vy_step_record_get (record, "path"), error) &&
           finish_image (context, record,
                         vy_process_watch ((const char *const *) argv,
                                           vy_image_on_progress, record, cancellable,
                                           error),
                         error);
}

const VyStepKind vy_step_image_create = { "image-create", apply_image, undo_image };

/* Lets two files share their blocks. */
static gboolean
share_blocks (const char *source, const char *path, GError **error)
{
    int from = open (source, O_RDONLY | O_CLOEXEC);
    int to = from < 0 ? -1 : open (path, O_WRONLY | O_CLOEXEC);
    int why = to < 0 || ioctl (to, FICLONE, from) < 0 ? errno : 0;

    if (to >= 0)
        close (to);
    if (from >= 0)
        close (from);
    if (why == 0)
        return TRUE;
    vy_throw_errno (error, why, _ ("cannot share the blocks of '%s'"), source);
    if (why == EOPNOTSUPP || why == EXDEV || why == EINVAL)
        vy_error_set_hint (error, _ ("leave out --reflink where the file system of both "
                                     "is not the same Btrfs or XFS"));
    return FALSE;
}

static gboolean
apply_reflink (gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");

    return reserve (record, path, error) &&
           finish_image (
               context, record,
               share_blocks (vy_step_record_get (record, "source"), path, error), error);
}

const VyStepKind vy_step_image_reflink = { "image-reflink", apply_reflink, undo_image };

/* ---- sizes ----------------------------------------------------------------------------
 */

static gboolean
resize_file (const VyStepRecord *record, const char *key, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *argv[] = { "qemu-img",
                           "resize",
                           "-f",
                           vy_step_record_get (record, "format"),
                           "--shrink",
                           path,
                           vy_step_record_get (record, key),
                           NULL };

    if (vy_process_run (argv, NULL, NULL, error))
        return TRUE;
    g_prefix_error (error, _ ("cannot resize image '%s': "), path);
    return FALSE;
}

static gboolean
apply_resize (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return resize_file (record, "size", error);
}

static gboolean
undo_resize (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    return resize_file (record, "before", error);
}

const VyStepKind vy_step_image_resize = { "image-resize", apply_resize, undo_resize };

static gboolean
apply_block_resize (gpointer context, VyStepRecord *record,
                    G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *name = vy_step_record_get (record, "domain");
    const char *target = vy_step_record_get (record, "target");
    guint64 size = g_ascii_strtoull (vy_step_record_get (record, "size"), NULL, 10);
    g_autoptr (virDomain) domain = virDomainLookupByName (context, name);

    if (domain &&
        virDomainBlockResize (domain, target, size, VIR_DOMAIN_BLOCK_RESIZE_BYTES) == 0)
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot resize disk '%s' of domain '%s'"), target,
                             name);
}

/* A disk that a guest has seen larger is not made smaller under it. */
const VyStepKind vy_step_block_resize = { "block-resize", apply_block_resize, NULL };

/* ---- deletion: set aside, then removed ------------------------------------------------
 */

static gboolean
apply_aside (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
             G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");

    if (rename (path, vy_step_record_get (record, "aside")) < 0)
        return vy_throw_errno (error, errno, _ ("cannot set image '%s' aside"), path);
    return TRUE;
}

static gboolean
undo_aside (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *aside = vy_step_record_get (record, "aside");

    if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        return TRUE;
    if (link (aside, path) == 0) /* unlike rename(), never over another file */
        return unlink (aside) == 0 ||
               vy_throw_errno (error, errno, _ ("cannot remove '%s'"), aside);
    return vy_throw_errno (error, errno, _ ("cannot put image '%s' back"), path);
}

const VyStepKind vy_step_image_aside = { "image-set-aside", apply_aside, undo_aside };

static gboolean
apply_remove (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *aside = vy_step_record_get (record, "aside");

    if (unlink (aside) < 0 && errno != ENOENT)
        return vy_throw_errno (error, errno, _ ("cannot remove '%s'"), aside);
    return TRUE;
}

const VyStepKind vy_step_image_remove = { "image-remove", apply_remove, NULL };
