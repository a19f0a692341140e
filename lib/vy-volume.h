/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes: made in pools through libvirt, as steps of a plan. */
#pragma once

#include <gio/gio.h>
#include <libvirt/libvirt.h>

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyVolumeSettings:
 * @name: name of the volume: no path
 * @format: (nullable): "raw", "qcow2", …; %NULL: the pool's own
 * @capacity: size that a guest sees, in bytes
 * @allocation: bytes that are set aside at once, 0: none; at most @capacity
 * @allocate_default: leave to libvirt what is set aside, whatever @allocation says
 * @backing: (nullable): absolute path of the backing image
 * @backing_format: (nullable): format of @backing
 * @preallocate_metadata: write the tables of a qcow2 image at once
 * @lazy_refcounts: a qcow2 image that QEMU 1.1 or newer reads, whose counts of references
 * are written late
 *
 * What a volume is made from.
 */
typedef struct {
    const char *name;
    const char *format;
    guint64 capacity;
    guint64 allocation;
    gboolean allocate_default;
    const char *backing;
    const char *backing_format;
    gboolean preallocate_metadata;
    gboolean lazy_refcounts;
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

/**
 * VyVolumeTransfer:
 * @offset: where in the volume it begins, in bytes
 * @length: how many bytes, 0: all that there are
 * @sparse: holes are sent as such; both ends have to know how
 * @cancellable: (nullable): ends it early
 * @progress: (nullable): is called with the bytes done so far, holes among them
 * @progress_data: for @progress
 *
 * How the content of a volume is moved.
 */
typedef struct {
    guint64 offset;
    guint64 length;
    gboolean sparse;
    GCancellable *cancellable;
    void (*progress) (guint64 done, gpointer data);
    gpointer progress_data;
} VyVolumeTransfer;

/**
 * vy_volume_upload:
 * @volume: a volume
 * @fd: a file that is open for reading, read from where it stands to its end
 * @transfer: how
 * @error: return location for a #GError
 *
 * Writes a file's content into a volume. What is behind it in the volume stays.
 *
 * Returns: %TRUE, or %FALSE with @error: %VY_ERROR_CANCELLED when it was ended early
 * Since: 0.1
 */
VY_API gboolean vy_volume_upload (virStorageVolPtr volume, int fd,
                                  const VyVolumeTransfer *transfer, GError **error);

/**
 * vy_volume_download:
 * @volume: a volume
 * @fd: a file that is open for writing; a regular one is emptied first, once the volume
 *   could be opened
 * @transfer: how
 * @error: return location for a #GError
 *
 * Writes a volume's content into a file, where holes are left as holes.
 *
 * Returns: %TRUE, or %FALSE with @error: %VY_ERROR_CANCELLED when it was ended early
 * Since: 0.1
 */
VY_API gboolean vy_volume_download (virStorageVolPtr volume, int fd,
                                    const VyVolumeTransfer *transfer, GError **error);

/**
 * vy_volume_add_clone:
 * @plan: a plan whose context is an open connection
 * @pool: name of an active pool
 * @settings: the new volume; its capacity is at least that of @source
 * @source: absolute path of the volume that is copied
 * @reflink: share the blocks of both, which fails where the file system cannot
 *
 * Adds the step that lets libvirt copy a volume (virStorageVolCreateXMLFrom()); undo
 * deletes the copy.
 *
 * Since: 0.1
 */
VY_API void
vy_volume_add_clone (VyPlan *plan, const char *pool, const VyVolumeSettings *settings,
                     const char *source, gboolean reflink);

G_END_DECLS
