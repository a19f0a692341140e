/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operating systems: the trees that they are installed from over the network. */
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-osindex-private.h"

/* What the variants of a profile are called. */
static const char *
variant_of_profile (const char *profile)
{
    static const struct {
        const char *profile, *variant;
    } names[] = { { "jeos", "Server" }, { "desktop", "Workstation" } };

    for (gsize i = 0; profile && i < G_N_ELEMENTS (names); i++)
        if (!strcmp (profile, names[i].profile))
            return names[i].variant;
    return profile ? profile : "Everything";
}

/* The first tree of the variant; the last one where none is. */
static char *
find_tree (GVariant *rows, const char *arch, const char *variant)
{
    gsize n = rows ? g_variant_n_children (rows) : 0;
    char *url = NULL;

    for (gsize i = 0; i < n; i++) {
        g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
        const char *row_arch = NULL, *row_url = NULL;

        if (!g_variant_lookup (row, "architecture", "&s", &row_arch) ||
            !g_variant_lookup (row, "url", "&s", &row_url) || strcmp (row_arch, arch))
            continue;
        g_free (url);
        url = g_strdup (row_url);
        if (vy_osindex_has_variant (row, variant))
            break;
    }
    return url;
}

char *
vy_os_get_tree_url (const VyOs *os, const char *arch, const char *profile, GError **error)
{
    g_autoptr (GVariant) rows = vy_os_get_list (os, "trees");
    char *url = find_tree (rows, arch, variant_of_profile (profile));

    if (url)
        return url;
    vy_throw (error, VY_ERROR_UNSUPPORTED,
              _ ("no place is known to install %s for %s from"), vy_os_get_name (os),
              arch);
    vy_error_set_hint (error, _ ("--location URL or --cdrom FILE names one."));
    return NULL;
}
