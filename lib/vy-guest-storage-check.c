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

static gboolean
domain_uses (virDomainPtr domain, xmlNode *mine, const char *path)
{
    g_autofree char *text = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "domain", NULL) : NULL;
    g_autoptr (GPtrArray) disks =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk") : NULL;

    for (guint i = 0; disks && i < disks->len; i++) {
        xmlNode *disk = disks->pdata[i];

        if ((vy_xml_has (mine, "shareable") && vy_xml_has (disk, "shareable")) ||
            (vy_xml_has (mine, "readonly") && vy_xml_has (disk, "readonly")))
            continue;
        if (vy_xml_is (disk, "source/@file", path) ||
            vy_xml_is (disk, "source/@dev", path))
            return TRUE;
    }
    return FALSE;
}

char *
vy_storage_find_user (VyHost *host, xmlNode *mine, const char *path, const char *except)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (vy_host_get_conn (host), &domains, 0);
    char *user = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virDomain) domain = domains[i];

        if (!user && g_strcmp0 (virDomainGetName (domain), except) &&
            domain_uses (domain, mine, path))
            user = g_strdup (virDomainGetName (domain));
    }
    g_free (domains);
    return user;
}
