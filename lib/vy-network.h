/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual networks: made from settings, listed, deleted. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-plan.h"
#include "vy-subnet.h"

G_BEGIN_DECLS

/**
 * VyNetworkMode:
 * @VY_NETWORK_NAT: guests reach out with the host's address
 * @VY_NETWORK_ROUTE: guests are routed with their own addresses
 * @VY_NETWORK_ISOLATED: guests reach each other and the host only
 * @VY_NETWORK_OPEN: as routed, and libvirt makes no firewall rules
 * @VY_NETWORK_BRIDGE: guests are ports of a bridge that the host has
 * @VY_NETWORK_MACVTAP: guests share a network card of the host
 * @VY_NETWORK_OVS: guests are ports of an Open vSwitch bridge
 *
 * How guests of a network reach the world.
 */
typedef enum {
    VY_NETWORK_NAT,
    VY_NETWORK_ROUTE,
    VY_NETWORK_ISOLATED,
    VY_NETWORK_OPEN,
    VY_NETWORK_BRIDGE,
    VY_NETWORK_MACVTAP,
    VY_NETWORK_OVS,
} VyNetworkMode;

/**
 * VyNetworkSettings:
 * @name: name of the network
 * @uuid: (nullable): UUID; vy_network_settings_resolve() makes one
 * @mode: how guests reach the world
 * @subnet: (nullable): IPv4 subnet, "192.168.150.0/24"; host bits name the gateway;
 *   %NULL: a free one is chosen. Only for the modes that libvirt routes
 * @subnet6: (nullable): IPv6 subnet beside it, "fd00:150::1/64"
 * @dhcp_first: (nullable): first address that DHCP gives; %NULL: the first free one
 * @dhcp_last: (nullable): last address
 * @no_dhcp: no DHCP at all
 * @lease_minutes: how long a lease is valid, in minutes; 0: libvirt's default
 * @domain: (nullable): DNS domain of the guests
 * @no_dns: no DNS server
 * @dns_forwarder: (nullable): address of the DNS server that is asked instead of the
 *   host's
 * @hosts: (array zero-terminated=1) (nullable): "NAME=MAC,ADDRESS": fixed leases
 * @bridge: (nullable): name of the bridge; %NULL: a free virbrN. For
 *   %VY_NETWORK_BRIDGE and %VY_NETWORK_OVS a bridge that exists
 * @device: (nullable): network card: that of %VY_NETWORK_MACVTAP, else the only one that
 *   traffic is forwarded by
 * @uplink: (nullable): network card that becomes the first port of a host bridge, which
 *   is made for %VY_NETWORK_BRIDGE
 * @root: (nullable): directory that is changed as "/" when a host bridge is made
 * @vlans: (array zero-terminated=1) (nullable): VLAN numbers; more than one: a trunk
 * @mtu: MTU in bytes, 0: the default
 * @start: start it
 * @autostart: start it when the host boots
 *
 * What a network is made from. All strings are owned by the struct.
 */
typedef struct {
    char *name;
    char *uuid;
    VyNetworkMode mode;
    char *subnet;
    char *subnet6;
    char *dhcp_first;
    char *dhcp_last;
    gboolean no_dhcp;
    guint lease_minutes;
    char *domain;
    gboolean no_dns;
    char *dns_forwarder;
    char **hosts;
    char *bridge;
    char *device;
    char *uplink;
    char *root;
    char **vlans;
    guint mtu;
    gboolean start;
    gboolean autostart;
} VyNetworkSettings;

/**
 * vy_network_settings_new:
 * @name: name of the network
 *
 * Returns: (transfer full): settings of a NAT network without anything else
 * Since: 0.1
 */
VY_API VyNetworkSettings *vy_network_settings_new (const char *name);

/**
 * vy_network_settings_free:
 * @settings: (transfer full): settings
 *
 * Since: 0.1
 */
VY_API void vy_network_settings_free (VyNetworkSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyNetworkSettings, vy_network_settings_free)

/**
 * vy_network_mode_to_string:
 * @mode: a mode
 *
 * Returns: (transfer none): "nat", "route", "isolated", "open", "bridge", "macvtap",
 *   "ovs"
 * Since: 0.1
 */
VY_API const char *vy_network_mode_to_string (VyNetworkMode mode);

/**
 * vy_network_mode_is_routed:
 * @mode: a mode
 *
 * Returns: whether libvirt makes the bridge and gives it an address
 * Since: 0.1
 */
VY_API gboolean vy_network_mode_is_routed (VyNetworkMode mode);

/**
 * vy_network_settings_check:
 * @settings: settings
 * @error: return location for a #GError
 *
 * Checks all values that can be checked without a host: names, addresses, whether they
 * go together.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID or %VY_ERROR_USAGE
 * Since: 0.1
 */
VY_API gboolean vy_network_settings_check (const VyNetworkSettings *settings,
                                           GError **error);

/**
 * vy_network_settings_resolve:
 * @settings: (inout): settings
 * @conn: an open connection, read-only is enough
 * @error: return location for a #GError
 *
 * Checks the settings against the host and fills in what is left open: UUID, subnet,
 * bridge.
 *
 * Returns: %TRUE; %FALSE with %VY_ERROR_EXISTS (name, bridge or subnet in use: the
 *   message names the user), %VY_ERROR_NOT_FOUND (bridge or network card is missing), or
 *   as vy_network_settings_check()
 * Since: 0.1
 */
VY_API gboolean vy_network_settings_resolve (VyNetworkSettings *settings,
                                             virConnectPtr conn, GError **error);

/**
 * vy_network_settings_to_xml:
 * @settings: settings
 * @error: return location for a #GError
 *
 * Builds libvirt's document. It has an <ip> only when @settings name a subnet.
 *
 * Returns: (transfer full): the XML; %NULL with the errors of
 *   vy_network_settings_check()
 * Since: 0.1
 */
VY_API char *
vy_network_settings_to_xml (const VyNetworkSettings *settings, GError **error);

/**
 * vy_network_settings_to_command:
 * @settings: settings
 *
 * Writes the line of the command "virtyard net create" that makes such a network.
 *
 * Returns: (transfer full): the line, quoted for a shell
 * Since: 0.1
 */
VY_API char *vy_network_settings_to_command (const VyNetworkSettings *settings);

/**
 * vy_network_plan_create:
 * @conn: an open connection; it must outlive the plan
 * @settings: settings that vy_network_settings_resolve() has completed
 * @error: return location for a #GError
 *
 * Makes the plan that defines a network, and starts it and sets its autostart as asked.
 *
 * Returns: (transfer full): the plan, or %NULL with the errors of
 *   vy_network_settings_check()
 * Since: 0.1
 */
VY_API VyPlan *vy_network_plan_create (virConnectPtr conn,
                                       const VyNetworkSettings *settings, GError **error);

/**
 * vy_network_add_create:
 * @plan: a plan whose context is @conn
 * @conn: an open connection
 * @settings: settings that vy_network_settings_resolve() has completed
 * @error: return location for a #GError
 *
 * Adds the steps of vy_network_plan_create() to a plan.
 *
 * Returns: %TRUE, or %FALSE with the errors of vy_network_settings_check()
 * Since: 0.1
 */
VY_API gboolean vy_network_add_create (VyPlan *plan, virConnectPtr conn,
                                       const VyNetworkSettings *settings, GError **error);

/**
 * vy_network_plan_delete:
 * @conn: an open connection; it must outlive the plan
 * @name: name or UUID of a network
 * @force: also when domains refer to it
 * @error: return location for a #GError
 *
 * Makes the plan that stops and undefines a network. Undone, it is as before.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_NOT_FOUND, or %VY_ERROR_STATE
 *   when domains refer to it: the message names them
 * Since: 0.1
 */
VY_API VyPlan *vy_network_plan_delete (virConnectPtr conn, const char *name,
                                       gboolean force, GError **error);

/**
 * VyNetworkInfo:
 * @name: name
 * @uuid: UUID
 * @mode: "nat", "route", "isolated", "open", "bridge", "macvtap", "ovs", or libvirt's
 *   own word for what is none of these
 * @active: whether it runs
 * @autostart: whether it starts with the host
 * @persistent: whether it has a definition
 * @bridge: (nullable): its bridge
 * @device: (nullable): network card that it forwards by
 * @subnet: (nullable): first IPv4 subnet, "192.168.122.0/24"
 * @gateway: (nullable): the host's address in it
 * @subnet6: (nullable): first IPv6 address with prefix
 * @dhcp_first: (nullable): first address of the DHCP range
 * @dhcp_last: (nullable): last address
 * @domain: (nullable): DNS domain
 * @hosts: (array zero-terminated=1): fixed leases, "NAME=MAC,ADDRESS"
 * @vlans: (array zero-terminated=1): VLAN numbers
 *
 * What a network is.
 */
typedef struct {
    char *name;
    char *uuid;
    char *mode;
    gboolean active;
    gboolean autostart;
    gboolean persistent;
    char *bridge;
    char *device;
    char *subnet;
    char *gateway;
    char *subnet6;
    char *dhcp_first;
    char *dhcp_last;
    char *domain;
    char **hosts;
    char **vlans;
} VyNetworkInfo;

/**
 * vy_network_info_free:
 * @info: (transfer full): a description
 *
 * Since: 0.1
 */
VY_API void vy_network_info_free (VyNetworkInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyNetworkInfo, vy_network_info_free)

/**
 * vy_network_get_info:
 * @conn: an open connection, read-only is enough
 * @name: name or UUID of a network
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the description, or %NULL with %VY_ERROR_NOT_FOUND
 * Since: 0.1
 */
VY_API VyNetworkInfo *
vy_network_get_info (virConnectPtr conn, const char *name, GError **error);

/**
 * vy_network_list:
 * @conn: an open connection, read-only is enough
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type VyNetworkInfo): all networks, by name
 * Since: 0.1
 */
VY_API GPtrArray *vy_network_list (virConnectPtr conn, GError **error);

/**
 * VyLease:
 * @network: name of the network
 * @expiry: seconds since the Epoch, UTC; 0: never expires
 * @mac: (nullable): the client's MAC address
 * @family: "ipv4" or "ipv6"
 * @address: the address
 * @prefix: bits of its network part
 * @hostname: (nullable): name that the client gave
 * @client_id: (nullable): client id or DUID
 *
 * A DHCP lease.
 */
typedef struct {
    char *network;
    gint64 expiry;
    char *mac;
    const char *family;
    char *address;
    guint64 prefix;
    char *hostname;
    char *client_id;
} VyLease;

/**
 * vy_lease_free:
 * @lease: (transfer full): a lease
 *
 * Since: 0.1
 */
VY_API void vy_lease_free (VyLease *lease);

/**
 * vy_network_list_leases:
 * @conn: an open connection, read-only is enough
 * @name: (nullable): name or UUID of an active network; %NULL: all active ones
 * @mac: (nullable): only this client's
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type VyLease): the leases in libvirt's order; %NULL
 *   with %VY_ERROR_NOT_FOUND, %VY_ERROR_STATE or %VY_ERROR_UNSUPPORTED
 * Since: 0.1
 */
VY_API GPtrArray *vy_network_list_leases (virConnectPtr conn, const char *name,
                                          const char *mac, GError **error);

G_END_DECLS
