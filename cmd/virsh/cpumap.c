/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of the host's processors: "0-3,^1" */
#include "virsh.h"

enum { MOST_CPUS = 1024 };

void
virsh_cpu_map_clear (VirshCpuMap *map)
{
    g_clear_pointer (&map->bits, g_free);
    map->n_bytes = 0;
}

int
virsh_host_cpus (virConnectPtr conn, GError **error)
{
    virNodeInfo info;
    int n = virNodeGetCPUMap (conn, NULL, NULL, 0);

    if (n >= 0)
        return n;
    if (virNodeGetInfo (conn, &info) < 0) {
        virsh_fail (error, "%s", _ ("failed to get the host's processors"));
        return -1;
    }
    return (int) VIR_NODEINFO_MAXCPUS (info);
}

static gboolean
skip_blanks (const char **at)
{
    while (g_ascii_isspace (**at))
        (*at)++;
    return **at != '\0';
}

static gboolean
read_cpu (const char **at, guint *cpu)
{
    char *end = NULL;
    guint64 number;

    if (!g_ascii_isdigit (**at))
        return FALSE;
    number = g_ascii_strtoull (*at, &end, 10);
    if (number >= MOST_CPUS)
        return FALSE;
    *cpu = (guint) number;
    *at = end;
    skip_blanks (at);
    return TRUE;
}

/* One of "3", "^3", "1-4", and the comma behind it. */
static gboolean
read_part (const char **at, gboolean *cpus)
{
    gboolean without = **at == '^';
    guint first, last;

    *at += without ? 1 : 0;
    if (!read_cpu (at, &first))
        return FALSE;
    last = first;
    if (**at == '-') {
        (*at)++;
        skip_blanks (at);
        if (without || !read_cpu (at, &last) || last < first)
            return FALSE;
    }
    for (guint cpu = first; cpu <= last; cpu++)
        cpus[cpu] = !without;
    if (**at == '\0')
        return TRUE;
    if (**at != ',')
        return FALSE;
    (*at)++;
    skip_blanks (at);
    return TRUE;
}

static gboolean
read_list (const char *list, gboolean *cpus)
{
    const char *at = list;

    if (!skip_blanks (&at))
        return FALSE;
    while (*at)
        if (!read_part (&at, cpus))
            return FALSE;
    return TRUE;
}

static int
last_cpu (const gboolean *cpus)
{
    for (int cpu = MOST_CPUS - 1; cpu >= 0; cpu--)
        if (cpus[cpu])
            return cpu;
    return -1;
}

gboolean
virsh_cpu_map_parse (const char *list, int n_cpus, VirshCpuMap *map, GError **error)
{
    gboolean cpus[MOST_CPUS] = { FALSE };
    gboolean all = list[0] == 'r';
    int last;

    if (!all && !read_list (list, cpus))
        return vy_throw (
            error, VY_ERROR_INVALID,
            _ ("Invalid cpulist '%s': invalid argument: Failed to parse bitmap '%s'"),
            list, list);
    last = all ? n_cpus - 1 : last_cpu (cpus);
    if (last < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid cpulist '%s'"), list);
    if (last >= n_cpus)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("CPU %d in cpulist '%s' is more than the host's %d"), last,
                         list, n_cpus);
    map->n_cpus = n_cpus;
    map->n_bytes = last / 8 + 1;
    map->bits = g_new0 (guint8, map->n_bytes);
    for (int cpu = 0; cpu <= last; cpu++)
        if (all || cpus[cpu])
            map->bits[cpu / 8] |= (guint8) (1U << (cpu % 8));
    return TRUE;
}

char *
virsh_cpu_map_text (const guint8 *bits, int n_bytes)
{
    GString *text = g_string_new (NULL);
    int first = -1;

    for (int cpu = 0; cpu <= n_bytes * 8; cpu++) {
        gboolean set = cpu < n_bytes * 8 && (bits[cpu / 8] >> (cpu % 8) & 1);

        if (set && first < 0)
            first = cpu;
        if (set || first < 0)
            continue;
        g_string_append_printf (text, text->len ? ",%d" : "%d", first);
        if (cpu - 1 > first)
            g_string_append_printf (text, "-%d", cpu - 1);
        first = -1;
    }
    return g_string_free (text, FALSE);
}
