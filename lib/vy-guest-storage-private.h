/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage of new guests: what is found out before anything is made. */
#pragma once

#include "vy-guest-private.h"

/* Looks a disk's source up, or notes what has to be made for it; the disk's node carries
 * the table of its extra texts as its private pointer. */
gboolean
vy_storage_resolve (VyHost *host, xmlNode *domain, xmlNode *disk, GError **error);

/* The same for a disk of a domain that is changed: what was said of its source is looked
 * up, the rest stays. */
gboolean vy_storage_settle (VyHost *host, xmlNode *domain, xmlNode *disk, GError **error);

/* What was said of a disk that has no place in its XML, or NULL. */
const char *vy_storage_extra (xmlNode *disk, const char *key);
/* The path of a disk's source, or NULL. */
char *vy_storage_path (xmlNode *disk);
void vy_storage_set_path (xmlNode *disk, const char *type, const char *path);
/* The bytes that "size=" asks for; 0 without it. */
gboolean vy_storage_parse_size (xmlNode *disk, guint64 *bytes, GError **error);
/* Chooses where a disk's new volume goes. */
gboolean vy_storage_plan_volume (VyHost *host, xmlNode *domain, xmlNode *disk,
                                 guint64 size, GError **error);

/* The directory of images that are named without one. */
char *vy_storage_default_dir (VyHost *host);

/* Fills a disk's source with a volume of a pool on other machines. */
void vy_storage_use_network_volume (xmlNode *disk, virStorageVolPtr volume);
/* The same of a volume that is to be made; @path (nullable): of one that is there. */
void vy_storage_set_network_source (xmlNode *disk, xmlNode *pool, const char *name,
                                    const char *path);

/* Notes in the disk's extra texts that a volume is to be made. */
void vy_storage_set_new (xmlNode *disk, xmlNode *pool, const char *path, guint64 size,
                         const char *format);
/* Whether the volume fits into its pool; @pool may be NULL. */
gboolean
vy_storage_check_room (VyHost *host, xmlNode *disk, xmlNode *pool, GError **error);
/* Who uses a path: the name of a domain, or NULL. */
char *
vy_storage_find_user (VyHost *host, xmlNode *mine, const char *path, const char *except);
