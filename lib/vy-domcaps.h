/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions about domain capabilities: features, firmware, device models. */
#pragma once

#include <libxml/tree.h>

#include "vy-host.h"

G_BEGIN_DECLS

/**
 * vy_domcaps_is_supported:
 * @domcaps: a <domainCapabilities> element
 * @path: an element that has a "supported" attribute: "devices/tpm", "os/loader"
 *
 * Returns: whether it says "yes"
 * Since: 0.1
 */
VY_API gboolean vy_domcaps_is_supported (xmlNode *domcaps, const char *path);

/**
 * vy_domcaps_has_value:
 * @domcaps: a <domainCapabilities> element
 * @path: an element that has <enum> children: "devices/video", "os"
 * @name: name of the enum: "modelType"
 * @value: the value: "virtio"
 *
 * Returns: whether the enum is there and has the value
 * Since: 0.1
 */
VY_API gboolean vy_domcaps_has_value (xmlNode *domcaps, const char *path,
                                      const char *name, const char *value);

/**
 * vy_domcaps_get_values:
 * @domcaps: a <domainCapabilities> element
 * @path: an element that has <enum> children
 * @name: name of the enum
 *
 * Returns: (transfer full): the values of the enum; empty when there is none
 * Since: 0.1
 */
VY_API GStrv vy_domcaps_get_values (xmlNode *domcaps, const char *path, const char *name);

/**
 * vy_domcaps_has_spice:
 * @host: a host
 * @domcaps: a <domainCapabilities> element of it
 *
 * Returns: whether guests can have SPICE graphics
 * Since: 0.1
 */
VY_API gboolean vy_domcaps_has_spice (VyHost *host, xmlNode *domcaps);

/**
 * vy_domcaps_has_spicevmc:
 * @host: a host
 * @domcaps: a <domainCapabilities> element of it
 *
 * Returns: whether guests can have the channel of the SPICE agent
 * Since: 0.1
 */
VY_API gboolean vy_domcaps_has_spicevmc (VyHost *host, xmlNode *domcaps);

/**
 * vy_domcaps_has_usb_redirection:
 * @host: a host
 * @domcaps: a <domainCapabilities> element of it
 *
 * Returns: whether USB devices can be redirected into guests
 * Since: 0.1
 */
VY_API gboolean vy_domcaps_has_usb_redirection (VyHost *host, xmlNode *domcaps);

/**
 * vy_domcaps_get_uefi_loader:
 * @domcaps: a <domainCapabilities> element
 *
 * Returns: (transfer full) (nullable): the first loader file whose name is that of a UEFI
 *   firmware for the architecture
 * Since: 0.1
 */
VY_API char *vy_domcaps_get_uefi_loader (xmlNode *domcaps);

G_END_DECLS
