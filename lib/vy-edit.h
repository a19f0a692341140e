/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain's definition by the texts of options. */
#pragma once

#include "vy-definition.h"
#include "vy-host.h"
#include "vy-plan.h"
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
 * @selector: (nullable): a number from 1; from the end when negative; "all", also when
 * there is none; "", the same with one at least; or the text of an option, which selects
 * the devices that it would not change; %NULL: the first
 * @error: return location for a #GError
 *
 * Finds devices. Options without an element of their own select the domain.
 *
 * Returns: (transfer full) (element-type xmlNode): the elements; %NULL with
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
 *   changed, or taken out: these belong to the array, which is made to free them
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
 * VyEditSteps:
 * @VY_EDIT_LIVE: do the same with the devices of the running domain
 * @VY_EDIT_DEFINE: change the definition
 * @VY_EDIT_START: start the domain
 *
 * What is done with a definition that was changed.
 */
typedef enum {
    VY_EDIT_LIVE = 1 << 0,
    VY_EDIT_DEFINE = 1 << 1,
    VY_EDIT_START = 1 << 2,
} VyEditSteps;

/**
 * vy_edit_makes_volumes:
 * @changed: (element-type xmlNode): what vy_edit_apply() filled
 *
 * Returns: whether a new disk needs a volume that is not there yet
 * Since: 0.1
 */
VY_API gboolean vy_edit_makes_volumes (GPtrArray *changed);

/**
 * vy_edit_plan:
 * @host: the host of the domain; it must outlive the plan
 * @definition: the definition that was changed; it must outlive the plan
 * @action: what was done with the devices
 * @changed: (element-type xmlNode): the devices that were added, changed or taken out
 * @steps: #VyEditSteps
 * @error: return location for a #GError
 *
 * Plans to make the volumes of new disks, and then to change the domain.
 *
 * Returns: (transfer full): the plan; %NULL as vy_image_plan_create(), or with
 *   %VY_ERROR_FAILED for what a running domain cannot change
 * Since: 0.1
 */
VY_API VyPlan *vy_edit_plan (VyHost *host, VyDefinition *definition, VyEditAction action,
                             GPtrArray *changed, guint steps, GError **error);

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
 * Returns: (transfer full): its XML, "" where @text asks for nothing; %NULL with
 * %VY_ERROR_INVALID, or %VY_ERROR_USAGE for options that are no element Since: 0.1
 */
VY_API char *vy_edit_build (VyHost *host, xmlNode *domain, const VyDevice *device,
                            const char *text, const char *osinfo, GError **error);

G_END_DECLS
