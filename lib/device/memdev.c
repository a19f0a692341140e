/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory devices, balloon, shared memory. */
#include "device-private.h"

/* MiB on the command line, KiB in the XML. */
static gboolean
set_mib (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
         const char *value, GError **error)
{
    guint64 mib;

    if (value && !vy_number_parse (value, G_MAXUINT64 / 1024, &mib, error))
        return FALSE;
    if (value)
        vy_xml_set_number (target->node, path, mib * 1024);
    else
        vy_xml_set (target->node, path, NULL);
    return TRUE;
}

static const VySubopt memdev_rows[] = {
    { "model", "@model", VY_STRING },
    { "access", "@access", VY_STRING },
    { "discard", "@discard", VY_YESNO },
    { "uuid", "uuid", VY_STRING },
    { "target.size", "target/size", VY_INT, .alias = "target_size", .set = set_mib },
    { "target.node", "target/node", VY_INT, .alias = "target_node" },
    { "target.label_size", "target/label/size", VY_INT, .alias = "target_label_size",
      .set = set_mib },
    { "target.block", "target/block", VY_INT },
    { "target.current", "target/current", VY_INT },
    { "target.requested", "target/requested", VY_INT },
    { "target.readonly", "target/readonly", VY_PRESENCE },
    { "target.address_base", "target/address/@base", VY_STRING },
    { "source.pagesize", "source/pagesize", VY_INT, .alias = "source_pagesize" },
    { "source.path", "source/path", VY_STRING, .alias = "source_path" },
    { "source.nodemask", "source/nodemask", VY_STRING, .alias = "source_nodemask",
      .flags = VY_COMMAS },
    { "source.pmem", "source/pmem", VY_PRESENCE },
    { "source.alignsize", "source/alignsize", VY_INT, .set = set_mib },
    { "target.dynamicMemslots", "target/@dynamicMemslots", VY_YESNO },
    { 0 },
};

static const VyPlace memdev_places[] = {
    { ".", "1.2.14" },
    { "@model", NULL, "dimm nvdimm virtio-pmem virtio-mem sgx-epc" },
    { "@access", "3.2.0", "shared private" },
    { "@discard", "4.4.0" },
    { "uuid", "6.2.0" },
    { "target/label", "3.2.0" },
    { "target/readonly", "5.0.0" },
    { "target/block", "7.9.0" },
    { "target/requested", "7.9.0" },
    { "target/current", "7.9.0" },
    { "target/address", "9.4.0" },
    { "target/@dynamicMemslots", "10.1.0" },
    { "source/alignsize", "5.0.0" },
    { "source/pmem", "5.0.0" },
    { 0 },
};

static const VySubopt *const memdev_tables[] = { memdev_rows, vy_rows_address, NULL };

const VyDevice vy_device_memdev = {
    .option = "memdev",
    .help = N_ ("a memory device"),
    .element = "devices/memory",
    .positional = "model",
    .rows = memdev_tables,
    .places = memdev_places,
};

static const VySubopt memballoon_rows[] = {
    { "model", "@model", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "autodeflate", "@autodeflate", VY_ONOFF },
    { "stats.period", "stats/@period", VY_INT },
    { "freePageReporting", "@freePageReporting", VY_ONOFF },
    { 0 },
};

static const VyPlace memballoon_places[] = {
    { ".", "0.8.3" },
    { "@model", NULL, "virtio virtio-transitional virtio-non-transitional xen none" },
    { "@autodeflate", "1.3.1" },
    { "@freePageReporting", "6.9.0" },
    { "stats", "1.1.1" },
    { 0 },
};

static const VySubopt *const memballoon_tables[] = { memballoon_rows, vy_rows_virtio,
                                                     vy_rows_address, NULL };

const VyDevice vy_device_memballoon = {
    .option = "memballoon",
    .help = N_ ("the memory balloon"),
    .element = "devices/memballoon",
    .positional = "model",
    .rows = memballoon_tables,
    .places = memballoon_places,
    .unique = TRUE,
};

static const VySubopt shmem_rows[] = {
    { "name", "@name", VY_STRING },
    { "role", "@role", VY_STRING },
    { "model.type", "model/@type", VY_STRING },
    { "size", "size", VY_INT },
    { "size.unit", "size/@unit", VY_STRING },
    { "server.path", "server/@path", VY_STRING },
    { "msi.vectors", "msi/@vectors", VY_INT },
    { "msi.ioeventfd", "msi/@ioeventfd", VY_ONOFF },
    { 0 },
};

static const VyPlace shmem_places[] = {
    { ".", "1.2.10" },
    { "@role", "6.6.0", "master peer" },
    { "model/@type", NULL, "ivshmem-plain ivshmem-doorbell ivshmem" },
    { 0 },
};

static const VySubopt *const shmem_tables[] = { shmem_rows, vy_rows_address, NULL };

const VyDevice vy_device_shmem = {
    .option = "shmem",
    .help = N_ ("shared memory"),
    .element = "devices/shmem",
    .positional = "name",
    .rows = shmem_tables,
    .places = shmem_places,
};
