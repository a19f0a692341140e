/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hardware addresses of network cards: read, and who has them. */
#pragma once

#include "vy-host.h"

/* Whether @text is six bytes in hexadecimal, and one card's own. */
gboolean vy_mac_check (const char *text, GError **error);
/* The domain that has a card with this address: its name, or NULL. */
char *vy_mac_find_user (VyHost *host, const char *mac);
