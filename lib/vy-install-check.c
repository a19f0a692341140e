/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is looked at before an installation makes anything. */
#include "vy-image.h"
#include "vy-install-private.h"
#include "vy-libvirt-private.h"

static gboolean
check_network (VyInstall *install, xmlNode *card, GError **error)
{
    g_autofree char *name = vy_xml_get (card, "source/@network");
    g_autoptr (virNetwork) network =
        name ? virNetworkLookupByName (vy_host_get_conn (install->host), name) : NULL;

    if (!name)
        return TRUE;
    if (!network)
        return vy_throw_libvirt (error, _ ("cannot use network '%s'"), name);
    if (virNetworkIsActive (network) != 0)
        return TRUE;
    vy_throw (error, VY_ERROR_STATE, _ ("network '%s' is not active"), name);
    vy_error_set_hint (error, _ ("\"virsh net-start %s\" starts it."), name);
    return FALSE;
}

/* QEMU runs as a user of its own: it must be able to enter every directory. */
static gboolean
check_reach (VyInstall *install, xmlNode *disk, GError **error)
{
    g_autofree char *path = vy_xml_get (disk, "source/@file");
    g_autofree char *dir = path ? vy_image_find_unreachable_dir (path) : NULL;

    if (!dir || vy_xml_has (disk, "@install") ||
        vy_host_get_driver (install->host) != VY_DRIVER_QEMU ||
        vy_host_is_session (install->host) || vy_host_is_remote (install->host))
        return TRUE;
    vy_throw (error, VY_ERROR_DENIED, _ ("QEMU cannot reach '%s': '%s' is closed to it"),
              path, dir);
    vy_error_set_hint (error, _ ("Keep images in the directory of a pool."));
    return FALSE;
}

gboolean
vy_install_check (VyInstall *install, GError **error)
{
    xmlNode *domain = vy_guest_get_domain (install->guest);
    g_autoptr (GPtrArray) cards = vy_xml_find_all (domain, "devices/interface");
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    for (guint i = 0; i < cards->len; i++) {
        if (!check_network (install, cards->pdata[i], error))
            return FALSE;
    }
    for (guint i = 0; i < disks->len; i++) {
        if (!check_reach (install, disks->pdata[i], error))
            return FALSE;
    }
    return TRUE;
}
