/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install media: what an ISO image or an install tree is. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyMedia:
 * @kind: "iso" or "tree"
 * @os: (nullable): short id of the operating system, %NULL when it is not known
 * @os_name: (nullable): its name for people
 * @arch: (nullable): architecture, as libvirt names it
 * @volume_id: (nullable): label of an ISO image; the next three are its neighbours
 * @system_id: (nullable): see @volume_id
 * @publisher_id: (nullable): see @volume_id
 * @application_id: (nullable): see @volume_id
 * @volume_size: size of an ISO image's file system in bytes, 0 for trees
 * @family: (nullable): family that a tree's .treeinfo names
 * @version: (nullable): version that a tree's .treeinfo names
 * @kernel: (nullable): kernel of the installer, relative to the medium
 * @initrd: (nullable): its initrd, relative to the medium
 * @is_live: whether it is a live system
 * @is_installer: whether it installs
 * @installer_reboots: how often the installation starts the guest anew
 * @eject: whether the medium is ejected after the installation
 * @is_netinst: whether it fetches the system over the network
 *
 * What is found out about an install medium.
 */
typedef struct {
    const char *kind;
    char *os;
    char *os_name;
    char *arch;
    char *volume_id;
    char *system_id;
    char *publisher_id;
    char *application_id;
    guint64 volume_size;
    char *family;
    char *version;
    char *kernel;
    char *initrd;
    gboolean is_live;
    gboolean is_installer;
    guint installer_reboots;
    gboolean eject;
    gboolean is_netinst;
} VyMedia;

/**
 * vy_media_detect:
 * @location: ISO image, folder, or URL (http, https, ftp) of an install tree
 * @error: return location for a #GError
 *
 * Finds out what a medium installs: ISO images by the identifiers in their head, trees by
 * their .treeinfo, else by what Debian, Ubuntu and SUSE put into theirs. A medium of an
 * unknown system is no error. %VY_ERROR_INVALID when it is no medium at all.
 *
 * Returns: (transfer full): what was found; free with vy_media_free()
 * Since: 0.1
 */
VY_API VyMedia *vy_media_detect (const char *location, GError **error);

/**
 * vy_media_free:
 * @media: (nullable) (transfer full): what vy_media_detect() gave
 *
 * Since: 0.1
 */
VY_API void vy_media_free (VyMedia *media);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyMedia, vy_media_free)

G_END_DECLS
