/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recovery: undoes what plans left whose process was killed. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyUnfinishedPlan:
 * @path: its journal
 * @title: what the plan does, for people
 * @uri: (nullable): the connection it uses
 * @running: whether the process that runs it is alive
 * @n_steps: how many steps it has
 * @n_done: how many of them are done
 * @step: (nullable): what the last step that began does, for people
 * @started: when it began, seconds since the Epoch
 *
 * A plan that has a journal.
 */
typedef struct {
    char *path;
    char *title;
    char *uri;
    gboolean running;
    guint64 n_steps;
    guint64 n_done;
    char *step;
    gint64 started;
} VyUnfinishedPlan;

/**
 * vy_unfinished_plan_free:
 * @plan: (transfer full): an unfinished plan
 *
 * Since: 0.1
 */
VY_API void vy_unfinished_plan_free (VyUnfinishedPlan *plan);

/**
 * vy_recover_list:
 * @journal_dir: where the journals lie, see vy_journal_default_dir()
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type VyUnfinishedPlan): the plans that run and those
 *   that nobody runs any more, oldest first; %NULL when a journal cannot be read
 * Since: 0.1
 */
VY_API GPtrArray *vy_recover_list (const char *journal_dir, GError **error);

/**
 * VyRecoverResult:
 * @VY_RECOVER_UNDONE: the step was undone, or there was nothing of it left
 * @VY_RECOVER_PLANNED: the step would be undone, but for the dry run
 * @VY_RECOVER_KEPT: the step cannot be undone by its nature (what was deleted)
 * @VY_RECOVER_COMPLETE: every step of the plan had been done: only its journal goes
 * @VY_RECOVER_RUNNING: the plan's process is alive: nothing was touched
 * @VY_RECOVER_FAILED: the step could not be undone; its journal stays
 *
 * What became of a step.
 */
typedef enum {
    VY_RECOVER_UNDONE,
    VY_RECOVER_PLANNED,
    VY_RECOVER_KEPT,
    VY_RECOVER_COMPLETE,
    VY_RECOVER_RUNNING,
    VY_RECOVER_FAILED,
} VyRecoverResult;

/**
 * VyRecoveredStep:
 * @title: what its plan does, for people
 * @step: number of the step, from 1; 0: the plan as a whole
 * @description: (nullable): what the step does, for people; %NULL with @step 0
 * @result: what became of it
 * @reason: (nullable): why it failed
 *
 * One row of the report of vy_recover_run().
 */
typedef struct {
    char *title;
    guint64 step;
    char *description;
    VyRecoverResult result;
    char *reason;
} VyRecoveredStep;

/**
 * vy_recovered_step_free:
 * @step: (transfer full): a row
 *
 * Since: 0.1
 */
VY_API void vy_recovered_step_free (VyRecoveredStep *step);

/**
 * VyRecover:
 * @journal_dir: where the journals lie
 * @dry_run: report only what would be undone
 * @open: opens a connection (transfer full) for the URI of a plan, which may be %NULL;
 *   called at most once for each plan, and not for plans that need none
 * @open_data: passed to @open
 * @kinds: (nullable) (array zero-terminated=1): kinds of steps of the caller's own,
 * beside those of the library; their undo gets the connection
 *
 * How to recover.
 */
typedef struct {
    const char *journal_dir;
    gboolean dry_run;
    virConnectPtr (*open) (const char *uri, gpointer data, GError **error);
    gpointer open_data;
    const VyStepKind *const *kinds;
} VyRecover;

/**
 * vy_recover_run:
 * @recover: how
 * @error: return location for a #GError
 *
 * Undoes, in reverse order, the steps of every plan whose process is gone, and removes
 * its journal. A plan all of whose steps are done was only not forgotten: it stays as it
 * is. A step that cannot be undone stays in the journal, and the others are undone.
 *
 * Returns: (transfer full) (element-type VyRecoveredStep): what was done, in order; empty
 *   when there was nothing to do; %NULL when the directory cannot be read
 * Since: 0.1
 */
VY_API GPtrArray *vy_recover_run (const VyRecover *recover, GError **error);

G_END_DECLS
