/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Progress: one line on a terminal's stderr that says how far something is. */
#include "cli-private.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A terminal is written to at most that often. */
#define REDRAW_US 100000

static size_t
terminal_width (void)
{
    struct winsize size;

    if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 20)
        return 80;
    return size.ws_col;
}

static char *
line_of (const char *front, const char *text, double fraction)
{
    g_autofree char *percent =
        fraction >= 0 ? g_strdup_printf (" %3.0f %%", CLAMP (fraction, 0, 1) * 100)
                      : g_strdup ("");
    size_t width = terminal_width () - 1;
    size_t taken = strlen (percent) + cli_text_width (front);
    glong room = width > taken ? (glong) (width - taken) : 0;
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *shown = g_utf8_strlen (valid, -1) > room
                                 ? g_utf8_substring (valid, 0, room)
                                 : g_strdup (valid);

    return g_strconcat (front, shown, percent, NULL);
}

gboolean
cli_progress_wanted (Cli *cli)
{
    return isatty (STDERR_FILENO) && !cli_is_quiet (cli);
}

void
cli_progress_show (CliProgress *progress, const char *front, const char *text,
                   double fraction)
{
    gint64 now = g_get_monotonic_time ();
    gboolean same = progress->front && strcmp (progress->front, front) == 0;
    g_autofree char *line = NULL;

    if (same && fraction < 1 && now - progress->drawn_us < REDRAW_US)
        return;
    line = line_of (front, text, fraction);
    fprintf (stderr, "\r\033[K%s", line);
    fflush (stderr);
    g_free (progress->front);
    *progress = (CliProgress){ g_strdup (front), now };
}

void
cli_progress_clear (CliProgress *progress)
{
    if (progress->front)
        fputs ("\r\033[K", stderr);
    g_clear_pointer (&progress->front, g_free);
}
