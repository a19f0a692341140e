/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SIGINT, SIGTERM, SIGHUP and --timeout: a thread turns them into a cancelled run. */
#include "cli-private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib-unix.h>

/* How long work that can be cancelled may take to undo itself after --timeout. */
#define GRACE_MS 10000
/* Signals so close are one wish: timeout(1) and terminals send to the group, too. */
#define BURST_US 1000000

static const int handled[] = { SIGINT, SIGTERM, SIGHUP };

/* Written by the handler, read by the thread: the only state signals can reach. */
static int wakeup[2] = { -1, -1 };

typedef struct {
    GCancellable *cancellable; /* NULL: nothing listens, the process just ends */
    gint64 deadline_us;        /* monotonic; 0: none */
    gint64 cancelled_us;       /* monotonic */
    gint *timed_out;
    const char *program;
    gboolean compatible;
} Watch;

static void
on_signal (int number)
{
    int saved = errno;
    unsigned char byte = (unsigned char) number;

    if (write (wakeup[1], &byte, 1) < 0)
        _exit (128 + number);
    errno = saved;
}

static void
die_of (int number)
{
    signal (number, SIG_DFL);
    kill (getpid (), number);
}

/* The first one undoes. A later one means it: what was begun is in the journal. */
static void
take_signal (Watch *watch, int number)
{
    gint64 now_us = g_get_monotonic_time ();

    if (!watch->cancellable)
        die_of (number);
    if (!g_cancellable_is_cancelled (watch->cancellable)) {
        watch->cancelled_us = now_us;
        g_cancellable_cancel (watch->cancellable);
    } else if (now_us - watch->cancelled_us > BURST_US) {
        fprintf (stderr, _ ("%s: interrupted while undoing; for the rest: %s\n"),
                 watch->program, "virtyard recover");
        die_of (number);
    }
}

static void
end_by_deadline (const Watch *watch)
{
    fprintf (stderr, _ ("%s: gave up after the time of --timeout\n"), watch->program);
    _exit (watch->compatible ? 1 : 7);
}

static int
poll_timeout_ms (const Watch *watch)
{
    gint64 left;

    if (!watch->deadline_us)
        return -1;
    left = (watch->deadline_us - g_get_monotonic_time () + 999) / 1000;
    return (int) CLAMP (left, 0, G_MAXINT);
}

static void
on_deadline (Watch *watch)
{
    if (!watch->cancellable || g_atomic_int_get (watch->timed_out))
        end_by_deadline (watch);
    g_atomic_int_set (watch->timed_out, 1);
    watch->cancelled_us = g_get_monotonic_time ();
    watch->deadline_us = watch->cancelled_us + GRACE_MS * 1000;
    g_cancellable_cancel (watch->cancellable);
}

static gpointer
watch_thread (gpointer data)
{
    Watch *watch = data;
    sigset_t all;

    sigfillset (&all);
    pthread_sigmask (SIG_BLOCK, &all, NULL);
    for (;;) {
        struct pollfd fd = { wakeup[0], POLLIN, 0 };
        int ready = poll (&fd, 1, poll_timeout_ms (watch));
        unsigned char number = 0;

        if (ready == 0)
            on_deadline (watch);
        if (ready <= 0 || read (wakeup[0], &number, 1) != 1)
            continue;
        if (number == 0) /* woken to look at a new deadline */
            continue;
        take_signal (watch, number);
    }
    return NULL;
}

/* One for the process; it lives as long. */
static Watch *
watch_get (Cli *cli)
{
    static Watch *watch;

    if (watch)
        return watch;
    if (!g_unix_open_pipe (wakeup, FD_CLOEXEC, NULL))
        return NULL;
    watch = g_new0 (Watch, 1);
    watch->timed_out = &cli->timed_out;
    watch->program = cli->program->name;
    watch->compatible = cli->program->style != CLI_STYLE_NATIVE;
    return watch;
}

static void
watch_start (Watch *watch)
{
    static gboolean started;
    static const unsigned char look = 0;

    if (started && write (wakeup[1], &look, 1) == 1)
        return;
    g_thread_unref (g_thread_new ("signals", watch_thread, watch));
    started = TRUE;
}

static void
handle_signals (void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
    struct sigaction before;

    sigemptyset (&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS (handled); i++) {
        /* nohup's SIG_IGN stays */
        if (sigaction (handled[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction (handled[i], &action, NULL);
    }
}

GCancellable *
cli_cancellable (Cli *cli)
{
    Watch *watch;

    if (cli->cancellable)
        return cli->cancellable;
    cli->cancellable = g_cancellable_new ();
    watch = watch_get (cli);
    if (!watch)
        return cli->cancellable;
    watch->cancellable = g_object_ref (cli->cancellable);
    watch_start (watch);
    handle_signals ();
    return cli->cancellable;
}

void
cli_reset_cancellable (Cli *cli)
{
    if (cli->cancellable)
        g_cancellable_reset (cli->cancellable);
}

void
cli_start_deadline (Cli *cli)
{
    Watch *watch = cli->globals.timeout_ms ? watch_get (cli) : NULL;

    if (!watch)
        return;
    watch->deadline_us =
        g_get_monotonic_time () + (gint64) cli->globals.timeout_ms * 1000;
    watch_start (watch);
}
