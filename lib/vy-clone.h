/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Clones of domains: the same machine with an identity and disks of its own. */
#pragma once

#include <libxml/tree.h>

#include "vy-host.h"
#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyCloneCheck:
 * @VY_CLONE_CHECK_PATH_IN_USE: no other domain has the new images
 * @VY_CLONE_CHECK_PATH_EXISTS: nothing lies where the new images go
 * @VY_CLONE_CHECK_DISK_SIZE: there is room for the copies
 * @VY_CLONE_CHECK_MAC_IN_USE: no other domain has the MAC addresses
 * @VY_CLONE_CHECK_ALL: all of them
 *
 * What is looked for before anything is made.
 */
typedef enum {
    VY_CLONE_CHECK_PATH_IN_USE = 1 << 0,
    VY_CLONE_CHECK_PATH_EXISTS = 1 << 1,
    VY_CLONE_CHECK_DISK_SIZE = 1 << 2,
    VY_CLONE_CHECK_MAC_IN_USE = 1 << 3,
    VY_CLONE_CHECK_ALL = (1 << 4) - 1,
} VyCloneCheck;

/**
 * VyCloneSettings:
 * @original: (nullable): name, id or UUID of the domain that is cloned; it must not run
 * @original_xml: (nullable): XML of the domain in place of @original
 * @name: (nullable): name of the clone; %NULL: one made out of the original's
 * @uuid: (nullable): UUID of the clone; %NULL: a new one
 * @paths: (nullable) (array zero-terminated=1): images of the clone's own disks, in
 *   their order
 * @auto_paths: whether disks without one in @paths get a path made out of the original's
 * @macs: (nullable) (array zero-terminated=1): addresses of the network cards in their
 *   order; "RANDOM", and where they end: new ones
 * @force_copy: (nullable) (array zero-terminated=1): targets of disks that are copied
 *   though they are read-only, shareable or empty
 * @skip_copy: (nullable) (array zero-terminated=1): targets of disks that the clone
 *   shares with the original
 * @nvram: (nullable): path of the clone's UEFI variables
 * @preserve: the images of @paths are there already and stay as they are
 * @nonsparse: copies take all their space at once
 * @reflink: copies share their blocks with the original until they are written
 * @linked: disks are overlays on the original's, which must not be written any more
 * @replace: a domain that has the name is taken away
 * @checks: #VyCloneCheck
 *
 * What is cloned, and how.
 */
typedef struct {
    const char *original;
    const char *original_xml;
    const char *name;
    const char *uuid;
    const char *const *paths;
    gboolean auto_paths;
    const char *const *macs;
    const char *const *force_copy;
    const char *const *skip_copy;
    const char *nvram;
    gboolean preserve;
    gboolean nonsparse;
    gboolean reflink;
    gboolean linked;
    gboolean replace;
    guint checks;
} VyCloneSettings;

/**
 * VyClone:
 *
 * A clone that has been thought out, and not made yet.
 */
typedef struct _VyClone VyClone;

/**
 * vy_clone_new:
 * @host: the host of both domains; it must outlive the clone
 * @settings: what is cloned
 * @error: return location for a #GError
 *
 * Reads the original and decides about everything that the clone has of its own: name,
 * UUID, MAC addresses, images, UEFI variables, files of serial ports. Nothing is
 * changed.
 *
 * Returns: (transfer full): the clone; %NULL with %VY_ERROR_NOT_FOUND, %VY_ERROR_EXISTS,
 *   %VY_ERROR_STATE (the original runs, or a disk that would be linked can be written),
 *   %VY_ERROR_UNSUPPORTED (a disk that cannot be copied), %VY_ERROR_INVALID or
 *   %VY_ERROR_USAGE
 * Since: 0.1
 */
VY_API VyClone *
vy_clone_new (VyHost *host, const VyCloneSettings *settings, GError **error);

/**
 * vy_clone_free:
 * @clone: (transfer full): a clone
 *
 * Since: 0.1
 */
VY_API void vy_clone_free (VyClone *clone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyClone, vy_clone_free)

/**
 * vy_clone_get_domain:
 * @clone: a clone
 *
 * Returns: (transfer none): its <domain> element
 * Since: 0.1
 */
VY_API xmlNode *vy_clone_get_domain (VyClone *clone);

/**
 * vy_clone_list_images:
 * @clone: a clone
 *
 * Returns: (transfer full): paths of the images that are made for it
 * Since: 0.1
 */
VY_API GStrv vy_clone_list_images (VyClone *clone);

/**
 * vy_clone_list_remarks:
 * @clone: a clone
 *
 * Returns: (transfer none) (array zero-terminated=1): what differs from the original in a
 *   way that one may not expect, a sentence each
 * Since: 0.1
 */
VY_API const char *const *vy_clone_list_remarks (VyClone *clone);

/**
 * vy_clone_plan:
 * @clone: a clone; it must outlive the plan
 * @error: return location for a #GError
 *
 * Plans to copy the images, to take away a domain that is replaced, and to define the
 * clone at last.
 *
 * Returns: (transfer full): the plan, or %NULL with %VY_ERROR_UNSUPPORTED or libvirt's
 *   error
 * Since: 0.1
 */
VY_API VyPlan *vy_clone_plan (VyClone *clone, GError **error);

G_END_DECLS
