/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the library's own files ask of a host. */
#pragma once

#include "vy-host.h"

/* What is counted on a predictable host. */
typedef enum {
    VY_COUNT_UUID,
    VY_COUNT_MAC,
    VY_COUNT_TAG,
    VY_COUNT_LAST,
} VyCount;

gboolean vy_host_is_predictable (VyHost *host);
/* 1 at the first call for @what, 2 at the next, … */
guint vy_host_count (VyHost *host, VyCount what);
/* The bridge that this machine's default route goes through, where the guests of a
 * connection can be ports of it; NULL for another machine, and where there is none. */
char *vy_host_find_bridge (VyHost *host);
