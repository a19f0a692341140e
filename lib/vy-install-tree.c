/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tree of an installation: which system it has, where its kernel goes. */
#include "vy-install-private.h"

#include "vy-guest-os-private.h"
#include "vy-media.h"
#include "vy-os.h"
#include "vy-tree-private.h"

/* ---- which system -------------------------------------------------------------------
 */

/* The database has it for some of SUSE's systems alone: all of them take it. */
static const char *
argument_of (const VyOs *os)
{
    static const char *const suse[] = { "opensuse", "sle", "sles", "sled", NULL };
    const char *argument = vy_os_get_kernel_argument (os);
    const char *distro = vy_os_get_distro (os);

    return !argument && distro && g_strv_contains (suse, distro) ? "install" : argument;
}

static void
take_argument (VyInstall *install, const VyOs *os)
{
    g_free (install->url_argument);
    install->url_argument = g_strdup (argument_of (os));
}

/* A tree that says nothing of itself is one of the system that was named. */
static void
take_named_os (VyInstall *install)
{
    g_autofree char *id = vy_xml_get (vy_guest_get_domain (install->guest),
                                      "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autoptr (VyOs) os = id ? vy_os_lookup (id, NULL) : NULL;

    if (os)
        take_argument (install, os);
}

static void
take_os (VyInstall *install, const char *short_id)
{
    g_autoptr (VyOs) os = vy_os_lookup (short_id, NULL);

    if (!os)
        return;
    take_argument (install, os);
    if (!vy_guest_knows_os (install->guest))
        vy_guest_set_os (install->guest, vy_os_get_id (os));
}

gboolean
vy_install_take_tree (VyInstall *install, const VyInstallSettings *settings,
                      GError **error)
{
    xmlNode *domain = vy_guest_get_domain (install->guest);
    g_autofree char *said = vy_xml_get (domain, "os/type/@arch");
    const char *host_arch = vy_host_get_arch (install->host);
    g_autoptr (VyOs) os = settings->os ? vy_os_lookup (settings->os, error) : NULL;

    if (!os)
        return !settings->os;
    install->method = VY_INSTALL_LOCATION;
    g_free (install->media);
    install->media = vy_os_get_tree_url (
        os,
        said        ? said
        : host_arch ? host_arch
                    : "x86_64",
        settings->unattended ? settings->unattended->profile : NULL, error);
    return install->media != NULL;
}

/* What the medium is asked for: its system, if that is not known, or whether it answers.
 */
static gboolean
is_asked (const VyInstall *install)
{
    if (!install->media || install->method == VY_INSTALL_IMPORT)
        return FALSE;
    if (vy_tree_is_url (install->media))
        return install->method == VY_INSTALL_LOCATION;
    return !vy_guest_knows_os (install->guest) &&
           (!vy_host_is_remote (install->host) ||
            vy_install_must_upload (install, install->media)) &&
           g_file_test (install->media, G_FILE_TEST_EXISTS);
}

gboolean
vy_install_detect (VyInstall *install, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autoptr (VyMedia) media = NULL;

    if (!is_asked (install))
        return TRUE;
    media = vy_media_detect (install->media, &why);
    if (media && media->os)
        take_os (install, media->os);
    else
        take_named_os (install);
    if (media || !vy_tree_is_url (install->media) ||
        g_error_matches (why, VY_ERROR, VY_ERROR_INVALID))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
}

/* ---- where it goes ------------------------------------------------------------------
 */

static gboolean
check_place (VyInstall *install, const VyTree *tree, GError **error)
{
    if (tree->kind == VY_TREE_URL)
        return TRUE;
    if (vy_host_is_remote (install->host) && tree->kind == VY_TREE_DIR) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("a directory of this machine cannot be used on another host"));
        vy_error_set_hint (error, _ ("An ISO image or a URL can."));
        return FALSE;
    }
    if (!g_file_test (install->media, G_FILE_TEST_EXISTS))
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no '%s'"),
                         install->media);
    return TRUE;
}

static gboolean
find_kernel (VyInstall *install, const VyTree *tree, const VyInstallSettings *settings,
             GError **error)
{
    xmlNode *domain = vy_guest_get_domain (install->guest);
    g_autofree char *said = vy_xml_get (domain, "os/type/@arch");
    const char *host_arch = vy_host_get_arch (install->host);
    const char *arch = said ? said : host_arch ? host_arch : "x86_64";
    GError *why = NULL;

    if (!settings->tree_kernel != !settings->tree_initrd)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--location needs both of kernel= and initrd=, or none"));
    install->tree_kernel = g_strdup (settings->tree_kernel);
    install->tree_initrd = g_strdup (settings->tree_initrd);
    if (install->tree_kernel ||
        vy_tree_find_kernel (tree, arch, vy_xml_is (domain, "os/type", "xen"),
                             &install->tree_kernel, &install->tree_initrd, &why))
        return TRUE;
    if (why) {
        g_propagate_error (error, why);
        return FALSE;
    }
    vy_throw (error, VY_ERROR_NOT_FOUND,
              _ ("cannot find kernel and initrd for %s in '%s'"), arch, install->media);
    vy_error_set_hint (error, _ ("--location PLACE,kernel=PATH,initrd=PATH names them."));
    return FALSE;
}

/* Installers that find their packages by an argument are told where they are. */
static void
add_url_argument (VyInstall *install, const VyInstallSettings *settings)
{
    const char *args = install->kernel_args;
    char *all;

    if (!install->url_argument || settings->overwrite_args || settings->unattended)
        return;
    all = g_strdup_printf ("%s%s%s=%s", args ? args : "", args && *args ? " " : "",
                           install->url_argument, install->media);
    g_free (install->kernel_args);
    install->kernel_args = all;
}

static gboolean
is_netinst (const VyInstall *install)
{
    g_autoptr (VyMedia) media = vy_media_detect (install->media, NULL);

    return media && media->is_netinst;
}

/* An installer that loads itself over the network may need more memory than was said. */
static void
note_memory (VyInstall *install, const VyTree *tree)
{
    xmlNode *domain = vy_guest_get_domain (install->guest);
    g_autofree char *id =
        vy_xml_get (domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    const char *arch = vy_host_get_arch (install->host);
    guint64 needed = vy_guest_os_network_ram (id, arch) / 1024;
    g_autofree char *memory = vy_xml_get (domain, "memory");
    guint64 n_cpus, ram, storage;

    vy_guest_os_resources (id, arch, &n_cpus, &ram, &storage);
    if (needed > (memory ? g_ascii_strtoull (memory, NULL, 10) : ram / 1024) &&
        (tree->kind != VY_TREE_ISO || is_netinst (install)))
        install->raised_memory = needed * 1024;
}

gboolean
vy_install_find_tree (VyInstall *install, const VyInstallSettings *settings,
                      GError **error)
{
    VyTree tree = vy_tree_at (install->media);

    if (!check_place (install, &tree, error) ||
        !find_kernel (install, &tree, settings, error))
        return FALSE;
    if (tree.kind == VY_TREE_URL)
        add_url_argument (install, settings);
    note_memory (install, &tree);
    install->kernel = vy_install_scratch_path (install, install->tree_kernel);
    install->initrd = vy_install_scratch_path (install, install->tree_initrd);
    return TRUE;
}
