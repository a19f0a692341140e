/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults of single devices: network cards, characters, controllers, small ones. */
#include "vy-guest-private.h"
#include "vy-host-private.h"
#include "vy-identity-private.h"

/* ---- network ------------------------------------------------------------------------
 */

static const char *
choose_card (const VyFacts *facts)
{
    if (facts->is_xenpv || facts->is_container)
        return NULL;
    if (facts->is_s390x)
        return "virtio";
    if ((facts->os & OS_VIRTIO_NET) && facts->is_qemu)
        return "virtio";
    if (facts->is_q35)
        return "e1000e";
    return facts->is_x86 ? "e1000" : NULL;
}

static void
make_mac (const VyFacts *facts, xmlNode *device)
{
    g_autofree char *mac = vy_identity_make_mac (facts->host);

    vy_xml_set (device, "mac/@address", mac);
}

/* A guest goes where this machine's own way out leads, and else through libvirt's NAT. */
static void
set_default_source (const VyFacts *facts, xmlNode *device)
{
    gboolean is_user = facts->is_test || vy_host_is_session (facts->host);
    g_autofree char *bridge = is_user ? NULL : vy_host_find_bridge (facts->host);

    vy_xml_set (device, "@type", is_user ? "user" : bridge ? "bridge" : "network");
    if (bridge)
        vy_xml_set (device, "source/@bridge", bridge);
    else if (!is_user)
        vy_xml_set (device, "source/@network", "default");
}

void
vy_default_settle (const VyFacts *facts, xmlNode *device)
{
    if (xmlStrEqual (device->name, BAD_CAST "interface") &&
        vy_xml_is (device, "@type", "default"))
        set_default_source (facts, device);
    if (xmlStrEqual (device->name, BAD_CAST "tpm") &&
        vy_xml_is (device, "backend/@type", "default"))
        vy_xml_set (device, "backend/@type", "emulator");
}

/* A bridge that is not named is the machine's. */
static void
fill_bridge (const VyFacts *facts, xmlNode *device)
{
    g_autofree char *bridge =
        vy_xml_is (device, "@type", "bridge") && !vy_xml_has (device, "source/@bridge")
            ? vy_host_find_bridge (facts->host)
            : NULL;

    if (bridge)
        vy_xml_set (device, "source/@bridge", bridge);
}

gboolean
vy_default_interface (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    if (vy_xml_is (device, "@type", "default"))
        set_default_source (facts, device);
    vy_xml_fill (device, "@type", "bridge");
    fill_bridge (facts, device);
    if (!vy_xml_has (device, "mac/@address"))
        make_mac (facts, device);
    if (vy_xml_is (device, "model/@type", "default"))
        vy_xml_set (device, "model/@type", NULL);
    vy_xml_fill (device, "model/@type", choose_card (facts));
    return TRUE;
}

/* ---- characters ---------------------------------------------------------------------
 */

static void
set_nmdm (xmlNode *device, xmlNode *domain)
{
    g_autofree char *uuid = vy_xml_get (domain, "uuid");
    g_autofree char *master = g_strdup_printf ("/dev/nmdm%sA", uuid ? uuid : "0");
    g_autofree char *slave = g_strdup_printf ("/dev/nmdm%sB", uuid ? uuid : "0");

    if (vy_xml_has (device, "source/@master") || vy_xml_has (device, "source/@slave"))
        return;
    vy_xml_set (device, "source/@master", master);
    vy_xml_set (device, "source/@slave", slave);
}

static gboolean
is_agent_type (xmlNode *device)
{
    return vy_xml_is (device, "@type", "spicevmc") ||
           vy_xml_is (device, "@type", "qemu-vdagent");
}

gboolean
vy_default_character (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    gboolean is_bhyve = facts->driver == VY_DRIVER_BHYVE;
    gboolean is_console = xmlStrEqual (device->name, BAD_CAST "console");

    if (is_console && !device->properties && !device->children)
        vy_xml_set (device, "@type", is_bhyve ? "nmdm" : "pty");
    if (vy_xml_is (device, "@type", "nmdm") && !vy_xml_has (device, "source/@master") &&
        !vy_xml_has (device, "source/@slave"))
        set_nmdm (device, facts->domain);
    if (is_console && facts->is_s390x && facts->is_hvm)
        vy_xml_fill (device, "target/@type", "sclp");
    if (vy_xml_is (device, "@type", "unix") || vy_xml_is (device, "@type", "tcp"))
        vy_xml_fill (device, "source/@mode", "bind");
    if (is_agent_type (device))
        vy_xml_fill (device, "target/@name", "com.redhat.spice.0");
    if (xmlStrEqual (device->name, BAD_CAST "channel"))
        vy_xml_fill (device, "target/@type", "virtio");
    return TRUE;
}

static void
add_channel (const VyFacts *facts, const char *type, const char *name)
{
    xmlNode *channel = vy_facts_add (facts, "channel");

    vy_xml_set (channel, "@type", type);
    if (!strcmp (type, "unix"))
        vy_xml_set (channel, "source/@mode", "bind");
    vy_xml_set (channel, "target/@type", "virtio");
    vy_xml_set (channel, "target/@name", name);
}

void
vy_add_characters (const VyFacts *facts, const VySkip *skip)
{
    if (!skip->console && !vy_facts_has_device (facts, "console") &&
        !vy_facts_has_device (facts, "serial"))
        vy_default_character (facts, vy_facts_add (facts, "console"), NULL);
    if (skip->channel || !((facts->is_qemu && facts->is_hvm) || facts->is_test))
        return;
    if (facts->os & OS_VIRTIO_SERIAL && facts->is_qemu &&
        !vy_facts_has_device (facts, "channel"))
        add_channel (facts, "unix", "org.qemu.guest_agent.0");
    if (vy_facts_has_spice (facts) &&
        !vy_facts_has_device (facts, "channel[@type='spicevmc']") &&
        vy_domcaps_has_spicevmc (facts->host, facts->domcaps))
        add_channel (facts, "spicevmc", "com.redhat.spice.0");
}

/* ---- controllers --------------------------------------------------------------------
 */

gboolean
vy_default_controller (const VyFacts *facts, xmlNode *device,
                       G_GNUC_UNUSED GError **error)
{
    if (vy_xml_is (device, "@type", "usb") && vy_xml_is (device, "@model", "qemu-xhci"))
        vy_xml_fill (device, "@ports", "15");
    if (vy_xml_is (device, "@type", "scsi") && facts->is_s390x)
        vy_xml_fill (device, "@model", "virtio-scsi");
    return TRUE;
}

static xmlNode *
add_controller (const VyFacts *facts, const char *type, const char *model)
{
    xmlNode *controller = vy_facts_add (facts, "controller");

    vy_xml_set (controller, "@type", type);
    vy_xml_set (controller, "@model", model);
    return controller;
}

static void
add_usb2 (const VyFacts *facts)
{
    static const char *const starts[] = { "0", "2", "4" };

    add_controller (facts, "usb", "ich9-ehci1");
    for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
        g_autofree char *model = g_strdup_printf ("ich9-uhci%" G_GSIZE_FORMAT, i + 1);

        vy_xml_set (add_controller (facts, "usb", model), "master/@startport", starts[i]);
    }
}

static void
add_usb (const VyFacts *facts)
{
    gboolean modern = facts->is_virt || facts->is_ppc64 ||
                      (facts->is_x86 && facts->is_qemu && (facts->os & OS_USB3));

    if (vy_facts_has_device (facts, "controller[@type='usb']") || facts->is_s390x ||
        !(facts->is_hvm || facts->is_test) || !(facts->is_qemu || facts->is_test))
        return;
    if (modern)
        vy_xml_set (add_controller (facts, "usb", "qemu-xhci"), "@ports", "15");
    else if (facts->is_x86)
        add_usb2 (facts);
}

static void
add_root_ports (const VyFacts *facts, int n_root_ports)
{
    if (!facts->is_qemu || !(facts->is_q35 || facts->is_virt) || n_root_ports <= 0 ||
        vy_facts_has_device (facts, "controller[@type='pci']"))
        return;
    add_controller (facts, "pci", "pcie-root");
    for (int i = 0; i < n_root_ports; i++)
        add_controller (facts, "pci", "pcie-root-port");
}

void
vy_add_scsi_controller (const VyFacts *facts, gboolean seeds)
{
    gboolean has_scsi_disk = FALSE;
    g_autoptr (GPtrArray) disks = vy_xml_find_all (facts->devices, "disk");

    for (guint i = 0; i < disks->len; i++)
        has_scsi_disk |= vy_xml_is (disks->pdata[i], "target/@bus", "scsi") &&
                         (seeds || !vy_xml_is (disks->pdata[i], "@install", "seed"));
    if (!has_scsi_disk || vy_facts_has_device (facts, "controller[@type='scsi']") ||
        !facts->is_qemu)
        return;
    if (facts->is_virt || facts->is_ppc64 || facts->is_s390x ||
        (facts->os & OS_VIRTIO_SCSI))
        add_controller (facts, "scsi", "virtio-scsi");
}

void
vy_add_controllers (const VyFacts *facts, const VySkip *skip, int n_root_ports)
{
    if (!skip->usb)
        add_usb (facts);
    add_root_ports (facts, n_root_ports);
}

/* ---- the small ones -----------------------------------------------------------------
 */

gboolean
vy_default_rng (G_GNUC_UNUSED const VyFacts *facts, xmlNode *device,
                G_GNUC_UNUSED GError **error)
{
    vy_xml_fill (device, "@model", "virtio");
    if (vy_xml_has (device, "backend") && !vy_xml_is (device, "backend", ""))
        vy_xml_fill (device, "backend/@model", "random");
    return TRUE;
}

gboolean
vy_default_tpm (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    gboolean emulated;

    if (vy_xml_is (device, "backend/@type", "default"))
        vy_xml_set (device, "backend/@type", "emulator");
    vy_xml_fill (device, "backend/@type", "passthrough");
    emulated = vy_xml_is (device, "backend/@type", "emulator");
    if (!vy_xml_has (device, "@model") && emulated &&
        !vy_xml_has (device, "backend/@version") &&
        vy_domcaps_has_value (facts->domcaps, "devices/tpm", "model", "tpm-crb"))
        vy_xml_set (device, "@model", "tpm-crb");
    return TRUE;
}

gboolean
vy_default_filesystem (const VyFacts *facts, xmlNode *device, GError **error)
{
    g_autofree char *target = vy_xml_get (device, "target/@dir");

    if (facts->is_container && target && *target != '/')
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("target '%s' of the file system is no absolute path"),
                         target);
    if (vy_xml_is (device, "@type", "default"))
        vy_xml_set (device, "@type", NULL);
    if (!facts->is_qemu && !facts->is_test && facts->driver != VY_DRIVER_LXC)
        return TRUE;
    vy_xml_fill (device, "@type", "mount");
    if (!vy_xml_is (device, "driver/@type", "virtiofs") &&
        !vy_xml_is (device, "driver/@type", "mtp"))
        vy_xml_fill (device, "@accessmode", "mapped");
    return TRUE;
}

gboolean
vy_default_hostdev (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    vy_xml_fill (device, "@mode", "subsystem");
    vy_xml_fill (device, "@managed", facts->driver == VY_DRIVER_XEN ? "no" : "yes");
    return TRUE;
}

static const char *
choose_panic (const VyFacts *facts)
{
    return facts->driver == VY_DRIVER_QEMU ? NULL : "isa";
}

gboolean
vy_default_small (const VyFacts *facts, xmlNode *device, G_GNUC_UNUSED GError **error)
{
    const char *name = (const char *) device->name;

    if (!strcmp (name, "panic") &&
        (!vy_xml_has (device, "@model") || vy_xml_is (device, "@model", "default"))) {
        vy_xml_set (device, "@model", NULL);
        vy_xml_fill (device, "@model", choose_panic (facts));
    }
    if (!strcmp (name, "redirdev")) {
        vy_xml_fill (device, "@bus", "usb");
        vy_xml_fill (device, "@type", "spicevmc");
    }
    if (!strcmp (name, "smartcard")) {
        vy_xml_fill (device, "@mode", "passthrough");
        vy_xml_fill (device, "@type",
                     vy_xml_is (device, "@mode", "passthrough") ? "spicevmc" : "tcp");
    }
    if (!strcmp (name, "memballoon"))
        vy_xml_fill (device, "@model", "virtio");
    if (!strcmp (name, "watchdog")) {
        vy_xml_fill (device, "@model", "i6300esb");
        vy_xml_fill (device, "@action", "reset");
    }
    if (!strcmp (name, "vsock")) {
        vy_xml_fill (device, "@model", "virtio");
        if (!vy_xml_has (device, "cid/@address"))
            vy_xml_fill (device, "cid/@auto", "yes");
    }
    return TRUE;
}

static void
add_tpm (const VyFacts *facts)
{
    xmlNode *tpm = vy_facts_add (facts, "tpm");

    vy_xml_set (tpm, "@install", "default");
    vy_xml_set (tpm, "backend/@type", "emulator");
    vy_default_tpm (facts, tpm, NULL);
}

void
vy_add_small (const VyFacts *facts, const VySkip *skip)
{
    if (!facts->is_qemu || !facts->is_hvm)
        return;
    if (!skip->memballoon && !vy_facts_has_device (facts, "memballoon") &&
        (facts->os & OS_VIRTIO_BALLOON))
        vy_xml_set (vy_facts_add (facts, "memballoon"), "@model", "virtio");
    if (!skip->rng && !vy_facts_has_device (facts, "rng") &&
        (facts->os & OS_VIRTIO_RNG)) {
        xmlNode *rng = vy_facts_add (facts, "rng");

        vy_xml_set (rng, "@model", "virtio");
        vy_xml_set (rng, "backend", "/dev/urandom");
        vy_xml_set (rng, "backend/@model", "random");
    }
    if (!skip->tpm && !vy_facts_has_device (facts, "tpm") && vy_facts_is_uefi (facts) &&
        !facts->is_arm32 &&
        vy_domcaps_has_value (facts->domcaps, "devices/tpm", "backendModel", "emulator"))
        add_tpm (facts);
}
