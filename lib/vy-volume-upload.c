/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes: the step that sends a file of this machine to a pool. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-volume-steps-private.h"
#include "vy-volume.h"

typedef struct {
    VyStepRecord *record;
    guint64 size;
} Progress;

static void
report (guint64 done, gpointer data)
{
    const Progress *progress = data;

    if (progress->size)
        vy_step_progress (progress->record, (double) done / (double) progress->size);
}

static virStorageVolPtr
create (virStoragePoolPtr pool, VyStepRecord *record, guint64 size, GError **error)
{
    VyVolumeSettings settings = { .name = vy_step_record_get (record, "name"),
                                  .format = "raw",
                                  .capacity = size };
    g_autofree char *xml = vy_volume_to_xml (&settings);
    g_autoptr (virStorageVol) there = virStorageVolLookupByName (pool, settings.name);
    virStorageVolPtr volume;

    if (there) {
        vy_throw (error, VY_ERROR_EXISTS, _ ("there is a volume '%s' already"),
                  settings.name);
        return NULL;
    }
    vy_step_record_set (record, "begun", "yes");
    volume = virStorageVolCreateXML (pool, xml, 0);
    if (!volume) {
        vy_throw_libvirt (error, _ ("cannot create volume '%s'"), settings.name);
        vy_step_record_set (record, "begun", NULL);
    }
    return volume;
}

static gboolean
send (virStoragePoolPtr pool, int fd, VyStepRecord *record, GCancellable *cancellable,
      GError **error)
{
    struct stat info = { 0 };
    Progress progress = { .record = record };
    VyVolumeTransfer transfer = { .cancellable = cancellable,
                                  .progress = report,
                                  .progress_data = &progress };
    g_autoptr (virStorageVol) volume = NULL;

    if (fstat (fd, &info) == 0)
        progress.size = (guint64) info.st_size;
    volume = create (pool, record, progress.size, error);
    if (!volume)
        return FALSE;
    if (vy_volume_upload (volume, fd, &transfer, error))
        return TRUE;
    virStorageVolDelete (volume, 0);
    return FALSE;
}

static gboolean
apply_upload (gpointer context, VyStepRecord *record, GCancellable *cancellable,
              GError **error)
{
    const char *pool_name = vy_step_record_get (record, "pool");
    const char *file = vy_step_record_get (record, "file");
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (context, pool_name);
    gboolean ok;
    int fd;

    if (!pool)
        return vy_throw_libvirt (error, _ ("cannot find storage pool '%s'"), pool_name);
    fd = open (file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot open '%s'"), file);
    ok = send (pool, fd, record, cancellable, error);
    close (fd);
    return ok;
}

const VyStepKind vy_step_volume_upload = { "volume-upload", apply_upload,
                                           vy_volume_undo_create };
