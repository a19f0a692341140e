/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of a network against a host: clashes, and what is chosen there. */
#include "vy-network-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-interface-private.h"

#define MAX_BRIDGES 1024

static gboolean
check_unused_name (const VyNetworkSettings *settings, virConnectPtr conn, GError **error)
{
    g_autoptr (virNetwork) network = virNetworkLookupByName (conn, settings->name);

    if (!network)
        return TRUE;
    vy_throw (error, VY_ERROR_EXISTS, _ ("there is a network '%s' already"),
              settings->name);
    vy_error_set_hint (error, _ ("delete it first: virtyard net delete %s"),
                       settings->name);
    return FALSE;
}

/* Bridges that networks have in their definitions: bridge to name of the network. */
static GHashTable *
list_bridges (virConnectPtr conn, GError **error)
{
    g_autoptr (GHashTable) bridges =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    virNetworkPtr *networks = NULL;
    int n = virConnectListAllNetworks (conn, &networks, 0);

    if (n < 0) {
        vy_throw_libvirt (error, _ ("cannot list the networks"));
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        g_autoptr (xmlDoc) doc = vy_network_read (networks[i], 0, NULL);
        char *name = doc ? vy_xml_get (xmlDocGetRootElement (doc), "bridge/@name") : NULL;

        if (name)
            g_hash_table_insert (bridges, name,
                                 g_strdup (virNetworkGetName (networks[i])));
        virNetworkFree (networks[i]);
    }
    free (networks);
    return g_steal_pointer (&bridges);
}

static gboolean
choose_bridge (VyNetworkSettings *settings, GHashTable *bridges, gboolean local,
               GError **error)
{
    for (guint i = 0; i < MAX_BRIDGES; i++) {
        g_autofree char *name = g_strdup_printf ("virbr%u", i);

        if (g_hash_table_contains (bridges, name) ||
            (local && vy_interface_exists (name)))
            continue;
        settings->bridge = g_steal_pointer (&name);
        return TRUE;
    }
    return vy_throw (error, VY_ERROR_EXISTS, _ ("no free name for a bridge was found"));
}

/* A bridge that libvirt makes: its name must be free. */
static gboolean
resolve_own_bridge (VyNetworkSettings *settings, virConnectPtr conn, GError **error)
{
    g_autoptr (GHashTable) bridges = list_bridges (conn, error);
    gboolean local = vy_conn_is_local (conn);
    const char *user;

    if (!bridges)
        return FALSE;
    if (!settings->bridge)
        return choose_bridge (settings, bridges, local, error);
    user = g_hash_table_lookup (bridges, settings->bridge);
    if (user)
        return vy_throw (error, VY_ERROR_EXISTS,
                         _ ("bridge '%s' belongs to network '%s'"), settings->bridge,
                         user);
    if (!local || !vy_interface_exists (settings->bridge))
        return TRUE;
    vy_throw (error, VY_ERROR_EXISTS,
              _ ("the host has an interface '%s' already, so the network cannot make a "
                 "bridge of that name"),
              settings->bridge);
    vy_error_set_hint (error,
                       _ ("to connect guests to it: virtyard net create %s --bridge %s"),
                       settings->name, settings->bridge);
    return FALSE;
}

/* The subnet of the first fixed lease, so that its address fits. */
static gboolean
subnet_of_hosts (VyNetworkSettings *settings, GError **error)
{
    g_autoptr (VyNetworkHost) host = vy_network_host_parse (settings->hosts[0], error);
    VySubnet subnet = { host ? host->address & 0xffffff00 : 0, 24 };

    if (!host)
        return FALSE;
    settings->subnet = vy_subnet_format (&subnet);
    return TRUE;
}

/* The subnet around the DHCP range that was given without one. */
static gboolean
subnet_of_range (VyNetworkSettings *settings, GError **error)
{
    VySubnet subnet = { 0, 24 };

    if (!vy_address_parse (settings->dhcp_first, &subnet.address, error))
        return FALSE;
    subnet.address &= 0xffffff00;
    settings->subnet = vy_subnet_format (&subnet);
    return TRUE;
}

static gboolean
throw_clash (const VyNetworkSettings *settings, const VyUsedSubnet *clash,
             GPtrArray *used, GError **error)
{
    VySubnet free_one;

    vy_throw (error, VY_ERROR_EXISTS, _ ("subnet %s clashes with %s"), settings->subnet,
              clash->user);
    if (vy_subnet_choose (used, &free_one, NULL)) {
        g_autofree char *text = vy_subnet_format (&free_one);

        vy_error_set_hint (error, _ ("%s is free"), text);
    }
    return FALSE;
}

static gboolean
resolve_subnet (VyNetworkSettings *settings, virConnectPtr conn, GError **error)
{
    g_autoptr (GPtrArray) used = vy_subnet_list_used (conn, error);
    const VyUsedSubnet *clash;
    VySubnet subnet;

    if (!used)
        return FALSE;
    if (!settings->subnet && settings->hosts && settings->hosts[0] &&
        !subnet_of_hosts (settings, error))
        return FALSE;
    if (!settings->subnet && settings->dhcp_first && !subnet_of_range (settings, error))
        return FALSE;
    if (!settings->subnet) {
        if (!vy_subnet_choose (used, &subnet, error))
            return FALSE;
        settings->subnet = vy_subnet_format (&subnet);
        return TRUE;
    }
    if (!vy_subnet_parse (settings->subnet, &subnet, NULL, error))
        return FALSE;
    clash = vy_subnet_find_clash (&subnet, used);
    return !clash || throw_clash (settings, clash, used, error);
}

static gboolean
check_host_bridge (const VyNetworkSettings *settings, GError **error)
{
    gboolean ovs = settings->mode == VY_NETWORK_OVS;

    if ((ovs ? vy_interface_exists (settings->bridge)
             : vy_interface_is_bridge (settings->bridge)))
        return TRUE;
    if (vy_interface_exists (settings->bridge))
        return vy_throw (error, VY_ERROR_INVALID, _ ("interface '%s' is no bridge"),
                         settings->bridge);
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("the host has no bridge '%s'"),
              settings->bridge);
    if (ovs)
        vy_error_set_hint (error, _ ("make it: ovs-vsctl add-br %s"), settings->bridge);
    else
        vy_error_set_hint (error,
                           _ ("to make it: virtyard net create %s --bridge %s --uplink "
                              "NIC"),
                           settings->name, settings->bridge);
    return FALSE;
}

/* A bridge that has the uplink as its port needs no making. */
static void
resolve_uplink (VyNetworkSettings *settings)
{
    g_autoptr (VyInterface) card =
        settings->root ? NULL : vy_interface_read (settings->uplink);

    if (card && g_strcmp0 (card->master, settings->bridge) == 0)
        g_clear_pointer (&settings->uplink, g_free);
}

static gboolean
check_device (const VyNetworkSettings *settings, GError **error)
{
    if (!settings->device || vy_interface_exists (settings->device))
        return TRUE;
    return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("the host has no network card '%s'"),
                     settings->device);
}

gboolean
vy_network_settings_resolve (VyNetworkSettings *settings, virConnectPtr conn,
                             GError **error)
{
    gboolean routed = vy_network_mode_is_routed (settings->mode);
    gboolean local = vy_conn_is_local (conn);

    if (!vy_network_settings_check (settings, error) ||
        !check_unused_name (settings, conn, error))
        return FALSE;
    if (routed && (!resolve_subnet (settings, conn, error) ||
                   !resolve_own_bridge (settings, conn, error)))
        return FALSE;
    if (local && settings->uplink)
        resolve_uplink (settings);
    if (local && settings->bridge && !routed && !settings->uplink &&
        !check_host_bridge (settings, error))
        return FALSE;
    if (local && !check_device (settings, error))
        return FALSE;
    if (!settings->uuid)
        settings->uuid = g_uuid_string_random ();
    return vy_network_settings_check (settings, error);
}
