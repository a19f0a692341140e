/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host behind the connection, or what stands in for it. */
#include "cli-private.h"

VyHost *
cli_host (Cli *cli, const VyHostStandIns *stand_ins, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VyHost *host = conn ? vy_host_new (conn, stand_ins, error) : NULL;
    g_autofree char *authority =
        g_build_filename (g_get_home_dir (), ".Xauthority", NULL);

    if (host) {
        vy_host_set_display (host, g_getenv ("DISPLAY"), authority);
        vy_host_set_predictable (host,
                                 g_strcmp0 (g_getenv ("VIRTYARD_PREDICTABLE"), "1") == 0);
    }
    return host;
}
