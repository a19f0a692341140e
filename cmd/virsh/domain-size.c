/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory and processors of domains: setmem setmaxmem setvcpus setvcpu */
#include "virsh.h"

typedef struct {
    char *domain, *vcpu_list;
    guint64 size_bytes;
    guint count;
    gboolean config, live, current;
    gboolean maximum, guest, hotpluggable, enable, disable;
} Args;

#define AFFECT_FLAGS                                                                     \
    VIRSH_FLAG (Args, config, "config", "for the next start"),                           \
        VIRSH_FLAG (Args, live, "live", "for the running domain"),                       \
        VIRSH_FLAG (Args, current, "current", "for the state the domain is in")

static const CliOption memory_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "kilobytes", .type = CLI_ALIAS, .flags = CLI_HIDDEN, .alias_of = "size" },
    { .name = "size",
      .type = CLI_SIZE,
      .flags = CLI_POSITIONAL | CLI_REQUIRED,
      .offset = offsetof (Args, size_bytes),
      .metavar = N_ ("SIZE"),
      .help = N_ ("size, in KiB or with its unit"),
      .unit = 1024 },
    AFFECT_FLAGS,
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
    AFFECT_FLAGS,
    VIRSH_FLAG (Args, guest, "guest", "let the guest's agent do it"),
    VIRSH_FLAG (Args, hotpluggable, "hotpluggable", "they can be taken out again"),
    { 0 },
};

static const CliOption vcpu_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, vcpu_list, "vcpulist", "LIST", "which processors: 1,3-5", NULL),
    VIRSH_FLAG (Args, enable, "enable", "put them in"),
    VIRSH_FLAG (Args, disable, "disable", "take them out"),
    AFFECT_FLAGS,
    { 0 },
};

static gboolean
exclusive (gboolean one, const char *one_name, gboolean other, const char *other_name,
           GError **error)
{
    return !one || !other ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("Options --%s and --%s are mutually exclusive"), one_name,
                     other_name);
}

/* VIR_DOMAIN_AFFECT_* out of the options */
static gboolean
affect_flags (const Args *args, unsigned *flags, GError **error)
{
    *flags = (args->config ? VIR_DOMAIN_AFFECT_CONFIG : 0u) |
             (args->live ? VIR_DOMAIN_AFFECT_LIVE : 0u);
    return exclusive (args->current, "current", args->live, "live", error) &&
           exclusive (args->current, "current", args->config, "config", error);
}

/* What libvirt takes: KiB, rounded up. */
static gulong
kib_of (guint64 bytes)
{
    return (gulong) (bytes / 1024 + (bytes % 1024 ? 1 : 0));
}

/* Without any of the three options the oldest call does it. */
static gboolean
is_plain (const Args *args)
{
    return !args->config && !args->live && !args->current;
}

static gboolean
run_setmem (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    gulong kib = kib_of (args->size_bytes);
    unsigned flags;
    int result;

    if (!affect_flags (args, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    result = is_plain (args) ? virDomainSetMemory (domain, kib)
                             : virDomainSetMemoryFlags (domain, kib, flags);
    return result == 0 || virsh_fail (error, "%s", "");
}

static gboolean
run_setmaxmem (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    gulong kib = kib_of (args->size_bytes);
    unsigned flags;
    int result;

    if (!affect_flags (args, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    result = is_plain (args)
                 ? virDomainSetMaxMemory (domain, kib)
                 : virDomainSetMemoryFlags (domain, kib, flags | VIR_DOMAIN_MEM_MAXIMUM);
    return result == 0 || virsh_fail (error, _ ("Unable to change MaxMemorySize"));
}

static gboolean
check_vcpus (const Args *args, GError **error)
{
    if (!exclusive (args->guest, "guest", args->config, "config", error) ||
        !exclusive (args->guest, "guest", args->maximum, "maximum", error))
        return FALSE;
    if (args->maximum && !args->config)
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
    gboolean plain =
        is_plain (args) && !args->maximum && !args->guest && !args->hotpluggable;
    unsigned flags;
    int result;

    if (!affect_flags (args, &flags, error) || !check_vcpus (args, error) ||
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

    if (!exclusive (args->enable, "enable", args->disable, "disable", error) ||
        !affect_flags (args, &flags, error))
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

#define COMMAND(name, help, options, run)                                                \
    {                                                                                    \
        name, help, options, sizeof (Args), run                                          \
    }

const CliCommand virsh_domain_size_commands[] = {
    COMMAND ("setmaxmem", N_ ("set how much memory a domain may have"), memory_options,
             run_setmaxmem),
    COMMAND ("setmem", N_ ("set how much memory a domain has"), memory_options,
             run_setmem),
    COMMAND ("setvcpu", N_ ("put in or take out single processors"), vcpu_options,
             run_setvcpu),
    COMMAND ("setvcpus", N_ ("set how many processors a domain has"), vcpus_options,
             run_setvcpus),
    { 0 },
};
