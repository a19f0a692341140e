/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Is this machine ready to be a KVM host? One row per question. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyCheckState:
 * @VY_CHECK_OK: as it should be
 * @VY_CHECK_WARN: guests run, but slower, less safely or without a feature
 * @VY_CHECK_FAIL: guests will not run, or not as they should
 * @VY_CHECK_SKIP: could not be looked at; the reason is in the detail
 *
 * How a question was answered.
 */
typedef enum { VY_CHECK_OK, VY_CHECK_WARN, VY_CHECK_FAIL, VY_CHECK_SKIP } VyCheckState;

/**
 * VyCheck:
 * @name: stable name: "cpu", "kvm-device"
 * @group: topic: "cpu", "kvm", "memory", "libvirt", "network", "storage", "system"
 * @state: the answer
 * @state_name: the answer as a word: "ok", "warn", "fail", "skip"
 * @detail: what was seen, for people
 * @fix: (nullable): the command that mends it
 *
 * One question and its answer.
 */
typedef struct {
    const char *name;
    const char *group;
    VyCheckState state;
    const char *state_name;
    char *detail;
    char *fix;
} VyCheck;

/**
 * vy_hostcheck_run:
 * @root: directory that is looked at as "/": "/" for the running machine. Below another
 *   one only files are looked at: no device is opened and no program is run
 * @conn: (nullable): a connection, for what libvirt knows; %NULL: those rows are skipped
 * @only: (nullable) (array zero-terminated=1): names or groups of the wanted checks
 * @error: return location for a #GError
 *
 * Looks at the host.
 *
 * Returns: (transfer full) (element-type VyCheck): the answers in the order of the table;
 *   %NULL with %VY_ERROR_NOT_FOUND when @only names none of them
 * Since: 0.1
 */
VY_API GPtrArray *vy_hostcheck_run (const char *root, virConnectPtr conn,
                                    const char *const *only, GError **error);

/**
 * vy_hostcheck_count:
 * @checks: (element-type VyCheck): what vy_hostcheck_run() returned
 * @state: a state
 *
 * Returns: how many rows have that state
 * Since: 0.1
 */
VY_API guint vy_hostcheck_count (GPtrArray *checks, VyCheckState state);

/**
 * vy_hostcheck_names:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all checks
 * Since: 0.1
 */
VY_API GStrv vy_hostcheck_names (void);

G_END_DECLS
