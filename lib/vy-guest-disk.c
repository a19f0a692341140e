/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults of disks: bus, target, driver. */
#include "vy-guest-private.h"

/* ---- bus ----------------------------------------------------------------------------
 */

static const char *
choose_removable_bus (const VyFacts *facts)
{
    if (facts->is_x86 && facts->is_q35)
        return "sata";
    if (facts->is_virt || facts->is_ppc64 || facts->is_s390x)
        return "scsi";
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

static const struct {
    const char *bus, *prefix;
} prefixes[] = { { "virtio", "vd" }, { "sata", "sd" }, { "scsi", "sd" }, { "usb", "sd" },
                 { "ide", "hd" },    { "fdc", "fd" },  { "xen", "xvd" }, { "sd", "sd" } };

static const char *
prefix_of_bus (const char *bus)
{
    for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++) {
        if (!g_strcmp0 (bus, prefixes[i].bus))
            return prefixes[i].prefix;
    }
    return "sd";
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

static gboolean
is_target_taken (const VyFacts *facts, const char *target)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (facts->devices, "disk");

    for (guint i = 0; i < disks->len; i++) {
        if (vy_xml_is (disks->pdata[i], "target/@dev", target))
            return TRUE;
    }
    return FALSE;
}

static void
choose_target (const VyFacts *facts, xmlNode *device)
{
    g_autofree char *bus = vy_xml_get (device, "target/@bus");

    for (guint number = 0; number < 1024; number++) {
        g_autofree char *letters = letters_of (number);
        g_autofree char *target = g_strconcat (prefix_of_bus (bus), letters, NULL);

        if (is_target_taken (facts, target))
            continue;
        vy_xml_set (device, "target/@dev", target);
        return;
    }
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
    }
}

gboolean
vy_default_disk (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    vy_xml_fill (device, "@device", "disk");
    vy_xml_fill (device, "@type", type_of_source (device));
    if (vy_xml_is (device, "@device", "cdrom"))
        vy_xml_fill (device, "readonly", "");
    if (vy_xml_is (device, "target/@bus", "default"))
        vy_xml_set (device, "target/@bus", NULL);
    vy_xml_fill (device, "target/@bus", choose_bus (facts, device));
    if (!vy_xml_has (device, "target/@dev"))
        choose_target (facts, device);
    choose_driver (facts, device);
    return TRUE;
}
