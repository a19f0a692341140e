/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What many domains do, in one call: domstats */
#include "virsh.h"

enum { N_GROUPS = 11, N_FILTERS = 8 };

typedef struct {
    gboolean groups[N_GROUPS], filters[N_FILTERS];
    gboolean raw, enforce, backing, nowait;
    char **domains;
} Args;

static const unsigned group_bits[N_GROUPS] = {
    VIR_DOMAIN_STATS_STATE,     VIR_DOMAIN_STATS_CPU_TOTAL, VIR_DOMAIN_STATS_BALLOON,
    VIR_DOMAIN_STATS_VCPU,      VIR_DOMAIN_STATS_INTERFACE, VIR_DOMAIN_STATS_BLOCK,
    VIR_DOMAIN_STATS_PERF,      VIR_DOMAIN_STATS_IOTHREAD,  VIR_DOMAIN_STATS_MEMORY,
    VIR_DOMAIN_STATS_DIRTYRATE, VIR_DOMAIN_STATS_VM,
};

static const unsigned filter_bits[N_FILTERS] = {
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_INACTIVE,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_TRANSIENT,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_PAUSED,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF,
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_OTHER,
};

static const CliOption stats_options[] = {
    VIRSH_FLAG (Args, groups[0], "state", "state and its reason"),
    VIRSH_FLAG (Args, groups[1], "cpu-total", "time of all processors"),
    VIRSH_FLAG (Args, groups[2], "balloon", "memory of the guest"),
    VIRSH_FLAG (Args, groups[3], "vcpu", "each processor"),
    VIRSH_FLAG (Args, groups[4], "interface", "network interfaces"),
    VIRSH_FLAG (Args, groups[5], "block", "disks"),
    VIRSH_FLAG (Args, groups[6], "perf", "the host's performance counters"),
    VIRSH_FLAG (Args, groups[7], "iothread", "I/O threads"),
    VIRSH_FLAG (Args, groups[8], "memory", "bandwidth of the memory"),
    VIRSH_FLAG (Args, groups[9], "dirtyrate", "how fast memory is written to"),
    VIRSH_FLAG (Args, groups[10], "vm", "what the hypervisor counts"),
    VIRSH_FLAG (Args, filters[0], "list-active", "only domains that are active"),
    VIRSH_FLAG (Args, filters[1], "list-inactive", "only domains that are not active"),
    VIRSH_FLAG (Args, filters[2], "list-persistent", "only domains that are defined"),
    VIRSH_FLAG (Args, filters[3], "list-transient", "only domains without definition"),
    VIRSH_FLAG (Args, filters[4], "list-running", "only domains that run"),
    VIRSH_FLAG (Args, filters[5], "list-paused", "only domains that are paused"),
    VIRSH_FLAG (Args, filters[6], "list-shutoff", "only domains that are shut off"),
    VIRSH_FLAG (Args, filters[7], "list-other", "only domains in other states"),
    VIRSH_FLAG (Args, raw, "raw", "numbers as they are, which is so without it too"),
    VIRSH_FLAG (Args, enforce, "enforce", "fail when a group is not supported"),
    VIRSH_FLAG (Args, backing, "backing", "also the disks' backing images"),
    VIRSH_FLAG (Args, nowait, "nowait", "leave out what a busy domain would have to say"),
    { .name = "domain",
      .type = CLI_STRINGS,
      .flags = CLI_POSITIONAL | CLI_ARGV,
      .offset = offsetof (Args, domains),
      .metavar = N_ ("DOMAIN"),
      .help = N_ ("names, ids or UUIDs of domains"),
      .complete = cli_complete_domain },
    { 0 },
};

static unsigned
bits_of (const gboolean *given, const unsigned *bits, guint n)
{
    unsigned all = 0;

    for (guint i = 0; i < n; i++)
        all |= given[i] ? bits[i] : 0;
    return all;
}

/* ---- text
 * -------------------------------------------------------------------------------------
 */

static void
print_domain (Cli *cli, const virDomainStatsRecord *record)
{
    cli_print (cli, _ ("Domain: '%s'\n"), virDomainGetName (record->dom));
    for (int i = 0; i < record->nparams; i++) {
        g_autofree char *value = virsh_param_text (&record->params[i]);

        cli_print (cli, "  %s=%s\n", record->params[i].field, value);
    }
}

/* ---- records: "block.0.rd.bytes" is "rd_bytes" in the first element of "block"
 * ------------------------------------------------------------------- */

static char *
key_of (const char *field, gsize length)
{
    char *key = g_strndup (field, length);

    return g_strdelimit (key, ".-", '_');
}

/* The number inside a field's name: where its text begins and ends. */
static gboolean
find_index (const char *field, const char **begin, const char **end)
{
    for (const char *dot = strchr (field, '.'); dot; dot = strchr (dot + 1, '.')) {
        const char *last = dot + 1;

        while (g_ascii_isdigit (*last))
            last++;
        if (last > dot + 1 && *last == '.') {
            *begin = dot + 1;
            *end = last;
            return TRUE;
        }
    }
    return FALSE;
}

typedef struct {
    char *key;
    GPtrArray *elements; /* CliRecord */
    guint64 index;       /* of the last element */
} Group;

static void
group_free (gpointer data)
{
    Group *group = data;

    g_free (group->key);
    g_clear_pointer (&group->elements, g_ptr_array_unref);
    g_free (group);
}

static Group *
group_of (GPtrArray *groups, char *key)
{
    Group *group;

    for (guint i = 0; i < groups->len; i++) {
        group = g_ptr_array_index (groups, i);
        if (strcmp (group->key, key) == 0) {
            g_free (key);
            return group;
        }
    }
    group = g_new0 (Group, 1);
    group->key = key;
    group->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_record_free);
    g_ptr_array_add (groups, group);
    return group;
}

static CliRecord *
element_of (Group *group, guint64 index)
{
    CliRecord *element;

    if (group->elements->len > 0 && group->index == index)
        return g_ptr_array_index (group->elements, group->elements->len - 1);
    element = cli_record_new ();
    cli_record_uint (element, "index", NULL, index);
    g_ptr_array_add (group->elements, element);
    group->index = index;
    return element;
}

static void
add_field (CliRecord *record, GPtrArray *groups, const virTypedParameter *param)
{
    const char *begin, *end;
    g_autofree char *key = NULL;

    if (groups && find_index (param->field, &begin, &end)) {
        Group *group =
            group_of (groups, key_of (param->field, (gsize) (begin - 1 - param->field)));

        key = key_of (end + 1, strlen (end + 1));
        virsh_record_param_as (element_of (group, g_ascii_strtoull (begin, NULL, 10)),
                               key, NULL, param);
        return;
    }
    key = key_of (param->field, strlen (param->field));
    virsh_record_param_as (record, key, NULL, param);
}

static CliRecord *
record_of (const virDomainStatsRecord *stats, gboolean nested)
{
    g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
    CliRecord *record = cli_record_new ();

    cli_record_string (record, "domain", NULL, virDomainGetName (stats->dom));
    for (int i = 0; i < stats->nparams; i++)
        add_field (record, nested ? groups : NULL, &stats->params[i]);
    for (guint i = 0; i < groups->len; i++) {
        Group *group = g_ptr_array_index (groups, i);

        cli_record_records (record, group->key, g_steal_pointer (&group->elements));
    }
    return record;
}

static gboolean
print_stats (Cli *cli, virDomainStatsRecordPtr *stats, GError **error)
{
    g_autoptr (GPtrArray) records = NULL;
    gboolean nested = cli->globals.format == CLI_FORMAT_JSON;

    if (!cli_is_structured (cli)) {
        for (guint i = 0; stats[i]; i++) {
            print_domain (cli, stats[i]);
            if (stats[i + 1])
                cli_print (cli, "\n");
        }
        return TRUE;
    }
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_record_free);
    for (guint i = 0; stats[i]; i++)
        g_ptr_array_add (records, record_of (stats[i], nested));
    return cli_print_records (cli, records, error);
}

/* ---- which domains
 * ------------------------------------------------------------------------------- */

static void
domain_free (gpointer data)
{
    virDomainFree (data);
}

static GPtrArray *
look_up (Cli *cli, char **names, GError **error)
{
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (domain_free);

    for (char **name = names; *name; name++) {
        virDomainPtr domain = virsh_domain (cli, *name, error);

        if (!domain)
            return NULL;
        g_ptr_array_add (domains, domain);
    }
    return g_steal_pointer (&domains);
}

static int
read_stats (virConnectPtr conn, GPtrArray *domains, unsigned groups, unsigned flags,
            virDomainStatsRecordPtr **stats)
{
    if (!domains)
        return virConnectGetAllDomainStats (conn, groups, stats, flags);
    g_ptr_array_add (domains, NULL);
    return virDomainListGetStats ((virDomainPtr *) domains->pdata, groups, stats, flags);
}

static gboolean
run_domstats (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned flags =
        bits_of (args->filters, filter_bits, N_FILTERS) |
        (args->enforce ? VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS : 0u) |
        (args->backing ? VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING : 0u) |
        (args->nowait ? VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT : 0u);
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) domains = NULL;
    virDomainStatsRecordPtr *stats = NULL;
    gboolean ok;

    if (!conn || (args->domains && !(domains = look_up (cli, args->domains, error))))
        return FALSE;
    if (read_stats (conn, domains, bits_of (args->groups, group_bits, N_GROUPS), flags,
                    &stats) < 0)
        return virsh_fail (error, "%s", "");
    ok = print_stats (cli, stats, error);
    virDomainStatsRecordListFree (stats);
    return ok;
}

const CliCommand virsh_domain_stats_commands[] = {
    VIRSH_COMMAND ("domstats", N_ ("show what domains do, many at once"), stats_options,
                   run_domstats),
    { 0 },
};
