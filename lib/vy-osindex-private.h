/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The compiled index of osinfo-db. */
#pragma once

#include "vy-os.h"

/*
 * The database as one value:
 *   a(su)    names in lower case, sorted, and the place of their operating system
 *   a(ssss)  devices: id, name, class, bus
 *   aa{sv}   operating systems, ordered by short id:
 *     id name version codename family distro vendor cloud-user kernel-argument   s
 *     short-ids derives-from clones upgrades profiles    as
 *     release eol     x   seconds since the Epoch
 *     devices         aq  places in the list above, with inherited ones
 *     resources       a(suttt)  architecture, VyOsLevel, processors, RAM, storage
 *     firmware        a(ssb)    architecture, type, supported
 *     media trees images        aa{sv}; keys are those of libosinfo, and the ids
 *                               and names of their variants, "variants"
 */
#define VY_OSINDEX_TYPE "(a(su)a(ssss)aa{sv})"

/* What vy-osinfo-module.c exports: reads the database; NULL for libosinfo's folders. */
#define VY_OSINFO_BUILD "vy_osinfo_build"
typedef GVariant *(*VyOsinfoBuild) (const char *const *directories, GError **error);

/* The database, out of the index file when that is current. Belongs to the library. */
GVariant *vy_osindex_get (GError **error);
/* The operating system at a place of the third list. */
VyOs *vy_os_new_at (GVariant *database, gsize place);
/* One of "media", "trees", "images": aa{sv}, or NULL when there are none. */
GVariant *vy_os_get_list (const VyOs *os, const char *key);
/* Whether a variant of a medium or tree has @variant in its name. */
gboolean vy_osindex_has_variant (GVariant *row, const char *variant);
