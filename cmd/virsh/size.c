/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sizes of pools and volumes, read and written. */
#include "virsh.h"

gboolean
virsh_volume_size (const char *text, guint64 *bytes, GError **error)
{
    /* whole numbers only: a fraction would be somebody's mistake about bytes */
    return (g_ascii_isdigit (*text) && !strpbrk (text, ".x") &&
            vy_size_parse (text, 1, bytes, NULL)) ||
           vy_throw (error, VY_ERROR_USAGE, _ ("Malformed size %s"), text);
}

char *
virsh_size_text (guint64 bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double number = (double) bytes;
    gsize unit = 0;

    if (bytes == CLI_NO_UINT)
        return g_strdup ("-");
    while (number >= 1024 && unit + 1 < G_N_ELEMENTS (units)) {
        number /= 1024;
        unit++;
    }
    return g_strdup_printf ("%.2f %s", number, units[unit]);
}
