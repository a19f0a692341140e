/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes: made in pools through libvirt, as steps of a plan. */
#include "vy-volume.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-units.h"
#include "vy-volume-steps-private.h"
#include "vy-xml.h"

char *
vy_volume_to_xml (const VyVolumeSettings *settings)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("volume");
    xmlNode *root = xmlDocGetRootElement (doc);

    vy_xml_set (root, "name", settings->name);
    vy_xml_set_number (root, "capacity", settings->capacity);
    if (!settings->allocate_default)
        vy_xml_set_number (root, "allocation", settings->allocation);
    if (settings->format)
        vy_xml_set (root, "target/format/@type", settings->format);
    if (settings->lazy_refcounts) {
        vy_xml_set (root, "target/compat", "1.1");
        vy_xml_ensure (root, "target/features/lazy_refcounts");
    }
    if (settings->backing) {
        vy_xml_set (root, "backingStore/path", settings->backing);
        vy_xml_set (root, "backingStore/format/@type", settings->backing_format);
    }
    return vy_xml_to_quoted (root);
}

gboolean
vy_volume_add_create (VyPlan *plan, const char *pool, const VyVolumeSettings *settings,
                      GError **error)
{
    g_autofree char *xml = NULL;
    g_autofree char *size = vy_size_format (settings->capacity);
    g_autofree char *description = NULL;
    VyStepRecord *record;

    if (*settings->name == '\0' || strchr (settings->name, '/'))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' cannot be the name of a volume"), settings->name);
    xml = vy_volume_to_xml (settings);
    description =
        g_strdup_printf (_ ("create volume '%s' (%s%s%s) in storage pool '%s'"),
                         settings->name, settings->format ? settings->format : "",
                         settings->format ? ", " : "", size, pool);
    record = vy_plan_add (plan, &vy_step_volume_create, description);
    vy_step_record_set (record, "pool", pool);
    vy_step_record_set (record, "name", settings->name);
    vy_step_record_set (record, "xml", xml);
    if (settings->preallocate_metadata)
        vy_step_record_set (record, "metadata", "yes");
    return TRUE;
}

static virStoragePoolPtr
pool_of (gpointer context, const VyStepRecord *record, GError **error)
{
    const char *name = vy_step_record_get (record, "pool");
    virStoragePoolPtr pool = virStoragePoolLookupByName (context, name);

    if (!pool)
        vy_throw_libvirt (error, _ ("cannot find storage pool '%s'"), name);
    return pool;
}

static gboolean
apply_create (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virStoragePool) pool = pool_of (context, record, error);
    g_autoptr (virStorageVol) volume = NULL;
    const char *name = vy_step_record_get (record, "name");
    unsigned flags = vy_step_record_get (record, "metadata")
                         ? VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA
                         : 0;

    if (!pool)
        return FALSE;
    volume = virStorageVolLookupByName (pool, name);
    if (volume)
        return vy_throw (error, VY_ERROR_EXISTS,
                         _ ("there is a volume '%s' in storage pool '%s' already"), name,
                         vy_step_record_get (record, "pool"));
    vy_step_record_set (record, "begun", "yes");
    volume = virStorageVolCreateXML (pool, vy_step_record_get (record, "xml"), flags);
    if (volume)
        return TRUE;
    vy_throw_libvirt (error, _ ("cannot create volume '%s'"), name);
    vy_step_record_set (record, "begun", NULL); /* what is there now is somebody else's */
    return FALSE;
}

gboolean
vy_volume_undo_create (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virStoragePool) pool = NULL;
    g_autoptr (virStorageVol) volume = NULL;

    if (!vy_step_record_get (record, "begun"))
        return TRUE;
    pool = pool_of (context, record, error);
    if (!pool)
        return FALSE;
    volume = virStorageVolLookupByName (pool, vy_step_record_get (record, "name"));
    if (!volume || virStorageVolDelete (volume, 0) == 0)
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot delete volume '%s'"),
                             vy_step_record_get (record, "name"));
}

const VyStepKind vy_step_volume_create = { "volume-create", apply_create,
                                           vy_volume_undo_create };

static gboolean
apply_delete (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    g_autoptr (virStorageVol) volume = virStorageVolLookupByPath (context, path);

    if (volume && virStorageVolDelete (volume, 0) == 0)
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot delete volume '%s'"), path);
}

const VyStepKind vy_step_volume_delete = { "volume-delete", apply_delete, NULL };

static gboolean
resize_volume (gpointer context, const VyStepRecord *record, const char *key,
               GError **error)
{
    const char *path = vy_step_record_get (record, "path");
    guint64 size = g_ascii_strtoull (vy_step_record_get (record, key), NULL, 10);
    g_autoptr (virStorageVol) volume = virStorageVolLookupByPath (context, path);
    virStorageVolInfo info;
    unsigned flags = 0;

    if (volume && virStorageVolGetInfo (volume, &info) == 0 && info.capacity > size)
        flags = VIR_STORAGE_VOL_RESIZE_SHRINK;
    if (volume && virStorageVolResize (volume, size, flags) == 0)
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot resize volume '%s'"), path);
}

static gboolean
apply_resize (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return resize_volume (context, record, "size", error);
}

static gboolean
undo_resize (gpointer context, const VyStepRecord *record, GError **error)
{
    return resize_volume (context, record, "before", error);
}

const VyStepKind vy_step_volume_resize = { "volume-resize", apply_resize, undo_resize };
