/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of a network's settings: which are right, and which go together. */
#include "vy-network-private.h"

#include <net/if.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-units.h"

#define MAX_VLAN 4094

void
vy_network_host_free (VyNetworkHost *host)
{
    g_free (host->name);
    g_free (host->mac);
    g_free (host);
}

/* Names of networks become names of files: no path, no option, nothing invisible. */
static gboolean
check_name (const char *name, GError **error)
{
    gboolean ok = name && *name && *name != '-' && *name != '.' && strlen (name) <= 200 &&
                  g_utf8_validate (name, -1, NULL);

    for (const char *at = name; ok && *at; at = g_utf8_next_char (at)) {
        gunichar c = g_utf8_get_char (at);

        ok = c < 128 ? g_ascii_isalnum ((char) c) || strchr ("._+-@:", (int) c) != NULL
                     : g_unichar_isalnum (c) || g_unichar_ismark (c);
    }
    if (ok)
        return TRUE;
    vy_throw (error, VY_ERROR_INVALID, _ ("'%s' cannot be the name of a network"),
              name ? name : "");
    vy_error_set_hint (error, _ ("use letters, digits and . _ + - @ :, a letter or digit "
                                 "first"));
    return FALSE;
}

gboolean
vy_network_check_interface (const char *name, const char *what, GError **error)
{
    gboolean ok = *name && *name != '-' && *name != '.' && strlen (name) < IFNAMSIZ;

    for (const char *at = name; ok && *at; at++)
        ok = g_ascii_isalnum (*at) || strchr ("._-", *at);
    if (ok)
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("'%s' cannot be the name of a %s: at most %d letters, digits "
                        "and . _ -"),
                     name, what, IFNAMSIZ - 1);
}

/* A DNS name: labels of letters, digits and hyphens. */
static gboolean
check_dns_name (const char *name, const char *what, GError **error)
{
    g_auto (GStrv) labels = g_strsplit (name, ".", -1);
    gboolean ok = *name && strlen (name) <= 253;

    for (char **label = labels; ok && *label; label++) {
        gsize length = strlen (*label);

        ok = length >= 1 && length <= 63 && (*label)[0] != '-' &&
             (*label)[length - 1] != '-' &&
             strspn (*label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789-_") == length;
    }
    return ok || vy_throw (error, VY_ERROR_INVALID, _ ("'%s' cannot be the name of a %s"),
                           name, what);
}

static gboolean
check_mac (const char *mac, GError **error)
{
    gboolean ok = strlen (mac) == 17;

    for (int i = 0; ok && i < 17; i++)
        ok = i % 3 == 2 ? mac[i] == ':' : g_ascii_isxdigit (mac[i]);
    if (!ok)
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no MAC address"), mac);
    if (g_ascii_xdigit_value (mac[1]) & 1)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("MAC address '%s' is one of a group, not of one host"), mac);
    return TRUE;
}

VyNetworkHost *
vy_network_host_parse (const char *text, GError **error)
{
    g_autoptr (VyNetworkHost) host = g_new0 (VyNetworkHost, 1);
    const char *equals = strchr (text, '=');
    g_auto (GStrv) rest = g_strsplit (equals ? equals + 1 : text, ",", -1);

    if (g_strv_length (rest) != 2) {
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no fixed lease"), text);
        vy_error_set_hint (error,
                           _ ("write it like web1=52:54:00:12:34:56,192.168.150.10"));
        return NULL;
    }
    if (equals)
        host->name = g_strndup (text, (gsize) (equals - text));
    if ((host->name && !check_dns_name (host->name, _ ("host"), error)) ||
        !check_mac (rest[0], error) || !vy_address_parse (rest[1], &host->address, error))
        return NULL;
    host->mac = g_ascii_strdown (rest[0], -1);
    return g_steal_pointer (&host);
}

gboolean
vy_network_gateway (const VyNetworkSettings *settings, VySubnet *subnet, guint32 *gateway,
                    GError **error)
{
    guint32 written;

    if (!vy_subnet_parse (settings->subnet, subnet, &written, error))
        return FALSE;
    if (subnet->prefix < 8 || subnet->prefix > 30)
        return vy_throw (
            error, VY_ERROR_INVALID,
            _ ("subnet '%s' cannot hold a network: its prefix is not between "
               "8 and 30"),
            settings->subnet);
    if (written == vy_subnet_broadcast (subnet))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' names the broadcast address as the gateway"),
                         settings->subnet);
    *gateway = written == subnet->address ? subnet->address + 1 : written;
    return TRUE;
}

void
vy_network_dhcp_range (const VyNetworkSettings *settings, const VySubnet *subnet,
                       guint32 gateway, guint32 *first, guint32 *last)
{
    *first = subnet->address + 1;
    *last = vy_subnet_broadcast (subnet) - 1;
    /* the longer part beside the gateway */
    if (gateway - *first >= *last - gateway)
        *last = gateway - 1;
    else
        *first = gateway + 1;
    if (settings->dhcp_first)
        vy_address_parse (settings->dhcp_first, first, NULL);
    if (settings->dhcp_last)
        vy_address_parse (settings->dhcp_last, last, NULL);
}

static gboolean
check_in_subnet (const VyNetworkSettings *settings, const VySubnet *subnet,
                 guint32 address, const char *what, GError **error)
{
    g_autofree char *text = vy_address_format (address);

    if (!vy_subnet_has (subnet, address) || address == subnet->address ||
        address == vy_subnet_broadcast (subnet))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("%s '%s' is no address for a host of subnet '%s'"), what,
                         text, settings->subnet);
    return TRUE;
}

static gboolean
check_range (const VyNetworkSettings *settings, const VySubnet *subnet, guint32 gateway,
             GError **error)
{
    guint32 first, last;

    for (int i = 0; i < 2; i++) {
        const char *text = i ? settings->dhcp_last : settings->dhcp_first;

        if (text && !vy_address_parse (text, &first, error))
            return FALSE;
    }
    vy_network_dhcp_range (settings, subnet, gateway, &first, &last);
    if (!check_in_subnet (settings, subnet, first, _ ("DHCP address"), error) ||
        !check_in_subnet (settings, subnet, last, _ ("DHCP address"), error))
        return FALSE;
    if (first > last)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("the DHCP range ends before it begins"));
    if (gateway >= first && gateway <= last) {
        g_autofree char *text = vy_address_format (gateway);

        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("the DHCP range holds the host's own address %s"), text);
    }
    return TRUE;
}

/* Each once: no two hosts with one name, MAC or address. */
static gboolean
check_hosts (const VyNetworkSettings *settings, const VySubnet *subnet, guint32 gateway,
             GError **error)
{
    g_autoptr (GHashTable) seen =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (char **text = settings->hosts; text && *text; text++) {
        g_autoptr (VyNetworkHost) host = vy_network_host_parse (*text, error);
        g_autofree char *address = host ? vy_address_format (host->address) : NULL;
        const char *keys[] = { host ? host->mac : NULL, address,
                               host ? host->name : NULL };

        if (!host || (subnet && !check_in_subnet (settings, subnet, host->address,
                                                  _ ("host address"), error)))
            return FALSE;
        if (subnet && host->address == gateway)
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("address %s is the host's own address"), address);
        for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
            if (keys[i] && !g_hash_table_add (seen, g_strdup (keys[i])))
                return vy_throw (error, VY_ERROR_INVALID,
                                 _ ("'%s' stands in two fixed leases"), keys[i]);
    }
    return TRUE;
}

static gboolean
check_subnet6 (const VyNetworkSettings *settings, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (settings->subnet6, "/", 2);
    guint64 prefix;

    if (g_strv_length (parts) == 2 && vy_number_parse (parts[1], 126, &prefix, NULL) &&
        prefix >= 8) {
        g_autoptr (GInetAddress) address = g_inet_address_new_from_string (parts[0]);

        if (address && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
            return TRUE;
    }
    vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no IPv6 subnet"), settings->subnet6);
    vy_error_set_hint (error, _ ("write it like fd00:150::1/64"));
    return FALSE;
}

static gboolean
check_routed (const VyNetworkSettings *settings, GError **error)
{
    VySubnet subnet;
    guint32 gateway = 0;

    if (settings->no_dhcp &&
        (settings->dhcp_first || settings->dhcp_last || settings->hosts))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a network without DHCP has neither a DHCP range nor fixed "
                            "leases"));
    if (settings->subnet && (!vy_network_gateway (settings, &subnet, &gateway, error) ||
                             !check_range (settings, &subnet, gateway, error)))
        return FALSE;
    if (settings->subnet6 && !check_subnet6 (settings, error))
        return FALSE;
    if (settings->domain && !check_dns_name (settings->domain, _ ("domain"), error))
        return FALSE;
    if (settings->vlans)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a network of mode %s has no VLANs: only ovs has"),
                         vy_network_mode_to_string (settings->mode));
    return check_hosts (settings, settings->subnet ? &subnet : NULL, gateway, error);
}

/* Bridges of the host: addresses are given by whoever gives them there. */
static gboolean
check_bridged (const VyNetworkSettings *settings, GError **error)
{
    const char *mode = vy_network_mode_to_string (settings->mode);
    const char *needed =
        settings->mode == VY_NETWORK_MACVTAP ? settings->device : settings->bridge;
    guint64 number;

    if (!needed)
        return vy_throw (
            error, VY_ERROR_USAGE, _ ("a network of mode %s needs a %s"), mode,
            settings->mode == VY_NETWORK_MACVTAP ? _ ("network card") : _ ("bridge"));
    if (settings->subnet || settings->subnet6 || settings->dhcp_first ||
        settings->dhcp_last || settings->hosts || settings->domain ||
        settings->dns_forwarder || settings->lease_minutes)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a network of mode %s has no subnet, DHCP or DNS of its own: "
                            "the network outside gives the addresses"),
                         mode);
    if (settings->vlans && settings->mode != VY_NETWORK_OVS)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a network of mode %s has no VLANs: only ovs has"), mode);
    for (char **vlan = settings->vlans; vlan && *vlan; vlan++)
        if (!vy_number_parse (*vlan, MAX_VLAN, &number, NULL) || number == 0)
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("'%s' is no VLAN number (1 to %d)"), *vlan, MAX_VLAN);
    return TRUE;
}

gboolean
vy_network_settings_check (const VyNetworkSettings *settings, GError **error)
{
    guint32 address;

    if (!check_name (settings->name, error))
        return FALSE;
    if (settings->bridge &&
        !vy_network_check_interface (settings->bridge, _ ("bridge"), error))
        return FALSE;
    if (settings->device &&
        !vy_network_check_interface (settings->device, _ ("network card"), error))
        return FALSE;
    if (settings->uplink && settings->mode != VY_NETWORK_BRIDGE)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("only a network of mode bridge has an uplink"));
    if (settings->uplink &&
        !vy_network_check_interface (settings->uplink, _ ("network card"), error))
        return FALSE;
    if (settings->dns_forwarder &&
        !vy_address_parse (settings->dns_forwarder, &address, error))
        return FALSE;
    if (settings->mtu && (settings->mtu < 576 || settings->mtu > 65535))
        return vy_throw (error, VY_ERROR_INVALID, _ ("%u is no MTU (576 to 65535)"),
                         settings->mtu);
    return vy_network_mode_is_routed (settings->mode) ? check_routed (settings, error)
                                                      : check_bridged (settings, error);
}
