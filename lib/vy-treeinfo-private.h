/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file that tells about an install tree. */
#pragma once

#include <glib.h>

/*
 * Reads the text of a .treeinfo, as its many writers have it: '=' or ':' between key and
 * value, spaces around both, any case of keys, comments that begin with '#' or ';', ends
 * of lines of other systems. Keys are in lower case in the result. NULL: it is none.
 */
GKeyFile *vy_treeinfo_parse (const char *text);
/* The .treeinfo, or treeinfo, of a directory, an ISO image or a URL; NULL: it has none.
 */
GKeyFile *vy_treeinfo_load (const char *location);
/* A value that is not empty, or NULL. */
char *vy_treeinfo_get (GKeyFile *keys, const char *group, const char *key);
