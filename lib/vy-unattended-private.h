/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts of installers, made out of the operating systems' database. */
#pragma once

#include <gio/gio.h>

#include "vy-unattended.h"

/* What the scripts are made of; what is not known is NULL. */
typedef struct {
    const char *os; /* id in the database */
    const char *profile;
    const char *image;    /* ISO image that is installed from, */
    const char *treeinfo; /* or the text of a tree's .treeinfo */
    const char *url;      /* of the tree, where the installer can reach it */
    gboolean on_cdrom;    /* the scripts go onto an image rather than into the initrd */
    const char *arch, *hostname, *target_disk, *timezone, *language;
    const char *user_login, *user_password, *admin_password;
    const char *product_key, *reg_login;
} VyUnattendedJob;

/* What vy-unattended-module.c exports: adds names and texts of files by turns, and
 * arguments for the kernel. */
#define VY_UNATTENDED_GENERATE "vy_unattended_generate"
typedef gboolean (*VyUnattendedGenerate) (const VyUnattendedJob *job, GPtrArray *files,
                                          GString *arguments, GError **error);

typedef struct _VyUnattended VyUnattended;

/* @job: what the installation knows; the rest comes from @settings. */
VyUnattended *vy_unattended_new (const VyUnattendedSettings *settings,
                                 const VyUnattendedJob *job, GError **error);
void vy_unattended_free (VyUnattended *unattended);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyUnattended, vy_unattended_free)
/* Arguments for the installer's kernel: "" when it needs none. */
const char *vy_unattended_get_arguments (const VyUnattended *unattended);
/* Puts the files into an initrd. */
gboolean
vy_unattended_inject (const VyUnattended *unattended, const char *initrd, GError **error);
/* Writes an ISO image with the files, readable for its owner only. */
gboolean
vy_unattended_write (const VyUnattended *unattended, const char *path, GError **error);
