/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers with units: sizes, durations. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * vy_size_parse:
 * @text: digits, perhaps a fraction, perhaps a suffix
 * @default_unit: bytes that a number without a suffix counts in: 1, 1024, …
 * @bytes: (out): the size in bytes, written on success only
 * @error: return location for a #GError
 *
 * Reads a size as qemu-img does: b, K, M, G, T, P, E are powers of 1024 in either case,
 * "KiB" and "kib" likewise; "KB", "MB", … are powers of 1000 as virsh reads them. A
 * fraction is allowed ("1.5G").
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID for text that is no size, is negative
 *   or does not fit 63 bits
 * Since: 0.1
 */
VY_API gboolean vy_size_parse (const char *text, guint64 default_unit, guint64 *bytes,
                               GError **error);

/**
 * vy_size_format:
 * @bytes: a size in bytes
 *
 * Writes a size for people: the largest binary unit that leaves at least 1, with at most
 * two decimals, "40 GiB", "1.5 MiB", "512 B".
 *
 * Returns: (transfer full): the text
 * Since: 0.1
 */
VY_API char *vy_size_format (guint64 bytes);

/**
 * vy_duration_parse:
 * @text: digits with a suffix: ms, s, m, h, d; several may follow each other, "1m30s"
 * @default_unit_ms: milliseconds that a number without a suffix counts in
 * @milliseconds: (out): the duration, written on success only
 * @error: return location for a #GError
 *
 * Reads a duration.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_duration_parse (const char *text, guint64 default_unit_ms,
                                   guint64 *milliseconds, GError **error);

/**
 * vy_number_parse:
 * @text: decimal digits, or 0x and hexadecimal ones
 * @max: the largest value allowed
 * @value: (out): the number, written on success only
 * @error: return location for a #GError
 *
 * Reads an unsigned number; the whole text must be one.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_number_parse (const char *text, guint64 max, guint64 *value,
                                 GError **error);

/**
 * vy_boolean_parse:
 * @text: yes, no, on, off, true, false, 1, 0, y, n, t, f in any case
 * @value: (out): the truth, written on success only
 * @error: return location for a #GError
 *
 * Reads a boolean in the spellings that virt-install takes.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API gboolean vy_boolean_parse (const char *text, gboolean *value, GError **error);

G_END_DECLS
