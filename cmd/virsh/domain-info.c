/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: id, name, UUID */
#include "virsh.h"

typedef struct {
    char *domain;
} Args;

static gboolean
run_domid (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain =
        virsh_domain_by (cli, args->domain, VIRSH_BY_UUID | VIRSH_BY_NAME, error);
    unsigned id = domain ? virDomainGetID (domain) : 0;

    if (!domain)
        return FALSE;
    if (id == (unsigned) -1)
        cli_print (cli, "-\n");
    else
        cli_print (cli, "%u\n", id);
    return TRUE;
}

static gboolean
run_domname (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain =
        virsh_domain_by (cli, args->domain, VIRSH_BY_ID | VIRSH_BY_UUID, error);

    if (domain)
        cli_print (cli, "%s\n", virDomainGetName (domain));
    return domain != NULL;
}

static gboolean
run_domuuid (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain =
        virsh_domain_by (cli, args->domain, VIRSH_BY_ID | VIRSH_BY_NAME, error);
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!domain)
        return FALSE;
    if (virDomainGetUUIDString (domain, uuid) < 0)
        return virsh_fail (error, _ ("failed to get domain UUID"));
    cli_print (cli, "%s\n", uuid);
    return TRUE;
}

static const CliOption options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };

const CliCommand virsh_domain_info_commands[] = {
    { "domid", N_ ("print a domain's id"), options, sizeof (Args), run_domid },
    { "domname", N_ ("print a domain's name"), options, sizeof (Args), run_domname },
    { "domuuid", N_ ("print a domain's UUID"), options, sizeof (Args), run_domuuid },
    { 0 },
};
