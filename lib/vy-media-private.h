/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files about install media share. */
#pragma once

#include "vy-media.h"
#include "vy-os.h"

/* Reads the head of an ISO image; FALSE without an error: it is none. */
gboolean vy_media_read_iso (VyMedia *media, const char *path, GError **error);
/* For .treeinfo and other files of trees; NULL when there is none. @location may be an
 * ISO image. */
char *vy_media_read_member (const char *location, const char *member);
/* What trees without .treeinfo have: FALSE when nothing is known. */
gboolean vy_media_read_debian (VyMedia *media, const char *location);
gboolean vy_media_read_suse (VyMedia *media, const char *location);
gboolean vy_media_read_mageia (VyMedia *media, const char *location);
/* The release by the word that its short ids begin with, or the nearest known. */
gboolean vy_media_guess_release (VyMedia *media, const char *stem);
/* The same for the names of SUSE's systems, as "SUSE Linux Enterprise Server 12 SP3",
 * with the version in the name or apart. */
gboolean vy_media_guess_suse (VyMedia *media, const char *name, const char *version);
/* Name the operating system by the patterns of the index. */
void vy_media_match_iso (VyMedia *media);
/* FALSE: none, or one of which the version is not known to be right */
gboolean vy_media_match_tree (VyMedia *media, const char *variant);
/* The name and short id of a known operating system; FALSE: it is not known. */
gboolean vy_media_set_os (VyMedia *media, const char *name);
