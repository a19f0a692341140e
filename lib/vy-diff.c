/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Differences of two texts, line by line: the longest common subsequence. */
#include "vy-diff.h"

#include <string.h>

#define CONTEXT 3

typedef struct {
    char mark; /* ' ', '-', '+' */
    const char *line;
} Line;

static char **
split_lines (const char *text)
{
    char **lines = g_strsplit (text, "\n", -1);
    guint n = g_strv_length (lines);

    if (n && *lines[n - 1] == '\0')
        g_clear_pointer (&lines[n - 1], g_free);
    return lines;
}

/* lengths[i][j]: how many lines a[i…] and b[j…] have in common */
static guint *
common_lengths (char **a, guint n, char **b, guint m)
{
    guint *lengths = g_new0 (guint, (gsize) (n + 1) * (m + 1));

    for (guint i = n; i-- > 0;)
        for (guint j = m; j-- > 0;) {
            guint *here = &lengths[i * (m + 1) + j];

            if (strcmp (a[i], b[j]) == 0)
                *here = lengths[(i + 1) * (m + 1) + j + 1] + 1;
            else
                *here =
                    MAX (lengths[(i + 1) * (m + 1) + j], lengths[i * (m + 1) + j + 1]);
        }
    return lengths;
}

static GArray *
compare_lines (char **a, char **b)
{
    guint n = g_strv_length (a), m = g_strv_length (b), i = 0, j = 0;
    g_autofree guint *lengths = common_lengths (a, n, b, m);
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

    while (i < n || j < m) {
        Line line;

        if (i < n && j < m && strcmp (a[i], b[j]) == 0) {
            line = (Line){ ' ', a[i] };
            i++;
            j++;
        } else if (j == m || (i < n && lengths[(i + 1) * (m + 1) + j] >=
                                           lengths[i * (m + 1) + j + 1])) {
            line = (Line){ '-', a[i++] };
        } else {
            line = (Line){ '+', b[j++] };
        }
        g_array_append_val (lines, line);
    }
    return lines;
}

static gboolean
near_change (GArray *lines, guint at)
{
    guint from = at > CONTEXT ? at - CONTEXT : 0;

    for (guint i = from; i < lines->len && i <= at + CONTEXT; i++)
        if (g_array_index (lines, Line, i).mark != ' ')
            return TRUE;
    return FALSE;
}

/* Writes the hunk that begins at @at; *a and *b count the lines of the texts. Returns:
 * the place behind it. */
static guint
add_hunk (GString *out, GArray *lines, guint at, guint *a, guint *b)
{
    g_autoptr (GString) body = g_string_new ("");
    guint first_a = *a + 1, first_b = *b + 1, n = 0, m = 0;

    for (; at < lines->len && near_change (lines, at); at++) {
        const Line *line = &g_array_index (lines, Line, at);

        g_string_append_printf (body, "%c%s\n", line->mark, line->line);
        n += line->mark != '+';
        m += line->mark != '-';
    }
    g_string_append_printf (out, "@@ -%u,%u +%u,%u @@\n%s", first_a, n, first_b, m,
                            body->str);
    *a += n;
    *b += m;
    return at;
}

char *
vy_diff_unified (const char *before, const char *after, const char *before_name,
                 const char *after_name)
{
    g_auto (GStrv) a = split_lines (before);
    g_auto (GStrv) b = split_lines (after);
    g_autoptr (GArray) lines = compare_lines (a, b);
    GString *out = g_string_new ("");
    guint i = 0, at_a = 0, at_b = 0;

    while (i < lines->len) {
        if (near_change (lines, i)) {
            if (out->len == 0)
                g_string_append_printf (out, "--- %s\n+++ %s\n", before_name, after_name);
            i = add_hunk (out, lines, i, &at_a, &at_b);
        } else {
            at_a++;
            at_b++;
            i++;
        }
    }
    return g_string_free (out, FALSE);
}
