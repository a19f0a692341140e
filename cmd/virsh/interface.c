/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces of the host: iface-list and what changes or shows one of them */
#include "virsh.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virInterface, virInterfaceFree)

typedef struct {
    char *interface, *file, *xpath;
    gboolean inactive, all, validate, wrap;
} Args;

#define INTERFACE                                                                        \
    VIRSH_NAME (Args, interface, "interface", "INTERFACE", "name or MAC address", NULL)

static const CliOption interface_options[] = {
    INTERFACE,
    { 0 },
};

static const CliOption list_options[] = {
    VIRSH_FLAG (Args, inactive, "inactive", "only those that are down"),
    VIRSH_FLAG (Args, all, "all", "those that are down, too"),
    { 0 },
};

static const CliOption define_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};

static const CliOption dumpxml_options[] = {
    INTERFACE,
    VIRSH_FLAG (Args, inactive, "inactive", "what is configured, not what is up"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "what was found inside one element"),
    { 0 },
};

static virInterfacePtr
lookup (Cli *cli, const char *name, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    virInterfacePtr interface = NULL;

    if (!conn)
        return NULL;
    interface = virInterfaceLookupByName (conn, name);
    if (!interface)
        interface = virInterfaceLookupByMACString (conn, name);
    if (!interface)
        virsh_fail (error, _ ("failed to get interface '%s'"), name);
    return interface;
}

static int
start (virInterfacePtr interface)
{
    return virInterfaceCreate (interface, 0);
}

static int
destroy (virInterfacePtr interface)
{
    return virInterfaceDestroy (interface, 0);
}

/* Commands that are one call and one line. */
static const struct {
    const char *command;
    int (*call) (virInterfacePtr interface);
    const char *failed, *done;
} simple[] = {
    { "iface-start", start, N_ ("Failed to start interface %s"),
      N_ ("Interface %s started\n") },
    { "iface-destroy", destroy, N_ ("Failed to destroy interface %s"),
      N_ ("Interface %s destroyed\n") },
    { "iface-undefine", virInterfaceUndefine, N_ ("Failed to undefine interface %s"),
      N_ ("Interface %s undefined\n") },
};

static gboolean
run_simple (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virInterface) interface = lookup (cli, args->interface, error);
    gsize i = 0;

    if (!interface)
        return FALSE;
    while (strcmp (simple[i].command, cli->command->name) != 0)
        i++;
    if (simple[i].call (interface) < 0)
        return virsh_fail (error, _ (simple[i].failed), args->interface);
    cli_say (cli, _ (simple[i].done), args->interface);
    return TRUE;
}

/* Transactions over the host's network configuration. */
static const struct {
    const char *command;
    int (*call) (virConnectPtr conn, unsigned flags);
    const char *failed, *done;
} changes[] = {
    { "iface-begin", virInterfaceChangeBegin,
      N_ ("Failed to begin network config change transaction"),
      N_ ("Network config change transaction started\n") },
    { "iface-commit", virInterfaceChangeCommit,
      N_ ("Failed to commit network config change transaction"),
      N_ ("Network config change transaction committed\n") },
    { "iface-rollback", virInterfaceChangeRollback,
      N_ ("Failed to rollback network config change transaction"),
      N_ ("Network config change transaction rolled back\n") },
};

static gboolean
run_change (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    gsize i = 0;

    if (!conn)
        return FALSE;
    while (strcmp (changes[i].command, cli->command->name) != 0)
        i++;
    if (changes[i].call (conn, 0) < 0)
        return virsh_fail (error, "%s", _ (changes[i].failed));
    cli_say (cli, "%s", _ (changes[i].done));
    return TRUE;
}

static gboolean
run_name (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virInterface) interface = lookup (cli, args->interface, error);
    gboolean name = strcmp (cli->command->name, "iface-name") == 0;

    if (!interface)
        return FALSE;
    cli_print (cli, "%s\n",
               name ? virInterfaceGetName (interface)
                    : virInterfaceGetMACString (interface));
    return TRUE;
}

static gboolean
run_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virInterface) interface = NULL;

    if (!xml)
        return FALSE;
    interface = virInterfaceDefineXML (
        conn, xml, args->validate ? VIR_INTERFACE_DEFINE_VALIDATE : 0);
    if (!interface)
        return virsh_fail (error, _ ("Failed to define interface from %s"), args->file);
    cli_say (cli, _ ("Interface %s defined from %s\n"), virInterfaceGetName (interface),
             args->file);
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virInterface) interface = lookup (cli, args->interface, error);
    VIRSH_TEXT xml =
        interface ? virInterfaceGetXMLDesc (
                        interface, args->inactive ? VIR_INTERFACE_XML_INACTIVE : 0)
                  : NULL;

    if (interface && !xml)
        return virsh_fail (error, "%s", "");
    return xml && virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

/* ---- the list -------------------------------------------------------------------------
 */

typedef struct {
    char *name, *mac;
    const char *state;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->mac);
    g_free (row);
}

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (Row, state) },
    { "mac", N_ ("MAC Address"), CLI_COL_STRING, offsetof (Row, mac) },
    { 0 },
};

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->name, (*(Row *const *) b)->name);
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    virConnectPtr conn = cli_conn (cli, error);
    virInterfacePtr *found = NULL;
    unsigned flags =
        (args->inactive ? 0u : VIR_CONNECT_LIST_INTERFACES_ACTIVE) |
        (args->inactive || args->all ? VIR_CONNECT_LIST_INTERFACES_INACTIVE : 0u);
    int n = conn ? virConnectListAllInterfaces (conn, &found, flags) : -1;

    if (n < 0)
        return conn && virsh_fail (error, _ ("Failed to list interfaces"));
    for (int i = 0; i < n; i++) {
        Row *row = g_new0 (Row, 1);

        row->name = g_strdup (virInterfaceGetName (found[i]));
        row->mac = g_strdup (virInterfaceGetMACString (found[i]));
        row->state = virInterfaceIsActive (found[i]) > 0 ? _ ("active") : _ ("inactive");
        g_ptr_array_add (rows, row);
        virInterfaceFree (found[i]);
    }
    free (found);
    g_ptr_array_sort (rows, compare_rows);
    return cli_print_table (cli, columns, rows, error);
}

const CliCommand virsh_interface_commands[] = {
    VIRSH_COMMAND ("iface-begin",
                   N_ ("keep the host's network configuration for a way back"), NULL,
                   run_change),
    VIRSH_COMMAND ("iface-commit", N_ ("accept the changes since iface-begin"), NULL,
                   run_change),
    VIRSH_COMMAND ("iface-define", N_ ("define an interface of the host from a file"),
                   define_options, run_define),
    VIRSH_COMMAND ("iface-destroy", N_ ("take an interface down"), interface_options,
                   run_simple),
    VIRSH_COMMAND ("iface-dumpxml", N_ ("the XML of an interface"), dumpxml_options,
                   run_dumpxml),
    VIRSH_COMMAND ("iface-list", N_ ("list the host's interfaces"), list_options,
                   run_list),
    VIRSH_COMMAND ("iface-mac", N_ ("print an interface's MAC address"),
                   interface_options, run_name),
    VIRSH_COMMAND ("iface-name", N_ ("print the name of an interface"), interface_options,
                   run_name),
    VIRSH_COMMAND ("iface-rollback", N_ ("undo the changes since iface-begin"), NULL,
                   run_change),
    VIRSH_COMMAND ("iface-start", N_ ("bring an interface up"), interface_options,
                   run_simple),
    VIRSH_COMMAND ("iface-undefine", N_ ("forget an interface"), interface_options,
                   run_simple),
    { 0 },
};
