/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes: made in pools through libvirt, as steps of a plan. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyVolumeSettings:
 * @name: name of the volume: no path
 * @format: (nullable): "raw", "qcow2", …; %NULL: the pool's own
 * @capacity: size that a guest sees, in bytes
 * @allocation: bytes that are set aside at once, 0: none; at most @capacity
 * @backing: (nullable): absolute path of the backing image
 * @backing_format: (nullable): format of @backing
 * @preallocate_metadata: write the tables of a qcow2 image at once
 *
 * What a volume is made from.
 */
typedef struct {
    const char *name;
    const char *format;
    guint64 capacity;
    guint64 allocation;
    const char *backing;
    const char *backing_format;
    gboolean preallocate_metadata;
} VyVolumeSettings;

/**
 * vy_volume_to_xml:
 * @settings: settings
 *
 * Returns: (transfer full): libvirt's document
 * Since: 0.1
 */
VY_API char *vy_volume_to_xml (const VyVolumeSettings *settings);

/**
 * vy_volume_add_create:
 * @plan: a plan whose context is an open connection
 * @pool: name of an active pool
 * @settings: settings
 * @error: return location for a #GError
 *
 * Adds the step that makes a volume; undo deletes it. A volume that is there already is
 * never touched: the step fails with %VY_ERROR_EXISTS.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID for a bad name
 * Since: 0.1
 */
VY_API gboolean vy_volume_add_create (VyPlan *plan, const char *pool,
                                      const VyVolumeSettings *settings, GError **error);

G_END_DECLS
