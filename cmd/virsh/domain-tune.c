/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain may use of the host: memtune blkiotune numatune perf */
#include "virsh.h"
#include "words.h"

typedef struct {
    char *domain;
    guint64 hard_bytes, soft_bytes, swap_bytes, min_bytes;
    int weight;
    char *device[5]; /* in the order of block_rows */
    char *mode, *nodeset, *enable, *disable;
    VirshAffect affect;
} Args;

/* ---- memory
 * ------------------------------------------------------------------------------- */

static int
get_memory (virDomainPtr domain, G_GNUC_UNUSED const char *device,
            virTypedParameterPtr params, int *n, unsigned flags)
{
    return virDomainGetMemoryParameters (domain, params, n, flags);
}

static int
set_memory (virDomainPtr domain, G_GNUC_UNUSED const char *device,
            virTypedParameterPtr params, int n, unsigned flags)
{
    return virDomainSetMemoryParameters (domain, params, n, flags);
}

static void
record_memory (CliRecord *record, const char *label, const virTypedParameter *param)
{
    if (param->type != VIR_TYPED_PARAM_ULLONG ||
        param->value.ul != VIR_DOMAIN_MEMORY_PARAM_UNLIMITED) {
        virsh_record_param (record, label, param);
        return;
    }
    cli_record_null (record, param->field, label);
    cli_record_text (record, "%s", _ ("unlimited"));
}

static const VirshTune memory = { get_memory, set_memory,
                                  N_ ("Unable to get memory parameters"),
                                  N_ ("Unable to change memory parameters"),
                                  record_memory };

static gboolean
add_limit (Cli *cli, VirshParams *params, const char *option, const char *field,
           guint64 bytes, GError **error)
{
    guint64 kib = bytes == G_MAXUINT64 ? VIR_DOMAIN_MEMORY_PARAM_UNLIMITED
                                       : bytes / 1024 + (bytes % 1024 ? 1 : 0);

    return !cli_has (cli, option) ||
           virTypedParamsAddULLong (&params->list, &params->n, &params->max, field,
                                    kib) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
run_memtune (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           add_limit (cli, &params, "hard-limit", VIR_DOMAIN_MEMORY_HARD_LIMIT,
                      args->hard_bytes, error) &&
           add_limit (cli, &params, "soft-limit", VIR_DOMAIN_MEMORY_SOFT_LIMIT,
                      args->soft_bytes, error) &&
           add_limit (cli, &params, "swap-hard-limit", VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT,
                      args->swap_bytes, error) &&
           add_limit (cli, &params, "min-guarantee", VIR_DOMAIN_MEMORY_MIN_GUARANTEE,
                      args->min_bytes, error) &&
           virsh_tune (cli, &memory, domain, NULL, &params, flags, error);
}

/* ---- disks
 * -------------------------------------------------------------------------------- */

static int
get_block (virDomainPtr domain, G_GNUC_UNUSED const char *device,
           virTypedParameterPtr params, int *n, unsigned flags)
{
    return virDomainGetBlkioParameters (domain, params, n, flags);
}

static int
set_block (virDomainPtr domain, G_GNUC_UNUSED const char *device,
           virTypedParameterPtr params, int n, unsigned flags)
{
    return virDomainSetBlkioParameters (domain, params, n, flags);
}

static const VirshTune block = { get_block, set_block,
                                 N_ ("Unable to get blkio parameters"),
                                 N_ ("Unable to change blkio parameters"), NULL };

static const VirshParamRow block_rows[] = {
    { "weight", VIR_DOMAIN_BLKIO_WEIGHT, VIR_TYPED_PARAM_UINT, offsetof (Args, weight) },
    { "device-weights", VIR_DOMAIN_BLKIO_DEVICE_WEIGHT, VIR_TYPED_PARAM_STRING,
      offsetof (Args, device[0]) },
    { "device-read-iops-sec", VIR_DOMAIN_BLKIO_DEVICE_READ_IOPS, VIR_TYPED_PARAM_STRING,
      offsetof (Args, device[1]) },
    { "device-write-iops-sec", VIR_DOMAIN_BLKIO_DEVICE_WRITE_IOPS, VIR_TYPED_PARAM_STRING,
      offsetof (Args, device[2]) },
    { "device-read-bytes-sec", VIR_DOMAIN_BLKIO_DEVICE_READ_BPS, VIR_TYPED_PARAM_STRING,
      offsetof (Args, device[3]) },
    { "device-write-bytes-sec", VIR_DOMAIN_BLKIO_DEVICE_WRITE_BPS, VIR_TYPED_PARAM_STRING,
      offsetof (Args, device[4]) },
};

static gboolean
run_blkiotune (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (cli_has (cli, "weight") && args->weight <= 0)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("Invalid value of %d for I/O weight"), args->weight);
    return virsh_affect (&args->affect, &flags, error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           virsh_params_add (cli, &params, block_rows, G_N_ELEMENTS (block_rows), args,
                             error) &&
           virsh_tune (cli, &block, domain, NULL, &params, flags, error);
}

/* ---- NUMA nodes
 * ---------------------------------------------------------------------------- */

static int
get_numa (virDomainPtr domain, G_GNUC_UNUSED const char *device,
          virTypedParameterPtr params, int *n, unsigned flags)
{
    return virDomainGetNumaParameters (domain, params, n, flags);
}

static int
set_numa (virDomainPtr domain, G_GNUC_UNUSED const char *device,
          virTypedParameterPtr params, int n, unsigned flags)
{
    return virDomainSetNumaParameters (domain, params, n, flags);
}

static void
record_numa (CliRecord *record, const char *label, const virTypedParameter *param)
{
    if (param->type == VIR_TYPED_PARAM_INT &&
        strcmp (param->field, VIR_DOMAIN_NUMA_MODE) == 0 &&
        param->value.i >= VIR_DOMAIN_NUMATUNE_MEM_STRICT &&
        param->value.i <= VIR_DOMAIN_NUMATUNE_MEM_RESTRICTIVE)
        cli_record_string (record, param->field, label, virsh_numa_words[param->value.i]);
    else
        virsh_record_param (record, label, param);
}

static const VirshTune numa = { get_numa, set_numa, N_ ("Unable to get numa parameters"),
                                N_ ("Unable to change numa parameters"), record_numa };

/* A mode is named, or numbered as libvirt does. */
static gboolean
add_mode (VirshParams *params, const char *mode, GError **error)
{
    char *end = NULL;
    long number = virsh_word_place (virsh_numa_words, mode);

    if (number < 0) {
        number = strtol (mode, &end, 0);
        if (end == mode || *end || number < G_MININT || number > G_MAXINT)
            return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid mode: %s"), mode);
    }
    return virTypedParamsAddInt (&params->list, &params->n, &params->max,
                                 VIR_DOMAIN_NUMA_MODE, (int) number) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
run_numatune (Cli *cli, gpointer data, GError **error)
{
    static const VirshParamRow rows[] = { { "nodeset", VIR_DOMAIN_NUMA_NODESET,
                                            VIR_TYPED_PARAM_STRING,
                                            offsetof (Args, nodeset) } };
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           (!args->mode || add_mode (&params, args->mode, error)) &&
           virsh_params_add (cli, &params, rows, G_N_ELEMENTS (rows), args, error) &&
           virsh_tune (cli, &numa, domain, NULL, &params, flags, error);
}

/* ---- perf events
 * --------------------------------------------------------------------------- */

static gboolean
add_events (VirshParams *params, const char *list, gboolean on, GError **error)
{
    g_auto (GStrv) names = list ? g_strsplit (list, ",", -1) : NULL;

    for (char **name = names; name && *name; name++)
        if (**name && virTypedParamsAddBoolean (&params->list, &params->n, &params->max,
                                                *name, on) < 0)
            return virsh_fail (error, "%s", "");
    return TRUE;
}

static void
record_event (CliRecord *record, const char *label, const virTypedParameter *param)
{
    virsh_record_param (record, label, param);
    if (param->type == VIR_TYPED_PARAM_BOOLEAN)
        cli_record_text (record, "%s", param->value.b ? _ ("enabled") : _ ("disabled"));
}

static gboolean
run_perf (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !add_events (&params, args->enable, TRUE, error) ||
        !add_events (&params, args->disable, FALSE, error))
        return FALSE;
    if (params.n > 0 && virDomainSetPerfEvents (domain, params.list, params.n, flags) < 0)
        return virsh_fail (error, "%s", _ ("Unable to enable/disable perf events"));
    if (params.n == 0 &&
        virDomainGetPerfEvents (domain, &params.list, &params.n, flags) < 0)
        return virsh_fail (error, "%s", _ ("Unable to get perf events"));
    /* -q leaves them out, as virsh does */
    return (cli_is_quiet (cli) && !cli_is_structured (cli)) ||
           virsh_params_print (cli, &params, record_event, 15, error);
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

#define LIMIT(field, key, text)                                                          \
    {                                                                                    \
        key, 0, CLI_SIZE, CLI_POSITIONAL | CLI_NUMERIC | CLI_UNLIMITED,                  \
            offsetof (Args, field), N_ ("SIZE"), N_ (text), .unit = 1024                 \
    }

static const CliOption memtune_options[] = {
    VIRSH_DOMAIN (Args, domain),
    LIMIT (hard_bytes, "hard-limit", "most memory, in KiB or with its unit; -1: any"),
    LIMIT (soft_bytes, "soft-limit", "memory while the host is short of it"),
    LIMIT (swap_bytes, "swap-hard-limit", "most memory and swap together"),
    LIMIT (min_bytes, "min-guarantee", "memory that it has in any case"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption blkiotune_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "weight", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, weight), N_ ("WEIGHT"),
      N_ ("share of the host's I/O") },
    VIRSH_STRING (Args, device[0], "device-weights", "PATH,WEIGHT,…", "share by device"),
    VIRSH_STRING (Args, device[1], "device-read-iops-sec", "PATH,NUMBER,…",
                  "reads a second by device"),
    VIRSH_STRING (Args, device[2], "device-write-iops-sec", "PATH,NUMBER,…",
                  "writes a second by device"),
    VIRSH_STRING (Args, device[3], "device-read-bytes-sec", "PATH,BYTES,…",
                  "bytes read a second by device"),
    VIRSH_STRING (Args, device[4], "device-write-bytes-sec", "PATH,BYTES,…",
                  "bytes written a second by device"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption numatune_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, mode, "mode", "MODE",
                  "strict, preferred, interleave or restrictive"),
    VIRSH_STRING (Args, nodeset, "nodeset", "NODES", "NUMA nodes of the host"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption perf_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, enable, "enable", "EVENT,…", "events to measure"),
    VIRSH_STRING (Args, disable, "disable", "EVENT,…", "events to measure no longer"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

const CliCommand virsh_domain_tune_commands[] = {
    VIRSH_COMMAND ("blkiotune", N_ ("show or set a domain's share of disk I/O"),
                   blkiotune_options, run_blkiotune),
    VIRSH_COMMAND ("memtune", N_ ("show or set a domain's memory limits"),
                   memtune_options, run_memtune),
    VIRSH_COMMAND ("numatune", N_ ("show or set where a domain's memory is"),
                   numatune_options, run_numatune),
    VIRSH_COMMAND ("perf", N_ ("show or set which perf events are measured"),
                   perf_options, run_perf),
    { 0 },
};
