/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The storage behind the disks of a new guest: what is there, what is to be made. */
#include "vy-guest-storage-private.h"

#include <gio/gio.h>

#include "vy-libvirt-private.h"
#include "vy-units.h"

const char *
vy_storage_extra (xmlNode *disk, const char *key)
{
    GHashTable *extra = disk->_private;

    return extra ? g_hash_table_lookup (extra, key) : NULL;
}

char *
vy_storage_path (xmlNode *disk)
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
void
vy_storage_set_path (xmlNode *disk, const char *type, const char *path)
{
    const char *said = vy_storage_extra (disk, "disk.type");

    if (said && vy_storage_path (disk))
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
        vy_storage_set_path (disk, type, path);
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

/* ---- one disk -----------------------------------------------------------------------
 */

static gboolean
is_there (VyHost *host, const char *path, virStorageVolPtr volume)
{
    return volume ||
           (!vy_host_is_remote (host) && g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
throw_missing (const char *path, GError **error)
{
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no image '%s'"), path);
    vy_error_set_hint (error, _ ("Give size= in GiB to have it made."));
    return FALSE;
}

static gboolean
use_path (VyHost *host, xmlNode *domain, xmlNode *disk, const char *path, guint64 size,
          gboolean sized, GError **error)
{
    g_autoptr (virStorageVol) volume =
        virStorageVolLookupByPath (vy_host_get_conn (host), path);
    gboolean exists = is_there (host, path, volume);

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
    if (sized || vy_storage_extra (disk, "disk.backing_store"))
        return vy_storage_plan_volume (host, domain, disk, size, error);
    /* a seed is written when the installation runs */
    if (vy_host_is_remote (host) || vy_xml_is (disk, "@type", "network") ||
        vy_xml_is (disk, "@install", "seed"))
        return TRUE;
    return throw_missing (path, error);
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

static gboolean
settle_path (VyHost *host, xmlNode *domain, xmlNode *disk, guint64 size, GError **error)
{
    const char *path = vy_storage_extra (disk, "disk.path");
    g_autoptr (virStorageVol) volume =
        virStorageVolLookupByPath (vy_host_get_conn (host), path);

    if (vy_host_is_remote (host) || is_there (host, path, volume))
        return TRUE;
    return vy_storage_extra (disk, "disk.size")
               ? vy_storage_plan_volume (host, domain, disk, size, error)
               : throw_missing (path, error);
}

static gboolean
settle_volume (VyHost *host, xmlNode *disk, GError **error)
{
    g_autoptr (virStorageVol) volume = lookup_named (host, disk, error);
    g_autofree char *format = vy_xml_get (disk, "driver/@type");

    if (!volume)
        return FALSE;
    vy_xml_set (disk, "source/@pool", NULL);
    vy_xml_set (disk, "source/@volume", NULL);
    use_volume (host, disk, volume);
    vy_xml_set (disk, "driver/@type", format);
    return TRUE;
}

gboolean
vy_storage_settle (VyHost *host, xmlNode *domain, xmlNode *disk, GError **error)
{
    static const char *const attributes[] = { "source/@file", "source/@dev",
                                              "source/@dir" };
    guint64 size = 0;

    if (!vy_storage_parse_size (disk, &size, error))
        return FALSE;
    if (vy_storage_extra (disk, "disk.vol"))
        return settle_volume (host, disk, error);
    if (vy_storage_extra (disk, "disk.path"))
        return settle_path (host, domain, disk, size, error);
    if (!vy_storage_extra (disk, "disk.pool"))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
        vy_xml_set (disk, attributes[i], NULL);
    return vy_storage_plan_volume (host, domain, disk, size, error);
}

gboolean
vy_storage_resolve (VyHost *host, xmlNode *domain, xmlNode *disk, GError **error)
{
    g_autofree char *path = vy_storage_path (disk);
    guint64 size = 0;
    gboolean sized = vy_storage_extra (disk, "disk.size") != NULL;

    if (!vy_storage_parse_size (disk, &size, error))
        return FALSE;
    if (vy_xml_has (disk, "source/@pool")) {
        g_autoptr (virStorageVol) volume = lookup_named (host, disk, error);

        if (!volume)
            return FALSE;
        if (vy_storage_extra (disk, "disk.vol")) {
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
        if (vy_storage_extra (disk, "disk.url"))
            use_image (host, disk);
        return TRUE;
    }
    if (sized && !vy_storage_extra (disk, "disk.pool") && vy_xml_has (disk, "@type") &&
        !vy_xml_is (disk, "@type", "file"))
        sized = FALSE;
    if (sized || vy_storage_extra (disk, "disk.pool") ||
        vy_storage_extra (disk, "disk.backing_store"))
        return vy_storage_plan_volume (host, domain, disk, size, error);
    if (vy_xml_is (disk, "@device", "cdrom") || vy_xml_is (disk, "@device", "floppy"))
        return TRUE;
    if (vy_xml_has (disk, "@type") && !vy_xml_is (disk, "@type", "file") &&
        !vy_storage_extra (disk, "disk.size"))
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("a disk needs a path, a volume or a size"));
}
