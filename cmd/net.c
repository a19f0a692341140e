/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-net: create, show and delete virtual networks */
#include "cli.h"

#include <string.h>

/* ---- create -------------------------------------------------------------------------
 */

typedef struct {
    char *name;
    char *subnet;
    gboolean nat, route, isolated, open;
    char *bridge, *uplink, *macvtap, *ovs;
    char **vlans;
    char *ipv6;
    char *dhcp;
    gboolean no_dhcp;
    guint64 lease_ms;
    char *domain;
    char *dns;
    gboolean no_dns;
    char **hosts;
    char *bridge_name;
    char *forward_dev;
    guint mtu;
    gboolean start, autostart;
    char *root;
    gboolean dry_run, print_xml;
} CreateArgs;

static const CliOption create_options[] = {
    { "name", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (CreateArgs, name),
      N_ ("NAME"), N_ ("name of the new network") },
    { "subnet", 0, CLI_STRING, CLI_POSITIONAL, CLI_ARG (CreateArgs, subnet),
      N_ ("SUBNET"),
      N_ ("IPv4 subnet, 192.168.150.0/24; without it a free one is used") },
    { "nat", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, nat), NULL,
      N_ ("guests reach out with the host's address (the default)"),
      .excludes = "route,isolated,open,bridge,macvtap,ovs" },
    { "route", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, route), NULL,
      N_ ("guests are routed with their own addresses"),
      .excludes = "nat,isolated,open,bridge,macvtap,ovs" },
    { "isolated", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, isolated), NULL,
      N_ ("guests reach each other and the host only"),
      .excludes = "nat,route,open,bridge,macvtap,ovs" },
    { "open", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, open), NULL,
      N_ ("routed, without firewall rules of libvirt"),
      .excludes = "nat,route,isolated,bridge,macvtap,ovs" },
    { "bridge", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, bridge), N_ ("BRIDGE"),
      N_ ("guests are ports of this bridge of the host"),
      .excludes = "nat,route,isolated,open,macvtap,ovs" },
    { "uplink", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, uplink), N_ ("NIC"),
      N_ ("make the bridge of the host, with this network card as its port") },
    { "macvtap", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, macvtap), N_ ("NIC"),
      N_ ("guests share this network card of the host"),
      .excludes = "nat,route,isolated,open,bridge,ovs" },
    { "ovs", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, ovs), N_ ("BRIDGE"),
      N_ ("guests are ports of this Open vSwitch bridge"),
      .excludes = "nat,route,isolated,open,bridge,macvtap" },
    { "vlan", 0, CLI_STRINGS, 0, CLI_ARG (CreateArgs, vlans), N_ ("NUMBER"),
      N_ ("VLAN of the Open vSwitch ports; several make a trunk") },
    { "ipv6", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, ipv6), N_ ("SUBNET"),
      N_ ("also an IPv6 subnet, fd00:150::1/64") },
    { "dhcp", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, dhcp), N_ ("FIRST-LAST"),
      N_ ("addresses that DHCP gives; without it all free ones") },
    { "no-dhcp", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, no_dhcp), NULL, N_ ("no DHCP"),
      .excludes = "dhcp,host,lease-time" },
    { "lease-time", 0, CLI_TIME, 0, CLI_ARG (CreateArgs, lease_ms), N_ ("DURATION"),
      N_ ("how long a lease is valid: 7d, 12h"), .unit = 60000 },
    { "domain", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, domain), N_ ("DOMAIN"),
      N_ ("DNS domain of the guests") },
    { "dns", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, dns), N_ ("ADDRESS"),
      N_ ("DNS server to ask instead of the host's") },
    { "no-dns", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, no_dns), NULL,
      N_ ("no DNS server for the guests"), .excludes = "dns" },
    { "host", 0, CLI_STRINGS, 0, CLI_ARG (CreateArgs, hosts), N_ ("NAME=MAC,ADDRESS"),
      N_ ("give this client always the same address and name") },
    { "bridge-name", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, bridge_name), N_ ("NAME"),
      N_ ("name of the bridge that is made; without it the next free virbrN") },
    { "forward-dev", 0, CLI_STRING, 0, CLI_ARG (CreateArgs, forward_dev), N_ ("NIC"),
      N_ ("forward by this network card only") },
    { "mtu", 0, CLI_UINT, 0, CLI_ARG (CreateArgs, mtu), N_ ("BYTES"),
      N_ ("largest packet in bytes") },
    { "start", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, start), NULL, N_ ("start it now") },
    { "autostart", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, autostart), NULL,
      N_ ("start it with the host") },
    { "root", 0, CLI_STRING, CLI_FILE, CLI_ARG (CreateArgs, root), N_ ("DIR"),
      N_ ("write the files of the host's bridge below this directory") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { "print-xml", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, print_xml), NULL,
      N_ ("print libvirt's document, change nothing"), .excludes = "dry-run" },
    { 0 },
};

static void
set_mode (VyNetworkSettings *settings, const CreateArgs *args)
{
    const struct {
        gboolean given;
        VyNetworkMode mode;
        const char *bridge;
        const char *device;
    } modes[] = {
        { args->route, VY_NETWORK_ROUTE, args->bridge_name, args->forward_dev },
        { args->isolated, VY_NETWORK_ISOLATED, args->bridge_name, NULL },
        { args->open, VY_NETWORK_OPEN, args->bridge_name, args->forward_dev },
        { args->bridge != NULL, VY_NETWORK_BRIDGE, args->bridge, NULL },
        { args->macvtap != NULL, VY_NETWORK_MACVTAP, NULL, args->macvtap },
        { args->ovs != NULL, VY_NETWORK_OVS, args->ovs, NULL },
        { TRUE, VY_NETWORK_NAT, args->bridge_name, args->forward_dev },
    };
    gsize i = 0;

    while (!modes[i].given)
        i++;
    settings->mode = modes[i].mode;
    settings->bridge = g_strdup (modes[i].bridge);
    settings->device = g_strdup (modes[i].device);
}

static gboolean
set_dhcp (VyNetworkSettings *settings, const CreateArgs *args, GError **error)
{
    g_auto (GStrv) range = args->dhcp ? g_strsplit (args->dhcp, "-", -1) : NULL;

    settings->no_dhcp = args->no_dhcp;
    settings->lease_minutes = (guint) (args->lease_ms / 60000);
    settings->hosts = g_strdupv (args->hosts);
    if (args->lease_ms && args->lease_ms < 120000)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("a lease must be valid for at least two minutes"));
    if (!range)
        return TRUE;
    if (g_strv_length (range) != 2)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("'%s' is no range of addresses: write FIRST-LAST"),
                         args->dhcp);
    settings->dhcp_first = g_strstrip (g_strdup (range[0]));
    settings->dhcp_last = g_strstrip (g_strdup (range[1]));
    return TRUE;
}

static VyNetworkSettings *
settings_of (const CreateArgs *args, GError **error)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new (args->name);

    set_mode (settings, args);
    if (!set_dhcp (settings, args, error))
        return NULL;
    if (!vy_network_mode_is_routed (settings->mode) &&
        (args->no_dhcp || args->no_dns || args->bridge_name || args->forward_dev)) {
        vy_throw (error, VY_ERROR_USAGE,
                  _ ("--no-dhcp, --no-dns, --bridge-name and --forward-dev are for "
                     "networks that libvirt routes"));
        return NULL;
    }
    settings->subnet = g_strdup (args->subnet);
    settings->subnet6 = g_strdup (args->ipv6);
    settings->uplink = g_strdup (args->uplink);
    settings->root = g_strdup (args->root);
    settings->vlans = g_strdupv (args->vlans);
    settings->domain = g_strdup (args->domain);
    settings->dns_forwarder = g_strdup (args->dns);
    settings->no_dns = args->no_dns;
    settings->mtu = args->mtu;
    settings->start = args->start;
    settings->autostart = args->autostart;
    return g_steal_pointer (&settings);
}

static gboolean
print_document (Cli *cli, const VyNetworkSettings *settings, GError **error)
{
    g_autofree char *xml = vy_network_settings_to_xml (settings, error);

    if (!xml)
        return FALSE;
    cli_print (cli, "%s", xml);
    return TRUE;
}

static gboolean print_info (Cli *cli, const VyNetworkInfo *info, GError **error);

/* What was made: one line for people, the whole network for scripts. */
static gboolean
report_created (Cli *cli, const VyNetworkSettings *settings, GError **error)
{
    g_autoptr (VyNetworkInfo) info = NULL;

    if (cli_is_structured (cli)) {
        info = vy_network_get_info (cli_conn (cli, NULL), settings->name, error);
        return info && print_info (cli, info, error);
    }
    cli_say (cli, _ ("Network '%s' created: %s%s%s%s%s\n"), settings->name,
             vy_network_mode_to_string (settings->mode), settings->subnet ? ", " : "",
             settings->subnet ? settings->subnet : "",
             settings->bridge ? ", bridge " : "",
             settings->bridge ? settings->bridge : "");
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const CreateArgs *args = data;
    g_autoptr (VyNetworkSettings) settings = settings_of (args, error);
    g_autoptr (VyPlan) plan = NULL;
    virConnectPtr conn;

    if (!settings || !vy_network_settings_check (settings, error))
        return FALSE;
    conn = cli_conn (cli, error);
    if (!conn || !vy_network_settings_resolve (settings, conn, error))
        return FALSE;
    if (args->print_xml)
        return print_document (cli, settings, error);
    plan = vy_network_plan_create (conn, settings, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    return args->dry_run || report_created (cli, settings, error);
}

/* ---- list, info ---------------------------------------------------------------------
 */

static char *
state_text (gconstpointer row)
{
    const VyNetworkInfo *info = row;

    return g_strdup (info->active ? _ ("active") : _ ("inactive"));
}

static const CliColumn list_columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (VyNetworkInfo, name) },
    { "active", N_ ("State"), CLI_COL_BOOL, offsetof (VyNetworkInfo, active),
      .text = state_text },
    { "autostart", N_ ("Autostart"), CLI_COL_BOOL, offsetof (VyNetworkInfo, autostart) },
    { "mode", N_ ("Mode"), CLI_COL_STRING, offsetof (VyNetworkInfo, mode) },
    { "subnet", N_ ("Subnet"), CLI_COL_STRING, offsetof (VyNetworkInfo, subnet) },
    { "bridge", N_ ("Bridge"), CLI_COL_STRING, offsetof (VyNetworkInfo, bridge) },
    { "domain", N_ ("Domain"), CLI_COL_STRING, offsetof (VyNetworkInfo, domain) },
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (VyNetworkInfo, uuid),
      .extra = TRUE },
    { "persistent", N_ ("Persistent"), CLI_COL_BOOL, offsetof (VyNetworkInfo, persistent),
      .extra = TRUE },
    { "device", N_ ("Device"), CLI_COL_STRING, offsetof (VyNetworkInfo, device),
      .extra = TRUE },
    { "gateway", N_ ("Gateway"), CLI_COL_STRING, offsetof (VyNetworkInfo, gateway),
      .extra = TRUE },
    { "ipv6", N_ ("IPv6"), CLI_COL_STRING, offsetof (VyNetworkInfo, subnet6),
      .extra = TRUE },
    { "dhcp_first", N_ ("DHCP first"), CLI_COL_STRING,
      offsetof (VyNetworkInfo, dhcp_first), .extra = TRUE },
    { "dhcp_last", N_ ("DHCP last"), CLI_COL_STRING, offsetof (VyNetworkInfo, dhcp_last),
      .extra = TRUE },
    { 0 },
};

static gboolean
run_list (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) networks = conn ? vy_network_list (conn, error) : NULL;

    return networks && cli_print_table (cli, list_columns, networks, error);
}

typedef struct {
    char *network;
} InfoArgs;

static const CliOption info_options[] = {
    { "network", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED,
      CLI_ARG (InfoArgs, network), N_ ("NETWORK"), N_ ("name or UUID of a network"),
      cli_complete_network },
    { 0 },
};

static gboolean
print_info (Cli *cli, const VyNetworkInfo *info, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    cli_record_string (record, "name", _ ("Name"), info->name);
    cli_record_string (record, "uuid", _ ("UUID"), info->uuid);
    cli_record_bool (record, "active", _ ("Active"), info->active);
    cli_record_bool (record, "persistent", _ ("Persistent"), info->persistent);
    cli_record_bool (record, "autostart", _ ("Autostart"), info->autostart);
    cli_record_string (record, "mode", _ ("Mode"), info->mode);
    cli_record_string (record, "bridge", _ ("Bridge"), info->bridge);
    cli_record_string (record, "device", _ ("Device"), info->device);
    cli_record_string (record, "subnet", _ ("Subnet"), info->subnet);
    cli_record_string (record, "gateway", _ ("Gateway"), info->gateway);
    cli_record_string (record, "ipv6", _ ("IPv6"), info->subnet6);
    cli_record_string (record, "dhcp_first", _ ("DHCP first"), info->dhcp_first);
    cli_record_string (record, "dhcp_last", _ ("DHCP last"), info->dhcp_last);
    cli_record_string (record, "domain", _ ("Domain"), info->domain);
    cli_record_strings (record, "hosts", _ ("Fixed leases"),
                        (const char *const *) info->hosts);
    cli_record_strings (record, "vlans", _ ("VLANs"), (const char *const *) info->vlans);
    return cli_print_record (cli, record, 15, error);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const InfoArgs *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (VyNetworkInfo) info =
        conn ? vy_network_get_info (conn, args->network, error) : NULL;

    return info && print_info (cli, info, error);
}

/* ---- leases -------------------------------------------------------------------------
 */

typedef struct {
    char *network;
    char *mac;
} LeasesArgs;

static const CliOption leases_options[] = {
    { "network", 0, CLI_STRING, CLI_POSITIONAL, CLI_ARG (LeasesArgs, network),
      N_ ("NETWORK"), N_ ("name or UUID of an active network; without it all of them"),
      cli_complete_network_active },
    { "mac", 0, CLI_STRING, 0, CLI_ARG (LeasesArgs, mac), N_ ("MAC"),
      N_ ("only the leases of this MAC address") },
    { 0 },
};

static const CliColumn lease_columns[] = {
    { "network", N_ ("Network"), CLI_COL_STRING, offsetof (VyLease, network) },
    { "hostname", N_ ("Hostname"), CLI_COL_STRING, offsetof (VyLease, hostname) },
    { "mac", N_ ("MAC address"), CLI_COL_STRING, offsetof (VyLease, mac) },
    { "address", N_ ("IP address"), CLI_COL_STRING, offsetof (VyLease, address) },
    { "expiry", N_ ("Expiry time"), CLI_COL_TIME, offsetof (VyLease, expiry) },
    { "family", N_ ("Protocol"), CLI_COL_STRING, offsetof (VyLease, family),
      .extra = TRUE },
    { "prefix", N_ ("Prefix"), CLI_COL_UINT, offsetof (VyLease, prefix), .extra = TRUE },
    { "client_id", N_ ("Client ID"), CLI_COL_STRING, offsetof (VyLease, client_id),
      .extra = TRUE },
    { 0 },
};

static gboolean
run_leases (Cli *cli, gpointer data, GError **error)
{
    const LeasesArgs *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) leases =
        conn ? vy_network_list_leases (conn, args->network, args->mac, error) : NULL;

    return leases && cli_print_table (cli, lease_columns, leases, error);
}

/* ---- delete -------------------------------------------------------------------------
 */

typedef struct {
    char *network;
    gboolean force;
    gboolean dry_run;
} DeleteArgs;

static const CliOption delete_options[] = {
    { "network", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED,
      CLI_ARG (DeleteArgs, network), N_ ("NETWORK"), N_ ("name or UUID of a network"),
      cli_complete_network },
    { "force", 0, CLI_FLAG, 0, CLI_ARG (DeleteArgs, force), NULL,
      N_ ("also when domains refer to it") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (DeleteArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { 0 },
};

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const DeleteArgs *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (VyPlan) plan =
        conn ? vy_network_plan_delete (conn, args->network, args->force, error) : NULL;

    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    if (!args->dry_run)
        cli_say (cli, _ ("Network '%s' deleted\n"), args->network);
    return TRUE;
}

/* ---- the program --------------------------------------------------------------------
 */

static const CliCommand commands[] = {
    { "create", N_ ("define a network, and start it if asked"), create_options,
      sizeof (CreateArgs), run_create },
    { "list", N_ ("list all networks"), NULL, 0, run_list, CLI_READ_ONLY },
    { "info", N_ ("show one network"), info_options, sizeof (InfoArgs), run_info,
      CLI_READ_ONLY },
    { "leases", N_ ("list the DHCP leases of networks"), leases_options,
      sizeof (LeasesArgs), run_leases, CLI_READ_ONLY },
    { "delete", N_ ("stop and undefine a network"), delete_options, sizeof (DeleteArgs),
      run_delete },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "network", N_ ("Networks"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-net",
                                        N_ ("create, show and delete virtual networks"),
                                        CLI_STYLE_NATIVE, groups };

    return cli_main (&program, argc, argv);
}
