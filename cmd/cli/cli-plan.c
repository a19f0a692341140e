/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs plans: progress on a terminal, cancellation by signals, --dry-run as rows. */
#include "cli-private.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A terminal is written to at most that often. */
#define REDRAW_US 100000

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

typedef struct {
    guint step; /* the one on the line */
    gboolean undoing;
    gboolean drawn;
    gint64 drawn_us;
} Progress;

static size_t
terminal_width (void)
{
    struct winsize size;

    if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 20)
        return 80;
    return size.ws_col;
}

static char *
progress_line (guint step, guint n_steps, const char *description, double fraction,
               gboolean undoing)
{
    g_autofree char *percent =
        fraction >= 0 ? g_strdup_printf (" %3.0f %%", CLAMP (fraction, 0, 1) * 100)
                      : g_strdup ("");
    g_autofree char *front =
        g_strdup_printf ("[%u/%u] %s", step, n_steps, undoing ? _ ("undo: ") : "");
    size_t width = terminal_width () - 1;
    size_t taken = strlen (percent) + cli_text_width (front);
    glong room = width > taken ? (glong) (width - taken) : 0;
    g_autofree char *valid = g_utf8_make_valid (description, -1);
    g_autofree char *shown = g_utf8_strlen (valid, -1) > room
                                 ? g_utf8_substring (valid, 0, room)
                                 : g_strdup (valid);

    return g_strconcat (front, shown, percent, NULL);
}

static void
on_progress (guint step, guint n_steps, const char *description, double fraction,
             gboolean undoing, gpointer data)
{
    Progress *progress = data;
    gint64 now = g_get_monotonic_time ();
    gboolean same =
        progress->drawn && progress->step == step && progress->undoing == undoing;
    g_autofree char *line = NULL;

    if (same && fraction < 1 && now - progress->drawn_us < REDRAW_US)
        return;
    line = progress_line (step, n_steps, description, fraction, undoing);
    fprintf (stderr, "\r\033[K%s", line);
    fflush (stderr);
    *progress = (Progress){ step, undoing, TRUE, now };
}

gboolean
cli_run_plan (Cli *cli, VyPlan *plan, gboolean dry_run, GError **error)
{
    Progress progress = { 0 };
    gboolean ok;

    if (dry_run)
        return print_steps (cli, plan, error);
    if (isatty (STDERR_FILENO) && !cli_is_quiet (cli))
        vy_plan_set_progress (plan, on_progress, &progress);
    ok = vy_plan_run (plan, cli_cancellable (cli), error);
    vy_plan_set_progress (plan, NULL, NULL);
    if (progress.drawn)
        fputs ("\r\033[K", stderr);
    return ok;
}
