/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes that libvirt copies from other volumes, as steps of a plan. */
#include "vy-volume.h"

#include <libvirt/virterror.h>
#include <stdlib.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-volume-steps-private.h"

#define POLL_US 200000

/* A copy that runs in a thread of its own: libvirt returns when it is done. */
typedef struct {
    virStoragePoolPtr pool;
    virStorageVolPtr source;
    const char *xml;
    unsigned flags;
    virErrorPtr why; /* out, when it failed */
    gboolean ok;     /* out */
    gint done;       /* out, atomic */
} Copy;

static gpointer
copy_thread (gpointer data)
{
    Copy *copy = data;
    g_autoptr (virStorageVol) volume =
        virStorageVolCreateXMLFrom (copy->pool, copy->xml, copy->source, copy->flags);

    copy->ok = volume != NULL;
    copy->why = volume ? NULL : virSaveLastError ();
    g_atomic_int_set (&copy->done, 1);
    return NULL;
}

static guint64
allocation_of (virStorageVolPtr volume)
{
    virStorageVolInfo info;

    return volume && virStorageVolGetInfo (volume, &info) == 0 ? info.allocation : 0;
}

/* libvirt cannot be told to stop: a cancelled copy is waited for, then undone. */
static gboolean
run_copy (VyStepRecord *record, Copy *copy, GCancellable *cancellable, GError **error)
{
    const char *name = vy_step_record_get (record, "name");
    double whole = (double) allocation_of (copy->source);
    GThread *thread = g_thread_new ("volume-clone", copy_thread, copy);

    while (!g_atomic_int_get (&copy->done)) {
        g_autoptr (virStorageVol) volume = NULL;

        g_usleep (POLL_US);
        volume = virStorageVolLookupByName (copy->pool, name);
        if (volume && whole > 0)
            vy_step_progress (record, MIN ((double) allocation_of (volume) / whole, 1));
    }
    g_thread_join (thread);
    if (!copy->ok) {
        vy_throw_saved_libvirt (error, copy->why, _ ("cannot copy volume '%s' to '%s'"),
                                vy_step_record_get (record, "source"), name);
        virFreeError (copy->why);
        return FALSE;
    }
    if (g_cancellable_is_cancelled (cancellable))
        return vy_throw (error, VY_ERROR_CANCELLED, _ ("interrupted"));
    return TRUE;
}

static gboolean
apply_clone (gpointer context, VyStepRecord *record, GCancellable *cancellable,
             GError **error)
{
    const char *pool_name = vy_step_record_get (record, "pool");
    const char *source_path = vy_step_record_get (record, "source");
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (context, pool_name);
    g_autoptr (virStorageVol) source = virStorageVolLookupByPath (context, source_path);
    g_autoptr (virStorageVol) there = NULL;
    Copy copy = { .pool = pool,
                  .source = source,
                  .xml = vy_step_record_get (record, "xml"),
                  .flags = vy_step_record_get (record, "reflink")
                               ? VIR_STORAGE_VOL_CREATE_REFLINK
                               : 0 };

    if (!pool || !source)
        return vy_throw_libvirt (error,
                                 pool ? _ ("cannot find volume '%s'")
                                      : _ ("cannot find storage pool '%s'"),
                                 pool ? source_path : pool_name);
    there = virStorageVolLookupByName (pool, vy_step_record_get (record, "name"));
    if (there)
        return vy_throw (error, VY_ERROR_EXISTS,
                         _ ("there is a volume '%s' in storage pool '%s' already"),
                         vy_step_record_get (record, "name"), pool_name);
    vy_step_record_set (record, "begun", "yes");
    if (run_copy (record, &copy, cancellable, error))
        return TRUE;
    if (copy.ok) /* cancelled */
        vy_volume_undo_create (context, record, NULL);
    vy_step_record_set (record, "begun", NULL);
    return FALSE;
}

const VyStepKind vy_step_volume_clone = { "volume-clone", apply_clone,
                                          vy_volume_undo_create };

void
vy_volume_add_clone (VyPlan *plan, const char *pool, const VyVolumeSettings *settings,
                     const char *source, gboolean reflink)
{
    g_autofree char *xml = vy_volume_to_xml (settings);
    g_autofree char *description =
        g_strdup_printf (_ ("copy volume '%s' to '%s' in storage pool '%s'"), source,
                         settings->name, pool);
    VyStepRecord *record = vy_plan_add (plan, &vy_step_volume_clone, description);

    vy_step_record_set (record, "pool", pool);
    vy_step_record_set (record, "name", settings->name);
    vy_step_record_set (record, "source", source);
    vy_step_record_set (record, "xml", xml);
    vy_step_record_set (record, "reflink", reflink ? "yes" : NULL);
}
