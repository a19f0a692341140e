/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What vy-archive-module.c does: ISO images, cpio archives. */
#pragma once

#include "vy-error.h"

typedef struct {
    const char *name;
    const char *text;
} VyArchiveFile;

/* Writes an ISO image with a label and files up to the one without a name. */
#define VY_ARCHIVE_WRITE_ISO "vy_archive_write_iso"
typedef gboolean (*VyArchiveWriteIso) (int fd, const char *label,
                                       const VyArchiveFile *files, GError **error);

/*
 * Looks for a file in an ISO image, whatever the case of its letters, and copies it to
 * @fd unless that is -1. VY_ERROR_NOT_FOUND: the image has no such file.
 */
#define VY_ARCHIVE_READ_ISO "vy_archive_read_iso"
typedef gboolean (*VyArchiveReadIso) (const char *image, const char *member, int fd,
                                      GError **error);

/* Writes files as the kernel unpacks them at boot ("newc"), all in the root directory. */
#define VY_ARCHIVE_WRITE_CPIO "vy_archive_write_cpio"
typedef gboolean (*VyArchiveWriteCpio) (int fd, const char *const *files, GError **error);
