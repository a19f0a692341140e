/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What networks are: lookup, descriptions, DHCP leases. */
#include "vy-network-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"

virNetworkPtr
vy_network_lookup (virConnectPtr conn, const char *name, GError **error)
{
    virNetworkPtr network = virNetworkLookupByName (conn, name);

    if (!network && g_uuid_string_is_valid (name))
        network = virNetworkLookupByUUIDString (conn, name);
    if (!network)
        vy_throw_libvirt (error, _ ("cannot find network '%s'"), name);
    return network;
}

xmlDoc *
vy_network_read (virNetworkPtr network, unsigned flags, GError **error)
{
    const char *name = virNetworkGetName (network); /* forgets the last error */
    char *xml = virNetworkGetXMLDesc (network, flags);
    xmlDoc *doc;

    if (!xml) {
        vy_throw_libvirt (error, _ ("cannot read network '%s'"), name);
        return NULL;
    }
    doc = vy_xml_parse (xml, virNetworkGetName (network), error);
    free (xml);
    return doc;
}

void
vy_network_info_free (VyNetworkInfo *info)
{
    g_free (info->name);
    g_free (info->uuid);
    g_free (info->mode);
    g_free (info->bridge);
    g_free (info->device);
    g_free (info->subnet);
    g_free (info->gateway);
    g_free (info->subnet6);
    g_free (info->dhcp_first);
    g_free (info->dhcp_last);
    g_free (info->domain);
    g_strfreev (info->hosts);
    g_strfreev (info->vlans);
    g_free (info);
}

/* libvirt calls three things "bridge"; the rest of the document tells which it is. */
static char *
mode_of (xmlNode *root)
{
    char *mode = vy_xml_get (root, "forward/@mode");

    if (!vy_xml_has (root, "forward"))
        return g_strdup ("isolated");
    if (!mode)
        return g_strdup ("nat");
    if (strcmp (mode, "bridge") != 0)
        return mode;
    if (vy_xml_is (root, "virtualport/@type", "openvswitch")) {
        g_free (mode);
        return g_strdup ("ovs");
    }
    if (!vy_xml_has (root, "bridge")) {
        g_free (mode);
        return g_strdup ("macvtap");
    }
    return mode;
}

static void
read_ip4 (VyNetworkInfo *info, xmlNode *ip)
{
    g_autofree char *netmask = vy_xml_get (ip, "@netmask");
    g_autofree char *prefix = vy_xml_get (ip, "@prefix");
    g_autofree char *text = NULL;
    VySubnet subnet;

    info->gateway = vy_xml_get (ip, "@address");
    if (!info->gateway)
        return;
    text = g_strdup_printf ("%s/%s", info->gateway,
                            netmask  ? netmask
                            : prefix ? prefix
                                     : "24");
    if (vy_subnet_parse (text, &subnet, NULL, NULL))
        info->subnet = vy_subnet_format (&subnet);
    info->dhcp_first = vy_xml_get (ip, "dhcp/range/@start");
    info->dhcp_last = vy_xml_get (ip, "dhcp/range/@end");
}

static void
read_ip (VyNetworkInfo *info, xmlNode *ip)
{
    if (vy_xml_is (ip, "@family", "ipv6")) {
        g_autofree char *address = vy_xml_get (ip, "@address");
        g_autofree char *prefix = vy_xml_get (ip, "@prefix");

        if (!info->subnet6)
            info->subnet6 =
                g_strdup_printf ("%s/%s", address ? address : "", prefix ? prefix : "64");
    } else if (!info->gateway) {
        read_ip4 (info, ip);
    }
}

static char **
read_hosts (xmlNode *root)
{
    g_autoptr (GPtrArray) hosts = vy_xml_find_all (root, "ip/dhcp/host");
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < hosts->len; i++) {
        xmlNode *host = g_ptr_array_index (hosts, i);
        g_autofree char *name = vy_xml_get (host, "@name");
        g_autofree char *mac = vy_xml_get (host, "@mac");
        g_autofree char *address = vy_xml_get (host, "@ip");
        g_autofree char *text =
            g_strdup_printf ("%s%s%s,%s", name ? name : "", name ? "=" : "",
                             mac ? mac : "", address ? address : "");

        g_strv_builder_add (builder, text);
    }
    return g_strv_builder_end (builder);
}

static char **
read_vlans (xmlNode *root)
{
    g_autoptr (GPtrArray) tags = vy_xml_find_all (root, "vlan/tag");
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < tags->len; i++) {
        g_autofree char *id = vy_xml_get (g_ptr_array_index (tags, i), "@id");

        if (id)
            g_strv_builder_add (builder, id);
    }
    return g_strv_builder_end (builder);
}

static void
read_document (VyNetworkInfo *info, xmlNode *root)
{
    g_autoptr (GPtrArray) ips = vy_xml_find_all (root, "ip");

    info->uuid = vy_xml_get (root, "uuid");
    info->mode = mode_of (root);
    info->bridge = vy_xml_get (root, "bridge/@name");
    info->device = vy_xml_get (root, "forward/@dev");
    if (!info->device)
        info->device = vy_xml_get (root, "forward/interface/@dev");
    info->domain = vy_xml_get (root, "domain/@name");
    info->hosts = read_hosts (root);
    info->vlans = read_vlans (root);
    for (guint i = 0; i < ips->len; i++)
        read_ip (info, g_ptr_array_index (ips, i));
}

static VyNetworkInfo *
describe (virNetworkPtr network, GError **error)
{
    g_autoptr (xmlDoc) doc = vy_network_read (network, 0, error);
    g_autoptr (VyNetworkInfo) info = NULL;
    int autostart = 0;

    if (!doc)
        return NULL;
    info = g_new0 (VyNetworkInfo, 1);
    info->name = g_strdup (virNetworkGetName (network));
    info->active = virNetworkIsActive (network) == 1;
    info->persistent = virNetworkIsPersistent (network) == 1;
    info->autostart = virNetworkGetAutostart (network, &autostart) == 0 && autostart;
    read_document (info, xmlDocGetRootElement (doc));
    return g_steal_pointer (&info);
}

VyNetworkInfo *
vy_network_get_info (virConnectPtr conn, const char *name, GError **error)
{
    g_autoptr (virNetwork) network = vy_network_lookup (conn, name, error);

    return network ? describe (network, error) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
    const VyNetworkInfo *const *one = a, *const *two = b;

    return strcmp ((*one)->name, (*two)->name);
}

GPtrArray *
vy_network_list (virConnectPtr conn, GError **error)
{
    g_autoptr (GPtrArray) list =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_network_info_free);
    virNetworkPtr *networks = NULL;
    int n = virConnectListAllNetworks (conn, &networks, 0);

    if (n < 0) {
        vy_throw_libvirt (error, _ ("cannot list the networks"));
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        VyNetworkInfo *info = describe (networks[i], NULL); /* NULL: gone meanwhile */

        if (info)
            g_ptr_array_add (list, info);
        virNetworkFree (networks[i]);
    }
    free (networks);
    g_ptr_array_sort (list, compare_names);
    return g_steal_pointer (&list);
}

void
vy_lease_free (VyLease *lease)
{
    g_free (lease->network);
    g_free (lease->mac);
    g_free (lease->address);
    g_free (lease->hostname);
    g_free (lease->client_id);
    g_free (lease);
}

static VyLease *
lease_from_libvirt (const virNetworkDHCPLease *from, const char *network)
{
    VyLease *lease = g_new0 (VyLease, 1);

    lease->network = g_strdup (network);
    lease->expiry = from->expirytime;
    lease->mac = g_strdup (from->mac);
    lease->family = from->type == VIR_IP_ADDR_TYPE_IPV6 ? "ipv6" : "ipv4";
    lease->address = g_strdup (from->ipaddr);
    lease->prefix = from->prefix;
    lease->hostname = g_strdup (from->hostname);
    lease->client_id = g_strdup (from->clientid ? from->clientid : from->iaid);
    return lease;
}

static gboolean
add_leases (GPtrArray *leases, virNetworkPtr network, const char *mac, GError **error)
{
    const char *name = virNetworkGetName (network); /* forgets the last error */
    virNetworkDHCPLeasePtr *found = NULL;
    int n = virNetworkGetDHCPLeases (network, mac, &found, 0);

    if (n < 0)
        return vy_throw_libvirt (error, _ ("cannot list the leases of network '%s'"),
                                 name);
    for (int i = 0; i < n; i++) {
        g_ptr_array_add (leases, lease_from_libvirt (found[i], name));
        virNetworkDHCPLeaseFree (found[i]);
    }
    free (found);
    return TRUE;
}

static gboolean
add_all_leases (GPtrArray *leases, virConnectPtr conn, const char *mac, GError **error)
{
    virNetworkPtr *networks = NULL;
    int n = virConnectListAllNetworks (conn, &networks, VIR_CONNECT_LIST_NETWORKS_ACTIVE);
    gboolean done = TRUE;

    if (n < 0)
        return vy_throw_libvirt (error, _ ("cannot list the networks"));
    for (int i = 0; i < n; i++) {
        done = done && add_leases (leases, networks[i], mac, error);
        virNetworkFree (networks[i]);
    }
    free (networks);
    return done;
}

GPtrArray *
vy_network_list_leases (virConnectPtr conn, const char *name, const char *mac,
                        GError **error)
{
    g_autoptr (GPtrArray) leases =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_lease_free);
    g_autoptr (virNetwork) network = NULL;
    gboolean done;

    if (name && !(network = vy_network_lookup (conn, name, error)))
        return NULL;
    done = network ? add_leases (leases, network, mac, error)
                   : add_all_leases (leases, conn, mac, error);
    return done ? g_steal_pointer (&leases) : NULL;
}
