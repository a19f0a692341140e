/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as the files by which install trees are known. A line "@NAME" begins the file
 * of that name; what stands before is the .treeinfo. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "vy-media-private.h"
#include "vy-tree-private.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Files that are read, and some that only have to be there. */
static const char *const names[] = { ".treeinfo",
                                     "treeinfo",
                                     ".disk/info",
                                     "content",
                                     "VERSION",
                                     "dists/bookworm",
                                     "dists/noble",
                                     "images/pxeboot/vmlinuz",
                                     "images/pxeboot/initrd.img",
                                     "install.amd/vmlinuz",
                                     "install.amd/initrd.gz",
                                     "boot/x86_64/loader/linux",
                                     "boot/x86_64/loader/initrd",
                                     NULL };
static const char *const folders[] = { ".disk", "dists", "images/pxeboot", "install.amd",
                                       "boot/x86_64/loader" };
static char *tree;

static void
remove_tree (void)
{
    static const char *const all[] = {
        ".disk",       "dists", "images/pxeboot", "images", "boot/x86_64/loader",
        "boot/x86_64", "boot",  "install.amd",    ""
    };

    for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
        g_autofree char *path = g_build_filename (tree, all[i], NULL);

        g_rmdir (path);
    }
    g_clear_pointer (&tree, g_free);
}

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
    tree = g_strdup ("/dev/shm/virtyard-fuzz-XXXXXX");
    g_assert_nonnull (g_mkdtemp (tree));
    for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
        g_autofree char *path = g_build_filename (tree, folders[i], NULL);

        g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    }
    atexit (remove_tree);
    return 0;
}

/* "NAME\ntext" to a file; another name is one of the known. */
static void
write_file (const char *piece)
{
    gsize length = strcspn (piece, "\n");
    g_autofree char *name = g_strndup (piece, length);
    const char *known = g_strv_contains (names, name)
                            ? name
                            : names[g_str_hash (name) % (G_N_ELEMENTS (names) - 1)];
    g_autofree char *path = g_build_filename (tree, known, NULL);
    FILE *file = fopen (path, "w");

    g_assert_nonnull (file);
    fputs (piece[length] ? piece + length + 1 : "", file);
    fclose (file);
}

static void
remove_files (void)
{
    for (const char *const *name = names; *name; name++) {
        g_autofree char *path = g_build_filename (tree, *name, NULL);

        g_unlink (path);
    }
}

static void
find_kernel (const char *arch, gboolean is_xen)
{
    VyTree at = vy_tree_at (tree);
    g_autofree char *kernel = NULL;
    g_autofree char *initrd = NULL;

    if (vy_tree_find_kernel (&at, arch, is_xen, &kernel, &initrd, NULL))
        g_assert_true (*kernel && *initrd);
    else
        g_assert_true (!kernel && !initrd);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_autofree char *whole = g_strconcat (".treeinfo\n", text, NULL);
    g_auto (GStrv) pieces = g_strsplit (whole, "\n@", 8);
    g_autoptr (VyMedia) media = NULL;

    for (char **piece = pieces; *piece; piece++)
        write_file (*piece);
    media = vy_media_detect (tree, NULL);
    /* what is said of it is text, whatever the file was */
    if (media)
        g_assert_true (!media->os_name || g_utf8_validate (media->os_name, -1, NULL));
    find_kernel ("x86_64", FALSE);
    find_kernel ("i686", TRUE);
    find_kernel ("s390x", FALSE);
    remove_files ();
    return 0;
}
