/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Directories of the host. */
#include "device-private.h"

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    if (g_strcmp0 (value, "default") != 0)
        vy_xml_set (target->node, "@type", value);
    return TRUE;
}

static gboolean
set_source (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
            G_GNUC_UNUSED const char *path, const char *value,
            G_GNUC_UNUSED GError **error)
{
    static const struct {
        const char *type, *place;
    } places[] = { { "file", "source/@file" },
                   { "block", "source/@dev" },
                   { "template", "source/@name" },
                   { "ram", "source/@usage" },
                   { "volume", "source/@volume" } };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        if (vy_xml_is (target->node, "@type", places[i].type)) {
            vy_xml_set (target->node, places[i].place, value);
            return TRUE;
        }
    vy_xml_set (target->node, "source/@dir", value);
    return TRUE;
}

static const VySubopt filesystem_rows[] = {
    { "type", NULL, VY_STRING, .set = set_type },
    { "accessmode", "@accessmode", VY_STRING, .alias = "mode" },
    { "model", "@model", VY_STRING },
    { "multidevs", "@multidevs", VY_STRING },
    { "readonly", "readonly", VY_PRESENCE },
    { "space_hard_limit", "space_hard_limit", VY_STRING },
    { "space_soft_limit", "space_soft_limit", VY_STRING },
    { "fmode", "@fmode", VY_STRING },
    { "dmode", "@dmode", VY_STRING },
    { "source", NULL, VY_STRING, .set = set_source },
    { "target", "target/@dir", VY_STRING },
    { "source.file", "source/@file", VY_STRING },
    { "source.dir", "source/@dir", VY_STRING },
    { "source.dev", "source/@dev", VY_STRING },
    { "source.name", "source/@name", VY_STRING },
    { "source.pool", "source/@pool", VY_STRING },
    { "source.volume", "source/@volume", VY_STRING },
    { "source.units", "source/@units", VY_STRING },
    { "source.usage", "source/@usage", VY_STRING },
    { "source.socket", "source/@socket", VY_STRING },
    { "target.dir", "target/@dir", VY_STRING },
    { "binary.path", "binary/@path", VY_STRING },
    { "binary.xattr", "binary/@xattr", VY_ONOFF },
    { "binary.cache.mode", "binary/cache/@mode", VY_STRING },
    { "binary.lock.posix", "binary/lock/@posix", VY_ONOFF },
    { "binary.lock.flock", "binary/lock/@flock", VY_ONOFF },
    { "binary.sandbox.mode", "binary/sandbox/@mode", VY_STRING },
    { "driver.format", "driver/@format", VY_STRING },
    { "driver.name", "driver/@name", VY_STRING },
    { "driver.queue", "driver/@queue", VY_STRING },
    { "driver.type", "driver/@type", VY_STRING },
    { "driver.wrpolicy", "driver/@wrpolicy", VY_STRING },
    { 0 },
};

static const VyPlace filesystem_places[] = {
    { ".", "0.3.3" },
    { "type", NULL, "mount template file block ram bind volume" },
    { "@accessmode", "0.8.5", "passthrough mapped squash" },
    { "@model", "5.2.0", "virtio virtio-transitional virtio-non-transitional" },
    { "@multidevs", "6.3.0", "default remap forbid warn" },
    { "@fmode", "6.10.0" },
    { "@dmode", "6.10.0" },
    { "space_hard_limit", "0.9.13" },
    { "space_soft_limit", "0.9.13" },
    { "source/@usage", "0.9.13" },
    { "source/@units", "0.9.13" },
    { "source/@socket", "6.2.0" },
    { "binary", "6.2.0" },
    { "binary/cache/@mode", NULL, "none always" },
    { "binary/sandbox", "7.2.0" },
    { "binary/sandbox/@mode", NULL, "namespace chroot" },
    { "driver", "1.0.6" },
    { "driver/@type", "0.9.7", "virtiofs path handle loop nbd ploop" },
    { "driver/@format", NULL,
      "raw qcow2 qcow qed vmdk vdi vpc luks ploop bochs cloop cow dir dmg fat iso vhd" },
    { "driver/@wrpolicy", "0.9.10", "immediate" },
    { "driver/@queue", "6.2.0" },
    { 0 },
};

static const VySubopt *const filesystem_tables[] = { filesystem_rows, vy_rows_virtio,
                                                     vy_rows_address, NULL };

const VyDevice vy_device_filesystem = {
    .option = "filesystem",
    .help = N_ ("a directory of the host"),
    .element = "devices/filesystem",
    .positional = "source target",
    .rows = filesystem_tables,
    .places = filesystem_places,
};
