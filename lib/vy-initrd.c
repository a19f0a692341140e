/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are put into an initrd: as a second cpio archive behind the first. */
#include "vy-initrd-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "vy-archive-private.h"
#include "vy-i18n-private.h"
#include "vy-module.h"

/* Archives begin at multiples of four. */
static gboolean
pad (int fd, const char *path, GError **error)
{
    off_t end = lseek (fd, 0, SEEK_END);

    return (end >= 0 && (end % 4 == 0 || ftruncate (fd, end + 4 - end % 4) == 0) &&
            lseek (fd, 0, SEEK_END) >= 0) ||
           vy_throw_errno (error, errno, _ ("cannot write to '%s'"), path);
}

gboolean
vy_initrd_inject (const char *initrd, const char *const *files, GError **error)
{
    VyArchiveWriteCpio write_cpio =
        (VyArchiveWriteCpio) vy_module_symbol ("archive", VY_ARCHIVE_WRITE_CPIO, error);
    gboolean ok;
    int fd;

    if (!write_cpio)
        return FALSE;
    fd = open (initrd, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot open '%s'"), initrd);
    ok = pad (fd, initrd, error) && write_cpio (fd, files, error);
    if (close (fd) < 0 && ok)
        return vy_throw_errno (error, errno, _ ("cannot write to '%s'"), initrd);
    return ok;
}
