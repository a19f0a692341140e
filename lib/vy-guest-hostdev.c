/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the host by the names that users give them. */
#include "vy-guest-hostdev-private.h"

#include "vy-libvirt-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virNodeDevice, virNodeDeviceFree)

static xmlDoc *
describe (virNodeDevicePtr device)
{
    g_autofree char *text = device ? virNodeDeviceGetXMLDesc (device, 0) : NULL;

    return text ? vy_xml_parse (text, "node device", NULL) : NULL;
}

static xmlDoc *
find_named (VyHost *host, const char *name)
{
    g_autoptr (virNodeDevice) device =
        virNodeDeviceLookupByName (vy_host_get_conn (host), name);

    return describe (device);
}

/* ---- addresses ----------------------------------------------------------------------
 */

typedef struct {
    const char *kind; /* "pci", "usb_device" */
    guint numbers[4];
    const char *const *places; /* where the numbers are below <capability> */
    guint n;
    gboolean hexadecimal; /* whether the places have hexadecimal numbers */
} Wanted;

static const char *const pci_places[] = { "domain", "bus", "slot", "function" };
static const char *const usb_ids[] = { "vendor/@id", "product/@id" };
static const char *const usb_places[] = { "bus", "device" };

static gboolean
parse_wanted (const char *name, Wanted *wanted)
{
    guint a, b, c, d;
    char end;

    if (sscanf (name, "%x:%x:%x.%x%c", &a, &b, &c, &d, &end) == 4) {
        *wanted = (Wanted){ "pci", { a, b, c, d }, pci_places, 4, FALSE };
        return TRUE;
    }
    if (sscanf (name, "%x:%x.%x%c", &a, &b, &c, &end) == 3) {
        *wanted = (Wanted){ "pci", { 0, a, b, c }, pci_places, 4, FALSE };
        return TRUE;
    }
    if (sscanf (name, "%x:%x%c", &a, &b, &end) == 2) {
        *wanted = (Wanted){ "usb_device", { a, b }, usb_ids, 2, TRUE };
        return TRUE;
    }
    if (sscanf (name, "%u.%u%c", &a, &b, &end) == 2) {
        *wanted = (Wanted){ "usb_device", { a, b }, usb_places, 2, FALSE };
        return TRUE;
    }
    return FALSE;
}

static gboolean
matches (xmlNode *capability, const Wanted *wanted)
{
    for (guint i = 0; i < wanted->n; i++) {
        g_autofree char *text = vy_xml_get (capability, wanted->places[i]);

        if (!text || g_ascii_strtoull (text, NULL, 0) != wanted->numbers[i])
            return FALSE;
    }
    return TRUE;
}

static xmlDoc *
find_wanted (VyHost *host, const Wanted *wanted, const char *name, GError **error)
{
    virNodeDevicePtr *devices = NULL;
    int n = virConnectListAllNodeDevices (vy_host_get_conn (host), &devices, 0);
    xmlDoc *found = NULL;
    gboolean many = FALSE;

    for (int i = 0; i < n; i++) {
        g_autoptr (virNodeDevice) device = devices[i];
        g_autoptr (xmlDoc) doc = describe (device);
        xmlNode *capability =
            doc ? vy_xml_find (xmlDocGetRootElement (doc), "capability") : NULL;

        if (!capability || !vy_xml_is (capability, "@type", wanted->kind) ||
            !matches (capability, wanted))
            continue;
        many |= found != NULL;
        if (!found)
            found = g_steal_pointer (&doc);
    }
    g_free (devices);
    if (many) {
        g_clear_pointer (&found, xmlFreeDoc);
        vy_throw (error, VY_ERROR_INVALID, _ ("several devices fit '%s'"), name);
    }
    return found;
}

static xmlDoc *
find_device (VyHost *host, const char *name, GError **error)
{
    g_autoptr (GError) why = NULL;
    Wanted wanted;
    xmlDoc *doc = find_named (host, name);

    if (!doc && parse_wanted (name, &wanted))
        doc = find_wanted (host, &wanted, name, &why);
    if (why)
        g_propagate_error (error, g_steal_pointer (&why));
    else if (!doc)
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("host has no device '%s'"), name);
    return doc;
}

/* ---- what is written ----------------------------------------------------------------
 */

static void
copy_number (xmlNode *from, const char *source, xmlNode *to, const char *target,
             const char *format)
{
    g_autofree char *text = vy_xml_get (from, source);
    guint number = text ? (guint) g_ascii_strtoull (text, NULL, 0) : 0;
    g_autofree char *value = format ? g_strdup_printf ("0x%0*x", atoi (format), number)
                                    : g_strdup_printf ("%u", number);

    vy_xml_set (to, target, value);
}

static void
set_pci (xmlNode *device, xmlNode *capability)
{
    copy_number (capability, "domain", device, "source/address/@domain", NULL);
    copy_number (capability, "bus", device, "source/address/@bus", NULL);
    copy_number (capability, "slot", device, "source/address/@slot", NULL);
    copy_number (capability, "function", device, "source/address/@function", NULL);
}

/* Bus and device number where other devices have the same ids. */
static void
set_usb (xmlNode *device, xmlNode *capability, gboolean by_number)
{
    g_autofree char *vendor = vy_xml_get (capability, "vendor/@id");
    g_autofree char *product = vy_xml_get (capability, "product/@id");

    vy_xml_set (device, "source/vendor/@id", vendor);
    vy_xml_set (device, "source/product/@id", product);
    if (!by_number)
        return;
    copy_number (capability, "bus", device, "source/address/@bus", NULL);
    copy_number (capability, "device", device, "source/address/@device", NULL);
}

static gboolean
has_twin (VyHost *host, xmlNode *capability)
{
    g_autofree char *vendor = vy_xml_get (capability, "vendor/@id");
    g_autofree char *product = vy_xml_get (capability, "product/@id");
    g_autoptr (GError) why = NULL;
    Wanted wanted = { "usb_device", { 0 }, usb_ids, 2, TRUE };
    g_autoptr (xmlDoc) found = NULL;

    wanted.numbers[0] = vendor ? (guint) g_ascii_strtoull (vendor, NULL, 0) : 0;
    wanted.numbers[1] = product ? (guint) g_ascii_strtoull (product, NULL, 0) : 0;
    found = find_wanted (host, &wanted, "", &why);
    return why != NULL;
}

static void
set_scsi (xmlNode *device, xmlNode *capability)
{
    g_autofree char *host = vy_xml_get (capability, "host");
    g_autofree char *name = g_strdup_printf ("scsi_host%s", host ? host : "0");

    vy_xml_set (device, "source/adapter/@name", name);
    copy_number (capability, "bus", device, "source/address/@bus", NULL);
    copy_number (capability, "target", device, "source/address/@target", NULL);
    copy_number (capability, "lun", device, "source/address/@unit", NULL);
}

/* What is set beside the UUID follows from what the device is a share of. */
static gboolean
set_mdev (xmlNode *device, xmlNode *root, xmlNode *capability, GError **error)
{
    static const struct {
        const char *type, *model, *managed;
        gboolean shows; /* may have a display */
    } kinds[] = { { "vfio_ccw-io", "vfio-ccw", "no", FALSE },
                  { "vfio_ap-passthrough", "vfio-ap", "no", FALSE },
                  { "nvidia-", "vfio-pci", "yes", TRUE },
                  { "i915-GVTg_V", "vfio-pci", "yes", TRUE } };
    g_autofree char *type = vy_xml_get (capability, "type/@id");
    g_autofree char *uuid = vy_xml_get (capability, "uuid");
    g_autofree char *name = vy_xml_get (root, "name");
    gsize i = 0;

    if (!uuid && name && g_str_has_prefix (name, "mdev_") && strlen (name) >= 41)
        uuid = g_strdelimit (g_strndup (name + strlen ("mdev_"), 36), "_", '-');
    while (i < G_N_ELEMENTS (kinds) && !(type && g_str_has_prefix (type, kinds[i].type)))
        i++;
    if (i == G_N_ELEMENTS (kinds) || !uuid)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("mediated devices of the type '%s' are not known"), type);
    vy_xml_set (device, "@type", "mdev");
    vy_xml_set (device, "@model", kinds[i].model);
    vy_xml_set (device, "@managed", kinds[i].managed);
    if (kinds[i].shows) {
        vy_xml_set (device, "@display", "off");
        vy_xml_set (device, "@ramfb", "off");
    }
    vy_xml_set (device, "source/address/@uuid", uuid);
    return TRUE;
}

static gboolean
set_capabilities_source (xmlNode *device, const char *name)
{
    static const struct {
        const char *type, *place;
    } sources[] = { { "net", "source/interface" },
                    { "storage", "source/block" },
                    { "misc", "source/char" } };

    for (gsize i = 0; i < G_N_ELEMENTS (sources); i++) {
        if (!vy_xml_is (device, "@type", sources[i].type))
            continue;
        vy_xml_set (device, "@mode", "capabilities");
        vy_xml_set (device, "@managed", "yes");
        vy_xml_set (device, sources[i].place, name);
        return TRUE;
    }
    return FALSE;
}

/* What a network card or a disk of the host belongs to. */
static xmlDoc *
climb (VyHost *host, xmlDoc *doc)
{
    while (doc) {
        xmlNode *root = xmlDocGetRootElement (doc);
        g_autofree char *type = vy_xml_get (root, "capability/@type");
        g_autofree char *parent = vy_xml_get (root, "parent");

        if (type && strcmp (type, "net") && strcmp (type, "usb") &&
            strcmp (type, "storage"))
            return doc;
        xmlFreeDoc (doc);
        doc = parent ? find_named (host, parent) : NULL;
    }
    return NULL;
}

gboolean
vy_hostdev_resolve (VyHost *host, xmlNode *device, const char *name, GError **error)
{
    g_autoptr (xmlDoc) doc = NULL;
    xmlNode *capability;

    if (set_capabilities_source (device, name))
        return TRUE;
    doc = find_device (host, name, error);
    if (!doc)
        return FALSE;
    doc = climb (host, g_steal_pointer (&doc));
    capability = doc ? vy_xml_find (xmlDocGetRootElement (doc), "capability") : NULL;
    vy_xml_set (device, "@mode", "subsystem");
    vy_xml_fill (device, "@managed",
                 vy_host_get_driver (host) == VY_DRIVER_XEN ? "no" : "yes");
    if (capability && vy_xml_is (capability, "@type", "pci")) {
        vy_xml_set (device, "@type", "pci");
        set_pci (device, capability);
    } else if (capability && vy_xml_is (capability, "@type", "usb_device")) {
        vy_xml_set (device, "@type", "usb");
        set_usb (device, capability, has_twin (host, capability));
    } else if (capability && vy_xml_is (capability, "@type", "scsi")) {
        vy_xml_set (device, "@type", "scsi");
        vy_xml_set (device, "@managed", "no");
        set_scsi (device, capability);
    } else if (capability && vy_xml_is (capability, "@type", "mdev")) {
        return set_mdev (device, xmlDocGetRootElement (doc), capability, error);
    } else {
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("device '%s' cannot be given to a guest"), name);
    }
    return TRUE;
}

gboolean
vy_hostdev_resolve_card (VyHost *host, xmlNode *device, const char *name, GError **error)
{
    g_autoptr (xmlDoc) doc = find_device (host, name, error);
    xmlNode *capability;

    if (!doc)
        return FALSE;
    doc = climb (host, g_steal_pointer (&doc));
    capability = doc ? vy_xml_find (xmlDocGetRootElement (doc), "capability") : NULL;
    if (!capability || !vy_xml_is (capability, "@type", "pci"))
        return vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("'%s' is no PCI device"), name);
    vy_xml_set (device, "@type", "hostdev");
    vy_xml_set (device, "@managed", "yes");
    vy_xml_set (device, "source/address/@type", "pci");
    set_pci (device, capability);
    return TRUE;
}

/* ---- graphics cards -----------------------------------------------------------------
 */

/* The name that stays the same over reboots, else the first. */
static char *
name_of_node (xmlNode *device)
{
    g_autoptr (GPtrArray) nodes = vy_xml_find_all (device, "devnode");
    char *name = NULL;

    for (guint i = 0; i < nodes->len; i++) {
        g_autofree char *path = vy_xml_get (nodes->pdata[i], ".");

        if (!name || (path && strstr (path, "/by-path/"))) {
            g_free (name);
            name = g_steal_pointer (&path);
        }
        if (name && strstr (name, "/by-path/"))
            break;
    }
    return name;
}

/* Not every driver can choose by capability. */
static int
list_cards (virConnectPtr conn, virNodeDevicePtr **devices)
{
    int n = virConnectListAllNodeDevices (conn, devices,
                                          VIR_CONNECT_LIST_NODE_DEVICES_CAP_DRM);

    return n >= 0 ? n : virConnectListAllNodeDevices (conn, devices, 0);
}

char *
vy_hostdev_find_render_node (VyHost *host)
{
    virNodeDevicePtr *devices = NULL;
    int n = vy_host_is_remote (host) ? 0 : list_cards (vy_host_get_conn (host), &devices);
    char *found = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virNodeDevice) device = devices[i];
        g_autoptr (xmlDoc) doc = found ? NULL : describe (device);
        xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;

        if (root && vy_xml_is (root, "capability/@type", "drm") &&
            vy_xml_is (root, "capability/type", "render"))
            found = name_of_node (root);
    }
    g_free (devices);
    return found;
}
