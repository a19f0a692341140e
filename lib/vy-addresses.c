/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of a domain, from all that know them. */
#include "vy-addresses.h"

#include <stdlib.h>
#include <string.h>
#include <gio/gio.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-xml.h"

static const struct {
    VyAddressSource flag;
    unsigned libvirt;
    const char *name;
} sources_table[] = {
    { VY_ADDRESS_LEASE, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, "lease" },
    { VY_ADDRESS_AGENT, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, "agent" },
    { VY_ADDRESS_ARP, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, "arp" },
};

void
vy_domain_address_free (VyAddress *address)
{
    g_free (address->interface);
    g_free (address->mac);
    g_free (address->address);
    g_free (address->sources);
    g_free (address);
}

gboolean
vy_address_is_useful (const char *text)
{
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

    return address && !g_inet_address_get_is_loopback (address) &&
           !g_inet_address_get_is_link_local (address) &&
           !g_inet_address_get_is_multicast (address) &&
           !g_inet_address_get_is_any (address);
}

void
vy_addresses_merge (GPtrArray *into, VyAddress *found)
{
    gboolean useful = vy_address_is_useful (found->address);

    for (guint i = 0; useful && i < into->len; i++) {
        VyAddress *known = g_ptr_array_index (into, i);
        char *both;

        if (strcmp (known->address, found->address) != 0)
            continue;
        both = g_strconcat (known->sources, "+", found->sources, NULL);
        g_free (known->sources);
        known->sources = both;
        known->of_domain |= found->of_domain;
        if (!known->prefix)
            known->prefix = found->prefix;
        /* the agent knows the guest's own name of the interface */
        if (strcmp (found->sources, "agent") == 0 || !known->interface) {
            char *name = g_steal_pointer (&found->interface);

            g_free (known->interface);
            known->interface = name;
        }
        vy_domain_address_free (found);
        return;
    }
    if (useful)
        g_ptr_array_add (into, found);
    else
        vy_domain_address_free (found);
}

/* ---- the domain's own interfaces ------------------------------------------------------
 */

static GPtrArray *
list_macs (virDomainPtr domain)
{
    GPtrArray *macs = g_ptr_array_new_with_free_func (g_free);
    char *xml = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("domain"), NULL) : NULL;
    g_autoptr (GPtrArray) found = NULL;

    free (xml);
    if (!doc)
        return macs;
    found = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface/mac");
    for (guint i = 0; i < found->len; i++) {
        g_autofree char *mac = vy_xml_get (g_ptr_array_index (found, i), "@address");

        if (mac)
            g_ptr_array_add (macs, g_ascii_strdown (mac, -1));
    }
    return macs;
}

/* Place of the MAC in the definition; G_MAXUINT: it is not there. */
static guint
rank_of (GPtrArray *macs, const char *mac)
{
    guint place;

    return mac && g_ptr_array_find_with_equal_func (macs, mac, g_str_equal, &place)
               ? place
               : G_MAXUINT;
}

/* ---- asking ---------------------------------------------------------------------------
 */

static void
add_address (GPtrArray *list, const virDomainInterface *from,
             const virDomainIPAddress *address, const char *source, GPtrArray *macs)
{
    VyAddress *found = g_new0 (VyAddress, 1);

    found->interface = g_strdup (from->name);
    found->mac = from->hwaddr ? g_ascii_strdown (from->hwaddr, -1) : NULL;
    found->family = address->type == VIR_IP_ADDR_TYPE_IPV6 ? "ipv6" : "ipv4";
    found->address = g_strdup (address->addr);
    found->prefix = address->prefix;
    found->sources = g_strdup (source);
    found->of_domain = rank_of (macs, found->mac) != G_MAXUINT;
    vy_addresses_merge (list, found);
}

static gboolean
ask (virDomainPtr domain, gsize source, GPtrArray *macs, GPtrArray *list)
{
    virDomainInterfacePtr *interfaces = NULL;
    int n = virDomainInterfaceAddresses (domain, &interfaces,
                                         sources_table[source].libvirt, 0);

    for (int i = 0; i < n; i++) {
        for (guint j = 0; j < interfaces[i]->naddrs; j++)
            add_address (list, interfaces[i], &interfaces[i]->addrs[j],
                         sources_table[source].name, macs);
        virDomainInterfaceFree (interfaces[i]);
    }
    free (interfaces);
    return n >= 0;
}

/* Address and MAC of a line of the kernel's table; skips what has no answer yet. */
static void
add_neighbour (GPtrArray *list, const char *line, GPtrArray *macs)
{
    g_auto (GStrv) words = g_regex_split_simple (" +", line, 0, 0);
    virDomainIPAddress address = { .type = VIR_IP_ADDR_TYPE_IPV4, .prefix = 0 };
    virDomainInterface from = { 0 };

    if (g_strv_length (words) < 6 || !(strtoul (words[2], NULL, 16) & 2) ||
        rank_of (macs, words[3]) == G_MAXUINT)
        return;
    address.addr = words[0];
    from.hwaddr = words[3];
    add_address (list, &from, &address, "arp", macs);
}

/* libvirt's reader of neighbours fails on new kernels: on this host the table is read. */
static void
read_neighbours (GPtrArray *macs, GPtrArray *list)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents ("/proc/net/arp", &text, NULL, NULL))
        return;
    lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        add_neighbour (list, lines[i], macs);
}

static int
compare_addresses (gconstpointer a, gconstpointer b, gpointer macs)
{
    const VyAddress *one = *(const VyAddress *const *) a;
    const VyAddress *two = *(const VyAddress *const *) b;
    guint first = rank_of (macs, one->mac), second = rank_of (macs, two->mac);

    if (first != second)
        return first < second ? -1 : 1;
    return strcmp (one->family, two->family);
}

static virDomainPtr
lookup (virConnectPtr conn, const char *name, GError **error)
{
    virDomainPtr domain = virDomainLookupByName (conn, name);

    if (!domain && g_uuid_string_is_valid (name))
        domain = virDomainLookupByUUIDString (conn, name);
    if (!domain)
        vy_throw_libvirt (error, _ ("cannot find domain '%s'"), name);
    return domain;
}

GPtrArray *
vy_addresses_list (virConnectPtr conn, const char *name, VyAddressSource sources,
                   GError **error)
{
    g_autoptr (virDomain) domain = lookup (conn, name, error);
    g_autoptr (GPtrArray) macs = NULL;
    GPtrArray *list;

    if (!domain)
        return NULL;
    if (virDomainIsActive (domain) != 1) {
        vy_throw (error, VY_ERROR_STATE, _ ("domain '%s' does not run"), name);
        vy_error_set_hint (error, _ ("start it: virtyard start %s"), name);
        return NULL;
    }
    list = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_domain_address_free);
    macs = list_macs (domain);
    for (gsize i = 0; i < G_N_ELEMENTS (sources_table); i++)
        if (sources & sources_table[i].flag && !ask (domain, i, macs, list) &&
            sources_table[i].flag == VY_ADDRESS_ARP && vy_conn_is_local (conn))
            read_neighbours (macs, list);
    g_ptr_array_sort_with_data (list, compare_addresses, macs);
    return list;
}
