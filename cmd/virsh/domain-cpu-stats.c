/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain used of each of the host's processors: cpu-stats */
#include "virsh.h"

enum { AT_ONCE = 128 /* libvirt's limit for one call */ };

typedef struct {
    char *domain;
    gboolean total;
    int start, count;
} Args;

static gboolean
stats_fail (virDomainPtr domain, GError **error)
{
    return virsh_fail (error, _ ("Failed to retrieve CPU statistics for domain '%s'"),
                       virDomainGetName (domain));
}

static void
print_stat (Cli *cli, const virTypedParameter *param)
{
    static const char *const times[] = { VIR_DOMAIN_CPU_STATS_CPUTIME,
                                         VIR_DOMAIN_CPU_STATS_VCPUTIME,
                                         VIR_DOMAIN_CPU_STATS_USERTIME,
                                         VIR_DOMAIN_CPU_STATS_SYSTEMTIME, NULL };
    g_autofree char *text = NULL;

    if (param->type == VIR_TYPED_PARAM_ULLONG && g_strv_contains (times, param->field))
        text = g_strdup_printf ("%9lld.%09lld seconds",
                                (long long) (param->value.ul / 1000000000),
                                (long long) (param->value.ul % 1000000000));
    else
        text = virsh_param_text (param);
    cli_print (cli, "\t%-12s %s\n", param->field, text);
}

/* Text at once; a record for the other formats. */
static void
add_cpu (Cli *cli, GPtrArray *records, int cpu, const virTypedParameter *params, int n)
{
    CliRecord *record = cli_record_new ();

    g_ptr_array_add (records, record);
    if (cpu < 0)
        cli_record_null (record, "cpu", NULL);
    else
        cli_record_int (record, "cpu", NULL, cpu);
    if (!cli_is_structured (cli) && cpu < 0)
        cli_print (cli, "%s\n", _ ("Total:"));
    else if (!cli_is_structured (cli))
        cli_print (cli, _ ("CPU%d:\n"), cpu);
    for (int i = 0; i < n; i++) {
        virsh_record_param (record, NULL, &params[i]);
        if (!cli_is_structured (cli))
            print_stat (cli, &params[i]);
    }
}

/* Up to AT_ONCE processors from @first on. */
static gboolean
add_some (Cli *cli, virDomainPtr domain, int first, int count, int n, GPtrArray *records,
          GError **error)
{
    int n_params = n * count;
    virTypedParameterPtr params = g_new0 (virTypedParameter, n_params);
    int found = virDomainGetCPUStats (domain, params, (guint) n, first, (guint) count, 0);

    for (int i = 0; found >= 0 && i < count; i++)
        if (params[i * n].type != 0) /* the host has it */
            add_cpu (cli, records, first + i, &params[i * n], n);
    virTypedParamsFree (params, n_params);
    return found >= 0 || stats_fail (domain, error);
}

static gboolean
add_each (Cli *cli, const Args *args, virDomainPtr domain, GPtrArray *records,
          GError **error)
{
    int n_cpus = virDomainGetCPUStats (domain, NULL, 0, 0, 0, 0);
    int count = cli_has (cli, "count") ? args->count : n_cpus - args->start;
    int n;

    if (n_cpus < 0)
        return stats_fail (domain, error);
    if (args->start >= n_cpus)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("Start CPU %d is out of range (min: 0, max: %d)"),
                         args->start, n_cpus - 1);
    if (count > n_cpus && !cli_is_structured (cli))
        cli_print (cli, _ ("Only %d CPUs available to show\n"), n_cpus);
    count = MIN (count, n_cpus - args->start);
    n = virDomainGetCPUStats (domain, NULL, 0, 0, 1, 0);
    if (n < 0)
        return stats_fail (domain, error);
    if (n == 0 && !cli_is_structured (cli))
        cli_print (cli, _ ("No per-CPU stats available\n"));
    for (int done = 0; n > 0 && done < count; done += AT_ONCE)
        if (!add_some (cli, domain, args->start + done, MIN (count - done, AT_ONCE), n,
                       records, error))
            return FALSE;
    return TRUE;
}

static gboolean
add_total (Cli *cli, virDomainPtr domain, GPtrArray *records, GError **error)
{
    int n = virDomainGetCPUStats (domain, NULL, 0, -1, 1, 0);
    virTypedParameterPtr params;
    int found;

    if (n < 0)
        return stats_fail (domain, error);
    if (n == 0) {
        if (!cli_is_structured (cli))
            cli_print (cli, _ ("No total stats available\n"));
        return TRUE;
    }
    params = g_new0 (virTypedParameter, n);
    found = virDomainGetCPUStats (domain, params, (guint) n, -1, 1, 0);
    if (found >= 0)
        add_cpu (cli, records, -1, params, found);
    virTypedParamsFree (params, n);
    return found >= 0 || stats_fail (domain, error);
}

static gboolean
run_stats (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean some = cli_has (cli, "start") || cli_has (cli, "count");
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (GPtrArray) records =
        g_ptr_array_new_with_free_func ((GDestroyNotify) cli_record_free);

    if (args->start < 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("Invalid value for start CPU"));
    if (args->count < 0)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Invalid value for number of CPUs to show"));
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    if ((some || !args->total) && !add_each (cli, args, domain, records, error))
        return FALSE;
    if ((args->total || !some) && !add_total (cli, domain, records, error))
        return FALSE;
    return !cli_is_structured (cli) || cli_print_records (cli, records, error);
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, total, "total", "only what they are together"),
    { "start", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, start), N_ ("NUMBER"),
      N_ ("begin with this processor of the host") },
    { "count", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, count), N_ ("NUMBER"),
      N_ ("how many processors") },
    { 0 },
};

const CliCommand virsh_domain_cpu_stats_commands[] = {
    VIRSH_COMMAND ("cpu-stats", N_ ("show the processor time a domain used"), options,
                   run_stats),
    { 0 },
};
