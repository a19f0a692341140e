/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for block jobs: events and a look now and then, whichever comes first. */
#include "block.h"

/* How often the job's progress is asked for. */
#define LOOK_US (250 * G_TIME_SPAN_MILLISECOND)
/* How often a signal is looked for. */
#define SIGNAL_US (50 * G_TIME_SPAN_MILLISECOND)
/* How long the event of a job that is gone may be late. */
#define LATE_US (2 * G_TIME_SPAN_SECOND)
#define TIMEOUT_MAX_S (G_MAXUINT32 / 1000)
#define NO_EVENT (-1)
#define NO_ANSWER (-2)

struct _VirshBlockWatch {
    gint references; /* atomic: ours, and one for each callback */
    Cli *cli;
    virDomainPtr domain;
    const VirshBlockArgs *args;
    char *title;
    int callbacks[2];
    GMutex lock;
    GCond news;
    int event; /* VIR_DOMAIN_BLOCK_JOB_*, under the lock */
};

static void
watch_unref (gpointer data)
{
    VirshBlockWatch *watch = data;

    if (!g_atomic_int_dec_and_test (&watch->references))
        return;
    virDomainFree (watch->domain);
    g_mutex_clear (&watch->lock);
    g_cond_clear (&watch->news);
    g_free (watch->title);
    g_free (watch);
}

/* The first event names the disk's source, the second its target: each path that a user
 * gives is one of them. */
static void
on_event (G_GNUC_UNUSED virConnectPtr conn, virDomainPtr domain, const char *disk,
          G_GNUC_UNUSED int type, int status, void *data)
{
    VirshBlockWatch *watch = data;

    if (virDomainGetID (domain) != virDomainGetID (watch->domain) ||
        g_strcmp0 (disk, watch->args->path) != 0)
        return;
    g_mutex_lock (&watch->lock);
    watch->event = status;
    g_cond_signal (&watch->news);
    g_mutex_unlock (&watch->lock);
}

VirshBlockWatch *
virsh_block_watch_new (Cli *cli, virDomainPtr domain, const VirshBlockArgs *args,
                       const char *title)
{
    static const int events[] = { VIR_DOMAIN_EVENT_ID_BLOCK_JOB,
                                  VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2 };
    VirshBlockWatch *watch = g_new0 (VirshBlockWatch, 1);

    watch->references = 1;
    watch->cli = cli;
    watch->domain = domain;
    virDomainRef (domain);
    watch->args = args;
    watch->title = g_strdup (title);
    watch->event = NO_EVENT;
    g_mutex_init (&watch->lock);
    g_cond_init (&watch->news);
    for (gsize i = 0; i < G_N_ELEMENTS (events); i++) {
        g_atomic_int_inc (&watch->references);
        watch->callbacks[i] = virConnectDomainEventRegisterAny (
            virDomainGetConnect (domain), domain, events[i],
            VIR_DOMAIN_EVENT_CALLBACK (on_event), watch, watch_unref);
        if (watch->callbacks[i] < 0)
            watch_unref (watch);
    }
    virResetLastError ();
    return watch;
}

void
virsh_block_watch_free (VirshBlockWatch *watch)
{
    for (gsize i = 0; i < G_N_ELEMENTS (watch->callbacks); i++)
        if (watch->callbacks[i] >= 0)
            virConnectDomainEventDeregisterAny (virDomainGetConnect (watch->domain),
                                                watch->callbacks[i]);
    watch_unref (watch);
}

void
virsh_block_progress (const char *title, guint64 done, guint64 total)
{
    guint percent = 100;

    if (done < total)
        percent = MIN (99, (guint) ((double) done * 100 / (double) total));
    g_printerr ("\r%s: [%3u %%]", title, percent);
}

/* Waits for an event until @until_us or a signal. */
static int
next_event (VirshBlockWatch *watch, gint64 until_us)
{
    GCancellable *cancellable = cli_cancellable (watch->cli);
    int event;

    g_mutex_lock (&watch->lock);
    while (watch->event == NO_EVENT && g_get_monotonic_time () < until_us &&
           !g_cancellable_is_cancelled (cancellable))
        g_cond_wait_until (&watch->news, &watch->lock,
                           MIN (until_us, g_get_monotonic_time () + SIGNAL_US));
    event = watch->event;
    watch->event = NO_EVENT;
    g_mutex_unlock (&watch->lock);
    return event;
}

static gboolean
job_end (const VirshBlockWatch *watch, int event, VirshBlockEnd *end, GError **error)
{
    if (event == NO_ANSWER)
        return virsh_fail (error, _ ("failed to query job for disk %s"),
                           watch->args->path);
    if (event == VIR_DOMAIN_BLOCK_JOB_FAILED)
        return vy_throw (error, VY_ERROR_FAILED, _ ("the block job of '%s' failed"),
                         watch->args->path);
    *end = event == VIR_DOMAIN_BLOCK_JOB_CANCELED ? VIRSH_BLOCK_ABORTED
           : event == VIR_DOMAIN_BLOCK_JOB_READY  ? VIRSH_BLOCK_READY
                                                  : VIRSH_BLOCK_COMPLETED;
    if (watch->args->verbose && *end != VIRSH_BLOCK_ABORTED)
        virsh_block_progress (watch->title, 1, 1);
    return TRUE;
}

static gboolean
abort_job (const VirshBlockWatch *watch, VirshBlockEnd *end, GError **error)
{
    unsigned flags = watch->args->async ? VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC : 0;

    *end = VIRSH_BLOCK_ABORTED;
    return virDomainBlockJobAbort (watch->domain, watch->args->path, flags) == 0 ||
           virsh_fail (error, _ ("failed to abort job for disk %s"), watch->args->path);
}

/* What the job itself says, as an event; NO_EVENT: it is at work. */
static int
look_at_job (VirshBlockWatch *watch)
{
    virDomainBlockJobInfo info = { 0 };
    int n = virDomainGetBlockJobInfo (watch->domain, watch->args->path, &info, 0);

    if (n == 0) {
        int event = watch->callbacks[0] < 0
                        ? NO_EVENT
                        : next_event (watch, g_get_monotonic_time () + LATE_US);

        return event == NO_EVENT ? VIR_DOMAIN_BLOCK_JOB_COMPLETED : event;
    }
    if (n < 0)
        return NO_ANSWER;
    if (watch->args->verbose)
        virsh_block_progress (watch->title, info.cur, info.end);
    if (info.end > 0 && info.cur == info.end &&
        (info.type == VIR_DOMAIN_BLOCK_JOB_TYPE_COPY ||
         info.type == VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT))
        return VIR_DOMAIN_BLOCK_JOB_READY;
    return NO_EVENT;
}

gboolean
virsh_block_watch_wait (VirshBlockWatch *watch, VirshBlockEnd *end, GError **error)
{
    gint64 now = g_get_monotonic_time ();
    gint64 deadline = watch->args->timeout_s > 0
                          ? now + watch->args->timeout_s * G_TIME_SPAN_SECOND
                          : G_MAXINT64;

    for (;;) {
        int event = look_at_job (watch);

        now = g_get_monotonic_time ();
        if (event == NO_EVENT)
            event = next_event (watch, MIN (deadline, now + LOOK_US));
        if (event != NO_EVENT)
            return job_end (watch, event, end, error);
        if (g_cancellable_is_cancelled (cli_cancellable (watch->cli)) ||
            g_get_monotonic_time () >= deadline)
            return abort_job (watch, end, error);
    }
}

/* ---- options that the commands share
 * --------------------------------------------------------- */

/* Digits count in MiB, or in bytes with --bytes; what has a unit is rounded down. -1 is
 * the largest number, which hypervisors take for no limit or refuse. */
gboolean
virsh_block_bandwidth (const VirshBlockArgs *args, gulong *bandwidth, GError **error)
{
    const char *text = args->bandwidth;
    guint64 number = 0;

    *bandwidth = 0;
    if (!text)
        return TRUE;
    if (g_ascii_string_to_unsigned (text + (*text == '-' || *text == '+'), 10, 0,
                                    G_MAXUINT64, &number, NULL)) {
        *bandwidth = (gulong) (*text == '-' ? 0 - number : number);
        return TRUE;
    }
    if (!vy_size_parse (text, 1, &number, NULL))
        return vy_throw (error, VY_ERROR_USAGE, _ ("'%s' is no bandwidth"), text);
    *bandwidth = (gulong) (args->bytes ? number : number >> 20);
    return TRUE;
}

gboolean
virsh_block_check (Cli *cli, const VirshBlockArgs *args, gboolean waits, GError **error)
{
    if (cli_has (cli, "timeout") &&
        (args->timeout_s < 1 || (guint) args->timeout_s > TIMEOUT_MAX_S))
        return vy_throw (error, VY_ERROR_USAGE, _ ("'%d' is no time for --timeout"),
                         args->timeout_s);
    if (!waits && (args->async || args->verbose))
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s needs a wait for the job's end"),
                         args->async ? "async" : "verbose");
    return TRUE;
}

virDomainPtr
virsh_block_domain (Cli *cli, const VirshBlockArgs *args, gboolean waits, GError **error)
{
    if (waits && !cli_use_events (cli, error))
        return NULL;
    return virsh_domain (cli, args->domain, error);
}

gboolean
virsh_block_finish (Cli *cli, virDomainPtr domain, const VirshBlockArgs *args,
                    const VirshBlockFinish *finish, GError **error)
{
    unsigned flags = finish->pivot ? VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT
                     : args->async ? VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC
                                   : 0;

    if ((finish->pivot || finish->end) &&
        virDomainBlockJobAbort (domain, args->path, flags) < 0)
        return virsh_fail (error,
                           finish->pivot ? _ ("failed to pivot job for disk %s")
                                         : _ ("failed to finish job for disk %s"),
                           args->path);
    cli_say (cli, "%s",
             finish->pivot ? _ ("\nSuccessfully pivoted")
             : finish->end ? finish->ended
                           : finish->ready);
    return TRUE;
}
