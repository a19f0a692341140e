/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the host's bridges share. */
#pragma once

#include "vy-hostbridge.h"
#include "vy-interface-private.h"

extern const VyStepKind vy_step_host_command;       /* argv, undo_argv */
extern const VyStepKind vy_step_connectivity_check; /* bridge, gateway, ipv4, ipv6 */

/* Words of a command, the last NULL; for vy_hostbridge_command(). */
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Adds a step that runs a program. @undo (nullable) runs when the step was done. Without
 * @argv (nullable) there is only the way back. */
void
vy_hostbridge_command (VyPlan *plan, const char *const *argv, const char *const *undo);
/* Adds the step that looks whether the bridge has what @before says the card had. */
void vy_hostbridge_add_check (VyPlan *plan, const char *bridge, const char *uplink,
                              const VyInterface *before);

/* The file of ifupdown that has a stanza for the card, or NULL. */
char *vy_hostbridge_find_ifupdown (const char *root, const char *uplink);
gboolean vy_hostbridge_add_ifupdown (VyPlan *plan, const VyHostBridge *bridge,
                                     const VyInterface *before, GError **error);
/* The file of systemd-networkd that matches the card, or NULL. */
char *vy_hostbridge_find_networkd (const char *root, const char *uplink);
gboolean vy_hostbridge_add_networkd (VyPlan *plan, const VyHostBridge *bridge,
                                     const VyInterface *before, GError **error);
/* The active NetworkManager connection of the card, or NULL. */
char *vy_hostbridge_find_nm (const char *root, const char *uplink);
gboolean vy_hostbridge_add_nm (VyPlan *plan, const VyHostBridge *bridge,
                               const VyInterface *before, GError **error);
