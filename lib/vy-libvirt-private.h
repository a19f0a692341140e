/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Automatic release of libvirt's handles, and questions about a connection. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-api.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomain, virDomainFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virNetwork, virNetworkFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStoragePool, virStoragePoolFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStorageVol, virStorageVolFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStream, virStreamFree)

/* Whether the connection's host is this machine; the test driver has no host. */
gboolean vy_conn_is_local (virConnectPtr conn);
