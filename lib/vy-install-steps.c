/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps of installations: boot files, definition, start. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libvirt/virterror.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-initrd-private.h"
#include "vy-install-private.h"
#include "vy-libvirt-private.h"
#include "vy-tree-private.h"

/* ---- boot files ---------------------------------------------------------------------
 */

static void
report_download (guint64 done, guint64 total, gpointer data)
{
    if (total)
        vy_step_progress (data, (double) done / (double) total);
}

static gboolean
apply_boot_file (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
                 GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    const char *injections = vy_step_record_get (record, "injections");
    g_auto (GStrv) files = injections ? g_strsplit (injections, "\n", -1) : NULL;
    const VyUnattended *answers = vy_step_record_get_object (record);
    VyTree tree = vy_tree_at (vy_step_record_get (record, "media"));

    if (g_file_test (path, G_FILE_TEST_EXISTS))
        return vy_throw (error, VY_ERROR_EXISTS, _ ("there is a '%s' already"), path);
    vy_step_record_set (record, "made", "yes");
    if (vy_tree_copy (&tree, vy_step_record_get (record, "member"), path, report_download,
                      record, cancellable, error) &&
        (!files || vy_initrd_inject (path, (const char *const *) files, error)) &&
        g_chmod (path, answers ? 0600 : 0644) == 0 &&
        (!answers || vy_unattended_inject (answers, path, error)))
        return TRUE;
    g_unlink (path);
    return FALSE;
}

static gboolean
undo_boot_file (G_GNUC_UNUSED gpointer context, const VyStepRecord *record,
                GError **error)
{
    const char *path = vy_step_record_get (record, "path");

    if (!vy_step_record_get (record, "made") || g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
    return vy_throw_errno (error, errno, _ ("cannot remove '%s'"), path);
}

const VyStepKind vy_step_boot_file = { "boot-file", apply_boot_file, undo_boot_file };

static gboolean
apply_boot_file_remove (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
                        G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");

    if (g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
    return vy_throw_errno (error, errno, _ ("cannot remove '%s'"), path);
}

const VyStepKind vy_step_boot_file_remove = { "boot-file-remove", apply_boot_file_remove,
                                              NULL };

/* ---- seeds --------------------------------------------------------------------------
 */

static gboolean
write_image (VyStepRecord *record, gboolean is_seed, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    gpointer object = vy_step_record_get_object (record);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
        return vy_throw (error, VY_ERROR_EXISTS, _ ("there is a '%s' already"), path);
    vy_step_record_set (record, "made", "yes");
    if (is_seed ? vy_seed_write (object, path, error)
                : vy_unattended_write (object, path, error))
        return TRUE;
    g_unlink (path);
    return FALSE;
}

static gboolean
apply_seed (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
            G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return write_image (record, TRUE, error);
}

const VyStepKind vy_step_seed_write = { "seed-write", apply_seed, undo_boot_file };

static gboolean
apply_answers (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return write_image (record, FALSE, error);
}

const VyStepKind vy_step_answers_write = { "answers-write", apply_answers,
                                           undo_boot_file };

/* ---- domains ------------------------------------------------------------------------
 */

static virDomainPtr
find_domain (virConnectPtr conn, const VyStepRecord *record)
{
    return virDomainLookupByUUIDString (conn, vy_step_record_get (record, "uuid"));
}

static gboolean
throw_domain (GError **error, const char *format, const VyStepRecord *record)
{
    g_autofree char *text =
        g_strdup_printf ("%s '%s'", format, vy_step_record_get (record, "name"));

    return vy_throw_libvirt (error, "%s", text);
}

static gboolean
apply_define (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virDomain) there = find_domain (context, record);
    g_autoptr (virDomain) domain = NULL;

    if (there)
        return vy_throw (error, VY_ERROR_EXISTS, _ ("domain '%s' exists already"),
                         virDomainGetName (there));
    vy_step_record_set (record, "made", "yes");
    domain = virDomainDefineXML (context, vy_step_record_get_object (record));
    if (!domain)
        return throw_domain (error, _ ("cannot define domain"), record);
    if (vy_step_record_get (record, "autostart") && virDomainSetAutostart (domain, 1) < 0)
        return throw_domain (error, _ ("cannot set the autostart of domain"), record);
    return TRUE;
}

/* For undo: gone is as good as undone, but not a daemon that does not answer. */
static gboolean
find_for_undo (virConnectPtr conn, const VyStepRecord *record, virDomainPtr *domain,
               GError **error)
{
    *domain = NULL;
    if (!vy_step_record_get (record, "made"))
        return TRUE;
    *domain = find_domain (conn, record);
    if (*domain || virGetLastErrorCode () == VIR_ERR_NO_DOMAIN)
        return TRUE;
    return throw_domain (error, _ ("cannot find domain"), record);
}

static gboolean
undo_define (gpointer context, const VyStepRecord *record, GError **error)
{
    /* daemons refuse flags that they do not know */
    static const unsigned tries[] = {
        VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
            VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
            VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
        VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
        0,
    };
    g_autoptr (virDomain) domain = NULL;

    if (!find_for_undo (context, record, &domain, error))
        return FALSE;
    if (!domain || virDomainIsPersistent (domain) == 0)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
        if (virDomainUndefineFlags (domain, tries[i]) == 0)
            return TRUE;
    return throw_domain (error, _ ("cannot undefine domain"), record);
}

const VyStepKind vy_step_domain_define = { "domain-define", apply_define, undo_define };

/* Hands a file that only this process can reach over to the daemon. */
static gboolean
pass_file (virConnectPtr conn, const VyStepRecord *record, const char *path,
           GError **error)
{
    g_autoptr (virDomain) domain = find_domain (conn, record);
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    int result;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot open '%s'"), path);
    result = domain ? virDomainFDAssociate (domain, "virtyard-media", 1, &fd, 0) : -1;
    close (fd);
    if (result < 0)
        return vy_throw_libvirt (error, _ ("cannot hand '%s' over to libvirt"), path);
    return TRUE;
}

static gboolean
apply_create (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "fd_path");
    unsigned flags =
        vy_step_record_get (record, "autodestroy") ? VIR_DOMAIN_START_AUTODESTROY : 0;
    g_autoptr (virDomain) domain = NULL;

    if (path && !pass_file (context, record, path, error))
        return FALSE;
    vy_step_record_set (record, "made", "yes");
    domain = virDomainCreateXML (context, vy_step_record_get_object (record), flags);
    return domain || throw_domain (error, _ ("cannot start domain"), record);
}

static gboolean
undo_create (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virDomain) domain = NULL;

    if (!find_for_undo (context, record, &domain, error))
        return FALSE;
    if (!domain || virDomainIsActive (domain) == 0 || virDomainDestroy (domain) == 0)
        return TRUE;
    return throw_domain (error, _ ("cannot stop domain"), record);
}

const VyStepKind vy_step_domain_create = { "domain-create", apply_create, undo_create };
