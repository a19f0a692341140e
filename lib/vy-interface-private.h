/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces of this machine, as the kernel tells about them. */
#pragma once

#include "vy-api.h"

/* What an interface has: its MAC address, the bridge it is a port of (or NULL), its
 * kind ("bridge", "dummy", NULL for hardware), IPv4 and IPv6 addresses with prefix of
 * global scope, and its routes in the words of "ip route", without the device. */
typedef struct {
    char *mac;
    char *master;
    char *kind;
    char **addresses;
    char **routes;
    char *gateway; /* of the IPv4 default route, or NULL */
} VyInterface;

void vy_interface_free (VyInterface *interface);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyInterface, vy_interface_free)

gboolean vy_interface_exists (const char *name);
gboolean vy_interface_is_bridge (const char *name);
/* The same out of files alone, without a program: for what has to be quick. */
gboolean vy_interface_has_ports (const char *name);
/* The interface that the IPv4 default route with the lowest metric goes through, or
 * NULL. */
char *vy_interface_find_default (void);
/* NULL when there is none, or without iproute2. */
VyInterface *vy_interface_read (const char *name);
