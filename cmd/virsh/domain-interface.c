/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces of domains: attach-interface detach-interface domif-setlink */
#include "virsh.h"

typedef struct {
    char *domain, *type, *source, *target, *mac, *script, *model, *alias;
    char *inbound, *outbound, *source_mode;
    char *interface, *state;
    VirshAffect affect;
    gboolean print_xml, managed;
} Args;

static const CliOption attach_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, type, "type", "TYPE",
                "network, bridge, direct, hostdev or vhostuser", NULL),
    VIRSH_NAME (Args, source, "source", "SOURCE",
                "name of the network, bridge or device; path of a socket", NULL),
    VIRSH_STRING (Args, target, "target", "NAME", "name of the host's end"),
    VIRSH_STRING (Args, mac, "mac", "MAC", "MAC address"),
    VIRSH_STRING (Args, script, "script", "FILE", "script that sets up a bridge"),
    VIRSH_STRING (Args, model, "model", "MODEL", "model of the card: virtio"),
    VIRSH_STRING (Args, alias, "alias", "ALIAS", "name of the device"),
    VIRSH_STRING (Args, inbound, "inbound", "RATE", "average,peak,burst,floor in KiB"),
    VIRSH_STRING (Args, outbound, "outbound", "RATE", "average,peak,burst in KiB"),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    VIRSH_FLAG (Args, managed, "managed", "libvirt detaches the device from the host"),
    VIRSH_STRING (Args, source_mode, "source-mode", "MODE", "server or client"),
    { 0 },
};

/* ---- attach-interface
 * ------------------------------------------------------------------------ */

static gboolean
add_path (xmlNode *interface, const Args *args, GError **error)
{
    if (!args->source_mode)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--source-mode is missing"));
    vy_xml_set (interface, "source/@type", "unix");
    vy_xml_set (interface, "source/@path", args->source);
    vy_xml_set (interface, "source/@mode", args->source_mode);
    return TRUE;
}

static gboolean
add_device (xmlNode *interface, const Args *args, GError **error)
{
    static const struct {
        const char *path;
        int digits;
    } parts[] = { { "source/address/@domain", 4 },
                  { "source/address/@bus", 2 },
                  { "source/address/@slot", 2 },
                  { "source/address/@function", 1 } };
    const char *text = args->source;

    vy_xml_set (interface, "source/address/@type", "pci");
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        char *end = NULL;
        guint64 number = g_ascii_strtoull (text, &end, 16);
        gboolean last = i + 1 == G_N_ELEMENTS (parts);
        g_autofree char *value = NULL;

        if (end == text || number > G_MAXUINT32 || (!last && *end == '\0'))
            return vy_throw (error, VY_ERROR_USAGE, _ ("invalid PCI address '%s'"),
                             args->source);
        value = g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "x", parts[i].digits, number);
        vy_xml_set (interface, parts[i].path, value);
        text = end + 1;
    }
    return TRUE;
}

static gboolean
add_source (xmlNode *interface, const Args *args, GError **error)
{
    static const struct {
        const char *type, *path;
        gboolean (*add) (xmlNode *interface, const Args *args, GError **error);
    } types[] = { { "network", "source/@network" },
                  { "bridge", "source/@bridge" },
                  { "direct", "source/@dev" },
                  { "hostdev", NULL, add_device },
                  { "vhostuser", NULL, add_path } };

    for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
        if (strcmp (types[i].type, args->type) != 0)
            continue;
        if (types[i].add)
            return types[i].add (interface, args, error);
        vy_xml_set (interface, types[i].path, args->source);
        return TRUE;
    }
    return vy_throw (error, VY_ERROR_USAGE, _ ("unknown type of interface: '%s'"),
                     args->type);
}

static gboolean
read_rate_field (const char *text, const char *name, guint64 *value, GError **error)
{
    while (g_ascii_isspace (*text))
        text++;
    return *text == '\0' ||
           (g_ascii_isdigit (*text) && text[1] != 'x' &&
            vy_number_parse (text, G_MAXUINT64, value, NULL)) ||
           vy_throw (error, VY_ERROR_USAGE, _ ("'%s' is no number of %s"), text, name);
}

/* "average,peak,burst,floor"; what is left out or 0 is not there. */
static gboolean
add_rate (xmlNode *interface, const char *direction, const char *text, GError **error)
{
    static const char *const fields[] = { "average", "peak", "burst", "floor" };
    gboolean outbound = strcmp (direction, "outbound") == 0;
    g_auto (GStrv) words = text ? g_strsplit (text, ",", -1) : NULL;
    guint64 rate[G_N_ELEMENTS (fields)] = { 0 };
    guint n = words ? g_strv_length (words) : 0;

    if (n > G_N_ELEMENTS (fields))
        return vy_throw (error, VY_ERROR_USAGE, _ ("too many numbers in '%s'"), text);
    for (guint i = 0; i < n; i++)
        if (!read_rate_field (words[i], fields[i], &rate[i], error))
            return FALSE;
    if (n > 0 && rate[0] == 0 && (outbound || rate[3] == 0))
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s needs an average"), direction);
    if (outbound && rate[3] > 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("only inbound traffic has a floor"));
    for (guint i = 0; i < n; i++) {
        g_autofree char *path =
            g_strdup_printf ("bandwidth/%s/@%s", direction, fields[i]);

        if (rate[i] > 0)
            vy_xml_set_number (interface, path, rate[i]);
    }
    return TRUE;
}

static gboolean
fill_interface (xmlNode *interface, const Args *args, GError **error)
{
    static const char *const modes[] = { "server", "client", NULL };
    const struct {
        const char *path, *value;
    } places[] = { { "target/@dev", args->target },
                   { "mac/@address", args->mac },
                   { "script/@path", args->script },
                   { "model/@type", args->model },
                   { "alias/@name", args->alias } };

    if (args->source_mode && !g_strv_contains (modes, args->source_mode))
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown mode of a source: '%s'"),
                         args->source_mode);
    vy_xml_set (interface, "@type", args->type);
    if (args->managed)
        vy_xml_set (interface, "@managed", "yes");
    if (!add_source (interface, args, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        if (places[i].value)
            vy_xml_set (interface, places[i].path, places[i].value);
    return add_rate (interface, "inbound", args->inbound, error) &&
           add_rate (interface, "outbound", args->outbound, error);
}

static gboolean
run_attach (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const VirshAttach attach = { args->domain, &args->affect, args->print_xml,
                                 _ ("Failed to attach interface"),
                                 _ ("Interface attached successfully\n") };
    g_autoptr (xmlDoc) doc = vy_xml_new ("interface");
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           fill_interface (xmlDocGetRootElement (doc), args, error) &&
           virsh_attach_document (cli, &attach, flags, doc, error);
}

/* ---- detach-interface
 * ------------------------------------------------------------------------ */

static const CliOption detach_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, type, "type", "TYPE", "type of the interface", NULL),
    VIRSH_STRING (Args, mac, "mac", "MAC", "MAC address of the interface"),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    { 0 },
};

static gboolean
throw_no_interface (const Args *args, guint n, GError **error)
{
    if (args->mac)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("there is no interface with the MAC address '%s'"),
                         args->mac);
    if (n == 0)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("there is no interface of type '%s'"), args->type);
    return vy_throw (error, VY_ERROR_USAGE,
                     _ ("there are %u interfaces of type '%s': name one with --mac"), n,
                     args->type);
}

static xmlNode *
find_interface (xmlDoc *doc, const Args *args, GError **error)
{
    g_autoptr (GPtrArray) all =
        vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface");
    xmlNode *found = NULL;
    guint n = 0;

    for (guint i = 0; i < all->len; i++) {
        xmlNode *interface = g_ptr_array_index (all, i);
        g_autofree char *mac = vy_xml_get (interface, "mac/@address");

        if (!vy_xml_is (interface, "@type", args->type) ||
            (args->mac && !virsh_mac_equal (mac, args->mac)))
            continue;
        found = found ? found : interface;
        n++;
    }
    if (n == 1 || (n > 1 && args->mac))
        return found;
    throw_no_interface (args, n, error);
    return NULL;
}

/* In what runs or in the definition: the interface is looked for in each. */
static gboolean
detach_from (Cli *cli, const Args *args, virDomainPtr domain, unsigned flags,
             GError **error)
{
    g_autoptr (xmlDoc) doc = virsh_document_for (domain, flags, error);
    xmlNode *interface = doc ? find_interface (doc, args, error) : NULL;
    g_autofree char *xml = interface ? vy_xml_to_text (interface) : NULL;

    if (!xml)
        return FALSE;
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    return virsh_detach_device (domain, xml, &args->affect, flags) == 0 ||
           virsh_fail (error, _ ("Failed to detach interface"));
}

static gboolean
run_detach (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags, config, live;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    flags = virsh_affect_running (&args->affect, domain, flags);
    config = flags & VIR_DOMAIN_AFFECT_CONFIG;
    live = flags & VIR_DOMAIN_AFFECT_LIVE;
    if (config && !detach_from (cli, args, domain, config, error))
        return FALSE;
    if ((live || !config) && !detach_from (cli, args, domain, live, error))
        return FALSE;
    if (!args->print_xml)
        cli_say (cli, _ ("Interface detached successfully\n"));
    return TRUE;
}

/* ---- domif-setlink
 * --------------------------------------------------------------------------- */

static const CliOption link_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, interface, "interface", "INTERFACE",
                "MAC address or name of the host's end", NULL),
    VIRSH_NAME (Args, state, "state", "STATE", "up or down", NULL),
    { .name = "persistent",
      .type = CLI_ALIAS,
      .flags = CLI_HIDDEN,
      .alias_of = "config" },
    VIRSH_FLAG (Args, affect.config, "config", "for the next start"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    { 0 },
};

static xmlNode *
find_named (xmlDoc *doc, const char *name, GError **error)
{
    g_autoptr (GPtrArray) all =
        vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface");

    for (guint i = 0; i < all->len; i++) {
        xmlNode *interface = g_ptr_array_index (all, i);
        g_autofree char *mac = vy_xml_get (interface, "mac/@address");

        if ((mac && g_ascii_strcasecmp (mac, name) == 0) ||
            vy_xml_is (interface, "target/@dev", name))
            return interface;
    }
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no interface '%s'"), name);
    return NULL;
}

/* A new link stands behind everything, also behind the white space at the end. */
static void
set_link (xmlNode *interface, const char *state)
{
    xmlNode *link = vy_xml_find (interface, "link");

    if (!link) {
        link = vy_xml_add (interface, "link");
        xmlUnlinkNode (link);
        xmlAddChild (interface, link);
    }
    vy_xml_set (link, "@state", state);
}

static gboolean
run_setlink (Cli *cli, gpointer data, GError **error)
{
    static const char *const states[] = { "up", "down", NULL };
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = NULL;
    g_autofree char *xml = NULL;
    xmlNode *interface = NULL;
    unsigned flags = args->affect.config ? VIR_DOMAIN_AFFECT_CONFIG : 0;

    if (!g_strv_contains (states, args->state))
        return vy_throw (error, VY_ERROR_USAGE, _ ("a link is up or down, not '%s'"),
                         args->state);
    if (!(domain = virsh_domain (cli, args->domain, error)) ||
        !(doc = virsh_document_for (domain, flags, error)) ||
        !(interface = find_named (doc, args->interface, error)))
        return FALSE;
    set_link (interface, args->state);
    xml = vy_xml_to_text (interface);
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    if (!args->affect.config)
        flags |= virDomainIsActive (domain) == 0 ? VIR_DOMAIN_AFFECT_CONFIG
                                                 : VIR_DOMAIN_AFFECT_LIVE;
    if (virDomainUpdateDeviceFlags (domain, xml, flags) < 0)
        return virsh_fail (error, _ ("Failed to update interface link state"));
    cli_say (cli, _ ("Device updated successfully\n"));
    return TRUE;
}

const CliCommand virsh_domain_interface_commands[] = {
    VIRSH_COMMAND ("attach-interface", N_ ("give a domain a network interface"),
                   attach_options, run_attach),
    VIRSH_COMMAND ("detach-interface", N_ ("take a network interface away"),
                   detach_options, run_detach),
    VIRSH_COMMAND ("domif-setlink", N_ ("plug in or pull a network interface's cable"),
                   link_options, run_setlink),
    { 0 },
};
