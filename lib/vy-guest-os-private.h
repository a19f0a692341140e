/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked about an operating system while a guest is made. */
#pragma once

#include <glib.h>

/* Fully known OS, or NULL: its id for a short id or an id. */
char *vy_guest_os_find (const char *name);
char *vy_guest_os_short_id (const char *id);
/* Recommended resources; 0 where the database says nothing. RAM and storage in bytes. */
void vy_guest_os_resources (const char *id, const char *arch, guint64 *n_cpus,
                            guint64 *ram, guint64 *storage);
