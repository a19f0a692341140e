/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: sources that could become one, and what the host supports */
#include "virsh.h"

typedef struct {
    char *type, *file, *host, *port, *initiator;
} Args;

static gboolean
find_sources (Cli *cli, const char *type, const char *xml, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT found =
        conn ? virConnectFindStoragePoolSources (conn, type, xml, 0) : NULL;

    if (conn && !found)
        return virsh_fail (error, _ ("Failed to find any %s pool sources"), type);
    if (found)
        cli_print (cli, "%s", found);
    return found != NULL;
}

static gboolean
run_find (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *xml = args->file ? virsh_read_file (args->file, error) : NULL;

    return (xml || !args->file) && find_sources (cli, args->type, xml, error);
}

static gboolean
run_find_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    /* a source is found by its host: without one libvirt takes no document */
    g_autofree char *xml =
        args->host ? vy_pool_source_to_xml (args->host, args->port, args->initiator)
                   : NULL;

    return find_sources (cli, args->type, xml, error);
}

static gboolean
run_capabilities (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT xml = conn ? virConnectGetStoragePoolCapabilities (conn, 0) : NULL;

    if (conn && !xml)
        return virsh_fail (error, _ ("failed to get storage pool capabilities"));
    if (xml)
        cli_print (cli, "%s\n", xml);
    return xml != NULL;
}

#define TYPE                                                                             \
    VIRSH_NAME (Args, type, "type", "TYPE", "kind of pool: logical, netfs, iscsi, …",    \
                NULL)
static const CliOption find_options[] = {
    TYPE,
    { "srcSpec", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, file),
      N_ ("FILE"), N_ ("file with the XML of a source to look in") },
    { 0 },
};
static const CliOption find_as_options[] = {
    TYPE,
    VIRSH_STRING (Args, host, "host", "HOST", "where to look"),
    VIRSH_STRING (Args, port, "port", "PORT", "port of that host"),
    VIRSH_STRING (Args, initiator, "initiator", "IQN", "iSCSI name that this host has"),
    { 0 },
};
static const CliOption no_options[] = { { 0 } };

const CliCommand virsh_pool_sources_commands[] = {
    VIRSH_COMMAND ("find-storage-pool-sources",
                   N_ ("look for sources of pools, as a file says"), find_options,
                   run_find),
    VIRSH_COMMAND ("find-storage-pool-sources-as", N_ ("look for sources of pools"),
                   find_as_options, run_find_as),
    VIRSH_COMMAND ("pool-capabilities", N_ ("print which kinds of pools there can be"),
                   no_options, run_capabilities),
    { 0 },
};
