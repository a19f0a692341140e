/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans: order, undo, journal, and recovery of what a dead process left. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "virtyard.h"

/* What the steps did, in order: "+a" applied, "-a" undone. */
static GString *trace;

static gboolean
apply (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
       G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *name = vy_step_record_get (record, "name");

    if (strcmp (name, "die") == 0)
        _exit (9);
    if (strcmp (name, "fail") == 0)
        return vy_throw (error, VY_ERROR_STATE, "cannot apply");
    if (strcmp (name, "cancel") == 0)
        g_cancellable_cancel (cancellable);
    vy_step_record_set (record, "gone", NULL);
    vy_step_record_set (record, "made", "a\nb");
    g_string_append_printf (trace, "+%s", name);
    return TRUE;
}

static gboolean
undo (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    const char *name = vy_step_record_get (record, "name");

    g_assert_null (vy_step_record_get_object (record));
    if (strcmp (name, "stuck") == 0)
        return vy_throw (error, VY_ERROR_DENIED, "cannot undo");
    if (vy_step_record_get (record, "made")) {
        g_assert_cmpstr (vy_step_record_get (record, "made"), ==, "a\nb");
        g_assert_null (vy_step_record_get (record, "gone"));
    }
    g_string_append_printf (trace, "-%s", name);
    return TRUE;
}

static const VyStepKind kind = { "test", apply, undo };

typedef struct {
    char *dir;
} Fixture;

static void
set_up (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    fixture->dir = g_dir_make_tmp ("test-plan-XXXXXX", NULL);
    trace = g_string_new ("");
}

static guint
count_journals (const Fixture *fixture)
{
    g_autoptr (GPtrArray) plans = vy_recover_list (fixture->dir, NULL);

    g_assert_nonnull (plans);
    return plans->len;
}

static void
tear_down (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir))) {
        g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

        g_unlink (path);
    }
    g_rmdir (fixture->dir);
    g_free (fixture->dir);
    g_string_free (trace, TRUE);
}

static VyPlan *
make_plan (const Fixture *fixture, const char *names)
{
    g_auto (GStrv) words = g_strsplit (names, " ", -1);
    VyPlan *plan = vy_plan_new ("a test", "test:///default", NULL);

    vy_plan_set_journal_dir (plan, fixture->dir);
    for (char **name = words; *name; name++) {
        VyStepRecord *record = vy_plan_add (plan, &kind, *name);

        vy_step_record_set (record, "name", *name);
        vy_step_record_set (record, "gone", "yes");
    }
    return plan;
}

/* Runs the plan in a process that ends in the midst of it. */
static void
run_and_die (const Fixture *fixture, const char *names)
{
    pid_t child = fork ();
    int status;

    if (child == 0) {
        g_autoptr (VyPlan) plan = make_plan (fixture, names);

        vy_plan_run (plan, NULL, NULL);
        _exit (0);
    }
    waitpid (child, &status, 0);
    g_assert_cmpint (WEXITSTATUS (status), ==, 9);
}

static virConnectPtr
open_test (const char *uri, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
    g_assert_cmpstr (uri, ==, "test:///default");
    return virConnectOpen (uri);
}

static GPtrArray *
recover (const Fixture *fixture, gboolean dry_run, gboolean known)
{
    const VyStepKind *const kinds[] = { &kind, NULL };
    const VyRecover how = { .journal_dir = fixture->dir,
                            .dry_run = dry_run,
                            .open = open_test,
                            .kinds = known ? kinds : NULL };
    g_autoptr (GError) error = NULL;
    GPtrArray *rows = vy_recover_run (&how, &error);

    g_assert_no_error (error);
    return rows;
}

static const VyRecoveredStep *
row_at (const GPtrArray *rows, guint i)
{
    g_assert_cmpuint (i, <, rows->len);
    return g_ptr_array_index (rows, i);
}

static void
test_success (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (VyPlan) plan = make_plan (fixture, "a b c");
    g_autoptr (GError) error = NULL;

    g_assert_true (vy_plan_run (plan, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (trace->str, ==, "+a+b+c");
    g_assert_cmpuint (count_journals (fixture), ==, 0);
}

static void
test_failure (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (VyPlan) plan = make_plan (fixture, "a b fail c");
    g_autoptr (GError) error = NULL;

    g_assert_false (vy_plan_run (plan, NULL, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_STATE);
    g_assert_cmpstr (error->message, ==, "cannot apply");
    g_assert_cmpstr (trace->str, ==, "+a+b-fail-b-a");
    g_assert_cmpuint (count_journals (fixture), ==, 0);
}

static void
test_cancel (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (VyPlan) plan = make_plan (fixture, "a cancel c");
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_assert_false (vy_plan_run (plan, cancellable, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_CANCELLED);
    g_assert_cmpstr (trace->str, ==, "+a+cancel-cancel-a");
}

static void
test_stuck (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (VyPlan) plan = make_plan (fixture, "a stuck fail");
    g_autoptr (GError) error = NULL;

    g_assert_false (vy_plan_run (plan, NULL, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_STATE);
    g_assert_cmpstr (error->message, ==,
                     "not all could be undone (stuck: cannot undo): cannot apply");
    g_assert_nonnull (vy_error_get_hint (error));
    g_assert_cmpstr (trace->str, ==, "+a+stuck-fail-a");
    g_assert_cmpuint (count_journals (fixture), ==, 1);
}

static void
test_recover (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (GPtrArray) rows = NULL;

    run_and_die (fixture, "a b die c");
    g_assert_cmpuint (count_journals (fixture), ==, 1);
    rows = recover (fixture, FALSE, TRUE);
    g_assert_cmpuint (rows->len, ==, 3);
    g_assert_cmpuint (row_at (rows, 0)->step, ==, 3);
    g_assert_cmpint (row_at (rows, 0)->result, ==, VY_RECOVER_UNDONE);
    g_assert_cmpstr (row_at (rows, 0)->title, ==, "a test");
    g_assert_cmpstr (trace->str, ==, "-die-b-a");
    g_assert_cmpuint (count_journals (fixture), ==, 0);
}

static void
test_dry_run (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (GPtrArray) rows = NULL;

    run_and_die (fixture, "a die");
    rows = recover (fixture, TRUE, TRUE);
    g_assert_cmpuint (rows->len, ==, 2);
    g_assert_cmpint (row_at (rows, 0)->result, ==, VY_RECOVER_PLANNED);
    g_assert_cmpstr (trace->str, ==, "");
    g_assert_cmpuint (count_journals (fixture), ==, 1);
}

static void
test_recover_stuck (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (GPtrArray) rows = NULL;
    g_autoptr (GPtrArray) again = NULL;

    run_and_die (fixture, "a stuck b die");
    rows = recover (fixture, FALSE, TRUE);
    g_assert_cmpuint (rows->len, ==, 4);
    g_assert_cmpint (row_at (rows, 2)->result, ==, VY_RECOVER_FAILED);
    g_assert_cmpstr (row_at (rows, 2)->reason, ==, "cannot undo");
    g_assert_cmpint (row_at (rows, 3)->result, ==, VY_RECOVER_UNDONE);
    g_assert_cmpuint (count_journals (fixture), ==, 1);
    again = recover (fixture, FALSE, TRUE);
    g_assert_cmpuint (again->len, ==, 1); /* only what is left */
}

static void
test_unknown_kind (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr (GPtrArray) rows = NULL;

    run_and_die (fixture, "a die");
    rows = recover (fixture, FALSE, FALSE);
    g_assert_cmpint (row_at (rows, 0)->result, ==, VY_RECOVER_FAILED);
    g_assert_nonnull (strstr (row_at (rows, 0)->reason, "'test'"));
    g_assert_cmpuint (count_journals (fixture), ==, 1);
}

/* Runs from within a step of a plan that is alive. */
static gboolean
apply_recover (gpointer context, G_GNUC_UNUSED VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, G_GNUC_UNUSED GError **error)
{
    const Fixture *fixture = context;
    g_autoptr (GPtrArray) rows = recover (fixture, FALSE, TRUE);
    g_autoptr (GPtrArray) plans = vy_recover_list (fixture->dir, NULL);
    const VyUnfinishedPlan *plan = g_ptr_array_index (plans, 0);

    g_assert_cmpint (row_at (rows, 0)->result, ==, VY_RECOVER_RUNNING);
    g_assert_true (plan->running);
    g_assert_cmpuint (plan->n_steps, ==, 1);
    g_assert_cmpstr (plan->step, ==, "look");
    g_assert_cmpint (plan->started, >, 0);
    return TRUE;
}

static void
test_running (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const VyStepKind looking = { "test-look", apply_recover, NULL };
    g_autoptr (VyPlan) plan = vy_plan_new ("a test", NULL, fixture);

    vy_plan_set_journal_dir (plan, fixture->dir);
    vy_plan_add (plan, &looking, "look");
    g_assert_true (vy_plan_run (plan, NULL, NULL));
}

typedef struct {
    const char *name;
    const char *text;
    guint n_rows;
    const char *trace;
} TornCase;

#define PLAN "[plan]\ntitle=t\nuri=test:///default\nsteps=2\n"
#define STEP(n) "[step " #n "]\nkind=test\nname=s" #n "\ndescription=d\n"

static const TornCase torn[] = {
    { "empty", "", 0, "" },
    { "no step", PLAN, 0, "" },
    { "half a line", PLAN STEP (0) "state=begun\n[step 0]\nstate=do", 1, "-s0" },
    { "half a group", PLAN STEP (0) "state=begun\n[ste", 1, "-s0" },
    { "begun",
      PLAN STEP (0) "state=begun\n[step 0]\nstate=done\n" STEP (1) "state=begun\n", 2,
      "-s1-s0" },
    { "undone", PLAN STEP (0) "state=undone\n" STEP (1) "state=done\n", 1, "-s1" },
    { "complete", PLAN STEP (0) "state=done\n" STEP (1) "state=done\n", 1, "" },
};

static void
test_torn (Fixture *fixture, gconstpointer data)
{
    const TornCase *c = data;
    g_autofree char *path = g_build_filename (fixture->dir, "x.plan", NULL);
    g_autoptr (GPtrArray) rows = NULL;

    g_assert_true (g_file_set_contents (path, c->text, -1, NULL));
    rows = recover (fixture, FALSE, TRUE);
    g_assert_cmpuint (rows->len, ==, c->n_rows);
    g_assert_cmpstr (trace->str, ==, c->trace);
    g_assert_cmpuint (count_journals (fixture), ==, 0);
}

static void
test_no_directory (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename (fixture->dir, "none", NULL);
    g_autoptr (GPtrArray) plans = vy_recover_list (path, NULL);

    g_assert_nonnull (plans);
    g_assert_cmpuint (plans->len, ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
    ADD ("/plan/success", test_success);
    ADD ("/plan/failure", test_failure);
    ADD ("/plan/cancel", test_cancel);
    ADD ("/plan/stuck", test_stuck);
    ADD ("/recover/dead", test_recover);
    ADD ("/recover/dry-run", test_dry_run);
    ADD ("/recover/stuck", test_recover_stuck);
    ADD ("/recover/unknown-kind", test_unknown_kind);
    ADD ("/recover/running", test_running);
    ADD ("/recover/no-directory", test_no_directory);
    for (gsize i = 0; i < G_N_ELEMENTS (torn); i++) {
        g_autofree char *path = g_strconcat ("/recover/torn/", torn[i].name, NULL);

        g_test_add (path, Fixture, &torn[i], set_up, test_torn, tear_down);
    }
    return g_test_run ();
}
