/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports of networks: net-port-list, -create, -dumpxml, -delete */
#include "object.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virNetworkPort, virNetworkPortFree)

typedef struct {
    char *network, *port, *file, *xpath;
    gboolean uuid, table, validate, wrap;
} Args;

static virNetworkPortPtr
find_port (Cli *cli, virNetworkPtr network, const char *name, GError **error)
{
    virNetworkPortPtr port = NULL;

    virsh_debug_found (cli, "port", name);
    if (virsh_is_uuid (name)) {
        virsh_debug_trying (cli, "port", "trying as network UUID");
        port = virNetworkPortLookupByUUIDString (network, name);
    }
    if (!port && virsh_is_uuid (name))
        virsh_fail (error, _ ("failed to get network port '%s'"), name);
    else if (!port)
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("failed to get network port '%s'"), name);
    return port;
}

/* To virsh a port that is not there, or its network, is said, but no failure. */
static gboolean
say_no_port (Cli *cli, GError **error)
{
    if (virsh_shell.strict)
        return FALSE;
    cli_report (cli, *error);
    g_clear_error (error);
    return TRUE;
}

/* ---- the list
 * ----------------------------------------------------------------------------------- */

typedef struct {
    char uuid[VIR_UUID_STRING_BUFLEN];
    const char *text;
} Row;

static const CliColumn columns[] = {
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, text) },
    { 0 },
};

static Row *
row_new (virNetworkPortPtr port)
{
    Row *row = g_new0 (Row, 1);

    virNetworkPortGetUUIDString (port, row->uuid);
    row->text = row->uuid;
    return row;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return strcmp ((*(Row *const *) a)->uuid, (*(Row *const *) b)->uuid);
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
    virNetworkPortPtr *ports = NULL;
    int n = network ? virNetworkListAllPorts (network, &ports, 0) : -1;

    if (n < 0)
        return network &&
               virsh_fail (error, _ ("Failed to list the ports of %s"), args->network);
    for (int i = 0; i < n; i++) {
        g_ptr_array_add (rows, row_new (ports[i]));
        virNetworkPortFree (ports[i]);
    }
    free (ports);
    g_ptr_array_sort (rows, compare_rows);
    if (!args->uuid || cli_is_structured (cli))
        return cli_print_table (cli, columns, rows, error);
    for (guint i = 0; i < rows->len; i++)
        cli_print (cli, "%s\n", ((Row *) g_ptr_array_index (rows, i))->uuid);
    return TRUE;
}

/* ---- one port
 * ----------------------------------------------------------------------------------- */

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autofree char *xml = network ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virNetworkPort) port = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    if (!xml)
        return FALSE;
    port = virNetworkPortCreateXML (
        network, xml, args->validate ? VIR_NETWORK_PORT_CREATE_VALIDATE : 0);
    if (!port)
        return virsh_fail (error, _ ("Failed to create a network port from %s"),
                           args->file);
    virNetworkPortGetUUIDString (port, uuid);
    cli_say (cli, _ ("Network port %s created from %s\n"), uuid, args->file);
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (virNetworkPort) port =
        network ? find_port (cli, network, args->port, error) : NULL;
    VIRSH_TEXT xml = port ? virNetworkPortGetXMLDesc (port, 0) : NULL;

    if (!port)
        return cli_conn (cli, NULL) && say_no_port (cli, error);
    if (!xml)
        return virsh_fail (error, _ ("failed to get the XML of '%s'"), args->port);
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (virNetworkPort) port =
        network ? find_port (cli, network, args->port, error) : NULL;

    if (!port)
        return cli_conn (cli, NULL) && say_no_port (cli, error);
    if (virNetworkPortDelete (port, 0) < 0)
        return virsh_fail (error, _ ("Failed to delete network port %s"), args->port);
    cli_say (cli, _ ("Network port %s deleted\n"), args->port);
    return TRUE;
}

#define PORT VIRSH_NAME (Args, port, "port", "PORT", "UUID of a port", NULL)
static const CliOption list_options[] = {
    VIRSH_NETWORK (Args, network),
    { .name = "uuid",
      .type = CLI_FLAG,
      .offset = offsetof (Args, uuid),
      .help = N_ ("print only UUIDs"),
      .excludes = "table" },
    VIRSH_FLAG (Args, table, "table", "print a table (this is the default)"),
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_NETWORK (Args, network),
    PORT,
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};
static const CliOption delete_options[] = { VIRSH_NETWORK (Args, network), PORT, { 0 } };

const CliCommand virsh_network_port_commands[] = {
    VIRSH_COMMAND ("net-port-list", N_ ("list the ports of a network"), list_options,
                   run_list),
    VIRSH_COMMAND ("net-port-create", N_ ("make a port of a network from a file"),
                   create_options, run_create),
    VIRSH_COMMAND ("net-port-dumpxml", N_ ("print the XML of a network's port"),
                   dumpxml_options, run_dumpxml),
    VIRSH_COMMAND ("net-port-delete", N_ ("delete a port of a network"), delete_options,
                   run_delete),
    { 0 },
};
