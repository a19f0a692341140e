/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The images of a clone: which are copied, and where they go. */
#include "vy-clone-private.h"

#include <string.h>

#include "vy-image-private.h"
#include "vy-pool.h"
#include "vy-subopt-private.h"

#define LONGEST_SUFFIX 7

gboolean
vy_clone_path_exists (VyClone *clone, const char *path)
{
    g_autoptr (virStorageVol) volume =
        virStorageVolLookupByPath (vy_host_get_conn (clone->host), path);

    return volume ||
           (!vy_host_is_remote (clone->host) && g_file_test (path, G_FILE_TEST_EXISTS));
}

/* ---- what the original has ----------------------------------------------------------
 */

/* The path of a disk's image; NULL where it has none, or lies elsewhere than in a file.
 */
static char *
path_of_disk (VyClone *clone, xmlNode *disk)
{
    xmlNode *source = vy_xml_find (disk, "source");

    return source ? vy_image_path_of_source (vy_host_get_conn (clone->host), source)
                  : NULL;
}

static gboolean
has_source (xmlNode *disk)
{
    xmlNode *source = vy_xml_find (disk, "source");

    return source && (source->properties || source->children);
}

static gboolean
is_shared (xmlNode *disk)
{
    return !has_source (disk) || vy_xml_has (disk, "readonly") ||
           vy_xml_has (disk, "shareable") ||
           vy_xml_is (disk, "transient/@shareBacking", "yes");
}

/* A template's disks are read-only: they are what linked clones are made of. */
static gboolean
can_be_base (xmlNode *disk)
{
    return has_source (disk) && !vy_xml_has (disk, "shareable") &&
           !vy_xml_is (disk, "@device", "cdrom") &&
           !vy_xml_is (disk, "@device", "floppy");
}

static CloneAction
choose_action (const VyCloneSettings *settings, xmlNode *disk, const char *target)
{
    gboolean shared = settings->linked ? !can_be_base (disk) : is_shared (disk);

    if (settings->force_copy && g_strv_contains (settings->force_copy, target))
        shared = FALSE;
    if (settings->skip_copy && g_strv_contains (settings->skip_copy, target))
        shared = TRUE;
    if (shared)
        return CLONE_SHARE;
    if (settings->preserve)
        return CLONE_PRESERVE;
    return settings->linked && has_source (disk) ? CLONE_LINK : CLONE_COPY;
}

static CloneImage *
image_of_disk (VyClone *clone, const VyCloneSettings *settings, xmlNode *disk)
{
    CloneImage *image = g_new0 (CloneImage, 1);

    image->disk = disk;
    image->target = vy_xml_get (disk, "target/@dev");
    image->source = path_of_disk (clone, disk);
    image->format = vy_xml_get (disk, "driver/@type");
    image->action = choose_action (settings, disk, image->target ? image->target : "");
    return image;
}

/* ---- where the clone's go -----------------------------------------------------------
 */

static gboolean
is_path_taken (VyClone *clone, const char *path)
{
    for (guint i = 0; i < clone->images->len; i++) {
        const CloneImage *image = g_ptr_array_index (clone->images, i);

        if (g_strcmp0 (image->path, path) == 0)
            return TRUE;
    }
    return vy_clone_path_exists (clone, path);
}

/* Cuts the file's suffix off. Returns: the suffix, or "". */
static char *
cut_suffix (char *base)
{
    char *dot = strrchr (base, '.');
    char *suffix;

    if (!dot || strlen (dot + 1) > LONGEST_SUFFIX)
        return g_strdup ("");
    suffix = g_strdup (dot);
    *dot = '\0';
    return suffix;
}

/* "/images/web.qcow2" becomes "/images/NAME.qcow2", any other "/images/…-clone.qcow2". */
static char *
make_path (VyClone *clone, const CloneImage *image)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    gboolean linked = image->action == CLONE_LINK;
    gboolean block = vy_xml_is (image->disk, "@type", "block");
    g_autofree char *name = vy_xml_get (vy_clone_get_domain (clone), "name");
    g_autofree char *dir = linked && block ? vy_pool_get_default_dir (conn)
                                           : g_path_get_dirname (image->source);
    g_autofree char *base = g_path_get_basename (image->source);
    g_autofree char *suffix = cut_suffix (base);
    g_autofree char *stem = strcmp (base, clone->original) == 0
                                ? g_strdup (name)
                                : g_strconcat (base, "-clone", NULL);
    g_autofree char *full = g_build_filename (dir, stem, NULL);

    return vy_clone_free_name (clone, full, "-", linked ? ".qcow2" : suffix, 0,
                               is_path_taken);
}

static gboolean
check_source (VyClone *clone, CloneImage *image, GError **error)
{
    g_autofree char *protocol = vy_xml_get (image->disk, "source/@protocol");
    g_autofree char *type = vy_xml_get (image->disk, "@type");
    g_autoptr (virStorageVol) volume = NULL;

    if (!image->source) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("disk '%s' cannot be copied: it is of the type %s"), image->target,
                  protocol ? protocol : type);
        vy_error_set_hint (error, _ ("--skip-copy %s lets the clone use the same one"),
                           image->target);
        return FALSE;
    }
    volume = virStorageVolLookupByPath (vy_host_get_conn (clone->host), image->source);
    image->source_is_volume = volume != NULL;
    if (volume || (!vy_host_is_remote (clone->host) &&
                   g_file_test (image->source, G_FILE_TEST_EXISTS)))
        return TRUE;
    return vy_throw (error, VY_ERROR_NOT_FOUND,
                     _ ("the image '%s' of disk '%s' is not there"), image->source,
                     image->target);
}

static gboolean
is_url (const char *path)
{
    return strstr (path, "://") != NULL;
}

/* Takes the next of the paths; NULL with @error unset where one is to be made. */
static gboolean
take_path (CloneImage *image, const VyCloneSettings *settings, guint *next,
           GError **error)
{
    guint n = settings->paths ? g_strv_length ((char **) settings->paths) : 0;

    if (*next < n) {
        if (*settings->paths[*next] == '\0')
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("the path of an image is empty"));
        image->path = is_url (settings->paths[*next])
                          ? g_strdup (settings->paths[*next])
                          : g_canonicalize_filename (settings->paths[*next], NULL);
        ++*next;
        return TRUE;
    }
    if (settings->auto_paths || settings->linked)
        return TRUE;
    vy_throw (error, VY_ERROR_USAGE, _ ("there is no path for the clone's disk '%s'"),
              image->target);
    vy_error_set_hint (error, _ ("give one more --file, or --auto-clone"));
    return FALSE;
}

static void
set_source (CloneImage *image)
{
    xmlNode *disk = image->disk;
    gboolean is_link = image->action == CLONE_LINK;

    while (vy_xml_has (disk, "source"))
        vy_xml_remove (vy_xml_find (disk, "source"));
    /* a copy has everything in itself, an overlay says what is behind it */
    if (image->action != CLONE_PRESERVE && vy_xml_has (disk, "backingStore/source"))
        vy_xml_remove (vy_xml_find (disk, "backingStore"));
    if (image->is_block) {
        vy_xml_set (disk, "@type", "block");
        vy_xml_set (disk, "source/@dev", image->path);
    } else if (g_file_test (image->path, G_FILE_TEST_IS_DIR)) {
        vy_xml_set (disk, "@type", "dir");
        vy_xml_set (disk, "source/@dir", image->path);
    } else {
        vy_xml_set (disk, "@type", "file");
        vy_xml_set (disk, "source/@file", image->path);
    }
    if (is_link) {
        vy_xml_set (disk, "driver/@type", "qcow2");
        while (vy_xml_has (disk, "readonly"))
            vy_xml_remove (vy_xml_find (disk, "readonly"));
    }
}

/* An image on another machine that is there: its URL is all that is known of it. */
static gboolean
preserve_url (VyClone *clone, CloneImage *image, GError **error)
{
    /* in quotes, for it may have commas */
    g_autofree char *text = g_strdup_printf ("path=\"%s\"", image->path);
    VySuboptTarget target = { .device = vy_device_find ("disk"),
                              .domain = vy_clone_get_domain (clone),
                              .node = image->disk,
                              .editing = TRUE,
                              .host = clone->host };

    while (vy_xml_has (image->disk, "source"))
        vy_xml_remove (vy_xml_find (image->disk, "source"));
    vy_xml_set (image->disk, "@type", "network");
    return vy_subopt_apply (&target, text, error);
}

static gboolean
throw_far (const CloneImage *image, GError **error)
{
    vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("nothing can be copied to '%s'"),
              image->path);
    vy_error_set_hint (error, _ ("use it as it is: --preserve-data"));
    return FALSE;
}

/* The same, by a name beside that of the original's. */
static gboolean
preserve_named (CloneImage *image)
{
    g_autofree char *name = vy_xml_get (image->disk, "source/@name");
    g_autofree char *dir = NULL;
    g_autofree char *base = NULL;
    g_autofree char *suffix = NULL;
    g_autofree char *made = NULL;

    if (image->source || !name || !vy_xml_is (image->disk, "@type", "network"))
        return FALSE;
    while (*name == '/')
        memmove (name, name + 1, strlen (name));
    dir = g_path_get_dirname (name);
    base = g_path_get_basename (name);
    suffix = cut_suffix (base);
    made = g_strconcat (strcmp (dir, ".") ? dir : "", strcmp (dir, ".") ? "/" : "", base,
                        "-clone", suffix, NULL);
    vy_xml_set (image->disk, "source/@name", made);
    return TRUE;
}

static gboolean
choose_image (VyClone *clone, CloneImage *image, const VyCloneSettings *settings,
              guint *next, GError **error)
{
    if (image->action == CLONE_SHARE)
        return TRUE;
    if (!take_path (image, settings, next, error))
        return FALSE;
    if (!has_source (image->disk)) { /* an empty drive stays one */
        g_clear_pointer (&image->path, g_free);
        image->action = CLONE_SHARE;
        return TRUE;
    }
    if (image->action != CLONE_PRESERVE && !check_source (clone, image, error))
        return FALSE;
    if (image->path && is_url (image->path))
        return image->action == CLONE_PRESERVE ? preserve_url (clone, image, error)
                                               : throw_far (image, error);
    if (image->action == CLONE_PRESERVE && !image->path && preserve_named (image))
        return TRUE;
    if (!image->path && !image->source)
        return check_source (clone, image, error);
    if (!image->path)
        image->path = make_path (clone, image);
    if (!vy_clone_check_image (clone, image, error))
        return FALSE;
    if (image->action == CLONE_LINK && !vy_clone_check_base (clone, image, error))
        return FALSE;
    set_source (image);
    return TRUE;
}

/* ---- UEFI variables -----------------------------------------------------------------
 */

static char *
make_nvram_path (VyClone *clone, const char *old)
{
    g_autofree char *dir = g_path_get_dirname (old);
    g_autofree char *base = g_path_get_basename (old);
    g_autofree char *suffix = cut_suffix (base);
    g_autofree char *name = vy_xml_get (vy_clone_get_domain (clone), "name");
    g_autofree char *file = g_strconcat (name, "_VARS", suffix, NULL);

    return g_build_filename (dir, file, NULL);
}

static void
add_nvram (VyClone *clone, const VyCloneSettings *settings)
{
    xmlNode *domain = vy_clone_get_domain (clone);
    const char *place = vy_xml_has (domain, "os/nvram/source/@file")
                            ? "os/nvram/source/@file"
                            : "os/nvram";
    g_autofree char *old = vy_xml_get (domain, place);
    CloneImage *image;

    if (!old || *old == '\0')
        return;
    image = g_new0 (CloneImage, 1);
    g_ptr_array_add (clone->images, image);
    image->source = g_strdup (old);
    image->path = settings->nvram ? g_canonicalize_filename (settings->nvram, NULL)
                                  : make_nvram_path (clone, old);
    image->action = settings->preserve ? CLONE_PRESERVE : CLONE_COPY;
    image->source_is_volume = FALSE;
    vy_xml_set (domain, place, image->path);
    /* libvirt makes new ones where there are none; those that are there are kept */
    if (!vy_clone_path_exists (clone, old) ||
        (vy_clone_path_exists (clone, image->path) && !clone->replace))
        image->action = CLONE_PRESERVE;
    if (image->action == CLONE_COPY) {
        g_autoptr (virStorageVol) volume =
            virStorageVolLookupByPath (vy_host_get_conn (clone->host), old);

        image->source_is_volume = volume != NULL;
        image->replaces = vy_clone_path_exists (clone, image->path);
    }
}

gboolean
vy_clone_choose_images (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_clone_get_domain (clone), "devices/disk");
    guint next = 0;

    for (guint i = 0; i < disks->len; i++) {
        CloneImage *image = image_of_disk (clone, settings, g_ptr_array_index (disks, i));

        g_ptr_array_add (clone->images, image);
        if (!choose_image (clone, image, settings, &next, error))
            return FALSE;
    }
    add_nvram (clone, settings);
    return TRUE;
}
