/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shorter chains of images: blockcommit blockpull */
#include "block.h"

typedef struct {
    VirshBlockArgs job;
    char *base, *top;
    gboolean shallow, active, remove, pivot, keep_overlay, keep_relative;
} Args;

/* ---- blockcommit
 * ----------------------------------------------------------------------------- */

static const CliOption commit_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "path", "DISK", "target or source of the disk", NULL),
    VIRSH_BANDWIDTH (Args, job),
    VIRSH_STRING (Args, base, "base", "IMAGE", "image that takes the data"),
    VIRSH_FLAG (Args, shallow, "shallow", "the image below the top takes the data"),
    VIRSH_STRING (Args, top, "top", "IMAGE", "first image whose data goes down"),
    VIRSH_FLAG (Args, active, "active", "the top is the image that the guest writes to"),
    VIRSH_FLAG (Args, remove, "delete", "delete the images that are left over"),
    VIRSH_FLAG (Args, job.wait, "wait", "until the job is over"),
    VIRSH_FLAG (Args, job.verbose, "verbose", "show the progress of the wait"),
    VIRSH_BLOCK_TIMEOUT (Args, job),
    VIRSH_FLAG (Args, pivot, "pivot", "wait, then let the guest use the base"),
    VIRSH_FLAG (Args, keep_overlay, "keep-overlay", "wait, then keep the top image"),
    VIRSH_FLAG (Args, job.async, "async", "do not wait until an aborted job is gone"),
    VIRSH_FLAG (Args, keep_relative, "keep-relative", "names of images stay relative"),
    VIRSH_FLAG (Args, job.bytes, "bytes", "the bandwidth is in bytes"),
    { 0 },
};

static unsigned
commit_flags (const Args *args)
{
    gboolean active = args->active || args->pivot || args->keep_overlay;

    return (args->shallow ? VIR_DOMAIN_BLOCK_COMMIT_SHALLOW : 0u) |
           (args->remove ? VIR_DOMAIN_BLOCK_COMMIT_DELETE : 0u) |
           (active ? VIR_DOMAIN_BLOCK_COMMIT_ACTIVE : 0u) |
           (args->keep_relative ? VIR_DOMAIN_BLOCK_COMMIT_RELATIVE : 0u) |
           (args->job.bytes ? VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES : 0u);
}

static gboolean
wait_for_commit (Cli *cli, const Args *args, virDomainPtr domain, VirshBlockWatch *watch,
                 GError **error)
{
    const VirshBlockFinish finish = { args->pivot, args->keep_overlay,
                                      _ ("\nCommit complete, overlay image kept"),
                                      _ ("\nNow in synchronized phase") };
    VirshBlockEnd end;

    if (!virsh_block_watch_wait (watch, &end, error))
        return FALSE;
    if (end == VIRSH_BLOCK_READY)
        return virsh_block_finish (cli, domain, &args->job, &finish, error);
    cli_say (cli, end == VIRSH_BLOCK_ABORTED ? _ ("\nCommit aborted")
                                             : _ ("\nCommit complete"));
    return end == VIRSH_BLOCK_COMPLETED;
}

static gboolean
run_commit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const VirshBlockArgs *job = &args->job;
    gboolean waits =
        job->wait || args->pivot || args->keep_overlay || cli_has (cli, "timeout");
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (VirshBlockWatch) watch = NULL;
    gulong bandwidth;

    if (!virsh_exclusive (args->pivot, "pivot", args->keep_overlay, "keep-overlay",
                          error) ||
        !virsh_block_check (cli, job, waits, error) ||
        !virsh_block_bandwidth (job, &bandwidth, error) ||
        !(domain = virsh_block_domain (cli, job, waits, error)))
        return FALSE;
    if (waits)
        watch = virsh_block_watch_new (cli, domain, job, _ ("Block commit"));
    if (virDomainBlockCommit (domain, job->path, args->base, args->top, bandwidth,
                              commit_flags (args)) < 0)
        return virsh_fail (error, "%s", "");
    if (waits)
        return wait_for_commit (cli, args, domain, watch, error);
    cli_say (cli, args->active ? _ ("Active Block Commit started")
                               : _ ("Block Commit started"));
    return TRUE;
}

/* ---- blockpull
 * ------------------------------------------------------------------------------- */

static const CliOption pull_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "path", "DISK", "target or source of the disk", NULL),
    VIRSH_BANDWIDTH (Args, job),
    VIRSH_STRING (Args, base, "base", "IMAGE", "image that is left below the disk"),
    VIRSH_FLAG (Args, job.wait, "wait", "until the job is over"),
    VIRSH_FLAG (Args, job.verbose, "verbose", "show the progress of the wait"),
    VIRSH_BLOCK_TIMEOUT (Args, job),
    VIRSH_FLAG (Args, job.async, "async", "do not wait until an aborted job is gone"),
    VIRSH_FLAG (Args, keep_relative, "keep-relative", "names of images stay relative"),
    VIRSH_FLAG (Args, job.bytes, "bytes", "the bandwidth is in bytes"),
    { 0 },
};

static int
begin_pull (virDomainPtr domain, const Args *args, gulong bandwidth)
{
    const VirshBlockArgs *job = &args->job;
    unsigned bytes = job->bytes ? VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES : 0;
    unsigned relative = args->keep_relative ? VIR_DOMAIN_BLOCK_REBASE_RELATIVE : 0;

    if (!args->base && !relative)
        return virDomainBlockPull (domain, job->path, bandwidth, bytes);
    G_STATIC_ASSERT ((int) VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES ==
                     (int) VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES);
    return virDomainBlockRebase (domain, job->path, args->base, bandwidth,
                                 bytes | relative);
}

static gboolean
run_pull (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const VirshBlockArgs *job = &args->job;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (VirshBlockWatch) watch = NULL;
    VirshBlockEnd end = VIRSH_BLOCK_COMPLETED;
    gulong bandwidth;

    if (!virsh_block_check (cli, job, job->wait, error) ||
        !virsh_block_bandwidth (job, &bandwidth, error) ||
        !(domain = virsh_block_domain (cli, job, job->wait, error)))
        return FALSE;
    if (job->wait)
        watch = virsh_block_watch_new (cli, domain, job, _ ("Block Pull"));
    if (begin_pull (domain, args, bandwidth) < 0)
        return virsh_fail (error, "%s", "");
    if (!job->wait) {
        cli_say (cli, _ ("Block Pull started"));
        return TRUE;
    }
    if (!virsh_block_watch_wait (watch, &end, error))
        return FALSE;
    cli_say (cli,
             end == VIRSH_BLOCK_ABORTED ? _ ("\nPull aborted") : _ ("\nPull complete"));
    return end != VIRSH_BLOCK_ABORTED;
}

const CliCommand virsh_domain_block_commands[] = {
    VIRSH_COMMAND ("blockcommit", N_ ("move the data of images down into their base"),
                   commit_options, run_commit),
    VIRSH_COMMAND ("blockpull", N_ ("move the data of lower images up into a disk"),
                   pull_options, run_pull),
    { 0 },
};
