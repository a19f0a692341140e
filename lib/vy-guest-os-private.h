/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked about an operating system while a guest is made. */
#pragma once

#include <glib.h>

/* The id of an OS for its short id, name or id; NULL with the nearest as a hint. */
char *vy_guest_os_find (const char *name, GError **error);
char *vy_guest_os_short_id (const char *id);
/* RAM in bytes that an installation over the network needs; 0: nothing is known. */
guint64 vy_guest_os_network_ram (const char *id, const char *arch);
/* Recommended resources; 0 where the database says nothing. RAM and storage in bytes. */
void vy_guest_os_resources (const char *id, const char *arch, guint64 *n_cpus,
                            guint64 *ram, guint64 *storage);
