/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recovery: undoes what plans left whose process was killed. */
#include "vy-recover.h"

#include <string.h>

#include "vy-hostprepare.h"
#include "vy-i18n-private.h"
#include "vy-plan-kinds-private.h"
#include "vy-plan-private.h"

/* ---- reading --------------------------------------------------------------------------
 */

static char *
group_of (guint step)
{
    return g_strdup_printf ("step %u", step);
}

static guint
count_steps (const GKeyFile *content)
{
    g_autofree char *number = vy_journal_get_value (content, "plan", "steps");

    return number ? (guint) g_ascii_strtoull (number, NULL, 10) : 0;
}

static StepState
state_of (const GKeyFile *content, guint step)
{
    g_autofree char *group = group_of (step);
    g_autofree char *state = vy_journal_get_value (content, group, "state");

    for (guint i = 0; state && vy_step_state_names[i]; i++)
        if (strcmp (state, vy_step_state_names[i]) == 0)
            return (StepState) i;
    return STEP_WAITING;
}

static guint
count_done (const GKeyFile *content)
{
    guint n_done = 0;

    for (guint i = 0; i < count_steps (content); i++)
        n_done += state_of (content, i) == STEP_DONE;
    return n_done;
}

static gboolean
was_applied (const GKeyFile *content, guint step)
{
    StepState state = state_of (content, step);

    return state == STEP_BEGUN || state == STEP_DONE;
}

static char *
title_of (const GKeyFile *content)
{
    char *title = vy_journal_get_value (content, "plan", "title");

    return title ? title : g_strdup (_ ("a plan that had not begun"));
}

/* ---- the list -------------------------------------------------------------------------
 */

void
vy_unfinished_plan_free (VyUnfinishedPlan *plan)
{
    g_free (plan->path);
    g_free (plan->title);
    g_free (plan->uri);
    g_free (plan->step);
    g_free (plan);
}

static char *
last_begun (const GKeyFile *content)
{
    for (guint i = count_steps (content); i-- > 0;) {
        g_autofree char *group = group_of (i);

        if (was_applied (content, i))
            return vy_journal_get_value (content, group, "description");
    }
    return NULL;
}

static VyUnfinishedPlan *
unfinished_new (const char *path, GError **error)
{
    gboolean running = FALSE;
    g_autoptr (GKeyFile) content = vy_journal_read (path, &running, error);
    g_autofree char *started = NULL;
    VyUnfinishedPlan *plan;

    if (!content)
        return NULL;
    started = vy_journal_get_value (content, "plan", "started");
    plan = g_new0 (VyUnfinishedPlan, 1);
    plan->path = g_strdup (path);
    plan->title = title_of (content);
    plan->uri = vy_journal_get_value (content, "plan", "uri");
    plan->running = running;
    plan->n_steps = count_steps (content);
    plan->n_done = count_done (content);
    plan->step = last_begun (content);
    plan->started = started ? g_ascii_strtoll (started, NULL, 10) : 0;
    return plan;
}

static int
compare_started (gconstpointer a, gconstpointer b)
{
    const VyUnfinishedPlan *one = *(VyUnfinishedPlan *const *) a;
    const VyUnfinishedPlan *other = *(VyUnfinishedPlan *const *) b;

    return one->started != other->started ? (one->started > other->started ? 1 : -1)
                                          : strcmp (one->path, other->path);
}

GPtrArray *
vy_recover_list (const char *journal_dir, GError **error)
{
    g_autoptr (GPtrArray) paths = vy_journal_list (journal_dir, error);
    g_autoptr (GPtrArray) plans =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_unfinished_plan_free);

    if (!paths)
        return NULL;
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr (GError) local = NULL;
        VyUnfinishedPlan *plan = unfinished_new (g_ptr_array_index (paths, i), &local);

        if (plan) {
            g_ptr_array_add (plans, plan);
        } else if (!g_error_matches (local, VY_ERROR, VY_ERROR_NOT_FOUND)) {
            g_propagate_error (error, g_steal_pointer (&local));
            return NULL;
        }
    }
    g_ptr_array_sort (plans, compare_started);
    return g_steal_pointer (&plans);
}

/* ---- undoing --------------------------------------------------------------------------
 */

void
vy_recovered_step_free (VyRecoveredStep *step)
{
    g_free (step->title);
    g_free (step->description);
    g_free (step->reason);
    g_free (step);
}

/* A plan that is being undone. */
typedef struct {
    const VyRecover *recover;
    VyJournal *journal;
    const GKeyFile *content;
    char *title;
    char *uri;
    virConnectPtr conn;
    GError *refused; /* why the connection cannot be opened */
    GPtrArray *rows;
    gboolean failed;
} Undo;

static void
add_row (Undo *undo, guint step, const char *description, VyRecoverResult result,
         const GError *why)
{
    VyRecoveredStep *row = g_new0 (VyRecoveredStep, 1);

    row->title = g_strdup (undo->title);
    row->step = step;
    row->description = g_strdup (description);
    row->result = result;
    row->reason = g_strdup (why ? why->message : NULL);
    g_ptr_array_add (undo->rows, row);
    undo->failed = undo->failed || result == VY_RECOVER_FAILED;
}

static virConnectPtr
open_connection (gpointer data, GError **error)
{
    Undo *undo = data;

    if (!undo->conn && !undo->refused)
        undo->conn =
            undo->recover->open (undo->uri, undo->recover->open_data, &undo->refused);
    if (!undo->conn && error)
        *error = undo->refused ? g_error_copy (undo->refused) : NULL;
    return undo->conn;
}

static const VyStepKind *
find_kind (const Undo *undo, const char *name, VyUndoContext *context)
{
    const VyStepKind *const *own = undo->recover->kinds;
    const VyKnownKind *found = name ? vy_plan_kinds_find (name) : NULL;

    *context = found ? found->context : VY_UNDO_CONN;
    for (; !found && name && own && *own; own++)
        if (strcmp ((*own)->name, name) == 0)
            return *own;
    return found ? found->kind : NULL;
}

static gboolean
call_undo (Undo *undo, const VyStepRecord *record, VyUndoContext context, GError **error)
{
    VyPrepare prepare = { .open = open_connection, .open_data = undo };
    gpointer given = NULL;

    if (context == VY_UNDO_PREPARE)
        given = &prepare;
    else if (context != VY_UNDO_ALONE)
        given = open_connection (undo, context == VY_UNDO_CONN ? error : NULL);
    if (!given && context == VY_UNDO_CONN)
        return FALSE;
    return record->kind->undo (given, record, error);
}

static VyStepRecord *
load_record (const Undo *undo, guint step, const VyStepKind *kind,
             const char *description)
{
    VyStepRecord *record = vy_step_record_new (kind, description);
    g_autofree char *group = group_of (step);
    /* GLib's getters take no const */
    g_auto (GStrv) keys =
        g_key_file_get_keys ((GKeyFile *) undo->content, group, NULL, NULL);

    record->number = step;
    record->state = STEP_DONE;
    for (char **key = keys; key && *key; key++) {
        g_autofree char *value =
            **key == '-' ? NULL : vy_journal_get_value (undo->content, group, *key);

        if (value)
            vy_step_record_set (record, *key, value);
    }
    return record;
}

static void
undo_step (Undo *undo, guint step)
{
    g_autofree char *group = group_of (step);
    g_autofree char *name = vy_journal_get_value (undo->content, group, "kind");
    g_autofree char *what = vy_journal_get_value (undo->content, group, "description");
    g_autoptr (GError) error = NULL;
    VyUndoContext context;
    const VyStepKind *kind = find_kind (undo, name, &context);
    VyRecoverResult result = VY_RECOVER_UNDONE;

    if (!kind) {
        vy_throw (&error, VY_ERROR_UNSUPPORTED,
                  _ ("this version knows no step of the kind '%s'"), name ? name : "");
        result = VY_RECOVER_FAILED;
    } else if (!kind->undo) {
        result = VY_RECOVER_KEPT;
    } else if (undo->recover->dry_run) {
        result = VY_RECOVER_PLANNED;
    } else {
        VyStepRecord *record = load_record (undo, step, kind, what);

        if (!call_undo (undo, record, context, &error))
            result = VY_RECOVER_FAILED;
        vy_step_record_free (record);
    }
    add_row (undo, step + 1, what, result, error);
    if (undo->recover->dry_run || result == VY_RECOVER_FAILED)
        return;
    vy_journal_set (undo->journal, step, "state", vy_step_state_names[STEP_UNDONE]);
    vy_journal_sync (undo->journal, NULL);
}

static void
undo_plan (Undo *undo)
{
    guint n_steps = count_steps (undo->content);

    if (n_steps > 0 && count_done (undo->content) == n_steps)
        add_row (undo, 0, NULL, VY_RECOVER_COMPLETE, NULL);
    else
        for (guint i = n_steps; i-- > 0;)
            if (was_applied (undo->content, i))
                undo_step (undo, i);
}

static void
undo_journal (const VyRecover *recover, const char *path, GPtrArray *rows)
{
    g_autoptr (GError) error = NULL;
    Undo undo = { .recover = recover, .rows = rows };

    undo.journal = vy_journal_open (path, &error);
    if (undo.journal) {
        undo.content = vy_journal_get_content (undo.journal);
        undo.title = title_of (undo.content);
        undo.uri = vy_journal_get_value (undo.content, "plan", "uri");
        undo_plan (&undo);
        vy_journal_close (undo.journal, !undo.failed && !recover->dry_run);
    } else if (!g_error_matches (error, VY_ERROR, VY_ERROR_NOT_FOUND)) {
        gboolean running = g_error_matches (error, VY_ERROR, VY_ERROR_STATE);

        undo.title = g_strdup (path);
        add_row (&undo, 0, NULL, running ? VY_RECOVER_RUNNING : VY_RECOVER_FAILED, error);
    }
    if (undo.conn)
        virConnectClose (undo.conn);
    g_clear_error (&undo.refused);
    g_free (undo.title);
    g_free (undo.uri);
}

/* The newest plan first: it may have built on what an older one left. */
GPtrArray *
vy_recover_run (const VyRecover *recover, GError **error)
{
    g_autoptr (GPtrArray) plans = vy_recover_list (recover->journal_dir, error);
    g_autoptr (GPtrArray) rows =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_recovered_step_free);

    if (!plans)
        return NULL;
    for (guint i = plans->len; i-- > 0;) {
        const VyUnfinishedPlan *plan = g_ptr_array_index (plans, i);

        undo_journal (recover, plan->path, rows);
    }
    return g_steal_pointer (&rows);
}
