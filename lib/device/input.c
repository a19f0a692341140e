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

static const VySubopt *const input_tables[] = { input_rows, vy_rows_virtio,
                                                vy_rows_address, NULL };

const VyDevice vy_device_input = {
    .option = "input",
    .help = N_ ("an input device"),
    .element = "devices/input",
    .positional = "type",
    .rows = input_tables,
};
