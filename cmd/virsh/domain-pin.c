/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of the host's processors a domain runs on: vcpupin emulatorpin */
#include "virsh.h"

typedef struct {
    char *domain, *cpulist;
    guint vcpu;
    VirshAffect affect;
} Args;

typedef struct {
    guint64 vcpu;
    char *affinity;
} PinRow;

static void
row_free (gpointer data)
{
    PinRow *row = data;

    g_free (row->affinity);
    g_free (row);
}

static const CliColumn columns[] = {
    { "vcpu", N_ ("VCPU"), CLI_COL_UINT, offsetof (PinRow, vcpu) },
    { "cpu_affinity", N_ ("CPU Affinity"), CLI_COL_STRING, offsetof (PinRow, affinity) },
    { 0 },
};

static gboolean
asks_running (virDomainPtr domain, unsigned flags)
{
    return flags & VIR_DOMAIN_AFFECT_LIVE ||
           (!(flags & VIR_DOMAIN_AFFECT_CONFIG) && virDomainIsActive (domain) == 1);
}

/* How many there may be; -1 with @error. */
static int
count_vcpus (virDomainPtr domain, unsigned flags, GError **error)
{
    int n;

    if (flags & VIR_DOMAIN_AFFECT_LIVE && virDomainIsActive (domain) != 1) {
        vy_throw (error, VY_ERROR_STATE, _ ("cannot get vcpupin for offline domain"));
        return -1;
    }
    if (flags & VIR_DOMAIN_AFFECT_CONFIG && virDomainIsPersistent (domain) != 1) {
        vy_throw (error, VY_ERROR_STATE, _ ("cannot get vcpupin for transient domain"));
        return -1;
    }
    n = virDomainGetVcpusFlags (domain, flags | VIR_DOMAIN_VCPU_MAXIMUM);
    if (n < 0)
        virsh_fail (error, "%s", "");
    return n;
}

static GPtrArray *
read_pins (virDomainPtr domain, int n, int n_cpus, unsigned flags, GError **error)
{
    int map_size = VIR_CPU_MAPLEN (n_cpus);
    g_autofree guint8 *maps = g_malloc0 ((gsize) MAX (n, 1) * (gsize) map_size);
    int found = virDomainGetVcpuPinInfo (domain, n, maps, map_size, flags);
    GPtrArray *rows;

    if (found < 0) {
        virsh_fail (error, "%s", "");
        return NULL;
    }
    rows = g_ptr_array_new_with_free_func (row_free);
    for (int i = 0; i < found; i++) {
        PinRow *row = g_new0 (PinRow, 1);

        row->vcpu = (guint64) i;
        row->affinity =
            virsh_cpu_map_text (maps + (gsize) i * (gsize) map_size, map_size);
        g_ptr_array_add (rows, row);
    }
    return rows;
}

static gboolean
show_vcpus (Cli *cli, const Args *args, virDomainPtr domain, int n_cpus, unsigned flags,
            GError **error)
{
    gboolean one = cli_has (cli, "vcpu");
    int n = count_vcpus (domain, flags, error);
    g_autoptr (GPtrArray) rows = NULL;

    if (n < 0)
        return FALSE;
    if (one && args->vcpu >= (guint) n)
        return vy_throw (error, VY_ERROR_INVALID,
                         asks_running (domain, flags)
                             ? _ ("vcpu %u is out of range of live cpu count %d")
                             : _ ("vcpu %u is out of range of persistent cpu count %d"),
                         args->vcpu, n);
    rows = read_pins (domain, n, n_cpus, flags, error);
    if (!rows)
        return FALSE;
    for (guint i = rows->len; one && i-- > 0;)
        if (i != args->vcpu)
            g_ptr_array_remove_index (rows, i);
    return cli_print_table (cli, columns, rows, error);
}

/* Without an option it is the running domain that is pinned. */
static gboolean
pin_vcpu (const Args *args, virDomainPtr domain, const VirshCpuMap *map, unsigned flags,
          GError **error)
{
    int result =
        virsh_affect_is_plain (&args->affect)
            ? virDomainPinVcpu (domain, args->vcpu, map->bits, map->n_bytes)
            : virDomainPinVcpuFlags (domain, args->vcpu, map->bits, map->n_bytes, flags);

    return result == 0 || virsh_fail (error, "%s", "");
}

static gboolean
run_vcpupin (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_auto (VirshCpuMap) map = { 0 };
    unsigned flags;
    int n_cpus;

    if (!virsh_affect (&args->affect, &flags, error))
        return FALSE;
    if (args->cpulist && !cli_has (cli, "vcpu"))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("vcpupin: Missing vCPU number in pin mode."));
    domain = virsh_domain (cli, args->domain, error);
    n_cpus = domain ? virsh_host_cpus (virDomainGetConnect (domain), error) : -1;
    if (n_cpus < 0)
        return FALSE;
    if (!args->cpulist)
        return show_vcpus (cli, args, domain, n_cpus, flags, error);
    return virsh_cpu_map_parse (args->cpulist, n_cpus, &map, error) &&
           pin_vcpu (args, domain, &map, flags, error);
}

static gboolean
show_emulator (Cli *cli, virDomainPtr domain, int n_cpus, unsigned flags, GError **error)
{
    int map_size = VIR_CPU_MAPLEN (n_cpus);
    g_autofree guint8 *map = g_malloc0 ((gsize) map_size);
    g_autofree char *text = NULL;
    g_autoptr (CliRecord) record = NULL;

    if (virDomainGetEmulatorPinInfo (domain, map, map_size, flags) < 0)
        return virsh_fail (error, "%s", "");
    text = virsh_cpu_map_text (map, map_size);
    if (!cli_is_structured (cli)) {
        cli_say (cli, "%s %s\n", _ ("emulator:"), _ ("CPU Affinity"));
        cli_say (cli, "----------------------------------\n       *: ");
        cli_print (cli, "%s\n", text);
        return TRUE;
    }
    record = cli_record_new ();
    cli_record_string (record, "cpu_affinity", NULL, text);
    return cli_print_record (cli, record, 0, error);
}

static gboolean
run_emulatorpin (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_auto (VirshCpuMap) map = { 0 };
    unsigned flags;
    int n_cpus;

    if (!virsh_affect (&args->affect, &flags, error))
        return FALSE;
    domain = virsh_domain (cli, args->domain, error);
    n_cpus = domain ? virsh_host_cpus (virDomainGetConnect (domain), error) : -1;
    if (n_cpus < 0)
        return FALSE;
    if (!args->cpulist)
        return show_emulator (cli, domain, n_cpus, flags, error);
    flags = virsh_affect_is_plain (&args->affect) ? VIR_DOMAIN_AFFECT_LIVE : flags;
    return virsh_cpu_map_parse (args->cpulist, n_cpus, &map, error) &&
           (virDomainPinEmulator (domain, map.bits, map.n_bytes, flags) == 0 ||
            virsh_fail (error, "%s", ""));
}

#define CPULIST(text)                                                                    \
    {                                                                                    \
        "cpulist", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK,                         \
            offsetof (Args, cpulist), N_ ("LIST"), N_ (text)                             \
    }

static const CliOption vcpupin_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "vcpu", 0, CLI_UINT, CLI_POSITIONAL, offsetof (Args, vcpu), N_ ("NUMBER"),
      N_ ("which of the domain's processors") },
    CPULIST ("processors of the host: 0-3,^1, or r for all; without it they are shown"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption emulatorpin_options[] = {
    VIRSH_DOMAIN (Args, domain),
    CPULIST ("processors of the host: 0-3,^1, or r for all; without it they are shown"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

const CliCommand virsh_domain_pin_commands[] = {
    VIRSH_COMMAND ("emulatorpin", N_ ("show or set where a domain's emulator runs"),
                   emulatorpin_options, run_emulatorpin),
    VIRSH_COMMAND ("vcpupin", N_ ("show or set where a domain's processors run"),
                   vcpupin_options, run_vcpupin),
    { 0 },
};
