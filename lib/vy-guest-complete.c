/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests: what is not said about them follows from the host and the system. */
#include <stdlib.h>

#include "vy-guest-os-private.h"
#include "vy-guest-private.h"

static gboolean
has_extra (VyGuest *guest, const char *key, const char *value)
{
    return !g_strcmp0 (g_hash_table_lookup (guest->extra, key), value);
}

/* "--features acpi=off" leaves nothing behind, and must not come back. */
static void
drop_features (VyGuest *guest)
{
    static const char *const names[] = { "acpi", "apic", "pae" };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *key = g_strconcat ("features.", names[i], NULL);
        g_autofree char *place = g_strconcat ("features/", names[i], NULL);

        if (has_extra (guest, key, "no"))
            vy_xml_set (guest->domain, place, NULL);
    }
}

/* The last disk becomes the first one. */
static gboolean
put_first (VyGuest *guest)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (guest->domain, "devices/disk");

    if (disks->len > 1) {
        xmlNode *last = disks->pdata[disks->len - 1];

        xmlUnlinkNode (last);
        xmlAddPrevSibling (disks->pdata[0], last);
    }
    return TRUE;
}

/* A guest with a known system and no word about disks gets the disk that it needs. */
static gboolean
add_default_disk (VyGuest *guest, GError **error)
{
    g_autofree char *id =
        vy_xml_get (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (guest->domain, "os/type/@arch");
    g_autofree char *text = NULL;
    guint64 n_cpus, ram, storage;

    if (guest->disks_said || vy_xml_is (guest->domain, "os/type", "exe"))
        return TRUE;
    vy_guest_os_resources (id, arch, &n_cpus, &ram, &storage);
    if (!storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("no disk is given: use --disk, or --disk none"));
    text = g_strdup_printf ("size=%" G_GUINT64_FORMAT, storage >> 30);
    return vy_guest_add_option (guest, "disk", text, error) && put_first (guest);
}

static int
n_root_ports (VyGuest *guest)
{
    const char *text =
        g_hash_table_lookup (guest->extra, "controller.num_pcie_root_ports");

    return text ? atoi (text) : 14;
}

static void
set_sizes (VyGuest *guest)
{
    g_autofree char *id =
        vy_xml_get (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (guest->domain, "os/type/@arch");
    g_autofree char *memory = NULL;
    guint64 n_cpus, ram, storage;
    gboolean has_count =
        vy_xml_has (guest->domain, "vcpu") && !vy_xml_is (guest->domain, "vcpu", "");

    vy_guest_os_resources (id, arch, &n_cpus, &ram, &storage);
    if (vy_xml_is (guest->domain, "os/type", "exe"))
        n_cpus = 1;
    /* the cells of a NUMA topology say it as well */
    if (!vy_xml_has (guest->domain, "memory") && ram &&
        !vy_xml_has (guest->domain, "cpu/numa/cell"))
        vy_xml_set_number (guest->domain, "memory", ram / 1024);
    if (!vy_xml_has (guest->domain, "memory") &&
        vy_xml_is (guest->domain, "os/type", "exe"))
        vy_xml_set_number (guest->domain, "memory", 1024 * 1024);
    memory = vy_xml_get (guest->domain, "memory");
    vy_xml_fill (guest->domain, "currentMemory", memory);
    if (vy_xml_has (guest->domain, "cpu/topology") && !has_count)
        return;
    if (!has_count && !vy_xml_has (guest->domain, "vcpu"))
        vy_xml_set_number (guest->domain, "vcpu", n_cpus ? n_cpus : 1);
    else if (!has_count)
        vy_xml_set_number (guest->domain, "vcpu", n_cpus ? n_cpus : 1);
}

static void
add_devices (VyGuest *guest, const VyFacts *facts)
{
    if (!guest->skip.network && !vy_facts_has_device (facts, "interface"))
        vy_xml_set (vy_facts_add (facts, "interface"), "@type", "default");
    vy_add_display (facts, &guest->skip);
}

static gboolean
complete_devices (VyGuest *guest, const VyFacts *facts, GError **error)
{
    xmlNode *child, *next;

    for (child = facts->devices->children; child; child = next) {
        next = child->next;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!vy_guest_device_defaults (guest->host, guest->domain, child, error))
            return FALSE;
        if ((guest->checks & VY_CHECK_MAC_IN_USE) &&
            xmlStrEqual (child->name, BAD_CAST "interface") &&
            !vy_guest_check_mac (guest, child, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
vy_guest_complete (VyGuest *guest, GError **error)
{
    const char *uefi = g_hash_table_lookup (guest->extra, "boot.uefi");
    g_auto (VyFacts) facts = { 0 };

    if (guest->is_there)
        return TRUE;
    if (!vy_guest_check_uuid (guest, error) ||
        !vy_default_machine (guest->host, guest->domain, error))
        return FALSE;
    vy_guest_choose_name (guest);
    if (!vy_guest_check_os (guest, error))
        return FALSE;
    if (!vy_guest_check_name (guest, error))
        return FALSE;
    set_sizes (guest);
    if (!vy_xml_has (guest->domain, "memory") &&
        !vy_xml_has (guest->domain, "cpu/numa/cell"))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("no memory is given: use --memory MIB"));
    if (!add_default_disk (guest, error))
        return FALSE;
    vy_facts_init (&facts, guest->host, guest->domain);
    if (!vy_guest_resolve_disks (guest, error) ||
        !vy_default_firmware (&facts, !g_strcmp0 (uefi, "no"), error))
        return FALSE;
    if (!vy_default_topology (&facts, error))
        return FALSE;
    if (!has_extra (guest, "cpu.special", "none") &&
        !has_extra (guest, "cpu.special", "hv-default"))
        vy_default_cpu (&facts, !has_extra (guest, "cpu.secure", "no"));
    vy_default_container (&facts);
    vy_default_smbios (&facts);
    add_devices (guest, &facts);
    vy_add_controllers (&facts, &guest->skip, 0);
    vy_add_characters (&facts, &guest->skip);
    vy_add_input (&facts, &guest->skip);
    vy_add_redirection (&facts, &guest->skip);
    vy_add_small (&facts, &guest->skip);
    if (!complete_devices (guest, &facts, error))
        return FALSE;
    vy_add_scsi_controller (&facts, FALSE);
    guest->skip.usb = TRUE;
    vy_add_controllers (&facts, &guest->skip, n_root_ports (guest));
    vy_add_scsi_controller (&facts, TRUE);
    vy_default_features (&facts);
    drop_features (guest);
    vy_default_clock (&facts);
    vy_default_pm (&facts);
    return vy_default_launch_security (&facts, error);
}

/* ---- one device ---------------------------------------------------------------------
 */

static const struct {
    const char *name;
    VyDeviceDefault set;
} device_defaults[] = {
    { "disk", vy_default_disk },
    { "interface", vy_default_interface },
    { "graphics", vy_default_graphics },
    { "video", vy_default_video },
    { "controller", vy_default_controller },
    { "input", vy_default_input },
    { "serial", vy_default_character },
    { "parallel", vy_default_character },
    { "console", vy_default_character },
    { "channel", vy_default_character },
    { "sound", vy_default_sound },
    { "tpm", vy_default_tpm },
    { "rng", vy_default_rng },
    { "filesystem", vy_default_filesystem },
    { "hostdev", vy_default_hostdev },
    { "redirdev", vy_default_small },
    { "smartcard", vy_default_small },
    { "panic", vy_default_small },
    { "memballoon", vy_default_small },
    { "watchdog", vy_default_small },
    { "vsock", vy_default_small },
};

gboolean
vy_guest_device_defaults (VyHost *host, xmlNode *domain, xmlNode *device, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (device_defaults); i++) {
        g_auto (VyFacts) facts = { 0 };

        if (!xmlStrEqual (device->name, BAD_CAST device_defaults[i].name))
            continue;
        vy_facts_init (&facts, host, domain);
        return device_defaults[i].set (&facts, device, error);
    }
    return TRUE;
}
