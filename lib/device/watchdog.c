/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watchdogs and panic notifiers. */
#include "device-private.h"

static const VySubopt watchdog_rows[] = {
    { "model", "@model", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "action", "@action", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { 0 },
};

static const VyPlace watchdog_places[] = {
    { ".", "0.7.3" },
    { "@model", NULL, "i6300esb ib700 diag288 itco@9.1.0" },
    { "@action", NULL, "reset shutdown poweroff pause none dump inject-nmi" },
    { 0 },
};

static const VySubopt *const watchdog_tables[] = { watchdog_rows, vy_rows_address, NULL };

const VyDevice vy_device_watchdog = {
    .option = "watchdog",
    .help = N_ ("a watchdog"),
    .element = "devices/watchdog",
    .positional = "model",
    .rows = watchdog_tables,
    .places = watchdog_places,
    .unique = TRUE,
};

/* A port instead of a model is that of an ISA device. */
static gboolean
set_panic_model (VySuboptTarget *target, const VySubopt *row, const char *path,
                 const char *value, GError **error)
{
    if (value && g_str_has_prefix (value, "0x"))
        return vy_set_iobase (target, row, "address/@iobase", value, error);
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static const VySubopt panic_rows[] = {
    { "model", "@model", VY_STRING, .flags = VY_SKIP_DEFAULT, .set = set_panic_model },
    { "iobase", "address/@iobase", VY_STRING, .set = vy_set_iobase },
    { 0 },
};

static const VyPlace panic_places[] = {
    { ".", "1.2.1" },
    { "@model", "1.3.0", "isa pseries hyperv s390" },
    { 0 },
};

static const VySubopt *const panic_tables[] = { panic_rows, vy_rows_address, NULL };

const VyDevice vy_device_panic = {
    .option = "panic",
    .help = N_ ("a panic notifier"),
    .element = "devices/panic",
    .positional = "model",
    .rows = panic_tables,
    .places = panic_places,
};
