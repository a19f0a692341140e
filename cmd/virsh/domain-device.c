/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of domains from XML files: attach-device detach-device update-device … */
#include "virsh.h"

typedef struct {
    char *domain, *file, *alias;
    VirshAffect affect;
    gboolean force;
} Args;

static const CliOption device_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FILE (Args, file),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

static const CliOption update_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FILE (Args, file),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, force, "force", "even if the guest holds the device"),
    { 0 },
};

static const CliOption alias_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, alias, "alias", "ALIAS", "the device's alias", NULL),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

int
virsh_attach_device (virDomainPtr domain, const char *xml, const VirshAffect *affect,
                     unsigned flags)
{
    return flags || affect->current ? virDomainAttachDeviceFlags (domain, xml, flags)
                                    : virDomainAttachDevice (domain, xml);
}

gboolean
virsh_attach_document (Cli *cli, const VirshAttach *attach, unsigned flags, xmlDoc *doc,
                       GError **error)
{
    g_autofree char *xml = vy_xml_to_quoted (xmlDocGetRootElement (doc));
    g_autoptr (virDomain) domain = NULL;

    if (attach->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    domain = virsh_domain (cli, attach->domain, error);
    if (!domain)
        return FALSE;
    flags = virsh_affect_running (attach->affect, domain, flags);
    if (virsh_attach_device (domain, xml, attach->affect, flags) < 0)
        return virsh_fail (error, "%s", attach->failed);
    cli_say (cli, "%s", attach->done);
    return TRUE;
}

int
virsh_detach_device (virDomainPtr domain, const char *xml, const VirshAffect *affect,
                     unsigned flags)
{
    return flags || affect->current ? virDomainDetachDeviceFlags (domain, xml, flags)
                                    : virDomainDetachDevice (domain, xml);
}

static int
update_device (virDomainPtr domain, const char *xml,
               G_GNUC_UNUSED const VirshAffect *affect, unsigned flags)
{
    return virDomainUpdateDeviceFlags (domain, xml, flags);
}

/* Commands that hand one file to one call. */
static const struct {
    const char *command;
    int (*call) (virDomainPtr domain, const char *xml, const VirshAffect *affect,
                 unsigned flags);
    const char *failed, *done;
} kinds[] = {
    { "attach-device", virsh_attach_device, N_ ("Failed to attach device from %s"),
      N_ ("Device attached successfully\n") },
    { "detach-device", virsh_detach_device, N_ ("Failed to detach device from %s"),
      N_ ("Device detached successfully\n") },
    { "update-device", update_device, N_ ("Failed to update device from %s"),
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

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(xml = virsh_read_file (args->file, error)))
        return FALSE;
    while (strcmp (kinds[i].command, cli->command->name) != 0)
        i++;
    flags = virsh_affect_running (&args->affect, domain, flags) |
            (args->force ? VIR_DOMAIN_DEVICE_MODIFY_FORCE : 0u);
    if (kinds[i].call (domain, xml, &args->affect, flags) < 0)
        return virsh_fail (error, _ (kinds[i].failed), args->file);
    cli_say (cli, "%s", _ (kinds[i].done));
    return TRUE;
}

static gboolean
run_alias (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainDetachDeviceAlias (domain, args->alias, flags) < 0)
        return virsh_fail (error, _ ("Failed to detach device with alias %s"),
                           args->alias);
    cli_say (cli, _ ("Device detach request sent successfully\n"));
    return TRUE;
}

const CliCommand virsh_domain_device_commands[] = {
    VIRSH_COMMAND ("attach-device", N_ ("give a domain a device from an XML file"),
                   device_options, run_device),
    VIRSH_COMMAND ("detach-device", N_ ("take away a device that an XML file names"),
                   device_options, run_device),
    VIRSH_COMMAND ("detach-device-alias", N_ ("take away the device of an alias"),
                   alias_options, run_alias),
    VIRSH_COMMAND ("update-device", N_ ("change a device as an XML file says"),
                   update_options, run_device),
    { 0 },
};
