/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges of the host: made out of a network card whose address moves over. */
#pragma once

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyHostBridge:
 * @root: (nullable): directory that is changed as "/"; %NULL or "/": this machine.
 *   Elsewhere only files are written
 * @bridge: name of the new bridge
 * @uplink: network card that becomes its first port
 *
 * What vy_hostbridge_add() is to make.
 */
typedef struct {
    const char *root;
    const char *bridge;
    const char *uplink;
} VyHostBridge;

/**
 * vy_hostbridge_get_manager:
 * @bridge: what is to be made
 *
 * Finds out what sets up the network card: NetworkManager, systemd-networkd, ifupdown,
 * or nothing but the kernel's own state.
 *
 * Returns: (transfer none) (nullable): "NetworkManager", "systemd-networkd", "ifupdown",
 *   "kernel"; %NULL when nothing is known there
 * Since: 0.1
 */
VY_API const char *vy_hostbridge_get_manager (const VyHostBridge *bridge);

/**
 * vy_hostbridge_add:
 * @plan: a plan
 * @bridge: what to make
 * @error: return location for a #GError
 *
 * Adds the steps that make a bridge by the means of whatever sets up the network card,
 * so that it lasts; where nothing does, by the kernel's state alone, until the next
 * boot. Addresses and routes move over. The last step looks whether an address and the
 * gateway can be reached as before; if not, the plan fails and everything is undone.
 *
 * Returns: %TRUE; %FALSE with %VY_ERROR_NOT_FOUND (no such card), %VY_ERROR_EXISTS (the
 *   bridge is there), %VY_ERROR_STATE (the card is a port of another bridge) or
 *   %VY_ERROR_UNSUPPORTED (a wireless card, or nothing known sets it up)
 * Since: 0.1
 */
VY_API gboolean vy_hostbridge_add (VyPlan *plan, const VyHostBridge *bridge,
                                   GError **error);

/**
 * vy_hostbridge_rewrite_interfaces:
 * @text: a file of ifupdown, /etc/network/interfaces
 * @bridge: name of the new bridge
 * @uplink: network card
 * @mac: (nullable): MAC address that the bridge takes over
 *
 * Rewrites the stanzas of @uplink: it is only brought up, and what it had goes to the
 * bridge.
 *
 * Returns: (transfer full) (nullable): the new text; %NULL when @text has no stanza for
 *   @uplink
 * Since: 0.1
 */
VY_API char *vy_hostbridge_rewrite_interfaces (const char *text, const char *bridge,
                                               const char *uplink, const char *mac);

G_END_DECLS
