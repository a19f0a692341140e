/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the sub-option engine share. */
#pragma once

#include "vy-subopt.h"

/* How many numbers a key may hold: "cell0.cache1.size" has two. */
#define VY_SUBOPT_LEVELS 3

/* Whether @key is a name of @row; the numbers in it go to @numbers. */
gboolean vy_subopt_row_matches (const VySubopt *row, const char *key,
                                guint numbers[VY_SUBOPT_LEVELS]);
const VySubopt *
vy_subopt_find (const VyDevice *device, const char *key, guint numbers[VY_SUBOPT_LEVELS]);
/* The word that differs least from @word, or NULL when all differ much. */
char *vy_subopt_nearest (const char *word, const char *const *words);
/* clearxml: the element is emptied; those of the domain are removed. */
gboolean vy_subopt_clear (VySuboptTarget *target, GError **error);
/* xpathN.set, .create, .delete, .value, after everything else. */
gboolean
vy_subopt_apply_xpaths (VySuboptTarget *target, GPtrArray *pairs, GError **error);

/* Control characters have no place in XML 1.0, and everything is UTF-8. */
gboolean vy_subopt_check_text (const VySuboptTarget *target, const char *key,
                               const char *value, GError **error);
/* The text that is written for a value, or NULL with @error. */
char *vy_subopt_canonical (const VySuboptTarget *target, const VySubopt *row,
                           const char *key, const char *value, GError **error);
/* A path with "[N]" where it has "%". */
char *vy_subopt_fill_numbers (const char *path, const guint numbers[VY_SUBOPT_LEVELS]);
