/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving a domain to another machine type or display. */
#include "vy-convert.h"

#include <string.h>

#include "vy-guest.h"
#include "vy-i18n-private.h"
#include "vy-units.h"

/* Splits "KEY=VALUE"; FALSE when it is another key. */
static gboolean
read_option (const char *options, const char *key, const char **value, GError **error)
{
    gsize length = strlen (key);

    *value = NULL;
    if (!options || !*options)
        return TRUE;
    if (strncmp (options, key, length) != 0 || options[length] != '=')
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is unknown here: only %s is"),
                         options, key);
    *value = options + length + 1;
    return TRUE;
}

static void
remove_all (xmlNode *domain, const char *path, const char *attribute, const char *value)
{
    g_autoptr (GPtrArray) all = vy_xml_find_all (domain, path);

    for (guint i = 0; i < all->len; i++)
        if (!attribute || vy_xml_is (g_ptr_array_index (all, i), attribute, value))
            vy_xml_remove (g_ptr_array_index (all, i));
}

static xmlNode *
add_device (VyHost *host, xmlNode *domain, const char *name, const char *type,
            GError **error)
{
    xmlNode *node = vy_xml_add (vy_xml_ensure (domain, "devices"), name);

    vy_xml_set (node, "@type", type);
    return vy_guest_device_defaults (host, domain, node, error) ? node : NULL;
}

/* ---- q35
 * ----------------------------------------------------------------------------------- */

/* Buses that q35 has not, and names of disks that are no longer theirs. */
static void
convert_disks (xmlNode *domain)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");
    guint next = 0;

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        g_autofree char *name = NULL;

        if (!vy_xml_is (disk, "target/@bus", "ide"))
            continue;
        do {
            g_autofree char *wanted =
                g_strdup_printf ("sd%c", (char) ('a' + next++ % 26));
            g_autofree char *place =
                g_strdup_printf ("devices/disk/target[@dev='%s']", wanted);
            gboolean taken = FALSE;

            for (guint j = 0; j < disks->len; j++)
                taken |= vy_xml_is (g_ptr_array_index (disks, j), "target/@dev", wanted);
            if (!taken)
                name = g_steal_pointer (&wanted);
        } while (!name && next < 26);
        vy_xml_set (disk, "target/@bus", "sata");
        vy_xml_set (disk, "target/@dev", name);
        vy_xml_set (disk, "address", NULL);
        while (vy_xml_has (disk, "address"))
            vy_xml_remove (vy_xml_find (disk, "address"));
    }
}

static void
drop_pci_addresses (xmlNode *domain)
{
    xmlNode *devices = vy_xml_find (domain, "devices");

    for (xmlNode *node = devices ? devices->children : NULL; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && vy_xml_is (node, "address/@type", "pci"))
            vy_xml_remove (vy_xml_find (node, "address"));
}

static gboolean
add_root_ports (xmlNode *domain, const char *number, GError **error)
{
    guint64 count = 0;

    if (!number)
        return TRUE;
    if (!vy_number_parse (number, 32, &count, error))
        return FALSE;
    for (guint64 i = 0; i < count; i++) {
        xmlNode *node = vy_xml_add (vy_xml_ensure (domain, "devices"), "controller");

        vy_xml_set (node, "@type", "pci");
        vy_xml_set (node, "@model", "pcie-root-port");
    }
    return TRUE;
}

gboolean
vy_convert_to_q35 (G_GNUC_UNUSED VyHost *host, xmlNode *domain, const char *options,
                   GError **error)
{
    g_autofree char *machine = vy_xml_get (domain, "os/type/@machine");
    g_autofree char *arch = vy_xml_get (domain, "os/type/@arch");
    const char *ports;

    if (!read_option (options, "num_pcie_root_ports", &ports, error))
        return FALSE;
    if (arch && strcmp (arch, "x86_64") != 0 && strcmp (arch, "i686") != 0)
        return vy_throw (error, VY_ERROR_STATE, _ ("a domain of %s has no q35 machine"),
                         arch);
    if (machine && strstr (machine, "q35"))
        return vy_throw (error, VY_ERROR_STATE, _ ("the machine is %s already"), machine);
    vy_xml_set (domain, "os/type/@machine", "q35");
    convert_disks (domain);
    drop_pci_addresses (domain);
    remove_all (domain, "devices/controller", "@type", "pci");
    remove_all (domain, "devices/controller", "@type", "ide");
    return add_root_ports (domain, ports, error);
}

/* ---- VNC
 * -------------------------------------------------------------------------------------
 */

static gboolean
add_vdagent (VyHost *host, xmlNode *domain, GError **error)
{
    xmlNode *channel = vy_xml_add (vy_xml_ensure (domain, "devices"), "channel");

    vy_xml_set (channel, "@type", "qemu-vdagent");
    return vy_guest_device_defaults (host, domain, channel, error);
}

/* The display keeps its place; where it was open to others it stays so. */
static gboolean
replace_display (VyHost *host, xmlNode *domain, GError **error)
{
    g_autofree char *listen = vy_xml_get (domain, "devices/graphics/@listen");
    xmlNode *vnc;

    remove_all (domain, "devices/graphics", NULL, NULL);
    vnc = add_device (host, domain, "graphics", "vnc", error);
    if (!vnc)
        return FALSE;
    vy_xml_set (vnc, "@listen", listen);
    return TRUE;
}

gboolean
vy_convert_to_vnc (VyHost *host, xmlNode *domain, const char *options, GError **error)
{
    const char *value;
    gboolean agent = FALSE;
    g_autoptr (GPtrArray) videos = vy_xml_find_all (domain, "devices/video");

    if (!read_option (options, "qemu-vdagent", &value, error) ||
        (value && !vy_boolean_parse (value, &agent, error)))
        return FALSE;
    if (!replace_display (host, domain, error))
        return FALSE;
    remove_all (domain, "devices/channel", "@type", "spicevmc");
    remove_all (domain, "devices/redirdev", "@type", "spicevmc");
    remove_all (domain, "devices/audio", "@type", "spice");
    remove_all (domain, "devices/smartcard", "@type", "spicevmc");
    for (guint i = 0; i < videos->len; i++) {
        xmlNode *video = g_ptr_array_index (videos, i);

        if (vy_xml_is (video, "model/@type", "qxl")) {
            vy_xml_set (video, "model", NULL);
            while (vy_xml_find (video, "model"))
                vy_xml_remove (vy_xml_find (video, "model"));
            vy_xml_set (video, "model/@type", "virtio");
        }
    }
    if (videos->len == 0 && !add_device (host, domain, "video", NULL, error))
        return FALSE;
    return !agent || add_vdagent (host, domain, error);
}
