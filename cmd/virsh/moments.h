/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What snapshots and checkpoints have in common. */
#pragma once

#include "virsh.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomainSnapshot, virDomainSnapshotFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomainCheckpoint, virDomainCheckpointFree)

/* A row of a list. */
typedef struct {
    char *name;
    char *state;
    char *parent;
    gint64 created; /* seconds since the Epoch */
} VirshMoment;

void virsh_moment_free (gpointer moment);

/* Reads one out of its XML: NULL with @error. */
VirshMoment *virsh_moment_new (const char *xml, GError **error);

/* Adds what was read of one to a list. @xml (nullable, owned by the caller): NULL is an
 * error, but where libvirt's last one is @gone: it was deleted since the list was made.
 */
gboolean
virsh_moments_add (GPtrArray *moments, const char *xml, int gone, GError **error);

/* Prints the name of the one before. @parent (nullable): NULL is an error; where
 * libvirt's last one is @none, the error has the text @orphan, with @name in it. */
gboolean virsh_moment_print_parent (Cli *cli, const char *parent, int none,
                                    const char *orphan, const char *name, GError **error);

/* How a list is printed; structured output is a table always. */
typedef struct {
    gboolean names, tree, parent, topological;
    gboolean has_state;
} VirshMomentView;

/* @moments: VirshMoment, sorted by name unless topological */
gboolean virsh_moments_print (Cli *cli, GPtrArray *moments, const VirshMomentView *view,
                              GError **error);

/* "--x and --tree are mutually exclusive" for what cannot be a tree */
typedef struct {
    gboolean given;
    const char *name;
} VirshGiven;
gboolean virsh_moments_check_tree (const VirshMomentView *view, const VirshGiven *filters,
                                   gsize n, GError **error);

/* A document that was made out of options: as it is given to libvirt and printed. */
char *virsh_moment_text (xmlDoc *doc);

/*
 * "vda,snapshot=no,file=a,,b" in words, doubled commas being part of one; each word
 * behind the first @skip has to be key=value, each key at most once. FALSE: it is not so.
 */
typedef struct {
    const char *key;
    char *value;
} VirshSpecKey;
gboolean
virsh_spec_parse (const char *text, VirshSpecKey *keys, gsize n, gsize skip, char **name);
void virsh_spec_clear (VirshSpecKey *keys, gsize n);
