/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: where they lie, and which of them covers a path. */
#include "vy-pool.h"

#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-xml.h"

#define SYSTEM_DIR "/var/lib/libvirt/images"

/* The target of a pool whose volumes are files or devices in a directory, or NULL. */
static char *
path_of (virStoragePoolPtr pool)
{
    char *xml = virStoragePoolGetXMLDesc (pool, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("storage pool"), NULL) : NULL;
    char *path = doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/path") : NULL;

    free (xml);
    if (path && *path == '/')
        return path;
    g_free (path);
    return NULL;
}

char *
vy_pool_get_path (virConnectPtr conn, const char *name, GError **error)
{
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (conn, name);
    char *path;

    if (!pool && g_uuid_string_is_valid (name))
        pool = virStoragePoolLookupByUUIDString (conn, name);
    if (!pool) {
        vy_throw_libvirt (error, _ ("cannot find storage pool '%s'"), name);
        return NULL;
    }
    path = path_of (pool);
    if (!path)
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("the volumes of storage pool '%s' lie in no directory"), name);
    return path;
}

static void
free_pool (gpointer pool)
{
    virStoragePoolFree (pool);
}

static GPtrArray *
list_active (virConnectPtr conn)
{
    GPtrArray *list = g_ptr_array_new_with_free_func (free_pool);
    virStoragePoolPtr *pools = NULL;
    int n = conn ? virConnectListAllStoragePools (conn, &pools,
                                                  VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
                 : 0;

    for (int i = 0; i < n; i++)
        g_ptr_array_add (list, pools[i]);
    free (pools);
    return list;
}

static gboolean
is_session (virConnectPtr conn)
{
    char *text = conn ? virConnectGetURI (conn) : NULL;
    gboolean session = text && g_str_has_suffix (text, "/session");

    free (text);
    return session;
}

char *
vy_pool_get_default_dir (virConnectPtr conn)
{
    g_autoptr (virStoragePool) pool =
        conn ? virStoragePoolLookupByName (conn, "default") : NULL;
    char *path = pool ? path_of (pool) : NULL;

    if (!path) {
        g_autoptr (GPtrArray) pools = list_active (conn);

        if (pools->len == 1)
            path = path_of (g_ptr_array_index (pools, 0));
    }
    if (path)
        return path;
    return is_session (conn)
               ? g_build_filename (g_get_user_data_dir (), "libvirt", "images", NULL)
               : g_strdup (SYSTEM_DIR);
}

static gboolean
same_dir (const char *a, const char *b)
{
    g_autofree char *one = realpath (a, NULL);
    g_autofree char *two = realpath (b, NULL);

    return strcmp (one ? one : a, two ? two : b) == 0;
}

virStoragePoolPtr
vy_pool_find_for_path (virConnectPtr conn, const char *path)
{
    g_autoptr (GPtrArray) pools = list_active (conn);
    g_autofree char *dir = g_path_get_dirname (path);

    for (guint i = 0; i < pools->len; i++) {
        virStoragePoolPtr pool = g_ptr_array_index (pools, i);
        g_autofree char *target = path_of (pool);

        if (target && same_dir (target, dir)) {
            virStoragePoolRef (pool);
            return pool;
        }
    }
    return NULL;
}

GStrv
vy_pool_list_dirs (virConnectPtr conn)
{
    g_autoptr (GPtrArray) pools = list_active (conn);
    g_autoptr (GPtrArray) dirs = g_ptr_array_new ();

    for (guint i = 0; i < pools->len; i++) {
        char *path = path_of (g_ptr_array_index (pools, i));

        if (path && !g_ptr_array_find_with_equal_func (dirs, path, g_str_equal, NULL))
            g_ptr_array_add (dirs, path);
        else
            g_free (path);
    }
    g_ptr_array_add (dirs, NULL);
    return (GStrv) g_ptr_array_free (g_steal_pointer (&dirs), FALSE);
}
