/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copies of disks in use: blockcopy */
#include "block.h"

typedef struct {
    VirshBlockArgs job;
    char *dest, *xml_file, *format;
    guint granularity_bytes;
    guint64 buffer_bytes;
    gboolean shallow, reuse_external, blockdev, pivot, finish;
    gboolean transient_job, synchronous_writes, print_xml;
} Args;

static const CliOption copy_options[] = {
    VIRSH_DOMAIN (Args, job.domain),
    VIRSH_NAME (Args, job.path, "path", "DISK", "target or source of the disk", NULL),
    { "dest", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, dest),
      N_ ("FILE"), N_ ("where the copy is made") },
    VIRSH_BANDWIDTH (Args, job),
    VIRSH_FLAG (Args, shallow, "shallow", "the copy has the same backing image"),
    VIRSH_FLAG (Args, reuse_external, "reuse-external", "the copy's file is there"),
    { .name = "raw", .type = CLI_ALIAS, .flags = CLI_HIDDEN, .alias_of = "format=raw" },
    VIRSH_FLAG (Args, blockdev, "blockdev", "the copy is made on a block device"),
    VIRSH_FLAG (Args, job.wait, "wait", "until disk and copy are the same"),
    VIRSH_FLAG (Args, job.verbose, "verbose", "show the progress of the wait"),
    VIRSH_BLOCK_TIMEOUT (Args, job),
    VIRSH_FLAG (Args, pivot, "pivot", "wait, then let the guest use the copy"),
    VIRSH_FLAG (Args, finish, "finish", "wait, then end the copy"),
    VIRSH_FLAG (Args, job.async, "async", "do not wait until an aborted job is gone"),
    { "xml", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, xml_file),
      N_ ("FILE"), N_ ("file with the XML of the copy's disk") },
    VIRSH_STRING (Args, format, "format", "FORMAT", "format of the copy"),
    { "granularity", 0, CLI_UINT, CLI_POSITIONAL, offsetof (Args, granularity_bytes),
      N_ ("BYTES"), N_ ("size of the pieces that are copied, a power of 2") },
    { "buf-size", 0, CLI_UINT64, CLI_POSITIONAL, offsetof (Args, buffer_bytes),
      N_ ("BYTES"), N_ ("how much may be on its way at once") },
    VIRSH_FLAG (Args, job.bytes, "bytes", "the bandwidth is in bytes"),
    VIRSH_FLAG (Args, transient_job, "transient-job", "the job ends with the domain"),
    VIRSH_FLAG (Args, synchronous_writes, "synchronous-writes",
                "the guest's writes wait for the copy"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    { 0 },
};

static gboolean
check_copy (Cli *cli, const Args *args, gboolean waits, GError **error)
{
    gboolean xml = args->xml_file != NULL;

    if (!args->dest && !xml)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("where does the copy go: --dest or --xml"));
    return virsh_exclusive (args->dest != NULL, "dest", xml, "xml", error) &&
           virsh_exclusive (args->format != NULL, "format", xml, "xml", error) &&
           virsh_exclusive (args->blockdev, "blockdev", xml, "xml", error) &&
           virsh_exclusive (args->pivot, "pivot", args->finish, "finish", error) &&
           virsh_block_check (cli, &args->job, waits, error);
}

static char *
copy_xml (const Args *args, GError **error)
{
    g_autoptr (xmlDoc) doc = NULL;
    xmlNode *disk;

    if (args->xml_file)
        return virsh_read_file (args->xml_file, error);
    doc = vy_xml_new ("disk");
    disk = xmlDocGetRootElement (doc);
    vy_xml_set (disk, "@type", args->blockdev ? "block" : "file");
    vy_xml_set (disk, args->blockdev ? "source/@dev" : "source/@file", args->dest);
    if (args->format)
        vy_xml_set (disk, "driver/@type", args->format);
    return vy_xml_to_quoted (disk);
}

/* The older call does what it can: it is there on more hypervisors. */
static gboolean
needs_new_call (Cli *cli, const Args *args)
{
    return cli_has (cli, "granularity") || cli_has (cli, "buf-size") || args->xml_file ||
           args->transient_job || args->synchronous_writes ||
           (args->format && strcmp (args->format, "raw") != 0);
}

static gboolean
begin_old (virDomainPtr domain, const Args *args, gulong bandwidth, GError **error)
{
    unsigned flags = VIR_DOMAIN_BLOCK_REBASE_COPY |
                     (args->shallow ? VIR_DOMAIN_BLOCK_REBASE_SHALLOW : 0u) |
                     (args->reuse_external ? VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT : 0u) |
                     (args->blockdev ? VIR_DOMAIN_BLOCK_REBASE_COPY_DEV : 0u) |
                     (args->format ? VIR_DOMAIN_BLOCK_REBASE_COPY_RAW : 0u) |
                     (args->job.bytes ? VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES : 0u);

    return virDomainBlockRebase (domain, args->job.path, args->dest, bandwidth, flags) ==
               0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
add_params (Cli *cli, const Args *args, guint64 bandwidth, virTypedParameterPtr *params,
            int *n, GError **error)
{
    int most = 0, failed = 0;

    if (bandwidth > 0 && !args->job.bytes) {
        if (bandwidth > G_MAXUINT64 >> 20)
            return vy_throw (error, VY_ERROR_USAGE,
                             _ ("a bandwidth is less than %" G_GUINT64_FORMAT " MiB/s"),
                             G_MAXUINT64 >> 20);
        bandwidth <<= 20;
    }
    if (bandwidth > 0)
        failed |= virTypedParamsAddULLong (params, n, &most,
                                           VIR_DOMAIN_BLOCK_COPY_BANDWIDTH, bandwidth);
    if (cli_has (cli, "granularity"))
        failed |= virTypedParamsAddUInt (
            params, n, &most, VIR_DOMAIN_BLOCK_COPY_GRANULARITY, args->granularity_bytes);
    if (cli_has (cli, "buf-size"))
        failed |= virTypedParamsAddULLong (
            params, n, &most, VIR_DOMAIN_BLOCK_COPY_BUF_SIZE, args->buffer_bytes);
    return failed == 0 || virsh_fail (error, "%s", "");
}

static gboolean
begin_new (Cli *cli, virDomainPtr domain, const Args *args, gulong bandwidth,
           GError **error)
{
    unsigned flags =
        (args->shallow ? VIR_DOMAIN_BLOCK_COPY_SHALLOW : 0u) |
        (args->reuse_external ? VIR_DOMAIN_BLOCK_COPY_REUSE_EXT : 0u) |
        (args->transient_job ? VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB : 0u) |
        (args->synchronous_writes ? VIR_DOMAIN_BLOCK_COPY_SYNCHRONOUS_WRITES : 0u);
    g_autofree char *xml = copy_xml (args, error);
    virTypedParameterPtr params = NULL;
    int n = 0;
    gboolean ok = xml && add_params (cli, args, bandwidth, &params, &n, error);

    if (ok && virDomainBlockCopy (domain, args->job.path, xml, params, n, flags) < 0)
        ok = virsh_fail (error, "%s", "");
    virTypedParamsFree (params, n);
    return ok;
}

static gboolean
run_started (Cli *cli, const Args *args, gboolean waits, GError **error)
{
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (VirshBlockWatch) watch = NULL;
    const VirshBlockFinish finish = { args->pivot, args->finish,
                                      _ ("\nSuccessfully copied"),
                                      _ ("\nNow in mirroring phase") };
    VirshBlockEnd end;
    gulong bandwidth;

    if (!virsh_block_bandwidth (&args->job, &bandwidth, error) ||
        !(domain = virsh_block_domain (cli, &args->job, waits, error)))
        return FALSE;
    if (waits)
        watch = virsh_block_watch_new (cli, domain, &args->job, _ ("Block Copy"));
    if (!(needs_new_call (cli, args) ? begin_new (cli, domain, args, bandwidth, error)
                                     : begin_old (domain, args, bandwidth, error)))
        return FALSE;
    if (!waits) {
        cli_say (cli, _ ("Block Copy started"));
        return TRUE;
    }
    if (!virsh_block_watch_wait (watch, &end, error))
        return FALSE;
    if (end == VIRSH_BLOCK_READY)
        return virsh_block_finish (cli, domain, &args->job, &finish, error);
    cli_say (cli, _ ("\nCopy aborted"));
    return FALSE;
}

static gboolean
run_copy (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean waits =
        args->job.wait || args->pivot || args->finish || cli_has (cli, "timeout");
    g_autofree char *xml = NULL;

    if (!check_copy (cli, args, waits, error))
        return FALSE;
    if (!args->print_xml)
        return run_started (cli, args, waits, error);
    xml = copy_xml (args, error);
    if (!xml)
        return FALSE;
    cli_print (cli, "%s", xml);
    return TRUE;
}

const CliCommand virsh_domain_block_copy_commands[] = {
    VIRSH_COMMAND ("blockcopy", N_ ("copy a disk while the guest uses it"), copy_options,
                   run_copy),
    { 0 },
};
