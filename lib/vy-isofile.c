/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single files of ISO 9660 images: read straight from the directory tree. */
#include "vy-isofile-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>

#include "vy-i18n-private.h"

#define SECTOR 2048
#define MAX_DIRECTORY (8 * 1024 * 1024)
#define MAX_TEXT (1024 * 1024)
#define ROOT_RECORD 156

typedef struct {
    guint32 sector;
    guint32 size;
    gboolean is_dir;
} Extent;

typedef struct {
    GSeekable *seek;
    GInputStream *stream;
    gboolean joliet;
} Image;

static guint32
little32 (const guchar *bytes)
{
    return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 |
           (guint32) bytes[3] << 24;
}

static gboolean
read_at (Image *image, guint64 offset, void *buffer, gsize size)
{
    gsize got = 0;

    return g_seekable_seek (image->seek, (goffset) offset, G_SEEK_SET, NULL, NULL) &&
           g_input_stream_read_all (image->stream, buffer, size, &got, NULL, NULL) &&
           got == size;
}

static Extent
extent_of (const guchar *record)
{
    Extent extent = { little32 (record + 2), little32 (record + 10),
                      (record[25] & 2) != 0 };

    return extent;
}

/* ---- names --------------------------------------------------------------------------
 */

/* The Rock Ridge name of a record, or NULL. */
static char *
rock_ridge_name (const guchar *record, guint length)
{
    guint at = 33u + record[32] + (record[32] % 2 == 0 ? 1 : 0);
    GString *name = NULL;

    while (at + 5 <= length) {
        guint size = record[at + 2];

        if (size < 4 || at + size > length)
            break;
        if (record[at] == 'N' && record[at + 1] == 'M' && size > 5) {
            if (!name)
                name = g_string_new (NULL);
            g_string_append_len (name, (const char *) record + at + 5, size - 5);
        }
        at += size;
    }
    return name ? g_string_free (name, FALSE) : NULL;
}

static char *
record_name (const Image *image, const guchar *record, guint length)
{
    char *name = image->joliet ? NULL : rock_ridge_name (record, length);
    char *version;

    if (name)
        return name;
    if (image->joliet)
        name = g_convert ((const char *) record + 33, record[32], "UTF-8", "UTF-16BE",
                          NULL, NULL, NULL);
    else
        name = g_strndup ((const char *) record + 33, record[32]);
    version = name ? strrchr (name, ';') : NULL;
    if (version)
        *version = '\0';
    if (name && *name && name[strlen (name) - 1] == '.')
        name[strlen (name) - 1] = '\0';
    return name;
}

static gboolean
find_in_directory (Image *image, Extent directory, const char *name, Extent *found)
{
    g_autofree guchar *data = NULL;
    guint32 at = 0;

    if (directory.size == 0 || directory.size > MAX_DIRECTORY)
        return FALSE;
    data = g_malloc (directory.size);
    if (!read_at (image, (guint64) directory.sector * SECTOR, data, directory.size))
        return FALSE;
    while (at + 34 <= directory.size) {
        guint length = data[at];
        g_autofree char *other = NULL;

        if (length == 0) { /* records do not cross sectors */
            at = (at / SECTOR + 1) * SECTOR;
            continue;
        }
        if (length < 34 || at + length > directory.size || 33u + data[at + 32] > length)
            return FALSE;
        other = record_name (image, data + at, length);
        if (other && !g_ascii_strcasecmp (other, name)) {
            *found = extent_of (data + at);
            return TRUE;
        }
        at += length;
    }
    return FALSE;
}

/* ---- images -------------------------------------------------------------------------
 */

static gboolean
find_from (Image *image, guint sector, const char *member, Extent *found)
{
    g_auto (GStrv) steps = g_strsplit (member, "/", -1);
    guchar descriptor[SECTOR];
    Extent at;

    if (!read_at (image, (guint64) sector * SECTOR, descriptor, SECTOR) ||
        memcmp (descriptor + 1, "CD001", 5))
        return FALSE;
    at = extent_of (descriptor + ROOT_RECORD);
    for (guint i = 0; steps[i]; i++) {
        if (!*steps[i] || !strcmp (steps[i], "."))
            continue;
        if (!find_in_directory (image, at, steps[i], &at))
            return FALSE;
    }
    *found = at;
    return TRUE;
}

/* Sector of the Joliet descriptor, 0 when there is none. */
static guint
joliet_sector (Image *image)
{
    guchar descriptor[SECTOR];

    for (guint sector = 17; sector < 32; sector++) {
        if (!read_at (image, (guint64) sector * SECTOR, descriptor, SECTOR) ||
            memcmp (descriptor + 1, "CD001", 5) || descriptor[0] == 255)
            return 0;
        if (descriptor[0] == 2 && descriptor[88] == '%' && descriptor[89] == '/')
            return sector;
    }
    return 0;
}

static gboolean
find_member (Image *image, const char *member, Extent *found)
{
    guint sector;

    image->joliet = FALSE;
    if (find_from (image, 16, member, found))
        return TRUE;
    sector = joliet_sector (image);
    image->joliet = TRUE;
    return sector > 0 && find_from (image, sector, member, found);
}

static GFileInputStream *
open_image (const char *path, Image *image, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GError) why = NULL;
    GFileInputStream *stream = g_file_read (file, NULL, &why);

    if (!stream) {
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot open '%s': %s"), path, why->message);
        return NULL;
    }
    image->stream = G_INPUT_STREAM (stream);
    image->seek = G_SEEKABLE (stream);
    return stream;
}

gboolean
vy_isofile_has (const char *path, const char *member)
{
    Image image = { 0 };
    Extent found;
    g_autoptr (GFileInputStream) stream = open_image (path, &image, NULL);

    return stream && find_member (&image, member, &found);
}

char *
vy_isofile_read (const char *path, const char *member)
{
    Image image = { 0 };
    Extent found;
    g_autoptr (GFileInputStream) stream = open_image (path, &image, NULL);
    char *text;

    if (!stream || !find_member (&image, member, &found) || found.size > MAX_TEXT)
        return NULL;
    text = g_malloc0 ((gsize) found.size + 1);
    if (read_at (&image, (guint64) found.sector * SECTOR, text, found.size))
        return text;
    g_free (text);
    return NULL;
}

static gboolean
copy_extent (Image *image, Extent extent, GOutputStream *out, GError **error)
{
    g_autofree guchar *buffer = g_malloc (SECTOR * 128);
    guint64 done = 0;

    while (done < extent.size) {
        gsize size = MIN (extent.size - done, (guint64) SECTOR * 128);

        if (!read_at (image, (guint64) extent.sector * SECTOR + done, buffer, size))
            return vy_throw (error, VY_ERROR_FAILED, _ ("the image ends too early"));
        if (!g_output_stream_write_all (out, buffer, size, NULL, NULL, error))
            return FALSE;
        done += size;
    }
    return g_output_stream_close (out, NULL, error);
}

gboolean
vy_isofile_extract (const char *path, const char *member, const char *target,
                    GError **error)
{
    Image image = { 0 };
    Extent found;
    g_autoptr (GFileInputStream) stream = open_image (path, &image, error);
    g_autoptr (GFile) file = g_file_new_for_path (target);
    g_autoptr (GFileOutputStream) out = NULL;

    if (!stream)
        return FALSE;
    if (!find_member (&image, member, &found))
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no '%s' in '%s'"),
                         member, path);
    out = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);
    return out && copy_extent (&image, found, G_OUTPUT_STREAM (out), error);
}
