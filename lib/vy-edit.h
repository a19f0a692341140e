/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain's definition by the texts of options. */
#pragma once

#include "vy-host.h"
#include "vy-subopt.h"

G_BEGIN_DECLS

/**
 * VyEditAction:
 * @VY_EDIT_CHANGE: change devices that are there
 * @VY_EDIT_ADD: add devices
 * @VY_EDIT_REMOVE: remove devices
 *
 * What is done to a definition.
 */
typedef enum { VY_EDIT_CHANGE, VY_EDIT_ADD, VY_EDIT_REMOVE } VyEditAction;

/**
 * vy_edit_select:
 * @host: the host of the domain
 * @domain: a domain element
 * @device: the kind of device
 * @selector: (nullable): a number from 1; from the end when negative; "all"; or the text
 * of an option, which selects the devices that it would not change; %NULL: the first
 * @error: return location for a #GError
 *
 * Finds devices. Options without an element of their own select the domain.
 *
 * Returns: (transfer full) (element-type xmlNode): the elements, at least one; %NULL with
 *   %VY_ERROR_NOT_FOUND or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API GPtrArray *vy_edit_select (VyHost *host, xmlNode *domain, const VyDevice *device,
                                  const char *selector, GError **error);

/**
 * vy_edit_apply:
 * @host: the host of the domain
 * @domain: a domain element
 * @action: what to do
 * @device: the kind of device
 * @selector: (nullable): which ones are changed, see vy_edit_select()
 * @texts: (array zero-terminated=1): the option's texts; with %VY_EDIT_REMOVE the last
 * one is the selector
 * @changed: (nullable) (element-type xmlNode): gets the elements that were added or
 *   changed, or (owned by the caller: xmlFreeNode) taken out
 * @error: return location for a #GError
 *
 * Changes a definition. Devices that are added get the defaults that the host and the
 * domain's OS ask for.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID, %VY_ERROR_NOT_FOUND or
 *   %VY_ERROR_USAGE
 * Since: 0.1
 */
VY_API gboolean vy_edit_apply (VyHost *host, xmlNode *domain, VyEditAction action,
                               const VyDevice *device, const char *selector,
                               const char *const *texts, GPtrArray *changed,
                               GError **error);

/**
 * vy_edit_set_os:
 * @host: the host of the domain
 * @domain: a domain element
 * @text: as --osinfo takes it: "debian12", "id=http://…"
 * @error: return location for a #GError
 *
 * Notes which operating system the domain runs. Devices that are added get the defaults
 * for it.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_NOT_FOUND or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_edit_set_os (VyHost *host, xmlNode *domain, const char *text,
                                GError **error);

/**
 * vy_edit_build:
 * @host: the host that the device is for
 * @domain: (nullable): the domain that it is for
 * @device: the kind of device
 * @text: the option's text
 * @osinfo: (nullable): the operating system, see vy_edit_set_os()
 * @error: return location for a #GError
 *
 * Makes one device by itself.
 *
 * Returns: (transfer full): its XML; %NULL with %VY_ERROR_INVALID, or %VY_ERROR_USAGE for
 *   options that are no element
 * Since: 0.1
 */
VY_API char *vy_edit_build (VyHost *host, xmlNode *domain, const VyDevice *device,
                            const char *text, const char *osinfo, GError **error);

G_END_DECLS
