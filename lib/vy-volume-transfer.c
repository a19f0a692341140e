/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes: their content out of files and into files, by streams. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-volume.h"

/* More than that is never sent as one piece of data. */
#define PIECE (1024 * 1024)

typedef struct {
    int fd;
    gboolean regular; /* holes can be made in it */
    const VyVolumeTransfer *how;
    guint64 done;
    GError *failure; /* of a callback: what ended the transfer */
} Transfer;

static Transfer
transfer_new (int fd, const VyVolumeTransfer *how)
{
    struct stat facts;

    return (Transfer){ .fd = fd,
                       .how = how,
                       .regular = fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode) };
}

static gboolean
go_on (Transfer *transfer)
{
    return !g_cancellable_is_cancelled (transfer->how->cancellable) ||
           vy_throw (&transfer->failure, VY_ERROR_CANCELLED, _ ("interrupted"));
}

static void
count (Transfer *transfer, guint64 bytes)
{
    transfer->done += bytes;
    if (transfer->how->progress)
        transfer->how->progress (transfer->done, transfer->how->progress_data);
}

/* What a callback gives libvirt for a failure that is kept in @transfer. */
static int
give_up (Transfer *transfer, int errnum)
{
    if (!transfer->failure)
        vy_throw_errno (&transfer->failure, errnum, _ ("cannot use the file"));
    return -1;
}

/* ---- upload
 * ------------------------------------------------------------------------------ */

static int
read_data (G_GNUC_UNUSED virStreamPtr stream, char *buffer, size_t size, void *opaque)
{
    Transfer *transfer = opaque;
    ssize_t n;

    if (!go_on (transfer))
        return -1;
    do
        n = read (transfer->fd, buffer, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return give_up (transfer, errno);
    count (transfer, (guint64) n);
    return (int) n;
}

/* Whether the file has data where it stands, and how far that or the hole goes. */
static int
find_data (G_GNUC_UNUSED virStreamPtr stream, int *in_data, long long *length,
           void *opaque)
{
    Transfer *transfer = opaque;
    off_t here = lseek (transfer->fd, 0, SEEK_CUR), next;

    *in_data = 1;
    *length = PIECE;
    if (here < 0)
        return errno == ESPIPE ? 0 : give_up (transfer, errno);
    next = lseek (transfer->fd, here, SEEK_DATA);
    if (next == here) {
        next = lseek (transfer->fd, here, SEEK_HOLE);
    } else {
        *in_data = 0;
        if (next < 0 && errno == ENXIO) /* a hole up to the end, or the end */
            next = lseek (transfer->fd, 0, SEEK_END);
    }
    if (next < 0 || lseek (transfer->fd, here, SEEK_SET) < 0)
        return give_up (transfer, errno);
    *length = next - here;
    return 0;
}

static int
skip_hole (G_GNUC_UNUSED virStreamPtr stream, long long length, void *opaque)
{
    Transfer *transfer = opaque;

    if (!go_on (transfer))
        return -1;
    if (lseek (transfer->fd, length, SEEK_CUR) < 0)
        return give_up (transfer, errno);
    count (transfer, (guint64) length);
    return 0;
}

/* ---- download
 * ---------------------------------------------------------------------------- */

static int
write_data (G_GNUC_UNUSED virStreamPtr stream, const char *buffer, size_t size,
            void *opaque)
{
    Transfer *transfer = opaque;
    ssize_t n;

    if (!go_on (transfer))
        return -1;
    do
        n = write (transfer->fd, buffer, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return give_up (transfer, errno);
    count (transfer, (guint64) n);
    return (int) n;
}

/* A device or pipe cannot have holes: they are zeros there. */
static int
write_zeros (Transfer *transfer, guint64 length)
{
    static const char zeros[64 * 1024];

    while (length) {
        int n = write_data (NULL, zeros, MIN (length, sizeof zeros), transfer);

        if (n < 0)
            return -1;
        length -= (guint64) n;
    }
    return 0;
}

static int
leave_hole (G_GNUC_UNUSED virStreamPtr stream, long long length, void *opaque)
{
    Transfer *transfer = opaque;
    off_t end;

    if (!go_on (transfer))
        return -1;
    if (!transfer->regular)
        return write_zeros (transfer, (guint64) length);
    end = lseek (transfer->fd, length, SEEK_CUR);
    if (end < 0 || ftruncate (transfer->fd, end) < 0)
        return give_up (transfer, errno);
    count (transfer, (guint64) length);
    return 0;
}

/* ---- both
 * --------------------------------------------------------------------------------
 */

/* Why a transfer ended: what a callback met, or libvirt's error. FALSE. */
static G_GNUC_PRINTF (3, 4) gboolean
    failed (Transfer *transfer, GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start (arguments, format);
    text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    if (!transfer->failure)
        return vy_throw_libvirt (error, "%s", text);
    g_propagate_prefixed_error (error, g_steal_pointer (&transfer->failure),
                                "%s: ", text);
    return FALSE;
}

gboolean
vy_volume_upload (virStorageVolPtr volume, int fd, const VyVolumeTransfer *how,
                  GError **error)
{
    Transfer transfer = transfer_new (fd, how);
    const char *name = virStorageVolGetName (volume);
    g_autoptr (virStream) stream = virStreamNew (virStorageVolGetConnect (volume), 0);
    unsigned flags = how->sparse ? VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0;

    if (!stream ||
        virStorageVolUpload (volume, stream, how->offset, how->length, flags) < 0)
        return failed (&transfer, error, _ ("cannot upload to volume %s"), name);
    if ((how->sparse
             ? virStreamSparseSendAll (stream, read_data, find_data, skip_hole, &transfer)
             : virStreamSendAll (stream, read_data, &transfer)) < 0)
        return failed (&transfer, error, _ ("cannot send data to volume %s"), name);
    if (virStreamFinish (stream) < 0)
        return failed (&transfer, error, _ ("cannot close volume %s"), name);
    return TRUE;
}

gboolean
vy_volume_download (virStorageVolPtr volume, int fd, const VyVolumeTransfer *how,
                    GError **error)
{
    Transfer transfer = transfer_new (fd, how);
    const char *name = virStorageVolGetName (volume);
    g_autoptr (virStream) stream = virStreamNew (virStorageVolGetConnect (volume), 0);
    unsigned flags = how->sparse ? VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0;

    if (!stream ||
        virStorageVolDownload (volume, stream, how->offset, how->length, flags) < 0)
        return failed (&transfer, error, _ ("cannot download from volume %s"), name);
    if (transfer.regular && ftruncate (fd, 0) < 0)
        give_up (&transfer, errno);
    if (transfer.failure)
        virStreamAbort (stream);
    else if ((how->sparse
                  ? virStreamSparseRecvAll (stream, write_data, leave_hole, &transfer)
                  : virStreamRecvAll (stream, write_data, &transfer)) == 0)
        return virStreamFinish (stream) == 0 ||
               failed (&transfer, error, _ ("cannot close volume %s"), name);
    return failed (&transfer, error, _ ("cannot receive data from volume %s"), name);
}
