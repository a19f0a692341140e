/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plan of a clone: its images, then its definition. */
#include "vy-clone-private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vy-image-private.h"
#include "vy-install-private.h"
#include "vy-pool.h"
#include "vy-volume-steps-private.h"
#include "vy-volume.h"

/* ---- copies made here ---------------------------------------------------------------
 */

/* Whether this process can do it all with files of this machine. */
static gboolean
can_copy_here (VyClone *clone, const CloneImage *image)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    g_autofree char *dir = g_path_get_dirname (image->path);

    return !vy_host_is_remote (clone->host) && vy_image_files_are_here (conn) &&
           access (image->source, R_OK) == 0 &&
           (access (dir, W_OK) == 0 || !g_file_test (dir, G_FILE_TEST_EXISTS));
}

/* The format that qemu-img is told; a disk without one is raw. What is encrypted, and
 * what qemu-img does not know, is copied byte by byte. */
static const char *
format_for_copy (VyClone *clone, const CloneImage *image)
{
    static const char *const known[] = { "raw", "qcow2", "qed",  "vmdk",
                                         "vdi", "vpc",   "vhdx", NULL };
    g_autoptr (VyImage) info = NULL;

    if (!image->format || !g_strv_contains (known, image->format))
        return "raw";
    info = vy_image_get_info (vy_host_get_conn (clone->host), image->source, NULL);
    if (info && info->encrypted)
        return "raw";
    return g_strv_contains (known, image->format) ? image->format : "raw";
}

static char **
copy_words (VyClone *clone, const CloneImage *image, gboolean into_device)
{
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
    const char *format = format_for_copy (clone, image);

    g_strv_builder_add_many (words, "qemu-img", "convert", "-p", "-f", format, "-O",
                             format, NULL);
    if (into_device)
        g_strv_builder_add (words, "-n");
    if (clone->nonsparse)
        g_strv_builder_add_many (words, "-S", "0", NULL);
    g_strv_builder_add_many (words, image->source, image->path, NULL);
    return g_strv_builder_end (words);
}

static char *
describe_copy (const CloneImage *image)
{
    return g_strdup_printf (_ ("copy '%s' to '%s'"), image->source, image->path);
}

static void
add_copy (VyPlan *plan, VyClone *clone, const CloneImage *image)
{
    g_auto (GStrv) words = copy_words (clone, image, FALSE);
    g_autofree char *description = describe_copy (image);

    vy_image_add_directory (plan, image->path);
    vy_image_add_step (plan, image->path, words, description);
}

static void
add_fill (VyPlan *plan, VyClone *clone, const CloneImage *image)
{
    g_auto (GStrv) words = copy_words (clone, image, TRUE);
    g_autofree char *text = g_strjoinv ("\n", words);
    g_autofree char *description = describe_copy (image);
    VyStepRecord *record = vy_plan_add (plan, &vy_step_block_fill, description);

    vy_step_record_set (record, "path", image->path);
    vy_step_record_set (record, "argv", text);
}

/* The copy has the same bytes, so a name in it that leads to a base must lead there
 * still. */
static gboolean
add_reflink (VyPlan *plan, VyClone *clone, const CloneImage *image, GError **error)
{
    g_autoptr (VyImage) info =
        vy_image_get_info (vy_host_get_conn (clone->host), image->source, error);
    g_autofree char *from = g_path_get_dirname (image->source);
    g_autofree char *to = g_path_get_dirname (image->path);
    g_autofree char *description = g_strdup_printf (
        _ ("let '%s' share the blocks of '%s'"), image->path, image->source);
    VyStepRecord *record;

    if (!info)
        return FALSE;
    if (info->backing && strcmp (from, to) != 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("'%s' has a backing image: --reflink needs the clone's image "
                            "in the same directory"),
                         image->source);
    vy_image_add_directory (plan, image->path);
    record = vy_plan_add (plan, &vy_step_image_reflink, description);
    vy_step_record_set (record, "path", image->path);
    vy_step_record_set (record, "source", image->source);
    return TRUE;
}

/* ---- copies made by libvirt ---------------------------------------------------------
 */

static gboolean
add_volume_clone (VyPlan *plan, VyClone *clone, const CloneImage *image,
                  virStoragePoolPtr pool, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    g_autoptr (virStorageVol) volume = virStorageVolLookupByPath (conn, image->source);
    char *text = volume ? virStorageVolGetXMLDesc (volume, 0) : NULL;
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, _ ("volume"), NULL) : NULL;
    g_autofree char *format =
        doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/format/@type") : NULL;
    g_autofree char *name = g_path_get_basename (image->path);
    VyVolumeSettings settings = { .name = name,
                                  .format = image->is_block ? NULL : format };
    virStorageVolInfo info;

    free (text);
    if (!doc || virStorageVolGetInfo (volume, &info) < 0)
        return vy_throw_libvirt (error, _ ("cannot read volume '%s'"), image->source);
    if (vy_xml_has (xmlDocGetRootElement (doc), "target/encryption"))
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("'%s' is encrypted: it can only be copied on its own host, "
                            "by root"),
                         image->source);
    settings.capacity = info.capacity;
    /* devices have all their space */
    settings.allocation = image->is_block || clone->nonsparse ? info.capacity : 0;
    vy_volume_add_clone (plan, virStoragePoolGetName (pool), &settings, image->source,
                         clone->reflink);
    return TRUE;
}

/* A new device in a pool, which is then filled from a file. */
static gboolean
add_device (VyPlan *plan, VyClone *clone, const CloneImage *image, virStoragePoolPtr pool,
            GError **error)
{
    g_autoptr (VyImage) info =
        vy_image_get_info (vy_host_get_conn (clone->host), image->source, error);
    g_autofree char *name = g_path_get_basename (image->path);
    VyVolumeSettings settings = { .name = name };

    if (!info)
        return FALSE;
    if (strcmp (format_for_copy (clone, image), "raw") != 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("'%s' has the format %s: the device '%s' can only take raw "
                            "images"),
                         image->source, image->format, image->path);
    settings.capacity = settings.allocation = info->virtual_size;
    if (!vy_volume_add_create (plan, virStoragePoolGetName (pool), &settings, error))
        return FALSE;
    add_fill (plan, clone, image);
    return TRUE;
}

/* ---- one image ----------------------------------------------------------------------
 */

static gboolean
add_copy_of (VyPlan *plan, VyClone *clone, const CloneImage *image, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    gboolean here = can_copy_here (clone, image);
    gboolean there = !image->replaces && vy_clone_path_exists (clone, image->path);
    g_autoptr (virStoragePool) pool = vy_pool_find_for_path (conn, image->path);

    if (image->is_block && there && access (image->source, R_OK) == 0)
        add_fill (plan, clone, image);
    else if (here && !image->is_block && clone->reflink)
        return add_reflink (plan, clone, image, error);
    else if (here && !image->is_block)
        add_copy (plan, clone, image);
    else if (pool && image->source_is_volume)
        return add_volume_clone (plan, clone, image, pool, error);
    else if (pool && image->is_block && access (image->source, R_OK) == 0)
        return add_device (plan, clone, image, pool, error);
    else {
        vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("cannot copy '%s' to '%s'"),
                  image->source, image->path);
        vy_error_set_hint (error, _ ("both must lie in active pools, or be files that "
                                     "this user may read and write"));
        return FALSE;
    }
    return TRUE;
}

static gboolean
add_overlay (VyPlan *plan, VyClone *clone, const CloneImage *image, GError **error)
{
    gboolean qemu = vy_host_get_driver (clone->host) == VY_DRIVER_QEMU;
    VyImageSettings settings = { .path = image->path,
                                 .format = "qcow2",
                                 .backing = image->source };

    settings.backing_format = image->format ? image->format : qemu ? "raw" : NULL;
    return vy_image_add_create (plan, vy_host_get_conn (clone->host), &settings, error);
}

static char *
aside_of (const char *path)
{
    return g_strdup_printf ("%s.virtyard-replaced-%d", path, (int) getpid ());
}

static VyStepRecord *
add_aside_step (VyPlan *plan, const VyStepKind *kind, const char *format,
                const char *path)
{
    g_autofree char *aside = aside_of (path);
    g_autofree char *description = g_strdup_printf (format, path);
    VyStepRecord *record = vy_plan_add (plan, kind, description);

    vy_step_record_set (record, "path", path);
    vy_step_record_set (record, "aside", aside);
    return record;
}

static gboolean
add_image (VyPlan *plan, VyClone *clone, const CloneImage *image, GError **error)
{
    if (image->action == CLONE_SHARE || image->action == CLONE_PRESERVE)
        return TRUE;
    if (image->replaces)
        add_aside_step (plan, &vy_step_image_aside, _ ("set image '%s' aside"),
                        image->path);
    return image->action == CLONE_LINK ? add_overlay (plan, clone, image, error)
                                       : add_copy_of (plan, clone, image, error);
}

/* ---- all of it ----------------------------------------------------------------------
 */

static void
add_replacement (VyPlan *plan, VyClone *clone, const char *name)
{
    g_autoptr (virDomain) domain =
        virDomainLookupByName (vy_host_get_conn (clone->host), name);
    g_autofree char *description = g_strdup_printf (_ ("take domain '%s' away"), name);
    VyStepRecord *record;
    char *secret;

    if (!domain)
        return;
    record = vy_plan_add (plan, &vy_step_domain_replace, description);
    vy_step_record_set (record, "name", name);
    secret =
        virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
    vy_plan_add_object (plan, record, secret, free);
}

VyPlan *
vy_clone_plan (VyClone *clone, GError **error)
{
    xmlNode *domain = vy_clone_get_domain (clone);
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *title =
        g_strdup_printf (_ ("clone domain '%s' as '%s'"), clone->original, name);
    g_autoptr (VyPlan) plan = vy_plan_new (title, vy_host_get_uri (clone->host),
                                           vy_host_get_conn (clone->host));

    for (guint i = 0; i < clone->images->len; i++)
        if (!add_image (plan, clone, g_ptr_array_index (clone->images, i), error))
            return NULL;
    if (clone->replace)
        add_replacement (plan, clone, name);
    vy_install_add_domain_step (plan, &vy_step_domain_define, domain,
                                _ ("define domain"));
    for (guint i = 0; i < clone->images->len; i++) {
        const CloneImage *image = g_ptr_array_index (clone->images, i);

        if (image->replaces)
            add_aside_step (plan, &vy_step_image_remove, _ ("remove the old image '%s'"),
                            image->path);
    }
    return g_steal_pointer (&plan);
}
