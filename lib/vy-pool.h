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

/**
 * VyPoolSettings:
 * @name: name of the pool
 * @type: "dir", "fs", "netfs", "logical", "disk", "iscsi", …
 * @host: (nullable): where the source lies
 * @dir: (nullable): directory on @host
 * @device: (nullable): path of the source's device
 * @source_name: (nullable): what the source is called: a volume group, an RBD pool
 * @source_format: (nullable): "ext4", "nfs", "lvm2", …
 * @protocol_version: (nullable): of the network file system
 * @initiator: (nullable): iSCSI qualified name
 * @auth_type: (nullable): "chap" or "ceph"; with @auth_user and one of the secrets
 * @auth_user: (nullable): who logs in
 * @secret_usage: (nullable): usage of the secret that libvirt keeps
 * @secret_uuid: (nullable): UUID of the secret that libvirt keeps
 * @adapter_name: (nullable): name of a SCSI adapter
 * @adapter_wwnn: (nullable): node of a fibre channel adapter; with @adapter_wwpn
 * @adapter_wwpn: (nullable): port of a fibre channel adapter
 * @adapter_parent: (nullable): name of the adapter that it is made on
 * @adapter_parent_wwnn: (nullable): or its node, with @adapter_parent_wwpn
 * @adapter_parent_wwpn: (nullable): and port
 * @adapter_parent_fabric_wwn: (nullable): or the fabric that it is in
 * @target: (nullable): absolute path under which the volumes are found
 *
 * What a pool is made from. Login and protocol need something that says where the source
 * lies, see vy_pool_settings_check().
 */
typedef struct {
    const char *name;
    const char *type;
    const char *host;
    const char *dir;
    const char *device;
    const char *source_name;
    const char *source_format;
    const char *protocol_version;
    const char *initiator;
    const char *auth_type;
    const char *auth_user;
    const char *secret_usage;
    const char *secret_uuid;
    const char *adapter_name;
    const char *adapter_wwnn;
    const char *adapter_wwpn;
    const char *adapter_parent;
    const char *adapter_parent_wwnn;
    const char *adapter_parent_wwpn;
    const char *adapter_parent_fabric_wwn;
    const char *target;
} VyPoolSettings;

/**
 * vy_pool_settings_check:
 * @settings: settings
 * @error: return location for a #GError
 *
 * Finds what vy_pool_to_xml() would leave out: half a login or adapter, a parent of no
 * adapter, login and protocol of no source.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_USAGE
 * Since: 0.1
 */
VY_API gboolean vy_pool_settings_check (const VyPoolSettings *settings, GError **error);

/**
 * vy_pool_to_xml:
 * @settings: settings
 *
 * Returns: (transfer full): libvirt's document
 * Since: 0.1
 */
VY_API char *vy_pool_to_xml (const VyPoolSettings *settings);

/**
 * vy_pool_source_to_xml:
 * @host: where sources are looked for
 * @port: (nullable): port of @host
 * @initiator: (nullable): iSCSI qualified name
 *
 * Returns: (transfer full): the document that virConnectFindStoragePoolSources() takes
 * Since: 0.1
 */
VY_API char *
vy_pool_source_to_xml (const char *host, const char *port, const char *initiator);

G_END_DECLS
