/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The storage behind the disks of a new guest: what is there, what is to be made. */
#include "vy-guest-storage-private.h"

#include <gio/gio.h>

#include "vy-libvirt-private.h"
#include "vy-units.h"

static const char *
extra_of (xmlNode *disk, const char *key)
{
    GHashTable *extra = disk->_private;

    return extra ? g_hash_table_lookup (extra, key) : NULL;
}

static char *
path_of (xmlNode *disk)
{
    static const char *const places[] = { "source/@file", "source/@dev", "source/@dir" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        char *path = vy_xml_get (disk, places[i]);

        if (path)
            return path;
    }
    return NULL;
}

/* The type is what the storage is, unless it was said. */
static void
set_path (xmlNode *disk, const char *type, const char *path)
{
    const char *said = extra_of (disk, "disk.type");

    if (said && path_of (disk))
        return;
    type = said ? said : type;
    vy_xml_set (disk, "source/@file", NULL);
    vy_xml_set (disk, "source/@dev", NULL);
    vy_xml_set (disk, "source/@dir", NULL);
    vy_xml_set (disk, "@type", type);
    if (!strcmp (type, "block"))
        vy_xml_set (disk, "source/@dev", path);
    else if (!strcmp (type, "dir"))
        vy_xml_set (disk, "source/@dir", path);
    else if (!strcmp (type, "file"))
        vy_xml_set (disk, "source/@file", path);
}

/* ---- what is there ------------------------------------------------------------------
 */

static xmlDoc *
describe_volume (virStorageVolPtr volume)
{
    g_autofree char *text = volume ? virStorageVolGetXMLDesc (volume, 0) : NULL;

    return text ? vy_xml_parse (text, "volume", NULL) : NULL;
}

/* The format of a volume is that of the disk. */
static void
fill_format (VyHost *host, xmlNode *disk, virStorageVolPtr volume)
{
    static const char *const none[] = { "unknown", "dir", "none", NULL };
    virStorageVolInfo info = { 0 };
    g_autoptr (xmlDoc) doc = describe_volume (volume);
    g_autofree char *format =
        doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/format/@type") : NULL;
    gboolean is_qemu = vy_host_get_driver (host) == VY_DRIVER_QEMU;

    if (vy_xml_has (disk, "driver/@name") && !vy_xml_is (disk, "driver/@name", "qemu"))
        return;
    if (is_qemu && (vy_xml_is (disk, "@type", "block") ||
                    vy_xml_is (disk, "source/@protocol", "iscsi")))
        vy_xml_fill (disk, "driver/@type", "raw");
    else if (format && (is_qemu || vy_host_get_driver (host) == VY_DRIVER_XEN) &&
             !g_strv_contains (none, format))
        vy_xml_fill (disk, "driver/@type", !strcmp (format, "iso") ? "raw" : format);
    else if (is_qemu && virStorageVolGetInfo (volume, &info) == 0 &&
             info.type == VIR_STORAGE_VOL_BLOCK)
        vy_xml_fill (disk, "driver/@type", "raw");
}

static void
use_volume (VyHost *host, xmlNode *disk, virStorageVolPtr volume)
{
    static const char *const types[] = {
        "file", "block", "dir", "network", "dir", "file"
    };
    virStorageVolInfo info = { 0 };
    g_autofree char *path = virStorageVolGetPath (volume);
    const char *type;

    if (virStorageVolGetInfo (volume, &info) < 0 || info.type < 0 ||
        info.type >= (int) G_N_ELEMENTS (types))
        info.type = 0;
    type = types[info.type];
    if (!strcmp (type, "network"))
        vy_storage_use_network_volume (disk, volume);
    else
        set_path (disk, type, path);
    fill_format (host, disk, volume);
}

/* The format of a file by its first bytes. */
static const char *
sniff_format (const char *path)
{
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
    guchar head[8] = { 0 };

    if (!stream ||
        g_input_stream_read (G_INPUT_STREAM (stream), head, sizeof head, NULL, NULL) < 4)
        return NULL;
    return !memcmp (head, "QFI\xfb", 4) ? "qcow2" : "raw";
}

static virStorageVolPtr
lookup_named (VyHost *host, xmlNode *disk, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (host);
    g_autofree char *pool_name = vy_xml_get (disk, "source/@pool");
    g_autofree char *name = vy_xml_get (disk, "source/@volume");
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (conn, pool_name);
    virStorageVolPtr volume = pool ? virStorageVolLookupByName (pool, name) : NULL;

    if (!pool)
        vy_throw_libvirt (error, _ ("cannot find pool '%s'"), pool_name);
    else if (!volume)
        vy_throw_libvirt (error, _ ("cannot find volume '%s' in pool '%s'"), name,
                          pool_name);
    return volume;
}

/* ---- what is to be made -------------------------------------------------------------
 */

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
        g_autofree char *other = path_of (disks->pdata[i]);

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

static gboolean
parse_size (xmlNode *disk, guint64 *bytes, GError **error)
{
    const char *text = extra_of (disk, "disk.size");
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

    if (size == 0 && !extra_of (disk, "disk.backing_store"))
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
    const char *said = extra_of (disk, "disk.sparse");

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

static gboolean
plan_volume (VyHost *host, xmlNode *domain, xmlNode *disk, guint64 size, GError **error)
{
    const char *pool_name = extra_of (disk, "disk.pool");
    const char *format = extra_of (disk, "disk.format");
    g_autofree char *path = path_of (disk);
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
            set_path (disk, is_file ? "file" : "block", path);
    }
    vy_storage_set_new (disk, pool, path, size, format);
    if (is_file || is_network_pool (pool_type))
        fill_new_driver (host, disk, format);
    return vy_storage_check_room (host, disk, pool, error);
}

/* ---- one disk -----------------------------------------------------------------------
 */

static gboolean
use_path (VyHost *host, xmlNode *domain, xmlNode *disk, const char *path, guint64 size,
          gboolean sized, GError **error)
{
    g_autoptr (virStorageVol) volume =
        virStorageVolLookupByPath (vy_host_get_conn (host), path);
    gboolean exists =
        volume || (!vy_host_is_remote (host) && g_file_test (path, G_FILE_TEST_EXISTS));

    if (volume) {
        use_volume (host, disk, volume);
        return TRUE;
    }
    if (exists) {
        if (!vy_host_is_stand_in (host) && vy_host_get_driver (host) == VY_DRIVER_QEMU &&
            g_file_test (path, G_FILE_TEST_IS_REGULAR))
            vy_xml_fill (disk, "driver/@type", sniff_format (path));
        return TRUE;
    }
    if (sized || extra_of (disk, "disk.backing_store"))
        return plan_volume (host, domain, disk, size, error);
    /* a seed is written when the installation runs */
    if (vy_host_is_remote (host) || vy_xml_is (disk, "@type", "network") ||
        vy_xml_is (disk, "@install", "seed"))
        return TRUE;
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no image '%s'"), path);
    vy_error_set_hint (error, _ ("Give size= in GiB to have it made."));
    return FALSE;
}

/* An image of Ceph by its URL can be a volume of a pool. */
static void
use_image (VyHost *host, xmlNode *disk)
{
    g_autofree char *name = vy_xml_get (disk, "source/@name");
    g_autoptr (virStorageVol) volume =
        name && vy_xml_is (disk, "source/@protocol", "rbd")
            ? virStorageVolLookupByPath (vy_host_get_conn (host), name)
            : NULL;

    if (!volume)
        return;
    vy_storage_use_network_volume (disk, volume);
    fill_format (host, disk, volume);
}

gboolean
vy_storage_resolve (VyHost *host, xmlNode *domain, xmlNode *disk, GError **error)
{
    g_autofree char *path = path_of (disk);
    guint64 size = 0;
    gboolean sized = extra_of (disk, "disk.size") != NULL;

    if (!parse_size (disk, &size, error))
        return FALSE;
    if (vy_xml_has (disk, "source/@pool")) {
        g_autoptr (virStorageVol) volume = lookup_named (host, disk, error);

        if (!volume)
            return FALSE;
        if (extra_of (disk, "disk.vol")) {
            vy_xml_set (disk, "source/@pool", NULL);
            vy_xml_set (disk, "source/@volume", NULL);
            use_volume (host, disk, volume);
        } else {
            fill_format (host, disk, volume);
        }
        return TRUE;
    }
    if (path)
        return use_path (host, domain, disk, path, size, sized, error);
    if (vy_xml_has (disk, "source/@protocol")) {
        if (extra_of (disk, "disk.url"))
            use_image (host, disk);
        return TRUE;
    }
    if (sized && !extra_of (disk, "disk.pool") && vy_xml_has (disk, "@type") &&
        !vy_xml_is (disk, "@type", "file"))
        sized = FALSE;
    if (sized || extra_of (disk, "disk.pool") || extra_of (disk, "disk.backing_store"))
        return plan_volume (host, domain, disk, size, error);
    if (vy_xml_is (disk, "@device", "cdrom") || vy_xml_is (disk, "@device", "floppy"))
        return TRUE;
    if (vy_xml_has (disk, "@type") && !vy_xml_is (disk, "@type", "file") &&
        !extra_of (disk, "disk.size"))
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("a disk needs a path, a volume or a size"));
}
