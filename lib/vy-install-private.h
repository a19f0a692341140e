/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of installations share. */
#pragma once

#include "vy-guest-private.h"
#include "vy-install.h"
#include "vy-seed.h"
#include "vy-unattended-private.h"

struct _VyInstall {
    VyGuest *guest;
    VyHost *host;
    VyInstallMethod method;
    char *media;
    char *kernel; /* the files that are booted, on the host */
    char *initrd;
    char *tree_kernel; /* where they come from, within the media; NULL: they are there */
    char *tree_initrd;
    char *kernel_args;
    char *url_argument; /* by which the installer's kernel is told where the tree is */
    char *bootdev;
    VySeed *seed;             /* for cloud-init, or NULL */
    VyUnattended *unattended; /* answers for the installer, or NULL; on an image they
                               * lie where the seed would */
    char *seed_path;          /* where its image lies while the guest boots first */
    char *pool;         /* takes files of this machine, where the host is another one */
    char *pool_dir;     /* its directory there */
    char *media_upload; /* the image here that becomes the medium there, */
    char *media_path;   /* and its path there */
    GStrv injections;
    guint64 raised_memory; /* bytes for the installer alone, 0: it has what was said */
    gboolean has_phase;
    gboolean is_printed; /* and nothing made */
    gboolean no_install; /* it is not wanted: the medium stays what boots */
    gboolean live;
    gboolean transient;
    gboolean autostart;
    gboolean no_reboot;
    gboolean destroy_on_exit;
    xmlDoc *install_doc;
    xmlDoc *final_doc;
};

/* Makes both documents out of the complete guest. */
gboolean vy_install_make_documents (VyInstall *install, GError **error);
/* Takes the tree of the system that is to be installed, where one is named. */
gboolean vy_install_take_tree (VyInstall *install, const VyInstallSettings *settings,
                               GError **error);
/* Finds out which operating system the media has, where that was not said; FALSE when the
 * server of a URL cannot be asked. */
gboolean vy_install_detect (VyInstall *install, GError **error);
/* Finds kernel and initrd in a tree or an ISO image. */
gboolean vy_install_find_tree (VyInstall *install, const VyInstallSettings *settings,
                               GError **error);

/* A new name in the directory for boot files, ending like @member. */
char *vy_install_scratch_path (const VyInstall *install, const char *member);

/* Finds the pool of another host that takes files of this machine. */
gboolean vy_install_find_pool (VyInstall *install, GError **error);
/* Whether @path is a file here of which another host knows nothing. */
gboolean vy_install_must_upload (const VyInstall *install, const char *path);
/* Where a file that goes to @path is made first: @path itself, on this host. */
char *vy_install_local_path (const VyInstall *install, const char *path);
/* Sends a file to its place on another host, and forgets that of this machine if it was
 * only made for that. */
void vy_install_add_upload (VyPlan *plan, VyInstall *install, const char *file,
                            const char *path, gboolean is_made);
/* Takes a boot file or seed away again, when QEMU has it open. */
void vy_install_add_removal (VyPlan *plan, VyInstall *install, const char *path);

/* Adds the drive of the answers, before the guest is complete. */
gboolean vy_install_add_answers (VyInstall *install, const VyInstallSettings *settings,
                                 GError **error);
/* Writes the answers, when the guest is complete. */
gboolean vy_install_make_answers (VyInstall *install, const VyInstallSettings *settings,
                                  GError **error);
/* A drive for an image that is not there yet. */
gboolean vy_install_add_drive (VyInstall *install, const char *path, const char *mark,
                               GError **error);

/* Looks for what would fail later: networks, pools, reachability. */
gboolean vy_install_check (VyInstall *install, GError **error);

/* Steps; their context is the connection. */
extern const VyStepKind vy_step_boot_file;        /* media, member, path, injections */
extern const VyStepKind vy_step_boot_file_remove; /* path */
extern const VyStepKind vy_step_seed_write;       /* path; the seed */
extern const VyStepKind vy_step_answers_write;    /* path; the answers */
extern const VyStepKind vy_step_domain_define;    /* name, uuid, autostart; its XML */
extern const VyStepKind
    vy_step_domain_create; /* name, uuid, fd_path, autodestroy; its XML */

/* Adds a step that hands a domain's XML to libvirt; @format is what it does: "define
 * domain". */
VyStepRecord *vy_install_add_domain_step (VyPlan *plan, const VyStepKind *kind,
                                          xmlNode *domain, const char *format);

/* Adds the steps that make a disk's volume, where its extra texts ask for one. */
gboolean
vy_install_add_volume (VyPlan *plan, VyHost *host, xmlNode *disk, GError **error);
