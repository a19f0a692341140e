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

static const VyPlace sound_places[] = {
    { ".", "0.4.3" },
    { "@model", NULL, "ich9 ich7 ich6 ac97 usb virtio@10.4.0 es1370 sb16 pcspk" },
    { "codec%", "0.9.13" },
    { "codec%/@type", NULL, "duplex micro output" },
    { "audio", "6.7.0" },
    { "@streams", "10.4.0" },
    { 0 },
};

static const VySubopt *const sound_tables[] = { sound_rows, vy_rows_address, NULL };

const VyDevice vy_device_sound = {
    .option = "sound",
    .help = N_ ("a sound card"),
    .element = "devices/sound",
    .positional = "model",
    .rows = sound_tables,
    .places = sound_places,
};

static const VySubopt audio_rows[] = {
    { "type", "@type", VY_STRING },
    { "id", "@id", VY_STRING },
    { 0 },
};

static const VyPlace audio_places[] = {
    { ".", "6.7.0" },
    { "@type", NULL,
      "none alsa coreaudio dbus jack oss pipewire@9.10.0 pulseaudio sdl spice file" },
    { 0 },
};

static const VySubopt *const audio_tables[] = { audio_rows, NULL };

const VyDevice vy_device_audio = {
    .option = "audio",
    .help = N_ ("an audio backend of the host"),
    .element = "devices/audio",
    .rows = audio_tables,
    .places = audio_places,
};
