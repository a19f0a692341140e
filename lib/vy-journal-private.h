/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journal of one running plan: a key file that is on disk before a step begins. */
#pragma once

#include "vy-plan.h"

typedef struct _VyJournal VyJournal;

/* Makes a journal for a plan in @dir, which is made too (0700). The file is locked for as
 * long as the journal is open: a locked one belongs to a living process. */
VyJournal *
vy_journal_create (const char *dir, const char *title, const char *uri, GError **error);
/* Opens and locks the journal of a process that is gone; VY_ERROR_STATE when it is not.
 */
VyJournal *vy_journal_open (const char *path, GError **error);
/* Reads a journal without holding it; @running: whether its process lives. */
GKeyFile *vy_journal_read (const char *path, gboolean *running, GError **error);
/* The paths of the journals in @dir; a directory that is not there has none. */
GPtrArray *vy_journal_list (const char *dir, GError **error);
const GKeyFile *vy_journal_get_content (const VyJournal *journal);
/* (transfer full) (nullable): a value of group "plan" or "step N" */
char *vy_journal_get_value (const GKeyFile *content, const char *group, const char *key);
/* Sets a value of the plan's group; not yet on disk. */
void vy_journal_set_plan (VyJournal *journal, const char *key, const char *value);
/* Sets a value of a step's group ("step N"); not yet on disk. */
void vy_journal_set (VyJournal *journal, guint step, const char *key, const char *value);
/* Brings everything to the disk. */
gboolean vy_journal_sync (VyJournal *journal, GError **error);
/* Closes it; with @remove the file goes. */
void vy_journal_close (VyJournal *journal, gboolean remove);
