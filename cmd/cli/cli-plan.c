/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs plans: progress, cancellation by signals, --dry-run as rows. */
#include "cli-private.h"

typedef struct {
    guint64 step;
    const char *kind;
    const char *description;
} Row;

static const CliColumn columns[] = {
    { "step", N_ ("Step"), CLI_COL_UINT, offsetof (Row, step) },
    { "kind", N_ ("Kind"), CLI_COL_STRING, offsetof (Row, kind) },
    { "description", N_ ("What it does"), CLI_COL_STRING, offsetof (Row, description) },
    { 0 },
};

static gboolean
print_steps (Cli *cli, const VyPlan *plan, GError **error)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < vy_plan_get_n_steps (plan); i++) {
        Row *row = g_new0 (Row, 1);

        row->step = i + 1;
        row->kind = vy_plan_get_kind (plan, i);
        row->description = vy_plan_get_description (plan, i);
        g_ptr_array_add (rows, row);
    }
    return cli_print_table (cli, columns, rows, error);
}

/* ---- progress
 * ---------------------------------------------------------------------------
 */

static void
on_progress (guint step, guint n_steps, const char *description, double fraction,
             gboolean undoing, gpointer data)
{
    g_autofree char *front =
        g_strdup_printf ("[%u/%u] %s", step, n_steps, undoing ? _ ("undo: ") : "");

    cli_progress_show (data, front, description, fraction);
}

gboolean
cli_run_plan (Cli *cli, VyPlan *plan, gboolean dry_run, GError **error)
{
    g_auto (CliProgress) progress = { 0 };
    gboolean ok;

    if (dry_run)
        return print_steps (cli, plan, error);
    if (cli_progress_wanted (cli))
        vy_plan_set_progress (plan, on_progress, &progress);
    ok = vy_plan_run (plan, cli_cancellable (cli), error);
    vy_plan_set_progress (plan, NULL, NULL);
    return ok;
}
