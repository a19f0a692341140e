/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install trees: where distributions that have no .treeinfo keep kernel and initrd. */
#include <string.h>

#include "vy-tree-private.h"

/*
 * $A: the architecture; $D: Debian's name for it; $I: the short one that names folders
 * of Debian's images; $B: the folder of an installer of Debian's kind; $N: the
 * distribution that it belongs to.
 */
typedef struct {
    const char *arch; /* (nullable): any but s390x */
    const char *kernel, *initrd;
} Layout;

static const Layout xen_layouts[] = {
    { NULL, "boot/$A/vmlinuz-xen", "boot/$A/initrd-xen" },
    { "i686", "boot/i386/vmlinuz-xen", "boot/i386/initrd-xen" },
};

static const Layout layouts[] = {
    { NULL, "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img" },
    { NULL, "boot/$A/linux", "boot/$A/initrd" },
    { NULL, "boot/$A/loader/linux", "boot/$A/loader/initrd" },
    { "i686", "boot/i386/linux", "boot/i386/initrd" },
    { "i686", "boot/i386/loader/linux", "boot/i386/loader/initrd" },
    { NULL, "casper/vmlinuz", "casper/initrd" },
    { NULL, "casper/vmlinuz", "casper/initrd.lz" },
    { NULL, "casper/vmlinuz", "casper/initrd.gz" },
    { NULL, "casper/vmlinuz.efi", "casper/initrd.lz" },
    { NULL, "install.$I/vmlinuz", "install.$I/initrd.gz" },
    { NULL, "install/vmlinuz", "install/initrd.gz" },
    { NULL, "isolinux/vmlinuz", "isolinux/initrd.img" },
    { NULL, "isolinux/$A/vmlinuz", "isolinux/$A/all.rdz" },
    { "i686", "isolinux/i586/vmlinuz", "isolinux/i586/all.rdz" },
    { NULL, "isolinux/alt0/vmlinuz", "isolinux/alt0/full.cz" },
    { NULL, "syslinux/alt0/vmlinuz", "syslinux/alt0/full.cz" },
    { "armv7l", "boot/armv7hl/linux", "boot/armv7hl/initrd" },
    { "armv7l", "boot/armv7hl/loader/linux", "boot/armv7hl/loader/initrd" },
    { "armv7l", "isolinux/armv7hl/vmlinuz", "isolinux/armv7hl/all.rdz" },
    { "ppc64le", "ppc/ppc64/vmlinuz", "ppc/ppc64/initrd.img" },
    { "ppc64le", "install/vmlinux", "install/initrd.gz" },
    { "s390x", "images/kernel.img", "images/initrd.img" },
    { "s390x", "boot/s390x/linux", "boot/s390x/initrd" },
    { "s390x", "boot/s390x/vmrdr.ikr", "boot/s390x/initrd" },
    { "s390x", "boot/s390x/loader/linux", "boot/s390x/loader/initrd" },
};

/* The installers of Debian and Ubuntu lie in a folder that has this file. */
static const struct {
    const char *mark, *folder;
} debian_folders[] = {
    { "current/images/MANIFEST", "current/images" },
    { "current/legacy-images/MANIFEST", "current/legacy-images" },
    { "daily/MANIFEST", "daily" },
    { ".disk/info", "install" },
    { "MANIFEST", "." },
};

static const Layout debian_xen_layouts[] = {
    { NULL, "$B/netboot/xen/vmlinuz", "$B/netboot/xen/initrd.gz" },
};

static const Layout debian_layouts[] = {
    { NULL, "$B/netboot/$N-installer/$D/linux", "$B/netboot/$N-installer/$D/initrd.gz" },
    { "ppc64le", "$B/netboot/$N-installer/$D/vmlinux",
      "$B/netboot/$N-installer/$D/initrd.gz" },
    { "s390x", "$B/generic/kernel.$N", "$B/generic/initrd.$N" },
};

static const char *const distros[] = { "debian", "ubuntu" };

static const struct {
    const char *arch, *debian, *image;
} debian_names[] = {
    { "x86_64", "amd64", "amd" },    { "i686", "i386", "386" },
    { "aarch64", "arm64", "a64" },   { "armv7l", "armhf", "ahf" },
    { "ppc64le", "ppc64el", "ppc" }, { "riscv64", "riscv64", "riscv64" },
};

typedef struct {
    const VyTree *tree;
    const char *arch;
    const char *folder, *distro; /* of an installer of Debian's kind */
    char **kernel, **initrd;
    GError *why; /* of a server that does not answer: it is asked no more */
} Search;

static gboolean
has (Search *search, const char *member)
{
    return !search->why && vy_tree_has (search->tree, member, &search->why);
}

static char *
fill_in (const char *pattern, const Search *search)
{
    const char *debian = search->arch, *image = search->arch;
    GString *path = g_string_new (pattern);

    for (gsize i = 0; i < G_N_ELEMENTS (debian_names); i++) {
        if (strcmp (debian_names[i].arch, search->arch))
            continue;
        debian = debian_names[i].debian;
        image = debian_names[i].image;
    }
    g_string_replace (path, "$A", search->arch, 0);
    g_string_replace (path, "$D", debian, 0);
    g_string_replace (path, "$I", image, 0);
    g_string_replace (path, "$B/", search->folder ? search->folder : "", 0);
    g_string_replace (path, "$N", search->distro ? search->distro : "", 0);
    return g_string_free (path, FALSE);
}

static gboolean
has_pair (Search *search, const Layout *layout)
{
    g_autofree char *one = fill_in (layout->kernel, search);
    g_autofree char *two = fill_in (layout->initrd, search);

    if (!has (search, one) || !has (search, two))
        return FALSE;
    *search->kernel = g_steal_pointer (&one);
    *search->initrd = g_steal_pointer (&two);
    return TRUE;
}

static gboolean
has_any (Search *search, const Layout *rows, gsize n)
{
    gboolean is_s390x = !strcmp (search->arch, "s390x");

    for (gsize i = 0; i < n; i++) {
        if (rows[i].arch ? strcmp (rows[i].arch, search->arch) : is_s390x)
            continue;
        if (has_pair (search, &rows[i]))
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_installer (Search *search, const char *folder, gboolean is_xen)
{
    g_autofree char *prefix = g_strconcat (folder, "/", NULL);

    search->folder = strcmp (folder, ".") ? prefix : "";
    if (is_xen && has_any (search, debian_xen_layouts, G_N_ELEMENTS (debian_xen_layouts)))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (distros); i++) {
        search->distro = distros[i];
        if (has_any (search, debian_layouts, G_N_ELEMENTS (debian_layouts)))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_like_debian (Search *search, gboolean is_xen)
{
    for (gsize i = 0; i < G_N_ELEMENTS (debian_folders); i++)
        if (has (search, debian_folders[i].mark) &&
            has_installer (search, debian_folders[i].folder, is_xen))
            return TRUE;
    return FALSE;
}

/* A guest of one PC architecture takes the installer of the other. */
static const char *
other_arch (const char *arch)
{
    return !strcmp (arch, "i686") ? "x86_64" : !strcmp (arch, "x86_64") ? "i686" : NULL;
}

static gboolean
guess_for (Search *search, const char *arch, gboolean is_xen)
{
    search->arch = arch;
    return has_any (search, layouts, G_N_ELEMENTS (layouts)) ||
           is_like_debian (search, is_xen);
}

static gboolean
guess_xen (Search *search, const char *arch)
{
    const char *const archs[] = { arch, other_arch (arch) };

    for (gsize i = 0; i < G_N_ELEMENTS (archs) && archs[i]; i++) {
        search->arch = archs[i];
        if (has_any (search, xen_layouts, G_N_ELEMENTS (xen_layouts)))
            return TRUE;
    }
    return FALSE;
}

gboolean
vy_tree_guess_kernel (const VyTree *tree, const char *arch, gboolean is_xen,
                      char **kernel, char **initrd, GError **error)
{
    Search search = { .tree = tree, .kernel = kernel, .initrd = initrd };
    const char *other = other_arch (arch);

    if ((is_xen && guess_xen (&search, arch)) || guess_for (&search, arch, is_xen) ||
        (other && guess_for (&search, other, is_xen)))
        return TRUE;
    if (search.why)
        g_propagate_error (error, search.why);
    return FALSE;
}
