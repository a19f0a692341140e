/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows that many devices share. */
#include "device-private.h"

/* The device that has a place in the boot order, other than @except. */
static xmlNode *
find_ordered (xmlNode *domain, const xmlNode *except, guint64 order)
{
    xmlNode *devices = vy_xml_find (domain, "devices");
    g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, order);

    for (xmlNode *node = devices ? devices->children : NULL; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && node != except &&
            vy_xml_is (node, "boot/@order", text))
            return node;
    return NULL;
}

/* Who has the place moves on by one, and so do those behind without a gap. */
static void
make_place (VySuboptTarget *target, guint64 order)
{
    xmlNode *node = find_ordered (target->domain, target->node, order);

    while (node && order < 1000) {
        xmlNode *next = find_ordered (target->domain, target->node, order + 1);

        vy_xml_set_number (node, "boot/@order", ++order);
        node = next;
    }
}

gboolean
vy_set_boot_order (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
                   const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    if (value)
        make_place (target, g_ascii_strtoull (value, NULL, 10));
    vy_xml_set (target->node, path, value);
    while (value && vy_xml_find (target->domain, "os/boot"))
        vy_xml_remove (vy_xml_find (target->domain, "os/boot"));
    return TRUE;
}

/* "0:0:4.0", "0000:00:19.0", "00:19.0", "pci_0000_00_19_0" */
gboolean
vy_pci_address_parse (const char *text, guint numbers[4])
{
    g_autofree char *copy =
        g_strdup (g_str_has_prefix (text, "pci_") ? text + strlen ("pci_") : text);
    g_auto (GStrv) parts = NULL;
    guint n;

    g_strdelimit (copy, "_:.", ' ');
    parts = g_strsplit (copy, " ", -1);
    n = g_strv_length (parts);
    if (n != 3 && n != 4)
        return FALSE;
    numbers[0] = 0;
    for (guint i = 0; i < n; i++) {
        char *end = NULL;
        guint64 number = g_ascii_strtoull (parts[i], &end, 16);

        if (*parts[i] == '\0' || *end || number > 0xffff)
            return FALSE;
        numbers[i + 4 - n] = (guint) number;
    }
    return TRUE;
}

/* An I/O port belongs to an ISA address. */
gboolean
vy_set_iobase (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
               const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->node, path, value);
    if (value && !vy_xml_has (target->node, "address/@type") &&
        strcmp (target->device->option, "panic") == 0)
        vy_xml_set (target->node, "address/@type", "isa");
    return TRUE;
}

const VySubopt vy_rows_address[] = {
    { "address.type", "address/@type", VY_STRING },
    { "address.domain", "address/@domain", VY_INT },
    { "address.bus", "address/@bus", VY_INT },
    { "address.slot", "address/@slot", VY_INT },
    { "address.multifunction", "address/@multifunction", VY_ONOFF },
    { "address.function", "address/@function", VY_INT },
    { "address.controller", "address/@controller", VY_INT },
    { "address.unit", "address/@unit", VY_INT },
    { "address.port", "address/@port", VY_INT },
    { "address.target", "address/@target", VY_INT },
    { "address.reg", "address/@reg", VY_STRING },
    { "address.cssid", "address/@cssid", VY_STRING },
    { "address.ssid", "address/@ssid", VY_STRING },
    { "address.devno", "address/@devno", VY_STRING },
    { "address.iobase", "address/@iobase", VY_STRING, .set = vy_set_iobase },
    { "address.irq", "address/@irq", VY_STRING },
    { "address.base", "address/@base", VY_STRING },
    { "address.zpci.uid", "address/zpci/@uid", VY_STRING },
    { "address.zpci.fid", "address/zpci/@fid", VY_STRING },
    { "alias.name", "alias/@name", VY_STRING },
    { 0 },
};

const VySubopt vy_rows_virtio[] = {
    { "driver.ats", "driver/@ats", VY_ONOFF },
    { "driver.iommu", "driver/@iommu", VY_ONOFF },
    { "driver.packed", "driver/@packed", VY_ONOFF },
    { "driver.page_per_vq", "driver/@page_per_vq", VY_ONOFF },
    { 0 },
};

const VySubopt vy_rows_source[] = {
    { "source.path", "source/@path", VY_STRING },
    { "source.host", "source/@host", VY_STRING, .set = vy_set_host },
    { "source.service", "source/@service", VY_INT },
    { "source.bind_host", "source[@mode='bind']/@host", VY_STRING },
    { "source.bind_service", "source[@mode='bind']/@service", VY_INT },
    { "source.connect_host", "source[@mode='connect']/@host", VY_STRING },
    { "source.connect_service", "source[@mode='connect']/@service", VY_INT },
    { "source.mode", "source/@mode", VY_STRING },
    { "source.master", "source/@master", VY_STRING },
    { "source.slave", "source/@slave", VY_STRING },
    { "source.seclabel%.model", "source/seclabel%/@model", VY_STRING },
    { "source.seclabel%.relabel", "source/seclabel%/@relabel", VY_YESNO },
    { "source.seclabel%.label", "source/seclabel%/label", VY_STRING, .flags = VY_COMMAS },
    { "log.file", "log/@file", VY_STRING },
    { "log.append", "log/@append", VY_ONOFF },
    { "source.clipboard.copypaste", "source/clipboard/@copypaste", VY_YESNO },
    { "source.mouse.mode", "source/mouse/@mode", VY_STRING },
    { "source.channel", "source/@channel", VY_STRING },
    { "source.tls", "source/@tls", VY_YESNO },
    { 0 },
};

const VyPlace vy_places_shared[] = {
    { "protocol/@type", "0.8.5", "raw telnet telnets tls" },
    { "source/@channel", "1.2.2" },
    { "source/@master", "1.2.4" },
    { "source/@slave", "1.2.4" },
    { "source/@tls", "2.4.0" },
    { "log", "1.3.3" },
    { "address/@type", "0.7.3",
      "pci usb drive virtio-serial ccid spapr-vio ccw isa virtio-mmio dimm unassigned" },
    { "address/@multifunction", "0.9.7" },
    { "address/@reg", "0.9.9" },
    { "address/@cssid", "1.0.4" },
    { "address/@ssid", "1.0.4" },
    { "address/@devno", "1.0.4" },
    { "address/@iobase", "1.2.1" },
    { "address/@irq", "1.2.1" },
    { "address/zpci", "4.10.0" },
    { "alias", "3.9.0" },
    { "boot/@order", "0.8.8" },
    { "boot/@loadparm", "3.5.0" },
    { "driver/@ats", "3.5.0" },
    { "driver/@iommu", "3.5.0" },
    { "driver/@packed", "6.3.0" },
    { "driver/@page_per_vq", "7.9.0" },
    { "source/mouse/@mode", "8.4.0", "server client" },
    { "source/clipboard", "8.4.0" },
    { 0 },
};

static const VyDevice *const devices[] = {
    &vy_device_disk,
    &vy_device_network,
    &vy_device_graphics,
    &vy_device_video,
    &vy_device_controller,
    &vy_device_input,
    &vy_device_serial,
    &vy_device_parallel,
    &vy_device_channel,
    &vy_device_console,
    &vy_device_smartcard,
    &vy_device_redirdev,
    &vy_device_hostdev,
    &vy_device_filesystem,
    &vy_device_sound,
    &vy_device_audio,
    &vy_device_rng,
    &vy_device_tpm,
    &vy_device_watchdog,
    &vy_device_panic,
    &vy_device_memdev,
    &vy_device_memballoon,
    &vy_device_shmem,
    &vy_device_vsock,
    &vy_device_iommu,
    &vy_device_pstore,
    &vy_device_cpu,
    &vy_device_vcpus,
    &vy_device_iothreads,
    &vy_device_memory,
    &vy_device_memorybacking,
    &vy_device_memtune,
    &vy_device_numatune,
    &vy_device_cputune,
    &vy_device_blkiotune,
    &vy_device_boot,
    &vy_device_idmap,
    &vy_device_seclabel,
    &vy_device_keywrap,
    &vy_device_launchsecurity,
    &vy_device_features,
    &vy_device_clock,
    &vy_device_pm,
    &vy_device_metadata,
    &vy_device_xml,
    &vy_device_events,
    &vy_device_resource,
    &vy_device_sysinfo,
    &vy_device_qemu_commandline,
    NULL,
};

const VyDevice *const *
vy_device_list (void)
{
    return devices;
}

const VyDevice *
vy_device_find (const char *option)
{
    for (const VyDevice *const *device = devices; *device; device++)
        if (strcmp ((*device)->option, option) == 0)
            return *device;
    return NULL;
}
