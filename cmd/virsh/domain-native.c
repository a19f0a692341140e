/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions in the words of a hypervisor: domxml-from-native domxml-to-native */
#include "virsh.h"

typedef struct {
    char *format, *config, *domain, *xml;
} Args;

static gboolean
run_from (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *config = conn ? virsh_read_file (args->config, error) : NULL;
    VIRSH_TEXT xml = NULL;

    if (!config)
        return FALSE;
    xml = virConnectDomainXMLFromNative (conn, args->format, config, 0);
    if (!xml)
        return virsh_fail (error, "%s", "");
    cli_print (cli, "%s", xml);
    return TRUE;
}

/* The XML of a file or a domain; NULL with @error. */
static char *
read_xml (Cli *cli, const Args *args, GError **error)
{
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT xml = NULL;

    if (args->xml)
        return virsh_read_file (args->xml, error);
    domain = virsh_domain (cli, args->domain, error);
    xml = domain ? virDomainGetXMLDesc (domain, 0) : NULL;
    if (domain && !xml)
        virsh_fail (error, "%s", "");
    return g_strdup (xml);
}

static gboolean
run_to (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn;
    g_autofree char *xml = NULL;
    VIRSH_TEXT config = NULL;

    if (!virsh_exclusive (args->domain != NULL, "domain", args->xml != NULL, "xml",
                          error))
        return FALSE;
    if (!args->domain && !args->xml)
        return vy_throw (error, VY_ERROR_USAGE, _ ("need either domain or domain XML"));
    if (!(conn = cli_conn (cli, error)) || !(xml = read_xml (cli, args, error)))
        return FALSE;
    config = virConnectDomainXMLToNative (conn, args->format, xml, 0);
    if (!config)
        return virsh_fail (error, "%s", "");
    cli_print (cli, "%s", config);
    return TRUE;
}

#define FORMAT                                                                           \
    VIRSH_NAME (Args, format, "format", "FORMAT",                                        \
                "the hypervisor's format: qemu-argv, vmx-text, …", NULL)

static const CliOption from_options[] = {
    FORMAT,
    { "config", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      offsetof (Args, config), N_ ("FILE"), N_ ("file in that format") },
    { 0 },
};
static const CliOption to_options[] = {
    FORMAT,
    { "domain", 0, CLI_STRING, 0, offsetof (Args, domain), N_ ("DOMAIN"),
      N_ ("name, id or UUID of a domain"), cli_complete_domain },
    { "xml", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, xml), N_ ("FILE"),
      N_ ("file with a domain's XML") },
    { 0 },
};

const CliCommand virsh_domain_native_commands[] = {
    VIRSH_COMMAND ("domxml-from-native", N_ ("make XML of a hypervisor's configuration"),
                   from_options, run_from),
    VIRSH_COMMAND ("domxml-to-native", N_ ("make a hypervisor's configuration of XML"),
                   to_options, run_to),
    { 0 },
};
