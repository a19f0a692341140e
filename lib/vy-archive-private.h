/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What vy-archive-module.c does: writing ISO images. */
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
