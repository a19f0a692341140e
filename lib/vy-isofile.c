/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single files of ISO 9660 images. */
#include "vy-isofile-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-archive-private.h"
#include "vy-i18n-private.h"
#include "vy-module.h"

#define MAX_TEXT (1024 * 1024)

static gboolean
copy (const char *image, const char *member, int fd, GError **error)
{
    VyArchiveReadIso read_iso =
        (VyArchiveReadIso) vy_module_symbol ("archive", VY_ARCHIVE_READ_ISO, error);

    return read_iso && read_iso (image, member, fd, error);
}

gboolean
vy_isofile_has (const char *image, const char *member)
{
    return copy (image, member, -1, NULL);
}

/* What was written to a file, unless that is more than a text would be. */
static char *
text_of (int fd)
{
    struct stat status;
    g_autofree char *text = NULL;

    if (fstat (fd, &status) < 0 || status.st_size > MAX_TEXT)
        return NULL;
    text = g_malloc0 ((gsize) status.st_size + 1);
    return pread (fd, text, (size_t) status.st_size, 0) == status.st_size
               ? g_steal_pointer (&text)
               : NULL;
}

char *
vy_isofile_read (const char *image, const char *member)
{
    int fd = memfd_create ("member", MFD_CLOEXEC);
    char *text = NULL;

    if (fd < 0)
        return NULL;
    if (copy (image, member, fd, NULL))
        text = text_of (fd);
    close (fd);
    return text;
}

gboolean
vy_isofile_extract (const char *image, const char *member, const char *target,
                    GError **error)
{
    int fd = open (target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    gboolean ok;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot make '%s'"), target);
    ok = copy (image, member, fd, error);
    if (close (fd) < 0 && ok)
        ok = vy_throw_errno (error, errno, _ ("cannot write to '%s'"), target);
    if (!ok)
        unlink (target);
    return ok;
}
