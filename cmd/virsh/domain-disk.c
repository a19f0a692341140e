/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks of domains: attach-disk detach-disk */
#include "virsh.h"

#include <sys/stat.h>

typedef struct {
    char *domain, *source, *target;
    char *targetbus, *driver, *subdriver, *iothread, *cache, *io, *type, *mode;
    char *sourcetype, *serial, *wwn, *alias, *address;
    char *protocol, *host, *transport, *socket;
    VirshAffect affect;
    gboolean rawio, multifunction, print_xml;
} Args;

static const CliOption attach_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "source",
      .type = CLI_STRING,
      .flags = CLI_POSITIONAL | CLI_REQUIRED | CLI_EMPTY_OK | CLI_FILE,
      .offset = offsetof (Args, source),
      .metavar = N_ ("SOURCE"),
      .help = N_ ("file, device or name of the disk's data") },
    VIRSH_NAME (Args, target, "target", "TARGET", "what the guest sees: vdb, sda", NULL),
    VIRSH_STRING (Args, targetbus, "targetbus", "BUS", "bus of the disk"),
    VIRSH_STRING (Args, driver, "driver", "DRIVER", "name of the driver"),
    VIRSH_STRING (Args, subdriver, "subdriver", "FORMAT", "format of the data"),
    VIRSH_STRING (Args, iothread, "iothread", "ID", "I/O thread that serves the disk"),
    VIRSH_STRING (Args, cache, "cache", "MODE", "how writes are cached"),
    VIRSH_STRING (Args, io, "io", "MODE", "how the host does the I/O"),
    VIRSH_STRING (Args, type, "type", "DEVICE", "disk, cdrom, floppy or lun"),
    { .name = "shareable",
      .type = CLI_ALIAS,
      .flags = CLI_HIDDEN,
      .alias_of = "mode=shareable" },
    VIRSH_STRING (Args, mode, "mode", "MODE", "readonly or shareable"),
    VIRSH_STRING (Args, sourcetype, "sourcetype", "TYPE", "file, block or network"),
    VIRSH_STRING (Args, serial, "serial", "SERIAL", "serial number"),
    VIRSH_STRING (Args, wwn, "wwn", "WWN", "world wide name"),
    VIRSH_STRING (Args, alias, "alias", "ALIAS", "name of the device"),
    VIRSH_FLAG (Args, rawio, "rawio", "needs the right to raw I/O"),
    VIRSH_STRING (Args, address, "address", "ADDRESS", "place on the bus: pci:0.0.5.0"),
    VIRSH_FLAG (Args, multifunction, "multifunction", "the slot has more functions"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    VIRSH_STRING (Args, protocol, "source-protocol", "PROTOCOL",
                  "protocol of a network disk"),
    VIRSH_STRING (Args, host, "source-host-name", "HOST", "server, perhaps with :PORT"),
    VIRSH_STRING (Args, transport, "source-host-transport", "TRANSPORT",
                  "tcp, rdma or unix"),
    VIRSH_STRING (Args, socket, "source-host-socket", "SOCKET", "path of a unix socket"),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    { 0 },
};

/* ---- attach-disk: where the data is
 * ---------------------------------------------------------- */

static gboolean
throw_required (const char *needed, const char *by, GError **error)
{
    return vy_throw (error, VY_ERROR_USAGE, _ ("Option --%s is required by option --%s"),
                     needed, by);
}

static const char *
source_type (const Args *args)
{
    struct stat info;

    if (args->sourcetype)
        return args->sourcetype;
    if (args->protocol)
        return "network";
    return stat (args->source, &info) == 0 && S_ISBLK (info.st_mode) ? "block" : "file";
}

static gboolean
check_source (const Args *args, const char *type, GError **error)
{
    static const char *const types[] = { "file", "block", "network", NULL };

    if (!g_strv_contains (types, type))
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown type of source: '%s'"), type);
    if ((strcmp (type, "network") == 0) != (args->protocol != NULL))
        return vy_throw (
            error, VY_ERROR_USAGE,
            _ ("--source-protocol and --sourcetype network belong together"));
    if (!args->protocol && args->host)
        return throw_required ("source-protocol", "source-host-name", error);
    if (!args->protocol && args->transport)
        return throw_required ("source-protocol", "source-host-transport", error);
    if (args->socket && !args->transport)
        return throw_required ("source-host-transport", "source-host-socket", error);
    return virsh_exclusive (args->host != NULL, "source-host-name", args->socket != NULL,
                            "source-host-socket", error);
}

static void
add_host (xmlNode *disk, const Args *args)
{
    const char *colon = args->host ? strchr (args->host, ':') : NULL;
    g_autofree char *name = colon ? g_strndup (args->host, (gsize) (colon - args->host))
                                  : g_strdup (args->host);

    if (args->transport)
        vy_xml_set (disk, "source/host/@transport", args->transport);
    if (args->socket)
        vy_xml_set (disk, "source/host/@socket", args->socket);
    if (name)
        vy_xml_set (disk, "source/host/@name", name);
    if (colon)
        vy_xml_set (disk, "source/host/@port", colon + 1);
}

static void
add_source (xmlNode *disk, const Args *args, const char *type)
{
    if (strcmp (type, "network") == 0) {
        vy_xml_set (disk, "source/@protocol", args->protocol);
        vy_xml_set (disk, "source/@name", args->source);
        add_host (disk, args);
        return;
    }
    vy_xml_set (disk, strcmp (type, "block") == 0 ? "source/@dev" : "source/@file",
                args->source);
}

/* ---- attach-disk: addresses
 * ------------------------------------------------------------------ */

typedef struct {
    const char *prefix, *type;
    guint base;
    struct {
        const char *path;
        int digits;
    } parts[4];
} AddressKind;

#define DRIVE_PARTS                                                                      \
    {                                                                                    \
        { "address/@controller" }, { "address/@bus" },                                   \
        {                                                                                \
            "address/@unit"                                                              \
        }                                                                                \
    }

static const AddressKind address_kinds[] = {
    { "pci",
      "pci",
      16,
      { { "address/@domain", 4 },
        { "address/@bus", 2 },
        { "address/@slot", 2 },
        { "address/@function", 1 } } },
    { "scsi", "drive", 10, DRIVE_PARTS },
    { "sata", "drive", 10, DRIVE_PARTS },
    { "ide", "drive", 10, DRIVE_PARTS },
    { "usb", "usb", 10, { { "address/@bus" }, { "address/@port" } } },
    { "ccw",
      "ccw",
      16,
      { { "address/@cssid", 2 }, { "address/@ssid", 1 }, { "address/@devno", 4 } } },
};

/* Which addresses a disk of that name can have; other names can have each. */
static const struct {
    const char *prefix, *kinds;
} places_of_targets[] = { { "vd", "pci ccw" },
                          { "sd", "scsi usb sata" },
                          { "hd", "ide" } };

static gboolean
check_place (const char *target, const char *kind, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (places_of_targets); i++) {
        g_auto (GStrv) kinds = g_strsplit (places_of_targets[i].kinds, " ", -1);

        if (g_str_has_prefix (target, places_of_targets[i].prefix) &&
            !g_strv_contains ((const char *const *) kinds, kind))
            return vy_throw (error, VY_ERROR_USAGE,
                             _ ("'%s' cannot be at an address of %s; it can be at: %s"),
                             target, kind, places_of_targets[i].kinds);
    }
    return TRUE;
}

static gboolean
set_address (xmlNode *disk, const AddressKind *kind, const char *text)
{
    vy_xml_set (disk, "address/@type", kind->type);
    for (gsize i = 0; i < G_N_ELEMENTS (kind->parts) && kind->parts[i].path; i++) {
        char *end = NULL;
        guint64 number;
        g_autofree char *value = NULL;

        if (*text == '\0')
            return FALSE;
        number = g_ascii_strtoull (text + 1, &end, kind->base);
        if (end == text + 1 || number > (kind->base == 16 ? G_MAXUINT32 : G_MAXINT64))
            return FALSE;
        value = kind->base == 16 ? g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "x",
                                                    kind->parts[i].digits, number)
                                 : g_strdup_printf ("%" G_GUINT64_FORMAT, number);
        vy_xml_set (disk, kind->parts[i].path, value);
        text = end;
    }
    return TRUE;
}

static gboolean
add_address (xmlNode *disk, const Args *args, GError **error)
{
    for (gsize i = 0; args->address && i < G_N_ELEMENTS (address_kinds); i++) {
        const AddressKind *kind = &address_kinds[i];
        gsize length = strlen (kind->prefix);

        if (!g_str_has_prefix (args->address, kind->prefix) ||
            args->address[length] != ':')
            continue;
        if (!check_place (args->target, kind->prefix, error))
            return FALSE;
        if (!set_address (disk, kind, args->address + length))
            break;
        if (args->multifunction && strcmp (kind->type, "pci") == 0)
            vy_xml_set (disk, "address/@multifunction", "on");
        return TRUE;
    }
    return !args->address ||
           vy_throw (error, VY_ERROR_USAGE, _ ("invalid address '%s'"), args->address);
}

/* ---- attach-disk: the rest
 * ------------------------------------------------------------------- */

static gboolean
add_mode (xmlNode *disk, const Args *args, GError **error)
{
    static const char *const modes[] = { "readonly", "shareable", NULL };

    if (args->mode && !g_strv_contains (modes, args->mode))
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown mode of a disk: '%s'"),
                         args->mode);
    if (args->mode)
        vy_xml_ensure (disk, args->mode);
    return TRUE;
}

static gboolean
fill_disk (xmlNode *disk, const Args *args, GError **error)
{
    const char *type = source_type (args);
    const struct {
        const char *path, *value;
    } before[] = {
        { "@type", type },
        { "@device", args->type },
        { "@rawio", args->rawio ? "yes" : NULL },
        { "driver/@name", args->driver },
        { "driver/@type", args->subdriver },
        { "driver/@iothread", args->iothread },
        { "driver/@cache", args->cache },
        { "driver/@io", args->io },
    }, after[] = {
        { "serial", args->serial },
        { "alias/@name", args->alias },
        { "wwn", args->wwn },
    };

    if (!check_source (args, type, error) ||
        (args->wwn && !virsh_check_wwn (args->wwn, error)))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
        if (before[i].value)
            vy_xml_set (disk, before[i].path, before[i].value);
    add_source (disk, args, type);
    vy_xml_set (disk, "target/@dev", args->target);
    if (args->targetbus)
        vy_xml_set (disk, "target/@bus", args->targetbus);
    if (!add_mode (disk, args, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
        if (after[i].value)
            vy_xml_set (disk, after[i].path, after[i].value);
    return add_address (disk, args, error);
}

static gboolean
run_attach (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const VirshAttach attach = { args->domain, &args->affect, args->print_xml,
                                 _ ("Failed to attach disk"),
                                 _ ("Disk attached successfully\n") };
    g_autoptr (xmlDoc) doc = vy_xml_new ("disk");
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           fill_disk (xmlDocGetRootElement (doc), args, error) &&
           virsh_attach_document (cli, &attach, flags, doc, error);
}

/* ---- detach-disk
 * ----------------------------------------------------------------------------- */

static const CliOption detach_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, target, "target", "TARGET", "target or source of the disk", NULL),
    VIRSH_PERSISTENT (Args, affect),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    { 0 },
};

static gboolean
run_detach (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = NULL;
    g_autofree char *xml = NULL;
    xmlNode *disk = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(doc = virsh_document_for (domain, flags, error)) ||
        !(disk = virsh_find_disk (doc, args->target, FALSE, error)))
        return FALSE;
    xml = vy_xml_to_text (disk);
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    flags = virsh_affect_running (&args->affect, domain, flags);
    if (virsh_detach_device (domain, xml, &args->affect, flags) < 0)
        return virsh_fail (error, _ ("Failed to detach disk"));
    cli_say (cli, _ ("Disk detached successfully\n"));
    return TRUE;
}

const CliCommand virsh_domain_disk_commands[] = {
    VIRSH_COMMAND ("attach-disk", N_ ("give a domain a disk"), attach_options,
                   run_attach),
    VIRSH_COMMAND ("detach-disk", N_ ("take a disk away from a domain"), detach_options,
                   run_detach),
    { 0 },
};
