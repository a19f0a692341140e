/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* vsock, IOMMU, pstore. */
#include "device-private.h"

static const VySubopt vsock_rows[] = {
    { "model", "@model", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "cid.auto", "cid/@auto", VY_YESNO, .alias = "auto_cid" },
    { "cid.address", "cid/@address", VY_INT, .alias = "cid" },
    { 0 },
};

static const VyPlace vsock_places[] = {
    { ".", "4.4.0" },
    { "@model", "5.2.0", "virtio virtio-transitional virtio-non-transitional" },
    { 0 },
};

static const VySubopt *const vsock_tables[] = { vsock_rows, vy_rows_virtio,
                                                vy_rows_address, NULL };

const VyDevice vy_device_vsock = {
    .option = "vsock",
    .help = N_ ("a vsock"),
    .element = "devices/vsock",
    .positional = "model",
    .rows = vsock_tables,
    .places = vsock_places,
    .unique = TRUE,
};

static const VySubopt iommu_rows[] = {
    { "model", "@model", VY_STRING },
    { "driver.aw_bits", "driver/@aw_bits", VY_INT },
    { "driver.intremap", "driver/@intremap", VY_ONOFF },
    { "driver.caching_mode", "driver/@caching_mode", VY_ONOFF },
    { "driver.eim", "driver/@eim", VY_ONOFF },
    { "driver.iotlb", "driver/@iotlb", VY_ONOFF },
    { 0 },
};

static const VyPlace iommu_places[] = {
    { ".", "2.1.0" },
    { "@model", NULL, "intel smmuv3 virtio amd@11.5.0" },
    { "driver/@intremap", "3.4.0" },
    { "driver/@caching_mode", "3.4.0" },
    { "driver/@eim", "3.4.0" },
    { "driver/@iotlb", "3.5.0" },
    { "driver/@aw_bits", "6.5.0" },
    { 0 },
};

static const VySubopt *const iommu_tables[] = { iommu_rows, NULL };

const VyDevice vy_device_iommu = {
    .option = "iommu",
    .help = N_ ("an IOMMU"),
    .element = "devices/iommu",
    .positional = "model",
    .rows = iommu_tables,
    .places = iommu_places,
    .unique = TRUE,
};

static const VySubopt pstore_rows[] = {
    { "backend", "@backend", VY_STRING },
    { "path", "path", VY_STRING },
    { "size", "size", VY_INT },
    { 0 },
};

static const VyPlace pstore_places[] = {
    { ".", "10.6.0" },
    { "@backend", NULL, "acpi-erst" },
    { 0 },
};

static const VySubopt *const pstore_tables[] = { pstore_rows, NULL };

const VyDevice vy_device_pstore = {
    .option = "pstore",
    .help = N_ ("persistent store for panics"),
    .element = "devices/pstore",
    .rows = pstore_tables,
    .places = pstore_places,
    .unique = TRUE,
};
