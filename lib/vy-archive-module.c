/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libarchive: writes ISO images. */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <time.h>

#include "vy-archive-private.h"
#include "vy-i18n-private.h"

VY_API gboolean vy_archive_write_iso (int fd, const char *label,
                                      const VyArchiveFile *files, GError **error);

static gboolean
add_file (struct archive *archive, const VyArchiveFile *file)
{
    size_t size = strlen (file->text);
    struct archive_entry *entry = archive_entry_new ();
    gboolean ok;

    archive_entry_set_pathname (entry, file->name);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0444);
    archive_entry_set_size (entry, (la_int64_t) size);
    archive_entry_set_mtime (entry, time (NULL), 0);
    ok = archive_write_header (archive, entry) == ARCHIVE_OK &&
         archive_write_data (archive, file->text, size) == (la_ssize_t) size;
    archive_entry_free (entry);
    return ok;
}

/* With Joliet, whose label keeps its small letters. */
static gboolean
write_all (struct archive *archive, int fd, const char *label, const VyArchiveFile *files)
{
    if (archive_write_set_format_iso9660 (archive) != ARCHIVE_OK ||
        archive_write_set_format_option (archive, "iso9660", "volume-id", label) !=
            ARCHIVE_OK ||
        archive_write_set_format_option (archive, "iso9660", "joliet", "1") !=
            ARCHIVE_OK ||
        archive_write_open_fd (archive, fd) != ARCHIVE_OK)
        return FALSE;
    for (; files->name; files++)
        if (!add_file (archive, files))
            return FALSE;
    return archive_write_close (archive) == ARCHIVE_OK;
}

gboolean
vy_archive_write_iso (int fd, const char *label, const VyArchiveFile *files,
                      GError **error)
{
    struct archive *archive = archive_write_new ();
    gboolean ok = archive && write_all (archive, fd, label, files);
    const char *why = archive ? archive_error_string (archive) : NULL;

    if (!ok)
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot write an ISO image: %s"),
                  why ? why : _ ("unknown error"));
    archive_write_free (archive);
    return ok;
}
