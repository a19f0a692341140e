/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults of disks: bus, target, driver. */
#include "vy-guest-private.h"

/* ---- bus ----------------------------------------------------------------------------
 */

static const char *
choose_removable_bus (const VyFacts *facts)
{
    if ((facts->is_x86 && facts->is_q35) || facts->driver == VY_DRIVER_BHYVE)
        return "sata";
    if (facts->is_virt || facts->is_ppc64 || facts->is_s390x)
        return "scsi";
    if (facts->is_arm32 || facts->is_aarch64)
        return "sd";
    return facts->is_xenpv ? "xen" : "ide";
}

static const char *
choose_disk_bus (const VyFacts *facts)
{
    if (facts->is_xenpv)
        return "xen";
    if (!facts->is_hvm)
        return NULL;
    if ((facts->os & OS_VIRTIO_BLOCK) && facts->is_qemu)
        return "virtio";
    if (facts->is_s390x)
        return "virtio";
    if (facts->is_q35 || facts->driver == VY_DRIVER_BHYVE)
        return "sata";
    if (facts->is_virt)
        return "usb";
    if (facts->is_arm32 || facts->is_aarch64)
        return "sd";
    return facts->is_ppc64 ? "scsi" : "ide";
}

static const char *
choose_bus (const VyFacts *facts, xmlNode *device)
{
    if (vy_xml_is (device, "@device", "floppy"))
        return "fdc";
    if (vy_xml_is (device, "@device", "cdrom"))
        return choose_removable_bus (facts);
    return choose_disk_bus (facts);
}

/* ---- target -------------------------------------------------------------------------
 */

typedef struct {
    const char *bus, *prefix;
    guint most;
} BusNames;

/* The last one stands for all others. */
static const BusNames bus_names[] = { { "virtio", "vd", 1024 },
                                      { "ide", "hd", 4 },
                                      { "fdc", "fd", 2 },
                                      { "xen", "xvd", 1024 },
                                      { "sata", "sd", 1024 } };

static const BusNames *
names_of_bus (const char *bus)
{
    gsize i = 0;

    while (i + 1 < G_N_ELEMENTS (bus_names) && g_strcmp0 (bus, bus_names[i].bus))
        i++;
    return &bus_names[i];
}

/* 0 is "a", 25 is "z", 26 is "aa" */
static char *
letters_of (guint number)
{
    char text[8] = { 0 };
    int at = (int) sizeof text - 1;

    for (number++; number > 0 && at > 0; number = (number - 1) / 26)
        text[--at] = (char) ('a' + (number - 1) % 26);
    return g_strdup (text + at);
}

/* Names of the domain's disks that begin with @prefix. */
static GHashTable *
taken_targets (const VyFacts *facts, const char *prefix)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (facts->devices, "disk");
    GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < disks->len; i++) {
        char *target = vy_xml_get (disks->pdata[i], "target/@dev");

        if (target && g_str_has_prefix (target, prefix))
            g_hash_table_add (taken, target);
        else
            g_free (target);
    }
    return taken;
}

/* The first name behind all that are taken, else the first that is free. */
static gboolean
choose_target (const VyFacts *facts, xmlNode *device, GError **error)
{
    g_autofree char *bus = vy_xml_get (device, "target/@bus");
    const BusNames *names = names_of_bus (bus);
    g_autoptr (GHashTable) taken = taken_targets (facts, names->prefix);
    g_autofree char *first = NULL;

    for (guint number = 0; number < names->most; number++) {
        g_autofree char *letters = letters_of (number);
        g_autofree char *target = g_strconcat (names->prefix, letters, NULL);

        if (g_hash_table_remove (taken, target))
            continue;
        if (!first || g_hash_table_size (taken) == 0) {
            g_free (first);
            first = g_steal_pointer (&target);
        }
        if (g_hash_table_size (taken) == 0)
            break;
    }
    if (!first)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("there can be no more than %u disks on the bus %s"),
                         names->most, bus);
    vy_xml_set (device, "target/@dev", first);
    return TRUE;
}

/* ---- driver -------------------------------------------------------------------------
 */

static const char *
type_of_source (xmlNode *device)
{
    if (vy_xml_has (device, "source/@volume"))
        return "volume";
    if (vy_xml_has (device, "source/@dev"))
        return "block";
    if (vy_xml_has (device, "source/@dir"))
        return "dir";
    if (vy_xml_has (device, "source/@protocol") || vy_xml_has (device, "source/@name") ||
        vy_xml_has (device, "source/host"))
        return "network";
    return "file";
}

static gboolean
has_source (xmlNode *device)
{
    static const char *const places[] = { "source/@file",    "source/@dev",
                                          "source/@dir",     "source/@name",
                                          "source/@volume",  "source/host",
                                          "source/@protocol" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        if (vy_xml_has (device, places[i]))
            return TRUE;
    }
    return FALSE;
}

static void
choose_driver (const VyFacts *facts, xmlNode *device)
{
    gboolean block = vy_xml_is (device, "@type", "block");

    if (!has_source (device) || vy_xml_is (device, "@type", "vhostuser"))
        return;
    if (facts->is_qemu)
        vy_xml_fill (device, "driver/@name", "qemu");
    else if (facts->driver == VY_DRIVER_XEN)
        vy_xml_fill (device, "driver/@name", block ? "phy" : "qemu");
    if (facts->is_qemu && block)
        vy_xml_fill (device, "driver/@type", "raw");
    if (facts->is_qemu && block && vy_xml_is (device, "@device", "disk")) {
        vy_xml_fill (device, "driver/@cache", "none");
        vy_xml_fill (device, "driver/@io", "native");
        vy_xml_fill (device, "driver/@discard", "unmap");
    }
}

gboolean
vy_default_disk (const VyFacts *facts, xmlNode *device, GError **error)
{
    gboolean ok = TRUE;

    vy_xml_fill (device, "@device", "disk");
    vy_xml_fill (device, "@type", type_of_source (device));
    if (vy_xml_is (device, "@device", "cdrom"))
        vy_xml_fill (device, "readonly", "");
    if (vy_xml_is (device, "target/@bus", "default"))
        vy_xml_set (device, "target/@bus", NULL);
    vy_xml_fill (device, "target/@bus", choose_bus (facts, device));
    if (!vy_xml_has (device, "target/@dev"))
        ok = choose_target (facts, device, error);
    choose_driver (facts, device);
    return ok;
}
