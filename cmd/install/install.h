/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of virt-install share. */
#pragma once

#include <string.h>

#include "cli.h"
#include "vy-install.h"
#include "vy-subopt.h"
#include "vy-units.h"

#define INSTALL_MAX_DEVICES 64

/* ---- the command line ---------------------------------------------------------------
 */

typedef struct {
    char *name, *cpuset, *uuid, *description, *c, *cdrom, *location, *unattended,
        *install;
    char *reinstall, *cloud_init, *init, *osinfo, *vnclisten, *keymap, *virt_type, *arch;
    char *machine, *wait, *autoconsole, *print_xml, *print_step, *os_type;
    char *host_capabilities, *host_domcapabilities, *host_uri;
    gboolean pxe, import, livecd, nonsparse, nodisks, nonetworks, vnc, sdl, nographics,
        hvm;
    gboolean paravirt, container, accelerate, noapic, noacpi, autostart, transient;
    gboolean destroy_on_exit, prompt, force, noautoconsole, noreboot, dry_run, debug;
    gboolean check_cpu;
    int vncport;
    char **ram, **extra_args, **initrd_inject, **file, **file_size, **bridge, **mac;
    char **check, **osinfos;
    char **devices[INSTALL_MAX_DEVICES];
} InstallArgs;

/* The options of this program, and one for each device table; ended by { 0 }. */
CliOption *install_options (void);
/* The texts that were given for a device's option. */
char ***install_device_field (InstallArgs *args, const char *option);
/* Turns deprecated spellings into those of today. */
gboolean install_translate (Cli *cli, InstallArgs *args, GError **error);
/* Says in a row what may stand as its value. */
void install_offer_values (CliOption *row);
/* The keys of an option that has some and is no device's; NULL: it has none. */
const char *const *install_keys_of (const char *option);
/* Prints the sub-options that were asked for by "?"; FALSE: none were. */
gboolean install_print_listings (Cli *cli, InstallArgs *args);

/* ---- the guest and its installation -------------------------------------------------
 */

gboolean install_build_guest (VyGuest *guest, InstallArgs *args, GError **error);
/* The system that --install names, or NULL. */
char *install_os_of (const InstallArgs *args);
VyInstall *install_prepare (VyGuest *guest, InstallArgs *args, GError **error);

/* ---- while it runs ------------------------------------------------------------------
 */

/* Looks at --wait and --autoconsole. */
gboolean install_check_follow (const InstallArgs *args, GError **error);
/* Shows the guest, waits for the end of the installation, as was asked for. */
gboolean
install_follow (Cli *cli, const InstallArgs *args, VyInstall *install, GError **error);
/* What was made, for programs: with --format. */
gboolean install_print_result (Cli *cli, VyInstall *install, GError **error);
