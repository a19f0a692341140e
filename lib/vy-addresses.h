/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of a domain, from all that know them. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyAddressSource:
 * @VY_ADDRESS_LEASE: DHCP leases of libvirt's networks
 * @VY_ADDRESS_AGENT: the agent in the guest
 * @VY_ADDRESS_ARP: the host's table of neighbours
 * @VY_ADDRESS_ANY: all of them
 *
 * Who knows an address.
 */
typedef enum {
    VY_ADDRESS_LEASE = 1 << 0,
    VY_ADDRESS_AGENT = 1 << 1,
    VY_ADDRESS_ARP = 1 << 2,
    VY_ADDRESS_ANY = VY_ADDRESS_LEASE | VY_ADDRESS_AGENT | VY_ADDRESS_ARP,
} VyAddressSource;

/**
 * VyAddress:
 * @interface: (nullable): the interface: the guest's name for it where the agent says
 *   so, else the host's
 * @mac: (nullable): its MAC address, lower case
 * @family: "ipv4" or "ipv6"
 * @address: the address
 * @prefix: bits of its network part; 0 when the source does not know
 * @sources: who says so: "lease", "agent", "arp", several with "+" between them
 * @of_domain: whether the MAC address is one of the domain's definition; bridges and
 *   containers inside the guest have others
 *
 * An address of a domain.
 */
typedef struct {
    char *interface;
    char *mac;
    const char *family;
    char *address;
    guint64 prefix;
    char *sources;
    gboolean of_domain;
} VyAddress;

/**
 * vy_domain_address_free:
 * @address: (transfer full): an entry of a list
 *
 * Since: 0.1
 */
VY_API void vy_domain_address_free (VyAddress *address);

/**
 * vy_address_is_useful:
 * @address: an IPv4 or IPv6 address
 *
 * Returns: whether others can reach a guest by it: no loopback, link-local, multicast or
 *   unspecified address
 * Since: 0.1
 */
VY_API gboolean vy_address_is_useful (const char *address);

/**
 * vy_addresses_merge:
 * @into: (element-type VyAddress): addresses that are known
 * @found: (transfer full): another one
 *
 * Adds an address, or its source to the entry that has it already. One that is not
 * useful is dropped.
 *
 * Since: 0.1
 */
VY_API void vy_addresses_merge (GPtrArray *into, VyAddress *found);

/**
 * vy_addresses_list:
 * @conn: an open connection; the agent needs one that is not read-only
 * @domain: name or UUID of a domain
 * @sources: who is asked; sources that cannot answer are passed over
 * @error: return location for a #GError
 *
 * Lists the addresses by which a running domain can be reached: those of interfaces in
 * its definition first, in the definition's order, IPv4 before IPv6.
 *
 * Returns: (transfer full) (element-type VyAddress): the addresses, perhaps none; %NULL
 *   with %VY_ERROR_NOT_FOUND or %VY_ERROR_STATE (it does not run)
 * Since: 0.1
 */
VY_API GPtrArray *vy_addresses_list (virConnectPtr conn, const char *domain,
                                     VyAddressSource sources, GError **error);

G_END_DECLS
