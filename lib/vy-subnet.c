/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* IPv4 subnets: reading, comparing, and finding one that is free on a host. */
#include "vy-subnet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <json-c/json.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-process.h"
#include "vy-units.h"
#include "vy-xml.h"

/* A route for a larger part of the address space than this is a default route. */
#define SMALLEST_PREFIX 4

void
vy_used_subnet_free (VyUsedSubnet *used)
{
    g_free (used->user);
    g_free (used);
}

gboolean
vy_address_parse (const char *text, guint32 *address, GError **error)
{
    struct in_addr parsed;

    if (inet_pton (AF_INET, text, &parsed) != 1)
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no IPv4 address"), text);
    *address = ntohl (parsed.s_addr);
    return TRUE;
}

char *
vy_address_format (guint32 address)
{
    return g_strdup_printf ("%u.%u.%u.%u", address >> 24, address >> 16 & 255,
                            address >> 8 & 255, address & 255);
}

static guint32
mask_of (guint prefix)
{
    return prefix ? 0xffffffffu << (32 - prefix) : 0;
}

/* Reads "24" or "255.255.255.0". */
static gboolean
parse_prefix (const char *text, guint *prefix)
{
    guint64 number;
    guint32 mask;

    if (vy_number_parse (text, 32, &number, NULL)) {
        *prefix = (guint) number;
        return TRUE;
    }
    if (!vy_address_parse (text, &mask, NULL))
        return FALSE;
    for (*prefix = 0; *prefix < 32 && mask & 0x80000000u >> *prefix;)
        ++*prefix;
    return mask == mask_of (*prefix);
}

gboolean
vy_subnet_parse (const char *text, VySubnet *subnet, guint32 *written, GError **error)
{
    const char *slash = strchr (text, '/');
    g_autofree char *front = slash ? g_strndup (text, (gsize) (slash - text)) : NULL;
    guint32 address;
    guint prefix;

    if (!slash || !vy_address_parse (front, &address, NULL) ||
        !parse_prefix (slash + 1, &prefix)) {
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no IPv4 subnet"), text);
        vy_error_set_hint (error, _ ("write it like 192.168.150.0/24"));
        return FALSE;
    }
    subnet->address = address & mask_of (prefix);
    subnet->prefix = prefix;
    if (written)
        *written = address;
    return TRUE;
}

char *
vy_subnet_format (const VySubnet *subnet)
{
    g_autofree char *address = vy_address_format (subnet->address);

    return g_strdup_printf ("%s/%u", address, subnet->prefix);
}

guint32
vy_subnet_netmask (const VySubnet *subnet)
{
    return mask_of (subnet->prefix);
}

guint32
vy_subnet_broadcast (const VySubnet *subnet)
{
    return subnet->address | ~mask_of (subnet->prefix);
}

gboolean
vy_subnet_has (const VySubnet *subnet, guint32 address)
{
    return (address & mask_of (subnet->prefix)) == subnet->address;
}

gboolean
vy_subnet_overlaps (const VySubnet *a, const VySubnet *b)
{
    return vy_subnet_has (a, b->address) || vy_subnet_has (b, a->address);
}

static void
add_used (GPtrArray *used, const VySubnet *subnet, char *user)
{
    VyUsedSubnet *entry = g_new0 (VyUsedSubnet, 1);

    entry->subnet = *subnet;
    entry->user = user;
    g_ptr_array_add (used, entry);
}

static void
add_route (GPtrArray *used, const VySubnet *subnet, const char *device)
{
    g_autofree char *text = NULL;

    if (subnet->prefix < SMALLEST_PREFIX)
        return;
    text = vy_subnet_format (subnet);
    add_used (used, subnet, g_strdup_printf (_ ("route %s by %s"), text, device));
}

void
vy_subnet_read_routes (const char *table, GPtrArray *used)
{
    g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

    for (char **line = lines; *line; line++) {
        char device[32];
        guint destination, mask;
        VySubnet subnet = { 0 };

        if (sscanf (*line, "%31s %x %*x %*x %*d %*d %*d %x", device, &destination,
                    &mask) != 3)
            continue;
        mask = ntohl (mask);
        subnet.address = ntohl (destination);
        while (subnet.prefix < 32 && mask & 0x80000000u >> subnet.prefix)
            subnet.prefix++;
        add_route (used, &subnet, device);
    }
}

static const char *
json_text (json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex (object, key, &value)
               ? json_object_get_string (value)
               : NULL;
}

/* Adds the routes of iproute2's JSON; those to the host's own addresses are none. */
static void
read_json_routes (const char *text, GPtrArray *used)
{
    json_object *routes = json_tokener_parse (text);
    gsize n = json_object_is_type (routes, json_type_array)
                  ? json_object_array_length (routes)
                  : 0;

    for (gsize i = 0; i < n; i++) {
        json_object *route = json_object_array_get_idx (routes, i);
        const char *type = json_text (route, "type");
        const char *to = json_text (route, "dst");
        const char *device = json_text (route, "dev");
        g_autofree char *full = NULL;
        VySubnet subnet;

        if (!to ||
            (type && (strcmp (type, "local") == 0 || strcmp (type, "broadcast") == 0 ||
                      strcmp (type, "multicast") == 0)))
            continue;
        full = strchr (to, '/') ? g_strdup (to) : g_strconcat (to, "/32", NULL);
        if (vy_subnet_parse (full, &subnet, NULL, NULL))
            add_route (used, &subnet, device ? device : type ? type : "?");
    }
    json_object_put (routes);
}

/* All tables through iproute2; without it the main one from the kernel's file. */
static void
add_host_routes (GPtrArray *used)
{
    const char *const argv[] = {
        "ip", "-j", "-4", "route", "show", "table", "all", NULL
    };
    g_autofree char *text = NULL;

    if (vy_process_run (argv, NULL, &text, NULL))
        read_json_routes (text, used);
    else if (g_file_get_contents ("/proc/net/route", &text, NULL, NULL))
        vy_subnet_read_routes (text, used);
}

/* The subnet of an <ip> or <route> element. */
static gboolean
subnet_of_element (xmlNode *element, VySubnet *subnet)
{
    g_autofree char *family = vy_xml_get (element, "@family");
    g_autofree char *address = vy_xml_get (element, "@address");
    g_autofree char *netmask = vy_xml_get (element, "@netmask");
    g_autofree char *prefix = vy_xml_get (element, "@prefix");
    g_autofree char *text = NULL;

    if (!address || (family && strcmp (family, "ipv4") != 0))
        return FALSE;
    text = g_strdup_printf ("%s/%s", address, netmask ? netmask : prefix ? prefix : "24");
    return vy_subnet_parse (text, subnet, NULL, NULL);
}

static void
add_network (GPtrArray *used, virNetworkPtr network, unsigned flags)
{
    char *xml = virNetworkGetXMLDesc (network, flags);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("network"), NULL) : NULL;
    static const char *const places[] = { "ip", "route" };

    free (xml);
    for (gsize i = 0; doc && i < G_N_ELEMENTS (places); i++) {
        g_autoptr (GPtrArray) found =
            vy_xml_find_all (xmlDocGetRootElement (doc), places[i]);

        for (guint j = 0; j < found->len; j++) {
            VySubnet subnet;

            if (subnet_of_element (g_ptr_array_index (found, j), &subnet))
                add_used (
                    used, &subnet,
                    g_strdup_printf (_ ("network '%s'"), virNetworkGetName (network)));
        }
    }
}

GPtrArray *
vy_subnet_list_used (virConnectPtr conn, GError **error)
{
    g_autoptr (GPtrArray) used =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_used_subnet_free);
    virNetworkPtr *networks = NULL;
    int n = virConnectListAllNetworks (conn, &networks, 0);

    if (n < 0) {
        vy_throw_libvirt (error, _ ("cannot list the networks"));
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        add_network (used, networks[i], 0);
        if (virNetworkIsActive (networks[i]) == 1 &&
            virNetworkIsPersistent (networks[i]) == 1)
            add_network (used, networks[i], VIR_NETWORK_XML_INACTIVE);
        virNetworkFree (networks[i]);
    }
    free (networks);
    if (vy_conn_is_local (conn))
        add_host_routes (used);
    return g_steal_pointer (&used);
}

const VyUsedSubnet *
vy_subnet_find_clash (const VySubnet *subnet, GPtrArray *used)
{
    for (guint i = 0; i < used->len; i++) {
        const VyUsedSubnet *entry = g_ptr_array_index (used, i);

        if (vy_subnet_overlaps (subnet, &entry->subnet))
            return entry;
    }
    return NULL;
}

gboolean
vy_subnet_choose (GPtrArray *used, VySubnet *subnet, GError **error)
{
    static const struct {
        guint32 first;
        guint32 last;
    } ranges[] = {
        { 0xc0a89600, 0xc0a8fe00 }, /* 192.168.150.0 to 192.168.254.0 */
        { 0x0a960000, 0x0a96ff00 }, /* 10.150.0.0 to 10.150.255.0 */
        { 0xac1e0000, 0xac1eff00 }, /* 172.30.0.0 to 172.30.255.0 */
    };

    for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
        for (guint32 at = ranges[i].first; at <= ranges[i].last; at += 256) {
            VySubnet candidate = { at, 24 };

            if (vy_subnet_find_clash (&candidate, used))
                continue;
            *subnet = candidate;
            return TRUE;
        }
    vy_throw (error, VY_ERROR_EXISTS, _ ("no free subnet was found"));
    vy_error_set_hint (error, _ ("name one, like 10.99.0.0/24"));
    return FALSE;
}
