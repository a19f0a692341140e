/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packages of a KVM host, by the host's own manager, and local repositories. */
#include <string.h>

#include "vy-hostprepare-private.h"
#include "vy-hoststeps-private.h"
#include "vy-i18n-private.h"
#include "vy-process.h"

static const VyPackageManager managers[] = {
    { "apt-get",
      "debian",
      { "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y" },
      { "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "remove", "-y" },
      { "dpkg-query", "-W", "-f" } },
    { "dnf",
      "fedora",
      { "dnf", "install", "-y" },
      { "dnf", "remove", "-y" },
      { "rpm", "-q" } },
    { "yum",
      "fedora",
      { "yum", "install", "-y" },
      { "yum", "remove", "-y" },
      { "rpm", "-q" } },
    { "zypper",
      "suse",
      { "zypper", "--non-interactive", "install" },
      { "zypper", "--non-interactive", "remove" },
      { "rpm", "-q" } },
};

/* One line a need: set, and the name in each family. */
static const struct {
    const char *set;
    const char *debian, *fedora, *suse;
} packages[] = {
    { "host", "qemu-system-x86", "qemu-kvm", "qemu-kvm" },
    { "host", "qemu-utils", "qemu-img", "qemu-img" },
    { "host", "libvirt-daemon-system", "libvirt", "libvirt" },
    { "host", "libvirt-daemon-config-network", "libvirt-daemon-config-network",
      "libvirt-daemon-config-network" },
    { "host", "dnsmasq-base", "dnsmasq", "dnsmasq" },
    { "host", "ovmf", "edk2-ovmf", "qemu-ovmf-x86_64" },
    { "host", "swtpm", "swtpm", "swtpm" },
    { "host", "iptables", "iptables", "iptables" },
    { "tools", "libvirt-clients", "libvirt-client", "libvirt-client" },
    { "tools", "osinfo-db", "osinfo-db", "osinfo-db" },
    { "tools", "virt-viewer", "virt-viewer", "virt-viewer" },
    { "desktop", "task-gnome-desktop", "@gnome-desktop", "patterns-gnome-gnome" },
};

static gboolean
has_program (const char *root, const char *program)
{
    static const char *const dirs[] = { "usr/bin", "bin", "usr/sbin" };

    for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++) {
        g_autofree char *path = g_build_filename (root, dirs[i], program, NULL);

        if (g_file_test (path, G_FILE_TEST_EXISTS))
            return TRUE;
    }
    return FALSE;
}

const VyPackageManager *
vy_packages_manager (const char *root, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (managers); i++)
        if (has_program (root, managers[i].program))
            return &managers[i];
    vy_throw (error, VY_ERROR_UNSUPPORTED,
              _ ("there is none of apt-get, dnf, yum and zypper below '%s'"), root);
    return NULL;
}

static const char *
package_name (gsize row, const char *family)
{
    if (strcmp (family, "debian") == 0)
        return packages[row].debian;
    return strcmp (family, "fedora") == 0 ? packages[row].fedora : packages[row].suse;
}

static gboolean
is_installed (const VyPackageManager *manager, const char *root, const char *name)
{
    g_autofree char *admin = g_build_filename (root, "var/lib/dpkg", NULL);
    g_autofree char *admindir = g_strconcat ("--admindir=", admin, NULL);
    const char *debian[] = { "dpkg-query",          admindir, "-W", "-f",
                             "${db:Status-Abbrev}", name,     NULL };
    const char *other[] = { "rpm", "--root", root, "-q", name, NULL };
    g_autofree char *output = NULL;

    if (strcmp (manager->family, "debian") == 0)
        return vy_process_run (debian, NULL, &output, NULL) &&
               g_str_has_prefix (output, "ii");
    return vy_process_run (other, NULL, NULL, NULL);
}

/* Words of the manager, those of its root, and names. */
static GPtrArray *
words (const char *const verb[5], const VyPackageManager *manager, const char *root,
       GPtrArray *names)
{
    GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

    for (gsize i = 0; i < 5 && verb[i]; i++)
        g_ptr_array_add (argv, g_strdup (verb[i]));
    if (strcmp (root, "/") != 0 && strcmp (manager->family, "debian") == 0)
        g_ptr_array_add (argv, g_strconcat ("-oDir=", root, NULL));
    else if (strcmp (root, "/") != 0 && strcmp (manager->family, "fedora") == 0)
        g_ptr_array_add (argv, g_strconcat ("--installroot=", root, NULL));
    else if (strcmp (root, "/") != 0)
        g_ptr_array_insert (argv, 1, g_strconcat ("--root=", root, NULL));
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add (argv, g_strdup (g_ptr_array_index (names, i)));
    g_ptr_array_add (argv, NULL);
    return argv;
}

gboolean
vy_packages_add_steps (VyPlan *plan, const VyPrepare *prepare, GError **error)
{
    const VyPackageManager *manager = vy_packages_manager (prepare->root, error);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    g_autoptr (GPtrArray) install = NULL;
    g_autoptr (GPtrArray) undo = NULL;
    g_autofree char *list = NULL;
    g_autofree char *what = NULL;

    if (!manager)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (packages); i++) {
        const char *name = package_name (i, manager->family);
        gboolean wanted = strcmp (packages[i].set, "desktop") != 0 || prepare->desktop;

        if (wanted && !is_installed (manager, prepare->root, name))
            g_ptr_array_add (names, (gpointer) name);
    }
    if (names->len == 0)
        return TRUE;
    install = words (manager->install, manager, prepare->root, names);
    undo = words (manager->remove, manager, prepare->root, names);
    g_ptr_array_add (names, NULL);
    list = g_strjoinv (" ", (char **) names->pdata);
    what = g_strdup_printf (_ ("install packages with %s: %s"), manager->program, list);
    vy_hoststeps_command (plan, (const char *const *) install->pdata,
                          (const char *const *) undo->pdata, what);
    return TRUE;
}

/* ---- a repository on this machine
 * ---------------------------------------------------------- */

#define MOUNT_POINT "/srv/virtyard-repo"

/* Mounts the image now and at each boot. */
static void
add_mount (VyPlan *plan, const VyPrepare *prepare, const char *image)
{
    g_autofree char *fstab = g_build_filename (prepare->root, "etc/fstab", NULL);
    g_autofree char *old = NULL;
    g_autofree char *text = NULL;
    g_autofree char *escaped = NULL;
    const char *make[] = { "mkdir", "-p", MOUNT_POINT, NULL };
    const char *unmake[] = { "rmdir", MOUNT_POINT, NULL };
    const char *mount[] = { "mount", "-o", "loop,ro", image, MOUNT_POINT, NULL };
    const char *umount[] = { "umount", MOUNT_POINT, NULL };

    g_file_get_contents (fstab, &old, NULL, NULL);
    if (!old || !strstr (old, " " MOUNT_POINT " ")) {
        g_auto (GStrv) parts = g_strsplit (image, " ", -1);

        escaped = g_strjoinv ("\\040", parts); /* fstab(5) */
        text = g_strdup_printf ("%s%s " MOUNT_POINT " iso9660 loop,ro,nofail 0 0\n",
                                old ? old : "", escaped);
        vy_hoststeps_replace_text (plan, fstab, text,
                                   _ ("mount the image at each boot (fstab)"));
    }
    if (strcmp (prepare->root, "/") != 0)
        return;
    if (!g_file_test (MOUNT_POINT, G_FILE_TEST_IS_DIR))
        vy_hoststeps_command (plan, make, unmake, _ ("make directory " MOUNT_POINT));
    vy_hoststeps_command (plan, mount, umount, _ ("mount the image on " MOUNT_POINT));
}

static char *
repository_text (const VyPackageManager *manager, const char *dir)
{
    if (strcmp (manager->family, "debian") == 0)
        return g_strdup_printf ("deb [trusted=yes] file:%s ./\n", dir);
    return g_strdup_printf ("[virtyard-local]\nname=Local packages\nbaseurl=file://%s\n"
                            "enabled=1\ngpgcheck=0\n",
                            dir);
}

gboolean
vy_packages_add_repository (VyPlan *plan, const VyPrepare *prepare, GError **error)
{
    const VyPackageManager *manager = vy_packages_manager (prepare->root, error);
    g_autofree char *source = NULL;
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    g_autofree char *what = NULL;
    gboolean is_dir;

    if (!manager)
        return FALSE;
    if (!prepare->local_repo)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("the step local-repo needs --local-repo ISO|DIR"));
    source = g_canonicalize_filename (prepare->local_repo, NULL);
    if (strpbrk (source, "\n\t") || !g_file_test (source, G_FILE_TEST_EXISTS))
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("there is no file or directory '%s'"), source);
    is_dir = g_file_test (source, G_FILE_TEST_IS_DIR);
    if (!is_dir)
        add_mount (plan, prepare, source);
    path = g_build_filename (prepare->root,
                             strcmp (manager->family, "debian") == 0
                                 ? "etc/apt/sources.list.d/virtyard-local.list"
                             : strcmp (manager->family, "suse") == 0
                                 ? "etc/zypp/repos.d/virtyard-local.repo"
                                 : "etc/yum.repos.d/virtyard-local.repo",
                             NULL);
    text = repository_text (manager, is_dir ? source : MOUNT_POINT);
    what = g_strdup_printf (_ ("add the repository %s"), path);
    vy_hoststeps_replace_text (plan, path, text, what);
    return TRUE;
}
