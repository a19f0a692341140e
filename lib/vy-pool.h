/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: where they lie, and which of them covers a path. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * vy_pool_get_path:
 * @conn: an open connection, read-only is enough
 * @name: name or UUID of a pool
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the directory or device of the pool; %NULL with
 *   %VY_ERROR_NOT_FOUND, or %VY_ERROR_UNSUPPORTED when its volumes have no directory
 * Since: 0.1
 */
VY_API char *vy_pool_get_path (virConnectPtr conn, const char *name, GError **error);

/**
 * vy_pool_get_default_dir:
 * @conn: (nullable): an open connection, read-only is enough
 *
 * Gives the directory for images that are named without one: that of the pool "default";
 * without it that of the only active pool; else libvirt's own, /var/lib/libvirt/images,
 * or for connections of an ordinary user the directory "libvirt/images" of their data.
 *
 * Returns: (transfer full): an absolute path
 * Since: 0.1
 */
VY_API char *vy_pool_get_default_dir (virConnectPtr conn);

/**
 * vy_pool_find_for_path:
 * @conn: (nullable): an open connection, read-only is enough
 * @path: absolute path of an image, which need not exist
 *
 * Finds the active pool whose directory is the one @path lies in. Pools do not reach
 * into subdirectories.
 *
 * Returns: (transfer full) (nullable): the pool, %NULL when none covers @path; free with
 *   virStoragePoolFree()
 * Since: 0.1
 */
VY_API virStoragePoolPtr vy_pool_find_for_path (virConnectPtr conn, const char *path);

/**
 * vy_pool_list_dirs:
 * @conn: (nullable): an open connection, read-only is enough
 *
 * Returns: (transfer full): the directories of all active pools, each once
 * Since: 0.1
 */
VY_API GStrv vy_pool_list_dirs (virConnectPtr conn);

G_END_DECLS
