/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage of new guests: whether it fits, and who uses it already. */
#include "vy-guest-storage-private.h"

#include "vy-libvirt-private.h"
#include "vy-units.h"

static void
note (xmlNode *disk, const char *key, char *value)
{
    GHashTable *extra = disk->_private;

    if (extra && value)
        g_hash_table_replace (extra, g_strdup (key), value);
    else
        g_free (value);
}

void
vy_storage_set_new (xmlNode *disk, xmlNode *pool, const char *path, guint64 size,
                    const char *format)
{
    note (disk, "new.path", g_strdup (path));
    note (disk, "new.size", g_strdup_printf ("%" G_GUINT64_FORMAT, size));
    note (disk, "new.format", g_strdup (format));
    if (pool)
        note (disk, "new.pool", vy_xml_get (pool, "name"));
}

static gboolean
is_sparse (GHashTable *extra)
{
    const char *text = extra ? g_hash_table_lookup (extra, "disk.sparse") : NULL;
    gboolean sparse = TRUE;

    return !text || !vy_boolean_parse (text, &sparse, NULL) || sparse;
}

gboolean
vy_storage_check_room (VyHost *host, xmlNode *disk, xmlNode *pool, GError **error)
{
    GHashTable *extra = disk->_private;
    const char *size_text = extra ? g_hash_table_lookup (extra, "new.size") : NULL;
    g_autofree char *name = pool ? vy_xml_get (pool, "name") : NULL;
    g_autoptr (virStoragePool) found =
        name ? virStoragePoolLookupByName (vy_host_get_conn (host), name) : NULL;
    virStoragePoolInfo info;
    guint64 size = size_text ? g_ascii_strtoull (size_text, NULL, 10) : 0;
    g_autofree char *need = vy_size_format (size);
    g_autofree char *room = NULL;

    if (!found || virStoragePoolGetInfo (found, &info) < 0 || size <= info.available)
        return TRUE;
    if (is_sparse (extra) && size <= info.capacity)
        return TRUE;
    if (extra && g_hash_table_contains (extra, "check.disk_size"))
        return TRUE;
    room = vy_size_format (info.available);
    vy_throw (error, VY_ERROR_STATE, _ ("pool '%s' has %s left, %s are needed"), name,
              room, need);
    vy_error_set_hint (error, _ ("--check disk_size=off goes on all the same."));
    return FALSE;
}

/* ---- who uses a path -----------------------------------------------------------------
 */

/* Adds the volumes of a pool: path to the path of what is behind. */
static void
note_volumes (virStoragePoolPtr pool, GHashTable *backings)
{
    virStorageVolPtr *volumes = NULL;
    int n = virStoragePoolListAllVolumes (pool, &volumes, 0);

    for (int i = 0; i < n; i++) {
        g_autoptr (virStorageVol) volume = volumes[i];
        g_autofree char *text = virStorageVolGetXMLDesc (volume, 0);
        g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "volume", NULL) : NULL;
        xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
        char *backing = root ? vy_xml_get (root, "backingStore/path") : NULL;
        char *path = backing ? vy_xml_get (root, "target/path") : NULL;

        if (path)
            g_hash_table_replace (backings, path, backing);
        else
            g_free (backing);
    }
    g_free (volumes);
}

/* The path, and those of volumes that have it behind them. */
static GHashTable *
paths_on (VyHost *host, const char *path)
{
    virStoragePoolPtr *pools = NULL;
    int n = virConnectListAllStoragePools (vy_host_get_conn (host), &pools,
                                           VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    g_autoptr (GHashTable) backings =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer volume;

    for (int i = 0; i < n; i++) {
        g_autoptr (virStoragePool) pool = pools[i];

        note_volumes (pool, backings);
    }
    g_free (pools);
    g_hash_table_iter_init (&iter, backings);
    while (g_hash_table_iter_next (&iter, &volume, NULL)) {
        const char *at = volume;

        for (guint depth = 0; at && depth < 200 && strcmp (at, path); depth++)
            at = g_hash_table_lookup (backings, at);
        if (at)
            g_hash_table_add (found, g_strdup (volume));
    }
    return found;
}

static char *
source_of (VyHost *host, xmlNode *disk)
{
    static const char *const places[] = { "source/@file", "source/@dev", "source/@dir" };
    g_autofree char *pool_name = vy_xml_get (disk, "source/@pool");
    g_autofree char *name = vy_xml_get (disk, "source/@volume");
    g_autoptr (virStoragePool) pool = NULL;
    g_autoptr (virStorageVol) volume = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        char *path = vy_xml_get (disk, places[i]);

        if (path)
            return path;
    }
    if (pool_name && name)
        pool = virStoragePoolLookupByName (vy_host_get_conn (host), pool_name);
    if (pool)
        volume = virStorageVolLookupByName (pool, name);
    return volume ? virStorageVolGetPath (volume) : NULL;
}

static gboolean
disk_uses (VyHost *host, xmlNode *disk, xmlNode *mine, const char *path,
           GHashTable *above)
{
    g_autofree char *source = source_of (host, disk);

    if (!source)
        return FALSE;
    if (g_hash_table_contains (above, source))
        return TRUE;
    return !strcmp (source, path) &&
           !(vy_xml_has (mine, "shareable") && vy_xml_has (disk, "shareable")) &&
           !(vy_xml_has (mine, "readonly") && vy_xml_has (disk, "readonly"));
}

static gboolean
domain_uses (VyHost *host, virDomainPtr domain, xmlNode *mine, const char *path,
             GHashTable *above)
{
    static const char *const files[] = { "os/kernel", "os/initrd", "os/dtb" };
    g_autofree char *text = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "domain", NULL) : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
    g_autoptr (GPtrArray) disks = root ? vy_xml_find_all (root, "devices/disk") : NULL;

    for (gsize i = 0; root && i < G_N_ELEMENTS (files); i++)
        if (!vy_xml_has (mine, "readonly") && vy_xml_is (root, files[i], path))
            return TRUE;
    for (guint i = 0; disks && i < disks->len; i++)
        if (disk_uses (host, disks->pdata[i], mine, path, above))
            return TRUE;
    return FALSE;
}

char *
vy_storage_find_user (VyHost *host, xmlNode *mine, const char *path, const char *except)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (vy_host_get_conn (host), &domains, 0);
    g_autoptr (GHashTable) above = n > 0 ? paths_on (host, path) : NULL;
    char *user = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virDomain) domain = domains[i];

        if (!user && g_strcmp0 (virDomainGetName (domain), except) &&
            domain_uses (host, domain, mine, path, above))
            user = g_strdup (virDomainGetName (domain));
    }
    g_free (domains);
    return user;
}
