/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operating systems: what osinfo-db knows of them, out of a compiled index. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyOs:
 *
 * What is known of one operating system. Not changed after it was made.
 */
typedef struct _VyOs VyOs;

/* What vy_os_get_release_date() gives when nothing is known. */
#define VY_OS_NO_DATE G_MININT64

/**
 * VyOsLevel:
 * @VY_OS_MINIMUM: below this it does not work
 * @VY_OS_RECOMMENDED: what it is comfortable with
 * @VY_OS_MAXIMUM: it cannot use more
 * @VY_OS_NETWORK_INSTALL: what an installation over the network needs
 *
 * Which of an operating system's needs are asked for.
 */
typedef enum {
    VY_OS_MINIMUM,
    VY_OS_RECOMMENDED,
    VY_OS_MAXIMUM,
    VY_OS_NETWORK_INSTALL,
} VyOsLevel;

/**
 * VyOsResources:
 * @n_cpus: virtual processors
 * @ram: memory in bytes
 * @storage: disk space in bytes
 *
 * Needs of an operating system; 0 where nothing is known.
 */
typedef struct {
    guint64 n_cpus;
    guint64 ram;
    guint64 storage;
} VyOsResources;

/**
 * VyOsDevice:
 * @id: URL of the device
 * @name: short name, "virtio1.0-net"
 * @kind: class: "net", "block", "video", …
 * @bus: "pci", "usb", …
 *
 * A device that an operating system drives. All strings belong to the #VyOs.
 */
typedef struct {
    const char *id;
    const char *name;
    const char *kind;
    const char *bus;
} VyOsDevice;

/**
 * vy_os_lookup:
 * @name: short id ("debian12"), other short id, id (an URL) or full name; case counts
 * not; "generic" is an operating system of which nothing is known
 * @error: return location for a #GError
 *
 * Finds an operating system. %VY_ERROR_NOT_FOUND has a hint that proposes the nearest.
 *
 * Returns: (transfer full): the operating system; free with vy_os_free()
 * Since: 0.1
 */
VY_API VyOs *vy_os_lookup (const char *name, GError **error);

/**
 * vy_os_nearest:
 * @name: short id that is not known
 *
 * Proposes a known operating system for one that is not: the newest that is not newer of
 * the same distribution, else the one spelled most alike.
 *
 * Returns: (nullable) (transfer full): a short id, or %NULL when nothing is near
 * Since: 0.1
 */
VY_API char *vy_os_nearest (const char *name);

/**
 * vy_os_list:
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type VyOs): all of them, ordered by short id
 * Since: 0.1
 */
VY_API GPtrArray *vy_os_list (GError **error);

/**
 * vy_os_free:
 * @os: (nullable) (transfer full): an operating system
 *
 * Since: 0.1
 */
VY_API void vy_os_free (VyOs *os);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyOs, vy_os_free)

/**
 * vy_os_set_database:
 * @directories: (nullable): folders of osinfo-db, later ones count more; %NULL: those
 * of libosinfo: the system's, /etc/osinfo, the user's
 * @index: (nullable): file of the compiled index; %NULL: the usual place
 *
 * Says where the database is. To be called before anything is looked up.
 *
 * Since: 0.1
 */
VY_API void vy_os_set_database (const char *const *directories, const char *index);

/**
 * vy_os_get_id:
 * @os: an operating system
 *
 * Returns: its URL
 * Since: 0.1
 */
VY_API const char *vy_os_get_id (const VyOs *os);

/**
 * vy_os_get_short_id:
 * @os: an operating system
 *
 * Returns: its first short id
 * Since: 0.1
 */
VY_API const char *vy_os_get_short_id (const VyOs *os);

/**
 * vy_os_get_name:
 * @os: an operating system
 *
 * Returns: (nullable): its name for people
 * Since: 0.1
 */
VY_API const char *vy_os_get_name (const VyOs *os);

/**
 * vy_os_get_version:
 * @os: an operating system
 *
 * Returns: (nullable): its version
 * Since: 0.1
 */
VY_API const char *vy_os_get_version (const VyOs *os);

/**
 * vy_os_get_codename:
 * @os: an operating system
 *
 * Returns: (nullable): its codename
 * Since: 0.1
 */
VY_API const char *vy_os_get_codename (const VyOs *os);

/**
 * vy_os_get_family:
 * @os: an operating system
 *
 * Returns: (nullable): "linux", "winnt", "freebsd", …
 * Since: 0.1
 */
VY_API const char *vy_os_get_family (const VyOs *os);

/**
 * vy_os_get_distro:
 * @os: an operating system
 *
 * Returns: (nullable): "debian", "rhel", "win", …
 * Since: 0.1
 */
VY_API const char *vy_os_get_distro (const VyOs *os);

/**
 * vy_os_get_vendor:
 * @os: an operating system
 *
 * Returns: (nullable): who makes it
 * Since: 0.1
 */
VY_API const char *vy_os_get_vendor (const VyOs *os);

/**
 * vy_os_get_cloud_user:
 * @os: an operating system
 *
 * Returns: (nullable): the user that its cloud images have
 * Since: 0.1
 */
VY_API const char *vy_os_get_cloud_user (const VyOs *os);

/**
 * vy_os_get_kernel_argument:
 * @os: an operating system
 *
 * Returns: (nullable): the kernel's argument that tells the installer its tree's URL
 * Since: 0.1
 */
VY_API const char *vy_os_get_kernel_argument (const VyOs *os);

/**
 * vy_os_get_release_date:
 * @os: an operating system
 *
 * Returns: seconds since the Epoch (UTC), or %VY_OS_NO_DATE
 * Since: 0.1
 */
VY_API gint64 vy_os_get_release_date (const VyOs *os);

/**
 * vy_os_get_eol_date:
 * @os: an operating system
 *
 * Returns: end of its support in seconds since the Epoch (UTC), or %VY_OS_NO_DATE
 * Since: 0.1
 */
VY_API gint64 vy_os_get_eol_date (const VyOs *os);

/**
 * vy_os_get_aliases:
 * @os: an operating system
 *
 * Returns: (transfer full): all its short ids; free with g_strfreev()
 * Since: 0.1
 */
VY_API GStrv vy_os_get_aliases (const VyOs *os);

/**
 * vy_os_get_related:
 * @os: an operating system
 * @relation: "derives-from", "clones" or "upgrades"
 *
 * Returns: (transfer full): ids of the related ones, may be empty; free with g_strfreev()
 * Since: 0.1
 */
VY_API GStrv vy_os_get_related (const VyOs *os, const char *relation);

/**
 * vy_os_get_profiles:
 * @os: an operating system
 *
 * Returns: (transfer full): profiles of its install scripts: "jeos", "desktop", …
 * Since: 0.1
 */
VY_API GStrv vy_os_get_profiles (const VyOs *os);

/**
 * vy_os_get_tree_url:
 * @os: an operating system
 * @arch: architecture
 * @profile: (nullable): what is wanted of it: "desktop", "jeos", or the name of a
 * variant; %NULL: everything
 * @error: return location for a #GError
 *
 * Finds a tree that the system is installed from over the network; where none is of the
 * variant that is wanted, it is another one.
 *
 * Returns: (transfer full): its URL, or %NULL with %VY_ERROR_UNSUPPORTED
 * Since: 0.1
 */
VY_API char *vy_os_get_tree_url (const VyOs *os, const char *arch, const char *profile,
                                 GError **error);

/**
 * vy_os_get_devices:
 * @os: an operating system
 *
 * Lists what it drives, with what it inherits.
 *
 * Returns: (transfer full) (element-type VyOsDevice): devices; valid as long as @os
 * Since: 0.1
 */
VY_API GPtrArray *vy_os_get_devices (const VyOs *os);

/**
 * vy_os_supports_device:
 * @os: an operating system
 * @device: id (URL) or name: "virtio-net", "virtio-block", "tablet", "qemu-x86-q35";
 * "virtio-net" is also "virtio1.0-net"
 *
 * Returns: whether it is said to drive the device, by itself or by inheritance
 * Since: 0.1
 */
VY_API gboolean vy_os_supports_device (const VyOs *os, const char *device);

/**
 * vy_os_supports_firmware:
 * @os: an operating system
 * @arch: (nullable): architecture; %NULL: any
 * @type: "bios" or "efi"
 * @unknown: what to return when the database says nothing
 *
 * Returns: whether it starts with the firmware
 * Since: 0.1
 */
VY_API gboolean vy_os_supports_firmware (const VyOs *os, const char *arch,
                                         const char *type, gboolean unknown);

/**
 * vy_os_get_resources:
 * @os: an operating system
 * @arch: (nullable): architecture; what holds for all of them fills the gaps
 * @level: which needs
 * @resources: (out caller-allocates): the needs; 0 where nothing is known
 *
 * Returns: whether anything is known
 * Since: 0.1
 */
VY_API gboolean vy_os_get_resources (const VyOs *os, const char *arch, VyOsLevel level,
                                     VyOsResources *resources);

G_END_DECLS
