/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can go wrong with the images of a clone, found out before anything is made. */
#include "vy-clone-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vy-guest-storage-private.h"
#include "vy-image-private.h"
#include "vy-pool.h"
#include "vy-units.h"

/* ---- the new path -------------------------------------------------------------------
 */

static gboolean
is_block_file (VyClone *clone, const char *path)
{
    struct stat info;

    return !vy_host_is_remote (clone->host) && stat (path, &info) == 0 &&
           S_ISBLK (info.st_mode);
}

/* Pools of devices make devices, all others files. */
static gboolean
makes_devices (virStoragePoolPtr pool)
{
    static const char *const types[] = { "logical", "disk",  "iscsi", "iscsi-direct",
                                         "scsi",    "mpath", "zfs",   NULL };
    char *text = pool ? virStoragePoolGetXMLDesc (pool, 0) : NULL;
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, _ ("storage pool"), NULL) : NULL;
    g_autofree char *type = doc ? vy_xml_get (xmlDocGetRootElement (doc), "@type") : NULL;

    free (text);
    return type && g_strv_contains (types, type);
}

/* Finds out whether something is there, and of which kind what will be there is. */
static gboolean
look_at_path (VyClone *clone, CloneImage *image, gboolean *is_volume)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    g_autoptr (virStorageVol) volume = virStorageVolLookupByPath (conn, image->path);
    g_autoptr (virStoragePool) pool = vy_pool_find_for_path (conn, image->path);
    virStorageVolInfo info;

    *is_volume = volume != NULL;
    image->is_block = is_block_file (clone, image->path);
    if (volume && virStorageVolGetInfo (volume, &info) == 0)
        image->is_block = info.type == VIR_STORAGE_VOL_BLOCK;
    else if (!image->is_block)
        image->is_block = makes_devices (pool);
    return volume || (!vy_host_is_remote (clone->host) &&
                      g_file_test (image->path, G_FILE_TEST_EXISTS));
}

static gboolean
check_there (VyClone *clone, CloneImage *image, gboolean is_volume, GError **error)
{
    if (image->is_block && !vy_host_is_remote (clone->host) &&
        is_block_file (clone, image->path) && image->action == CLONE_COPY)
        return TRUE; /* devices are there before they are filled */
    if (!is_volume && !(clone->checks & VY_CLONE_CHECK_PATH_EXISTS) &&
        g_file_test (image->path, G_FILE_TEST_IS_REGULAR)) {
        image->replaces = TRUE;
        return TRUE;
    }
    vy_throw (error, VY_ERROR_EXISTS, _ ("there is an image '%s' already"), image->path);
    vy_error_set_hint (
        error, is_volume ? _ ("name another one, or use it as it is: --preserve-data")
                         : _ ("use it as it is: --preserve-data; or set it aside: "
                              "--check path_exists=off"));
    return FALSE;
}

static gboolean
check_users (VyClone *clone, const CloneImage *image, GError **error)
{
    g_autofree char *name = vy_xml_get (vy_clone_get_domain (clone), "name");
    g_autofree char *user = NULL;

    if (!(clone->checks & VY_CLONE_CHECK_PATH_IN_USE))
        return TRUE;
    user = vy_storage_find_user (clone->host, image->disk, image->path, name);
    if (!user)
        return TRUE;
    vy_throw (error, VY_ERROR_EXISTS, _ ("image '%s' is in use by domain '%s'"),
              image->path, user);
    vy_error_set_hint (error, _ ("--check path_in_use=off goes on all the same"));
    return FALSE;
}

/* ---- room ---------------------------------------------------------------------------
 */

/* Bytes that are free where @path goes; G_MAXUINT64: not known. */
static guint64
room_at (VyClone *clone, const char *path)
{
    g_autoptr (virStoragePool) pool =
        vy_pool_find_for_path (vy_host_get_conn (clone->host), path);
    g_autofree char *dir = g_path_get_dirname (path);
    g_autoptr (GFile) file = g_file_new_for_path (dir);
    g_autoptr (GFileInfo) info = NULL;
    virStoragePoolInfo pool_info;

    if (pool && virStoragePoolGetInfo (pool, &pool_info) == 0)
        return pool_info.available;
    if (!vy_host_is_remote (clone->host))
        info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL,
                                             NULL);
    return info
               ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
               : G_MAXUINT64;
}

static gboolean
check_room (VyClone *clone, const CloneImage *image, GError **error)
{
    g_autoptr (VyImage) source = NULL;
    g_autofree char *need_text = NULL;
    g_autofree char *room_text = NULL;
    guint64 need, room;

    if (!(clone->checks & VY_CLONE_CHECK_DISK_SIZE) || image->action != CLONE_COPY ||
        clone->reflink)
        return TRUE;
    source = vy_image_get_info (vy_host_get_conn (clone->host), image->source, NULL);
    if (!source)
        return TRUE; /* copying it says why */
    need = clone->nonsparse ? source->virtual_size : source->actual_size;
    room = room_at (clone, image->path);
    if (need <= room)
        return TRUE;
    need_text = vy_size_format (need);
    room_text = vy_size_format (room);
    vy_throw (error, VY_ERROR_STATE, _ ("a copy of '%s' needs %s, there are %s left"),
              image->source, need_text, room_text);
    vy_error_set_hint (error, _ ("--check disk_size=off goes on all the same"));
    return FALSE;
}

gboolean
vy_clone_check_image (VyClone *clone, CloneImage *image, GError **error)
{
    gboolean is_volume = FALSE;
    gboolean there = look_at_path (clone, image, &is_volume);

    if (image->action == CLONE_PRESERVE && !there)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("there is no image '%s' to be preserved"), image->path);
    if (image->action == CLONE_LINK && image->is_block)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("an overlay cannot be the device '%s'"), image->path);
    if (image->action != CLONE_PRESERVE && there &&
        !check_there (clone, image, is_volume, error))
        return FALSE;
    return check_users (clone, image, error) &&
           (there || check_room (clone, image, error));
}

/* ---- bases of linked clones ---------------------------------------------------------
 */

static gboolean
is_same_file (const char *a, const char *b)
{
    g_autofree char *one = vy_image_canonical (a);
    g_autofree char *other = vy_image_canonical (b);

    return strcmp (one, other) == 0;
}

/* Whether the definition of @domain has the image in a disk that it may write. */
static gboolean
may_write (virDomainPtr domain, const char *path)
{
    char *text = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, _ ("domain"), NULL) : NULL;
    g_autoptr (GPtrArray) disks =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk") : NULL;

    free (text);
    for (guint i = 0; disks && i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        xmlNode *at = vy_xml_find (disk, "source");
        g_autofree char *source =
            at ? vy_image_path_of_source (virDomainGetConnect (domain), at) : NULL;

        if (!vy_xml_has (disk, "readonly") && source && is_same_file (source, path))
            return TRUE;
    }
    return FALSE;
}

static char *
find_writer (VyClone *clone, const char *path)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (vy_host_get_conn (clone->host), &domains, 0);
    char *writer = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virDomain) domain = domains[i];

        if (!writer && may_write (domain, path))
            writer = g_strdup (virDomainGetName (domain));
    }
    free (domains);
    return writer;
}

/* QEMU is no superuser: without a bit for writing nobody writes. */
static gboolean
is_sealed (VyClone *clone, const char *path)
{
    struct stat info;

    return !vy_host_is_remote (clone->host) && stat (path, &info) == 0 &&
           S_ISREG (info.st_mode) && (info.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0;
}

gboolean
vy_clone_check_base (VyClone *clone, const CloneImage *image, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (clone->host);
    g_autofree char *active = vy_image_find_active_domain (conn, image->source, NULL);
    g_autofree char *writer = NULL;

    if (active)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("'%s' cannot be linked to: domain '%s' runs on it"),
                         image->source, active);
    if (is_sealed (clone, image->source))
        return TRUE;
    writer = find_writer (clone, image->source);
    if (!writer)
        return TRUE;
    vy_throw (error, VY_ERROR_STATE,
              _ ("'%s' cannot be linked to: domain '%s' can write to it, which would "
                 "damage the clone"),
              image->source, writer);
    vy_error_set_hint (error,
                       _ ("make it a template: virt-xml %s --edit target=%s --disk "
                          "readonly=on"),
                       writer, image->target);
    return FALSE;
}
