/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The end of a definition, and of the storage that goes with it: undefine */
#include "virsh.h"

typedef struct {
    char *domain, *storage;
    gboolean managed_save, snapshots, checkpoints, nvram, keep_nvram, tpm, keep_tpm;
    gboolean remove_all_storage, delete_snapshots, wipe;
} Args;

/* ---- storage
 * ------------------------------------------------------------------------------ */

typedef struct {
    virStorageVolPtr volume;
    char *target, *source;
} Disk;

static void
disk_free (gpointer data)
{
    Disk *disk = data;

    if (disk->volume)
        virStorageVolFree (disk->volume);
    g_free (disk->target);
    g_free (disk->source);
    g_free (disk);
}

static virStorageVolPtr
find_volume (virConnectPtr conn, xmlNode *node, const char *source)
{
    g_autofree char *pool_name = vy_xml_get (node, "source/@pool");
    g_autofree char *name = vy_xml_get (node, "source/@volume");
    g_autoptr (virStoragePool) pool = NULL;

    if (!pool_name || !name)
        return virStorageVolLookupByPath (conn, source);
    pool = virStoragePoolLookupByName (conn, pool_name);
    return pool ? virStorageVolLookupByName (pool, name) : NULL;
}

/* Takes the names that fit out of @names; TRUE if there was one. */
static gboolean
take_name (GPtrArray *names, const char *target, const char *source)
{
    gboolean found = FALSE;

    for (guint i = names->len; i-- > 0;) {
        const char *name = g_ptr_array_index (names, i);

        if (g_strcmp0 (name, target) != 0 && g_strcmp0 (name, source) != 0)
            continue;
        found = TRUE;
        g_ptr_array_remove_index (names, i);
    }
    return found;
}

static void
add_disk (Cli *cli, GPtrArray *disks, virConnectPtr conn, xmlNode *node, const Args *args,
          GPtrArray *names)
{
    g_autofree char *target = vy_xml_get (node, "target/@dev");
    g_autofree char *source = virsh_disk_source (node);
    virStorageVolPtr volume;
    Disk *disk;

    if (!source || (!args->remove_all_storage && !take_name (names, target, source)))
        return;
    volume = find_volume (conn, node, source);
    if (!volume) {
        cli_print (cli,
                   _ ("Storage volume '%s'(%s) is not managed by libvirt. Remove it "
                      "manually.\n"),
                   target ? target : "-", source);
        return;
    }
    disk = g_new0 (Disk, 1);
    disk->volume = volume;
    disk->target = g_steal_pointer (&target);
    disk->source = g_steal_pointer (&source);
    g_ptr_array_add (disks, disk);
}

/* What --storage or --remove-all-storage mean, while the definition is there; NULL with
 * @error. */
static GPtrArray *
find_disks (Cli *cli, const Args *args, virDomainPtr domain, GError **error)
{
    g_autoptr (GPtrArray) disks = g_ptr_array_new_with_free_func (disk_free);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    g_auto (GStrv) words = args->storage ? g_strsplit (args->storage, ",", -1) : NULL;
    g_autoptr (xmlDoc) doc = virsh_document (domain, VIR_DOMAIN_XML_INACTIVE, error);
    g_autoptr (GPtrArray) nodes =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk") : NULL;

    if (!nodes)
        return NULL;
    for (char **word = words; word && *word; word++)
        if (**word)
            g_ptr_array_add (names, *word);
    for (guint i = 0; i < nodes->len; i++)
        add_disk (cli, disks, virDomainGetConnect (domain), g_ptr_array_index (nodes, i),
                  args, names);
    if (names->len == 0)
        return g_steal_pointer (&disks);
    vy_throw (error, VY_ERROR_NOT_FOUND,
              _ ("Volume '%s' was not found in domain's definition."),
              (const char *) g_ptr_array_index (names, 0));
    return NULL;
}

static gboolean
delete_disk (Cli *cli, const Args *args, const Disk *disk, GError **error)
{
    unsigned flags = args->delete_snapshots ? VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS : 0;

    if (args->wipe) {
        cli_say (cli, _ ("Wiping volume '%s'(%s) ... "), disk->target, disk->source);
        if (!cli_flush_output (cli, error))
            return FALSE;
        if (virStorageVolWipe (disk->volume, 0) < 0)
            return virsh_fail (error, "%s", _ ("Failed! Volume not removed."));
        cli_say (cli, _ ("Done.\n"));
    }
    if (virStorageVolDelete (disk->volume, flags) < 0)
        return virsh_fail (error, _ ("Failed to remove storage volume '%s'(%s)"),
                           disk->target, disk->source);
    cli_say (cli, _ ("Volume '%s'(%s) removed.\n"), disk->target, disk->source);
    return TRUE;
}

/* All that can be; FALSE without an error when some could not: that was said. */
static gboolean
delete_disks (Cli *cli, const Args *args, GPtrArray *disks)
{
    gboolean ok = TRUE;

    for (guint i = 0; i < disks->len; i++) {
        g_autoptr (GError) local = NULL;

        if (delete_disk (cli, args, g_ptr_array_index (disks, i), &local))
            continue;
        cli_report (cli, local);
        ok = FALSE;
    }
    return ok;
}

/* ---- the definition
 * ----------------------------------------------------------------------- */

enum { ONLY_METADATA = VIR_DOMAIN_SNAPSHOT_LIST_METADATA };

/* What goes with the definition. A domain that runs keeps it: all is 0. */
typedef struct {
    gboolean saved;
    int n_snapshots; /* those that libvirt knows; -1: it does not say */
} Kept;

static Kept
look (virDomainPtr domain)
{
    Kept kept = { FALSE, 0 };

    if (virDomainIsActive (domain) != 0)
        return kept;
    kept.saved = virDomainHasManagedSaveImage (domain, 0) > 0;
    kept.n_snapshots = virDomainSnapshotNum (domain, ONLY_METADATA);
    return kept;
}

/* For drivers that do not know the flags. */
static gboolean
undefine_by_parts (const Args *args, virDomainPtr domain, const Kept *kept,
                   GError **error)
{
    if (kept->saved && virDomainManagedSaveRemove (domain, 0) < 0)
        return virsh_fail (error, "%s", _ ("Failed to remove domain managed save image"));
    if (kept->n_snapshots > 0)
        return vy_throw (error, VY_ERROR_STATE,
                         args->snapshots
                             ? _ ("Unable to remove metadata of %d snapshots")
                             : _ ("Refusing to undefine while %d snapshots exist"),
                         kept->n_snapshots);
    return virDomainUndefine (domain) == 0 ||
           virsh_fail (error, _ ("Failed to undefine domain '%s'"), args->domain);
}

static unsigned
undefine_flags (const Args *args, const Kept *kept)
{
    return VIRSH_FLAGS (
        { args->managed_save && kept->saved, VIR_DOMAIN_UNDEFINE_MANAGED_SAVE },
        { args->snapshots && kept->n_snapshots != 0,
          VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA },
        { args->checkpoints, VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA },
        { args->nvram, VIR_DOMAIN_UNDEFINE_NVRAM },
        { args->keep_nvram, VIR_DOMAIN_UNDEFINE_KEEP_NVRAM },
        { args->tpm, VIR_DOMAIN_UNDEFINE_TPM },
        { args->keep_tpm, VIR_DOMAIN_UNDEFINE_KEEP_TPM });
}

/* Flags for what is not there are left out: not every driver knows them. Without them a
 * definition goes by parts, but an NVRAM that is to go would stay. */
static gboolean
undefine (const Args *args, virDomainPtr domain, GError **error)
{
    const Kept kept = look (domain);

    if (kept.saved && !args->managed_save)
        return vy_throw (
            error, VY_ERROR_STATE,
            _ ("Refusing to undefine while domain managed save image exists"));
    if (virDomainUndefineFlags (domain, undefine_flags (args, &kept)) == 0)
        return TRUE;
    if (!args->nvram && (virGetLastErrorCode () == VIR_ERR_NO_SUPPORT ||
                         virGetLastErrorCode () == VIR_ERR_INVALID_ARG))
        return undefine_by_parts (args, domain, &kept, error);
    virsh_fail (error, _ ("Failed to undefine domain '%s'"), args->domain);
    vy_error_set_hint (error, _ ("--nvram, --managed-save and --snapshots-metadata take "
                                 "those along"));
    return FALSE;
}

static gboolean
check (const Args *args, GError **error)
{
    if (args->delete_snapshots && !args->remove_all_storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Option --%s is required by option --%s"),
                         "remove-all-storage", "delete-storage-volume-snapshots");
    if (args->storage && args->remove_all_storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Specified both --storage and --remove-all-storage"));
    if (args->wipe && !args->storage && !args->remove_all_storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--wipe-storage needs --storage or --remove-all-storage "
                            "beside it"));
    return virsh_exclusive (args->nvram, "nvram", args->keep_nvram, "keep-nvram",
                            error) &&
           virsh_exclusive (args->tpm, "tpm", args->keep_tpm, "keep-tpm", error);
}

static gboolean
run_undefine (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean storage = (args->storage && *args->storage) || args->remove_all_storage;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (GPtrArray) disks = NULL;

    if (!check (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (storage && virDomainIsActive (domain) == 1)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("Storage volume deletion is supported only on stopped "
                            "domains"));
    if ((storage && !(disks = find_disks (cli, args, domain, error))) ||
        !undefine (args, domain, error))
        return FALSE;
    cli_say (cli, _ ("Domain '%s' has been undefined\n"), args->domain);
    return !disks || delete_disks (cli, args, disks);
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, managed_save, "managed-save", "remove the managed save too"),
    { "storage", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK, offsetof (Args, storage),
      N_ ("VOLUMES"), N_ ("also delete these volumes: targets or paths") },
    VIRSH_FLAG (Args, remove_all_storage, "remove-all-storage",
                "also delete all volumes"),
    { "delete-snapshots", 0, CLI_ALIAS, CLI_HIDDEN,
      .help = N_ ("same as --delete-storage-volume-snapshots"),
      .alias_of = "delete-storage-volume-snapshots" },
    VIRSH_FLAG (Args, delete_snapshots, "delete-storage-volume-snapshots",
                "also delete the volumes' snapshots"),
    VIRSH_FLAG (Args, wipe, "wipe-storage", "overwrite the volumes first"),
    VIRSH_FLAG (Args, snapshots, "snapshots-metadata", "forget the snapshots too"),
    VIRSH_FLAG (Args, checkpoints, "checkpoints-metadata", "forget the checkpoints too"),
    VIRSH_FLAG (Args, nvram, "nvram", "remove the NVRAM too"),
    VIRSH_FLAG (Args, keep_nvram, "keep-nvram", "keep the NVRAM"),
    VIRSH_FLAG (Args, tpm, "tpm", "remove the TPM's state too"),
    VIRSH_FLAG (Args, keep_tpm, "keep-tpm", "keep the TPM's state"),
    { 0 },
};

const CliCommand virsh_domain_undefine_commands[] = {
    VIRSH_COMMAND ("undefine", N_ ("delete a domain's definition"), options,
                   run_undefine),
    { 0 },
};
