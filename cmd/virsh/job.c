/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that take long: they run in a thread, beside it the domain's job is watched. */
#include "virsh.h"

#include <stdio.h>

#define TICK_MS 250
/* As often an abort is refused before the user hears of it. */
#define REFUSALS 4

typedef struct {
    const VirshJob *job;
    VirshJobCall call;
    gpointer data;
    GMutex lock;
    GCond changed;
    gboolean done, ok;
    GError *error;
    /* of the watching side */
    gboolean aborted, timed_out, shown;
    guint refusals;
    gint64 deadline_us;
} Work;

void
virsh_job_progress (const char *label, guint64 remaining, guint64 total)
{
    double done = 1;

    if (total)
        done = remaining > total ? 0 : 1 - (double) remaining / (double) total;
    /* not all of it as long as something is left */
    g_printerr ("\r%s: [%3d %%]", label, remaining ? MIN ((int) (done * 100), 99) : 100);
}

static gpointer
run_call (gpointer data)
{
    Work *work = data;
    gboolean ok = work->call (work->data, &work->error);

    g_mutex_lock (&work->lock);
    work->ok = ok;
    work->done = TRUE;
    g_cond_signal (&work->changed);
    g_mutex_unlock (&work->lock);
    return NULL;
}

static gboolean
is_done (Work *work)
{
    gint64 until_us = g_get_monotonic_time () + TICK_MS * G_TIME_SPAN_MILLISECOND;
    gboolean done;

    g_mutex_lock (&work->lock);
    while (!work->done)
        if (!g_cond_wait_until (&work->changed, &work->lock, until_us))
            break;
    done = work->done;
    g_mutex_unlock (&work->lock);
    return done;
}

static void
show_progress (Work *work)
{
    virDomainJobInfo info;

    if (virDomainGetJobInfo (work->job->domain, &info) < 0 || !info.dataTotal ||
        (info.type != VIR_DOMAIN_JOB_BOUNDED && info.type != VIR_DOMAIN_JOB_UNBOUNDED))
        return;
    virsh_job_progress (work->job->label, info.dataRemaining, info.dataTotal);
    work->shown = TRUE;
}

static void
abort_job (Cli *cli, Work *work)
{
    work->aborted = virDomainAbortJob (work->job->domain) == 0;
    if (!work->aborted && ++work->refusals == REFUSALS)
        cli_warn (cli, _ ("\nthe job goes on (%s); another interrupt ends virsh"),
                  virGetLastErrorMessage ());
}

/* Failures here are not the call's: the job may not have begun, or be over already. */
static void
watch (Cli *cli, Work *work)
{
    const VirshJob *job = work->job;

    if (!work->aborted && g_cancellable_is_cancelled (cli_cancellable (cli)))
        abort_job (cli, work);
    /* QEMU itself waits for a lost peer until TCP gives up */
    if (!work->aborted && job->partner && virConnectIsAlive (job->partner) == 0)
        abort_job (cli, work);
    if (!work->timed_out && work->deadline_us && !work->aborted &&
        g_get_monotonic_time () >= work->deadline_us) {
        work->timed_out = TRUE;
        job->on_timeout (cli, job->domain);
    }
    if (job->verbose)
        show_progress (work);
}

gboolean
virsh_job_run (Cli *cli, const VirshJob *job, VirshJobCall call, gpointer data,
               GError **error)
{
    Work work = { .job = job, .call = call, .data = data };
    GThread *thread;

    cli_cancellable (cli); /* signals are its business from here on */
    if (job->timeout_s)
        work.deadline_us = g_get_monotonic_time () + job->timeout_s * G_TIME_SPAN_SECOND;
    g_mutex_init (&work.lock);
    g_cond_init (&work.changed);
    thread = g_thread_new ("job", run_call, &work);
    while (!is_done (&work))
        watch (cli, &work);
    g_thread_join (thread);
    g_mutex_clear (&work.lock);
    g_cond_clear (&work.changed);
    if (job->verbose && work.ok)
        virsh_job_progress (job->label, 0, 1);
    else if (work.shown)
        g_printerr ("\n");
    if (work.error)
        g_propagate_error (error, work.error);
    return work.ok;
}
