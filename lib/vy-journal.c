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

#define SUFFIX ".plan"

/*
 * The file only grows: what has changed is added as groups that take the place of earlier
 * ones, so a power cut can at most leave a last line that is not whole. Key "-NAME" says
 * whether NAME has been removed.
 */
struct _VyJournal {
    char *path;
    int fd;
    off_t length;
    GKeyFile *content;
    GKeyFile *pending; /* what is not on disk yet */
};

static VyJournal *
journal_new (const char *path, int fd, GKeyFile *content)
{
    VyJournal *journal = g_new0 (VyJournal, 1);

    journal->path = g_strdup (path);
    journal->fd = fd;
    journal->content = content;
    journal->pending = g_key_file_new ();
    return journal;
}

static int
open_locked (const char *path, int flags)
{
    int fd = open (path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0) {
        int why = errno;

        close (fd);
        errno = why;
        return -1;
    }
    return fd;
}

/* The name of a file is on disk when its directory is. */
static void
sync_directory (const char *dir)
{
    int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    fsync (fd);
    close (fd);
}

VyJournal *
vy_journal_create (const char *dir, const char *title, const char *uri, GError **error)
{
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *base = g_build_filename (dir, id, NULL);
    g_autofree char *path = g_strconcat (base, SUFFIX, NULL);
    VyJournal *journal;
    int fd;

    if (g_mkdir_with_parents (dir, 0700) < 0)
        return vy_throw_errno (error, errno, _ ("cannot make directory '%s'"), dir), NULL;
    /* it gets its name once it is locked, so it is never seen without an owner */
    fd = open_locked (base, O_CREAT | O_EXCL);
    if (fd < 0 || rename (base, path) < 0) {
        vy_throw_errno (error, errno, _ ("cannot write the journal '%s'"), path);
        if (fd >= 0)
            close (fd);
        unlink (base);
        return NULL;
    }
    sync_directory (dir);
    journal = journal_new (path, fd, g_key_file_new ());
    vy_journal_set_plan (journal, "title", title);
    if (uri)
        vy_journal_set_plan (journal, "uri", uri);
    return journal;
}

/* ---- reading --------------------------------------------------------------------------
 */

static char *
read_text (int fd)
{
    g_autoptr (GString) text = g_string_new ("");
    char block[4096];
    gssize got;

    while ((got = pread (fd, block, sizeof block, (off_t) text->len)) > 0)
        g_string_append_len (text, block, got);
    return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Leaves out a last line that is not whole, and zeros that were never written over. */
static GKeyFile *
parse (char *text)
{
    g_autoptr (GKeyFile) content = g_key_file_new ();
    char *end = strrchr (text, '\n');

    if (end)
        end[1] = '\0';
    if (!end || !g_key_file_load_from_data (content, text, strlen (text), 0, NULL))
        return g_key_file_new ();
    return g_steal_pointer (&content);
}

VyJournal *
vy_journal_open (const char *path, GError **error)
{
    int fd = open_locked (path, 0);
    g_autofree char *text = NULL;
    struct stat info;
    VyJournal *journal;

    if (fd < 0 && errno == EWOULDBLOCK)
        return vy_throw (error, VY_ERROR_STATE, _ ("its process is still running")), NULL;
    if (fd < 0 || fstat (fd, &info) < 0)
        return vy_throw_errno (error, errno, _ ("cannot read '%s'"), path), NULL;
    if (info.st_nlink == 0) {
        close (fd);
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("it has just ended"));
        return NULL;
    }
    text = read_text (fd);
    journal = journal_new (path, fd, parse (text));
    journal->length = (off_t) strlen (text);
    return journal;
}

GKeyFile *
vy_journal_read (const char *path, gboolean *running, GError **error)
{
    int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    g_autofree char *text = NULL;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot read '%s'"), path), NULL;
    *running = flock (fd, LOCK_SH | LOCK_NB) < 0;
    text = read_text (fd);
    close (fd);
    return parse (text);
}

GPtrArray *
vy_journal_list (const char *dir, GError **error)
{
    g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) local = NULL;
    g_autoptr (GDir) opened = g_dir_open (dir, 0, &local);
    const char *name;

    if (!opened && !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_error (error, g_steal_pointer (&local));
        return NULL;
    }
    while (opened && (name = g_dir_read_name (opened)))
        if (g_str_has_suffix (name, SUFFIX))
            g_ptr_array_add (paths, g_build_filename (dir, name, NULL));
    return g_steal_pointer (&paths);
}

const GKeyFile *
vy_journal_get_content (const VyJournal *journal)
{
    return journal->content;
}

char *
vy_journal_get_value (const GKeyFile *content, const char *group, const char *key)
{
    g_autofree char *mark = g_strconcat ("-", key, NULL);

    /* GLib's getters take no const */
    if (g_key_file_get_boolean ((GKeyFile *) content, group, mark, NULL))
        return NULL;
    return g_key_file_get_string ((GKeyFile *) content, group, key, NULL);
}

/* ---- writing --------------------------------------------------------------------------
 */

static void
set (VyJournal *journal, const char *group, const char *key, const char *value)
{
    g_key_file_set_string (journal->content, group, key, value);
    g_key_file_set_string (journal->pending, group, key, value);
}

void
vy_journal_set_plan (VyJournal *journal, const char *key, const char *value)
{
    set (journal, "plan", key, value);
}

void
vy_journal_set (VyJournal *journal, guint step, const char *key, const char *value)
{
    g_autofree char *group = g_strdup_printf ("step %u", step);
    g_autofree char *mark = g_strconcat ("-", key, NULL);

    if (!value)
        set (journal, group, mark, "true");
    else if (g_key_file_has_key (journal->content, group, mark, NULL))
        set (journal, group, mark, "false");
    if (value)
        set (journal, group, key, value);
}

/* What could not be written stays pending, and is tried again with what comes next. */
gboolean
vy_journal_sync (VyJournal *journal, GError **error)
{
    gsize length = 0;
    g_autofree char *text = g_key_file_to_data (journal->pending, &length, NULL);
    gssize wrote = pwrite (journal->fd, text, length, journal->length);
    int why = wrote >= 0 && wrote < (gssize) length ? ENOSPC : errno;

    if (wrote == (gssize) length && fdatasync (journal->fd) < 0) {
        why = errno;
        wrote = -1;
    }
    if (wrote != (gssize) length) {
        if (ftruncate (journal->fd, journal->length) < 0)
            why = errno;
        return vy_throw_errno (error, why, _ ("cannot write the journal '%s'"),
                               journal->path);
    }
    journal->length += wrote;
    g_key_file_unref (journal->pending);
    journal->pending = g_key_file_new ();
    return TRUE;
}

void
vy_journal_close (VyJournal *journal, gboolean remove)
{
    if (remove)
        g_unlink (journal->path);
    close (journal->fd);
    g_key_file_unref (journal->content);
    g_key_file_unref (journal->pending);
    g_free (journal->path);
    g_free (journal);
}
