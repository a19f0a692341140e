/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Graphical displays. */
#include "device-private.h"

static gboolean
set_listen (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
            G_GNUC_UNUSED const char *path, const char *value,
            G_GNUC_UNUSED GError **error)
{
    xmlNode *node = target->node;

    if (g_strcmp0 (value, "none") == 0 || g_strcmp0 (value, "socket") == 0) {
        vy_xml_set (node, "@listen", NULL);
        vy_xml_set (node, "listen", NULL);
        vy_xml_set (node, "listen/@type", value);
        return TRUE;
    }
    if (g_strcmp0 (value, "localhost") == 0)
        value = "127.0.0.1";
    else if (g_strcmp0 (value, "any") == 0)
        value = "0.0.0.0";
    vy_xml_set (node, "@listen", value);
    if (vy_xml_has (node, "listen/@address"))
        vy_xml_set (node, "listen/@address", value);
    else if (vy_xml_is (node, "listen/@type", "address")) /* said in one place only */
        vy_xml_remove (vy_xml_find (node, "listen"));
    return TRUE;
}

static gboolean
set_port (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->node, path, value);
    vy_xml_set (target->node, "@autoport", g_strcmp0 (value, "-1") == 0 ? "yes" : NULL);
    return TRUE;
}

static gboolean
set_keymap (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
            const char *value, G_GNUC_UNUSED GError **error)
{
    if (value && (strcmp (value, "local") == 0 || strcmp (value, "none") == 0))
        value = NULL;
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    if (g_strcmp0 (value, "default") == 0)
        return TRUE;
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static const VySubopt graphics_rows[] = {
    { "type", "@type", VY_STRING, .set = set_type },
    { "port", "@port", VY_STRING, .set = set_port },
    { "tlsPort", "@tlsPort", VY_STRING, .alias = "tlsport", .set = set_port },
    { "websocket", "@websocket", VY_INT },
    { "listen", NULL, VY_STRING, .set = set_listen },
    { "keymap", "@keymap", VY_STRING, .set = set_keymap },
    { "password", "@passwd", VY_STRING, .alias = "passwd" },
    { "passwordValidTo", "@passwdValidTo", VY_STRING, .alias = "passwdValidTo" },
    { "connected", "@connected", VY_STRING },
    { "defaultMode", "@defaultMode", VY_STRING },
    { "listens%.type", "listen%/@type", VY_STRING },
    { "listens%.address", "listen%/@address", VY_STRING },
    { "listens%.network", "listen%/@network", VY_STRING },
    { "listens%.socket", "listen%/@socket", VY_STRING },
    { "image.compression", "image/@compression", VY_STRING,
      .alias = "image_compression" },
    { "streaming.mode", "streaming/@mode", VY_STRING, .alias = "streaming_mode" },
    { "clipboard.copypaste", "clipboard/@copypaste", VY_YESNO,
      .alias = "clipboard_copypaste" },
    { "mouse.mode", "mouse/@mode", VY_STRING, .alias = "mouse_mode" },
    { "filetransfer.enable", "filetransfer/@enable", VY_YESNO,
      .alias = "filetransfer_enable" },
    { "zlib.compression", "zlib/@compression", VY_STRING },
    { "gl.enable", "gl/@enable", VY_YESNO, .alias = "gl" },
    { "gl.rendernode", "gl/@rendernode", VY_STRING, .alias = "rendernode" },
    { 0 },
};

static const VyPlace graphics_places[] = {
    { "@type", NULL, "vnc spice sdl rdp desktop egl-headless dbus" },
    { "@tlsPort", "0.8.6" },
    { "@websocket", "1.0.6" },
    { "@passwdValidTo", "0.8.5" },
    { "@connected", "0.9.3", "keep disconnect fail" },
    { "@defaultMode", "0.9.12", "any secure insecure" },
    { "listen%", "0.9.4" },
    { "listen%/@type", NULL, "address network socket none" },
    { "listen%/@socket", "2.0.0" },
    { "image/@compression", "0.9.1", "auto_glz auto_lz quic glz lz off" },
    { "zlib/@compression", "0.9.1", "auto never always" },
    { "streaming", "0.9.2" },
    { "streaming/@mode", NULL, "filter all off" },
    { "clipboard", "0.9.3" },
    { "mouse", "0.9.11" },
    { "mouse/@mode", NULL, "server client" },
    { "filetransfer", "1.2.2" },
    { "gl/@enable", "1.3.3" },
    { "gl/@rendernode", "3.1.0" },
    { 0 },
};

static const VySubopt *const graphics_tables[] = { graphics_rows, vy_rows_address, NULL };

const VyDevice vy_device_graphics = {
    .option = "graphics",
    .help = N_ ("a graphical display"),
    .element = "devices/graphics",
    .positional = "type",
    .rows = graphics_tables,
    .places = graphics_places,
};
