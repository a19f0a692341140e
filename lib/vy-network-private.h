/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the networks share. */
#pragma once

#include "vy-libvirt-private.h"
#include "vy-network.h"
#include "vy-xml.h"

/* One fixed lease: NAME=MAC,ADDRESS; the name may be missing. */
typedef struct {
    char *name;
    char *mac;
    guint32 address;
} VyNetworkHost;

void vy_network_host_free (VyNetworkHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyNetworkHost, vy_network_host_free)
VyNetworkHost *vy_network_host_parse (const char *text, GError **error);

/* Whether @name may name an interface of the host: no path, no option. */
gboolean vy_network_check_interface (const char *name, const char *what, GError **error);
/* First and last address of the DHCP range; @gateway is the host's own. */
void vy_network_dhcp_range (const VyNetworkSettings *settings, const VySubnet *subnet,
                            guint32 gateway, guint32 *first, guint32 *last);
/* The subnet, and the host's address in it. */
gboolean vy_network_gateway (const VyNetworkSettings *settings, VySubnet *subnet,
                             guint32 *gateway, GError **error);
/* By name, or by UUID. */
virNetworkPtr vy_network_lookup (virConnectPtr conn, const char *name, GError **error);
/* The document of a network; @flags are those of virNetworkGetXMLDesc(). */
xmlDoc *vy_network_read (virNetworkPtr network, unsigned flags, GError **error);
