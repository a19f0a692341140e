/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install trees: a directory, an ISO image, or a URL. */
#pragma once

#include "vy-fetch.h"

typedef enum { VY_TREE_DIR, VY_TREE_ISO, VY_TREE_URL } VyTreeKind;

typedef struct {
    const char *location; /* borrowed */
    VyTreeKind kind;
} VyTree;

VyTree vy_tree_at (const char *location);
/* Whether @location is a URL rather than a path. */
gboolean vy_tree_is_url (const char *location);
/* FALSE without an error: it is not there. */
gboolean vy_tree_has (const VyTree *tree, const char *member, GError **error);
/*
 * Kernel and initrd of the installer for @arch, relative to the tree: by the .treeinfo,
 * else by what is known of distributions that have none. FALSE: there are none, or, with
 * an error, the server does not answer.
 */
gboolean vy_tree_find_kernel (const VyTree *tree, const char *arch, gboolean is_xen,
                              char **kernel, char **initrd, GError **error);
/* The part of that which needs no .treeinfo. */
gboolean vy_tree_guess_kernel (const VyTree *tree, const char *arch, gboolean is_xen,
                               char **kernel, char **initrd, GError **error);
/* Copies a file of the tree to @target, which must not be there yet. */
gboolean vy_tree_copy (const VyTree *tree, const char *member, const char *target,
                       VyFetchProgress progress, gpointer data, GCancellable *cancellable,
                       GError **error);
