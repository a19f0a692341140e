/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked about an operating system while a guest is made. */
#include "vy-guest-os-private.h"

#include "vy-guest-private.h"
#include "vy-os.h"

char *
vy_guest_os_find (const char *name, GError **error)
{
    g_autoptr (VyOs) os = vy_os_lookup (name, error);

    return os ? g_strdup (vy_os_get_id (os)) : NULL;
}

char *
vy_guest_os_short_id (const char *id)
{
    g_autoptr (VyOs) os = vy_os_lookup (id, NULL);

    return os ? g_strdup (vy_os_get_short_id (os)) : NULL;
}

/* ---- traits -------------------------------------------------------------------------
 */

static const struct {
    const char *device;
    guint trait;
} devices[] = {
    { "http://pcisig.com/pci/1af4/1001", OS_VIRTIO_BLOCK },
    { "http://pcisig.com/pci/1af4/1042", OS_VIRTIO_BLOCK },
    { "http://pcisig.com/pci/1af4/1000", OS_VIRTIO_NET },
    { "http://pcisig.com/pci/1af4/1041", OS_VIRTIO_NET | OS_VIRTIO_1 },
    { "http://pcisig.com/pci/1af4/1005", OS_VIRTIO_RNG },
    { "http://pcisig.com/pci/1af4/1044", OS_VIRTIO_RNG },
    { "http://pcisig.com/pci/1af4/1002", OS_VIRTIO_BALLOON },
    { "http://pcisig.com/pci/1af4/1045", OS_VIRTIO_BALLOON },
    { "http://pcisig.com/pci/1af4/1003", OS_VIRTIO_SERIAL },
    { "http://pcisig.com/pci/1af4/1043", OS_VIRTIO_SERIAL },
    { "http://pcisig.com/pci/1af4/1004", OS_VIRTIO_SCSI },
    { "http://pcisig.com/pci/1af4/1048", OS_VIRTIO_SCSI },
    { "http://pcisig.com/pci/1af4/1050", OS_VIRTIO_GPU },
    { "http://pcisig.com/pci/1af4/1052", OS_VIRTIO_INPUT },
    { "http://usb.org/usb/80ee/0021", OS_USB_TABLET },
    { "http://pcisig.com/pci/1033/0194", OS_USB3 },
    { "http://pcisig.com/pci/1b36/0004", OS_USB3 },
    { "http://qemu.org/chipset/x86/q35", OS_Q35 },
};

static guint
traits_of_devices (const VyOs *os)
{
    g_autoptr (GPtrArray) all = vy_os_get_devices (os);
    guint traits = 0;

    for (guint i = 0; i < all->len; i++) {
        const VyOsDevice *device = all->pdata[i];

        for (gsize j = 0; j < G_N_ELEMENTS (devices); j++) {
            if (!g_strcmp0 (device->id, devices[j].device))
                traits |= devices[j].trait;
        }
    }
    return traits;
}

guint
vy_os_traits (const char *os_id)
{
    g_autoptr (VyOs) os = os_id ? vy_os_lookup (os_id, NULL) : NULL;
    const char *family = os ? vy_os_get_family (os) : NULL;
    guint traits;

    if (!os)
        return 0;
    traits = traits_of_devices (os) | OS_KNOWN;
    /* the slots of a q35 machine take cards of virtio 1.0 */
    if ((traits & OS_VIRTIO_NET) && !(traits & OS_VIRTIO_1))
        traits &= ~(guint) OS_Q35;
    if (!g_strcmp0 (family, "linux"))
        traits |= OS_LINUX;
    if (family && g_str_has_prefix (family, "win"))
        traits |= OS_WINDOWS;
    if (!g_strcmp0 (family, "solaris"))
        traits |= OS_SOLARIS;
    if (!vy_os_supports_firmware (os, NULL, "bios", TRUE))
        traits |= OS_NEEDS_UEFI;
    return traits;
}

/* ---- resources ----------------------------------------------------------------------
 */

static guint64
at_least (guint64 recommended, guint64 minimum)
{
    return recommended ? recommended : 2 * minimum;
}

void
vy_guest_os_resources (const char *id, const char *arch, guint64 *n_cpus, guint64 *ram,
                       guint64 *storage)
{
    g_autoptr (VyOs) os = id ? vy_os_lookup (id, NULL) : NULL;
    VyOsResources best = { 0 };
    VyOsResources least = { 0 };

    if (os) {
        vy_os_get_resources (os, arch, VY_OS_RECOMMENDED, &best);
        vy_os_get_resources (os, arch, VY_OS_MINIMUM, &least);
    }
    *n_cpus = at_least (best.n_cpus, least.n_cpus);
    *ram = at_least (best.ram, least.ram);
    *storage = at_least (best.storage, least.storage);
}

guint64
vy_guest_os_network_ram (const char *id, const char *arch)
{
    g_autoptr (VyOs) os = id ? vy_os_lookup (id, NULL) : NULL;
    VyOsResources needs = { 0 };

    if (os)
        vy_os_get_resources (os, arch, VY_OS_NETWORK_INSTALL, &needs);
    return needs.ram;
}
