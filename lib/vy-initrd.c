/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are put into an initrd: as a second cpio archive behind the first. */
#include "vy-initrd-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"

static void
pad (GString *archive)
{
    static const char zeros[4] = { 0 };

    g_string_append_len (archive, zeros, (gssize) ((4 - archive->len % 4) % 4));
}

/* An entry of the format that the kernel calls "newc". */
static void
add_entry (GString *archive, guint inode, guint mode, const char *name, const char *data,
           gsize size)
{
    g_string_append_printf (
        archive, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", inode,
        mode, 0, 0, 1, 0, (guint) size, 0, 0, 0, 0, (guint) strlen (name) + 1, 0);
    g_string_append_len (archive, name, (gssize) strlen (name) + 1);
    pad (archive);
    g_string_append_len (archive, data, (gssize) size);
    pad (archive);
}

static gboolean
add_file (GString *archive, guint inode, const char *file, GError **error)
{
    g_autofree char *data = NULL;
    g_autofree char *name = g_path_get_basename (file);
    g_autoptr (GError) why = NULL;
    struct stat status;
    gsize size;

    if (!g_file_get_contents (file, &data, &size, &why) || stat (file, &status) < 0)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("cannot read '%s': %s"), file,
                         why ? why->message : g_strerror (errno));
    add_entry (archive, inode, S_IFREG | (status.st_mode & 0777), name, data, size);
    return TRUE;
}

gboolean
vy_initrd_inject (const char *initrd, const char *const *files, GError **error)
{
    g_autoptr (GString) archive = g_string_new (NULL);
    g_autoptr (GFile) file = g_file_new_for_path (initrd);
    g_autoptr (GFileOutputStream) out = NULL;
    struct stat status;

    if (stat (initrd, &status) < 0)
        return vy_throw_errno (error, errno, _ ("cannot look at '%s'"), initrd);
    /* archives begin at multiples of four */
    for (goffset at = status.st_size; at % 4; at++)
        g_string_append_c (archive, '\0');
    for (guint i = 0; files[i]; i++) {
        g_autoptr (GString) part = g_string_new (NULL);

        if (!add_file (part, i + 1, files[i], error))
            return FALSE;
        g_string_append_len (archive, part->str, (gssize) part->len);
    }
    {
        g_autoptr (GString) end = g_string_new (NULL);

        add_entry (end, 0, 0, "TRAILER!!!", "", 0);
        g_string_append_len (archive, end->str, (gssize) end->len);
    }
    out = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, error);
    return out &&
           g_output_stream_write_all (G_OUTPUT_STREAM (out), archive->str, archive->len,
                                      NULL, NULL, error) &&
           g_output_stream_close (G_OUTPUT_STREAM (out), NULL, error);
}
