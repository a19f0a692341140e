/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single files of ISO 9660 images. */
#pragma once

#include "vy-error.h"

gboolean vy_isofile_has (const char *image, const char *member);
/* The text of a small file, or NULL. */
char *vy_isofile_read (const char *image, const char *member);
/* Copies a file out of the image. */
gboolean vy_isofile_extract (const char *image, const char *member, const char *target,
                             GError **error);
