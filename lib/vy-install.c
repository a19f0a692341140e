/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The installation of a guest. */
#include "vy-install-private.h"

#include <gio/gio.h>

static void
copy_settings (VyInstall *install, const VyInstallSettings *settings)
{
    install->method = settings->method;
    install->media = g_strdup (settings->media);
    install->kernel = g_strdup (settings->kernel);
    install->initrd = g_strdup (settings->initrd);
    install->kernel_args = g_strdup (settings->kernel_args);
    install->bootdev = g_strdup (settings->bootdev);
    install->injections = g_strdupv ((char **) settings->injections);
    install->live = settings->live;
    install->transient = settings->transient;
    install->autostart = settings->autostart;
    install->no_reboot = settings->no_reboot;
    install->destroy_on_exit = settings->destroy_on_exit;
    install->is_printed = settings->is_printed;
}

/* Firmware boots the first drive: that is the medium's, not that of a seed. */
static void
put_last (VyInstall *install, xmlNode *disk)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_guest_get_domain (install->guest), "devices/disk");
    xmlNode *last = disks->pdata[disks->len - 1];

    if (last == disk)
        return;
    xmlUnlinkNode (disk);
    xmlAddNextSibling (last, disk);
}

/* A drive whose image is not there yet. */
gboolean
vy_install_add_drive (VyInstall *install, const char *path, const char *mark,
                      GError **error)
{
    xmlNode *disk = vy_guest_add_media (install->guest, NULL, error);

    if (!disk)
        return FALSE;
    vy_xml_set (disk, "@type", "file");
    vy_xml_set (disk, "source/@file", path);
    if (vy_host_get_driver (install->host) == VY_DRIVER_QEMU ||
        vy_host_get_driver (install->host) == VY_DRIVER_XEN)
        vy_xml_set (disk, "driver/@type", "raw");
    vy_xml_set (disk, "@install", mark);
    if (strcmp (mark, "seed") == 0)
        put_last (install, disk);
    return TRUE;
}

static gboolean
add_cdrom (VyInstall *install, GError **error)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_guest_get_domain (install->guest), "devices/disk");
    xmlNode *disk = NULL;

    for (guint i = 0; i < disks->len && !disk; i++) {
        if (vy_xml_is (disks->pdata[i], "@device", "cdrom") &&
            !vy_xml_has (disks->pdata[i], "source"))
            disk = disks->pdata[i];
    }
    if (disk)
        vy_xml_remove (disk);
    if (!vy_install_must_upload (install, install->media))
        return vy_guest_add_media (install->guest, install->media, error) != NULL;
    if (!vy_install_find_pool (install, error))
        return FALSE;
    install->media_upload = g_canonicalize_filename (install->media, NULL);
    install->media_path = vy_install_scratch_path (install, install->media);
    return vy_install_add_drive (install, install->media_path, "media", error);
}

/* The seed is a CD-ROM of the first boot alone. */
static gboolean
add_seed (VyInstall *install, const VyInstallSettings *settings, GError **error)
{
    if (!settings->cloud_init)
        return TRUE;
    install->seed = vy_seed_new (settings->cloud_init, error);
    if (!install->seed || !vy_install_find_pool (install, error))
        return FALSE;
    install->seed_path = vy_install_scratch_path (install, "cloudinit.iso");
    install->has_phase = !install->no_install;
    return vy_install_add_drive (install, install->seed_path, "seed", error);
}

static gboolean
prepare_method (VyInstall *install, const VyInstallSettings *settings, GError **error)
{
    install->no_install = settings->no_install || settings->live;
    install->has_phase = !install->no_install && install->method != VY_INSTALL_NONE &&
                         install->method != VY_INSTALL_IMPORT;
    if (!vy_install_detect (install, error))
        return FALSE;
    switch (install->method) {
    case VY_INSTALL_CDROM:
        g_free (install->bootdev);
        install->bootdev = g_strdup ("cdrom");
        return add_cdrom (install, error);
    case VY_INSTALL_PXE:
        if (!install->bootdev)
            install->bootdev = g_strdup ("network");
        return TRUE;
    case VY_INSTALL_LOCATION:
        if (!vy_install_find_pool (install, error) ||
            !vy_install_find_tree (install, settings, error))
            return FALSE;
        /* the installer finds its packages there */
        return !g_file_test (install->media, G_FILE_TEST_IS_REGULAR) ||
               add_cdrom (install, error);
    case VY_INSTALL_NONE:
    case VY_INSTALL_IMPORT:
        break;
    }
    if (settings->bootdev || settings->kernel)
        install->has_phase = !install->no_install;
    return TRUE;
}

VyInstall *
vy_install_new (VyGuest *guest, const VyInstallSettings *settings, GError **error)
{
    g_autoptr (VyInstall) install = g_new0 (VyInstall, 1);

    install->guest = guest;
    install->host = vy_guest_get_host (guest);
    copy_settings (install, settings);
    if (install->transient && vy_host_get_driver (install->host) == VY_DRIVER_VZ) {
        vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("this host has no transient guests"));
        return NULL;
    }
    if (!vy_install_take_tree (install, settings, error) ||
        !prepare_method (install, settings, error) ||
        !add_seed (install, settings, error) ||
        !vy_install_add_answers (install, settings, error) ||
        !vy_guest_complete (guest, error) ||
        !vy_install_make_answers (install, settings, error) ||
        !vy_install_make_documents (install, error))
        return NULL;
    return g_steal_pointer (&install);
}

void
vy_install_free (VyInstall *install)
{
    if (!install)
        return;
    g_free (install->media);
    g_free (install->kernel);
    g_free (install->initrd);
    g_free (install->tree_kernel);
    g_free (install->tree_initrd);
    g_free (install->kernel_args);
    g_free (install->url_argument);
    g_free (install->bootdev);
    vy_seed_free (install->seed);
    vy_unattended_free (install->unattended);
    g_free (install->seed_path);
    g_free (install->pool);
    g_free (install->pool_dir);
    g_free (install->media_upload);
    g_free (install->media_path);
    g_strfreev (install->injections);
    g_clear_pointer (&install->install_doc, xmlFreeDoc);
    g_clear_pointer (&install->final_doc, xmlFreeDoc);
    g_free (install);
}

const char *
vy_install_get_root_password (VyInstall *install)
{
    return install->seed ? vy_seed_get_root_password (install->seed) : NULL;
}

gboolean
vy_install_has_phase (VyInstall *install)
{
    return install->has_phase;
}

guint64
vy_install_get_raised_memory (VyInstall *install)
{
    return install->raised_memory;
}
