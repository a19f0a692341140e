/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Differences of two texts, line by line. */
#pragma once

#include "vy-api.h"

G_BEGIN_DECLS

/**
 * vy_diff_unified:
 * @before: a text
 * @after: another text
 * @before_name: what @before is called in the heading
 * @after_name: what @after is called in the heading
 *
 * Compares two texts as `diff -u` does, with three lines of context.
 *
 * Returns: (transfer full): the differences; an empty text when there are none
 * Since: 0.1
 */
VY_API char *vy_diff_unified (const char *before, const char *after,
                              const char *before_name, const char *after_name);

G_END_DECLS
