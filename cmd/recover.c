/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-recover: undo what killed commands left behind */
#include "cli.h"

typedef struct {
    gboolean list;
    gboolean dry_run;
    char *journal;
} Args;

static const CliOption options[] = {
    { "list", 0, CLI_FLAG, 0, CLI_ARG (Args, list), NULL,
      N_ ("list the unfinished commands, change nothing"), .excludes = "dry-run" },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (Args, dry_run), NULL,
      N_ ("print what would be undone, change nothing") },
    { "journal", 0, CLI_STRING, CLI_FILE, CLI_ARG (Args, journal), N_ ("DIR"),
      N_ ("directory of the journals, where it is not the usual one") },
    { 0 },
};

/* ---- --list ---------------------------------------------------------------------------
 */

static char *
done_text (gconstpointer row)
{
    const VyUnfinishedPlan *plan = row;

    return g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, plan->n_done,
                            plan->n_steps);
}

static const CliColumn plan_columns[] = {
    { "title", N_ ("Command"), CLI_COL_STRING, offsetof (VyUnfinishedPlan, title) },
    { "running", N_ ("Running"), CLI_COL_BOOL, offsetof (VyUnfinishedPlan, running) },
    { "done", N_ ("Done"), CLI_COL_UINT, offsetof (VyUnfinishedPlan, n_done),
      .text = done_text },
    { "steps", N_ ("Steps"), CLI_COL_UINT, offsetof (VyUnfinishedPlan, n_steps),
      .extra = TRUE },
    { "step", N_ ("Last step"), CLI_COL_STRING, offsetof (VyUnfinishedPlan, step) },
    { "started", N_ ("Started"), CLI_COL_TIME, offsetof (VyUnfinishedPlan, started) },
    { "uri", N_ ("URI"), CLI_COL_STRING, offsetof (VyUnfinishedPlan, uri),
      .extra = TRUE },
    { "journal", N_ ("Journal"), CLI_COL_STRING, offsetof (VyUnfinishedPlan, path),
      .extra = TRUE },
    { 0 },
};

static gboolean
print_plans (Cli *cli, const char *dir, GError **error)
{
    g_autoptr (GPtrArray) plans = vy_recover_list (dir, error);

    return plans && cli_print_table (cli, plan_columns, plans, error);
}

/* ---- undo -----------------------------------------------------------------------------
 */

typedef struct {
    const char *title;
    guint64 step;
    const char *description;
    const char *result;
    const char *reason;
} Row;

static const CliColumn step_columns[] = {
    { "title", N_ ("Command"), CLI_COL_STRING, offsetof (Row, title) },
    { "step", N_ ("Step"), CLI_COL_UINT, offsetof (Row, step) },
    { "description", N_ ("What it did"), CLI_COL_STRING, offsetof (Row, description) },
    { "result", N_ ("Result"), CLI_COL_STRING, offsetof (Row, result) },
    { "reason", N_ ("Reason"), CLI_COL_STRING, offsetof (Row, reason) },
    { 0 },
};

/* stable: in the order of VyRecoverResult */
static const char *const results[] = { "undone",   "planned", "kept",
                                       "complete", "running", "failed" };

static GPtrArray *
rows_of (const GPtrArray *steps, guint *n_failed)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < steps->len; i++) {
        const VyRecoveredStep *step = g_ptr_array_index (steps, i);
        Row *row = g_new0 (Row, 1);

        row->title = step->title;
        row->step = step->step ? step->step : CLI_NO_UINT;
        row->description = step->description;
        row->result = results[step->result];
        row->reason = step->reason;
        *n_failed += step->result == VY_RECOVER_FAILED;
        g_ptr_array_add (rows, row);
    }
    return rows;
}

static virConnectPtr
open_connection (const char *uri, G_GNUC_UNUSED gpointer data, GError **error)
{
    GError *why = NULL;
    virConnectPtr conn = cli_open (uri, TRUE, 0, &why);

    if (why)
        g_propagate_error (error, why);
    else if (!conn)
        vy_throw_libvirt (error, _ ("failed to connect to the hypervisor"));
    return conn;
}

static gboolean
run_recover (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *dir =
        args->journal ? g_strdup (args->journal) : vy_journal_default_dir ();
    VyRecover recover = { .journal_dir = dir,
                          .dry_run = args->dry_run,
                          .open = open_connection };
    g_autoptr (GPtrArray) steps = NULL;
    g_autoptr (GPtrArray) rows = NULL;
    guint n_failed = 0;

    if (args->list)
        return print_plans (cli, dir, error);
    steps = vy_recover_run (&recover, error);
    if (!steps)
        return FALSE;
    rows = rows_of (steps, &n_failed);
    if ((rows->len > 0 || cli_is_structured (cli)) &&
        !cli_print_table (cli, step_columns, rows, error))
        return FALSE;
    if (rows->len == 0)
        cli_say (cli, _ ("There is nothing to undo\n"));
    if (n_failed == 0)
        return TRUE;
    vy_throw (error, VY_ERROR_PARTIAL, _ ("%u steps could not be undone"), n_failed);
    vy_error_set_hint (error, _ ("mend what the reasons say and run this again"));
    return FALSE;
}

static const CliCommand commands[] = {
    { "virtyard-recover", N_ ("undo what interrupted commands left behind"), options,
      sizeof (Args), run_recover, CLI_NO_CONNECTION,
      .description = N_ ("A command that is killed, or ends by a power cut, leaves a "
                         "journal of what it had done. This undoes those steps, last "
                         "first; commands that still run are left alone.") },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "recover", N_ ("Recovery"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-recover",
                                        N_ ("undo what interrupted commands left behind"),
                                        CLI_STYLE_NATIVE, groups, .single = TRUE };

    return cli_main (&program, argc, argv);
}
