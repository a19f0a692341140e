/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers for the installer: in its initrd, or on an image of their own. */
#include "vy-guest-os-private.h"
#include "vy-install-private.h"
#include "vy-media-private.h"
#include "vy-tree-private.h"

gboolean
vy_install_add_answers (VyInstall *install, const VyInstallSettings *settings,
                        GError **error)
{
    if (!settings->unattended)
        return TRUE;
    if (install->method != VY_INSTALL_LOCATION && install->method != VY_INSTALL_CDROM)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--unattended needs --location or --cdrom"));
    if (install->method == VY_INSTALL_LOCATION)
        return TRUE;
    if (!vy_install_find_pool (install, error))
        return FALSE;
    install->seed_path = vy_install_scratch_path (install, "unattended.iso");
    return vy_install_add_drive (install, install->seed_path, "seed", error);
}

static const char *
target_disk (const char *os)
{
    guint traits = vy_os_traits (os);

    return traits & OS_WINDOWS ? "C" : traits & OS_VIRTIO_BLOCK ? "/dev/vda" : "/dev/sda";
}

static char *
read_treeinfo (const VyInstall *install)
{
    char *text = vy_media_read_member (install->media, ".treeinfo");

    return text ? text : vy_media_read_member (install->media, "treeinfo");
}

static void
add_arguments (VyInstall *install, const VyInstallSettings *settings)
{
    const char *more = vy_unattended_get_arguments (install->unattended);
    const char *args = install->kernel_args;
    char *all;

    if (settings->overwrite_args || !*more || !install->kernel)
        return;
    all = args && *args ? g_strjoin (" ", args, more, NULL) : g_strdup (more);
    g_free (install->kernel_args);
    install->kernel_args = all;
}

/* Setup of Windows has no drivers for these disks, and asks for some: nobody answers. */
static gboolean
check_windows_disks (xmlNode *domain, const char *os, GError **error)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (domain, "devices/disk[@device='disk']");

    if (!(vy_os_traits (os) & OS_WINDOWS))
        return TRUE;
    for (guint i = 0; i < disks->len; i++) {
        g_autofree char *target = vy_xml_get (disks->pdata[i], "target/@dev");

        if (!vy_xml_is (disks->pdata[i], "target/@bus", "virtio"))
            continue;
        vy_throw (
            error, VY_ERROR_UNSUPPORTED,
            _ ("the installer of Windows has no driver for the virtio disk '%s' and "
               "would ask for it"),
            target ? target : "?");
        vy_error_set_hint (error, _ ("--unattended works with bus=sata; drivers are not "
                                     "put onto the image of the answers"));
        return FALSE;
    }
    return TRUE;
}

gboolean
vy_install_make_answers (VyInstall *install, const VyInstallSettings *settings,
                         GError **error)
{
    xmlNode *domain = vy_guest_get_domain (install->guest);
    g_autofree char *os =
        vy_xml_get (domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (domain, "os/type/@arch");
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *treeinfo = NULL;
    VyTree tree;
    VyUnattendedJob job = { .os = os, .arch = arch, .hostname = name };

    if (!settings->unattended)
        return TRUE;
    if (!os)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--unattended needs to know the system: use --osinfo"));
    if (!check_windows_disks (domain, os, error))
        return FALSE;
    tree = vy_tree_at (install->media);
    treeinfo = tree.kind == VY_TREE_ISO ? NULL : read_treeinfo (install);
    job.image = tree.kind == VY_TREE_ISO ? install->media : NULL;
    job.treeinfo = treeinfo;
    job.url = tree.kind == VY_TREE_URL ? install->media : NULL;
    job.on_cdrom = install->method == VY_INSTALL_CDROM;
    job.target_disk = target_disk (os);
    install->unattended = vy_unattended_new (settings->unattended, &job, error);
    if (!install->unattended)
        return FALSE;
    add_arguments (install, settings);
    return TRUE;
}
