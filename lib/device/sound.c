/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sound cards and audio backends. */
#include "device-private.h"

static const VySubopt sound_rows[] = {
    { "model", "@model", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "audio.id", "audio/@id", VY_STRING },
    { "codec%.type", "codec%/@type", VY_STRING },
    { "multichannel", "@multichannel", VY_YESNO },
    { "streams", "@streams", VY_STRING },
    { 0 },
};

static const VySubopt *const sound_tables[] = { sound_rows, vy_rows_address, NULL };

const VyDevice vy_device_sound = {
    .option = "sound",
    .help = N_ ("a sound card"),
    .element = "devices/sound",
    .positional = "model",
    .rows = sound_tables,
};

static const VySubopt audio_rows[] = {
    { "type", "@type", VY_STRING },
    { "id", "@id", VY_STRING },
    { 0 },
};

static const VySubopt *const audio_tables[] = { audio_rows, NULL };

const VyDevice vy_device_audio = {
    .option = "audio",
    .help = N_ ("an audio backend of the host"),
    .element = "devices/audio",
    .rows = audio_tables,
};
