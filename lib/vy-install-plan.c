/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plan of an installation, and the wait for its end. */
#include <sys/stat.h>

#include "vy-definition-private.h"
#include "vy-image-private.h"
#include "vy-guest-storage-private.h"
#include "vy-install-private.h"
#include "vy-pool.h"
#include "vy-units.h"

#define POLL_MS 500

/* ---- volumes ------------------------------------------------------------------------
 */

/* The default directory of a host that is only played by the test driver is no directory
 * of this machine. */
static gboolean
is_played (VyHost *host, const char *path)
{
    virStoragePoolPtr pool = vy_pool_find_for_path (vy_host_get_conn (host), path);
    g_autofree char *own = vy_storage_default_dir (host);
    g_autofree char *dir = g_path_get_dirname (path);

    if (pool)
        virStoragePoolFree (pool);
    return !pool && vy_host_get_driver (host) == VY_DRIVER_TEST && !strcmp (own, dir);
}

gboolean
vy_install_add_volume (VyPlan *plan, VyHost *host, xmlNode *disk, GError **error)
{
    GHashTable *extra = disk->_private;
    const char *path = extra ? g_hash_table_lookup (extra, "new.path") : NULL;
    const char *size = path ? g_hash_table_lookup (extra, "new.size") : NULL;
    const char *sparse = path ? g_hash_table_lookup (extra, "disk.sparse") : NULL;
    gboolean is_sparse = TRUE;
    VyImageSettings settings = { 0 };

    if (!path || is_played (host, path))
        return TRUE;
    if (sparse && !vy_boolean_parse (sparse, &is_sparse, error))
        return FALSE;
    settings.path = path;
    settings.format = g_hash_table_lookup (extra, "new.format");
    settings.size = size ? g_ascii_strtoull (size, NULL, 10) : 0;
    settings.backing = g_hash_table_lookup (extra, "disk.backing_store");
    settings.backing_format = g_hash_table_lookup (extra, "disk.backing_format");
    settings.preallocation = is_sparse ? NULL : "full";
    return vy_image_add_create (plan, vy_host_get_conn (host), &settings, error);
}

static gboolean
add_volumes (VyPlan *plan, VyInstall *install, GError **error)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_guest_get_domain (install->guest), "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        if (!vy_install_add_volume (plan, install->host, disks->pdata[i], error))
            return FALSE;
    }
    return TRUE;
}

GStrv
vy_install_list_volumes (VyInstall *install)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_guest_get_domain (install->guest), "devices/disk");
    g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

    for (guint i = 0; i < disks->len; i++) {
        GHashTable *extra = ((xmlNode *) disks->pdata[i])->_private;
        const char *path = extra ? g_hash_table_lookup (extra, "new.path") : NULL;

        if (path && !vy_guest_is_there (install->guest))
            g_strv_builder_add (paths, path);
    }
    return g_strv_builder_end (paths);
}

/* ---- boot files ---------------------------------------------------------------------
 */

static void
add_directory (VyPlan *plan, const char *file)
{
    g_autofree char *dir = g_path_get_dirname (file);
    g_autofree char *text = g_strdup_printf (_ ("make directory '%s'"), dir);

    if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
        vy_step_record_set (vy_plan_add (plan, &vy_step_directory_make, text), "path",
                            dir);
}

static void
add_boot_file (VyPlan *plan, VyInstall *install, const char *member, const char *path,
               gboolean inject)
{
    g_autofree char *file = vy_install_local_path (install, path);
    g_autofree char *text =
        g_strdup_printf (_ ("take '%s' out of '%s'"), member, install->media);
    VyStepRecord *record = vy_plan_add (plan, &vy_step_boot_file, text);
    g_autofree char *files =
        inject && install->injections ? g_strjoinv ("\n", install->injections) : NULL;

    vy_step_record_set (record, "media", install->media);
    vy_step_record_set (record, "member", member);
    vy_step_record_set (record, "path", file);
    vy_step_record_set (record, "injections", files);
    /* they may have passwords: they stay out of the journal */
    if (inject && install->unattended)
        vy_plan_add_object (plan, record, install->unattended, NULL);
    vy_install_add_upload (plan, install, file, path, TRUE);
}

static void
add_seed (VyPlan *plan, VyInstall *install)
{
    g_autofree char *file = NULL;
    g_autofree char *text = NULL;
    VyStepRecord *record;

    if (!install->seed_path)
        return;
    file = vy_install_local_path (install, install->seed_path);
    if (!install->tree_kernel)
        add_directory (plan, file);
    text = g_strdup_printf (_ ("write '%s'"), file);
    record = vy_plan_add (
        plan, install->seed ? &vy_step_seed_write : &vy_step_answers_write, text);
    vy_step_record_set (record, "path", file);
    /* it has passwords: it stays out of the journal */
    vy_plan_add_object (plan, record,
                        install->seed ? (gpointer) install->seed : install->unattended,
                        NULL);
    vy_install_add_upload (plan, install, file, install->seed_path, TRUE);
}

static void
add_boot_files (VyPlan *plan, VyInstall *install)
{
    g_autofree char *file = NULL;

    if (!install->tree_kernel)
        return;
    file = vy_install_local_path (install, install->kernel);
    add_directory (plan, file);
    add_boot_file (plan, install, install->tree_kernel, install->kernel, FALSE);
    add_boot_file (plan, install, install->tree_initrd, install->initrd, TRUE);
}

/* An image that was sent there goes when no later start of the guest needs it. */
static const char *
media_to_remove (VyInstall *install)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (vy_install_get_domain (install, TRUE), "devices/disk");

    for (guint i = 0; install->media_upload && i < disks->len; i++) {
        if (vy_xml_is (disks->pdata[i], "source/@file", install->media_path))
            return NULL;
    }
    return install->media_upload ? install->media_path : NULL;
}

static void
add_boot_file_removal (VyPlan *plan, VyInstall *install)
{
    const char *const paths[] = { install->tree_kernel ? install->kernel : NULL,
                                  install->tree_kernel ? install->initrd : NULL,
                                  install->seed_path, media_to_remove (install) };

    /* QEMU has them open: they are not needed by name */
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
        vy_install_add_removal (plan, install, paths[i]);
}

/* ---- the domain ---------------------------------------------------------------------
 */

/* The media of a local installer that QEMU itself cannot reach is opened here. */
static char *
media_to_pass (VyInstall *install)
{
    g_autofree char *full =
        install->media ? g_canonicalize_filename (install->media, NULL) : NULL;
    g_autofree char *dir = NULL;

    if (!full || vy_host_get_driver (install->host) != VY_DRIVER_QEMU ||
        vy_host_is_session (install->host) || vy_host_is_remote (install->host) ||
        !g_file_test (full, G_FILE_TEST_IS_REGULAR))
        return NULL;
    dir = vy_image_find_unreachable_dir (full);
    return dir ? g_steal_pointer (&full) : NULL;
}

static void
set_fd_group (xmlNode *domain, const char *path)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        if (!vy_xml_is (disks->pdata[i], "source/@file", path))
            continue;
        vy_xml_set (disks->pdata[i], "source/@fdgroup", "virtyard-media");
        vy_xml_fill (disks->pdata[i], "driver/@type", "raw");
    }
}

VyStepRecord *
vy_install_add_domain_step (VyPlan *plan, const VyStepKind *kind, xmlNode *domain,
                            const char *format)
{
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *uuid = vy_xml_get (domain, "uuid");
    g_autofree char *text = g_strdup_printf ("%s '%s'", format, name);
    VyStepRecord *record = vy_plan_add (plan, kind, text);

    vy_step_record_set (record, "name", name);
    vy_step_record_set (record, "uuid", uuid);
    /* it may have passwords, which must not get into the journal */
    vy_plan_add_object (plan, record, vy_xml_to_string (domain), g_free);
    return record;
}

static void
add_domain (VyPlan *plan, VyInstall *install)
{
    xmlNode *final = vy_install_get_domain (install, TRUE);
    xmlNode *first = vy_install_get_domain (install, FALSE);
    g_autofree char *pass = first ? media_to_pass (install) : NULL;
    VyStepRecord *record;

    if (!install->transient && !vy_guest_is_there (install->guest)) {
        record = vy_install_add_domain_step (plan, &vy_step_domain_define, final,
                                             _ ("define domain"));
        vy_step_record_set (record, "autostart", install->autostart ? "yes" : NULL);
    }
    /* what has nothing to install is only defined */
    if (!first && install->no_reboot && !install->transient)
        return;
    if (pass)
        set_fd_group (first, pass);
    record = vy_install_add_domain_step (
        plan, &vy_step_domain_create, first ? first : final,
        first ? _ ("start the installer of domain") : _ ("start domain"));
    vy_step_record_set (record, "transient", install->transient ? "yes" : NULL);
    vy_step_record_set (record, "fd_path", pass);
    vy_step_record_set (record, "autodestroy", install->destroy_on_exit ? "yes" : NULL);
}

/* A domain that is there keeps its definition until all else has gone well. */
static void
add_redefinition (VyPlan *plan, VyInstall *install)
{
    VyStepRecord *record;

    if (!vy_guest_is_there (install->guest))
        return;
    record = vy_definition_add_redefine (plan, vy_install_get_domain (install, TRUE));
    vy_step_record_set (record, "autostart", install->autostart ? "yes" : NULL);
}

VyPlan *
vy_install_plan (VyInstall *install, GError **error)
{
    g_autofree char *name = vy_xml_get (vy_install_get_domain (install, TRUE), "name");
    g_autofree char *title = g_strdup_printf (_ ("install domain '%s'"), name);
    g_autoptr (VyPlan) plan = NULL;

    if (!vy_install_check (install, error))
        return NULL;
    plan = vy_plan_new (title, vy_host_get_uri (install->host),
                        vy_host_get_conn (install->host));
    if (!vy_guest_is_there (install->guest) && !add_volumes (plan, install, error))
        return NULL;
    add_boot_files (plan, install);
    add_seed (plan, install);
    if (install->media_upload)
        vy_install_add_upload (plan, install, install->media_upload, install->media_path,
                               FALSE);
    add_domain (plan, install);
    add_boot_file_removal (plan, install);
    add_redefinition (plan, install);
    return g_steal_pointer (&plan);
}

/* ---- waiting ------------------------------------------------------------------------
 */

static gboolean
finish (VyInstall *install, virDomainPtr domain, int reason, GError **error)
{
    const char *name = virDomainGetName (domain);

    if (reason == VIR_DOMAIN_SHUTOFF_CRASHED || reason == VIR_DOMAIN_SHUTOFF_FAILED)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("domain '%s' crashed while it was installed"), name);
    /* who stopped it by hand does not want it back */
    if (install->no_reboot || install->transient || !install->has_phase ||
        reason == VIR_DOMAIN_SHUTOFF_DESTROYED || reason == VIR_DOMAIN_SHUTOFF_SAVED)
        return TRUE;
    if (virDomainCreateWithFlags (
            domain, install->destroy_on_exit ? VIR_DOMAIN_START_AUTODESTROY : 0) < 0)
        return vy_throw_libvirt (error, _ ("cannot start domain '%s'"), name);
    return TRUE;
}

gboolean
vy_install_wait (VyInstall *install, guint64 timeout_ms, GCancellable *cancellable,
                 GError **error)
{
    g_autofree char *uuid = vy_xml_get (vy_install_get_domain (install, TRUE), "uuid");
    g_autofree char *name = vy_xml_get (vy_install_get_domain (install, TRUE), "name");
    gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * 1000;

    for (;;) {
        g_autoptr (virDomain) domain =
            virDomainLookupByUUIDString (vy_host_get_conn (install->host), uuid);
        int state = 0, reason = 0;

        if (!domain && virConnectIsAlive (vy_host_get_conn (install->host)) == 1)
            return TRUE; /* a transient one has ended */
        if (!domain || virDomainGetState (domain, &state, &reason, 0) < 0)
            return vy_throw_libvirt (error, _ ("cannot look at domain '%s'"), name);
        if (state == VIR_DOMAIN_SHUTOFF)
            return finish (install, domain, reason, error);
        if (g_cancellable_is_cancelled (cancellable))
            return vy_throw (error, VY_ERROR_CANCELLED, _ ("cancelled"));
        if (timeout_ms && g_get_monotonic_time () > end)
            return vy_throw (error, VY_ERROR_TIMEOUT,
                             _ ("domain '%s' is still being installed"), name);
        g_usleep (POLL_MS * 1000);
    }
}
