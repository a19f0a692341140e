/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces of the host: iface-list and what changes or shows one of them */
#include "object.h"

static gboolean
is_mac (const char *name)
{
    return g_regex_match_simple ("^([[:xdigit:]]{1,2}:){5}[[:xdigit:]]{1,2}$", name, 0,
                                 0);
}

static const VirshAction actions[] = {
    { "iface-start", NULL, VIRSH_CALL_FLAGS (virInterfaceCreate),
      N_ ("Failed to start interface %s"), N_ ("Interface %s started\n") },
    { "iface-destroy", NULL, VIRSH_CALL_FLAGS (virInterfaceDestroy),
      N_ ("Failed to destroy interface %s"), N_ ("Interface %s destroyed\n") },
    { "iface-undefine", VIRSH_CALL (virInterfaceUndefine), NULL,
      N_ ("Failed to undefine interface %s"), N_ ("Interface %s undefined\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "iface-define", VIRSH_MAKE (virInterfaceDefineXML), VIR_INTERFACE_DEFINE_VALIDATE,
      N_ ("Failed to define interface from %s"), N_ ("Interface %s defined from %s\n") },
    { 0 },
};

/* Knows a bridge by its name alone. */
static const char *const by_name[] = { "iface-unbridge", NULL };

const VirshKind virsh_interface_kind = {
    .prefix = "iface-",
    .noun = "interface",
    .by = { { is_mac, VIRSH_FIND (virInterfaceLookupByMACString), TRUE,
              "trying as interface MAC" },
            { NULL, VIRSH_FIND (virInterfaceLookupByName), FALSE,
              "trying as interface NAME" } },
    .second_only = by_name,
    .not_found = N_ ("failed to get interface '%s'"),
    .name = VIRSH_GET_NAME (virInterfaceGetName),
    .release = VIRSH_CALL (virInterfaceFree),
    .list = VIRSH_LIST (virConnectListAllInterfaces),
    .list_failed = N_ ("Failed to list interfaces"),
    .xml = VIRSH_GET_XML (virInterfaceGetXMLDesc),
    .inactive = VIR_INTERFACE_XML_INACTIVE,
    .actions = actions,
    .makers = makers,
    .edit = { .make = VIRSH_MAKE (virInterfaceDefineXML),
              .done = N_ ("Interface %s XML configuration edited.\n") },
    .unchanged = N_ ("Interface %s XML configuration not changed.\n"),
};

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
run_mac (Cli *cli, gpointer data, GError **error)
{
    const VirshObjectArgs *args = data;
    virInterfacePtr interface =
        virsh_object_by (cli, &virsh_interface_kind, args->object, 1, error);

    if (!interface)
        return FALSE;
    cli_print (cli, "%s\n", virInterfaceGetMACString (interface));
    virInterfaceFree (interface);
    return TRUE;
}

/* ---- the list -------------------------------------------------------------------------
 */

typedef struct {
    char *name, *mac;
    gboolean active;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->mac);
    g_free (row);
}

static char *
active_text (gconstpointer row)
{
    return g_strdup (((const Row *) row)->active ? _ ("active") : _ ("inactive"));
}

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "active", N_ ("State"), CLI_COL_BOOL, offsetof (Row, active), active_text },
    { "mac", N_ ("MAC Address"), CLI_COL_STRING, offsetof (Row, mac) },
    { 0 },
};

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->name, (*(Row *const *) b)->name);
}

static gpointer
row_new (gpointer interface)
{
    Row *row = g_new0 (Row, 1);

    row->name = g_strdup (virInterfaceGetName (interface));
    row->mac = g_strdup (virInterfaceGetMACString (interface));
    return row;
}

static const VirshMark marks[] = {
    { VIR_CONNECT_LIST_INTERFACES_ACTIVE, offsetof (Row, active) },
    { 0 },
};

typedef struct {
    gboolean inactive, all;
} ListArgs;

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const ListArgs *args = data;
    unsigned flags =
        (args->inactive ? 0u : VIR_CONNECT_LIST_INTERFACES_ACTIVE) |
        (args->inactive || args->all ? VIR_CONNECT_LIST_INTERFACES_INACTIVE : 0u);
    g_autoptr (GPtrArray) rows = virsh_object_rows (
        cli, &virsh_interface_kind, flags, row_new, row_free, compare_rows, error);

    if (!rows)
        return FALSE;
    virsh_object_mark (cli, &virsh_interface_kind, rows, marks);
    return cli_print_table (cli, columns, rows, error);
}

static GStrv
complete_interface (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_interface_kind, typed);
}

#define INTERFACE                                                                        \
    VIRSH_OBJECT ("interface", "INTERFACE", "name or MAC address", complete_interface)
static const CliOption interface_options[] = { INTERFACE, { 0 } };
static const CliOption list_options[] = {
    VIRSH_FLAG (ListArgs, inactive, "inactive", "only those that are down"),
    { .name = "all",
      .type = CLI_FLAG,
      .offset = offsetof (ListArgs, all),
      .help = N_ ("those that are down, too"),
      .excludes = "inactive" },
    { 0 },
};
static const CliOption dumpxml_options[] = {
    INTERFACE,
    VIRSH_OBJECT_INACTIVE,
    VIRSH_OBJECT_XPATH,
    { 0 },
};

const CliCommand virsh_interface_commands[] = {
    VIRSH_OBJECT_COMMAND ("iface-begin",
                          N_ ("keep the host's network configuration for a way back"),
                          NULL, run_change),
    VIRSH_OBJECT_COMMAND ("iface-commit", N_ ("accept the changes since iface-begin"),
                          NULL, run_change),
    VIRSH_OBJECT_COMMAND ("iface-define",
                          N_ ("define an interface of the host from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("iface-destroy", N_ ("take an interface down"),
                          interface_options, virsh_object_call),
    VIRSH_OBJECT_COMMAND ("iface-dumpxml", N_ ("the XML of an interface"),
                          dumpxml_options, virsh_object_dumpxml),
    VIRSH_OBJECT_COMMAND ("iface-edit", N_ ("edit an interface's definition"),
                          interface_options, virsh_object_edit),
    { "iface-list", N_ ("list the host's interfaces"), list_options, sizeof (ListArgs),
      run_list },
    VIRSH_OBJECT_COMMAND ("iface-mac", N_ ("print an interface's MAC address"),
                          interface_options, run_mac),
    VIRSH_OBJECT_COMMAND ("iface-name", N_ ("print the name of an interface"),
                          interface_options, virsh_object_name),
    VIRSH_OBJECT_COMMAND ("iface-rollback", N_ ("undo the changes since iface-begin"),
                          NULL, run_change),
    VIRSH_OBJECT_COMMAND ("iface-start", N_ ("bring an interface up"), interface_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("iface-undefine", N_ ("forget an interface"), interface_options,
                          virsh_object_call),
    { 0 },
};
