/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operating systems: which known one is nearest to a name that is not known. */
#include <string.h>

#include "vy-os.h"

/* "debian13": distribution and version, as short ids are made */
static gsize
stem_length (const char *name)
{
    return strcspn (name, "0123456789");
}

/* "7" is "7.0". */
static int
compare_versions (const char *one, const char *other)
{
    while (*one || *other) {
        char *one_end, *other_end;
        guint64 a = g_ascii_strtoull (one, &one_end, 10);
        guint64 b = g_ascii_strtoull (other, &other_end, 10);

        if (a != b)
            return a < b ? -1 : 1;
        if (one_end == one && other_end == other && *one != *other &&
            !(*one == '\0' && *other == '.') && !(*one == '.' && *other == '\0'))
            return *one < *other ? -1 : 1;
        one = one_end > one ? one_end : one + (*one ? 1 : 0);
        other = other_end > other ? other_end : other + (*other ? 1 : 0);
    }
    return 0;
}

/* The number of letters that differ (Levenshtein). */
static guint
distance (const char *one, const char *other)
{
    gsize n = strlen (other);
    g_autofree guint *row = g_new (guint, n + 1);

    for (gsize j = 0; j <= n; j++)
        row[j] = (guint) j;
    for (gsize i = 0; one[i]; i++) {
        guint corner = row[0];

        row[0] = (guint) i + 1;
        for (gsize j = 0; j < n; j++) {
            guint above = row[j + 1];
            guint change = corner + (one[i] != other[j]);

            row[j + 1] = MIN (MIN (above, row[j]) + 1, change);
            corner = above;
        }
    }
    return row[n];
}

/* The newest of the same distribution that is not newer, else its oldest. */
static const char *
same_distro (GPtrArray *list, const char *name)
{
    gsize stem = stem_length (name);
    const char *below = NULL, *above = NULL;

    if (stem == 0)
        return NULL;
    for (guint i = 0; i < list->len; i++) {
        const char *other = vy_os_get_short_id (list->pdata[i]);
        const char *version;

        if (stem_length (other) != stem || strncmp (other, name, stem) || !other[stem])
            continue;
        version = other + stem;
        if (compare_versions (version, name + stem) <= 0) {
            if (!below || compare_versions (below + stem, version) < 0)
                below = other;
        } else if (!above || compare_versions (above + stem, version) > 0) {
            above = other;
        }
    }
    return below ? below : above;
}

static const char *
alike (GPtrArray *list, const char *name)
{
    guint best = (guint) strlen (name) / 3 + 1;
    const char *found = NULL;

    for (guint i = 0; i < list->len; i++) {
        const char *other = vy_os_get_short_id (list->pdata[i]);
        guint steps = distance (name, other);

        if (steps < best) {
            best = steps;
            found = other;
        }
    }
    return found;
}

char *
vy_os_nearest (const char *name)
{
    g_autoptr (GPtrArray) list = NULL;
    g_autofree char *key = NULL;
    const char *found;

    g_return_val_if_fail (name, NULL);
    if (strlen (name) > 64 || !(list = vy_os_list (NULL)))
        return NULL;
    key = g_ascii_strdown (name, -1);
    found = same_distro (list, key);
    return g_strdup (found ? found : alike (list, key));
}
