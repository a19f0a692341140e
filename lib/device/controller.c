/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Controllers. */
#include "device-private.h"

/* The companions of an ICH9 USB 2 controller: model, first port. */
static const struct {
    const char *model, *startport;
} companions[] = { { "ich9-uhci1", "0" }, { "ich9-uhci2", "2" }, { "ich9-uhci3", "4" } };

static void
add_companions (xmlNode *controller)
{
    xmlNode *last = controller;

    for (gsize i = 0; i < G_N_ELEMENTS (companions); i++) {
        xmlNode *node =
            xmlNewDocNode (controller->doc, NULL, BAD_CAST "controller", NULL);

        xmlAddNextSibling (last, node);
        vy_xml_set (node, "@type", "usb");
        vy_xml_set (node, "@model", companions[i].model);
        vy_xml_set (node, "master/@startport", companions[i].startport);
        last = node;
    }
}

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    xmlNode *node = target->node;

    if (g_strcmp0 (value, "usb2") == 0) {
        vy_xml_set (node, "@type", "usb");
        vy_xml_set (node, "@model", "ich9-ehci1");
        if (node->parent)
            add_companions (node);
        return TRUE;
    }
    if (g_strcmp0 (value, "usb3") == 0) {
        vy_xml_set (node, "@type", "usb");
        vy_xml_set (node, "@model", "qemu-xhci");
        vy_xml_set (node, "@ports", "15");
        return TRUE;
    }
    vy_xml_set (node, path, value);
    return TRUE;
}

/* "0:0:4:3", "00:04.3", "1:0:0": domain, bus, slot, function; or a SCSI one */
static gboolean
set_address (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
             G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    g_auto (GStrv) parts = g_strsplit_set (value ? value : "", ":.", -1);
    static const char *const places[] = { "address/@domain", "address/@bus",
                                          "address/@slot", "address/@function" };
    guint n = g_strv_length (parts);

    if (n < 2 || n > 4)
        return vy_throw (
            error, VY_ERROR_INVALID,
            _ ("--controller address: '%s' is not [DOMAIN:]BUS:SLOT[.FUNCTION]"),
            value ? value : "");
    vy_xml_set (target->node, "address/@type", "pci");
    if (n < 4)
        vy_xml_set (target->node, places[0], "0");
    for (guint i = 0; i < n; i++)
        vy_xml_set (target->node, places[i + (n == 4 ? 0 : 1)], parts[i]);
    return TRUE;
}

static const VySubopt controller_rows[] = {
    { "type", "@type", VY_STRING, .set = set_type },
    { "model", "@model", VY_STRING },
    { "index", "@index", VY_INT },
    { "maxGrantFrames", "@maxGrantFrames", VY_INT },
    { "vectors", "@vectors", VY_INT },
    { "master.startport", "master/@startport", VY_INT, .alias = "master" },
    { "driver.iothread", "driver/@iothread", VY_INT },
    { "driver.queues", "driver/@queues", VY_INT, .alias = "driver_queues" },
    { "target.chassisNr", "target/@chassisNr", VY_INT },
    { "target.chassis", "target/@chassis", VY_INT },
    { "target.port", "target/@port", VY_INT },
    { "target.hotplug", "target/@hotplug", VY_ONOFF },
    { "target.busNr", "target/@busNr", VY_INT },
    { "target.index", "target/@index", VY_INT },
    { "target.node", "target/node", VY_INT },
    { "target.memReserve", "target/@memReserve", VY_INT },
    { "pcihole64", "pcihole64", VY_INT },
    { "pcihole64.unit", "pcihole64/@unit", VY_STRING },
    { "serial", "serial", VY_STRING },
    { "address", NULL, VY_STRING, .set = set_address },
    { "num_pcie_root_ports", NULL, VY_STRING },
    { 0 },
};

static const VyPlace controller_places[] = {
    { ".", "0.7.5" },
    { "@type", NULL,
      "scsi usb virtio-serial pci sata ide fdc ccid isa xenbus nvme@11.5.0" },
    { "@model", NULL,
      "auto buslogic lsilogic lsisas1068 vmpvscsi ibmvscsi virtio-scsi lsisas1078 "
      "virtio-transitional virtio-non-transitional ncr53c90 dc390 am53c974 piix3-uhci "
      "piix4-uhci ehci ich9-ehci1 ich9-uhci1 ich9-uhci2 ich9-uhci3 vt82c686b-uhci "
      "pci-ohci nec-xhci none qusb1 qusb2 qemu-xhci piix3 piix4 ich6 pci-root pcie-root "
      "pci-bridge dmi-to-pci-bridge pcie-to-pci-bridge pcie-root-port "
      "pcie-switch-upstream-port pcie-switch-downstream-port pci-expander-bus "
      "pcie-expander-bus virtio" },
    { "@maxGrantFrames", "6.3.0" },
    { "@vectors", "0.7.5" },
    { "master", "0.9.4" },
    { "driver/@iothread", "1.3.5" },
    { "driver/@queues", "1.0.5" },
    { "pcihole64", "1.1.2" },
    { "target/@chassisNr", "1.2.19" },
    { "target/@chassis", "1.2.19" },
    { "target/@port", "1.2.19" },
    { "target/@busNr", "1.3.4" },
    { "target/node", "1.3.4" },
    { "target/@index", "3.6.0" },
    { "target/@hotplug", "6.3.0" },
    { "target/@memReserve", "10.3.0" },
    { "serial", "11.5.0" },
    { 0 },
};

static const VySubopt *const controller_tables[] = { controller_rows, vy_rows_virtio,
                                                     vy_rows_address, NULL };

const VyDevice vy_device_controller = {
    .option = "controller",
    .help = N_ ("a controller: usb, scsi, pci, …"),
    .element = "devices/controller",
    .positional = "type",
    .rows = controller_tables,
    .places = controller_places,
};
