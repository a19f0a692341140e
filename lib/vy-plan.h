/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans: steps that change a host, with undo, journal, progress and cancellation. */
#pragma once

#include <gio/gio.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyPlan:
 *
 * An ordered list of steps. Running it journals each step before it is applied, reports
 * progress, and undoes in reverse order what was applied when a step fails or the
 * run is cancelled. A step undoes only what it made itself.
 */
typedef struct _VyPlan VyPlan;

/**
 * VyStepRecord:
 *
 * What a step remembers in the journal: string keys and values, enough to undo it from
 * another process. Read and written with vy_step_record_get()/vy_step_record_set().
 */
typedef struct _VyStepRecord VyStepRecord;

/**
 * VyStepKind:
 * @name: stable name in the journal: "volume-create", "file-write"
 * @apply: does it. On failure it leaves nothing behind itself. It may set more keys in
 *   @record while it works (each is on disk when vy_step_record_set() returns), so what
 *   only becomes known on the way (a generated name, a UUID) can be undone too
 * @undo: (nullable): takes back what @record says was made, and nothing else; it must
 *   succeed when that is gone already, or was never made: after a kill it cannot be
 *   known how far @apply came. It must not touch an object which @record does not prove
 *   to be the plan's own (compare UUIDs, not names)
 * @context: what both are called with is the plan's context (a VyHost, usually)
 *
 * A kind of step. Kinds that recover after a crash must be known are listed in one table,
 * see vy_plan_recover().
 */
typedef struct {
    const char *name;
    gboolean (*apply) (gpointer context, VyStepRecord *record, GCancellable *cancellable,
                       GError **error);
    gboolean (*undo) (gpointer context, const VyStepRecord *record, GError **error);
} VyStepKind;

/**
 * VyPlanProgress:
 * @step: number of the step, from 1
 * @n_steps: how many there are
 * @description: what it does, for people: "create volume 'web.qcow2' (40 GiB) in
 * 'default'"
 * @fraction: 0 to 1 within the step, negative when not known
 * @undoing: whether it is being undone
 * @data: the user's data
 */
typedef void (*VyPlanProgress) (guint step, guint n_steps, const char *description,
                                double fraction, gboolean undoing, gpointer data);

/**
 * vy_plan_new:
 * @title: what the whole does, for people and the journal: "install domain 'web'"
 * @uri: (nullable): the connection that recover has to open to undo it
 * @context: what the steps' functions are called with; it must outlive the plan
 *
 * Returns: (transfer full): a plan without steps
 * Since: 0.1
 */
VY_API VyPlan *vy_plan_new (const char *title, const char *uri, gpointer context);

/**
 * vy_plan_free:
 * @plan: (transfer full): a plan
 *
 * Since: 0.1
 */
VY_API void vy_plan_free (VyPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyPlan, vy_plan_free)

/**
 * vy_journal_default_dir:
 *
 * Returns: (transfer full): where the journals of plans lie: below /var/lib for root, so
 *   that they outlive a power cut; else in the user's state directory
 * Since: 0.1
 */
VY_API char *vy_journal_default_dir (void);

/**
 * vy_plan_set_journal_dir:
 * @plan: a plan that does not run
 * @dir: a directory; made when the plan runs
 *
 * Keeps the plan's journal in another directory than vy_journal_default_dir().
 *
 * Since: 0.1
 */
VY_API void vy_plan_set_journal_dir (VyPlan *plan, const char *dir);

/**
 * vy_plan_add:
 * @plan: a plan
 * @kind: what to do; static storage
 * @description: what it does, for people, imperative, lower case
 *
 * Adds a step at the end.
 *
 * Returns: (transfer none): its record, for vy_step_record_set() of the arguments
 * Since: 0.1
 */
VY_API VyStepRecord *
vy_plan_add (VyPlan *plan, const VyStepKind *kind, const char *description);

/**
 * vy_plan_add_object:
 * @plan: a plan
 * @record: a record that vy_plan_add() returned
 * @object: (transfer full) (nullable): something the step needs in this process only (an
 *   open file descriptor, a XML tree): not journalled
 * @free_object: (nullable): how to free it
 *
 * Since: 0.1
 */
VY_API void vy_plan_add_object (VyPlan *plan, VyStepRecord *record, gpointer object,
                                GDestroyNotify free_object);

/**
 * vy_step_record_set:
 * @record: a record
 * @key: a key, [a-z_]+
 * @value: (nullable): text, %NULL removes the key; never a secret
 *
 * Since: 0.1
 */
VY_API void vy_step_record_set (VyStepRecord *record, const char *key, const char *value);

/**
 * vy_step_record_get:
 * @record: a record
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value
 * Since: 0.1
 */
VY_API const char *vy_step_record_get (const VyStepRecord *record, const char *key);

/**
 * vy_step_record_get_object:
 * @record: a record
 *
 * Returns: (transfer none) (nullable): what vy_plan_add_object() gave; %NULL in recovery
 * Since: 0.1
 */
VY_API gpointer vy_step_record_get_object (const VyStepRecord *record);

/**
 * vy_step_progress:
 * @record: the record of the step that is being applied
 * @fraction: 0 to 1 of this step
 *
 * Reports progress within a long step.
 *
 * Since: 0.1
 */
VY_API void vy_step_progress (VyStepRecord *record, double fraction);

/**
 * vy_plan_get_n_steps:
 * @plan: a plan
 *
 * Returns: how many steps it has
 * Since: 0.1
 */
VY_API guint vy_plan_get_n_steps (const VyPlan *plan);

/**
 * vy_plan_get_description:
 * @plan: a plan
 * @step: number of a step, from 0
 *
 * Returns: (transfer none): what the step does, for people
 * Since: 0.1
 */
VY_API const char *vy_plan_get_description (const VyPlan *plan, guint step);

/**
 * vy_plan_get_kind:
 * @plan: a plan
 * @step: number of a step, from 0
 *
 * Returns: (transfer none): the name of the step's kind
 * Since: 0.1
 */
VY_API const char *vy_plan_get_kind (const VyPlan *plan, guint step);

/**
 * vy_plan_set_progress:
 * @plan: a plan
 * @progress: (nullable): called from the thread that runs the plan
 * @data: the user's data
 *
 * Since: 0.1
 */
VY_API void vy_plan_set_progress (VyPlan *plan, VyPlanProgress progress, gpointer data);

/**
 * vy_plan_run:
 * @plan: a plan
 * @cancellable: (nullable): cancels between steps, and inside those that look at it
 * @error: return location for a #GError
 *
 * Runs the steps. On failure or cancellation those applied are undone in reverse order,
 * and the one that failed if it had begun; what could not be undone stays in the journal
 * and is named in the error.
 *
 * Returns: %TRUE when every step was applied and the journal is gone; %FALSE with the
 *   error of the step, or %VY_ERROR_CANCELLED, once all is undone
 * Since: 0.1
 */
VY_API gboolean vy_plan_run (VyPlan *plan, GCancellable *cancellable, GError **error);

G_END_DECLS
