/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving a domain to another machine type or display. */
#pragma once

#include "vy-host.h"
#include "vy-xml.h"

G_BEGIN_DECLS

/**
 * vy_convert_to_q35:
 * @host: the host of the domain
 * @domain: a domain element
 * @options: (nullable): "num_pcie_root_ports=N"
 * @error: return location for a #GError
 *
 * Moves an x86 domain from the i440fx machine to q35: the machine type, disks and CD-ROMs
 * from IDE to SATA, PCI addresses and controllers are left to libvirt to choose.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_STATE (it is q35, or no x86) or
 *   %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_convert_to_q35 (VyHost *host, xmlNode *domain, const char *options,
                                   GError **error);

/**
 * vy_convert_to_vnc:
 * @host: the host of the domain
 * @domain: a domain element
 * @options: (nullable): "qemu-vdagent=on" adds an agent channel for the clipboard
 * @error: return location for a #GError
 *
 * Makes VNC the only display, and removes what belongs to SPICE alone.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_convert_to_vnc (VyHost *host, xmlNode *domain, const char *options,
                                   GError **error);

G_END_DECLS
