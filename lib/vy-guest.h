/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the defaults of a guest and of its devices are. */
#pragma once

#include <libxml/tree.h>

#include "vy-host.h"

G_BEGIN_DECLS

/**
 * vy_guest_device_defaults:
 * @host: a host
 * @domain: the <domain> that the device belongs to, or is going to belong to
 * @device: an element, in @domain or by itself: <disk>, <interface>, …
 * @error: return location for a #GError
 *
 * Fills in what a device needs and was not said: the bus and name of a disk, the source
 * of a network card, the model of a controller. The domain's operating system is the one
 * in its metadata.
 *
 * Returns: %TRUE, or %FALSE with an error
 * Since: 0.1
 */
VY_API gboolean vy_guest_device_defaults (VyHost *host, xmlNode *domain, xmlNode *device,
                                          GError **error);

G_END_DECLS
