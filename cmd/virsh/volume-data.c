/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage volumes: their content and size: vol-download vol-resize vol-upload vol-wipe */
#include "virsh.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char *vol, *pool, *file, *capacity, *algorithm;
    guint64 offset, length;
    gboolean sparse, allocate, delta, shrink;
} Args;

/* ---- content
 * ----------------------------------------------------------------------------- */

typedef struct {
    CliProgress line;
    const char *text;
    guint64 total; /* bytes, 0: unknown */
} Moving;

static void
on_progress (guint64 done, gpointer data)
{
    Moving *moving = data;
    g_autofree char *size = vy_size_format (done);
    g_autofree char *text = g_strdup_printf ("%s (%s)", moving->text, size);

    cli_progress_show (&moving->line, "", text,
                       moving->total ? (double) done / (double) moving->total : -1);
}

/* How the content moves, with a line of progress when somebody looks. */
static VyVolumeTransfer
transfer_of (Cli *cli, const Args *args, Moving *moving)
{
    gboolean shown = cli_progress_wanted (cli);

    return (VyVolumeTransfer){ .offset = args->offset,
                               .length = args->length,
                               .sparse = args->sparse,
                               .cancellable = cli_cancellable (cli),
                               .progress = shown ? on_progress : NULL,
                               .progress_data = moving };
}

static guint64
file_size (int fd)
{
    struct stat facts;

    return fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode) ? (guint64) facts.st_size
                                                              : 0;
}

static gboolean
run_upload (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    Moving moving = { .text = args->file };
    VyVolumeTransfer transfer = transfer_of (cli, args, &moving);
    gboolean ok;
    int fd;

    if (!volume)
        return FALSE;
    fd = g_open (args->file, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot read %s"), args->file);
    moving.total = file_size (fd);
    ok = vy_volume_upload (volume, fd, &transfer, error);
    cli_progress_clear (&moving.line);
    close (fd);
    return ok;
}

/* Opens the file that a download fills; what is in it stays until there is content. */
static int
open_target (const char *path, gboolean *made, GError **error)
{
    int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    *made = fd >= 0;
    if (fd < 0 && errno == EEXIST)
        fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0)
        vy_throw_errno (error, errno, _ ("cannot create %s"), path);
    return fd;
}

/* What a download has to move, for its progress. */
static guint64
content_size (virStorageVolPtr volume, const Args *args)
{
    virStorageVolInfo info;

    if (args->length)
        return args->length;
    if (virStorageVolGetInfoFlags (volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0 ||
        info.allocation <= args->offset)
        return 0;
    return info.allocation - args->offset;
}

static gboolean
run_download (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    Moving moving = { .text = args->file };
    VyVolumeTransfer transfer = transfer_of (cli, args, &moving);
    gboolean made, ok;
    int fd = volume ? open_target (args->file, &made, error) : -1;

    if (fd < 0)
        return FALSE;
    if (transfer.progress)
        moving.total = content_size (volume, args);
    ok = vy_volume_download (volume, fd, &transfer, error);
    cli_progress_clear (&moving.line);
    if (close (fd) < 0 && ok)
        ok = vy_throw_errno (error, errno, _ ("cannot close file %s"), args->file);
    if (!ok && made)
        g_unlink (args->file);
    return ok;
}

static gboolean
find_algorithm (const char *name, unsigned *algorithm, GError **error)
{
    int place =
        name ? virsh_word_place (virsh_wipe_words, name) : VIR_STORAGE_VOL_WIPE_ALG_ZERO;

    if (place >= 0) {
        *algorithm = (unsigned) place;
        return TRUE;
    }
    return vy_throw (error, VY_ERROR_USAGE, _ ("Unsupported algorithm '%s'"), name);
}

static gboolean
run_wipe (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    unsigned algorithm = VIR_STORAGE_VOL_WIPE_ALG_ZERO;
    int result;

    if (!volume || !find_algorithm (args->algorithm, &algorithm, error))
        return FALSE;
    result = virStorageVolWipePattern (volume, algorithm, 0);
    if (result < 0 && algorithm == VIR_STORAGE_VOL_WIPE_ALG_ZERO &&
        virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
        result = virStorageVolWipe (volume, 0); /* older than the patterns */
    if (result < 0)
        return virsh_fail (error, _ ("Failed to wipe vol %s"),
                           virStorageVolGetName (volume));
    cli_say (cli, _ ("Vol %s wiped\n"), virStorageVolGetName (volume));
    return TRUE;
}

/* ---- size
 * -------------------------------------------------------------------------------- */

static gboolean
run_resize (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    gboolean negative = *args->capacity == '-';
    gboolean delta = args->delta || negative;
    const char *size = args->capacity + negative;
    unsigned flags = (args->allocate ? VIR_STORAGE_VOL_RESIZE_ALLOCATE : 0u) |
                     (delta ? VIR_STORAGE_VOL_RESIZE_DELTA : 0u) |
                     (args->shrink ? VIR_STORAGE_VOL_RESIZE_SHRINK : 0u);
    guint64 bytes;

    if (!volume)
        return FALSE;
    if (negative && !args->shrink)
        return vy_throw (error, VY_ERROR_USAGE, _ ("negative size requires --shrink"));
    if (!virsh_volume_size (size, &bytes, error))
        return FALSE;
    if (virStorageVolResize (volume, bytes, flags) < 0)
        return virsh_fail (error,
                           delta ? _ ("Failed to change size of volume '%s' by %s")
                                 : _ ("Failed to change size of volume '%s' to %s"),
                           virStorageVolGetName (volume), size);
    cli_say (cli,
             delta ? _ ("Size of volume '%s' successfully changed by %s\n")
                   : _ ("Size of volume '%s' successfully changed to %s\n"),
             virStorageVolGetName (volume), size);
    return TRUE;
}

#define CONTENT_OPTIONS(file_help)                                                       \
    VIRSH_VOLUME (Args, vol),                                                            \
        { "file",                                                                        \
          0,                                                                             \
          CLI_STRING,                                                                    \
          CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,                                      \
          offsetof (Args, file),                                                         \
          N_ ("FILE"),                                                                   \
          N_ (file_help) },                                                              \
        VIRSH_IN_POOL (Args, pool, "pool"),                                              \
        { "offset",                                                                      \
          0,                                                                             \
          CLI_UINT64,                                                                    \
          CLI_POSITIONAL,                                                                \
          offsetof (Args, offset),                                                       \
          N_ ("BYTES"),                                                                  \
          N_ ("where in the volume to begin") },                                         \
        { "length",                                                                      \
          0,                                                                             \
          CLI_UINT64,                                                                    \
          CLI_POSITIONAL | CLI_WRAPS,                                                    \
          offsetof (Args, length),                                                       \
          N_ ("BYTES"),                                                                  \
          N_ ("how much of the volume") },                                               \
        VIRSH_FLAG (Args, sparse, "sparse", "send holes as holes")

static const CliOption upload_options[] = {
    CONTENT_OPTIONS ("file that is written into the volume"), { 0 }
};
static const CliOption download_options[] = {
    CONTENT_OPTIONS ("file that the volume is written into"), { 0 }
};
static const CliOption wipe_options[] = {
    VIRSH_VOLUME (Args, vol),
    VIRSH_IN_POOL (Args, pool, "pool"),
    VIRSH_STRING (Args, algorithm, "algorithm", "NAME", "zero, or a pattern of scrub's"),
    { 0 },
};
static const CliOption resize_options[] = {
    VIRSH_VOLUME (Args, vol),
    VIRSH_NAME (Args, capacity, "capacity", "SIZE", "new size, in bytes or with its unit",
                NULL),
    VIRSH_IN_POOL (Args, pool, "pool"),
    VIRSH_FLAG (Args, allocate, "allocate", "set the new room aside at once"),
    VIRSH_FLAG (Args, delta, "delta", "SIZE is the difference"),
    VIRSH_FLAG (Args, shrink, "shrink", "it may become smaller; data may be lost"),
    { 0 },
};

const CliCommand virsh_volume_data_commands[] = {
    VIRSH_COMMAND ("vol-download", N_ ("write a volume's content into a file"),
                   download_options, run_download),
    VIRSH_COMMAND ("vol-resize", N_ ("change the size of a volume"), resize_options,
                   run_resize),
    VIRSH_COMMAND ("vol-upload", N_ ("write a file's content into a volume"),
                   upload_options, run_upload),
    VIRSH_COMMAND ("vol-wipe", N_ ("overwrite a volume's content"), wipe_options,
                   run_wipe),
    { 0 },
};
