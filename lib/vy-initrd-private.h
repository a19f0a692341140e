/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are put into an initrd. */
#pragma once

#include "vy-error.h"

/* Appends an archive with @files in its root directory; the kernel unpacks all of them.
 */
gboolean vy_initrd_inject (const char *initrd, const char *const *files, GError **error);
