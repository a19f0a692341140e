/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install trees: where kernel and initrd lie. */
#include "vy-install-private.h"

#include <gio/gio.h>

#include "vy-guest-os-private.h"
#include "vy-isofile-private.h"

/* Pairs that trees without a .treeinfo are known to have. */
static const struct {
    const char *arch, *kernel, *initrd;
} layouts[] = {
    { "x86_64", "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img" },
    { "x86_64", "boot/x86_64/loader/linux", "boot/x86_64/loader/initrd" },
    { "x86_64", "casper/vmlinuz", "casper/initrd" },
    { "x86_64", "install.amd/vmlinuz", "install.amd/initrd.gz" },
    { "x86_64", "isolinux/vmlinuz", "isolinux/initrd.img" },
    { "x86_64", "isolinux/x86_64/vmlinuz", "isolinux/x86_64/all.rdz" },
    { "x86_64", "isolinux/alt0/vmlinuz", "isolinux/alt0/full.cz" },
    { "x86_64", "current/images/netboot/debian-installer/amd64/linux",
      "current/images/netboot/debian-installer/amd64/initrd.gz" },
    { "aarch64", "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img" },
    { "aarch64", "boot/aarch64/linux", "boot/aarch64/initrd" },
    { "aarch64", "install.a64/vmlinuz", "install.a64/initrd.gz" },
    { "s390x", "images/kernel.img", "images/initrd.img" },
    { "s390x", "boot/s390x/vmrdr.ikr", "boot/s390x/initrd" },
    { "s390x", "boot/s390x/linux", "boot/s390x/initrd" },
    { "ppc64le", "ppc/ppc64/vmlinuz", "ppc/ppc64/initrd.img" },
};

typedef struct {
    const char *media;
    gboolean is_dir;
} Tree;

static gboolean
tree_has (const Tree *tree, const char *member)
{
    g_autofree char *path = g_build_filename (tree->media, member, NULL);

    return tree->is_dir ? g_file_test (path, G_FILE_TEST_EXISTS)
                        : vy_isofile_has (tree->media, member);
}

static char *
tree_read (const Tree *tree, const char *member)
{
    g_autofree char *path = g_build_filename (tree->media, member, NULL);
    char *text = NULL;

    if (!tree->is_dir)
        return vy_isofile_read (tree->media, member);
    g_file_get_contents (path, &text, NULL, NULL);
    return text;
}

static GKeyFile *
load_treeinfo (const Tree *tree)
{
    static const char *const names[] = { ".treeinfo", "treeinfo" };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *text = tree_read (tree, names[i]);
        g_autoptr (GKeyFile) keys = g_key_file_new ();

        if (text && g_key_file_load_from_data (keys, text, strlen (text), 0, NULL))
            return g_steal_pointer (&keys);
    }
    return NULL;
}

/* The trees of some distributions serve all processors of a family. */
static gboolean
read_treeinfo (VyInstall *install, const Tree *tree, const char *arch)
{
    const char *const archs[] = { arch, "i386", "x86_64" };
    gboolean is_x86 = !strcmp (arch, "i686") || !strcmp (arch, "x86_64");
    g_autoptr (GKeyFile) keys = load_treeinfo (tree);

    for (gsize i = 0; keys && i < (is_x86 ? G_N_ELEMENTS (archs) : 1); i++) {
        g_autofree char *group = g_strconcat ("images-", archs[i], NULL);

        g_free (install->tree_kernel);
        g_free (install->tree_initrd);
        install->tree_kernel = g_key_file_get_string (keys, group, "kernel", NULL);
        install->tree_initrd = g_key_file_get_string (keys, group, "initrd", NULL);
        if (install->tree_kernel && install->tree_initrd)
            return TRUE;
    }
    return FALSE;
}

static gboolean
guess_layout (VyInstall *install, const Tree *tree, const char *arch)
{
    for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++) {
        if (strcmp (layouts[i].arch, arch) || !tree_has (tree, layouts[i].kernel) ||
            !tree_has (tree, layouts[i].initrd))
            continue;
        install->tree_kernel = g_strdup (layouts[i].kernel);
        install->tree_initrd = g_strdup (layouts[i].initrd);
        return TRUE;
    }
    return FALSE;
}

/* ---- which system -------------------------------------------------------------------
 */

static const struct {
    const char *family, *short_id;
} families[] = {
    { "Fedora", "fedora" },
    { "Red Hat Enterprise Linux", "rhel" },
    { "CentOS", "centos" },
    { "CentOS Stream", "centos-stream" },
    { "Scientific Linux", "scientificlinux" },
    { "AlmaLinux", "almalinux" },
    { "Rocky Linux", "rocky" },
    { "Oracle Linux", "ol" },
};

/* "rhel8.0" for "8.0.0", "fedora36" for "36": the longest version that is known */
static char *
find_version (const char *short_id, const char *version)
{
    g_autofree char *rest = g_strdup (version);

    for (;;) {
        g_autofree char *name = g_strconcat (short_id, rest, NULL);
        char *id = vy_guest_os_find (name, NULL);
        char *dot = strrchr (rest, '.');

        if (id || !dot)
            return id;
        *dot = '\0';
    }
}

void
vy_install_detect (VyInstall *install)
{
    Tree tree = { install->media, FALSE };
    g_autoptr (GKeyFile) keys = NULL;
    g_autofree char *family = NULL;
    g_autofree char *version = NULL;
    g_autofree char *id = NULL;

    if (vy_guest_knows_os (install->guest) || !install->media ||
        strstr (install->media, "://") ||
        !g_file_test (install->media, G_FILE_TEST_EXISTS))
        return;
    tree.is_dir = g_file_test (install->media, G_FILE_TEST_IS_DIR);
    keys = load_treeinfo (&tree);
    family = keys ? g_key_file_get_string (keys, "general", "family", NULL) : NULL;
    version = keys ? g_key_file_get_string (keys, "general", "version", NULL) : NULL;
    for (gsize i = 0; family && version && i < G_N_ELEMENTS (families); i++) {
        if (!id && !g_ascii_strcasecmp (families[i].family, family))
            id = find_version (families[i].short_id, version);
    }
    if (id)
        vy_guest_set_os (install->guest, id);
}

/* ---- where it goes ------------------------------------------------------------------
 */

/* Where a file of the tree is put for QEMU: a name that no other installation has. */
char *
vy_install_scratch_path (VyHost *host, const char *member)
{
    g_autofree char *name = g_path_get_basename (member);
    g_autofree char *file = g_strdup_printf ("virtyard-%08x-%s", g_random_int (), name);

    if (vy_host_is_session (host))
        return g_build_filename (g_get_user_cache_dir (), "virtyard", "boot", file, NULL);
    return g_build_filename ("/var/lib/libvirt/boot", file, NULL);
}

gboolean
vy_install_find_tree (VyInstall *install, const VyInstallSettings *settings,
                      GError **error)
{
    g_autofree char *arch =
        vy_xml_get (vy_guest_get_domain (install->guest), "os/type/@arch");
    const char *host_arch = vy_host_get_arch (install->host);
    Tree tree = { install->media, g_file_test (install->media, G_FILE_TEST_IS_DIR) };

    if (!arch)
        arch = g_strdup (host_arch ? host_arch : "x86_64");
    if (strstr (install->media, "://"))
        return vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("cannot install from '%s'"),
                         install->media);
    if (vy_host_is_remote (install->host))
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("a tree of this machine cannot be used on another host"));
    if (!g_file_test (install->media, G_FILE_TEST_EXISTS))
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no '%s'"),
                         install->media);
    install->tree_kernel = g_strdup (settings->tree_kernel);
    install->tree_initrd = g_strdup (settings->tree_initrd);
    if ((!install->tree_kernel || !install->tree_initrd) &&
        !read_treeinfo (install, &tree, arch) && !guess_layout (install, &tree, arch))
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("cannot find kernel and initrd for %s in '%s'"), arch,
                         install->media);
    install->kernel = vy_install_scratch_path (install->host, install->tree_kernel);
    install->initrd = vy_install_scratch_path (install->host, install->tree_initrd);
    return TRUE;
}
