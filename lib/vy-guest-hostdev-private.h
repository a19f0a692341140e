/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the host by the names that users give them. */
#pragma once

#include "vy-guest-private.h"

/* Fills in a <hostdev>: "pci_0000_00_1f_2", "0:1f.2", "0x0781:0x5151", "001.003". */
gboolean
vy_hostdev_resolve (VyHost *host, xmlNode *device, const char *name, GError **error);
/* Fills in an <interface type="hostdev">. */
gboolean
vy_hostdev_resolve_card (VyHost *host, xmlNode *device, const char *name, GError **error);

/* The device file of the first graphics card that can render, or NULL. */
char *vy_hostdev_find_render_node (VyHost *host);
