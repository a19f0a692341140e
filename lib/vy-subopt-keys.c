/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: the rows that keys mean. */
#include "vy-subopt-private.h"

#include <string.h>

/* Whether @key is the pattern that ends at a blank, where "%" stands for any digits, also
 * none. The numbers go to @numbers. */
static gboolean
key_matches (const char *pattern, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    gsize level = 0;

    for (; *pattern && *pattern != ' '; pattern++) {
        if (*pattern != '%') {
            if (*pattern != *key++)
                return FALSE;
            continue;
        }
        if (level < VY_SUBOPT_LEVELS)
            numbers[level++] = (guint) MIN (g_ascii_strtoull (key, NULL, 10), 4096);
        while (g_ascii_isdigit (*key))
            key++;
    }
    return *key == '\0';
}

gboolean
vy_subopt_row_matches (const VySubopt *row, const char *key,
                       guint numbers[VY_SUBOPT_LEVELS])
{
    const char *alias = row->alias;

    if (key_matches (row->key, key, numbers))
        return TRUE;
    while (alias && *alias) {
        if (key_matches (alias, key, numbers))
            return TRUE;
        alias += strcspn (alias, " ");
        alias += strspn (alias, " ");
    }
    return FALSE;
}

/* Rows that every option has. */
static const VySubopt common_rows[] = {
    { "clearxml", NULL, VY_BOOL },
    { "xpath%.delete", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.set", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.create", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.value", NULL, VY_STRING, NULL, VY_COMMAS },
    { 0 },
};

static const VySubopt *
find_in (const VySubopt *rows, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    for (const VySubopt *row = rows; row->key; row++)
        if (vy_subopt_row_matches (row, key, numbers))
            return row;
    return NULL;
}

const VySubopt *
vy_subopt_find (const VyDevice *device, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    const VySubopt *found = find_in (common_rows, key, numbers);

    for (const VySubopt *const *rows = device->rows; !found && *rows; rows++)
        found = find_in (*rows, key, numbers);
    return found;
}

static void
add_keys (GPtrArray *keys, const VySubopt *rows)
{
    for (const VySubopt *row = rows; row->key; row++) {
        g_auto (GStrv) parts = g_strsplit (row->key, "%", -1);

        g_ptr_array_add (keys, g_strjoinv ("[0-9]*", parts));
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
vy_device_keys (const VyDevice *device)
{
    GPtrArray *keys = g_ptr_array_new ();

    for (const VySubopt *const *rows = device->rows; *rows; rows++)
        add_keys (keys, *rows);
    add_keys (keys, common_rows);
    g_ptr_array_sort (keys, compare_keys);
    g_ptr_array_add (keys, NULL);
    return (GStrv) g_ptr_array_free (keys, FALSE);
}

gboolean
vy_device_is_listing (const char *text)
{
    return strcmp (text, "help") == 0 || strcmp (text, "?") == 0;
}

gboolean
vy_device_is_nothing (const VyDevice *device, const char *text)
{
    /* options whose "none" is a value like others */
    static const char *const with_none[] = { "memballoon", "serial",  "parallel", "vsock",
                                             "cpu",        "cputune", NULL };

    return *text == '\0' ||
           (strcmp (text, "none") == 0 && !g_strv_contains (with_none, device->option));
}

static guint
distance (const char *a, const char *b)
{
    gsize n = strlen (b);
    g_autofree guint *row = g_new (guint, n + 1);

    for (gsize j = 0; j <= n; j++)
        row[j] = (guint) j;
    for (gsize i = 0; a[i]; i++) {
        guint before = row[0];

        row[0] = (guint) i + 1;
        for (gsize j = 0; j < n; j++) {
            guint diagonal = before + (a[i] != b[j]);

            before = row[j + 1];
            row[j + 1] = MIN (MIN (row[j + 1], row[j]) + 1, diagonal);
        }
    }
    return row[n];
}

char *
vy_subopt_nearest (const char *word, const char *const *words)
{
    const char *best = NULL;
    guint least = (guint) MIN (strlen (word), 60) / 3 + 2;

    if (strlen (word) > 100)
        return NULL;
    for (gsize i = 0; words[i]; i++) {
        /* "cache" is near to "driver.cache" */
        const char *dot = strrchr (words[i], '.');
        guint whole = distance (word, words[i]);
        guint tail = dot ? distance (word, dot + 1) + 1 : whole;

        if (MIN (whole, tail) < least) {
            least = MIN (whole, tail);
            best = words[i];
        }
    }
    return g_strdup (best);
}
