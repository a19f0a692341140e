/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions of interfaces that become ports of a bridge, and no longer. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyBridge:
 * @name: name of the bridge
 * @stp: whether it takes part in the spanning tree protocol
 * @delay_s: forward delay in seconds; only with @stp
 *
 * A bridge that vy_bridge_wrap() makes.
 */
typedef struct {
    const char *name;
    gboolean stp;
    guint delay_s;
} VyBridge;

/**
 * vy_bridge_wrap:
 * @interface: XML of an interface as libvirt gives it
 * @bridge: the bridge to be
 * @error: return location for a #GError
 *
 * Makes the definition of a bridge out of that of an interface. The interface becomes its
 * port; protocols, addresses and the way it is started go over to the bridge.
 *
 * Returns: (transfer full): XML of the bridge; %NULL with %VY_ERROR_STATE (it is a bridge
 *   already) or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API char *
vy_bridge_wrap (const char *interface, const VyBridge *bridge, GError **error);

/**
 * vy_bridge_unwrap:
 * @bridge: XML of a bridge as libvirt gives it
 * @port: (out) (transfer full): name of its port
 * @error: return location for a #GError
 *
 * Takes the only port out of a bridge: it gets what the bridge had.
 *
 * Returns: (transfer full): XML of the port; %NULL with %VY_ERROR_STATE (it is no bridge,
 *   or has not exactly one port) or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API char *vy_bridge_unwrap (const char *bridge, char **port, GError **error);

G_END_DECLS
