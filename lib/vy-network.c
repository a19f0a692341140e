/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of a virtual network, as libvirt's document and as a command line. */
#include "vy-network-private.h"

#include <string.h>

#include "vy-i18n-private.h"

static const char *const mode_names[] = { "nat",    "route",   "isolated", "open",
                                          "bridge", "macvtap", "ovs" };

/* libvirt's forward/@mode; isolated networks have no <forward> */
static const char *const forward_modes[] = { "nat",    "route",  NULL,    "open",
                                             "bridge", "bridge", "bridge" };

VyNetworkSettings *
vy_network_settings_new (const char *name)
{
    VyNetworkSettings *settings = g_new0 (VyNetworkSettings, 1);

    settings->name = g_strdup (name);
    return settings;
}

void
vy_network_settings_free (VyNetworkSettings *settings)
{
    g_free (settings->name);
    g_free (settings->uuid);
    g_free (settings->subnet);
    g_free (settings->subnet6);
    g_free (settings->dhcp_first);
    g_free (settings->dhcp_last);
    g_free (settings->domain);
    g_free (settings->dns_forwarder);
    g_strfreev (settings->hosts);
    g_free (settings->bridge);
    g_free (settings->device);
    g_free (settings->uplink);
    g_free (settings->root);
    g_strfreev (settings->vlans);
    g_free (settings);
}

const char *
vy_network_mode_to_string (VyNetworkMode mode)
{
    return mode_names[mode];
}

gboolean
vy_network_mode_is_routed (VyNetworkMode mode)
{
    return mode <= VY_NETWORK_OPEN;
}

static void
set_address (xmlNode *node, const char *path, guint32 address)
{
    g_autofree char *text = vy_address_format (address);

    vy_xml_set (node, path, text);
}

static void
add_dhcp (xmlNode *ip, const VyNetworkSettings *settings, const VySubnet *subnet,
          guint32 gateway)
{
    guint32 first, last;

    vy_network_dhcp_range (settings, subnet, gateway, &first, &last);
    set_address (ip, "dhcp/range/@start", first);
    set_address (ip, "dhcp/range/@end", last);
    if (settings->lease_minutes) {
        gboolean whole = settings->lease_minutes % 60 == 0;

        vy_xml_set_number (ip, "dhcp/range/lease/@expiry",
                           settings->lease_minutes / (whole ? 60 : 1));
        vy_xml_set (ip, "dhcp/range/lease/@unit", whole ? "hours" : "minutes");
    }
    for (char **text = settings->hosts; text && *text; text++) {
        g_autoptr (VyNetworkHost) host = vy_network_host_parse (*text, NULL);
        xmlNode *node = vy_xml_add (vy_xml_ensure (ip, "dhcp"), "host");

        vy_xml_set (node, "@mac", host->mac);
        vy_xml_set (node, "@name", host->name);
        set_address (node, "@ip", host->address);
    }
}

static gboolean
add_ip (xmlNode *root, const VyNetworkSettings *settings, GError **error)
{
    VySubnet subnet;
    guint32 gateway;
    xmlNode *ip;

    if (!vy_network_gateway (settings, &subnet, &gateway, error))
        return FALSE;
    ip = vy_xml_add (root, "ip");
    set_address (ip, "@address", gateway);
    set_address (ip, "@netmask", vy_subnet_netmask (&subnet));
    if (!settings->no_dhcp)
        add_dhcp (ip, settings, &subnet, gateway);
    return TRUE;
}

static void
add_ip6 (xmlNode *root, const VyNetworkSettings *settings)
{
    g_auto (GStrv) parts = g_strsplit (settings->subnet6, "/", 2);
    xmlNode *ip = vy_xml_add (root, "ip");
    g_autofree char *first =
        g_str_has_suffix (parts[0], "::") ? g_strconcat (parts[0], "1", NULL) : NULL;

    vy_xml_set (ip, "@family", "ipv6");
    vy_xml_set (ip, "@address", first ? first : parts[0]);
    vy_xml_set (ip, "@prefix", parts[1]);
}

static void
add_vlans (xmlNode *root, char **vlans)
{
    xmlNode *node = vy_xml_add (root, "vlan");

    if (g_strv_length (vlans) > 1)
        vy_xml_set (node, "@trunk", "yes");
    for (char **vlan = vlans; *vlan; vlan++)
        vy_xml_set (vy_xml_add (node, "tag"), "@id", *vlan);
}

static void
set_forward (xmlNode *root, const VyNetworkSettings *settings)
{
    const char *mode = forward_modes[settings->mode];

    if (!mode)
        return;
    vy_xml_set (root, "forward/@mode", mode);
    if (!settings->device)
        return;
    if (settings->mode != VY_NETWORK_MACVTAP)
        vy_xml_set (root, "forward/@dev", settings->device);
    vy_xml_set (root, "forward/interface/@dev", settings->device);
}

static void
set_bridge (xmlNode *root, const VyNetworkSettings *settings)
{
    if (settings->mode == VY_NETWORK_MACVTAP)
        return;
    vy_xml_set (root, "bridge/@name", settings->bridge);
    if (vy_network_mode_is_routed (settings->mode)) {
        vy_xml_set (root, "bridge/@stp", "on");
        vy_xml_set (root, "bridge/@delay", "0");
    }
}

static void
set_dns (xmlNode *root, const VyNetworkSettings *settings)
{
    if (settings->domain) {
        vy_xml_set (root, "domain/@name", settings->domain);
        vy_xml_set (root, "domain/@localOnly", "yes");
    }
    if (settings->no_dns)
        vy_xml_set (root, "dns/@enable", "no");
    if (settings->dns_forwarder)
        vy_xml_set (root, "dns/forwarder/@addr", settings->dns_forwarder);
}

char *
vy_network_settings_to_xml (const VyNetworkSettings *settings, GError **error)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("network");
    xmlNode *root = xmlDocGetRootElement (doc);

    if (!vy_network_settings_check (settings, error))
        return NULL;
    vy_xml_set (root, "name", settings->name);
    vy_xml_set (root, "uuid", settings->uuid);
    set_forward (root, settings);
    set_bridge (root, settings);
    if (settings->mtu)
        vy_xml_set_number (root, "mtu/@size", settings->mtu);
    set_dns (root, settings);
    if (settings->mode == VY_NETWORK_OVS)
        vy_xml_set (root, "virtualport/@type", "openvswitch");
    if (settings->vlans && *settings->vlans)
        add_vlans (root, settings->vlans);
    if (settings->subnet && !add_ip (root, settings, error))
        return NULL;
    if (settings->subnet6)
        add_ip6 (root, settings);
    return vy_xml_to_string (root);
}

static void
append_option (GString *line, const char *option, const char *value)
{
    g_autofree char *quoted = NULL;

    if (!value)
        return;
    if (value[strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789._-+:/,=@%")] == '\0' &&
        *value)
        quoted = g_strdup (value);
    else
        quoted = g_shell_quote (value);
    g_string_append_printf (line, " %s%s%s", option, *option ? " " : "", quoted);
}

static void
append_mode (GString *line, const VyNetworkSettings *settings)
{
    switch (settings->mode) {
    case VY_NETWORK_BRIDGE:
        append_option (line, "--bridge", settings->bridge ? settings->bridge : "br0");
        append_option (line, "--uplink", settings->uplink);
        break;
    case VY_NETWORK_MACVTAP:
        append_option (line, "--macvtap", settings->device ? settings->device : "NIC");
        break;
    case VY_NETWORK_OVS:
        append_option (line, "--ovs", settings->bridge ? settings->bridge : "BRIDGE");
        break;
    default:
        g_string_append_printf (line, " --%s", mode_names[settings->mode]);
        append_option (line, "", settings->subnet);
        append_option (line, "--bridge-name", settings->bridge);
        append_option (line, "--forward-dev", settings->device);
    }
}

char *
vy_network_settings_to_command (const VyNetworkSettings *settings)
{
    GString *line = g_string_new ("virtyard net create");

    append_option (line, "", settings->name);
    append_mode (line, settings);
    append_option (line, "--ipv6", settings->subnet6);
    if (settings->dhcp_first && settings->dhcp_last) {
        g_autofree char *range =
            g_strdup_printf ("%s-%s", settings->dhcp_first, settings->dhcp_last);

        append_option (line, "--dhcp", range);
    }
    if (settings->no_dhcp)
        g_string_append (line, " --no-dhcp");
    if (settings->lease_minutes && settings->lease_minutes % 60 == 0)
        g_string_append_printf (line, " --lease-time %uh", settings->lease_minutes / 60);
    else if (settings->lease_minutes)
        g_string_append_printf (line, " --lease-time %um", settings->lease_minutes);
    append_option (line, "--domain", settings->domain);
    if (settings->no_dns)
        g_string_append (line, " --no-dns");
    append_option (line, "--dns", settings->dns_forwarder);
    for (char **host = settings->hosts; host && *host; host++)
        append_option (line, "--host", *host);
    for (char **vlan = settings->vlans; vlan && *vlan; vlan++)
        append_option (line, "--vlan", *vlan);
    if (settings->mtu)
        g_string_append_printf (line, " --mtu %u", settings->mtu);
    if (settings->start)
        g_string_append (line, " --start");
    if (settings->autostart)
        g_string_append (line, " --autostart");
    return g_string_free (line, FALSE);
}
