/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain's processors: vcpucount vcpuinfo guestvcpus */
#include "virsh.h"

typedef struct {
    char *domain, *cpulist;
    gboolean pretty, maximum, active, live, config, current, guest, enable, disable;
} Args;

/* ---- vcpucount
 * ---------------------------------------------------------------------------- */

static int
count_of (virDomainPtr domain, unsigned flags, GError **error)
{
    int n = virDomainGetVcpusFlags (domain, flags);

    if (n < 0)
        virsh_fail (error, "%s",
                    flags & VIR_DOMAIN_VCPU_GUEST
                        ? _ ("Failed to retrieve vCPU count from the guest")
                        : "");
    return n;
}

/* What there is of: at most and now, in the definition and in what runs. */
static gboolean
print_counts (Cli *cli, virDomainPtr domain, GError **error)
{
    static const struct {
        const char *key, *what, *of;
        unsigned flags;
    } rows[] = {
        { "maximum_config", N_ ("maximum"), N_ ("config"),
          VIR_DOMAIN_VCPU_MAXIMUM | VIR_DOMAIN_AFFECT_CONFIG },
        { "maximum_live", N_ ("maximum"), N_ ("live"),
          VIR_DOMAIN_VCPU_MAXIMUM | VIR_DOMAIN_AFFECT_LIVE },
        { "current_config", N_ ("current"), N_ ("config"), VIR_DOMAIN_AFFECT_CONFIG },
        { "current_live", N_ ("current"), N_ ("live"), VIR_DOMAIN_AFFECT_LIVE },
    };
    gboolean active = virDomainIsActive (domain) == 1;
    gboolean persistent = virDomainIsPersistent (domain) == 1;
    g_autoptr (CliRecord) record = cli_record_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        int n;

        if (!(rows[i].flags & VIR_DOMAIN_AFFECT_LIVE ? active : persistent))
            continue;
        n = count_of (domain, rows[i].flags, error);
        if (n < 0)
            return FALSE;
        if (!cli_is_structured (cli))
            cli_print (cli, "%-12s %-12s %3d\n", _ (rows[i].what), _ (rows[i].of), n);
        cli_record_int (record, rows[i].key, NULL, n);
    }
    return cli_print_record (cli, record, 0, error);
}

static gboolean
run_vcpucount (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    /* once the opposite of --maximum, which scripts may still mean */
    gboolean current = args->current && (args->maximum || args->active);
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = VIRSH_FLAGS ({ args->live, VIR_DOMAIN_AFFECT_LIVE },
                                  { args->config, VIR_DOMAIN_AFFECT_CONFIG },
                                  { args->maximum, VIR_DOMAIN_VCPU_MAXIMUM },
                                  { args->guest, VIR_DOMAIN_VCPU_GUEST });
    int n;

    if (!virsh_exclusive (args->live, "live", args->config, "config", error) ||
        !virsh_exclusive (args->active, "active", args->maximum, "maximum", error) ||
        !virsh_exclusive (args->guest, "guest", args->config, "config", error) ||
        !virsh_exclusive (current, "current", args->live, "live", error) ||
        !virsh_exclusive (current, "current", args->config, "config", error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (!args->active && !args->current && flags == 0)
        return print_counts (cli, domain, error);
    n = count_of (domain, flags, error);
    if (n >= 0)
        cli_print (cli, "%d\n", n);
    return n >= 0;
}

/* ---- vcpuinfo
 * ----------------------------------------------------------------------------- */

typedef struct {
    guint64 number;
    gint64 cpu; /* CLI_NO_INT: it does not run */
    const char *state;
    guint64 time_ns;
    char *affinity; /* "0-3" */
} VcpuRow;

static void
row_free (gpointer data)
{
    VcpuRow *row = data;

    g_free (row->affinity);
    g_free (row);
}

static const CliColumn columns[] = {
    { "vcpu", N_ ("VCPU"), CLI_COL_UINT, offsetof (VcpuRow, number) },
    { "cpu", N_ ("CPU"), CLI_COL_INT, offsetof (VcpuRow, cpu) },
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (VcpuRow, state) },
    { "cpu_time_ns", N_ ("CPU time"), CLI_COL_UINT, offsetof (VcpuRow, time_ns) },
    { "affinity", N_ ("CPU Affinity"), CLI_COL_STRING, offsetof (VcpuRow, affinity) },
    { 0 },
};

static const char *
state_name (int state)
{
    static const char *const names[] = { N_ ("offline"), N_ ("running"), N_ ("blocked") };

    return state >= 0 && state < (int) G_N_ELEMENTS (names) ? _ (names[state])
                                                            : _ ("no state");
}

/* "yy--": one letter for each processor of the host */
static char *
affinity_letters (const char *list, int n_cpus)
{
    g_auto (VirshCpuMap) map = { 0 };
    char *letters = g_strnfill ((gsize) n_cpus, '-');

    if (virsh_cpu_map_parse (list, n_cpus, &map, NULL))
        for (int cpu = 0; cpu < map.n_bytes * 8 && cpu < n_cpus; cpu++)
            if (map.bits[cpu / 8] >> (cpu % 8) & 1)
                letters[cpu] = 'y';
    return letters;
}

static void
print_row (Cli *cli, const VcpuRow *row, int n_cpus, gboolean pretty)
{
    g_autofree char *letters = affinity_letters (row->affinity, n_cpus);

    cli_print (cli, "%-15s %" G_GUINT64_FORMAT "\n", _ ("VCPU:"), row->number);
    if (row->cpu == CLI_NO_INT) {
        cli_print (cli, "%-15s %s\n", _ ("CPU:"), _ ("N/A"));
        cli_print (cli, "%-15s %s\n", _ ("State:"), _ ("N/A"));
        cli_print (cli, "%-15s %s\n", _ ("CPU time"), _ ("N/A"));
    } else {
        cli_print (cli, "%-15s %d\n", _ ("CPU:"), (int) row->cpu);
        cli_print (cli, "%-15s %s\n", _ ("State:"), row->state);
        if (row->time_ns != 0 && row->time_ns != CLI_NO_UINT)
            cli_print (cli, "%-15s %.1lfs\n", _ ("CPU time:"),
                       (double) row->time_ns / 1e9);
    }
    if (pretty)
        cli_print (cli, _ ("%-15s %s (out of %d)\n"), _ ("CPU Affinity:"), row->affinity,
                   n_cpus);
    else
        cli_print (cli, "%-15s %s\n", _ ("CPU Affinity:"), letters);
}

/* FALSE without @error: it does not run. */
static gboolean
find_running (virDomainPtr domain, guint n, int map_size, GPtrArray *rows, GError **error)
{
    g_autofree virVcpuInfoPtr infos = g_new0 (virVcpuInfo, MAX (n, 1));
    g_autofree guint8 *maps = g_malloc0 (MAX (n, 1) * (gsize) map_size);
    int found = virDomainGetVcpus (domain, infos, (int) n, maps, map_size);

    if (found < 0)
        return virDomainIsActive (domain) == 0 ? FALSE : virsh_fail (error, "%s", "");
    for (int i = 0; i < found; i++) {
        VcpuRow *row = g_new0 (VcpuRow, 1);

        row->number = infos[i].number;
        row->cpu = infos[i].cpu;
        row->state = state_name (infos[i].state);
        row->time_ns = infos[i].cpuTime;
        row->affinity =
            virsh_cpu_map_text (maps + (gsize) i * (gsize) map_size, map_size);
        g_ptr_array_add (rows, row);
    }
    return TRUE;
}

/* Whether the definition has the processor in: one by one, or the first so many. */
static gboolean
is_defined (xmlNode *root, guint vcpu, guint64 n_current)
{
    g_autofree char *path = g_strdup_printf ("vcpus/vcpu[@id='%u']/@enabled", vcpu);
    g_autofree char *enabled = vy_xml_get (root, path);

    return enabled ? strcmp (enabled, "yes") == 0 : vcpu < n_current;
}

static gboolean
find_defined (virDomainPtr domain, int map_size, GPtrArray *rows, GError **error)
{
    g_autoptr (xmlDoc) doc = virsh_document (domain, VIR_DOMAIN_XML_INACTIVE, error);
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
    g_autofree char *maximum = root ? vy_xml_get (root, "vcpu") : NULL;
    g_autofree char *current = root ? vy_xml_get (root, "vcpu/@current") : NULL;
    g_autofree guint8 *maps = NULL;
    guint64 n = 1, n_current;
    int found;

    if (!doc)
        return FALSE;
    if (maximum)
        vy_number_parse (maximum, G_MAXINT / map_size, &n, NULL);
    if (!current || !vy_number_parse (current, n, &n_current, NULL))
        n_current = n;
    maps = g_malloc0 (MAX (n, 1) * (gsize) map_size);
    found = virDomainGetVcpuPinInfo (domain, (int) n, maps, map_size,
                                     VIR_DOMAIN_AFFECT_CONFIG);
    if (found < 0)
        return virsh_fail (error, "%s", "");
    for (int i = 0; i < found; i++) {
        VcpuRow *row;

        if (!is_defined (root, (guint) i, n_current))
            continue;
        row = g_new0 (VcpuRow, 1);
        row->number = (guint64) i;
        row->cpu = CLI_NO_INT;
        row->time_ns = CLI_NO_UINT;
        row->affinity =
            virsh_cpu_map_text (maps + (gsize) i * (gsize) map_size, map_size);
        g_ptr_array_add (rows, row);
    }
    return TRUE;
}

static gboolean
find_vcpus (virDomainPtr domain, int n_cpus, GPtrArray *rows, GError **error)
{
    g_autoptr (GError) local = NULL;
    virDomainInfo info;
    int map_size = VIR_CPU_MAPLEN (n_cpus);

    if (virDomainGetInfo (domain, &info) < 0)
        return virsh_fail (error, "%s", "");
    if (find_running (domain, info.nrVirtCpu, map_size, rows, &local))
        return TRUE;
    if (!local)
        return find_defined (domain, map_size, rows, error);
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
}

static gboolean
run_vcpuinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    int n_cpus = domain ? virsh_host_cpus (virDomainGetConnect (domain), error) : -1;

    if (n_cpus < 0 || !find_vcpus (domain, n_cpus, rows, error))
        return FALSE;
    if (cli_is_structured (cli))
        return cli_print_table (cli, columns, rows, error);
    for (guint i = 0; i < rows->len; i++) {
        if (i > 0)
            cli_print (cli, "\n");
        print_row (cli, g_ptr_array_index (rows, i), n_cpus, args->pretty);
    }
    return TRUE;
}

/* ---- guestvcpus
 * --------------------------------------------------------------------------- */

static gboolean
check_guest (const Args *args, GError **error)
{
    if (!virsh_exclusive (args->enable, "enable", args->disable, "disable", error))
        return FALSE;
    if ((args->enable || args->disable) && !args->cpulist)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Option --%s is required by option --%s"), "cpulist",
                         args->enable ? "enable" : "disable");
    return !args->cpulist || args->enable || args->disable ||
           vy_throw (error, VY_ERROR_USAGE, _ ("--%s needs --%s or --%s beside it"),
                     "cpulist", "enable", "disable");
}

static gboolean
run_guestvcpus (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    guint n = 0;

    if (!check_guest (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (args->cpulist)
        return virDomainSetGuestVcpus (domain, args->cpulist, args->enable, 0) == 0 ||
               virsh_fail (error, "%s", "");
    if (virDomainGetGuestVcpus (domain, &params.list, &n, 0) < 0)
        return virsh_fail (error, "%s", "");
    params.n = (int) n;
    return virsh_params_print (cli, &params, NULL, 15, error);
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

static const CliOption vcpucount_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, maximum, "maximum", "how many there may be"),
    VIRSH_FLAG (Args, active, "active", "how many there are"),
    VIRSH_FLAG (Args, live, "live", "of the running domain"),
    VIRSH_FLAG (Args, config, "config", "of the next start"),
    VIRSH_FLAG (Args, current, "current", "of the state the domain is in"),
    VIRSH_FLAG (Args, guest, "guest", "as the guest's agent counts them"),
    { 0 },
};
static const CliOption vcpuinfo_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, pretty, "pretty", "lists of processors rather than letters"),
    { 0 },
};
static const CliOption guestvcpus_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, cpulist, "cpulist", "LIST", "processors to put in or take out"),
    VIRSH_FLAG (Args, enable, "enable", "put them in"),
    VIRSH_FLAG (Args, disable, "disable", "take them out"),
    { 0 },
};

const CliCommand virsh_domain_vcpu_commands[] = {
    VIRSH_COMMAND ("guestvcpus", N_ ("show or switch processors inside the guest"),
                   guestvcpus_options, run_guestvcpus),
    VIRSH_COMMAND ("vcpucount", N_ ("show how many processors a domain has"),
                   vcpucount_options, run_vcpucount),
    VIRSH_COMMAND ("vcpuinfo", N_ ("show a domain's processors"), vcpuinfo_options,
                   run_vcpuinfo),
    { 0 },
};
