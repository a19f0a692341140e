/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults: graphics, video, sound, input, USB redirection. */
#include "vy-guest-hostdev-private.h"
#include "vy-guest-private.h"

/* ---- graphics -----------------------------------------------------------------------
 */

static const char *
choose_graphics (const VyFacts *facts)
{
    if ((facts->is_qemu || facts->is_test) &&
        vy_domcaps_has_spice (facts->host, facts->domcaps))
        return "spice";
    return "vnc";
}

static gboolean
is_port (xmlNode *device, const char *place, GError **error)
{
    g_autofree char *text = vy_xml_get (device, place);
    gint64 port = text ? g_ascii_strtoll (text, NULL, 10) : -1;

    if (port == -1 || (port >= 5900 && port <= 65535))
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("port %s of graphics is not between 5900 and 65535"), text);
}

static gboolean
is_automatic (xmlNode *device, const char *place)
{
    return !vy_xml_has (device, place) || vy_xml_is (device, place, "-1");
}

static void
choose_render_node (const VyFacts *facts, xmlNode *device)
{
    g_autofree char *node = vy_hostdev_find_render_node (facts->host);

    if (node)
        vy_xml_set (device, "gl/@rendernode", node);
}

static void
set_window (const VyFacts *facts, xmlNode *device)
{
    const char *authority;
    const char *display = vy_host_get_display (facts->host, &authority);

    if (display)
        vy_xml_fill (device, "@display", display);
    if (authority)
        vy_xml_fill (device, "@xauth", authority);
}

gboolean
vy_default_graphics (const VyFacts *facts, xmlNode *device, GError **error)
{
    g_autofree char *type = vy_xml_get (device, "@type");
    gboolean no_listen = vy_xml_is (device, "listen/@type", "none") ||
                         vy_xml_is (device, "listen/@type", "socket");
    gboolean local;

    if (!is_port (device, "@port", error) || !is_port (device, "@tlsPort", error))
        return FALSE;
    if (!type || !strcmp (type, "default")) {
        vy_xml_set (device, "@type", choose_graphics (facts));
        g_free (type);
        type = vy_xml_get (device, "@type");
    }
    if (!strcmp (type, "vnc") && !no_listen && !vy_xml_has (device, "@socket"))
        vy_xml_fill (device, "@port", "-1");
    if (!strcmp (type, "sdl"))
        set_window (facts, device);
    if (strcmp (type, "spice"))
        return TRUE;
    if (vy_xml_is (device, "gl/@enable", "yes") && !vy_xml_has (device, "gl/@rendernode"))
        choose_render_node (facts, device);
    if (!no_listen && is_automatic (device, "@port") &&
        is_automatic (device, "@tlsPort")) {
        vy_xml_set (device, "@port", "-1");
        vy_xml_set (device, "@tlsPort", "-1");
        vy_xml_set (device, "@autoport", "yes");
    }
    if (!no_listen) {
        vy_xml_fill (device, "@port", "-1");
        vy_xml_fill (device, "@tlsPort", "-1");
    }
    local = !vy_host_is_remote (facts->host);
    if (local)
        vy_xml_fill (device, "image/@compression", "off");
    return TRUE;
}

static gboolean
wants_graphics (const VyFacts *facts)
{
    if (facts->is_container)
        return facts->driver == VY_DRIVER_VZ;
    return !facts->is_s390x;
}

/* ---- video --------------------------------------------------------------------------
 */

static gboolean
has_video (const VyFacts *facts, const char *model)
{
    return vy_domcaps_has_value (facts->domcaps, "devices/video", "modelType", model);
}

static const char *
choose_video_of_virt (const VyFacts *facts)
{
    if ((facts->os & OS_VIRTIO_GPU) && has_video (facts, "virtio"))
        return "virtio";
    if (has_video (facts, "ramfb") && vy_facts_is_uefi (facts))
        return "ramfb";
    return "vga";
}

static const char *
choose_video (const VyFacts *facts)
{
    if (facts->is_ppc64)
        return "vga";
    if (facts->is_s390x)
        return "virtio";
    if (facts->is_virt)
        return choose_video_of_virt (facts);
    if ((facts->os & OS_VIRTIO_GPU) && has_video (facts, "virtio"))
        return "virtio";
    if (vy_facts_has_spice (facts) && facts->is_x86)
        return vy_facts_has_gl (facts) ? "virtio" : "qxl";
    if (facts->is_hvm && vy_facts_is_uefi (facts) && has_video (facts, "bochs"))
        return "bochs";
    return facts->is_hvm ? "vga" : NULL;
}

gboolean
vy_default_video (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    if (vy_xml_is (device, "model/@type", "default"))
        vy_xml_set (device, "model/@type", NULL);
    vy_xml_fill (device, "model/@type", choose_video (facts));
    if (vy_xml_is (device, "model/@type", "virtio") && vy_facts_has_gl (facts))
        vy_xml_fill (device, "model/acceleration/@accel3d", "yes");
    return TRUE;
}

/* ---- sound --------------------------------------------------------------------------
 */

gboolean
vy_default_sound (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    gboolean new = facts->is_q35 || facts->is_virt;

    if (vy_xml_is (device, "@model", "default"))
        vy_xml_set (device, "@model", NULL);
    vy_xml_fill (device, "@model", new ? "ich9" : "ich6");
    return TRUE;
}

void
vy_add_display (const VyFacts *facts, const VySkip *skip)
{
    gboolean by_hand = vy_facts_has_graphics (facts);

    if (!by_hand && !skip->graphics && wants_graphics (facts))
        vy_default_graphics (facts, vy_facts_add (facts, "graphics"), NULL);
    if (!vy_facts_has_graphics (facts))
        return;
    if (!skip->video && !vy_facts_has_device (facts, "video") && facts->is_hvm)
        vy_xml_ensure (vy_facts_add (facts, "video"), "model");
    if (!skip->sound && facts->is_hvm && !vy_facts_has_device (facts, "sound") &&
        vy_facts_has_spice (facts) && (facts->is_qemu || facts->is_test))
        vy_facts_add (facts, "sound");
}

/* ---- input --------------------------------------------------------------------------
 */

static gboolean
has_usb (const VyFacts *facts)
{
    return !vy_facts_has_device (facts, "controller[@type='usb'][@model='none']");
}

gboolean
vy_default_input (G_GNUC_UNUSED const VyFacts *facts, xmlNode *device,
                  G_GNUC_UNUSED GError **error)
{
    if (vy_xml_is (device, "@type", "default"))
        vy_xml_set (device, "@type", NULL);
    vy_xml_fill (device, "@type", "mouse");
    if (vy_xml_is (device, "@bus", "default"))
        vy_xml_set (device, "@bus", NULL);
    return TRUE;
}

static void
add_input (const VyFacts *facts, const char *type, const char *bus)
{
    xmlNode *input = vy_facts_add (facts, "input");

    vy_xml_set (input, "@type", type);
    vy_xml_set (input, "@bus", bus);
}

void
vy_add_input (const VyFacts *facts, const VySkip *skip)
{
    gboolean two = facts->is_virt || facts->is_ppc64 || facts->is_s390x;
    const char *bus = facts->is_s390x ? "virtio" : "usb";

    if (skip->input || vy_facts_has_device (facts, "input") ||
        !vy_facts_has_graphics (facts) || !facts->is_hvm)
        return;
    if (!has_usb (facts) && !facts->is_s390x)
        return;
    add_input (facts, "tablet", bus);
    if (two)
        add_input (facts, "keyboard", bus);
}

/* ---- redirection --------------------------------------------------------------------
 */

void
vy_add_redirection (const VyFacts *facts, const VySkip *skip)
{
    if (skip->redirdev || vy_facts_has_device (facts, "redirdev") ||
        !vy_facts_has_spice (facts) || !has_usb (facts) || !facts->is_x86 ||
        !vy_domcaps_has_usb_redirection (facts->host, facts->domcaps))
        return;
    for (int i = 0; i < 2; i++) {
        xmlNode *device = vy_facts_add (facts, "redirdev");

        vy_xml_set (device, "@bus", "usb");
        vy_xml_set (device, "@type", "spicevmc");
    }
}
