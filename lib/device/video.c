/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Video hardware. */
#include "device-private.h"

static const VySubopt video_rows[] = {
    { "model.type", "model/@type", VY_STRING, .alias = "model",
      .flags = VY_SKIP_DEFAULT },
    { "model.acceleration.accel3d", "model/acceleration/@accel3d", VY_YESNO,
      .alias = "accel3d" },
    { "model.heads", "model/@heads", VY_INT, .alias = "heads" },
    { "model.ram", "model/@ram", VY_INT, .alias = "ram" },
    { "model.vram", "model/@vram", VY_INT, .alias = "vram" },
    { "model.vram64", "model/@vram64", VY_INT, .alias = "vram64" },
    { "model.vgamem", "model/@vgamem", VY_INT, .alias = "vgamem" },
    { "model.blob", "model/@blob", VY_ONOFF },
    { 0 },
};

static const VyPlace video_places[] = {
    { "model/@type", NULL, "virtio vga qxl bochs ramfb cirrus none vmvga xen vbox gop" },
    { "model/acceleration/@accel3d", "0.7.1" },
    { "model/@ram", "1.0.2" },
    { "model/@vgamem", "1.2.11" },
    { "model/@vram64", "1.3.3" },
    { "model/@blob", "9.2.0" },
    { 0 },
};

static const VySubopt *const video_tables[] = { video_rows, vy_rows_virtio,
                                                vy_rows_address, NULL };

const VyDevice vy_device_video = {
    .option = "video",
    .help = N_ ("video hardware"),
    .element = "devices/video",
    .positional = "model.type",
    .rows = video_tables,
    .places = video_places,
};
