/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks: net-define from a file, or from words */
#include "object.h"
#include "shell.h"

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

const CliCommand virsh_network_define_commands[] = {
    { "net-define", N_ ("define a network from a file"), virsh_object_file_options,
      sizeof (VirshObjectArgs), virsh_object_make,
      .description =
          N_ ("In place of FILE a network's name may stand with --forward, "
              "--incoming-interface, --outgoing-interface, --masquerade, --dhcp, --dns, "
              "--lease-days, --start, --autostart and --persist.") },
    { 0 },
};
