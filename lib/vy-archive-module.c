/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libarchive: ISO images, cpio archives. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "vy-archive-private.h"
#include "vy-i18n-private.h"

VY_API gboolean vy_archive_write_iso (int fd, const char *label,
                                      const VyArchiveFile *files, GError **error);
VY_API gboolean vy_archive_read_iso (const char *image, const char *member, int fd,
                                     GError **error);
VY_API gboolean vy_archive_write_cpio (int fd, const char *const *files, GError **error);

#define BLOCK (64 * 1024)

typedef struct archive Reader;
typedef struct archive Writer;
typedef struct archive_entry Entry;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, archive_entry_free)

static void
reader_free (Reader *reader)
{
    archive_read_free (reader);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

static const char *
reason (struct archive *archive)
{
    const char *why = archive ? archive_error_string (archive) : NULL;

    return why ? why : _ ("unknown error");
}

/* ---- writing ISO images -------------------------------------------------------------
 */

static gboolean
add_text (Writer *archive, const VyArchiveFile *file)
{
    size_t size = strlen (file->text);
    g_autoptr (Entry) entry = archive_entry_new ();

    archive_entry_set_pathname (entry, file->name);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0444);
    archive_entry_set_size (entry, (la_int64_t) size);
    archive_entry_set_mtime (entry, time (NULL), 0);
    return archive_write_header (archive, entry) == ARCHIVE_OK &&
           archive_write_data (archive, file->text, size) == (la_ssize_t) size;
}

/* With Joliet, whose label keeps its small letters. */
static gboolean
write_iso (Writer *archive, int fd, const char *label, const VyArchiveFile *files)
{
    if (archive_write_set_format_iso9660 (archive) != ARCHIVE_OK ||
        archive_write_set_format_option (archive, "iso9660", "volume-id", label) !=
            ARCHIVE_OK ||
        archive_write_set_format_option (archive, "iso9660", "joliet", "1") !=
            ARCHIVE_OK ||
        archive_write_open_fd (archive, fd) != ARCHIVE_OK)
        return FALSE;
    for (; files->name; files++)
        if (!add_text (archive, files))
            return FALSE;
    return archive_write_close (archive) == ARCHIVE_OK;
}

gboolean
vy_archive_write_iso (int fd, const char *label, const VyArchiveFile *files,
                      GError **error)
{
    Writer *archive = archive_write_new ();
    gboolean ok = archive && write_iso (archive, fd, label, files);

    if (!ok)
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot write an ISO image: %s"),
                  reason (archive));
    archive_write_free (archive);
    return ok;
}

/* ---- reading ISO images -------------------------------------------------------------
 */

static Reader *
open_iso (const char *image, GError **error)
{
    g_autoptr (Reader) reader = archive_read_new ();

    if (!reader || archive_read_support_format_iso9660 (reader) != ARCHIVE_OK ||
        archive_read_open_filename (reader, image, BLOCK) != ARCHIVE_OK) {
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot open '%s': %s"), image,
                  reason (reader));
        return NULL;
    }
    return g_steal_pointer (&reader);
}

static const char *
skip_root (const char *path)
{
    while (*path == '/' || (path[0] == '.' && path[1] == '/'))
        path++;
    return path;
}

/* Names with bytes that the locale does not know are no member that anyone asks for. */
static gboolean
is_member (Entry *entry, const char *member)
{
    const char *name = archive_entry_pathname (entry);

    return name && !g_ascii_strcasecmp (skip_root (name), skip_root (member));
}

/* Goes to a member. FALSE with @error when the image has none, or cannot be read. */
static gboolean
find_member (Reader *reader, const char *image, const char *member, Entry **entry,
             GError **error)
{
    int state;

    /* a warning is about a name's letters */
    while ((state = archive_read_next_header (reader, entry)) == ARCHIVE_OK ||
           state == ARCHIVE_WARN)
        if (is_member (*entry, member))
            return TRUE;
    return state == ARCHIVE_EOF
               ? vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no '%s' in '%s'"),
                           member, image)
               : vy_throw (error, VY_ERROR_FAILED, _ ("cannot read '%s': %s"), image,
                           reason (reader));
}

gboolean
vy_archive_read_iso (const char *image, const char *member, int fd, GError **error)
{
    g_autoptr (Reader) reader = open_iso (image, error);
    const char *first;
    Entry *entry;

    if (!reader || !find_member (reader, image, member, &entry, error))
        return FALSE;
    if (fd < 0)
        return TRUE;
    /* files that share their blocks are links to the first of them, which has gone by */
    first = archive_entry_hardlink (entry);
    if (first)
        return vy_archive_read_iso (image, first, fd, error);
    return archive_read_data_into_fd (reader, fd) == ARCHIVE_OK ||
           vy_throw (error, VY_ERROR_FAILED, _ ("cannot copy '%s' out of '%s': %s"),
                     member, image, reason (reader));
}

/* ---- writing cpio archives ----------------------------------------------------------
 */

static gboolean
copy_data (Writer *archive, int fd)
{
    g_autofree char *buffer = g_malloc (BLOCK);
    ssize_t size;

    while ((size = read (fd, buffer, BLOCK)) > 0)
        if (archive_write_data (archive, buffer, (size_t) size) != size)
            return FALSE;
    if (size < 0)
        archive_set_error (archive, errno, "%s", g_strerror (errno));
    return size == 0;
}

static gboolean
add_file (Writer *archive, const char *path)
{
    g_autoptr (Entry) entry = archive_entry_new ();
    g_autofree char *name = g_path_get_basename (path);
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    gboolean ok;

    if (fd < 0 || fstat (fd, &status) < 0) {
        archive_set_error (archive, errno, "%s: %s", path, g_strerror (errno));
        ok = FALSE;
    } else {
        archive_entry_set_pathname (entry, name);
        archive_entry_set_filetype (entry, AE_IFREG);
        archive_entry_set_perm (entry, status.st_mode & 0777);
        archive_entry_set_size (entry, status.st_size);
        ok = archive_write_header (archive, entry) == ARCHIVE_OK &&
             copy_data (archive, fd);
    }
    if (fd >= 0)
        close (fd);
    return ok;
}

static gboolean
write_cpio (Writer *archive, int fd, const char *const *files)
{
    if (archive_write_set_format_cpio_newc (archive) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block (archive, 4) != ARCHIVE_OK ||
        archive_write_open_fd (archive, fd) != ARCHIVE_OK)
        return FALSE;
    for (; *files; files++)
        if (!add_file (archive, *files))
            return FALSE;
    return archive_write_close (archive) == ARCHIVE_OK;
}

gboolean
vy_archive_write_cpio (int fd, const char *const *files, GError **error)
{
    Writer *archive = archive_write_new ();
    gboolean ok = archive && write_cpio (archive, fd, files);

    if (!ok)
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot put files into the initrd: %s"),
                  reason (archive));
    archive_write_free (archive);
    return ok;
}
