/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of guests share: facts that defaults follow from. */
#pragma once

#include <string.h>

#include "vy-domcaps.h"
#include "vy-guest.h"
#include "vy-i18n-private.h"
#include "vy-xml.h"

/* What an operating system brings drivers for, and other traits of it. */
typedef enum {
    OS_VIRTIO_BLOCK = 1 << 0,
    OS_VIRTIO_NET = 1 << 1,
    OS_VIRTIO_RNG = 1 << 2,
    OS_VIRTIO_BALLOON = 1 << 3,
    OS_VIRTIO_SERIAL = 1 << 4,
    OS_VIRTIO_SCSI = 1 << 5,
    OS_VIRTIO_GPU = 1 << 6,
    OS_VIRTIO_INPUT = 1 << 7,
    OS_USB_TABLET = 1 << 8,
    OS_USB3 = 1 << 9,
    OS_Q35 = 1 << 10,
    OS_WINDOWS = 1 << 11,
    OS_LINUX = 1 << 12,
    OS_NEEDS_UEFI = 1 << 13,
    OS_NEEDS_TPM = 1 << 14,
    OS_HYPERV_TIMER = 1 << 15,
    OS_BAD_UEFI_HYPERV = 1 << 16,
    OS_KNOWN = 1 << 17,
    OS_VIRTIO_1 = 1 << 18,
    OS_SOLARIS = 1 << 19,
} OsTraits;

/* The traits of an OS by its full id; 0 when there is none. */
guint vy_os_traits (const char *os_id);

typedef struct {
    VyHost *host;
    xmlNode *domain;
    xmlNode *devices;
    xmlNode *domcaps;
    VyDriver driver;
    guint os; /* OsTraits */
    char *type;
    char *os_type;
    char *arch;
    char *machine;
    gboolean is_qemu; /* the driver */
    gboolean is_test;
    gboolean is_accelerated; /* kvm, hvf */
    gboolean is_hvm;
    gboolean is_container;
    gboolean is_xenpv; /* xen and xenpvh */
    gboolean is_x86;
    gboolean is_arm32;
    gboolean is_aarch64;
    gboolean is_ppc64;
    gboolean is_s390x;
    gboolean is_riscv;
    gboolean is_loongarch;
    gboolean is_q35;
    gboolean is_virt; /* the "virt" machine of ARM, RISC-V, LoongArch */
} VyFacts;

/* Reads the facts out of a domain; what the type, machine and so on are must be there. */
void vy_facts_init (VyFacts *facts, VyHost *host, xmlNode *domain);
void vy_facts_clear (VyFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VyFacts, vy_facts_clear)

gboolean vy_facts_has_graphics (const VyFacts *facts);
gboolean vy_facts_has_spice (const VyFacts *facts);
gboolean vy_facts_has_gl (const VyFacts *facts);
gboolean vy_facts_is_uefi (const VyFacts *facts);
gboolean vy_facts_has_device (const VyFacts *facts, const char *path);
/* Whether boot order is said in the devices rather than in <os>. */
gboolean vy_facts_orders_devices (const VyFacts *facts);

/* Resolves the words "default" in a device that is changed. */
void vy_default_settle (const VyFacts *facts, xmlNode *device);

/* ---- of the domain ------------------------------------------------------------------
 */

gboolean vy_default_machine (VyHost *host, xmlNode *domain, GError **error);
gboolean vy_default_firmware (const VyFacts *facts, gboolean no_uefi, GError **error);
void vy_default_cpu (const VyFacts *facts, gboolean secure);
/* Completes the topology, or the number of CPUs from it. */
gboolean vy_default_topology (const VyFacts *facts, GError **error);
void vy_default_container (const VyFacts *facts);
void vy_default_smbios (const VyFacts *facts);
void vy_default_features (const VyFacts *facts);
void vy_default_clock (const VyFacts *facts);
void vy_default_pm (const VyFacts *facts);
gboolean vy_default_launch_security (const VyFacts *facts, GError **error);

/* ---- devices that a guest gets without being asked for ------------------------------
 */

typedef struct {
    gboolean network;
    gboolean graphics;
    gboolean video;
    gboolean input;
    gboolean console;
    gboolean channel;
    gboolean sound;
    gboolean redirdev;
    gboolean rng;
    gboolean memballoon;
    gboolean tpm;
    gboolean usb;
} VySkip;

void vy_add_display (const VyFacts *facts, const VySkip *skip);
void vy_add_characters (const VyFacts *facts, const VySkip *skip);
void vy_add_controllers (const VyFacts *facts, const VySkip *skip, int n_root_ports);
void vy_add_input (const VyFacts *facts, const VySkip *skip);
void vy_add_small (const VyFacts *facts, const VySkip *skip);
void vy_add_redirection (const VyFacts *facts, const VySkip *skip);
/* @seeds: also for drives of seeds, which come last */
void vy_add_scsi_controller (const VyFacts *facts, gboolean seeds);

/* ---- the guest ----------------------------------------------------------------------
 */

typedef enum {
    VY_CHECK_DISK_SIZE = 1 << 0,
    VY_CHECK_PATH_IN_USE = 1 << 1,
    VY_CHECK_PATH_EXISTS = 1 << 2,
    VY_CHECK_MAC_IN_USE = 1 << 3,
    VY_CHECK_ALL = (1 << 4) - 1,
} VyGuestChecks;

struct _VyGuest {
    VyHost *host;
    xmlDoc *doc;
    xmlNode *domain;
    GHashTable *extra; /* of options of the domain itself */
    VySkip skip;
    guint checks;       /* VyGuestChecks */
    GPtrArray *changes; /* texts of --xml, for the end */
    gboolean is_there;  /* a domain that is to get another system */
    gboolean disks_said;
    gboolean os_said;     /* something, even that it does not matter */
    gboolean os_optional; /* it does not matter when none is detected */
    gboolean os_required; /* asked to be detected */
};

/* Whether it is a domain already, that is installed again. */
gboolean vy_guest_is_there (VyGuest *guest);
/* For what an option says beside its place in the XML. */
GHashTable *vy_guest_new_extra (void);

/* Whether the system is known, or need not be. */
gboolean vy_guest_check_os (VyGuest *guest, GError **error);
void vy_guest_choose_name (VyGuest *guest);
gboolean vy_guest_check_name (VyGuest *guest, GError **error);
/* Makes one where none is said. */
gboolean vy_guest_check_uuid (VyGuest *guest, GError **error);
gboolean vy_guest_check_mac (VyGuest *guest, xmlNode *card, GError **error);
/* Finds the images of all disks, and who else uses them. */
gboolean vy_guest_resolve_disks (VyGuest *guest, GError **error);

/* ---- single devices -----------------------------------------------------------------
 */

typedef gboolean (*VyDeviceDefault) (const VyFacts *facts, xmlNode *device,
                                     GError **error);

gboolean vy_default_disk (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_interface (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_graphics (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_video (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_controller (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_input (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_character (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_sound (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_tpm (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_rng (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_filesystem (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_hostdev (const VyFacts *facts, xmlNode *device, GError **error);
gboolean vy_default_small (const VyFacts *facts, xmlNode *device, GError **error);

/* What --xml asked for, to be done to a finished document. */
gboolean vy_guest_apply_changes (VyGuest *guest, xmlNode *domain, GError **error);

/* Adds the CD-ROM that an installer is on, before other ones. */
xmlNode *vy_guest_add_media (VyGuest *guest, const char *path, GError **error);
/* Whether the operating system is known, or said not to matter. */
gboolean vy_guest_knows_os (VyGuest *guest);

/* Sets a place that has nothing yet. */
void vy_xml_fill (xmlNode *node, const char *path, const char *value);
/* A new device of the domain, behind the last one. */
xmlNode *vy_facts_add (const VyFacts *facts, const char *name);
