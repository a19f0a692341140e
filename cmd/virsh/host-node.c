/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors and power of the host: nodecpumap nodecpustats nodesevinfo nodesuspend */
#include "virsh.h"

#include <math.h>

/* How long nodecpustats --percent looks at the host. */
#define SAMPLE_US G_USEC_PER_SEC

typedef struct {
    int cpu;
    char *target;
    gint64 duration_s;
    gboolean pretty, percent;
} Args;

/* ---- nodecpumap
 * --------------------------------------------------------------------------------- */

/* "y-yy", a letter for each processor */
static char *
map_letters (const guchar *map, int n)
{
    char *text = g_malloc0 ((gsize) n + 1);

    for (int i = 0; i < n; i++)
        text[i] = VIR_CPU_USED (map, i) ? 'y' : '-';
    return text;
}

/* "0-1,3" */
static char *
map_ranges (const guchar *map, int n)
{
    GString *text = g_string_new ("");

    for (int i = 0; i < n; i++) {
        int last = i;

        if (!VIR_CPU_USED (map, i))
            continue;
        while (last + 1 < n && VIR_CPU_USED (map, last + 1))
            last++;
        g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", i);
        if (last > i)
            g_string_append_printf (text, "-%d", last);
        i = last;
    }
    return g_string_free (text, FALSE);
}

static gboolean
run_cpumap (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    guchar *map = NULL;
    g_autofree char *text = NULL;
    unsigned online;
    int n = conn ? virNodeGetCPUMap (conn, &map, &online, 0) : -1;

    if (n < 0)
        return conn && virsh_fail (error, _ ("Unable to get cpu map"));
    text = args->pretty || cli_is_structured (cli) ? map_ranges (map, n)
                                                   : map_letters (map, n);
    free (map);
    cli_record_int (record, "cpus_present", N_ ("CPUs present"), n);
    cli_record_uint (record, "cpus_online", N_ ("CPUs online"), online);
    cli_record_string (record, "online", N_ ("CPU map"), text);
    return cli_print_record (cli, record, 15, error);
}

/* ---- nodecpustats
 * --------------------------------------------------------------------------------- */

enum { USER, SYSTEM, IDLE, IOWAIT, INTR, USAGE, N_STATS };

static const struct {
    const char *field, *label, *key;
} stat_names[N_STATS] = {
    [USER] = { VIR_NODE_CPU_STATS_USER, N_ ("user:"), "user" },
    [SYSTEM] = { VIR_NODE_CPU_STATS_KERNEL, N_ ("system:"), "system" },
    [IDLE] = { VIR_NODE_CPU_STATS_IDLE, N_ ("idle:"), "idle" },
    [IOWAIT] = { VIR_NODE_CPU_STATS_IOWAIT, N_ ("iowait:"), "iowait" },
    [INTR] = { VIR_NODE_CPU_STATS_INTR, N_ ("intr:"), "intr" },
    [USAGE] = { VIR_NODE_CPU_STATS_UTILIZATION, N_ ("usage:"), "usage" },
};

typedef struct {
    guint64 value[N_STATS]; /* nanoseconds; USAGE: per cent */
    gboolean present[N_STATS];
} Stats;

static gboolean
read_stats (virConnectPtr conn, int cpu, Stats *stats, GError **error)
{
    g_autofree virNodeCPUStats *params = NULL;
    int n = 0;

    if (virNodeGetCPUStats (conn, cpu, NULL, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get number of cpu stats"));
    params = g_new0 (virNodeCPUStats, n + 1);
    if (virNodeGetCPUStats (conn, cpu, params, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get node cpu stats"));
    for (int i = 0; i < n; i++)
        for (gsize j = 0; j < N_STATS; j++)
            if (strcmp (params[i].field, stat_names[j].field) == 0) {
                stats->value[j] = params[i].value;
                stats->present[j] = TRUE;
            }
    return TRUE;
}

static gboolean
print_times (Cli *cli, const Stats *stats, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    for (gsize i = USER; i < USAGE; i++) {
        g_autofree char *key = g_strconcat (stat_names[i].key, "_ns", NULL);

        if (!stats->present[i])
            continue;
        cli_record_uint (record, key, NULL, stats->value[i]);
        if (!cli_is_structured (cli))
            cli_print (cli, "%-15s %20" G_GUINT64_FORMAT "\n", _ (stat_names[i].label),
                       stats->value[i]);
    }
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

static void
add_percent (Cli *cli, CliRecord *record, gsize i, double percent)
{
    g_autofree char *key = g_strconcat (stat_names[i].key, "_percent", NULL);

    if (isnan (percent)) /* the clocks stand: virsh prints it, JSON has no such number */
        cli_record_null (record, key, NULL);
    else
        cli_record_double (record, key, NULL, percent);
    if (!cli_is_structured (cli))
        cli_print (cli, "%-15s %5.1f%%\n", _ (stat_names[i].label), percent);
}

/* What went by between two samples. */
static gboolean
print_difference (Cli *cli, const Stats *before, const Stats *after, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();
    double part[N_STATS] = { 0 }, total = 0;

    for (gsize i = USER; i < USAGE; i++) {
        part[i] = (double) (after->value[i] - before->value[i]);
        total += part[i];
    }
    add_percent (cli, record, USAGE, (part[USER] + part[SYSTEM]) / total * 100);
    for (gsize i = USER; i < USAGE; i++)
        if (after->present[i])
            add_percent (cli, record, i, part[i] / total * 100);
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

/* A hypervisor may know the share itself. */
static gboolean
print_usage (Cli *cli, const Stats *stats, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();
    double usage = (double) stats->value[USAGE];

    add_percent (cli, record, USAGE, usage);
    add_percent (cli, record, IDLE, 100 - usage);
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

static gboolean
run_cpustats (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    int cpu = cli_has (cli, "cpu") ? args->cpu : VIR_NODE_CPU_STATS_ALL_CPUS;
    Stats before = { 0 }, after = { 0 };

    if (!conn || !read_stats (conn, cpu, &before, error))
        return FALSE;
    if (!args->percent)
        return print_times (cli, &before, error);
    if (before.present[USAGE])
        return print_usage (cli, &before, error);
    g_usleep (SAMPLE_US);
    return read_stats (conn, cpu, &after, error) &&
           print_difference (cli, &before, &after, error);
}

/* ---- nodesevinfo, nodesuspend
 * --------------------------------------------------------------------------------- */

static gboolean
run_sevinfo (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virTypedParameterPtr params = NULL;
    int n = 0;

    if (!conn)
        return FALSE;
    if (virNodeGetSEVInfo (conn, &params, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get host SEV information"));
    for (int i = 0; i < n; i++) {
        g_autofree char *text = virsh_param_text (&params[i]);

        virsh_record_param (record, NULL, &params[i]);
        if (!cli_is_structured (cli))
            cli_print (cli, "%-18s: %s\n", params[i].field, text);
    }
    virTypedParamsFree (params, n);
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

static const char *const targets[] = {
    [VIR_NODE_SUSPEND_TARGET_MEM] = "mem",
    [VIR_NODE_SUSPEND_TARGET_DISK] = "disk",
    [VIR_NODE_SUSPEND_TARGET_HYBRID] = "hybrid",
    NULL,
};

static gboolean
run_suspend (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned target = 0;
    virConnectPtr conn = cli_conn (cli, error);

    if (!conn)
        return FALSE;
    while (targets[target] && strcmp (targets[target], args->target) != 0)
        target++;
    if (!targets[target])
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Invalid target '%s': it is mem, disk or hybrid"),
                         args->target);
    if (args->duration_s < 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("Invalid duration"));
    return virNodeSuspendForDuration (conn, target, (guint64) args->duration_s, 0) == 0 ||
           virsh_fail (error, _ ("The host was not suspended"));
}

static const CliOption cpumap_options[] = {
    VIRSH_FLAG (Args, pretty, "pretty", "as ranges of numbers"),
    { 0 },
};
static const CliOption cpustats_options[] = {
    { "cpu", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, cpu), N_ ("CPU"),
      N_ ("only this processor") },
    VIRSH_FLAG (Args, percent, "percent", "shares during one second"),
    { 0 },
};
static const CliOption suspend_options[] = {
    { "target", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, target),
      N_ ("TARGET"), N_ ("mem, disk or hybrid"), NULL, targets },
    { "duration", 0, CLI_INT64, CLI_POSITIONAL | CLI_REQUIRED,
      offsetof (Args, duration_s), N_ ("SECONDS"), N_ ("for how long, at least 60") },
    { 0 },
};

const CliCommand virsh_host_node_commands[] = {
    VIRSH_COMMAND ("nodecpumap", N_ ("show which processors are online"), cpumap_options,
                   run_cpumap),
    VIRSH_COMMAND ("nodecpustats", N_ ("show what the host's processors did"),
                   cpustats_options, run_cpustats),
    { "nodesevinfo", N_ ("show the host's encryption of guests (SEV)"), NULL, 0,
      run_sevinfo },
    VIRSH_COMMAND ("nodesuspend", N_ ("suspend the host for a time"), suspend_options,
                   run_suspend),
    { 0 },
};
