/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of objects for completion: one bulk call each. */
#include "cli-private.h"

/* Objects of one kind: how they are listed, named and let go. */
typedef struct {
    int (*list) (virConnectPtr conn, gpointer **objects, unsigned flags);
    const char *(*name) (gpointer object);
    int (*release) (gpointer object);
} Kind;

static int
list_domains (virConnectPtr conn, gpointer **objects, unsigned flags)
{
    return virConnectListAllDomains (conn, (virDomainPtr **) (void *) objects, flags);
}

static int
list_networks (virConnectPtr conn, gpointer **objects, unsigned flags)
{
    return virConnectListAllNetworks (conn, (virNetworkPtr **) (void *) objects, flags);
}

static int
list_pools (virConnectPtr conn, gpointer **objects, unsigned flags)
{
    return virConnectListAllStoragePools (conn, (virStoragePoolPtr **) (void *) objects,
                                          flags);
}

static const char *
domain_name (gpointer object)
{
    return virDomainGetName (object);
}

static const char *
network_name (gpointer object)
{
    return virNetworkGetName (object);
}

static const char *
pool_name (gpointer object)
{
    return virStoragePoolGetName (object);
}

static int
domain_free (gpointer object)
{
    return virDomainFree (object);
}

static int
network_free (gpointer object)
{
    return virNetworkFree (object);
}

static int
pool_free (gpointer object)
{
    return virStoragePoolFree (object);
}

static const Kind domains = { list_domains, domain_name, domain_free };
static const Kind networks = { list_networks, network_name, network_free };
static const Kind pools = { list_pools, pool_name, pool_free };

static GStrv
names_of (Cli *cli, const Kind *kind, const char *typed, unsigned flags)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    GStrvBuilder *builder = NULL;
    gpointer *objects = NULL;
    GStrv names;
    int n = conn ? kind->list (conn, &objects, flags) : -1;

    if (n < 0)
        return NULL;
    builder = g_strv_builder_new ();
    for (int i = 0; i < n; i++) {
        const char *name = kind->name (objects[i]);

        if (name && g_str_has_prefix (name, typed))
            g_strv_builder_add (builder, name);
        kind->release (objects[i]);
    }
    free (objects);
    names = g_strv_builder_end (builder);
    g_strv_builder_unref (builder);
    return names;
}

GStrv
cli_complete_domain (Cli *cli, const char *typed)
{
    return names_of (cli, &domains, typed, 0);
}

GStrv
cli_complete_domain_active (Cli *cli, const char *typed)
{
    return names_of (cli, &domains, typed, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
}

GStrv
cli_complete_domain_inactive (Cli *cli, const char *typed)
{
    return names_of (cli, &domains, typed, VIR_CONNECT_LIST_DOMAINS_INACTIVE);
}

GStrv
cli_complete_network (Cli *cli, const char *typed)
{
    return names_of (cli, &networks, typed, 0);
}

GStrv
cli_complete_network_active (Cli *cli, const char *typed)
{
    return names_of (cli, &networks, typed, VIR_CONNECT_LIST_NETWORKS_ACTIVE);
}

GStrv
cli_complete_network_inactive (Cli *cli, const char *typed)
{
    return names_of (cli, &networks, typed, VIR_CONNECT_LIST_NETWORKS_INACTIVE);
}

GStrv
cli_complete_pool (Cli *cli, const char *typed)
{
    return names_of (cli, &pools, typed, 0);
}

GStrv
cli_complete_pool_active (Cli *cli, const char *typed)
{
    return names_of (cli, &pools, typed, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
}

GStrv
cli_complete_pool_inactive (Cli *cli, const char *typed)
{
    return names_of (cli, &pools, typed, VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE);
}

/* Needs no connection: names come from the database of operating systems. */
GStrv
cli_complete_os (G_GNUC_UNUSED Cli *cli, const char *typed)
{
    g_autoptr (GPtrArray) list = vy_os_list (NULL);
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

    for (guint i = 0; list && i < list->len; i++) {
        const char *name = vy_os_get_short_id (list->pdata[i]);

        if (g_str_has_prefix (name, typed))
            g_strv_builder_add (names, name);
    }
    return g_strv_builder_end (names);
}
