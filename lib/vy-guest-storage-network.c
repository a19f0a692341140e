/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes of pools on other machines as sources of disks. */
#include "vy-guest-storage-private.h"

#include <string.h>

#include "vy-libvirt-private.h"

/* "ip-192.0.2.1:3260-iscsi-iqn.2017-12.com.example:target-lun-1": what is behind
 * "-iscsi-" */
static char *
iscsi_name (const char *path)
{
    const char *name = path ? strstr (path, "-iscsi-iqn.") : NULL;

    return name ? g_strdup (name + strlen ("-iscsi-")) : NULL;
}

/* The name of the source, its directory, the name of the volume. */
static char *
full_name (xmlNode *pool, const char *name)
{
    g_autofree char *source = vy_xml_get (pool, "source/name");
    g_autofree char *dir = vy_xml_get (pool, "source/dir/@path");
    g_autofree char *front = source ? g_strconcat (source, dir, NULL) : NULL;

    if (!front)
        return g_strdup (name);
    return g_strconcat (front, g_str_has_suffix (front, "/") ? "" : "/", name, NULL);
}

static void
add_hosts (xmlNode *disk, xmlNode *pool)
{
    g_autoptr (GPtrArray) hosts = vy_xml_find_all (pool, "source/host");

    while (vy_xml_find (disk, "source/host"))
        vy_xml_remove (vy_xml_find (disk, "source/host"));
    for (guint i = 0; i < hosts->len; i++) {
        g_autofree char *server = vy_xml_get (hosts->pdata[i], "@name");
        g_autofree char *port = vy_xml_get (hosts->pdata[i], "@port");
        xmlNode *node = vy_xml_add (vy_xml_ensure (disk, "source"), "host");

        vy_xml_set (node, "@name", server);
        vy_xml_set (node, "@port", port);
    }
}

static void
add_auth (xmlNode *disk, xmlNode *pool)
{
    xmlNode *auth;
    g_autofree char *kind = NULL;

    if (!vy_xml_has (pool, "source/auth"))
        return;
    auth = vy_xml_copy (vy_xml_find (pool, "source/auth"));
    kind = vy_xml_get (auth, "@type");
    vy_xml_set (auth, "@type", NULL);
    vy_xml_set (auth, "secret/@type", kind);
    xmlAddChild (disk, auth);
}

void
vy_storage_set_network_source (xmlNode *disk, xmlNode *pool, const char *name,
                               const char *path)
{
    static const char *const places[] = { "source/@file", "source/@dev", "source/@dir" };
    g_autofree char *type = vy_xml_get (pool, "@type");
    gboolean is_iscsi = !g_strcmp0 (type, "iscsi-direct");
    g_autofree char *full = is_iscsi ? iscsi_name (path) : full_name (pool, name);

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        vy_xml_set (disk, places[i], NULL);
    vy_xml_set (disk, "@type", "network");
    vy_xml_set (disk, "source/@protocol", is_iscsi ? "iscsi" : type);
    vy_xml_set (disk, "source/@name", full);
    add_hosts (disk, pool);
    add_auth (disk, pool);
}

void
vy_storage_use_network_volume (xmlNode *disk, virStorageVolPtr volume)
{
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByVolume (volume);
    g_autofree char *text = pool ? virStoragePoolGetXMLDesc (pool, 0) : NULL;
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "pool", NULL) : NULL;
    g_autofree char *path = virStorageVolGetPath (volume);

    if (doc)
        vy_storage_set_network_source (disk, xmlDocGetRootElement (doc),
                                       virStorageVolGetName (volume), path);
}
