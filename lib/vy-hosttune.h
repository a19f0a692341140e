/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of the running host that guests feel, and of its next boot. */
#pragma once

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyTuneInfo:
 * @name: what stands before the "=": "ksm"
 * @values: what may stand behind it, for people: "on|off"
 * @help: what it does, one line
 *
 * One setting that vy_hosttune_plan() knows.
 */
typedef struct {
    const char *name;
    const char *values;
    const char *help;
} VyTuneInfo;

/**
 * vy_hosttune_list:
 * @n_settings: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_settings): the settings
 * Since: 0.1
 */
VY_API const VyTuneInfo *vy_hosttune_list (gsize *n_settings);

/**
 * vy_hosttune_plan:
 * @root: directory that is changed as "/"
 * @settings: (array zero-terminated=1): "ksm=on", "thp=madvise",
 *   "hugepages=2M:512", "hugepages=1G:4:0" (size, count, NUMA node), "overcommit=1"
 * @persist: whether the next boot gets them too (/etc/sysctl.d, /etc/tmpfiles.d)
 * @error: return location for a #GError
 *
 * Makes the plan that changes the settings. Undo writes the values of before.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_USAGE (unknown setting, not
 *   NAME=VALUE), %VY_ERROR_INVALID (a value it does not have) or %VY_ERROR_UNSUPPORTED
 *   (the kernel has no such setting)
 * Since: 0.1
 */
VY_API VyPlan *vy_hosttune_plan (const char *root, const char *const *settings,
                                 gboolean persist, GError **error);

G_END_DECLS
