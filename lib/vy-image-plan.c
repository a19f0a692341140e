/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans that make, resize, convert and delete disk images. */
#include "vy-image-private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"
#include "vy-units.h"
#include "vy-volume-steps-private.h"
#include "vy-volume.h"

static VyPlan *
new_plan (virConnectPtr conn, const char *format, const char *path)
{
    g_autofree char *title = g_strdup_printf (format, path);
    char *uri = conn ? virConnectGetURI (conn) : NULL;
    VyPlan *plan = vy_plan_new (title, uri, conn);

    free (uri);
    return plan;
}

static void
set_number (VyStepRecord *record, const char *key, guint64 number)
{
    g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

    vy_step_record_set (record, key, text);
}

/* ---- create, convert ------------------------------------------------------------------
 */

static gboolean
check_new (virConnectPtr conn, const char *path, GError **error)
{
    g_autoptr (virStorageVol) volume =
        conn ? virStorageVolLookupByPath (conn, path) : NULL;

    if (volume ||
        (vy_image_files_are_here (conn) && (g_file_test (path, G_FILE_TEST_EXISTS) ||
                                            g_file_test (path, G_FILE_TEST_IS_SYMLINK))))
        return vy_throw (error, VY_ERROR_EXISTS, _ ("there is a file '%s' already"),
                         path);
    return TRUE;
}

void
vy_image_add_directory (VyPlan *plan, const char *path)
{
    g_autofree char *dir = g_path_get_dirname (path);
    g_autofree char *description = NULL;

    if (g_file_test (dir, G_FILE_TEST_EXISTS))
        return;
    description = g_strdup_printf (_ ("make directory '%s'"), dir);
    vy_step_record_set (vy_plan_add (plan, &vy_step_directory_make, description), "path",
                        dir);
}

void
vy_image_add_step (VyPlan *plan, const char *path, char **argv, const char *description)
{
    VyStepRecord *record = vy_plan_add (plan, &vy_step_image_create, description);
    g_autofree char *words = g_strjoinv ("\n", argv);

    vy_step_record_set (record, "path", path);
    vy_step_record_set (record, "argv", words);
}

static char **
create_argv (const VyImageSettings *settings, const char *backing_format, guint64 size)
{
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
    g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, size);

    g_strv_builder_add_many (words, "qemu-img", "create", "-q", "-f", settings->format,
                             NULL);
    if (settings->preallocation) {
        g_autofree char *option =
            g_strconcat ("preallocation=", settings->preallocation, NULL);

        g_strv_builder_add_many (words, "-o", option, NULL);
    }
    if (settings->backing)
        g_strv_builder_add_many (words, "-b", settings->backing, "-F", backing_format,
                                 NULL);
    g_strv_builder_add_many (words, settings->path, bytes, NULL);
    return g_strv_builder_end (words);
}

/* What libvirt can do of it: it writes tables of qcow2 and sets raw bytes aside. */
static gboolean
can_be_volume (const VyImageSettings *settings)
{
    const char *how = settings->preallocation;
    gboolean raw = strcmp (settings->format, "raw") == 0;

    if (!raw && strcmp (settings->format, "qcow2") != 0)
        return FALSE;
    return !how || strcmp (how, "off") == 0 ||
           strcmp (how, raw ? "falloc" : "metadata") == 0;
}

static gboolean
add_volume (VyPlan *plan, virStoragePoolPtr pool, const VyImageSettings *settings,
            const char *backing_format, guint64 size, GError **error)
{
    const char *how = settings->preallocation ? settings->preallocation : "off";
    g_autofree char *name = g_path_get_basename (settings->path);
    VyVolumeSettings volume = {
        .name = name,
        .format = settings->format,
        .capacity = size,
        .allocation = strcmp (how, "falloc") == 0 ? size : 0,
        .backing = settings->backing,
        .backing_format = backing_format,
        .lazy_refcounts = strcmp (settings->format, "qcow2") == 0,
        .preallocate_metadata = strcmp (how, "metadata") == 0,
    };

    return vy_volume_add_create (plan, virStoragePoolGetName (pool), &volume, error);
}

static gboolean
check_backing (const VyImageSettings *settings, const VyImage *backing, GError **error)
{
    if (strcmp (settings->format, "raw") == 0 || strcmp (settings->format, "vdi") == 0 ||
        strcmp (settings->format, "vpc") == 0 || strcmp (settings->format, "vhdx") == 0)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("an image of format '%s' has no backing image: qcow2 has"),
                         settings->format);
    if (settings->size && settings->size < backing->virtual_size) {
        vy_throw (error, VY_ERROR_INVALID,
                  _ ("the image would be smaller than its backing image '%s'"),
                  backing->path);
        vy_error_set_hint (error, _ ("it needs %" G_GUINT64_FORMAT " bytes, or no size"),
                           backing->virtual_size);
        return FALSE;
    }
    return TRUE;
}

static gboolean
add_by_qemu_img (VyPlan *plan, virConnectPtr conn, const VyImageSettings *settings,
                 const char *backing_format, guint64 size, GError **error)
{
    g_auto (GStrv) argv = create_argv (settings, backing_format, size);
    g_autofree char *text = vy_size_format (size);
    g_autofree char *description = NULL;

    if (!vy_image_files_are_here (conn)) {
        vy_throw (
            error, VY_ERROR_UNSUPPORTED,
            _ ("cannot create image '%s' on another machine: no storage pool covers "
               "it"),
            settings->path);
        vy_error_set_hint (error, _ ("name an image in the directory of an active pool"));
        return FALSE;
    }
    description = g_strdup_printf (_ ("create image '%s' (%s, %s)"), settings->path,
                                   settings->format, text);
    vy_image_add_directory (plan, settings->path);
    vy_image_add_step (plan, settings->path, argv, description);
    return TRUE;
}

gboolean
vy_image_add_create (VyPlan *plan, virConnectPtr conn, const VyImageSettings *settings,
                     GError **error)
{
    g_autoptr (virStoragePool) pool = NULL;
    g_autoptr (VyImage) backing = NULL;
    guint64 size = settings->size;

    if (!check_new (conn, settings->path, error))
        return FALSE;
    if (settings->backing) {
        backing = vy_image_get_info (conn, settings->backing, error);
        if (!backing || !check_backing (settings, backing, error))
            return FALSE;
        if (settings->backing_format) {
            g_free (backing->format);
            backing->format = g_strdup (settings->backing_format);
        }
        if (!size)
            size = backing->virtual_size;
    }
    if (!size)
        return vy_throw (error, VY_ERROR_USAGE, _ ("the size of the image is missing"));
    pool = can_be_volume (settings) ? vy_pool_find_for_path (conn, settings->path) : NULL;
    if (pool)
        return add_volume (plan, pool, settings, backing ? backing->format : NULL, size,
                           error);
    return add_by_qemu_img (plan, conn, settings, backing ? backing->format : NULL, size,
                            error);
}

VyPlan *
vy_image_plan_create (virConnectPtr conn, const VyImageSettings *settings, GError **error)
{
    g_autoptr (VyPlan) plan = new_plan (conn, _ ("create image '%s'"), settings->path);

    if (!vy_image_add_create (plan, conn, settings, error))
        return NULL;
    return g_steal_pointer (&plan);
}

VyPlan *
vy_image_plan_convert (virConnectPtr conn, const char *source, const char *target,
                       const char *format, gboolean compress, GError **error)
{
    g_autoptr (VyImage) image = vy_image_get_info (conn, source, error);
    g_autofree char *user =
        image ? vy_image_find_active_domain (conn, source, NULL) : NULL;
    g_autofree char *description = NULL;
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
    g_auto (GStrv) argv = NULL;
    VyPlan *plan;

    if (!image || !check_new (conn, target, error))
        return NULL;
    if (!vy_image_files_are_here (conn) || !g_file_test (source, G_FILE_TEST_EXISTS)) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("cannot convert image '%s': its file is not on this machine"),
                  source);
        return NULL;
    }
    if (user) {
        vy_throw (error, VY_ERROR_STATE, _ ("image '%s' is used by running domain '%s'"),
                  source, user);
        return NULL;
    }
    format = format ? format : image->format;
    g_strv_builder_add_many (words, "qemu-img", "convert", "-p", "-f", image->format,
                             "-O", format, NULL);
    if (compress)
        g_strv_builder_add (words, "-c");
    g_strv_builder_add_many (words, source, target, NULL);
    argv = g_strv_builder_end (words);
    plan = new_plan (conn, _ ("convert to image '%s'"), target);
    description =
        g_strdup_printf (_ ("convert '%s' to '%s' (%s)"), source, target, format);
    vy_image_add_directory (plan, target);
    vy_image_add_step (plan, target, argv, description);
    return plan;
}

/* ---- resize ---------------------------------------------------------------------------
 */

static gboolean
check_resize (virConnectPtr conn, const VyImage *image, guint64 size, gboolean shrink,
              GError **error)
{
    g_auto (GStrv) users = NULL;

    if (size == 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("an image cannot have no size"));
    if (size < image->virtual_size && !shrink) {
        vy_throw (error, VY_ERROR_INVALID,
                  _ ("image '%s' would become smaller, and lose what lies behind"),
                  image->path);
        vy_error_set_hint (error, _ ("shrink the file systems in it, then use --shrink"));
        return FALSE;
    }
    users = vy_image_list_users (conn, image->path, error);
    if (!users)
        return FALSE;
    for (char **user = users; *user; user++)
        if (g_str_has_prefix (*user, "image "))
            return vy_throw (error, VY_ERROR_STATE, _ ("image '%s' backs %s"),
                             image->path, *user);
    return TRUE;
}

static VyStepRecord *
add_resize (VyPlan *plan, const VyStepKind *kind, const VyImage *image, guint64 size)
{
    g_autofree char *before = vy_size_format (image->virtual_size);
    g_autofree char *after = vy_size_format (size);
    g_autofree char *description =
        g_strdup_printf (_ ("resize '%s' from %s to %s"), image->path, before, after);
    VyStepRecord *record = vy_plan_add (plan, kind, description);

    vy_step_record_set (record, "path", image->path);
    vy_step_record_set (record, "format", image->format);
    set_number (record, "size", size);
    set_number (record, "before", image->virtual_size);
    return record;
}

VyPlan *
vy_image_plan_resize (virConnectPtr conn, const char *path, guint64 size, gboolean shrink,
                      GError **error)
{
    g_autoptr (VyImage) image = vy_image_get_info (conn, path, error);
    g_autoptr (VyPlan) plan = new_plan (conn, _ ("resize image '%s'"), path);
    g_autofree char *target = NULL;
    g_autofree char *domain = NULL;

    if (!image || !check_resize (conn, image, size, shrink, error))
        return NULL;
    if (size == image->virtual_size)
        return g_steal_pointer (&plan);
    domain = vy_image_find_active_domain (conn, path, &target);
    if (domain && size < image->virtual_size) {
        vy_throw (error, VY_ERROR_STATE,
                  _ ("image '%s' cannot become smaller while domain '%s' runs"), path,
                  domain);
        return NULL;
    }
    if (domain) {
        VyStepRecord *record = add_resize (plan, &vy_step_block_resize, image, size);

        vy_step_record_set (record, "domain", domain);
        vy_step_record_set (record, "target", target);
    } else if (vy_image_files_are_here (conn) && g_file_test (path, G_FILE_TEST_EXISTS)) {
        add_resize (plan, &vy_step_image_resize, image, size);
    } else {
        add_resize (plan, &vy_step_volume_resize, image, size);
    }
    return g_steal_pointer (&plan);
}

/* ---- delete ---------------------------------------------------------------------------
 */

/* Users that do not go in the same plan. */
static gboolean
check_unused (virConnectPtr conn, const char *path, const char *const *paths,
              GError **error)
{
    g_auto (GStrv) users = vy_image_list_users (conn, path, error);
    g_autoptr (GString) list = g_string_new (NULL);

    for (char **user = users; user && *user; user++) {
        gboolean goes = FALSE;

        for (const char *const *other = paths; *other; other++) {
            g_autofree char *text = g_strdup_printf (_ ("image '%s'"), *other);

            goes |= strcmp (text, *user) == 0;
        }
        if (!goes)
            g_string_append_printf (list, "%s%s", list->len ? ", " : "", *user);
    }
    if (users && list->len)
        return vy_throw (error, VY_ERROR_STATE, _ ("image '%s' is used by %s"), path,
                         list->str);
    return users != NULL;
}

static VyStepRecord *
add_step (VyPlan *plan, const VyStepKind *kind, const char *format, const char *path)
{
    g_autofree char *description = g_strdup_printf (format, path);
    VyStepRecord *record = vy_plan_add (plan, kind, description);

    vy_step_record_set (record, "path", path);
    return record;
}

static char *
aside_of (const char *path)
{
    g_autofree char *dir = g_path_get_dirname (path);
    g_autofree char *name = g_path_get_basename (path);

    return g_strdup_printf ("%s/.%s.virtyard-deleted-%d", dir, name, (int) getpid ());
}

static gboolean
is_volume (virConnectPtr conn, const char *path)
{
    g_autoptr (virStorageVol) volume = virStorageVolLookupByPath (conn, path);

    return volume != NULL;
}

/* All plain files are set aside before the first image goes for good. */
static void
add_deletions (VyPlan *plan, virConnectPtr conn, const char *const *paths)
{
    for (const char *const *path = paths; *path; path++) {
        g_autofree char *aside = aside_of (*path);

        if (!is_volume (conn, *path))
            vy_step_record_set (
                add_step (plan, &vy_step_image_aside, _ ("set image '%s' aside"), *path),
                "aside", aside);
    }
    for (const char *const *path = paths; *path; path++) {
        g_autofree char *aside = aside_of (*path);

        if (is_volume (conn, *path))
            add_step (plan, &vy_step_volume_delete, _ ("delete volume '%s'"), *path);
        else
            vy_step_record_set (
                add_step (plan, &vy_step_image_remove, _ ("remove image '%s'"), *path),
                "aside", aside);
    }
}

VyPlan *
vy_image_plan_delete (virConnectPtr conn, const char *const *paths, GError **error)
{
    VyPlan *plan;

    for (const char *const *path = paths; *path; path++) {
        if (!is_volume (conn, *path) && !(vy_image_files_are_here (conn) &&
                                          g_file_test (*path, G_FILE_TEST_IS_REGULAR))) {
            vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no image '%s'"), *path);
            return NULL;
        }
        if (!check_unused (conn, *path, paths, error))
            return NULL;
    }
    plan = new_plan (conn, _ ("delete image '%s'"), paths[0]);
    add_deletions (plan, conn, paths);
    return plan;
}
