/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random number generators. */
#include "device-private.h"

static gboolean
set_backend (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
             const char *value, G_GNUC_UNUSED GError **error)
{
    if (value && *value == '/') {
        vy_xml_set (target->node, "backend/@model", "random");
        vy_xml_set (target->node, "backend", value);
        return TRUE;
    }
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static gboolean
set_host (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    return vy_set_host_port (target, "backend/source/@host", "backend/source/@service",
                             value);
}

static const VySubopt rng_rows[] = {
    { "type", "backend/@model", VY_STRING },
    { "device", "backend", VY_STRING },
    { "model", "@model", VY_STRING },
    { "backend", "backend", VY_STRING },
    { "backend.model", "backend/@model", VY_STRING, .set = set_backend },
    { "backend.type", "backend/@type", VY_STRING, .alias = "backend_type" },
    { "backend.source.path", "backend/source/@path", VY_STRING },
    { "backend.source.host", "backend/source/@host", VY_STRING, .alias = "backend_host",
      .set = set_host },
    { "backend.source.service", "backend/source/@service", VY_INT,
      .alias = "backend_service" },
    { "backend.source.bind_host", "backend/source[@mode='bind']/@host", VY_STRING },
    { "backend.source.bind_service", "backend/source[@mode='bind']/@service", VY_INT },
    { "backend.source.connect_host", "backend/source[@mode='connect']/@host", VY_STRING,
      .alias = "backend_connect_host" },
    { "backend.source.connect_service", "backend/source[@mode='connect']/@service",
      VY_INT, .alias = "backend_connect_service" },
    { "backend.source.mode", "backend/source/@mode", VY_STRING, .alias = "backend_mode" },
    { "backend.source.master", "backend/source/@master", VY_STRING },
    { "backend.source.slave", "backend/source/@slave", VY_STRING },
    { "backend.source.seclabel%.model", "backend/source/seclabel%/@model", VY_STRING },
    { "backend.source.seclabel%.relabel", "backend/source/seclabel%/@relabel", VY_YESNO },
    { "backend.source.seclabel%.label", "backend/source/seclabel%/label", VY_STRING,
      .flags = VY_COMMAS },
    { "backend.protocol.type", "backend/protocol/@type", VY_STRING },
    { "backend.log.file", "backend/log/@file", VY_STRING },
    { "backend.log.append", "backend/log/@append", VY_ONOFF },
    { "backend.source.clipboard.copypaste", "backend/source/clipboard/@copypaste",
      VY_YESNO },
    { "backend.source.mouse.mode", "backend/source/mouse/@mode", VY_STRING },
    { "backend.source.channel", "backend/source/@channel", VY_STRING },
    { "backend.source.tls", "backend/source/@tls", VY_YESNO },
    { "rate.bytes", "rate/@bytes", VY_STRING, .alias = "rate_bytes" },
    { "rate.period", "rate/@period", VY_STRING, .alias = "rate_period" },
    { 0 },
};

static const VyPlace rng_places[] = {
    { ".", "1.0.3" },
    { "@model", NULL, "virtio virtio-transitional virtio-non-transitional" },
    { "backend/@model", NULL, "random egd builtin" },
    { "backend/@type", NULL, VY_CHARACTER_TYPES },
    { "backend/source/@mode", NULL, "connect bind" },
    { "backend/source/mouse/@mode", NULL, "server client" },
    { "backend/protocol/@type", NULL, "raw telnet telnets tls" },
    { "backend/source/@tls", "2.4.0" },
    { "rate", "1.0.4" },
    { 0 },
};

static const VySubopt *const rng_tables[] = { rng_rows, vy_rows_virtio, vy_rows_address,
                                              NULL };

const VyDevice vy_device_rng = {
    .option = "rng",
    .help = N_ ("a random number generator"),
    .element = "devices/rng",
    .positional = "backend.model",
    .rows = rng_tables,
    .places = rng_places,
};
