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

/**
 * VyGuest:
 *
 * A guest under construction: what was asked for, then completed with defaults.
 */
typedef struct _VyGuest VyGuest;

/**
 * vy_guest_new:
 * @host: the host it is for; it must outlive the guest
 *
 * Returns: (transfer full): a guest without anything
 * Since: 0.1
 */
VY_API VyGuest *vy_guest_new (VyHost *host);

/**
 * vy_guest_open:
 * @host: a host; it must outlive the guest
 * @name: name, UUID or id of a domain
 * @error: return location for a #GError
 *
 * Takes a guest that there is, as it would start: to have its system installed again.
 * Completing it changes nothing of it.
 *
 * Returns: (transfer full): the guest, or %NULL with %VY_ERROR_NOT_FOUND, or
 *   %VY_ERROR_STATE when it runs
 * Since: 0.1
 */
VY_API VyGuest *vy_guest_open (VyHost *host, const char *name, GError **error);

/**
 * vy_guest_free:
 * @guest: (transfer full): a guest
 *
 * Since: 0.1
 */
VY_API void vy_guest_free (VyGuest *guest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyGuest, vy_guest_free)

/**
 * vy_guest_get_host:
 * @guest: a guest
 *
 * Returns: (transfer none): its host
 * Since: 0.1
 */
VY_API VyHost *vy_guest_get_host (VyGuest *guest);

/**
 * vy_guest_get_domain:
 * @guest: a guest
 *
 * Returns: (transfer none): its <domain> element; <disk> elements carry a table of what
 *   has no place in the XML (#GHashTable, "disk.size", …) as their private pointer
 * Since: 0.1
 */
VY_API xmlNode *vy_guest_get_domain (VyGuest *guest);

/**
 * vy_guest_add_option:
 * @guest: a guest
 * @option: an option's name without dashes: "disk"
 * @text: its text: "size=10,bus=virtio"; "none" keeps the device away
 * @error: return location for a #GError
 *
 * Applies an option.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_guest_add_option (VyGuest *guest, const char *option, const char *text,
                                     GError **error);

/**
 * vy_guest_set_machine:
 * @guest: a guest
 * @os_type: (nullable): "hvm", …
 * @arch: (nullable): architecture
 * @domain_type: (nullable): "kvm", …
 * @machine: (nullable): machine type
 *
 * Says which kind of guest it is; what is %NULL stays as it is.
 *
 * Since: 0.1
 */
VY_API void vy_guest_set_machine (VyGuest *guest, const char *os_type, const char *arch,
                                  const char *domain_type, const char *machine);

/**
 * vy_guest_set_os:
 * @guest: a guest
 * @os_id: (nullable): the full id of an operating system
 *
 * Says which operating system it is going to run.
 *
 * Since: 0.1
 */
VY_API void vy_guest_set_os (VyGuest *guest, const char *os_id);

/**
 * vy_guest_set_osinfo:
 * @guest: a guest
 * @text: "debian12", "name=…", "id=…", "detect=on,require=off"
 * @error: return location for a #GError
 *
 * Says which operating system it is going to run, as --osinfo does.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_NOT_FOUND or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_guest_set_osinfo (VyGuest *guest, const char *text, GError **error);

/**
 * vy_guest_set_check:
 * @guest: a guest
 * @name: "disk_size", "path_in_use", "path_exists", "mac_in_use", "all"
 * @on: whether to check
 * @error: return location for a #GError
 *
 * Switches a check on or off; all are on at first.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID for an unknown name
 * Since: 0.1
 */
VY_API gboolean vy_guest_set_check (VyGuest *guest, const char *name, gboolean on,
                                    GError **error);

/**
 * vy_guest_boots_something:
 * @guest: a guest
 *
 * Returns: whether options say what it boots, a device or a kernel, or it is a container
 * Since: 0.1
 */
VY_API gboolean vy_guest_boots_something (VyGuest *guest);

/**
 * vy_guest_complete:
 * @guest: a guest
 * @error: return location for a #GError
 *
 * Fills in everything that was not said, looks up storage, and checks for clashes with
 * what there is. Nothing is made.
 *
 * Returns: %TRUE, or %FALSE with an error
 * Since: 0.1
 */
VY_API gboolean vy_guest_complete (VyGuest *guest, GError **error);

G_END_DECLS
