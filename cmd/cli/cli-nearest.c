/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The word that was meant: edit distance with swapped neighbours. */
#include "cli-private.h"

#include <string.h>

#define LONGEST 64

static guint
min3 (guint a, guint b, guint c)
{
    return MIN (a, MIN (b, c));
}

/* Optimal string alignment; words longer than LONGEST are never near. */
static guint
distance (const char *a, const char *b)
{
    guint cost[3][LONGEST + 1];
    gsize la = strlen (a);
    gsize lb = strlen (b);

    if (la > LONGEST || lb > LONGEST)
        return G_MAXUINT;
    for (gsize j = 0; j <= lb; j++)
        cost[0][j] = (guint) j;
    for (gsize i = 1; i <= la; i++) {
        guint *row = cost[i % 3];
        const guint *above = cost[(i + 2) % 3];

        row[0] = (guint) i;
        for (gsize j = 1; j <= lb; j++) {
            row[j] = min3 (above[j] + 1, row[j - 1] + 1,
                           above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN (row[j], cost[(i + 1) % 3][j - 2] + 1);
        }
    }
    return cost[la % 3][lb];
}

/* The beginning of a word is nearer than any slip. */
static guint
nearness (const char *word, const char *candidate)
{
    if (strlen (word) > 1 && g_str_has_prefix (candidate, word))
        return 0;
    return distance (word, candidate);
}

const char *
cli_nearest (const char *word, const char *const *candidates)
{
    guint best = (guint) MIN (strlen (word) / 3 + 1, 3);
    const char *found = NULL;

    for (; *candidates; candidates++) {
        guint d = nearness (word, *candidates);

        if (d > best || (d == best && found))
            continue;
        best = d;
        found = *candidates;
    }
    return found;
}
