/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces. */
#include "device-private.h"

#include "vy-units.h"

static gboolean
set_network (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
             const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->node, "@type", "network");
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static gboolean
set_bridge (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
            const char *value, G_GNUC_UNUSED GError **error)
{
    /* a network that is named as well goes first */
    if (vy_xml_is (target->node, "@type", "network") && !target->editing)
        return TRUE;
    vy_xml_set (target->node, "@type", "bridge");
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    static const char *const kinds[] = { "network", "bridge" };

    if (g_strcmp0 (value, "passt") == 0) {
        vy_xml_set (target->node, "@type", "user");
        vy_xml_set (target->node, "backend/@type", value);
        return TRUE;
    }

    for (gsize i = 0; value && i < G_N_ELEMENTS (kinds); i++) {
        gsize length = strlen (kinds[i]);

        if (strncmp (value, kinds[i], length) == 0 && value[length] == ':') {
            g_autofree char *place = g_strconcat ("source/@", kinds[i], NULL);

            vy_xml_set (target->node, "@type", kinds[i]);
            vy_xml_set (target->node, place, value + length + 1);
            return TRUE;
        }
    }
    vy_xml_set (target->node, "@type", value);
    return TRUE;
}

static gboolean
set_source (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
            G_GNUC_UNUSED const char *path, const char *value,
            G_GNUC_UNUSED GError **error)
{
    g_autofree char *type = vy_xml_get (target->node, "@type");
    g_autofree char *place = NULL;
    static const char *const places[] = { "source/@network", "source/@bridge",
                                          "source/@dev", "source/@path", "source/@name" };
    const char *attribute = "dev";

    if (g_strcmp0 (type, "network") == 0 || g_strcmp0 (type, "bridge") == 0)
        attribute = type;
    else if (g_strcmp0 (type, "vhostuser") == 0)
        attribute = "path";
    else if (g_strcmp0 (type, "internal") == 0)
        attribute = "name";
    place = g_strconcat ("source/@", attribute, NULL);
    for (gsize i = 0; value && i < G_N_ELEMENTS (places); i++)
        vy_xml_set (target->node, places[i], NULL);
    vy_xml_set (target->node, place, value);
    return TRUE;
}

static gboolean
set_hostdev (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
             G_GNUC_UNUSED const char *path, const char *value,
             G_GNUC_UNUSED GError **error)
{
    static const char *const places[] = { "source/address/@domain", "source/address/@bus",
                                          "source/address/@slot",
                                          "source/address/@function" };
    guint numbers[4];

    if (value) {
        vy_xml_set (target->node, "@type", "hostdev");
        vy_xml_set (target->node, "@managed", "yes");
    }
    if (value && vy_pci_address_parse (value, numbers)) {
        vy_xml_set (target->node, "source/address/@type", "pci");
        for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
            vy_xml_set_number (target->node, places[i], numbers[i]);
    } else if (value && target->extra) {
        g_hash_table_replace (target->extra, g_strdup ("network.hostdev"),
                              g_strdup (value));
    }
    return TRUE;
}

static gboolean
set_mac (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
         G_GNUC_UNUSED const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    if (value && g_ascii_strcasecmp (value, "random") == 0)
        value = NULL;
    vy_xml_set (target->node, "mac/@address", value);
    return TRUE;
}

/* "80", "8080:80", "8000-8010:9000-9010": host's range, then where it begins inside */
static void
set_ports (xmlNode *forward, const char *text)
{
    g_auto (GStrv) sides = g_strsplit (text, ":", 2);
    g_auto (GStrv) outside = g_strsplit (sides[0] ? sides[0] : "", "-", 2);
    g_auto (GStrv) inside = g_strsplit (sides[0] && sides[1] ? sides[1] : "", "-", 2);

    vy_xml_set (forward, "range/@start", outside[0]);
    vy_xml_set (forward, "range/@end", outside[0] ? outside[1] : NULL);
    vy_xml_set (forward, "range/@to", inside[0] && *inside[0] ? inside[0] : NULL);
}

/* Where the ports begin: "[ADDRESS]:", "ADDRESS:PORT:PORT", "1.2.3.4:PORT" */
static char *
find_ports (char *text)
{
    char *last = strrchr (text, ':');
    char *before = last ? g_strrstr_len (text, last - text, ":") : NULL;

    if (*text == '[' && strstr (text, "]:"))
        return strstr (text, "]:") + 2;
    if (before)
        return before + 1;
    return last && strchr (text, '.') && strchr (text, '.') < last ? last + 1 : text;
}

/* [ADDRESS:]PORTS[:PORTS][/PROTOCOL] */
static gboolean
set_port_forward (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
                  const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    g_autofree char *text = g_strdup (value ? value : "");
    char *slash = strchr (text, '/');
    char *ports;
    xmlNode *forward;

    if (!value) {
        vy_xml_remove (vy_xml_find (target->node, path));
        return TRUE;
    }
    forward = vy_xml_ensure (target->node, path);
    if (slash)
        *slash++ = '\0';
    ports = find_ports (text);
    if (ports > text) {
        gboolean brackets = *text == '[';
        g_autofree char *address = g_strndup (
            text + brackets, (gsize) (ports - text - 1) - 2 * (gsize) brackets);

        vy_xml_set (forward, "@address", address);
    }
    vy_xml_set (forward, "@proto", slash ? slash : "tcp");
    set_ports (forward, ports);
    return TRUE;
}

/* "up", "down", or whether the cable is in */
static gboolean
set_link (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    gboolean up;

    if (value && vy_boolean_parse (value, &up, NULL))
        value = up ? "up" : "down";
    vy_xml_set (target->node, path, value);
    return TRUE;
}

/* Programs that stand for the network are those of the user. */
static gboolean
finish_network (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    if (!target->editing && vy_xml_has (target->node, "backend/@type") &&
        !vy_xml_has (target->node, "@type"))
        vy_xml_set (target->node, "@type", "user");
    return TRUE;
}

static const VySubopt network_rows[] = {
    { "boot.order", "boot/@order", VY_INT, .alias = "boot_order",
      .set = vy_set_boot_order },
    { "boot.loadparm", "boot/@loadparm", VY_STRING },
    { "model", "model/@type", VY_STRING },
    { "mac", "mac/@address", VY_STRING, .set = set_mac },
    { "network", "source/@network", VY_STRING, .set = set_network },
    { "bridge", "source/@bridge", VY_STRING, .set = set_bridge },
    { "type", NULL, VY_STRING, .set = set_type },
    { "backend.type", "backend/@type", VY_STRING },
    { "backend.hostname", "backend/@hostname", VY_STRING },
    { "backend.fqdn", "backend/@fqdn", VY_STRING },
    { "backend.logFile", "backend/@logFile", VY_PATH },
    { "trustGuestRxFilters", "@trustGuestRxFilters", VY_YESNO },
    { "source", NULL, VY_STRING, .set = set_source },
    { "source.mode", "source/@mode", VY_STRING, .alias = "source_mode" },
    { "source.type", "source/@type", VY_STRING, .alias = "source_type" },
    { "source.path", "source/@path", VY_STRING, .alias = "source_path" },
    { "source.portgroup", "source/@portgroup", VY_STRING, .alias = "portgroup" },
    { "source.address.type", "source/address/@type", VY_STRING },
    { "source.address.domain", "source/address/@domain", VY_INT },
    { "source.address.bus", "source/address/@bus", VY_INT },
    { "source.address.slot", "source/address/@slot", VY_INT },
    { "source.address.function", "source/address/@function", VY_INT },
    { "hostdev", NULL, VY_STRING, .set = set_hostdev },
    { "target.dev", "target/@dev", VY_STRING, .alias = "target" },
    { "model.type", "model/@type", VY_STRING },
    { "mac.address", "mac/@address", VY_STRING, .set = set_mac },
    { "filterref.filter", "filterref/@filter", VY_STRING, .alias = "filterref" },
    { "link.state", "link/@state", VY_STRING, .alias = "link_state", .set = set_link },
    { "driver.name", "driver/@name", VY_STRING, .alias = "driver_name" },
    { "driver.queues", "driver/@queues", VY_INT, .alias = "driver_queues" },
    { "rom.file", "rom/@file", VY_STRING, .alias = "rom_file" },
    { "rom.bar", "rom/@bar", VY_ONOFF, .alias = "rom_bar" },
    { "mtu.size", "mtu/@size", VY_INT },
    { "virtualport.type", "virtualport/@type", VY_STRING, .alias = "virtualport_type" },
    { "virtualport.parameters.managerid", "virtualport/parameters/@managerid", VY_INT,
      .alias = "virtualport_managerid" },
    { "virtualport.parameters.typeid", "virtualport/parameters/@typeid", VY_INT,
      .alias = "virtualport_typeid" },
    { "virtualport.parameters.typeidversion", "virtualport/parameters/@typeidversion",
      VY_INT, .alias = "virtualport_typeidversion" },
    { "virtualport.parameters.instanceid", "virtualport/parameters/@instanceid",
      VY_STRING, .alias = "virtualport_instanceid" },
    { "virtualport.parameters.profileid", "virtualport/parameters/@profileid", VY_STRING,
      .alias = "virtualport_profileid" },
    { "virtualport.parameters.interfaceid", "virtualport/parameters/@interfaceid",
      VY_STRING, .alias = "virtualport_interfaceid" },
    { "portForward%.proto", "portForward%/@proto", VY_STRING },
    { "portForward%.address", "portForward%/@address", VY_STRING },
    { "portForward%.dev", "portForward%/@dev", VY_STRING },
    { "portForward%.range%.start", "portForward%/range%/@start", VY_INT },
    { "portForward%.range%.end", "portForward%/range%/@end", VY_INT },
    { "portForward%.range%.to", "portForward%/range%/@to", VY_INT },
    { "portForward%.range%.exclude", "portForward%/range%/@exclude", VY_YESNO },
    { "portForward%", "portForward%", VY_STRING, .set = set_port_forward },
    { 0 },
};

static const VyPlace network_places[] = {
    { "type", NULL,
      "network bridge direct user ethernet hostdev vhostuser vdpa udp server client "
      "mcast internal vds null" },
    { "source/@portgroup", "0.9.4" },
    { "source/@mode", NULL, "bridge vepa private passthrough server client" },
    { "source/@type", "1.2.7", "unix" },
    { "source/address/@type", "0.9.11", "pci usb" },
    { "source/@path", "1.2.7" },
    { "backend/@type", "9.0.0", "passt" },
    { "backend/@logFile", "9.0.0" },
    { "portForward%", "9.0.0" },
    { "portForward%/@proto", NULL, "tcp udp" },
    { "model/@type", NULL,
      "virtio e1000e e1000 rtl8139 virtio-transitional virtio-non-transitional" },
    { "target/@dev", "0.2.1" },
    { "@trustGuestRxFilters", "1.2.10" },
    { "filterref", "0.8.0" },
    { "link", "0.9.5" },
    { "link/@state", NULL, "up down" },
    { "driver/@name", "0.8.8", "vhost qemu kvm vfio xen" },
    { "driver/@queues", "1.0.6" },
    { "rom/@bar", "0.9.7" },
    { "rom/@file", "0.9.10" },
    { "mtu", "3.1.0" },
    { "virtualport", "0.8.2" },
    { "virtualport/@type", NULL, "openvswitch 802.1Qbg 802.1Qbh midonet" },
    { "virtualport/parameters/@interfaceid", "0.9.11" },
    { 0 },
};

static const VySubopt *const network_tables[] = { network_rows, vy_rows_virtio,
                                                  vy_rows_address, NULL };

const VyDevice vy_device_network = {
    .option = "network",
    .help = N_ ("a network interface"),
    .element = "devices/interface",
    .positional = "type",
    .rows = network_tables,
    .places = network_places,
    .finish = finish_network,
};
