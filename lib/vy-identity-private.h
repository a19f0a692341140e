/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What tells guests and their files apart: made at random, or the same in every run. */
#pragma once

#include "vy-host.h"

/* A new UUID, which no domain of a predictable host has. */
char *vy_identity_make_uuid (VyHost *host);
/* A new address of a network card, in the range that is QEMU's or Xen's. */
char *vy_identity_make_mac (VyHost *host);
/* Eight hexadecimal digits; @is_fixed: the same in every run on a predictable host. */
char *vy_identity_make_tag (VyHost *host, gboolean is_fixed);
