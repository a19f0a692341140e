/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domain monitoring: state, info, devices, addresses */
#include "virsh.h"

typedef struct {
    char *domain, *interface, *source;
    gboolean reason, inactive, details, full;
} Args;

static gboolean
run_domstate (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int state, reason;

    if (!domain)
        return FALSE;
    if (virDomainGetState (domain, &state, &reason, 0) < 0)
        return virsh_fail (error, _ ("failed to get the domain's state"));
    if (args->reason)
        cli_print (cli, "%s (%s)\n", virsh_domain_state (state),
                   virsh_domain_reason (state, reason));
    else
        cli_print (cli, "%s\n", virsh_domain_state (state));
    return TRUE;
}

/* ---- dominfo
 * -------------------------------------------------------------------------------- */

static void
add_identity (CliRecord *record, virDomainPtr domain)
{
    unsigned id = virDomainGetID (domain);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    VIRSH_TEXT type = virDomainGetOSType (domain);

    virDomainGetUUIDString (domain, uuid);
    if (id == (unsigned) -1)
        cli_record_null (record, "id", N_ ("Id"));
    else
        cli_record_uint (record, "id", N_ ("Id"), id);
    cli_record_string (record, "name", N_ ("Name"), virDomainGetName (domain));
    cli_record_string (record, "uuid", N_ ("UUID"), uuid);
    if (type)
        cli_record_string (record, "os_type", N_ ("OS Type"), type);
}

static void
add_resources (CliRecord *record, const virDomainInfo *info)
{
    cli_record_string (record, "state", N_ ("State"), virsh_domain_state (info->state));
    cli_record_uint (record, "vcpus", N_ ("CPU(s)"), info->nrVirtCpu);
    if (info->cpuTime) {
        cli_record_uint (record, "cpu_time_ns", N_ ("CPU time"), info->cpuTime);
        cli_record_text (record, "%.1lfs", (double) info->cpuTime / 1e9);
    }
    if (info->maxMem == (unsigned) -1) {
        cli_record_null (record, "max_memory_kib", N_ ("Max memory"));
        cli_record_text (record, "%s", _ ("no limit"));
    } else {
        cli_record_uint (record, "max_memory_kib", N_ ("Max memory"), info->maxMem);
        cli_record_text (record, "%lu KiB", info->maxMem);
    }
    cli_record_uint (record, "used_memory_kib", N_ ("Used memory"), info->memory);
    cli_record_text (record, "%lu KiB", info->memory);
}

static void
add_flag (CliRecord *record, const char *key, const char *label, int value,
          const char *on, const char *off)
{
    if (value < 0) {
        cli_record_null (record, key, label);
        cli_record_text (record, "%s", _ ("unknown"));
        return;
    }
    cli_record_bool (record, key, label, value != 0);
    cli_record_text (record, "%s", value ? on : off);
}

static void
add_security (CliRecord *record, virDomainPtr domain)
{
    virSecurityModel model = { 0 };
    g_autofree virSecurityLabelPtr label = NULL;

    if (virNodeGetSecurityModel (virDomainGetConnect (domain), &model) < 0)
        return;
    if (*model.model == '\0')
        return;
    cli_record_string (record, "security_model", N_ ("Security model"), model.model);
    cli_record_string (record, "security_doi", N_ ("Security DOI"), model.doi);
    label = g_new0 (virSecurityLabel, 1);
    if (virDomainGetSecurityLabel (domain, label) == 0 && *label->label) {
        cli_record_string (record, "security_label", N_ ("Security label"), label->label);
        cli_record_text (record, "%s (%s)", label->label,
                         label->enforcing ? "enforcing" : "permissive");
    }
}

static void
add_messages (CliRecord *record, virDomainPtr domain)
{
    char **messages = NULL;
    int n = virDomainGetMessages (domain, &messages, 0);

    for (int i = 0; i < n; i++) {
        cli_record_string (record, "message", i == 0 ? N_ ("Messages") : "", messages[i]);
        free (messages[i]);
    }
    free (messages);
}

static gboolean
run_dominfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virDomainInfo info;
    int autostart = 0;

    if (!domain)
        return FALSE;
    if (virDomainGetInfo (domain, &info) < 0)
        return virsh_fail (error, _ ("failed to get domain information"));
    add_identity (record, domain);
    add_resources (record, &info);
    add_flag (record, "persistent", N_ ("Persistent"), virDomainIsPersistent (domain),
              _ ("yes"), _ ("no"));
    if (virDomainGetAutostart (domain, &autostart) == 0)
        add_flag (record, "autostart", N_ ("Autostart"), autostart, _ ("enable"),
                  _ ("disable"));
    add_flag (record, "managed_save", N_ ("Managed save"),
              virDomainHasManagedSaveImage (domain, 0), _ ("yes"), _ ("no"));
    add_security (record, domain);
    add_messages (record, domain);
    return cli_print_record (cli, record, 15, error);
}

/* ---- lists of devices
 * ---------------------------------------------------------------------------- */

typedef struct {
    char *type, *device, *target, *source, *model, *mac;
} DeviceRow;

static void
device_row_free (gpointer data)
{
    DeviceRow *row = data;

    g_free (row->type);
    g_free (row->device);
    g_free (row->target);
    g_free (row->source);
    g_free (row->model);
    g_free (row->mac);
    g_free (row);
}

static xmlDoc *
read_xml (Cli *cli, const Args *args, GError **error)
{
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    VIRSH_TEXT xml =
        domain
            ? virDomainGetXMLDesc (domain, args->inactive ? VIR_DOMAIN_XML_INACTIVE : 0)
            : NULL;

    if (domain && !xml)
        virsh_fail (error, _ ("failed to get the XML of domain '%s'"), args->domain);
    return xml ? vy_xml_parse (xml, args->domain, error) : NULL;
}

static char *
first_of (xmlNode *node, const char *const *places)
{
    for (gsize i = 0; places[i]; i++) {
        char *value = vy_xml_get (node, places[i]);

        if (value)
            return value;
    }
    return NULL;
}

static const CliColumn block_columns[] = {
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (DeviceRow, target) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (DeviceRow, source) },
    { 0 },
};

static const CliColumn block_detail_columns[] = {
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (DeviceRow, type) },
    { "device", N_ ("Device"), CLI_COL_STRING, offsetof (DeviceRow, device) },
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (DeviceRow, target) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (DeviceRow, source) },
    { 0 },
};

static gboolean
run_domblklist (Cli *cli, gpointer data, GError **error)
{
    static const char *const sources[] = { "source/@file",   "source/@dev",
                                           "source/@dir",    "source/@name",
                                           "source/@volume", NULL };
    const Args *args = data;
    g_autoptr (xmlDoc) doc = read_xml (cli, args, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (device_row_free);
    g_autoptr (GPtrArray) disks = NULL;

    if (!doc)
        return FALSE;
    disks = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk");
    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        DeviceRow *row = g_new0 (DeviceRow, 1);

        row->type = vy_xml_get (disk, "@type");
        row->device = vy_xml_get (disk, "@device");
        row->target = vy_xml_get (disk, "target/@dev");
        row->source = first_of (disk, sources);
        g_ptr_array_add (rows, row);
    }
    return cli_print_table (cli, args->details ? block_detail_columns : block_columns,
                            rows, error);
}

static const CliColumn interface_columns[] = {
    { "interface", N_ ("Interface"), CLI_COL_STRING, offsetof (DeviceRow, target) },
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (DeviceRow, type) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (DeviceRow, source) },
    { "model", N_ ("Model"), CLI_COL_STRING, offsetof (DeviceRow, model) },
    { "mac", N_ ("MAC"), CLI_COL_STRING, offsetof (DeviceRow, mac) },
    { 0 },
};

static gboolean
run_domiflist (Cli *cli, gpointer data, GError **error)
{
    static const char *const sources[] = { "source/@bridge",  "source/@dev",
                                           "source/@network", "source/@name",
                                           "source/@path",    NULL };
    static const char *const of_network[] = { "source/@network", NULL };
    const Args *args = data;
    g_autoptr (xmlDoc) doc = read_xml (cli, args, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (device_row_free);
    g_autoptr (GPtrArray) cards = NULL;

    if (!doc)
        return FALSE;
    cards = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface");
    for (guint i = 0; i < cards->len; i++) {
        xmlNode *card = g_ptr_array_index (cards, i);
        DeviceRow *row = g_new0 (DeviceRow, 1);

        row->type = vy_xml_get (card, "@type");
        row->target = vy_xml_get (card, "target/@dev");
        row->source =
            first_of (card, g_strcmp0 (row->type, "network") == 0 ? of_network : sources);
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

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption domstate_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, reason, "reason", "also why it is so"),
    { 0 },
};
static const CliOption domblklist_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, inactive, "inactive", "of the definition rather than what runs"),
    VIRSH_FLAG (Args, details, "details", "also type and device"),
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

const CliCommand virsh_domain_monitor_commands[] = {
    { "domblklist", N_ ("list a domain's disks"), domblklist_options, sizeof (Args),
      run_domblklist },
    { "domifaddr", N_ ("list a domain's addresses"), domifaddr_options, sizeof (Args),
      run_domifaddr },
    { "domiflist", N_ ("list a domain's network interfaces"), domiflist_options,
      sizeof (Args), run_domiflist },
    { "dominfo", N_ ("show a domain"), domain_options, sizeof (Args), run_dominfo },
    { "domstate", N_ ("print a domain's state"), domstate_options, sizeof (Args),
      run_domstate },
    { 0 },
};
