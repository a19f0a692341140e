/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What network interfaces of domains do: domif-getlink domifaddr domiflist domifstat */
#include "virsh.h"

typedef struct {
    char *domain, *interface, *source;
    gboolean inactive, full, config;
} Args;

/* ---- domiflist
 * ------------------------------------------------------------------------------- */

typedef struct {
    char *type, *target, *source, *model, *mac;
} InterfaceRow;

static void
interface_row_free (gpointer data)
{
    InterfaceRow *row = data;

    g_free (row->type);
    g_free (row->target);
    g_free (row->source);
    g_free (row->model);
    g_free (row->mac);
    g_free (row);
}

static char *
source_of (xmlNode *card, const char *type)
{
    static const char *const places[] = { "source/@bridge", "source/@dev",
                                          "source/@network", "source/@name",
                                          "source/@path" };

    if (g_strcmp0 (type, "network") == 0)
        return vy_xml_get (card, "source/@network");
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        char *value = vy_xml_get (card, places[i]);

        if (value)
            return value;
    }
    return NULL;
}

static const CliColumn interface_columns[] = {
    { "interface", N_ ("Interface"), CLI_COL_STRING, offsetof (InterfaceRow, target) },
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (InterfaceRow, type) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (InterfaceRow, source) },
    { "model", N_ ("Model"), CLI_COL_STRING, offsetof (InterfaceRow, model) },
    { "mac", N_ ("MAC"), CLI_COL_STRING, offsetof (InterfaceRow, mac) },
    { 0 },
};

static gboolean
run_domiflist (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (interface_row_free);
    g_autoptr (GPtrArray) cards = NULL;
    g_autoptr (xmlDoc) doc = NULL;

    if (!domain || !(doc = virsh_document (
                         domain, args->inactive ? VIR_DOMAIN_XML_INACTIVE : 0, error)))
        return FALSE;
    cards = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface");
    for (guint i = 0; i < cards->len; i++) {
        xmlNode *card = g_ptr_array_index (cards, i);
        InterfaceRow *row = g_new0 (InterfaceRow, 1);

        row->type = vy_xml_get (card, "@type");
        row->target = vy_xml_get (card, "target/@dev");
        row->source = source_of (card, row->type);
        row->model = vy_xml_get (card, "model/@type");
        row->mac = vy_xml_get (card, "mac/@address");
        g_ptr_array_add (rows, row);
    }
    return cli_print_table (cli, interface_columns, rows, error);
}

/* ---- domifaddr
 * ---------------------------------------------------------------------------------- */

typedef struct {
    char *name, *mac;
    const char *protocol;
    char *address;
} AddressRow;

static void
address_row_free (gpointer data)
{
    AddressRow *row = data;

    g_free (row->name);
    g_free (row->mac);
    g_free (row->address);
    g_free (row);
}

static const CliColumn address_columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (AddressRow, name) },
    { "mac", N_ ("MAC address"), CLI_COL_STRING, offsetof (AddressRow, mac) },
    { "protocol", N_ ("Protocol"), CLI_COL_STRING, offsetof (AddressRow, protocol) },
    { "address", N_ ("Address"), CLI_COL_STRING, offsetof (AddressRow, address) },
    { 0 },
};

static void
add_addresses (GPtrArray *rows, const virDomainInterface *interface)
{
    for (guint i = 0; i < MAX (interface->naddrs, 1); i++) {
        AddressRow *row = g_new0 (AddressRow, 1);

        row->name = g_strdup (interface->name);
        row->mac = g_strdup (interface->hwaddr);
        if (i < interface->naddrs) {
            row->protocol =
                interface->addrs[i].type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4" : "ipv6";
            row->address = g_strdup_printf ("%s/%u", interface->addrs[i].addr,
                                            interface->addrs[i].prefix);
        }
        g_ptr_array_add (rows, row);
    }
}

/* virsh's own layout, which is no table of the others' kind. */
static void
print_addresses (Cli *cli, GPtrArray *rows, gboolean full)
{
    const char *before = NULL;

    cli_say (cli, " %-10s %-20s %-8s     %s\n%s\n", _ ("Name"), _ ("MAC address"),
             _ ("Protocol"), _ ("Address"),
             "-------------------------------------------------"
             "------------------------------");
    for (guint i = 0; i < rows->len; i++) {
        const AddressRow *row = g_ptr_array_index (rows, i);
        gboolean again = before && strcmp (before, row->name) == 0 && !full;

        if (!row->address)
            cli_print (cli, " %-10s %-17s    %-12s %s\n", row->name,
                       row->mac ? row->mac : "N/A", "N/A", "N/A");
        else
            cli_print (cli, " %-10s %-17s    %-12s %s\n", again ? "-" : row->name,
                       again ? "-" : (row->mac ? row->mac : ""), row->protocol,
                       row->address);
        before = row->name;
    }
}

static gboolean
read_source (const char *text, unsigned *source, GError **error)
{
    static const char *const names[] = { "lease", "agent", "arp" };

    *source = VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE;
    for (unsigned i = 0; text && i < G_N_ELEMENTS (names); i++)
        if (strcmp (names[i], text) == 0) {
            *source = i;
            return TRUE;
        }
    return !text || vy_throw (error, VY_ERROR_INVALID, _ ("unknown source '%s'"), text);
}

static gboolean
run_domifaddr (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (address_row_free);
    virDomainInterfacePtr *interfaces = NULL;
    unsigned source;
    int n;

    if (!domain || !read_source (args->source, &source, error))
        return FALSE;
    n = virDomainInterfaceAddresses (domain, &interfaces, source, 0);
    if (n < 0)
        return virsh_fail (error, _ ("Failed to query for interfaces addresses"));
    for (int i = 0; i < n; i++) {
        if (!args->interface || strcmp (args->interface, interfaces[i]->name) == 0)
            add_addresses (rows, interfaces[i]);
        virDomainInterfaceFree (interfaces[i]);
    }
    free (interfaces);
    if (cli_is_structured (cli))
        return cli_print_table (cli, address_columns, rows, error);
    print_addresses (cli, rows, args->full);
    return TRUE;
}

/* ---- domif-getlink
 * --------------------------------------------------------------------------- */

static xmlNode *
find_interface (xmlDoc *doc, const char *name)
{
    g_autoptr (GPtrArray) all =
        vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface");

    for (guint i = 0; i < all->len; i++) {
        xmlNode *interface = g_ptr_array_index (all, i);
        g_autofree char *mac = vy_xml_get (interface, "mac/@address");

        if (virsh_mac_equal (mac, name) || vy_xml_is (interface, "target/@dev", name))
            return interface;
    }
    return NULL;
}

static gboolean
run_getlink (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autoptr (xmlDoc) doc = NULL;
    g_autofree char *state = NULL;
    xmlNode *interface;

    if (!domain || !(doc = virsh_document (
                         domain, args->config ? VIR_DOMAIN_XML_INACTIVE : 0, error)))
        return FALSE;
    interface = find_interface (doc, args->interface);
    if (!interface)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no interface '%s'"),
                         args->interface);
    state = vy_xml_get (interface, "link/@state");
    cli_record_string (record, "interface", NULL, args->interface);
    cli_record_string (record, "link", NULL, state ? state : "up");
    if (cli_is_structured (cli))
        return cli_print_record (cli, record, 0, error);
    cli_print (cli, "%s %s", args->interface, state ? state : "up");
    return TRUE;
}

/* ---- domifstat
 * ------------------------------------------------------------------------------- */

static void
add_stats (CliRecord *record, const char *interface,
           const virDomainInterfaceStatsStruct *stats)
{
    const struct {
        const char *key;
        long long value; /* -1: not known */
    } fields[] = {
        { "rx_bytes", stats->rx_bytes }, { "rx_packets", stats->rx_packets },
        { "rx_errs", stats->rx_errs },   { "rx_drop", stats->rx_drop },
        { "tx_bytes", stats->tx_bytes }, { "tx_packets", stats->tx_packets },
        { "tx_errs", stats->tx_errs },   { "tx_drop", stats->tx_drop },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
        g_autofree char *label = g_strdup_printf ("%s %s", interface, fields[i].key);

        if (fields[i].value != -1)
            cli_record_int (record, fields[i].key, label, fields[i].value);
    }
}

static gboolean
run_domifstat (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virDomainInterfaceStatsStruct stats = { 0 };

    if (!domain)
        return FALSE;
    if (virDomainInterfaceStats (domain, args->interface, &stats, sizeof stats) < 0)
        return virsh_fail (error, _ ("Failed to get interface stats %s %s"), args->domain,
                           args->interface);
    add_stats (record, args->interface, &stats);
    return cli_print_record_pairs (cli, record, " ", error);
}

static const CliOption getlink_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, interface, "interface", "INTERFACE",
                "MAC address or name of the host's end", NULL),
    { .name = "persistent",
      .type = CLI_ALIAS,
      .flags = CLI_HIDDEN,
      .alias_of = "config" },
    VIRSH_FLAG (Args, config, "config", "for the next start"),
    { 0 },
};
static const CliOption domifstat_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, interface, "interface", "INTERFACE",
                "name of the host's end or MAC address", NULL),
    { 0 },
};
static const CliOption domiflist_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, inactive, "inactive", "of the definition rather than what runs"),
    { 0 },
};
static const CliOption domifaddr_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, interface, "interface", "INTERFACE", "only of this interface"),
    VIRSH_FLAG (Args, full, "full", "repeat name and MAC in each line"),
    VIRSH_STRING (Args, source, "source", "SOURCE", "lease, agent or arp"),
    { 0 },
};

const CliCommand virsh_domain_interface_info_commands[] = {
    VIRSH_COMMAND ("domif-getlink", N_ ("show whether a cable is plugged in"),
                   getlink_options, run_getlink),
    VIRSH_COMMAND ("domifaddr", N_ ("list a domain's addresses"), domifaddr_options,
                   run_domifaddr),
    VIRSH_COMMAND ("domiflist", N_ ("list a domain's network interfaces"),
                   domiflist_options, run_domiflist),
    VIRSH_COMMAND ("domifstat", N_ ("show what was received and sent"), domifstat_options,
                   run_domifstat),
    { 0 },
};
