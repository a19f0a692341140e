/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install trees: a directory, an ISO image, or a URL. */
#include "vy-tree-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-isofile-private.h"
#include "vy-treeinfo-private.h"

gboolean
vy_tree_is_url (const char *location)
{
    return strstr (location, "://") != NULL;
}

VyTree
vy_tree_at (const char *location)
{
    VyTree tree = { location, vy_tree_is_url (location) ? VY_TREE_URL
                              : g_file_test (location, G_FILE_TEST_IS_DIR)
                                  ? VY_TREE_DIR
                                  : VY_TREE_ISO };

    return tree;
}

static char *
path_of (const VyTree *tree, const char *member)
{
    return g_build_path ("/", tree->location, member, NULL);
}

/* That it is not there, or not for everyone, is no failure of the server. */
static gboolean
has_file (const char *url, GError **error)
{
    g_autoptr (GError) why = NULL;

    if (vy_fetch_exists (url, NULL, &why))
        return TRUE;
    if (!g_error_matches (why, VY_ERROR, VY_ERROR_NOT_FOUND) &&
        !g_error_matches (why, VY_ERROR, VY_ERROR_DENIED))
        g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
}

gboolean
vy_tree_has (const VyTree *tree, const char *member, GError **error)
{
    g_autofree char *path = path_of (tree, member);

    switch (tree->kind) {
    case VY_TREE_URL:
        return has_file (path, error);
    case VY_TREE_DIR:
        return g_file_test (path, G_FILE_TEST_EXISTS);
    case VY_TREE_ISO:
    default:
        return vy_isofile_has (tree->location, member);
    }
}

/* ---- by the .treeinfo ---------------------------------------------------------------
 */

typedef struct {
    const VyTree *tree;
    GKeyFile *keys;
    char **kernel, **initrd;
    GError *why; /* of a server that does not answer */
} Reader;

/* What the file names but the tree has not is no answer. */
static gboolean
read_group (Reader *reader, const char *name)
{
    g_autofree char *group = g_strconcat ("images-", name, NULL);
    g_autofree char *one = vy_treeinfo_get (reader->keys, group, "kernel");
    g_autofree char *two = vy_treeinfo_get (reader->keys, group, "initrd");

    if (!one || !two || reader->why || !vy_tree_has (reader->tree, one, &reader->why) ||
        !vy_tree_has (reader->tree, two, &reader->why))
        return FALSE;
    *reader->kernel = g_steal_pointer (&one);
    *reader->initrd = g_steal_pointer (&two);
    return TRUE;
}

/* The trees of some distributions serve all processors of a family. */
static gboolean
read_groups (Reader *reader, const char *arch, gboolean is_xen)
{
    const char *const names[] = { arch, "i386", "x86_64" };
    gboolean is_x86 = !strcmp (arch, "i686") || !strcmp (arch, "x86_64");

    if (is_xen && read_group (reader, "xen"))
        return TRUE;
    for (gsize i = 0; i < (is_x86 ? G_N_ELEMENTS (names) : 1); i++)
        if (read_group (reader, names[i]))
            return TRUE;
    return !strcmp (arch, "armv7l") && read_group (reader, "armhfp");
}

gboolean
vy_tree_find_kernel (const VyTree *tree, const char *arch, gboolean is_xen, char **kernel,
                     char **initrd, GError **error)
{
    g_autoptr (GKeyFile) keys = vy_treeinfo_load (tree->location);
    Reader reader = { tree, keys, kernel, initrd, NULL };

    if (keys && read_groups (&reader, arch, is_xen))
        return TRUE;
    if (!reader.why)
        return vy_tree_guess_kernel (tree, arch, is_xen, kernel, initrd, error);
    g_propagate_error (error, reader.why);
    return FALSE;
}

/* ---- its files ----------------------------------------------------------------------
 */

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
    g_autoptr (GFile) source = g_file_new_for_path (from);
    g_autoptr (GFile) target = g_file_new_for_path (to);
    g_autoptr (GError) why = NULL;

    if (g_file_copy (source, target, G_FILE_COPY_NONE, cancellable, NULL, NULL, &why))
        return TRUE;
    return vy_throw (error,
                     g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                         ? VY_ERROR_CANCELLED
                         : VY_ERROR_FAILED,
                     _ ("cannot copy '%s': %s"), from, why->message);
}

gboolean
vy_tree_copy (const VyTree *tree, const char *member, const char *target,
              VyFetchProgress progress, gpointer data, GCancellable *cancellable,
              GError **error)
{
    g_autofree char *path = path_of (tree, member);

    switch (tree->kind) {
    case VY_TREE_URL:
        return vy_fetch_file (path, target, progress, data, cancellable, error);
    case VY_TREE_DIR:
        return copy_file (path, target, cancellable, error);
    case VY_TREE_ISO:
    default:
        return vy_isofile_extract (tree->location, member, target, error);
    }
}
