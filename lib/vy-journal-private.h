/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journal of one running plan: a key file that is on disk before a step begins. */
#pragma once

#include "vy-plan.h"

typedef struct _VyJournal VyJournal;

/* Makes a journal for a plan in @dir, which is made too (0700). The file is locked for as
 * long as the journal is open: a locked one belongs to a living process. */
VyJournal *
vy_journal_create (const char *dir, const char *title, const char *uri, GError **error);
/* Sets a value of a step's group ("step N"); not yet on disk. */
void vy_journal_set (VyJournal *journal, guint step, const char *key, const char *value);
/* Brings everything to the disk. */
gboolean vy_journal_sync (VyJournal *journal, GError **error);
/* Closes it; with @remove the file goes. */
void vy_journal_close (VyJournal *journal, gboolean remove);
