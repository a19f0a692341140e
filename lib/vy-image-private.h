/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the images share. */
#pragma once

#include <json-c/json.h>
#include <libxml/tree.h>

#include "vy-image.h"
#include "vy-libvirt-private.h"

/* Whether files at the paths that the connection speaks of are on this machine. */
gboolean vy_image_files_are_here (virConnectPtr conn);
/* The path without symbolic links where it exists, else as it is. */
char *vy_image_canonical (const char *path);
/* Files below @dir that may be images, in no order; not deeper than pools are nested. */
void vy_image_walk (const char *dir, guint depth, GPtrArray *paths);
/* The path of a <source>, also where it names a pool's volume; NULL: it is no file. */
char *vy_image_path_of_source (virConnectPtr conn, xmlNode *source);
/* The running domain that has @path as a disk: its name and the disk's target; or NULL.
 */
char *vy_image_find_active_domain (virConnectPtr conn, const char *path, char **target);
/* Users by path: canonical path to GPtrArray of texts; @images get theirs from each
 * other's backing. */
GHashTable *vy_image_map_users (virConnectPtr conn, GPtrArray *images, GError **error);
guint64 vy_image_json_number (json_object *object, const char *key);

/* Adds the step that makes the directory of @path, where it is missing. */
void vy_image_add_directory (VyPlan *plan, const char *path);
/* Adds the step that makes @path with the words of qemu-img, NULL-terminated. */
void
vy_image_add_step (VyPlan *plan, const char *path, char **argv, const char *description);

/* Reads what qemu-img -p says; @data is the step's VyStepRecord. */
void vy_image_on_progress (const char *line, gpointer data);

extern const VyStepKind vy_step_directory_make; /* path */
extern const VyStepKind vy_step_image_create;   /* path, argv: the words of qemu-img */
extern const VyStepKind vy_step_image_reflink;  /* path, source */
extern const VyStepKind vy_step_image_resize;   /* path, format, size, before */
extern const VyStepKind vy_step_block_resize;   /* domain, target, size, before */
extern const VyStepKind vy_step_image_aside;    /* path, aside */
extern const VyStepKind vy_step_image_remove;   /* aside */
