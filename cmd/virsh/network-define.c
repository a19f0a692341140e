/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks: net-define from a file, or from words */
#include "virsh.h"
#include "shell.h"

typedef struct {
    char *file;
    gboolean validate;
} Args;

static gboolean
run_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virNetwork) network = NULL;

    if (!xml)
        return FALSE;
    network = args->validate
                  ? virNetworkDefineXMLFlags (conn, xml, VIR_NETWORK_DEFINE_VALIDATE)
                  : virNetworkDefineXML (conn, xml);
    if (!network)
        return virsh_fail (error, _ ("Failed to define network from %s"), args->file);
    cli_say (cli, _ ("Network %s defined from %s\n"), virNetworkGetName (network),
             args->file);
    return TRUE;
}

gboolean
virsh_net_define_words (Cli *cli, const char *const *words, GError **error)
{
    g_autoptr (VyNetworkSettings) settings =
        vy_network_settings_from_words (words, error);
    g_autoptr (VyPlan) plan = NULL;
    virConnectPtr conn;

    if (!settings || !vy_network_settings_check (settings, error) ||
        !(conn = cli_conn (cli, error)) ||
        !vy_network_settings_resolve (settings, conn, error))
        return FALSE;
    plan = vy_network_plan_create (conn, settings, error);
    if (!plan || !cli_run_plan (cli, plan, FALSE, error))
        return FALSE;
    cli_say (cli, _ ("Network %s defined\n"), settings->name);
    return TRUE;
}

static const CliOption define_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};

const CliCommand virsh_network_define_commands[] = {
    { "net-define", N_ ("define a network from a file"), define_options, sizeof (Args),
      run_define,
      .description =
          N_ ("In place of FILE a network's name may stand with --forward, "
              "--incoming-interface, --outgoing-interface, --masquerade, --dhcp, --dns, "
              "--lease-days, --start, --autostart and --persist.") },
    { 0 },
};
