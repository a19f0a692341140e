/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans: steps that change a host, with undo, journal, progress and cancellation. */
#include "vy-plan-private.h"

#include <string.h>
#include <unistd.h>

#include "vy-i18n-private.h"

struct _VyPlan {
    char *title;
    char *uri;
    gpointer context;
    char *journal_dir;
    GPtrArray *steps; /* VyStepRecord */
    VyPlanProgress progress;
    gpointer progress_data;
    VyJournal *journal;
    gboolean undoing;
};

const char *const vy_step_state_names[] = { "waiting", "begun", "done", "undone", NULL };

VyStepRecord *
vy_step_record_new (const VyStepKind *kind, const char *description)
{
    VyStepRecord *record = g_new0 (VyStepRecord, 1);

    record->kind = kind;
    record->description = g_strdup (description);
    record->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return record;
}

void
vy_step_record_free (VyStepRecord *record)
{
    if (record->free_object && record->object)
        record->free_object (record->object);
    g_hash_table_unref (record->values);
    g_free (record->description);
    g_free (record);
}

VyPlan *
vy_plan_new (const char *title, const char *uri, gpointer context)
{
    VyPlan *plan = g_new0 (VyPlan, 1);

    plan->title = g_strdup (title);
    plan->uri = g_strdup (uri);
    plan->context = context;
    plan->journal_dir = vy_journal_default_dir ();
    plan->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_step_record_free);
    return plan;
}

void
vy_plan_free (VyPlan *plan)
{
    g_ptr_array_unref (plan->steps);
    g_free (plan->journal_dir);
    g_free (plan->title);
    g_free (plan->uri);
    g_free (plan);
}

char *
vy_journal_default_dir (void)
{
    if (geteuid () == 0)
        return g_strdup ("/var/lib/virtyard/journal");
    return g_build_filename (g_get_user_state_dir (), "virtyard", "journal", NULL);
}

void
vy_plan_set_journal_dir (VyPlan *plan, const char *dir)
{
    g_free (plan->journal_dir);
    plan->journal_dir = g_strdup (dir);
}

VyStepRecord *
vy_plan_add (VyPlan *plan, const VyStepKind *kind, const char *description)
{
    VyStepRecord *record = vy_step_record_new (kind, description);

    record->plan = plan;
    record->number = plan->steps->len;
    g_ptr_array_add (plan->steps, record);
    return record;
}

void
vy_plan_add_object (G_GNUC_UNUSED VyPlan *plan, VyStepRecord *record, gpointer object,
                    GDestroyNotify free_object)
{
    record->object = object;
    record->free_object = free_object;
}

void
vy_step_record_set (VyStepRecord *record, const char *key, const char *value)
{
    if (value)
        g_hash_table_replace (record->values, g_strdup (key), g_strdup (value));
    else
        g_hash_table_remove (record->values, key);
    if (record->plan && record->plan->journal && record->state == STEP_BEGUN) {
        vy_journal_set (record->plan->journal, record->number, key, value);
        vy_journal_sync (record->plan->journal, NULL);
    }
}

const char *
vy_step_record_get (const VyStepRecord *record, const char *key)
{
    return g_hash_table_lookup (record->values, key);
}

gpointer
vy_step_record_get_object (const VyStepRecord *record)
{
    return record->object;
}

static VyStepRecord *
step_at (const VyPlan *plan, guint step)
{
    return g_ptr_array_index (plan->steps, step);
}

static void
report (const VyStepRecord *record, double fraction)
{
    const VyPlan *plan = record->plan;

    if (plan->progress)
        plan->progress (record->number + 1, plan->steps->len, record->description,
                        fraction, plan->undoing, plan->progress_data);
}

void
vy_step_progress (VyStepRecord *record, double fraction)
{
    if (record->plan)
        report (record, fraction);
}

guint
vy_plan_get_n_steps (const VyPlan *plan)
{
    return plan->steps->len;
}

const char *
vy_plan_get_description (const VyPlan *plan, guint step)
{
    return step_at (plan, step)->description;
}

const char *
vy_plan_get_kind (const VyPlan *plan, guint step)
{
    return step_at (plan, step)->kind->name;
}

void
vy_plan_set_progress (VyPlan *plan, VyPlanProgress progress, gpointer data)
{
    plan->progress = progress;
    plan->progress_data = data;
}

static gboolean
set_state (VyStepRecord *record, StepState state, GError **error)
{
    VyJournal *journal = record->plan->journal;

    record->state = state;
    vy_journal_set (journal, record->number, "state", vy_step_state_names[state]);
    return vy_journal_sync (journal, error);
}

/* Everything a step would need to be undone goes to the disk before it begins. */
static gboolean
begin_step (VyStepRecord *record, GError **error)
{
    VyJournal *journal = record->plan->journal;
    GHashTableIter iter;
    gpointer key, value;

    vy_journal_set (journal, record->number, "kind", record->kind->name);
    vy_journal_set (journal, record->number, "description", record->description);
    g_hash_table_iter_init (&iter, record->values);
    while (g_hash_table_iter_next (&iter, &key, &value))
        vy_journal_set (journal, record->number, key, value);
    return set_state (record, STEP_BEGUN, error);
}

static gboolean
run_step (VyStepRecord *record, GCancellable *cancellable, GError **error)
{
    if (g_cancellable_is_cancelled (cancellable))
        return vy_throw (error, VY_ERROR_CANCELLED, _ ("interrupted"));
    if (!begin_step (record, error))
        return FALSE;
    report (record, 0);
    if (!record->kind->apply (record->plan->context, record, cancellable, error))
        return FALSE;
    report (record, 1);
    return set_state (record, STEP_DONE, error);
}

/* Undoes what was begun, last first. Returns: what could not be undone, or NULL. */
static char *
undo_steps (VyPlan *plan)
{
    g_autoptr (GString) left = g_string_new ("");

    plan->undoing = TRUE;
    for (guint i = plan->steps->len; i-- > 0;) {
        VyStepRecord *record = step_at (plan, i);
        g_autoptr (GError) error = NULL;

        if (record->state != STEP_BEGUN && record->state != STEP_DONE)
            continue;
        report (record, -1);
        if (record->kind->undo && !record->kind->undo (plan->context, record, &error))
            g_string_append_printf (left, "; %s: %s", record->description,
                                    error ? error->message : _ ("unknown error"));
        else
            set_state (record, STEP_UNDONE, NULL);
    }
    plan->undoing = FALSE;
    return left->len ? g_string_free (g_steal_pointer (&left), FALSE) : NULL;
}

static void
note_start (VyPlan *plan)
{
    g_autofree char *steps = g_strdup_printf ("%u", plan->steps->len);
    g_autofree char *now =
        g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);

    vy_journal_set_plan (plan->journal, "steps", steps);
    vy_journal_set_plan (plan->journal, "started", now);
}

gboolean
vy_plan_run (VyPlan *plan, GCancellable *cancellable, GError **error)
{
    g_autofree char *left = NULL;
    gboolean ok = TRUE;

    if (plan->steps->len == 0)
        return TRUE;
    plan->journal = vy_journal_create (plan->journal_dir, plan->title, plan->uri, error);
    if (!plan->journal)
        return FALSE;
    note_start (plan);
    for (guint i = 0; ok && i < plan->steps->len; i++)
        ok = run_step (step_at (plan, i), cancellable, error);
    if (!ok)
        left = undo_steps (plan);
    vy_journal_close (g_steal_pointer (&plan->journal), !left);
    if (left) {
        g_prefix_error (error, _ ("not all could be undone (%s): "), left + 2);
        vy_error_set_hint (error, _ ("try again with: virtyard recover"));
    }
    return ok;
}
