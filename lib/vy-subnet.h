/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* IPv4 subnets: reading, comparing, and finding one that is free on a host. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VySubnet:
 * @address: the network's address, host byte order
 * @prefix: bits of the network part, 0 to 32
 *
 * An IPv4 subnet.
 */
typedef struct {
    guint32 address;
    guint prefix;
} VySubnet;

/**
 * VyUsedSubnet:
 * @subnet: what is in use
 * @user: who uses it, for people: "network 'default'", "route 10.0.0.0/24 by eth0"
 *
 * A subnet that is taken on a host.
 */
typedef struct {
    VySubnet subnet;
    char *user;
} VyUsedSubnet;

/**
 * vy_used_subnet_free:
 * @used: (transfer full): an entry of a list
 *
 * Since: 0.1
 */
VY_API void vy_used_subnet_free (VyUsedSubnet *used);

/**
 * vy_address_parse:
 * @text: an IPv4 address in four decimal parts
 * @address: (out): the address, host byte order, written on success only
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_address_parse (const char *text, guint32 *address, GError **error);

/**
 * vy_address_format:
 * @address: an IPv4 address, host byte order
 *
 * Returns: (transfer full): "192.0.2.7"
 * Since: 0.1
 */
VY_API char *vy_address_format (guint32 address);

/**
 * vy_subnet_parse:
 * @text: "192.168.150.0/24", or with a netmask: "192.168.150.0/255.255.255.0"
 * @subnet: (out): the subnet, written on success only
 * @written: (out) (optional): the address as it was written, with the bits of the host
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_subnet_parse (const char *text, VySubnet *subnet, guint32 *written,
                                 GError **error);

/**
 * vy_subnet_format:
 * @subnet: a subnet
 *
 * Returns: (transfer full): "192.168.150.0/24"
 * Since: 0.1
 */
VY_API char *vy_subnet_format (const VySubnet *subnet);

/**
 * vy_subnet_netmask:
 * @subnet: a subnet
 *
 * Returns: the netmask, host byte order
 * Since: 0.1
 */
VY_API guint32 vy_subnet_netmask (const VySubnet *subnet);

/**
 * vy_subnet_broadcast:
 * @subnet: a subnet
 *
 * Returns: its last address, host byte order
 * Since: 0.1
 */
VY_API guint32 vy_subnet_broadcast (const VySubnet *subnet);

/**
 * vy_subnet_has:
 * @subnet: a subnet
 * @address: an address, host byte order
 *
 * Returns: whether @address lies in @subnet
 * Since: 0.1
 */
VY_API gboolean vy_subnet_has (const VySubnet *subnet, guint32 address);

/**
 * vy_subnet_overlaps:
 * @a: a subnet
 * @b: another one
 *
 * Returns: whether they have an address in common
 * Since: 0.1
 */
VY_API gboolean vy_subnet_overlaps (const VySubnet *a, const VySubnet *b);

/**
 * vy_subnet_read_routes:
 * @table: text in the form of Linux's /proc/net/route
 * @used: (element-type VyUsedSubnet): where the subnets are added
 *
 * Adds the subnets that routes lead to. Routes for eighths of the address space and more
 * (default routes, and the halves by which VPN clients hide them) claim no subnet.
 *
 * Since: 0.1
 */
VY_API void vy_subnet_read_routes (const char *table, GPtrArray *used);

/**
 * vy_subnet_list_used:
 * @conn: an open connection, read-only is enough
 * @error: return location for a #GError
 *
 * Lists the subnets of all networks, active or not, and when the connection's host is
 * this machine also those of its routes, in all routing tables.
 *
 * Returns: (transfer full) (element-type VyUsedSubnet): the subnets; %NULL when the
 *   networks cannot be listed
 * Since: 0.1
 */
VY_API GPtrArray *vy_subnet_list_used (virConnectPtr conn, GError **error);

/**
 * vy_subnet_find_clash:
 * @subnet: a subnet
 * @used: (element-type VyUsedSubnet): what is in use
 *
 * Returns: (transfer none) (nullable): the first entry that overlaps with @subnet
 * Since: 0.1
 */
VY_API const VyUsedSubnet *vy_subnet_find_clash (const VySubnet *subnet, GPtrArray *used);

/**
 * vy_subnet_choose:
 * @used: (element-type VyUsedSubnet): what is in use
 * @subnet: (out): the subnet, written on success only
 * @error: return location for a #GError
 *
 * Chooses the first free subnet of 256 addresses from 192.168.150.0 on; when all of
 * 192.168.0.0/16 above it is taken, from 10.150.0.0, then from 172.30.0.0.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_EXISTS
 * Since: 0.1
 */
VY_API gboolean vy_subnet_choose (GPtrArray *used, VySubnet *subnet, GError **error);

G_END_DECLS
