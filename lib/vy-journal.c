/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journal of one running plan: a key file that is on disk before a step begins. */
#include "vy-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "vy-i18n-private.h"

struct _VyJournal {
    char *path;
    int fd;
    GKeyFile *content;
};

static char *
unique_path (const char *dir)
{
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *name = g_strconcat (id, ".plan", NULL);

    return g_build_filename (dir, name, NULL);
}

VyJournal *
vy_journal_create (const char *dir, const char *title, const char *uri, GError **error)
{
    VyJournal *journal;
    g_autofree char *path = unique_path (dir);
    int fd, why;

    if (g_mkdir_with_parents (dir, 0700) < 0)
        return vy_throw_errno (error, errno, _ ("cannot make directory '%s'"), dir), NULL;
    fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    why = errno;
    if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) < 0) {
        if (fd >= 0)
            close (fd);
        vy_throw_errno (error, why, _ ("cannot write the journal '%s'"), path);
        return NULL;
    }
    journal = g_new0 (VyJournal, 1);
    journal->path = g_steal_pointer (&path);
    journal->fd = fd;
    journal->content = g_key_file_new ();
    g_key_file_set_string (journal->content, "plan", "title", title);
    if (uri)
        g_key_file_set_string (journal->content, "plan", "uri", uri);
    return journal;
}

void
vy_journal_set (VyJournal *journal, guint step, const char *key, const char *value)
{
    char group[32];

    g_snprintf (group, sizeof group, "step %u", step);
    if (value)
        g_key_file_set_string (journal->content, group, key, value);
    else
        g_key_file_remove_key (journal->content, group, key, NULL);
}

/* Written in place, so that the lock stays on the same inode. */
gboolean
vy_journal_sync (VyJournal *journal, GError **error)
{
    gsize length = 0;
    g_autofree char *text = g_key_file_to_data (journal->content, &length, NULL);
    gssize wrote = pwrite (journal->fd, text, length, 0);

    if (wrote != (gssize) length || ftruncate (journal->fd, (off_t) length) < 0 ||
        fdatasync (journal->fd) < 0)
        return vy_throw_errno (error,
                               wrote >= 0 && wrote < (gssize) length ? ENOSPC : errno,
                               _ ("cannot write the journal '%s'"), journal->path);
    return TRUE;
}

void
vy_journal_close (VyJournal *journal, gboolean remove)
{
    if (remove)
        g_unlink (journal->path);
    close (journal->fd);
    g_key_file_unref (journal->content);
    g_free (journal->path);
    g_free (journal);
}
