/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host: an open connection and what it can do. */
#pragma once

#include <libvirt/libvirt.h>
#include <libxml/tree.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyHost:
 *
 * A connection with its capabilities and domain capabilities, which are asked for once
 * and kept. Files can stand in for them, so that guests for a host that is not here can
 * be made.
 */
typedef struct _VyHost VyHost;

/**
 * VyDriver:
 *
 * The hypervisor driver behind a connection, taken from its URI.
 */
typedef enum {
    VY_DRIVER_OTHER,
    VY_DRIVER_QEMU,
    VY_DRIVER_TEST,
    VY_DRIVER_XEN,
    VY_DRIVER_LXC,
    VY_DRIVER_BHYVE,
    VY_DRIVER_VZ,
    VY_DRIVER_OPENVZ,
    VY_DRIVER_VMWARE,
} VyDriver;

/**
 * VyHostStandIns:
 * @capabilities: (nullable): file that takes the place of the capabilities
 * @domcapabilities: (nullable): file that answers every request for domain capabilities;
 *   the architecture asked for is put into it
 * @uri: (nullable): URI that decides whatever depends on the URI; versions then count as
 *   newer than any that is asked about
 *
 * Files and a URI that stand in for what the connection would say. With any of them set
 * and no @domcapabilities the host cannot report domain capabilities.
 */
typedef struct {
    const char *capabilities;
    const char *domcapabilities;
    const char *uri;
} VyHostStandIns;

/**
 * VyHostGuest:
 * @os_type: "hvm", "xen", "exe"
 * @arch: architecture name as libvirt has it
 * @domain_type: "kvm", "qemu", "xen", "lxc", …
 * @machine: (nullable): the machine that was asked for and known, else %NULL
 * @emulator: (nullable): path of the emulator
 * @loader: (nullable): path of the loader (Xen)
 * @guest: the <guest> element, in the host's capabilities
 * @domain: the <domain> element below it
 *
 * What vy_host_find_guest() found. All of it belongs to the host.
 */
typedef struct {
    const char *os_type;
    const char *arch;
    const char *domain_type;
    const char *machine;
    const char *emulator;
    const char *loader;
    xmlNode *guest;
    xmlNode *domain;
} VyHostGuest;

/**
 * vy_host_new:
 * @conn: an open connection; the host takes a reference
 * @stand_ins: (nullable): what stands in for the connection's own answers
 * @error: return location for a #GError
 *
 * Wraps a connection. Stand-in files are read at once; libvirt is asked at first need.
 *
 * Returns: (transfer full): the host, or %NULL when a file cannot be read
 * Since: 0.1
 */
VY_API VyHost *
vy_host_new (virConnectPtr conn, const VyHostStandIns *stand_ins, GError **error);

/**
 * vy_host_free:
 * @host: (transfer full): a host
 *
 * Since: 0.1
 */
VY_API void vy_host_free (VyHost *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyHost, vy_host_free)

/**
 * vy_host_get_conn:
 * @host: a host
 *
 * Returns: (transfer none): the connection
 * Since: 0.1
 */
VY_API virConnectPtr vy_host_get_conn (VyHost *host);

/**
 * vy_host_get_uri:
 * @host: a host
 *
 * Returns: (transfer none): the URI that decides, a stand-in or the connection's own
 * Since: 0.1
 */
VY_API const char *vy_host_get_uri (VyHost *host);

/**
 * vy_host_set_display:
 * @host: a host
 * @display: (nullable): X display that windows of guests appear on: ":0"
 * @authority: (nullable): file with the keys to it
 *
 * Says where guests with an SDL display show it.
 *
 * Since: 0.1
 */
VY_API void
vy_host_set_display (VyHost *host, const char *display, const char *authority);

/**
 * vy_host_get_display:
 * @host: a host
 * @authority: (out) (transfer none) (nullable): file with the keys to the display
 *
 * Returns: (transfer none) (nullable): the X display that was set
 * Since: 0.1
 */
VY_API const char *vy_host_get_display (VyHost *host, const char **authority);

/**
 * vy_host_set_predictable:
 * @host: a host
 * @is_predictable: whether what is made has to be the same in every run
 *
 * Makes UUIDs and MAC addresses of guests follow from nothing but those that the host's
 * domains have, and lets no bridge of this machine be a default, so that documents can
 * be compared. Not for guests that are made at the same time.
 *
 * Since: 0.1
 */
VY_API void vy_host_set_predictable (VyHost *host, gboolean is_predictable);

/**
 * vy_host_get_driver:
 * @host: a host
 *
 * Returns: the driver that the URI names
 * Since: 0.1
 */
VY_API VyDriver vy_host_get_driver (VyHost *host);

/**
 * vy_host_is_remote:
 * @host: a host
 *
 * Returns: whether the URI names another machine, so that paths here are not paths there
 * Since: 0.1
 */
VY_API gboolean vy_host_is_remote (VyHost *host);

/**
 * vy_host_is_session:
 * @host: a host
 *
 * Returns: whether the connection is an ordinary user's own ("qemu:///session")
 * Since: 0.1
 */
VY_API gboolean vy_host_is_session (VyHost *host);

/**
 * vy_host_is_stand_in:
 * @host: a host
 *
 * Returns: whether a URI stands in for the connection's own
 * Since: 0.1
 */
VY_API gboolean vy_host_is_stand_in (VyHost *host);

/**
 * vy_host_has_hypervisor:
 * @host: a host
 * @version: major * 1000000 + minor * 1000 + micro
 *
 * Source: virConnectGetVersion().
 *
 * Returns: whether the hypervisor is of this version or newer
 * Since: 0.1
 */
VY_API gboolean vy_host_has_hypervisor (VyHost *host, unsigned long version);

/**
 * vy_host_has_libvirt:
 * @host: a host
 * @version: major * 1000000 + minor * 1000 + micro
 *
 * Source: virConnectGetLibVersion().
 *
 * Returns: whether the libvirt of the host is of this version or newer
 * Since: 0.1
 */
VY_API gboolean vy_host_has_libvirt (VyHost *host, unsigned long version);

/**
 * vy_host_get_capabilities:
 * @host: a host
 *
 * Source: virConnectGetCapabilities(), at the first call.
 *
 * Returns: (transfer none): the <capabilities> element; it is empty when libvirt has none
 * Since: 0.1
 */
VY_API xmlNode *vy_host_get_capabilities (VyHost *host);

/**
 * vy_host_get_arch:
 * @host: a host
 *
 * Returns: (transfer none) (nullable): the architecture of the host's processor
 * Since: 0.1
 */
VY_API const char *vy_host_get_arch (VyHost *host);

/**
 * vy_host_find_guest:
 * @host: a host
 * @os_type: (nullable): "hvm", "xen", "exe"; %NULL: the best there is
 * @arch: (nullable): architecture; %NULL: the host's own
 * @domain_type: (nullable): "kvm", …; %NULL: the fastest there is
 * @machine: (nullable): machine type that must be known
 * @found: (out): what was found
 * @error: return location for a #GError
 *
 * Looks for a kind of guest that the host can run.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_UNSUPPORTED and the choices there are
 * Since: 0.1
 */
VY_API gboolean vy_host_find_guest (VyHost *host, const char *os_type, const char *arch,
                                    const char *domain_type, const char *machine,
                                    VyHostGuest *found, GError **error);

/**
 * vy_host_get_domcaps:
 * @host: a host
 * @domain_type: (nullable): "kvm", …
 * @arch: (nullable): architecture
 * @machine: (nullable): machine type
 * @emulator: (nullable): path of the emulator
 *
 * Source: virConnectGetDomainCapabilities(), once for each set of arguments.
 *
 * Returns: (transfer none): the <domainCapabilities> element; it is empty when the driver
 *   cannot say
 * Since: 0.1
 */
VY_API xmlNode *
vy_host_get_domcaps (VyHost *host, const char *domain_type, const char *arch,
                     const char *machine, const char *emulator);

/**
 * vy_host_get_domain_domcaps:
 * @host: a host
 * @domain: a <domain> element
 *
 * Returns: (transfer none): the domain capabilities for the type, architecture, machine
 *   and emulator that @domain has
 * Since: 0.1
 */
VY_API xmlNode *vy_host_get_domain_domcaps (VyHost *host, xmlNode *domain);

G_END_DECLS
