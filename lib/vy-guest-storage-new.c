/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage of new guests: volumes that are to be made. */
#include "vy-guest-storage-private.h"

#include <stdlib.h>

#include "vy-libvirt-private.h"
#include "vy-units.h"

/* The XML of a pool by name, or of the one whose directory @dir is. */
static xmlDoc *
pool_by_name (VyHost *host, const char *name)
{
    g_autoptr (virStoragePool) pool =
        virStoragePoolLookupByName (vy_host_get_conn (host), name);
    g_autofree char *text = pool ? virStoragePoolGetXMLDesc (pool, 0) : NULL;

    return text ? vy_xml_parse (text, "pool", NULL) : NULL;
}

static xmlDoc *
pool_of_dir (VyHost *host, const char *dir)
{
    virStoragePoolPtr *pools = NULL;
    int n = virConnectListAllStoragePools (vy_host_get_conn (host), &pools, 0);
    xmlDoc *found = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virStoragePool) pool = pools[i];
        g_autofree char *text = found ? NULL : virStoragePoolGetXMLDesc (pool, 0);
        g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "pool", NULL) : NULL;
        g_autofree char *path =
            doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/path") : NULL;
        g_autofree char *clean = path ? g_canonicalize_filename (path, "/") : NULL;

        if (clean && !strcmp (clean, dir))
            found = g_steal_pointer (&doc);
    }
    g_free (pools);
    return found;
}

char *
vy_storage_default_dir (VyHost *host)
{
    g_autoptr (xmlDoc) doc = pool_by_name (host, "default");
    char *path = doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/path") : NULL;

    if (path)
        return path;
    if (vy_host_is_session (host))
        return g_build_filename (g_get_user_data_dir (), "libvirt", "images", NULL);
    return g_strdup ("/var/lib/libvirt/images");
}

static gboolean
is_path_taken (VyHost *host, xmlNode *domain, xmlNode *disk, const char *path)
{
    g_autoptr (virStorageVol) volume =
        virStorageVolLookupByPath (vy_host_get_conn (host), path);
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    if (volume || (!vy_host_is_remote (host) && g_file_test (path, G_FILE_TEST_EXISTS)))
        return TRUE;
    for (guint i = 0; i < disks->len; i++) {
        g_autofree char *other = vy_storage_path (disks->pdata[i]);

        if (disks->pdata[i] != disk && !g_strcmp0 (other, path))
            return TRUE;
    }
    return FALSE;
}

/* Volumes that have no format have no suffix. */
static char *
suffix_of (const char *format)
{
    if (!format)
        return g_strdup ("");
    return !strcmp (format, "raw") ? g_strdup (".img") : g_strconcat (".", format, NULL);
}

/* "web.qcow2", "web-1.qcow2", … in a directory */
static char *
free_path (VyHost *host, xmlNode *domain, xmlNode *disk, const char *dir,
           const char *format)
{
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *suffix = suffix_of (format);

    for (guint i = 0; i < 10000; i++) {
        g_autofree char *file =
            i ? g_strdup_printf ("%s-%u%s", name ? name : "disk", i, suffix)
              : g_strconcat (name ? name : "disk", suffix, NULL);
        g_autofree char *path = g_build_filename (dir, file, NULL);

        if (!is_path_taken (host, domain, disk, path))
            return g_steal_pointer (&path);
    }
    return NULL;
}

static gboolean
takes_formats (const char *pool_type)
{
    static const char *const types[] = {
        "dir", "fs", "netfs", "gluster", "vstorage", NULL
    };

    return !pool_type || g_strv_contains (types, pool_type);
}

gboolean
vy_storage_parse_size (xmlNode *disk, guint64 *bytes, GError **error)
{
    const char *text = vy_storage_extra (disk, "disk.size");
    char *end = NULL;
    double gib = text ? g_ascii_strtod (text, &end) : 0;

    *bytes = 0;
    if (!text)
        return TRUE;
    if (end == text || gib < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a size in GiB"), text);
    if (*end)
        return vy_size_parse (text, 1, bytes, error);
    *bytes = (guint64) (gib * 1024 * 1024 * 1024);
    return TRUE;
}

/* Whether nothing but its driver makes files there. */
static gboolean
is_of_kernel (const char *dir)
{
    static const char *const dirs[] = { "/dev", "/sys", "/proc" };

    for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++) {
        gsize length = strlen (dirs[i]);

        if (!strncmp (dir, dirs[i], length) && (!dir[length] || dir[length] == '/'))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_network_pool (const char *pool_type)
{
    static const char *const types[] = { "gluster", "rbd", "sheepdog", "iscsi-direct",
                                         NULL };

    return pool_type && g_strv_contains (types, pool_type);
}

static gboolean
check_plan (xmlNode *disk, xmlNode *pool, const char *path, guint64 size, GError **error)
{
    g_autofree char *dir = path ? g_path_get_dirname (path) : NULL;

    if (size == 0 && !vy_storage_extra (disk, "disk.backing_store"))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("a disk that is to be made needs a size"));
    if (!pool && dir && is_of_kernel (dir))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' cannot be made: no pool has the directory %s"), path,
                         dir);
    return TRUE;
}

/* Only QEMU, and the driver for tests, is known to read something else. */
static const char *
usual_format (VyHost *host)
{
    VyDriver driver = vy_host_get_driver (host);

    return driver == VY_DRIVER_QEMU || driver == VY_DRIVER_TEST ? "qcow2" : "raw";
}

/* The driver of what is to be made. */
static void
fill_new_driver (VyHost *host, xmlNode *disk, const char *format)
{
    gboolean sparse = TRUE;
    const char *said = vy_storage_extra (disk, "disk.sparse");

    if (vy_host_get_driver (host) == VY_DRIVER_XEN)
        vy_xml_fill (disk, "driver/@type", format ? format : "raw");
    if (vy_host_get_driver (host) != VY_DRIVER_QEMU)
        return;
    vy_xml_fill (disk, "driver/@type", format ? format : "raw");
    if (said)
        (void) vy_boolean_parse (said, &sparse, NULL);
    if (sparse && (!vy_xml_has (disk, "@device") || vy_xml_is (disk, "@device", "disk")))
        vy_xml_fill (disk, "driver/@discard", "unmap");
}

gboolean
vy_storage_plan_volume (VyHost *host, xmlNode *domain, xmlNode *disk, guint64 size,
                        GError **error)
{
    const char *pool_name = vy_storage_extra (disk, "disk.pool");
    const char *format = vy_storage_extra (disk, "disk.format");
    g_autofree char *path = vy_storage_path (disk);
    g_autofree char *dir = path         ? g_path_get_dirname (path)
                           : !pool_name ? vy_storage_default_dir (host)
                                        : NULL;
    g_autoptr (xmlDoc) doc =
        pool_name ? pool_by_name (host, pool_name) : pool_of_dir (host, dir);
    xmlNode *pool = doc ? xmlDocGetRootElement (doc) : NULL;
    g_autofree char *pool_type = pool ? vy_xml_get (pool, "@type") : NULL;
    gboolean is_file = takes_formats (pool_type);

    if (pool_name && !pool && strcmp (pool_name, "default") != 0)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no pool '%s'"),
                         pool_name);
    if (format && !is_file)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("volumes of the %s pool '%s' have no format"), pool_type,
                         pool_name ? pool_name : dir);
    if (!check_plan (disk, pool, path, size, error))
        return FALSE;
    if (!dir)
        dir = pool ? vy_xml_get (pool, "target/path") : NULL;
    if (!dir)
        dir = pool ? g_strdup ("") : vy_storage_default_dir (host);
    if (!format && is_file)
        format = usual_format (host);
    if (!path) {
        path = free_path (host, domain, disk, dir, is_file ? format : NULL);
        if (is_network_pool (pool_type))
            vy_storage_set_network_source (disk, pool, path, NULL);
        else
            vy_storage_set_path (disk, is_file ? "file" : "block", path);
    }
    vy_storage_set_new (disk, pool, path, size, format);
    if (is_file || is_network_pool (pool_type))
        fill_new_driver (host, disk, format);
    return vy_storage_check_room (host, disk, pool, error);
}
