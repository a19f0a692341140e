/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install trees: a directory, an ISO image, or a URL. */
#include "vy-tree-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-isofile-private.h"
#include "vy-media-private.h"

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

gboolean
vy_tree_has (const VyTree *tree, const char *member)
{
    g_autofree char *path = path_of (tree, member);

    switch (tree->kind) {
    case VY_TREE_URL:
        return vy_fetch_exists (path, NULL, NULL);
    case VY_TREE_DIR:
        return g_file_test (path, G_FILE_TEST_EXISTS);
    case VY_TREE_ISO:
    default:
        return vy_isofile_has (tree->location, member);
    }
}

/* ---- by the .treeinfo ---------------------------------------------------------------
 */

static GKeyFile *
load_treeinfo (const VyTree *tree)
{
    static const char *const names[] = { ".treeinfo", "treeinfo" };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *text = vy_media_read_member (tree->location, names[i]);
        g_autoptr (GKeyFile) keys = g_key_file_new ();

        if (text && g_key_file_load_from_data (keys, text, strlen (text), 0, NULL))
            return g_steal_pointer (&keys);
    }
    return NULL;
}

static gboolean
read_group (GKeyFile *keys, const char *name, char **kernel, char **initrd)
{
    g_autofree char *group = g_strconcat ("images-", name, NULL);
    g_autofree char *one = g_key_file_get_string (keys, group, "kernel", NULL);
    g_autofree char *two = g_key_file_get_string (keys, group, "initrd", NULL);

    if (!one || !*one || !two || !*two)
        return FALSE;
    *kernel = g_steal_pointer (&one);
    *initrd = g_steal_pointer (&two);
    return TRUE;
}

/* The trees of some distributions serve all processors of a family. */
static gboolean
read_treeinfo (const VyTree *tree, const char *arch, gboolean is_xen, char **kernel,
               char **initrd)
{
    const char *const names[] = { arch, "i386", "x86_64" };
    gboolean is_x86 = !strcmp (arch, "i686") || !strcmp (arch, "x86_64");
    g_autoptr (GKeyFile) keys = load_treeinfo (tree);

    if (keys && is_xen && read_group (keys, "xen", kernel, initrd))
        return TRUE;
    for (gsize i = 0; keys && i < (is_x86 ? G_N_ELEMENTS (names) : 1); i++)
        if (read_group (keys, names[i], kernel, initrd))
            return TRUE;
    return FALSE;
}

/* ---- by what is known ---------------------------------------------------------------
 */

/*
 * Pairs of trees without a .treeinfo. $A: the architecture; $D: Debian's name for it;
 * $I: the short one that names folders of Debian's images.
 */
static const struct {
    const char *arch, *kernel, *initrd; /* arch NULL: any but s390x */
} layouts[] = {
    { NULL, "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img" },
    { NULL, "boot/$A/loader/linux", "boot/$A/loader/initrd" },
    { NULL, "boot/$A/linux", "boot/$A/initrd" },
    { "i686", "boot/i386/loader/linux", "boot/i386/loader/initrd" },
    { NULL, "casper/vmlinuz", "casper/initrd" },
    { NULL, "casper/vmlinuz", "casper/initrd.lz" },
    { NULL, "casper/vmlinuz.efi", "casper/initrd.lz" },
    { NULL, "install.$I/vmlinuz", "install.$I/initrd.gz" },
    { NULL, "install/vmlinuz", "install/initrd.gz" },
    { NULL, "isolinux/vmlinuz", "isolinux/initrd.img" },
    { NULL, "isolinux/$A/vmlinuz", "isolinux/$A/all.rdz" },
    { "i686", "isolinux/i586/vmlinuz", "isolinux/i586/all.rdz" },
    { NULL, "isolinux/alt0/vmlinuz", "isolinux/alt0/full.cz" },
    { NULL, "syslinux/alt0/vmlinuz", "syslinux/alt0/full.cz" },
    { NULL, "current/images/netboot/debian-installer/$D/linux",
      "current/images/netboot/debian-installer/$D/initrd.gz" },
    { NULL, "current/images/netboot/ubuntu-installer/$D/linux",
      "current/images/netboot/ubuntu-installer/$D/initrd.gz" },
    { NULL, "current/legacy-images/netboot/ubuntu-installer/$D/linux",
      "current/legacy-images/netboot/ubuntu-installer/$D/initrd.gz" },
    { NULL, "netboot/debian-installer/$D/linux",
      "netboot/debian-installer/$D/initrd.gz" },
    { "ppc64le", "ppc/ppc64/vmlinuz", "ppc/ppc64/initrd.img" },
    { "ppc64le", "install/vmlinux", "install/initrd.gz" },
    { "s390x", "images/kernel.img", "images/initrd.img" },
    { "s390x", "boot/s390x/vmrdr.ikr", "boot/s390x/initrd" },
    { "s390x", "boot/s390x/linux", "boot/s390x/initrd" },
    { "s390x", "current/images/generic/kernel.debian",
      "current/images/generic/initrd.debian" },
};

static const struct {
    const char *arch, *debian, *image;
} debian_names[] = {
    { "x86_64", "amd64", "amd" },    { "i686", "i386", "386" },
    { "aarch64", "arm64", "a64" },   { "armv7l", "armhf", "ahf" },
    { "ppc64le", "ppc64el", "ppc" }, { "riscv64", "riscv64", "riscv64" },
};

static char *
fill_in (const char *pattern, const char *arch)
{
    const char *debian = arch, *image = arch;
    GString *path = g_string_new (pattern);

    for (gsize i = 0; i < G_N_ELEMENTS (debian_names); i++) {
        if (strcmp (debian_names[i].arch, arch))
            continue;
        debian = debian_names[i].debian;
        image = debian_names[i].image;
    }
    g_string_replace (path, "$A", arch, 0);
    g_string_replace (path, "$D", debian, 0);
    g_string_replace (path, "$I", image, 0);
    return g_string_free (path, FALSE);
}

static gboolean
has_pair (const VyTree *tree, const char *arch, const char *kernel_pattern,
          const char *initrd_pattern, char **kernel, char **initrd)
{
    g_autofree char *one = fill_in (kernel_pattern, arch);
    g_autofree char *two = fill_in (initrd_pattern, arch);

    if (!vy_tree_has (tree, one) || !vy_tree_has (tree, two))
        return FALSE;
    *kernel = g_steal_pointer (&one);
    *initrd = g_steal_pointer (&two);
    return TRUE;
}

static gboolean
guess_layout (const VyTree *tree, const char *arch, gboolean is_xen, char **kernel,
              char **initrd)
{
    gboolean is_s390x = !strcmp (arch, "s390x");

    if (is_xen && has_pair (tree, arch, "boot/$A/vmlinuz-xen", "boot/$A/initrd-xen",
                            kernel, initrd))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++) {
        if (layouts[i].arch ? strcmp (layouts[i].arch, arch) : is_s390x)
            continue;
        if (has_pair (tree, arch, layouts[i].kernel, layouts[i].initrd, kernel, initrd))
            return TRUE;
    }
    return FALSE;
}

gboolean
vy_tree_find_kernel (const VyTree *tree, const char *arch, gboolean is_xen, char **kernel,
                     char **initrd)
{
    return read_treeinfo (tree, arch, is_xen, kernel, initrd) ||
           guess_layout (tree, arch, is_xen, kernel, initrd);
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
