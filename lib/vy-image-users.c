/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who uses disk images: domains by their disks, images by their backing. */
#include "vy-image-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"
#include "vy-xml.h"

static void
add_user (GHashTable *map, const char *path, const char *user)
{
    g_autofree char *real = vy_image_canonical (path);
    GPtrArray *users = g_hash_table_lookup (map, real);

    if (!users) {
        users = g_ptr_array_new_with_free_func (g_free);
        g_hash_table_insert (map, g_steal_pointer (&real), users);
    }
    if (!g_ptr_array_find_with_equal_func (users, user, g_str_equal, NULL))
        g_ptr_array_add (users, g_strdup (user));
}

char *
vy_image_path_of_source (virConnectPtr conn, xmlNode *source)
{
    char *path = vy_xml_get (source, "@file");
    g_autofree char *pool_name = vy_xml_get (source, "@pool");
    g_autofree char *volume_name = vy_xml_get (source, "@volume");
    g_autoptr (virStoragePool) pool = NULL;
    g_autoptr (virStorageVol) volume = NULL;

    if (!path)
        path = vy_xml_get (source, "@dev");
    if (path || !pool_name || !volume_name)
        return path;
    pool = virStoragePoolLookupByName (conn, pool_name);
    volume = pool ? virStorageVolLookupByName (pool, volume_name) : NULL;
    if (volume) {
        char *found = virStorageVolGetPath (volume);

        path = g_strdup (found);
        free (found);
    }
    return path;
}

/* What backs the disk of a domain that does not run stands only in the images. */
static void
add_chain (GHashTable *map, const char *path, const char *user)
{
    g_autoptr (GPtrArray) chain = vy_image_list_chain (path, NULL);

    for (guint i = 1; chain && i < chain->len; i++)
        add_user (map, ((const VyImage *) g_ptr_array_index (chain, i))->path, user);
}

static void
add_disk (GHashTable *map, virConnectPtr conn, xmlNode *disk, const char *user)
{
    gboolean first = TRUE;

    for (xmlNode *layer = disk; layer; layer = vy_xml_find (layer, "backingStore")) {
        xmlNode *source = vy_xml_find (layer, "source");
        xmlNode *mirror = vy_xml_find (layer, "mirror/source");
        g_autofree char *path = source ? vy_image_path_of_source (conn, source) : NULL;
        g_autofree char *copy = mirror ? vy_image_path_of_source (conn, mirror) : NULL;

        if (path)
            add_user (map, path, user);
        if (copy)
            add_user (map, copy, user);
        if (first && path && !vy_xml_has (layer, "backingStore") &&
            vy_image_files_are_here (conn))
            add_chain (map, path, user);
        first = FALSE;
    }
}

static void
add_document (GHashTable *map, virConnectPtr conn, virDomainPtr domain, unsigned flags,
              const char *user)
{
    static const char *const files[] = { "os/kernel", "os/initrd", "os/nvram" };
    char *xml = virDomainGetXMLDesc (domain, flags);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("domain"), NULL) : NULL;
    g_autoptr (GPtrArray) disks = NULL;

    free (xml);
    if (!doc)
        return;
    disks = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk");
    for (guint i = 0; i < disks->len; i++)
        add_disk (map, conn, g_ptr_array_index (disks, i), user);
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
        g_autofree char *path = vy_xml_get (xmlDocGetRootElement (doc), files[i]);

        if (path && *path)
            add_user (map, path, user);
    }
}

static gboolean
add_domains (GHashTable *map, virConnectPtr conn, GError **error)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (conn, &domains, 0);

    if (n < 0)
        return vy_throw_libvirt (error, _ ("cannot list the domains"));
    for (int i = 0; i < n; i++) {
        g_autofree char *user =
            g_strdup_printf (_ ("domain '%s'"), virDomainGetName (domains[i]));

        add_document (map, conn, domains[i], 0, user);
        if (virDomainIsActive (domains[i]) == 1 &&
            virDomainIsPersistent (domains[i]) == 1)
            add_document (map, conn, domains[i], VIR_DOMAIN_XML_INACTIVE, user);
        virDomainFree (domains[i]);
    }
    free (domains);
    return TRUE;
}

GHashTable *
vy_image_map_users (virConnectPtr conn, GPtrArray *images, GError **error)
{
    g_autoptr (GHashTable) map = g_hash_table_new_full (
        g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

    if (conn && !add_domains (map, conn, error))
        return NULL;
    for (guint i = 0; i < images->len; i++) {
        const VyImage *image = g_ptr_array_index (images, i);
        g_autofree char *user = g_strdup_printf (_ ("image '%s'"), image->path);

        if (image->backing)
            add_user (map, image->backing, user);
    }
    return g_steal_pointer (&map);
}

char *
vy_image_find_active_domain (virConnectPtr conn, const char *path, char **target)
{
    g_autofree char *wanted = vy_image_canonical (path);
    virDomainPtr *domains = NULL;
    char *name = NULL;
    int n =
        conn ? virConnectListAllDomains (conn, &domains, VIR_CONNECT_LIST_DOMAINS_ACTIVE)
             : 0;

    for (int i = 0; i < n; i++) {
        char *xml = name ? NULL : virDomainGetXMLDesc (domains[i], 0);
        g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("domain"), NULL) : NULL;
        g_autoptr (GPtrArray) disks =
            doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk")
                : g_ptr_array_new ();

        free (xml);
        for (guint j = 0; !name && j < disks->len; j++) {
            xmlNode *disk = g_ptr_array_index (disks, j);
            xmlNode *source = vy_xml_find (disk, "source");
            g_autofree char *at = source ? vy_image_path_of_source (conn, source) : NULL;
            g_autofree char *real = at ? vy_image_canonical (at) : NULL;

            if (!real || strcmp (real, wanted) != 0)
                continue;
            name = g_strdup (virDomainGetName (domains[i]));
            if (target)
                *target = vy_xml_get (disk, "target/@dev");
        }
        virDomainFree (domains[i]);
    }
    free (domains);
    return name;
}
