/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads for disk I/O: iothreadadd iothreaddel iothreadinfo iothreadpin iothreadset */
#include "virsh.h"

typedef struct {
    char *domain, *cpulist;
    int id, pool_min, pool_max;
    guint iothread, poll_grow, poll_shrink;
    guint64 poll_max_ns;
    VirshAffect affect;
} Args;

typedef struct {
    guint64 id;
    char *affinity;
} ThreadRow;

static void
row_free (gpointer data)
{
    ThreadRow *row = data;

    g_free (row->affinity);
    g_free (row);
}

static const CliColumn columns[] = {
    { "iothread_id", N_ ("IOThread ID"), CLI_COL_UINT, offsetof (ThreadRow, id) },
    { "cpu_affinity", N_ ("CPU Affinity"), CLI_COL_STRING,
      offsetof (ThreadRow, affinity) },
    { 0 },
};

/* The domain and whom the change is for. */
static virDomainPtr
start (Cli *cli, const Args *args, unsigned *flags, GError **error)
{
    return virsh_affect (&args->affect, flags, error)
               ? virsh_domain (cli, args->domain, error)
               : NULL;
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    unsigned flags;
    g_autoptr (virDomain) domain = start (cli, args, &flags, error);
    virDomainIOThreadInfoPtr *infos = NULL;
    int n;

    if (!domain)
        return FALSE;
    n = virDomainGetIOThreadInfo (domain, &infos, flags);
    if (n < 0)
        return virsh_fail (error, "%s", _ ("Unable to get domain IOThreads information"));
    for (int i = 0; i < n; i++) {
        ThreadRow *row = g_new0 (ThreadRow, 1);

        row->id = infos[i]->iothread_id;
        row->affinity = virsh_cpu_map_text (infos[i]->cpumap, infos[i]->cpumaplen);
        g_ptr_array_add (rows, row);
        virDomainIOThreadInfoFree (infos[i]);
    }
    free (infos);
    if (n > 0 || cli_is_structured (cli))
        return cli_print_table (cli, columns, rows, error);
    cli_say (cli, _ ("No IOThreads found for the domain"));
    return TRUE;
}

static gboolean
check_id (const Args *args, GError **error)
{
    return args->id > 0 || vy_throw (error, VY_ERROR_INVALID,
                                     _ ("Invalid IOThread id value: '%d'"), args->id);
}

static gboolean
run_add (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned flags;
    g_autoptr (virDomain) domain =
        check_id (args, error) ? start (cli, args, &flags, error) : NULL;

    return domain && (virDomainAddIOThread (domain, (guint) args->id, flags) == 0 ||
                      virsh_fail (error, "%s", ""));
}

static gboolean
run_del (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned flags;
    g_autoptr (virDomain) domain =
        check_id (args, error) ? start (cli, args, &flags, error) : NULL;

    return domain && (virDomainDelIOThread (domain, (guint) args->id, flags) == 0 ||
                      virsh_fail (error, "%s", ""));
}

static gboolean
run_set (Cli *cli, gpointer data, GError **error)
{
    static const VirshParamRow rows[] = {
        { "poll-max-ns", VIR_DOMAIN_IOTHREAD_POLL_MAX_NS, VIR_TYPED_PARAM_ULLONG,
          offsetof (Args, poll_max_ns) },
        { "poll-grow", VIR_DOMAIN_IOTHREAD_POLL_GROW, VIR_TYPED_PARAM_UINT,
          offsetof (Args, poll_grow) },
        { "poll-shrink", VIR_DOMAIN_IOTHREAD_POLL_SHRINK, VIR_TYPED_PARAM_UINT,
          offsetof (Args, poll_shrink) },
        { "thread-pool-min", VIR_DOMAIN_IOTHREAD_THREAD_POOL_MIN, VIR_TYPED_PARAM_INT,
          offsetof (Args, pool_min) },
        { "thread-pool-max", VIR_DOMAIN_IOTHREAD_THREAD_POOL_MAX, VIR_TYPED_PARAM_INT,
          offsetof (Args, pool_max) },
    };
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    unsigned flags;
    g_autoptr (virDomain) domain = NULL;

    if (!check_id (args, error) || !(domain = start (cli, args, &flags, error)) ||
        !virsh_params_add (cli, &params, rows, G_N_ELEMENTS (rows), args, error))
        return FALSE;
    if (params.n == 0)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Not enough arguments passed, nothing to set"));
    return virDomainSetIOThreadParams (domain, (guint) args->id, params.list, params.n,
                                       flags) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
run_pin (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshCpuMap) map = { 0 };
    unsigned flags;
    g_autoptr (virDomain) domain = start (cli, args, &flags, error);
    int n_cpus = domain ? virsh_host_cpus (virDomainGetConnect (domain), error) : -1;

    return n_cpus >= 0 && virsh_cpu_map_parse (args->cpulist, n_cpus, &map, error) &&
           (virDomainPinIOThread (domain, args->iothread, map.bits, map.n_bytes, flags) ==
                0 ||
            virsh_fail (error, "%s", ""));
}

#define NUMBER(field, key, kind, text)                                                   \
    {                                                                                    \
        key, 0, kind, CLI_POSITIONAL, offsetof (Args, field), N_ ("NUMBER"), N_ (text)   \
    }
#define ID                                                                               \
    {                                                                                    \
        "id", 0, CLI_INT, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, id), N_ ("ID"), \
            N_ ("id of the I/O thread")                                                  \
    }

static const CliOption info_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption id_options[] = {
    VIRSH_DOMAIN (Args, domain),
    ID,
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption set_options[] = {
    VIRSH_DOMAIN (Args, domain),
    ID,
    NUMBER (poll_max_ns, "poll-max-ns", CLI_UINT64, "most nanoseconds to poll"),
    NUMBER (poll_grow, "poll-grow", CLI_UINT, "how fast polling gets longer"),
    NUMBER (poll_shrink, "poll-shrink", CLI_UINT, "how fast polling gets shorter"),
    NUMBER (pool_min, "thread-pool-min", CLI_INT, "least worker threads"),
    NUMBER (pool_max, "thread-pool-max", CLI_INT, "most worker threads"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption pin_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "iothread", 0, CLI_UINT, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, iothread),
      N_ ("ID"), N_ ("id of the I/O thread") },
    VIRSH_NAME (Args, cpulist, "cpulist", "LIST",
                "processors of the host: 0-3,^1, or r for all", NULL),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

const CliCommand virsh_domain_iothread_commands[] = {
    VIRSH_COMMAND ("iothreadadd", N_ ("give a domain an I/O thread"), id_options,
                   run_add),
    VIRSH_COMMAND ("iothreaddel", N_ ("take an I/O thread from a domain"), id_options,
                   run_del),
    VIRSH_COMMAND ("iothreadinfo", N_ ("show a domain's I/O threads"), info_options,
                   run_info),
    VIRSH_COMMAND ("iothreadpin", N_ ("set where an I/O thread runs"), pin_options,
                   run_pin),
    VIRSH_COMMAND ("iothreadset", N_ ("set how an I/O thread works"), set_options,
                   run_set),
    { 0 },
};
