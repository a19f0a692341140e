/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Downloads: into a file, into memory. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "vy-fetch-private.h"
#include "vy-i18n-private.h"
#include "vy-module.h"

#define MAX_TEXT (1024 * 1024)
#define SMALL_SECONDS 30

static gboolean
run (const VyFetchJob *job, GError **error)
{
    VyFetchRun function = (VyFetchRun) vy_module_symbol ("fetch", VY_FETCH_RUN, error);

    return function && function (job, error);
}

static gboolean
write_piece (const void *piece, gsize size, gpointer data, GError **error)
{
    const char *at = piece;

    while (size > 0) {
        ssize_t done = write (*(int *) data, at, size);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return vy_throw_errno (error, errno, _ ("cannot write what is downloaded"));
        at += done;
        size -= (gsize) done;
    }
    return TRUE;
}

gboolean
vy_fetch_file (const char *url, const char *target, VyFetchProgress progress,
               gpointer data, GCancellable *cancellable, GError **error)
{
    int fd = open (target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    const VyFetchJob job = { url, write_piece, &fd, progress, data, cancellable, 0 };
    gboolean ok;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot create '%s'"), target);
    ok = run (&job, error);
    if (close (fd) && ok)
        ok = vy_throw_errno (error, errno, _ ("cannot write '%s'"), target);
    if (!ok)
        g_unlink (target);
    return ok;
}

static gboolean
append_piece (const void *piece, gsize size, gpointer data, GError **error)
{
    GString *text = data;

    if (text->len + size > MAX_TEXT)
        return vy_throw (error, VY_ERROR_INVALID, _ ("the file is too large"));
    g_string_append_len (text, piece, (gssize) size);
    return TRUE;
}

char *
vy_fetch_text (const char *url, GCancellable *cancellable, GError **error)
{
    GString *text = g_string_new (NULL);
    const VyFetchJob job = { .url = url,
                             .sink = append_piece,
                             .sink_data = text,
                             .cancellable = cancellable,
                             .timeout_s = SMALL_SECONDS };
    gboolean ok = run (&job, error);

    return g_string_free (text, !ok);
}

/* The first piece tells enough. */
static gboolean
note_piece (const void *piece, gsize size, gpointer data, GError **error)
{
    (void) piece, (void) size;
    *(gboolean *) data = TRUE;
    return vy_throw (error, VY_ERROR_CANCELLED, _ ("cancelled"));
}

/* For servers that send files only. */
static gboolean
begins (const char *url, GCancellable *cancellable, GError **error)
{
    gboolean came = FALSE;
    const VyFetchJob job = { .url = url,
                             .sink = note_piece,
                             .sink_data = &came,
                             .cancellable = cancellable,
                             .timeout_s = SMALL_SECONDS };
    GError *why = NULL;

    if (run (&job, &why))
        return TRUE;
    if (came)
        g_error_free (why);
    else
        g_propagate_error (error, why);
    return came;
}

gboolean
vy_fetch_exists (const char *url, GCancellable *cancellable, GError **error)
{
    const VyFetchJob job = { .url = url,
                             .cancellable = cancellable,
                             .timeout_s = SMALL_SECONDS };
    GError *why = NULL;

    if (run (&job, &why))
        return TRUE;
    if (g_error_matches (why, VY_ERROR, VY_ERROR_UNSUPPORTED)) {
        g_error_free (why);
        return begins (url, cancellable, error);
    }
    g_propagate_error (error, why);
    return FALSE;
}
