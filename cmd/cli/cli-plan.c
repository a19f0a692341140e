/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans on the command line: dry runs, progress, cancellation. */
#include "cli.h"

#include <stdio.h>
#include <unistd.h>

typedef struct {
    guint64 number;
    const char *kind;
    const char *description;
} StepRow;

static const CliColumn step_columns[] = {
    { "step", N_ ("Step"), CLI_COL_UINT, offsetof (StepRow, number) },
    { "kind", N_ ("Kind"), CLI_COL_STRING, offsetof (StepRow, kind) },
    { "description", N_ ("What it does"), CLI_COL_STRING, offsetof (StepRow, description) },
    { 0 },
};

static gboolean
print_steps (Cli *cli, VyPlan *plan, GError **error)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < vy_plan_get_n_steps (plan); i++) {
        StepRow *row = g_new0 (StepRow, 1);

        row->number = i + 1;
        row->kind = vy_plan_get_kind (plan, i);
        row->description = vy_plan_get_description (plan, i);
        g_ptr_array_add (rows, row);
    }
    return cli_print_table (cli, step_columns, rows, error);
}

/* One line on the terminal, written over by the next report. */
static void
show_progress (guint step, guint n_steps, const char *description, double fraction,
               gboolean undoing, G_GNUC_UNUSED gpointer data)
{
    fprintf (stderr, "\r\033[K[%u/%u] %s%s", step, n_steps, undoing ? _ ("undo: ") : "",
             description);
    if (fraction > 0 && fraction < 1)
        fprintf (stderr, " %d%%", (int) (fraction * 100));
    if (fraction >= 1 || undoing)
        fputc ('\n', stderr);
    fflush (stderr);
}

gboolean
cli_run_plan (Cli *cli, VyPlan *plan, gboolean dry_run, GError **error)
{
    if (dry_run)
        return print_steps (cli, plan, error);
    if (isatty (STDERR_FILENO) && !cli_is_quiet (cli))
        vy_plan_set_progress (plan, show_progress, NULL);
    return vy_plan_run (plan, cli_cancellable (cli), error);
}
