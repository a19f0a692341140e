/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Downloads. */
#pragma once

#include <gio/gio.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyFetchProgress:
 * @done: bytes that have come
 * @total: bytes that will come, 0 when that is not known
 * @data: what was given to vy_fetch_file()
 *
 * Is told how far a download is.
 */
typedef void (*VyFetchProgress) (guint64 done, guint64 total, gpointer data);

/**
 * vy_fetch_file:
 * @url: http, https, ftp or file URL
 * @target: file that is made; it must not exist, and is removed on failure
 * @progress: (nullable): is called now and then
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Downloads a file. %VY_ERROR_NOT_FOUND: the server has no such file; %VY_ERROR_DENIED:
 * it refuses; %VY_ERROR_NO_CONNECTION: it cannot be reached; %VY_ERROR_EXISTS: @target is
 * there already.
 *
 * Returns: whether all of it is there
 * Since: 0.1
 */
VY_API gboolean vy_fetch_file (const char *url, const char *target,
                               VyFetchProgress progress, gpointer data,
                               GCancellable *cancellable, GError **error);

/**
 * vy_fetch_text:
 * @url: http, https, ftp or file URL of a file of at most 1 MiB
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Downloads a small file. Errors are those of vy_fetch_file().
 *
 * Returns: (transfer full): its text
 * Since: 0.1
 */
VY_API char *vy_fetch_text (const char *url, GCancellable *cancellable, GError **error);

/**
 * vy_fetch_exists:
 * @url: http, https, ftp or file URL
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Asks whether there is such a file, and downloads nothing. Errors are those of
 * vy_fetch_file().
 *
 * Returns: whether it is there
 * Since: 0.1
 */
VY_API gboolean vy_fetch_exists (const char *url, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
