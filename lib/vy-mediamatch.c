/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install media: the patterns that operating systems have for theirs. */
#include <string.h>

#include "vy-media-private.h"
#include "vy-osindex-private.h"

static const char *
text_of (GVariant *row, const char *key)
{
    const char *text = NULL;

    return g_variant_lookup (row, key, "&s", &text) ? text : NULL;
}

static gboolean
flag_of (GVariant *row, const char *key, gboolean unknown)
{
    const char *text = text_of (row, key);

    return text ? !strcmp (text, "true") : unknown;
}

/* No pattern: everything is right. */
static gboolean
matches (GVariant *row, const char *key, const char *value)
{
    const char *pattern = text_of (row, key);

    return !pattern || (value && g_regex_match_simple (pattern, value, 0, 0));
}

static gboolean
iso_matches (GVariant *row, const VyMedia *media)
{
    const char *size = text_of (row, "volume-size");
    guint64 bytes = size ? g_ascii_strtoull (size, NULL, 10) : 0;

    return text_of (row, "volume-id") && matches (row, "volume-id", media->volume_id) &&
           matches (row, "system-id", media->system_id) &&
           matches (row, "publisher-id", media->publisher_id) &&
           matches (row, "application-id", media->application_id) &&
           (bytes == 0 || bytes == media->volume_size);
}

typedef struct {
    VyOs *os;
    GVariant *row;
    guint64 weight;
} Match;

/* The more a pattern says, the better: sized ones first, then longer ones. */
static guint64
weight_of (GVariant *row)
{
    static const char *const keys[] = { "volume-id",        "system-id",
                                        "publisher-id",     "application-id",
                                        "treeinfo-family",  "treeinfo-variant",
                                        "treeinfo-version", "treeinfo-arch" };
    guint64 weight = text_of (row, "volume-size") ? 100000 : 0;

    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
        const char *pattern = text_of (row, keys[i]);

        weight += pattern ? strlen (pattern) : 0;
    }
    return weight;
}

static void
match_clear (Match *match)
{
    g_clear_pointer (&match->os, vy_os_free);
    g_clear_pointer (&match->row, g_variant_unref);
}

static gboolean
is_newer (const VyOs *os, const VyOs *other)
{
    return vy_os_get_release_date (os) > vy_os_get_release_date (other);
}

/* Keeps the operating system at @place where it is better than what there was. */
static void
offer (Match *best, GPtrArray *list, guint place, GVariant *row)
{
    guint64 weight = weight_of (row);
    const VyOs *os = list->pdata[place];

    if (best->row &&
        (weight < best->weight || (weight == best->weight && !is_newer (os, best->os))))
        return;
    match_clear (best);
    best->os = vy_os_lookup (vy_os_get_id (os), NULL);
    best->row = g_variant_ref (row);
    best->weight = weight;
}

typedef gboolean (*Test) (GVariant *row, const VyMedia *media, const char *variant);

static void
search (Match *best, const char *key, Test test, const VyMedia *media,
        const char *variant)
{
    g_autoptr (GPtrArray) list = vy_os_list (NULL);

    for (guint i = 0; list && i < list->len; i++) {
        g_autoptr (GVariant) rows = vy_os_get_list (list->pdata[i], key);
        gsize n = rows ? g_variant_n_children (rows) : 0;

        for (gsize j = 0; j < n; j++) {
            g_autoptr (GVariant) row = g_variant_get_child_value (rows, j);

            if (test (row, media, variant))
                offer (best, list, i, row);
        }
    }
}

gboolean
vy_media_set_os (VyMedia *media, const char *name)
{
    g_autoptr (VyOs) os = vy_os_lookup (name, NULL);

    if (!os)
        return FALSE;
    g_free (media->os);
    g_free (media->os_name);
    media->os = g_strdup (vy_os_get_short_id (os));
    media->os_name = g_strdup (vy_os_get_name (os));
    return TRUE;
}

static void
take (VyMedia *media, const Match *match)
{
    const char *arch = text_of (match->row, "architecture");
    const char *reboots = text_of (match->row, "installer-reboots");

    media->os = g_strdup (vy_os_get_short_id (match->os));
    media->os_name = g_strdup (vy_os_get_name (match->os));
    if (!media->arch && arch && strcmp (arch, "all"))
        media->arch = g_strdup (arch);
    if (!media->kernel)
        media->kernel = g_strdup (text_of (match->row, "kernel"));
    if (!media->initrd)
        media->initrd = g_strdup (text_of (match->row, "initrd"));
    media->is_live = flag_of (match->row, "live", FALSE);
    media->is_installer = flag_of (match->row, "installer", TRUE);
    media->is_netinst = vy_osindex_has_variant (match->row, "netinst");
    media->eject = flag_of (match->row, "eject-after-install", TRUE);
    media->installer_reboots = reboots ? (guint) g_ascii_strtoull (reboots, NULL, 10) : 1;
}

static gboolean
test_iso (GVariant *row, const VyMedia *media, const char *variant)
{
    (void) variant;
    return iso_matches (row, media);
}

static gboolean
test_tree (GVariant *row, const VyMedia *media, const char *variant)
{
    return text_of (row, "treeinfo-family") &&
           matches (row, "treeinfo-family", media->family) &&
           matches (row, "treeinfo-variant", variant) &&
           matches (row, "treeinfo-version", media->version) &&
           matches (row, "treeinfo-arch", media->arch);
}

void
vy_media_match_iso (VyMedia *media)
{
    Match best = { 0 };

    search (&best, "media", test_iso, media, NULL);
    if (best.row)
        take (media, &best);
    match_clear (&best);
}

gboolean
vy_media_match_tree (VyMedia *media, const char *variant)
{
    Match best = { 0 };
    gboolean sure;

    search (&best, "trees", test_tree, media, variant);
    if (best.row)
        take (media, &best);
    sure = best.row && (!media->version || text_of (best.row, "treeinfo-version"));
    match_clear (&best);
    return sure;
}
