/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sizes of pools and volumes, read and written. */
#include "virsh.h"

#include <errno.h>

/* Bytes that a suffix stands for: "k", "KiB", "KB", … */
static gboolean
suffix_unit (const char *suffix, guint64 *unit)
{
    g_autofree char *one = g_strconcat ("1", suffix, NULL);

    return (*suffix == '\0' || g_ascii_isalpha (*suffix)) &&
           vy_size_parse (one, 1, unit, NULL);
}

gboolean
virsh_volume_size (const char *text, guint64 *bytes, GError **error)
{
    char *suffix = NULL;
    guint64 number, unit;

    errno = 0;
    number = g_ascii_strtoull (text, &suffix, 10);
    if (errno || suffix == text || strchr (text, '-') || !suffix_unit (suffix, &unit) ||
        (unit > 1 && number > G_MAXUINT64 / unit))
        return vy_throw (error, VY_ERROR_USAGE, _ ("Malformed size %s"), text);
    *bytes = number * unit;
    return TRUE;
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
