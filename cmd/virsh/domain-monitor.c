/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domain monitoring: domcontrol dominfo dommemstat domstate */
#include "virsh.h"

typedef struct {
    char *domain;
    int period_s;
    VirshAffect affect;
    gboolean reason;
} Args;

static gboolean
run_domstate (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int state, reason;

    if (!domain)
        return FALSE;
    if (virDomainGetState (domain, &state, &reason, 0) < 0)
        return virsh_fail (error, _ ("failed to get the domain's state"));
    if (args->reason)
        cli_print (cli, "%s (%s)\n", virsh_domain_state (state),
                   virsh_domain_reason (state, reason));
    else
        cli_print (cli, "%s\n", virsh_domain_state (state));
    return TRUE;
}

/* ---- dominfo
 * -------------------------------------------------------------------------------- */

static void
add_identity (CliRecord *record, virDomainPtr domain)
{
    unsigned id = virDomainGetID (domain);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    VIRSH_TEXT type = virDomainGetOSType (domain);

    virDomainGetUUIDString (domain, uuid);
    if (id == (unsigned) -1)
        cli_record_null (record, "id", N_ ("Id"));
    else
        cli_record_uint (record, "id", N_ ("Id"), id);
    cli_record_string (record, "name", N_ ("Name"), virDomainGetName (domain));
    cli_record_string (record, "uuid", N_ ("UUID"), uuid);
    if (type)
        cli_record_string (record, "os_type", N_ ("OS Type"), type);
}

static void
add_resources (CliRecord *record, const virDomainInfo *info)
{
    cli_record_string (record, "state", N_ ("State"), virsh_domain_state (info->state));
    cli_record_uint (record, "vcpus", N_ ("CPU(s)"), info->nrVirtCpu);
    if (info->cpuTime) {
        cli_record_uint (record, "cpu_time_ns", N_ ("CPU time"), info->cpuTime);
        cli_record_text (record, "%.1lfs", (double) info->cpuTime / 1e9);
    }
    if (info->maxMem == (unsigned) -1) {
        cli_record_null (record, "max_memory_kib", N_ ("Max memory"));
        cli_record_text (record, "%s", _ ("no limit"));
    } else {
        cli_record_uint (record, "max_memory_kib", N_ ("Max memory"), info->maxMem);
        cli_record_text (record, "%lu KiB", info->maxMem);
    }
    cli_record_uint (record, "used_memory_kib", N_ ("Used memory"), info->memory);
    cli_record_text (record, "%lu KiB", info->memory);
}

static void
add_flag (CliRecord *record, const char *key, const char *label, int value,
          const char *on, const char *off)
{
    if (value < 0) {
        cli_record_null (record, key, label);
        cli_record_text (record, "%s", _ ("unknown"));
        return;
    }
    cli_record_bool (record, key, label, value != 0);
    cli_record_text (record, "%s", value ? on : off);
}

static void
add_security (CliRecord *record, virDomainPtr domain)
{
    virSecurityModel model = { 0 };
    g_autofree virSecurityLabelPtr label = NULL;

    if (virNodeGetSecurityModel (virDomainGetConnect (domain), &model) < 0)
        return;
    if (*model.model == '\0')
        return;
    cli_record_string (record, "security_model", N_ ("Security model"), model.model);
    cli_record_string (record, "security_doi", N_ ("Security DOI"), model.doi);
    label = g_new0 (virSecurityLabel, 1);
    if (virDomainGetSecurityLabel (domain, label) == 0 && *label->label) {
        cli_record_string (record, "security_label", N_ ("Security label"), label->label);
        cli_record_text (record, "%s (%s)", label->label,
                         label->enforcing ? "enforcing" : "permissive");
        cli_record_bool (record, "security_enforcing", NULL, label->enforcing != 0);
    }
}

/* A line for each in text, an array in JSON. */
static void
add_messages (Cli *cli, CliRecord *record, virDomainPtr domain)
{
    char **messages = NULL;
    int n = virDomainGetMessages (domain, &messages, 0);
    g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
    g_auto (GStrv) list = NULL;

    for (int i = 0; i < n; i++) {
        g_strv_builder_add (all, messages[i]);
        if (!cli_is_structured (cli))
            cli_record_string (record, "message", i == 0 ? N_ ("Messages") : "",
                               messages[i]);
        free (messages[i]);
    }
    free (messages);
    list = g_strv_builder_end (all);
    if (n >= 0 && cli_is_structured (cli))
        cli_record_strings (record, "messages", NULL, (const char *const *) list);
}

static gboolean
run_dominfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virDomainInfo info;
    int autostart = 0;

    if (!domain)
        return FALSE;
    if (virDomainGetInfo (domain, &info) < 0)
        return virsh_fail (error, _ ("failed to get domain information"));
    add_identity (record, domain);
    add_resources (record, &info);
    add_flag (record, "persistent", N_ ("Persistent"), virDomainIsPersistent (domain),
              _ ("yes"), _ ("no"));
    if (virDomainGetAutostart (domain, &autostart) == 0)
        add_flag (record, "autostart", N_ ("Autostart"), autostart, _ ("enable"),
                  _ ("disable"));
    add_flag (record, "managed_save", N_ ("Managed save"),
              virDomainHasManagedSaveImage (domain, 0), _ ("yes"), _ ("no"));
    add_security (record, domain);
    add_messages (cli, record, domain);
    return cli_print_record (cli, record, 15, error);
}

/* ---- domcontrol
 * ------------------------------------------------------------------------------ */

static const char *
control_state (int state)
{
    static const char *const names[] = { N_ ("ok"), N_ ("background job"),
                                         N_ ("occupied"), N_ ("error") };

    return state >= 0 && state < (int) G_N_ELEMENTS (names) ? _ (names[state])
                                                            : _ ("unknown");
}

static const char *
control_error (int details)
{
    static const char *const names[] = { "", N_ ("unknown"), N_ ("monitor failure"),
                                         N_ ("internal (locking) error") };

    return details > 0 && details < (int) G_N_ELEMENTS (names) ? _ (names[details]) : "";
}

static gboolean
run_domcontrol (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virDomainControlInfo info = { 0 };
    const char *state;

    if (!domain)
        return FALSE;
    if (virDomainGetControlInfo (domain, &info, 0) < 0)
        return virsh_fail (error, "%s", "");
    state = control_state ((int) info.state);
    if (cli_is_structured (cli)) {
        cli_record_string (record, "state", NULL, state);
        cli_record_uint (record, "state_time_ms", NULL, info.stateTime);
        return cli_print_record (cli, record, 0, error);
    }
    if (info.state == VIR_DOMAIN_CONTROL_OK)
        cli_print (cli, "%s\n", state);
    else if (info.state == VIR_DOMAIN_CONTROL_ERROR && info.details > 0)
        cli_print (cli, "%s: %s (%0.3fs)\n", state, control_error ((int) info.details),
                   (double) info.stateTime / 1000);
    else
        cli_print (cli, "%s (%0.3fs)\n", state, (double) info.stateTime / 1000);
    return TRUE;
}

/* ---- dommemstat
 * ------------------------------------------------------------------------------ */

static void
add_memory (CliRecord *record, const virDomainMemoryStatStruct *stats, int n)
{
    static const struct {
        int tag;
        const char *name, *key;
    } tags[] = {
        { VIR_DOMAIN_MEMORY_STAT_SWAP_IN, "swap_in", "swap_in_kib" },
        { VIR_DOMAIN_MEMORY_STAT_SWAP_OUT, "swap_out", "swap_out_kib" },
        { VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT, "major_fault", "major_fault" },
        { VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT, "minor_fault", "minor_fault" },
        { VIR_DOMAIN_MEMORY_STAT_UNUSED, "unused", "unused_kib" },
        { VIR_DOMAIN_MEMORY_STAT_AVAILABLE, "available", "available_kib" },
        { VIR_DOMAIN_MEMORY_STAT_USABLE, "usable", "usable_kib" },
        { VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON, "actual", "actual_kib" },
        { VIR_DOMAIN_MEMORY_STAT_RSS, "rss", "rss_kib" },
        { VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE, "last_update", "last_update" },
        { VIR_DOMAIN_MEMORY_STAT_DISK_CACHES, "disk_caches", "disk_caches_kib" },
        { VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC, "hugetlb_pgalloc", "hugetlb_pgalloc" },
        { VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL, "hugetlb_pgfail", "hugetlb_pgfail" },
    };

    for (int i = 0; i < n; i++)
        for (gsize t = 0; t < G_N_ELEMENTS (tags); t++)
            if (tags[t].tag == stats[i].tag)
                cli_record_uint (record, tags[t].key, tags[t].name, stats[i].val);
}

static gboolean
set_period (virDomainPtr domain, const Args *args, unsigned flags, GError **error)
{
    if (args->period_s < 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("invalid period: '%d'"),
                         args->period_s);
    return virDomainSetMemoryStatsPeriod (domain, args->period_s, flags) == 0 ||
           virsh_fail (error, _ ("Unable to change balloon collection period."));
}

static gboolean
run_dommemstat (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR];
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;
    int n;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (cli_has (cli, "period"))
        return set_period (domain, args, flags, error);
    n = virDomainMemoryStats (domain, stats, VIR_DOMAIN_MEMORY_STAT_NR, 0);
    if (n < 0)
        return virsh_fail (error, _ ("Failed to get memory statistics for domain %s"),
                           args->domain);
    add_memory (record, stats, n);
    return cli_print_record_pairs (cli, record, " ", error);
}

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption domstate_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, reason, "reason", "also why it is so"),
    { 0 },
};
static const CliOption memstat_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "period",
      .type = CLI_INT,
      .offset = offsetof (Args, period_s),
      .metavar = N_ ("SECONDS"),
      .help = N_ ("how often the guest is asked, 0: never") },
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

const CliCommand virsh_domain_monitor_commands[] = {
    VIRSH_COMMAND ("domcontrol", N_ ("show whether a domain can be controlled"),
                   domain_options, run_domcontrol),
    VIRSH_COMMAND ("dominfo", N_ ("show a domain"), domain_options, run_dominfo),
    VIRSH_COMMAND ("dommemstat", N_ ("show what a domain does with its memory"),
                   memstat_options, run_dommemstat),
    VIRSH_COMMAND ("domstate", N_ ("print a domain's state"), domstate_options,
                   run_domstate),
    { 0 },
};
