/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Character devices: serial, parallel, channel, console, smartcard, redirection. */
#include "device-private.h"

/* "HOST:PORT", "HOST", ":PORT", an IPv6 address in brackets */
static void
split_host (const char *value, char **host, char **port)
{
    const char *colon = value ? strrchr (value, ':') : NULL;
    const char *bracket = value ? strrchr (value, ']') : NULL;

    if (colon && bracket && colon < bracket)
        colon = NULL;
    *host = value
                ? (colon ? g_strndup (value, (gsize) (colon - value)) : g_strdup (value))
                : NULL;
    *port = colon ? g_strdup (colon + 1) : NULL;
    if (*host && **host == '[') {
        g_strdelimit (*host, "[]", ' ');
        g_strstrip (*host);
    }
    if (*host && **host == '\0')
        g_clear_pointer (host, g_free);
}

gboolean
vy_set_host_port (VySuboptTarget *target, const char *host_path, const char *port_path,
                  const char *value)
{
    g_autofree char *host = NULL;
    g_autofree char *port = NULL;

    split_host (value, &host, &port);
    /* ":PORT" is this machine's */
    vy_xml_set (target->node, host_path, host || !port ? host : "127.0.0.1");
    vy_xml_set (target->node, port_path, port);
    return TRUE;
}

gboolean
vy_set_host (VySuboptTarget *target, const VySubopt *row, G_GNUC_UNUSED const char *path,
             const char *value, G_GNUC_UNUSED GError **error)
{
    gboolean udp = vy_xml_is (target->node, "@type", "udp");

    if (udp)
        return vy_set_host_port (target, "source[@mode='connect']/@host",
                                 "source[@mode='connect']/@service", value);
    if (strcmp (row->key, "host") == 0 && !vy_xml_has (target->node, "source/@mode"))
        vy_xml_set (target->node, "source/@mode", "connect");
    return vy_set_host_port (target, "source/@host", "source/@service", value);
}

static gboolean
set_bind_host (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
               G_GNUC_UNUSED const char *path, const char *value,
               G_GNUC_UNUSED GError **error)
{
    return vy_set_host_port (target, "source[@mode='bind']/@host",
                             "source[@mode='bind']/@service", value);
}

static gboolean
set_target_address (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
                    G_GNUC_UNUSED const char *path, const char *value,
                    G_GNUC_UNUSED GError **error)
{
    vy_set_host_port (target, "target/@address", "target/@port", value);
    if (target->editing && value && !vy_xml_has (target->node, "target/@port"))
        vy_xml_set (target->node, "target/@port", "0");
    return TRUE;
}

/* Who listens, where nothing was said: this side. */
static gboolean
finish_character (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    gboolean connects = vy_xml_is (target->node, "@type", "tcp") ||
                        vy_xml_is (target->node, "@type", "unix");

    if (!target->editing && connects && !vy_xml_has (target->node, "source/@mode"))
        vy_xml_set (target->node, "source/@mode", "bind");
    return TRUE;
}

/* What all of them have in common. */
static const VySubopt character_rows[] = {
    { "type", "@type", VY_STRING, .alias = "char_type" },
    { "path", "source/@path", VY_STRING },
    { "mode", "source/@mode", VY_STRING },
    { "bind_host", "source/@host", VY_STRING, .set = set_bind_host },
    { "host", "source/@host", VY_STRING, .set = vy_set_host },
    { "protocol.type", "protocol/@type", VY_STRING, .alias = "protocol" },
    { "target.address", "target/@address", VY_STRING, .alias = "target_address",
      .set = set_target_address },
    { "target.type", "target/@type", VY_STRING, .alias = "target_type" },
    { "target.name", "target/@name", VY_STRING, .alias = "name" },
    { "target.port", "target/@port", VY_INT },
    { "target.model.name", "target/model/@name", VY_STRING },
    { 0 },
};

static const VyPlace character_places[] = {
    { "@type", NULL, VY_CHARACTER_TYPES },
    { "source/@mode", NULL, "connect bind" },
    { "target/@type", NULL,
      "isa-serial usb-serial pci-serial spapr-vio-serial system-serial sclp-serial "
      "isa-debug virtio serial xen lxc openvz uml sclp sclplm" },
    { "target/model/@name", "3.10.0",
      "isa-serial usb-serial pci-serial spapr-vty pl011 16550a sclpconsole sclplmconsole "
      "isa-debugcon" },
    { 0 },
};

static const VyPlace channel_places[] = {
    { "@type", NULL, VY_CHARACTER_TYPES },
    { "source/@mode", NULL, "connect bind" },
    { "target/@type", NULL, "virtio guestfwd xen" },
    { "target/@name", "0.7.7" },
    { 0 },
};

static const VySubopt *const character_tables[] = { character_rows, vy_rows_source,
                                                    vy_rows_address, NULL };

const VyDevice vy_device_serial = {
    .option = "serial",
    .help = N_ ("a serial port"),
    .element = "devices/serial",
    .positional = "type",
    .rows = character_tables,
    .places = character_places,
    .finish = finish_character,
};

const VyDevice vy_device_parallel = {
    .option = "parallel",
    .help = N_ ("a parallel port"),
    .element = "devices/parallel",
    .positional = "type",
    .rows = character_tables,
    .places = character_places,
    .finish = finish_character,
};

const VyDevice vy_device_channel = {
    .option = "channel",
    .help = N_ ("a channel between guest and host"),
    .element = "devices/channel",
    .positional = "type",
    .rows = character_tables,
    .places = channel_places,
    .finish = finish_character,
};

const VyDevice vy_device_console = {
    .option = "console",
    .help = N_ ("a text console"),
    .element = "devices/console",
    .positional = "type",
    .rows = character_tables,
    .places = character_places,
    .finish = finish_character,
};

static const VySubopt smartcard_rows[] = {
    { "mode", "@mode", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "type", "@type", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "protocol.type", "protocol/@type", VY_STRING },
    { "database", "database", VY_STRING, .flags = VY_COMMAS },
    { "certificate%", "certificate%", VY_STRING, .flags = VY_COMMAS },
    { 0 },
};

static const VyPlace smartcard_places[] = {
    { ".", "0.8.8" },
    { "@mode", NULL, "host host-certificates passthrough" },
    { "@type", NULL, VY_CHARACTER_TYPES },
    { 0 },
};

static const VySubopt *const smartcard_tables[] = { smartcard_rows, vy_rows_source,
                                                    vy_rows_address, NULL };

const VyDevice vy_device_smartcard = {
    .option = "smartcard",
    .help = N_ ("a smartcard reader"),
    .element = "devices/smartcard",
    .positional = "mode",
    .rows = smartcard_tables,
    .places = smartcard_places,
};

static const VySubopt redirdev_rows[] = {
    { "boot.order", "boot/@order", VY_INT, .alias = "boot_order",
      .set = vy_set_boot_order },
    { "bus", "@bus", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "type", "@type", VY_STRING, .flags = VY_SKIP_DEFAULT },
    { "server", NULL, VY_STRING, .set = vy_set_host },
    { "protocol.type", "protocol/@type", VY_STRING },
    { 0 },
};

static const VyPlace redirdev_places[] = {
    { ".", "0.9.5" },
    { "@bus", NULL, "usb" },
    { "@type", NULL, VY_CHARACTER_TYPES },
    { 0 },
};

static const VySubopt *const redirdev_tables[] = { redirdev_rows, vy_rows_source,
                                                   vy_rows_address, NULL };

const VyDevice vy_device_redirdev = {
    .option = "redirdev",
    .help = N_ ("a USB redirection"),
    .element = "devices/redirdev",
    .positional = "bus",
    .rows = redirdev_tables,
    .places = redirdev_places,
};
