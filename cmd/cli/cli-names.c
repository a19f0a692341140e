/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of objects for completion: one bulk call each. */
#include "cli-private.h"

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

static char *
domain_name (gpointer object)
{
    return g_strdup (virDomainGetName (object));
}

static char *
network_name (gpointer object)
{
    return g_strdup (virNetworkGetName (object));
}

static char *
pool_name (gpointer object)
{
    return g_strdup (virStoragePoolGetName (object));
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

const CliKind cli_kind_domain = { list_domains, domain_name, domain_free };
const CliKind cli_kind_network = { list_networks, network_name, network_free };
const CliKind cli_kind_pool = { list_pools, pool_name, pool_free };

GStrv
cli_names_take (const CliKind *kind, gpointer *objects, int n, const char *typed)
{
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

    for (int i = 0; i < n; i++) {
        g_autofree char *name = kind->name (objects[i]);

        if (name && *name && g_str_has_prefix (name, typed))
            g_strv_builder_add (names, name);
        kind->release (objects[i]);
    }
    free (objects);
    return g_strv_builder_end (names);
}

GStrv
cli_names_of (Cli *cli, const CliKind *kind, const char *typed, unsigned flags)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    gpointer *objects = NULL;
    int n = conn ? kind->list (conn, &objects, flags) : -1;

    return n < 0 ? NULL : cli_names_take (kind, objects, n, typed);
}

GStrv
cli_complete_domain (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_domain, typed, 0);
}

GStrv
cli_complete_domain_active (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_domain, typed, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
}

GStrv
cli_complete_domain_inactive (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_domain, typed, VIR_CONNECT_LIST_DOMAINS_INACTIVE);
}

GStrv
cli_complete_network (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_network, typed, 0);
}

GStrv
cli_complete_network_active (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_network, typed, VIR_CONNECT_LIST_NETWORKS_ACTIVE);
}

GStrv
cli_complete_network_inactive (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_network, typed,
                         VIR_CONNECT_LIST_NETWORKS_INACTIVE);
}

GStrv
cli_complete_pool (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_pool, typed, 0);
}

GStrv
cli_complete_pool_active (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_pool, typed,
                         VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
}

GStrv
cli_complete_pool_inactive (Cli *cli, const char *typed)
{
    return cli_names_of (cli, &cli_kind_pool, typed,
                         VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE);
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
