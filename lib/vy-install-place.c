/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where boot files, seeds and media lie for QEMU: on this host, or in a pool of another.
 */
#include <gio/gio.h>

#include "vy-identity-private.h"
#include "vy-install-private.h"
#include "vy-libvirt-private.h"
#include "vy-volume-steps-private.h"

/* ---- the pool of another host -------------------------------------------------------
 */

/* The directory of an active pool that takes files, or NULL. */
static char *
dir_of (virStoragePoolPtr pool)
{
    static const char *const types[] = { "dir", "fs", "netfs", NULL };
    g_autofree char *text = virStoragePoolGetXMLDesc (pool, 0);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, _ ("storage pool"), NULL) : NULL;
    g_autofree char *type = doc ? vy_xml_get (xmlDocGetRootElement (doc), "@type") : NULL;

    if (!type || !g_strv_contains (types, type) || virStoragePoolIsActive (pool) != 1)
        return NULL;
    return vy_xml_get (xmlDocGetRootElement (doc), "target/path");
}

static void
offer_pool (VyInstall *install, virStoragePoolPtr pool)
{
    g_autofree char *dir = install->pool ? NULL : dir_of (pool);

    if (!dir)
        return;
    install->pool = g_strdup (virStoragePoolGetName (pool));
    install->pool_dir = g_steal_pointer (&dir);
}

gboolean
vy_install_find_pool (VyInstall *install, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (install->host);
    g_autoptr (virStoragePool) first = NULL;
    virStoragePoolPtr *pools = NULL;
    int n;

    if (!vy_host_is_remote (install->host) || install->pool)
        return TRUE;
    first = virStoragePoolLookupByName (conn, "default");
    if (first)
        offer_pool (install, first);
    n = virConnectListAllStoragePools (conn, &pools, 0);
    for (int i = 0; i < n; i++) {
        offer_pool (install, pools[i]);
        virStoragePoolFree (pools[i]);
    }
    g_free (pools);
    if (install->pool)
        return TRUE;
    vy_throw (error, VY_ERROR_NOT_FOUND,
              _ ("no active storage pool of the host takes the installer's files"));
    vy_error_set_hint (error, _ ("A pool of type dir does: \"virsh pool-list --all\"."));
    return FALSE;
}

gboolean
vy_install_must_upload (const VyInstall *install, const char *path)
{
    g_autoptr (virStorageVol) there = NULL;

    if (!path || !vy_host_is_remote (install->host) ||
        !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return FALSE;
    there = virStorageVolLookupByPath (vy_host_get_conn (install->host), path);
    return !there;
}

/* ---- names --------------------------------------------------------------------------
 */

/* A name that no other installation has. */
char *
vy_install_scratch_path (const VyInstall *install, const char *member)
{
    g_autofree char *name = g_path_get_basename (member);
    g_autofree char *tag = vy_identity_make_tag (install->host, install->is_printed);
    g_autofree char *file = g_strdup_printf ("virtyard-%s-%s", tag, name);

    if (install->pool_dir)
        return g_build_filename (install->pool_dir, file, NULL);
    if (vy_host_is_session (install->host))
        return g_build_filename (g_get_user_cache_dir (), "virtyard", "boot", file, NULL);
    return g_build_filename ("/var/lib/libvirt/boot", file, NULL);
}

char *
vy_install_local_path (const VyInstall *install, const char *path)
{
    g_autofree char *name = g_path_get_basename (path);

    return install->pool ? g_build_filename (g_get_tmp_dir (), name, NULL)
                         : g_strdup (path);
}

/* ---- steps --------------------------------------------------------------------------
 */

static void
add_local_removal (VyPlan *plan, const char *file)
{
    g_autofree char *text = g_strdup_printf (_ ("remove '%s'"), file);

    vy_step_record_set (vy_plan_add (plan, &vy_step_boot_file_remove, text), "path",
                        file);
}

void
vy_install_add_upload (VyPlan *plan, VyInstall *install, const char *file,
                       const char *path, gboolean is_made)
{
    g_autofree char *name = g_path_get_basename (path);
    g_autofree char *text = NULL;
    VyStepRecord *record;

    if (!install->pool)
        return;
    text =
        g_strdup_printf (_ ("upload '%s' into storage pool '%s'"), file, install->pool);
    record = vy_plan_add (plan, &vy_step_volume_upload, text);
    vy_step_record_set (record, "pool", install->pool);
    vy_step_record_set (record, "name", name);
    vy_step_record_set (record, "file", file);
    if (is_made)
        add_local_removal (plan, file);
}

void
vy_install_add_removal (VyPlan *plan, VyInstall *install, const char *path)
{
    g_autofree char *text = NULL;

    if (!path)
        return;
    if (!install->pool) {
        add_local_removal (plan, path);
        return;
    }
    text = g_strdup_printf (_ ("delete volume '%s'"), path);
    vy_step_record_set (vy_plan_add (plan, &vy_step_volume_delete, text), "path", path);
}
