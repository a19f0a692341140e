/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disk images: descriptions, who uses them, and plans that change them. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyImage:
 * @path: absolute path
 * @format: "qcow2", "raw", …
 * @virtual_size: size that a guest sees, in bytes
 * @actual_size: bytes that it takes on the host
 * @cluster_size: size of a cluster in bytes, 0 when the format has none
 * @backing: (nullable): absolute path of the backing image
 * @backing_format: (nullable): its format as the image names it
 * @encrypted: whether the content is encrypted
 * @dirty: whether it was not closed properly, or is marked corrupt
 * @n_snapshots: number of internal snapshots
 * @pool: (nullable): name of the pool that it is a volume of
 * @depth: level in the tree of backing images of a list, 0 for those without one
 * @users: (array zero-terminated=1) (nullable): who uses it, where that was asked for:
 *   "domain 'web'", "image '/…/web.qcow2'"
 *
 * A disk image.
 */
typedef struct {
    char *path;
    char *format;
    guint64 virtual_size;
    guint64 actual_size;
    guint64 cluster_size;
    char *backing;
    char *backing_format;
    gboolean encrypted;
    gboolean dirty;
    guint64 n_snapshots;
    char *pool;
    guint64 depth;
    char **users;
} VyImage;

/**
 * vy_image_free:
 * @image: (transfer full): a description
 *
 * Since: 0.1
 */
VY_API void vy_image_free (VyImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyImage, vy_image_free)

/**
 * vy_image_resolve_path:
 * @conn: (nullable): an open connection, read-only is enough
 * @name: a path; a relative one lies in vy_pool_get_default_dir()
 * @error: return location for a #GError
 *
 * Returns: (transfer full): an absolute path; %NULL with %VY_ERROR_INVALID when the name
 *   is empty, has control characters, or is relative and leads out of the directory
 * Since: 0.1
 */
VY_API char *vy_image_resolve_path (virConnectPtr conn, const char *name, GError **error);

/**
 * vy_image_get_info:
 * @conn: (nullable): an open connection, read-only is enough
 * @path: absolute path
 * @error: return location for a #GError
 *
 * Describes an image: as qemu-img sees it, also while a guest uses it; where its file
 * is on another machine, as libvirt sees the volume.
 *
 * Returns: (transfer full): the description without users; %NULL with
 *   %VY_ERROR_NOT_FOUND, %VY_ERROR_DENIED or %VY_ERROR_FAILED
 * Since: 0.1
 */
VY_API VyImage *vy_image_get_info (virConnectPtr conn, const char *path, GError **error);

/**
 * vy_image_list_chain:
 * @path: absolute path of a file on this machine
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type VyImage): the image, its backing image, and so
 *   on; %NULL as vy_image_get_info(), also when one of them is missing
 * Since: 0.1
 */
VY_API GPtrArray *vy_image_list_chain (const char *path, GError **error);

/**
 * vy_image_list:
 * @conn: (nullable): an open connection, read-only is enough
 * @dir: (nullable): absolute path of the only directory to look at; %NULL: those of all
 *   active pools, and of vy_pool_get_default_dir()
 * @error: return location for a #GError
 *
 * Lists images with their users, each behind its backing image and one level deeper.
 * Directories below are looked at too. Files that are no disk images are left out.
 *
 * Returns: (transfer full) (element-type VyImage): the images; %NULL with
 *   %VY_ERROR_NOT_FOUND when there is no @dir
 * Since: 0.1
 */
VY_API GPtrArray *vy_image_list (virConnectPtr conn, const char *dir, GError **error);

/**
 * vy_image_list_users:
 * @conn: (nullable): an open connection, read-only is enough
 * @path: absolute path
 * @error: return location for a #GError
 *
 * Finds who uses an image: domains whose disks or boot files it is, or whose disks it
 * backs at any depth, running or not; and images in the pools and in its own directory
 * that it backs.
 *
 * Returns: (transfer full): "domain 'web'", "image '/…'", …, each once, or %NULL
 * Since: 0.1
 */
VY_API GStrv vy_image_list_users (virConnectPtr conn, const char *path, GError **error);

/**
 * vy_image_find_unreachable_dir:
 * @path: absolute path of an image on this machine
 *
 * Looks for the first directory above an image that only its owner may enter, so that
 * QEMU, which runs as a user of its own, cannot reach the image. Directories that are
 * missing are not counted: they are made with mode 0711.
 *
 * Returns: (transfer full) (nullable): the directory
 * Since: 0.1
 */
VY_API char *vy_image_find_unreachable_dir (const char *path);

/**
 * VyImageSettings:
 * @path: absolute path of the new image
 * @format: "qcow2", "raw", "qed", "vmdk", "vdi", "vpc", "vhdx"
 * @size: size that a guest sees, in bytes; 0: that of @backing
 * @backing: (nullable): absolute path of the backing image
 * @preallocation: (nullable): "off", "metadata", "falloc", "full"
 * @backing_format: (nullable): format of @backing; %NULL: found out by looking at it
 *
 * What an image is made from.
 */
typedef struct {
    const char *path;
    const char *format;
    guint64 size;
    const char *backing;
    const char *preallocation;
    const char *backing_format;
} VyImageSettings;

/**
 * vy_image_plan_create:
 * @conn: (nullable): an open connection; it must outlive the plan
 * @settings: what to make
 * @error: return location for a #GError
 *
 * Plans to make an image: missing directories with mode 0711, then the image, through
 * libvirt where a pool covers its path, else with qemu-img. Nothing is overwritten.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_EXISTS, %VY_ERROR_NOT_FOUND
 *   (the backing image), %VY_ERROR_INVALID or %VY_ERROR_UNSUPPORTED (a path that no pool
 *   covers on another machine)
 * Since: 0.1
 */
VY_API VyPlan *vy_image_plan_create (virConnectPtr conn, const VyImageSettings *settings,
                                     GError **error);

/**
 * vy_image_add_create:
 * @plan: a plan whose context is @conn
 * @conn: (nullable): an open connection
 * @settings: what to make
 * @error: return location for a #GError
 *
 * Adds the steps of vy_image_plan_create() to a plan.
 *
 * Returns: %TRUE, or %FALSE as vy_image_plan_create()
 * Since: 0.1
 */
VY_API gboolean vy_image_add_create (VyPlan *plan, virConnectPtr conn,
                                     const VyImageSettings *settings, GError **error);

/**
 * vy_image_plan_resize:
 * @conn: (nullable): an open connection; it must outlive the plan
 * @path: absolute path of an image
 * @size: new size in bytes
 * @shrink: whether it may become smaller, which cuts off what lies behind
 * @error: return location for a #GError
 *
 * Plans to resize an image; a running domain that has it as a disk sees the new size.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_INVALID when it would become
 *   smaller without @shrink, %VY_ERROR_STATE when it backs other images or is in use
 *   where that forbids it, or as vy_image_get_info()
 * Since: 0.1
 */
VY_API VyPlan *vy_image_plan_resize (virConnectPtr conn, const char *path, guint64 size,
                                     gboolean shrink, GError **error);

/**
 * vy_image_plan_convert:
 * @conn: (nullable): an open connection; it must outlive the plan
 * @source: absolute path of an image
 * @target: absolute path of the new image
 * @format: (nullable): its format; %NULL: that of @source
 * @compress: compress it
 * @error: return location for a #GError
 *
 * Plans to copy an image with all it has from its backing images into a new one.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_EXISTS, %VY_ERROR_STATE when
 *   a running domain writes to @source, or as vy_image_get_info()
 * Since: 0.1
 */
VY_API VyPlan *
vy_image_plan_convert (virConnectPtr conn, const char *source, const char *target,
                       const char *format, gboolean compress, GError **error);

/**
 * vy_image_plan_delete:
 * @conn: an open connection; it must outlive the plan
 * @paths: (array zero-terminated=1): absolute paths of images
 * @error: return location for a #GError
 *
 * Plans to delete images. They are set aside first, so that all go or none.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_NOT_FOUND, or %VY_ERROR_STATE
 *   when a domain or another image, which the message names, uses one of them; images
 *   that are deleted together may use each other
 * Since: 0.1
 */
VY_API VyPlan *
vy_image_plan_delete (virConnectPtr conn, const char *const *paths, GError **error);

/**
 * VyImageCheck:
 * @path: absolute path
 * @format: format
 * @corruptions: errors that would lose data
 * @leaks: clusters that are allocated and not used
 * @check_errors: errors of the check itself
 * @fixed: corruptions and leaks that were repaired
 * @fragmented_clusters: clusters that do not follow the one before
 * @allocated_clusters: clusters in use
 * @total_clusters: clusters of the whole size
 *
 * What a check found.
 */
typedef struct {
    char *path;
    char *format;
    guint64 corruptions;
    guint64 leaks;
    guint64 check_errors;
    guint64 fixed;
    guint64 fragmented_clusters;
    guint64 allocated_clusters;
    guint64 total_clusters;
} VyImageCheck;

/**
 * vy_image_check_free:
 * @check: (transfer full): a result
 *
 * Since: 0.1
 */
VY_API void vy_image_check_free (VyImageCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyImageCheck, vy_image_check_free)

/**
 * vy_image_check:
 * @conn: (nullable): an open connection
 * @path: absolute path of a file on this machine
 * @repair: (nullable): "leaks" or "all"
 * @error: return location for a #GError
 *
 * Checks the structure of an image, and repairs it on request.
 *
 * Returns: (transfer full): what was found; %NULL with %VY_ERROR_UNSUPPORTED (the format
 *   has nothing to check), %VY_ERROR_STATE (a running domain uses it and @repair is set),
 *   or as vy_image_get_info()
 * Since: 0.1
 */
VY_API VyImageCheck *
vy_image_check (virConnectPtr conn, const char *path, const char *repair, GError **error);

G_END_DECLS
