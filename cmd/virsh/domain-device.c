/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of domains from XML files: attach-device detach-device update-device … */
#include "virsh.h"

typedef struct {
    char *domain, *file, *alias;
    gboolean persistent, config, live, current, force;
} Args;

#define AFFECT_FLAGS                                                                     \
    VIRSH_FLAG (Args, config, "config", "for the next start"),                           \
        VIRSH_FLAG (Args, live, "live", "for the running domain"),                       \
        VIRSH_FLAG (Args, current, "current", "for the state the domain is in")
#define PERSISTENT_FLAG                                                                  \
    VIRSH_FLAG (Args, persistent, "persistent", "for now and the next start")

static const CliOption device_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FILE (Args, file),
    PERSISTENT_FLAG,
    AFFECT_FLAGS,
    { 0 },
};

static const CliOption update_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FILE (Args, file),
    PERSISTENT_FLAG,
    AFFECT_FLAGS,
    VIRSH_FLAG (Args, force, "force", "even if the guest holds the device"),
    { 0 },
};

static const CliOption alias_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, alias, "alias", "ALIAS", "the device's alias", NULL),
    AFFECT_FLAGS,
    { 0 },
};

static gboolean
check_flags (const Args *args, GError **error)
{
    const char *other = args->persistent && args->current ? "persistent"
                        : args->config && args->current   ? "config"
                        : args->live && args->current     ? "live"
                                                          : NULL;

    return !other || vy_throw (error, VY_ERROR_USAGE,
                               _ ("Options --%s and --%s are mutually exclusive"), other,
                               "current");
}

/* VIR_DOMAIN_AFFECT_*; --persistent means the running domain, too, when it runs */
static unsigned
affect_flags (const Args *args, virDomainPtr domain)
{
    gboolean config = args->config || args->persistent;
    gboolean live = args->live || (args->persistent && virDomainIsActive (domain) == 1);

    return (config ? VIR_DOMAIN_AFFECT_CONFIG : 0u) |
           (live ? VIR_DOMAIN_AFFECT_LIVE : 0u);
}

static int
attach (virDomainPtr domain, const char *xml, unsigned flags)
{
    return flags ? virDomainAttachDeviceFlags (domain, xml, flags)
                 : virDomainAttachDevice (domain, xml);
}

static int
detach (virDomainPtr domain, const char *xml, unsigned flags)
{
    return flags ? virDomainDetachDeviceFlags (domain, xml, flags)
                 : virDomainDetachDevice (domain, xml);
}

/* Commands that hand one file to one call. */
static const struct {
    const char *command;
    int (*call) (virDomainPtr domain, const char *xml, unsigned flags);
    const char *failed, *done;
} kinds[] = {
    { "attach-device", attach, N_ ("Failed to attach device from %s"),
      N_ ("Device attached successfully\n") },
    { "detach-device", detach, N_ ("Failed to detach device from %s"),
      N_ ("Device detached successfully\n") },
    { "update-device", virDomainUpdateDeviceFlags, N_ ("Failed to update device from %s"),
      N_ ("Device updated successfully\n") },
};

static gboolean
run_device (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autofree char *xml = NULL;
    unsigned flags;
    gsize i = 0;

    if (!check_flags (args, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(xml = virsh_read_file (args->file, error)))
        return FALSE;
    while (strcmp (kinds[i].command, cli->command->name) != 0)
        i++;
    flags =
        affect_flags (args, domain) | (args->force ? VIR_DOMAIN_DEVICE_MODIFY_FORCE : 0u);
    if (kinds[i].call (domain, xml, flags) < 0)
        return virsh_fail (error, _ (kinds[i].failed), args->file);
    cli_say (cli, "%s", _ (kinds[i].done));
    return TRUE;
}

static gboolean
run_alias (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;

    if (!check_flags (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainDetachDeviceAlias (domain, args->alias, affect_flags (args, domain)) < 0)
        return virsh_fail (error, _ ("Failed to detach device with alias %s"),
                           args->alias);
    cli_say (cli, _ ("Device detach request sent successfully\n"));
    return TRUE;
}

#define COMMAND(name, help, options, run)                                                \
    {                                                                                    \
        name, help, options, sizeof (Args), run                                          \
    }

const CliCommand virsh_domain_device_commands[] = {
    COMMAND ("attach-device", N_ ("give a domain a device from an XML file"),
             device_options, run_device),
    COMMAND ("detach-device", N_ ("take away a device that an XML file names"),
             device_options, run_device),
    COMMAND ("detach-device-alias", N_ ("take away the device of an alias"),
             alias_options, run_alias),
    COMMAND ("update-device", N_ ("change a device as an XML file says"), update_options,
             run_device),
    { 0 },
};
