/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the host. */
#include "device-private.h"

#include "vy-guest-hostdev-private.h"

static gboolean
set_name (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    static const struct {
        const char *type, *place;
    } capabilities[] = { { "net", "source/interface" },
                         { "misc", "source/char" },
                         { "storage", "source/block" } };

    for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
        if (vy_xml_is (target->node, "@type", capabilities[i].type)) {
            vy_xml_set (target->node, "@mode", "capabilities");
            vy_xml_set (target->node, capabilities[i].place, value);
            return TRUE;
        }
    /* which device a name is, only the host can tell */
    return !target->host || !value ||
           vy_hostdev_resolve (target->host, target->node, value, error);
}

static const VySubopt hostdev_rows[] = {
    { "boot.order", "boot/@order", VY_INT, .alias = "boot_order",
      .set = vy_set_boot_order },
    { "type", "@type", VY_STRING },
    { "name", "source", VY_STRING, .set = set_name },
    { "driver.name", "driver/@name", VY_STRING, .alias = "driver_name" },
    { "driver.iommufd", "driver/@iommufd", VY_YESNO },
    { "rom.bar", "rom/@bar", VY_ONOFF, .alias = "rom_bar" },
    { "acpi.nodeset", "acpi/@nodeset", VY_STRING, .flags = VY_COMMAS },
    { "source.startupPolicy", "source/@startupPolicy", VY_STRING },
    { 0 },
};

static const VyPlace hostdev_places[] = {
    { "@type", NULL, "pci usb scsi scsi_host mdev net storage misc" },
    { "driver/@name", "1.0.5", "vfio kvm xen" },
    { "source/@startupPolicy", "1.0.0", "mandatory requisite optional" },
    { "rom/@bar", "0.9.7" },
    { 0 },
};

static const VySubopt *const hostdev_tables[] = { hostdev_rows, vy_rows_address, NULL };

const VyDevice vy_device_hostdev = {
    .option = "hostdev",
    .help = N_ ("a device of the host"),
    .element = "devices/hostdev",
    .positional = "name",
    .rows = hostdev_tables,
    .places = hostdev_places,
};
