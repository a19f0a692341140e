/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Block jobs and sizes of disks in use: blockjob blockresize domblkthreshold */
#include "block.h"

typedef struct {
    VirshBlockArgs job;
    guint64 size_bytes;
    gboolean abort, pivot, info, raw, extend;
} Args;

/* ---- blockjob
 * -------------------------------------------------------------------------------- */

static const CliOption job_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "path", "DISK", "target or source of the disk", NULL),
    VIRSH_FLAG (Args, abort, "abort", "end the job"),
    VIRSH_FLAG (Args, job.async, "async", "end the job and do not wait until it is gone"),
    VIRSH_FLAG (Args, pivot, "pivot", "end the job and let the guest use its outcome"),
    VIRSH_FLAG (Args, info, "info", "show the job"),
    VIRSH_FLAG (Args, job.bytes, "bytes", "bandwidths are in bytes"),
    VIRSH_FLAG (Args, raw, "raw", "show the job's numbers"),
    VIRSH_BANDWIDTH (Args, job),
    { 0 },
};

static const char *
job_type (int type)
{
    static const char *const names[] = { N_ ("Unknown job"),         N_ ("Block Pull"),
                                         N_ ("Block Copy"),          N_ ("Block Commit"),
                                         N_ ("Active Block Commit"), N_ ("Backup") };

    return _ (names[type >= 0 && type < (int) G_N_ELEMENTS (names) ? type : 0]);
}

static gboolean
check_job (const Args *args, GError **error)
{
    const struct {
        const char *name;
        gboolean given;
    } ends[] = { { "abort", args->abort },
                 { "async", args->job.async },
                 { "pivot", args->pivot } },
      shows[] = { { "info", args->info },
                  { "raw", args->raw },
                  { "bytes", args->job.bytes } };

    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (shows); j++)
            if (!virsh_exclusive (shows[j].given, shows[j].name, ends[i].given,
                                  ends[i].name, error))
                return FALSE;
    return virsh_exclusive (args->info, "info", args->job.bandwidth != NULL, "bandwidth",
                            error) &&
           virsh_exclusive (args->raw, "raw", args->job.bandwidth != NULL, "bandwidth",
                            error);
}

static gboolean
set_speed (const Args *args, virDomainPtr domain, GError **error)
{
    unsigned flags = args->job.bytes ? VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES : 0;
    gulong bandwidth;

    if (!virsh_block_bandwidth (&args->job, &bandwidth, error))
        return FALSE;
    return virDomainBlockJobSetSpeed (domain, args->job.path, bandwidth, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
end_job (const Args *args, virDomainPtr domain, GError **error)
{
    unsigned flags = (args->job.async ? VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC : 0u) |
                     (args->pivot ? VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT : 0u);

    return virDomainBlockJobAbort (domain, args->job.path, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

/* Bandwidth in bytes where the hypervisor can say it so, else in MiB. */
static int
read_job (const Args *args, virDomainPtr domain, virDomainBlockJobInfo *info,
          guint64 *bandwidth_bytes)
{
    int n = virDomainGetBlockJobInfo (domain, args->job.path, info,
                                      VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES);

    *bandwidth_bytes = info->bandwidth;
    if (n >= 0 || args->job.bytes || virGetLastErrorCode () != VIR_ERR_INVALID_ARG)
        return n;
    n = virDomainGetBlockJobInfo (domain, args->job.path, info, 0);
    *bandwidth_bytes = (guint64) info->bandwidth << 20;
    return n;
}

static void
print_raw (Cli *cli, const virDomainBlockJobInfo *info)
{
    cli_print (cli, " type=%s\n bandwidth=%lu\n cur=%llu\n end=%llu\n",
               job_type (info->type), info->bandwidth, info->cur, info->end);
}

static gboolean
print_job_record (Cli *cli, int n, const virDomainBlockJobInfo *info,
                  guint64 bandwidth_bytes, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    if (n == 0) {
        cli_record_null (record, "type", NULL);
        return cli_print_record (cli, record, 0, error);
    }
    cli_record_string (record, "type", NULL, job_type (info->type));
    cli_record_uint (record, "bandwidth_bytes_per_second", NULL, bandwidth_bytes);
    cli_record_uint (record, "done", NULL, info->cur);
    cli_record_uint (record, "total", NULL, info->end);
    return cli_print_record (cli, record, 0, error);
}

static void
print_job (Cli *cli, const virDomainBlockJobInfo *info, guint64 bandwidth_bytes)
{
    virsh_block_progress (job_type (info->type), info->cur, info->end);
    if (bandwidth_bytes > 0) {
        g_autofree char *human = virsh_human_size (bandwidth_bytes);

        cli_print (cli, _ ("    Bandwidth limit: %" G_GUINT64_FORMAT " bytes/s (%s/s)"),
                   bandwidth_bytes, human);
    }
    cli_print (cli, "\n");
}

static gboolean
show_job (Cli *cli, const Args *args, virDomainPtr domain, GError **error)
{
    virDomainBlockJobInfo info = { 0 };
    guint64 bandwidth_bytes = 0;
    int n;

    if (args->raw && !args->job.bytes && !cli_is_structured (cli))
        n = virDomainGetBlockJobInfo (domain, args->job.path, &info, 0);
    else
        n = read_job (args, domain, &info, &bandwidth_bytes);
    if (n < 0)
        return virsh_fail (error, "%s", "");
    if (cli_is_structured (cli))
        return print_job_record (cli, n, &info, bandwidth_bytes, error);
    if (n > 0 && args->raw)
        print_raw (cli, &info);
    else if (n > 0)
        print_job (cli, &info, bandwidth_bytes);
    else if (!args->raw)
        cli_say (cli, _ ("No current block job for %s"), args->job.path);
    return TRUE;
}

static gboolean
run_job (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;

    if (!check_job (args, error) ||
        !(domain = virsh_domain (cli, args->job.domain, error)))
        return FALSE;
    if (args->job.bandwidth)
        return set_speed (args, domain, error);
    if (args->abort || args->job.async || args->pivot)
        return end_job (args, domain, error);
    return show_job (cli, args, domain, error);
}

/* ---- blockresize
 * ----------------------------------------------------------------------------- */

static const CliOption resize_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "path", "DISK", "target or source of the disk", NULL),
    { .name = "size",
      .type = CLI_SIZE,
      .flags = CLI_POSITIONAL | CLI_REQUIRED | CLI_NUMERIC,
      .offset = offsetof (Args, size_bytes),
      .metavar = N_ ("SIZE"),
      .help = N_ ("new size, in KiB or with its unit"),
      .unit = 1024 },
    { .name = "extend",
      .type = CLI_FLAG,
      .flags = CLI_NEWER,
      .offset = offsetof (Args, extend),
      .help = N_ ("never make the disk smaller") },
    { 0 },
};

static gboolean
check_growth (const Args *args, virDomainPtr domain, GError **error)
{
    virDomainBlockInfo info;

    if (virDomainGetBlockInfo (domain, args->job.path, &info, 0) < 0)
        return virsh_fail (error, _ ("failed to get the size of disk '%s'"),
                           args->job.path);
    return info.capacity <= args->size_bytes ||
           vy_throw (error, VY_ERROR_STATE,
                     _ ("disk '%s' has %llu bytes, which is more than the new size"),
                     args->job.path, info.capacity);
}

static gboolean
run_resize (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean odd = args->size_bytes % 1024 != 0;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->job.domain, error);

    if (!domain || (args->extend && !check_growth (args, domain, error)))
        return FALSE;
    if (virDomainBlockResize (domain, args->job.path,
                              odd ? args->size_bytes : args->size_bytes / 1024,
                              odd ? VIR_DOMAIN_BLOCK_RESIZE_BYTES : 0) < 0)
        return virsh_fail (error, _ ("Failed to resize block device '%s'"),
                           args->job.path);
    cli_say (cli, _ ("Block device '%s' is resized"), args->job.path);
    return TRUE;
}

/* ---- domblkthreshold
 * ------------------------------------------------------------------------- */

static const CliOption threshold_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "dev", "DISK", "target of the disk, perhaps vda[1]",
                NULL),
    { .name = "threshold",
      .type = CLI_SIZE,
      .flags = CLI_POSITIONAL | CLI_REQUIRED | CLI_NUMERIC,
      .offset = offsetof (Args, size_bytes),
      .metavar = N_ ("SIZE"),
      .help = N_ ("offset behind which a write makes an event") },
    { 0 },
};

static gboolean
run_threshold (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->job.domain, error);

    if (!domain)
        return FALSE;
    return virDomainSetBlockThreshold (domain, args->job.path, args->size_bytes, 0) ==
               0 ||
           virsh_fail (error, "%s", "");
}

const CliCommand virsh_domain_block_info_commands[] = {
    VIRSH_COMMAND ("blockjob", N_ ("show, slow down or end a block job"), job_options,
                   run_job),
    VIRSH_COMMAND ("blockresize", N_ ("change the size of a disk in use"), resize_options,
                   run_resize),
    VIRSH_COMMAND ("domblkthreshold", N_ ("ask for an event when a disk fills"),
                   threshold_options, run_threshold),
    { 0 },
};
