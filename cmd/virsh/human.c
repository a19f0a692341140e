/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sizes with units that people read. */
#include "virsh.h"

char *
virsh_human_size (guint64 bytes)
{
    double number;
    const char *unit = virsh_human_unit (bytes, &number);

    return g_strdup_printf ("%.3lf %s", number, unit);
}

const char *
virsh_human_unit (guint64 bytes, double *number)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    gsize i = 0;

    *number = (double) bytes;
    while (*number >= 1024 && i + 1 < G_N_ELEMENTS (units)) {
        *number /= 1024;
        i++;
    }
    return units[i];
}
