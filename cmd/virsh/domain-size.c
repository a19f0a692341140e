/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory and processors of domains: setmem setmaxmem setvcpus setvcpu */
#include "virsh.h"

typedef struct {
    char *domain, *vcpu_list;
    guint64 size_bytes;
    guint count;
    VirshAffect affect;
    gboolean maximum, guest, hotpluggable, enable, disable;
} Args;

static const CliOption memory_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "kilobytes", .type = CLI_ALIAS, .flags = CLI_HIDDEN, .alias_of = "size" },
    { .name = "size",
      .type = CLI_SIZE,
      .flags = CLI_POSITIONAL | CLI_REQUIRED | CLI_NUMERIC,
      .offset = offsetof (Args, size_bytes),
      .metavar = N_ ("SIZE"),
      .help = N_ ("size, in KiB or with its unit"),
      .unit = 1024 },
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

static const CliOption vcpus_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "count",
      .type = CLI_UINT,
      .flags = CLI_POSITIONAL | CLI_REQUIRED,
      .offset = offsetof (Args, count),
      .metavar = N_ ("COUNT"),
      .help = N_ ("how many processors") },
    VIRSH_FLAG (Args, maximum, "maximum", "how many there may be at most"),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, guest, "guest", "let the guest's agent do it"),
    VIRSH_FLAG (Args, hotpluggable, "hotpluggable", "they can be taken out again"),
    { 0 },
};

static const CliOption vcpu_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, vcpu_list, "vcpulist", "LIST", "which processors: 1,3-5", NULL),
    VIRSH_FLAG (Args, enable, "enable", "put them in"),
    VIRSH_FLAG (Args, disable, "disable", "take them out"),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

/* What libvirt takes: KiB, rounded up. */
static gulong
kib_of (guint64 bytes)
{
    return (gulong) (bytes / 1024 + (bytes % 1024 ? 1 : 0));
}

static gboolean
run_setmem (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    gulong kib = kib_of (args->size_bytes);
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virsh_affect_is_plain (&args->affect))
        flags = VIR_DOMAIN_AFFECT_LIVE;
    return virDomainSetMemoryFlags (domain, kib, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
run_setmaxmem (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    gulong kib = kib_of (args->size_bytes);
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    return virDomainSetMemoryFlags (domain, kib, flags | VIR_DOMAIN_MEM_MAXIMUM) == 0 ||
           virsh_fail (error, _ ("Unable to change MaxMemorySize"));
}

static gboolean
check_vcpus (const Args *args, GError **error)
{
    if (!virsh_exclusive (args->guest, "guest", args->affect.config, "config", error) ||
        !virsh_exclusive (args->guest, "guest", args->maximum, "maximum", error))
        return FALSE;
    if (args->maximum && !args->affect.config)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Option --%s is required by option --%s"), "config",
                         "maximum");
    return args->count > 0 ||
           vy_throw (error, VY_ERROR_USAGE, _ ("Can't set 0 processors for a VM"));
}

static gboolean
run_setvcpus (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    gboolean plain = virsh_affect_is_plain (&args->affect) && !args->maximum &&
                     !args->guest && !args->hotpluggable;
    unsigned flags;
    int result;

    if (!virsh_affect (&args->affect, &flags, error) || !check_vcpus (args, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    flags |= (args->maximum ? VIR_DOMAIN_VCPU_MAXIMUM : 0u) |
             (args->guest ? VIR_DOMAIN_VCPU_GUEST : 0u) |
             (args->hotpluggable ? VIR_DOMAIN_VCPU_HOTPLUGGABLE : 0u);
    result = plain ? virDomainSetVcpus (domain, args->count)
                   : virDomainSetVcpusFlags (domain, args->count, flags);
    return result == 0 || virsh_fail (error, "%s", "");
}

static gboolean
run_setvcpu (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!virsh_exclusive (args->enable, "enable", args->disable, "disable", error) ||
        !virsh_affect (&args->affect, &flags, error))
        return FALSE;
    if (!args->enable && !args->disable)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("one of options --enable or --disable is required"));
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    return virDomainSetVcpu (domain, args->vcpu_list, args->enable, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

const CliCommand virsh_domain_size_commands[] = {
    VIRSH_COMMAND ("setmaxmem", N_ ("set how much memory a domain may have"),
                   memory_options, run_setmaxmem),
    VIRSH_COMMAND ("setmem", N_ ("set how much memory a domain has"), memory_options,
                   run_setmem),
    VIRSH_COMMAND ("setvcpu", N_ ("put in or take out single processors"), vcpu_options,
                   run_setvcpu),
    VIRSH_COMMAND ("setvcpus", N_ ("set how many processors a domain has"), vcpus_options,
                   run_setvcpus),
    { 0 },
};
