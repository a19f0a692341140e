/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The installation of a guest: its documents, and the plan that carries it out. */
#pragma once

#include "vy-guest.h"
#include "vy-plan.h"
#include "vy-seed.h"
#include "vy-unattended.h"

G_BEGIN_DECLS

/**
 * VyInstallMethod:
 * @VY_INSTALL_NONE: not said
 * @VY_INSTALL_IMPORT: the disk has a system already
 * @VY_INSTALL_CDROM: boots from a CD-ROM image
 * @VY_INSTALL_LOCATION: boots kernel and initrd of a tree or an ISO image
 * @VY_INSTALL_PXE: boots from the network
 *
 * Where the system comes from.
 */
typedef enum {
    VY_INSTALL_NONE,
    VY_INSTALL_IMPORT,
    VY_INSTALL_CDROM,
    VY_INSTALL_LOCATION,
    VY_INSTALL_PXE,
} VyInstallMethod;

/**
 * VyInstallSettings:
 * @method: where the system comes from
 * @media: (nullable): path or URL of the image or tree
 * @os: (nullable): the operating system whose own tree it comes from, instead of @method
 * and @media
 * @tree_kernel: (nullable): path of the kernel within the tree; %NULL: found
 * @tree_initrd: (nullable): path of the initrd within the tree
 * @kernel: (nullable): path of a kernel to boot for the installation
 * @initrd: (nullable): path of an initrd to boot for the installation
 * @bootdev: (nullable): device to boot first for the installation: "network"
 * @kernel_args: (nullable): arguments of the installer's kernel
 * @overwrite_args: whether @kernel_args replace those that the media asks for
 * @injections: (nullable): files to put into the initrd
 * @live: the CD-ROM stays in
 * @no_install: do not run an installation
 * @transient: nothing is left when it is shut down
 * @autostart: starts with the host
 * @no_reboot: does not start after the installation, or at all if there is none
 * @destroy_on_exit: it ends with the program
 * @is_printed: nothing will be made: names of files need not be new on a predictable host
 * @cloud_init: (nullable): the seed that the guest finds at its first boot
 * @unattended: (nullable): what the installer is told, so that it asks nothing
 *
 * How a guest gets its system.
 */
typedef struct {
    VyInstallMethod method;
    const char *media;
    const char *os;
    const char *tree_kernel;
    const char *tree_initrd;
    const char *kernel;
    const char *initrd;
    const char *bootdev;
    const char *kernel_args;
    gboolean overwrite_args;
    const char *const *injections;
    gboolean live;
    gboolean no_install;
    gboolean transient;
    gboolean autostart;
    gboolean no_reboot;
    gboolean destroy_on_exit;
    gboolean is_printed;
    const VySeedSettings *cloud_init;
    const VyUnattendedSettings *unattended;
} VyInstallSettings;

/**
 * VyInstall:
 *
 * An installation: a complete guest and how it gets its system.
 */
typedef struct _VyInstall VyInstall;

/**
 * vy_install_new:
 * @guest: a guest that is not complete yet; it must outlive the installation
 * @settings: how it gets its system; copied
 * @error: return location for a #GError
 *
 * Looks at the media, adds its device to the guest, and completes the guest. Nothing is
 * made.
 *
 * Returns: (transfer full): the installation, or %NULL with an error
 * Since: 0.1
 */
VY_API VyInstall *
vy_install_new (VyGuest *guest, const VyInstallSettings *settings, GError **error);

/**
 * vy_install_free:
 * @install: (transfer full): an installation
 *
 * Since: 0.1
 */
VY_API void vy_install_free (VyInstall *install);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyInstall, vy_install_free)

/**
 * vy_install_get_root_password:
 * @install: an installation
 *
 * Returns: (transfer none) (nullable): the password that was made for root and has to be
 *   changed at the first login; shown to the user once, and kept nowhere
 * Since: 0.1
 */
VY_API const char *vy_install_get_root_password (VyInstall *install);

/**
 * vy_install_get_raised_memory:
 * @install: an installation
 *
 * Returns: the memory in bytes that the guest has while it is installed, as its installer
 *   needs more than was asked for; 0: it has what was asked for
 * Since: 0.1
 */
VY_API guint64 vy_install_get_raised_memory (VyInstall *install);

/**
 * vy_install_has_phase:
 * @install: an installation
 *
 * Returns: whether the guest boots an installer before it boots its own system
 * Since: 0.1
 */
VY_API gboolean vy_install_has_phase (VyInstall *install);

/**
 * vy_install_get_domain:
 * @install: an installation
 * @final: whether that of after the installation
 *
 * Returns: (transfer none) (nullable): the <domain> element to boot with; %NULL when
 *   there is no installation phase and @final is not set
 * Since: 0.1
 */
VY_API xmlNode *vy_install_get_domain (VyInstall *install, gboolean final);

/**
 * vy_install_list_volumes:
 * @install: an installation
 *
 * Returns: (transfer full): paths of the images that its plan makes, in the order of the
 *   guest's disks; free with g_strfreev()
 * Since: 0.1
 */
VY_API GStrv vy_install_list_volumes (VyInstall *install);

/**
 * vy_install_plan:
 * @install: an installation; it must outlive the plan
 * @error: return location for a #GError
 *
 * Plans it: volumes, kernel and initrd, definition, start.
 *
 * Returns: (transfer full): a plan, or %NULL with an error
 * Since: 0.1
 */
VY_API VyPlan *vy_install_plan (VyInstall *install, GError **error);

/**
 * vy_install_wait:
 * @install: an installation whose plan was run
 * @timeout_ms: milliseconds, 0: no limit
 * @cancellable: (nullable): cancels the wait
 * @error: return location for a #GError
 *
 * Waits until the installer has powered the guest off or has rebooted it, then starts it
 * from its own disk, unless it is not to be started again or was stopped by hand.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_TIMEOUT, %VY_ERROR_CANCELLED,
 *   %VY_ERROR_STATE when the guest has crashed, or %VY_ERROR_NO_CONNECTION
 * Since: 0.1
 */
VY_API gboolean vy_install_wait (VyInstall *install, guint64 timeout_ms,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
