/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks: list, info, leases, names */
#include "object.h"

typedef struct {
    char *network, *mac;
    gboolean inactive, all, persistent, transient, autostart, no_autostart;
    gboolean uuid, name, table;
} Args;

typedef struct {
    char *name, *uuid;
    gboolean active, autostart, persistent;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->uuid);
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
    { "autostart", N_ ("Autostart"), CLI_COL_BOOL, offsetof (Row, autostart) },
    { "persistent", N_ ("Persistent"), CLI_COL_BOOL, offsetof (Row, persistent) },
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, uuid), .extra = TRUE },
    { 0 },
};

static gpointer
row_new (gpointer network)
{
    Row *row = g_new0 (Row, 1);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virNetworkGetUUIDString (network, uuid);
    row->name = g_strdup (virNetworkGetName (network));
    row->uuid = g_strdup (uuid);
    return row;
}

static unsigned
list_flags (const Args *args)
{
    unsigned flags = args->inactive ? VIR_CONNECT_LIST_NETWORKS_INACTIVE
                                    : VIR_CONNECT_LIST_NETWORKS_ACTIVE;

    if (args->all)
        flags = VIR_CONNECT_LIST_NETWORKS_ACTIVE | VIR_CONNECT_LIST_NETWORKS_INACTIVE;
    flags |= args->persistent ? VIR_CONNECT_LIST_NETWORKS_PERSISTENT : 0;
    flags |= args->transient ? VIR_CONNECT_LIST_NETWORKS_TRANSIENT : 0;
    flags |= args->autostart ? VIR_CONNECT_LIST_NETWORKS_AUTOSTART : 0;
    flags |= args->no_autostart ? VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART : 0;
    return flags;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->name, (*(Row *const *) b)->name);
}

static const VirshMark marks[] = {
    { VIR_CONNECT_LIST_NETWORKS_ACTIVE, offsetof (Row, active) },
    { VIR_CONNECT_LIST_NETWORKS_PERSISTENT, offsetof (Row, persistent) },
    { VIR_CONNECT_LIST_NETWORKS_AUTOSTART, offsetof (Row, autostart) },
    { 0 },
};

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (GPtrArray) rows = NULL;

    if (args->uuid + args->name + args->table > 1)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--uuid, --name and --table exclude each other"));
    rows = virsh_object_rows (cli, &virsh_network_kind, list_flags (args), row_new,
                              row_free, compare_rows, error);
    if (!rows)
        return FALSE;
    if ((!args->uuid && !args->name) || cli_is_structured (cli)) {
        virsh_object_mark (cli, &virsh_network_kind, rows, marks);
        return cli_print_table (cli, columns, rows, error);
    }
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index (rows, i);

        cli_print (cli, "%s\n", args->uuid ? row->uuid : row->name);
    }
    return TRUE;
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    VIRSH_TEXT bridge = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    int autostart = 0;

    if (!network)
        return FALSE;
    virNetworkGetUUIDString (network, uuid);
    virNetworkGetAutostart (network, &autostart);
    cli_record_string (record, "name", N_ ("Name"), virNetworkGetName (network));
    cli_record_string (record, "uuid", N_ ("UUID"), uuid);
    cli_record_bool (record, "active", N_ ("Active"), virNetworkIsActive (network) == 1);
    cli_record_bool (record, "persistent", N_ ("Persistent"),
                     virNetworkIsPersistent (network) == 1);
    cli_record_bool (record, "autostart", N_ ("Autostart"), autostart);
    bridge = virNetworkGetBridgeName (network);
    if (bridge)
        cli_record_string (record, "bridge", N_ ("Bridge"), bridge);
    return cli_print_record (cli, record, 15, error);
}

/* ---- leases
 * -------------------------------------------------------------------------------- */

typedef struct {
    gint64 expiry;
    char *mac, *address, *hostname, *client;
    const char *protocol;
} LeaseRow;

static void
lease_row_free (gpointer data)
{
    LeaseRow *row = data;

    g_free (row->mac);
    g_free (row->address);
    g_free (row->hostname);
    g_free (row->client);
    g_free (row);
}

static const CliColumn lease_columns[] = {
    { "expiry", N_ ("Expiry Time"), CLI_COL_TIME, offsetof (LeaseRow, expiry) },
    { "mac", N_ ("MAC address"), CLI_COL_STRING, offsetof (LeaseRow, mac) },
    { "protocol", N_ ("Protocol"), CLI_COL_STRING, offsetof (LeaseRow, protocol) },
    { "address", N_ ("IP address"), CLI_COL_STRING, offsetof (LeaseRow, address) },
    { "hostname", N_ ("Hostname"), CLI_COL_STRING, offsetof (LeaseRow, hostname) },
    { "client_id", N_ ("Client ID or DUID"), CLI_COL_STRING,
      offsetof (LeaseRow, client) },
    { 0 },
};

static int
compare_leases (gconstpointer a, gconstpointer b)
{
    const LeaseRow *first = *(const LeaseRow *const *) a;
    const LeaseRow *second = *(const LeaseRow *const *) b;

    return first->expiry < second->expiry ? -1 : first->expiry > second->expiry;
}

static LeaseRow *
lease_row_new (const virNetworkDHCPLease *lease)
{
    LeaseRow *row = g_new0 (LeaseRow, 1);

    row->expiry = lease->expirytime;
    row->mac = g_strdup (lease->mac);
    row->protocol = lease->type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4" : "ipv6";
    row->address = g_strdup_printf ("%s/%u", lease->ipaddr, lease->prefix);
    row->hostname = g_strdup (lease->hostname);
    row->client = g_strdup (lease->clientid ? lease->clientid : lease->iaid);
    return row;
}

static gboolean
run_leases (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (lease_row_free);
    virNetworkDHCPLeasePtr *leases = NULL;
    int n;

    if (!network)
        return FALSE;
    n = virNetworkGetDHCPLeases (network, args->mac, &leases, 0);
    if (n < 0)
        return virsh_fail (error, _ ("Failed to get leases info for %s"),
                           virNetworkGetName (network));
    for (int i = 0; i < n; i++) {
        g_ptr_array_add (rows, lease_row_new (leases[i]));
        virNetworkDHCPLeaseFree (leases[i]);
    }
    free (leases);
    g_ptr_array_sort (rows, compare_leases);
    return cli_print_table (cli, lease_columns, rows, error);
}

static const CliOption network_options[] = { VIRSH_NETWORK (Args, network), { 0 } };
static const CliOption leases_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_STRING (Args, mac, "mac", "MAC", "only the leases of this MAC address"),
    { 0 },
};
static const CliOption list_options[] = {
    VIRSH_FLAG (Args, inactive, "inactive", "networks that are not active"),
    VIRSH_FLAG (Args, all, "all", "active and inactive networks"),
    VIRSH_FLAG (Args, persistent, "persistent", "with a definition"),
    VIRSH_FLAG (Args, transient, "transient", "without a definition"),
    VIRSH_FLAG (Args, autostart, "autostart", "started at boot"),
    VIRSH_FLAG (Args, no_autostart, "no-autostart", "not started at boot"),
    VIRSH_FLAG (Args, uuid, "uuid", "print only UUIDs"),
    VIRSH_FLAG (Args, name, "name", "print only names"),
    VIRSH_FLAG (Args, table, "table", "print a table (this is the default)"),
    { 0 },
};

const CliCommand virsh_network_info_commands[] = {
    { "net-dhcp-leases", N_ ("list a network's DHCP leases"), leases_options,
      sizeof (Args), run_leases },
    { "net-info", N_ ("show a network"), network_options, sizeof (Args), run_info },
    { "net-list", N_ ("list networks"), list_options, sizeof (Args), run_list },
    { 0 },
};
