/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Input devices. */
#include "device-private.h"

static const VySubopt input_rows[] = {
    { "type", "@type", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "bus", "@bus", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "model", "@model", VY_STRING },
    { "source.evdev", "source/@evdev", VY_STRING },
    { "source.dev", "source/@dev", VY_STRING },
    { "source.repeat", "source/@repeat", VY_ONOFF },
    { "source.grab", "source/@grab", VY_STRING },
    { "source.grabToggle", "source/@grabToggle", VY_STRING },
    { 0 },
};

static const VyPlace input_places[] = {
    { "@type", NULL, "tablet mouse keyboard passthrough evdev" },
    { "@bus", NULL, "usb ps2 virtio xen" },
    { "@model", "5.2.0", "virtio virtio-transitional virtio-non-transitional" },
    { "source/@evdev", "1.3.0" },
    { "source/@dev", "7.4.0" },
    { "source/@repeat", "7.4.0" },
    { "source/@grab", "7.4.0", "all" },
    { "source/@grabToggle", "7.6.0",
      "ctrl-ctrl alt-alt shift-shift meta-meta scrolllock ctrl-scrolllock" },
    { 0 },
};

static const VySubopt *const input_tables[] = { input_rows, vy_rows_virtio,
                                                vy_rows_address, NULL };

const VyDevice vy_device_input = {
    .option = "input",
    .help = N_ ("an input device"),
    .element = "devices/input",
    .positional = "type",
    .rows = input_tables,
    .places = input_places,
};
