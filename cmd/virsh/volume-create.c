/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage volumes: made from files, options and other volumes */
#include "virsh.h"

typedef struct {
    char *pool, *file, *vol, *inputpool, *name;
    char *capacity, *allocation, *format, *backing, *backing_format;
    gboolean prealloc, reflink, validate, print_xml;
} Args;

static unsigned
create_flags (const Args *args)
{
    return (args->prealloc ? VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA : 0u) |
           (args->reflink ? VIR_STORAGE_VOL_CREATE_REFLINK : 0u) |
           (args->validate ? VIR_STORAGE_VOL_CREATE_VALIDATE : 0u);
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    g_autofree char *xml = pool ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virStorageVol) volume = NULL;

    if (!xml)
        return FALSE;
    volume = virStorageVolCreateXML (pool, xml, create_flags (args));
    if (!volume)
        return virsh_fail (error, _ ("Failed to create vol from %s"), args->file);
    cli_say (cli, _ ("Vol %s created from %s\n"), virStorageVolGetName (volume),
             args->file);
    return TRUE;
}

/* ---- from options
 * ------------------------------------------------------------------------------ */

/* The path of the backing volume, which may lie in another pool. */
static char *
backing_path (virStoragePoolPtr pool, const char *name, GError **error)
{
    virConnectPtr conn = virStoragePoolGetConnect (pool);
    g_autoptr (virStorageVol) volume = virStorageVolLookupByName (pool, name);

    if (!volume)
        volume = virStorageVolLookupByKey (conn, name);
    if (!volume)
        volume = virStorageVolLookupByPath (conn, name);
    if (volume)
        return virStorageVolGetPath (volume);
    virsh_fail (error, _ ("failed to get vol '%s'"), name);
    return NULL;
}

static gboolean
run_create_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    VyVolumeSettings settings = { .name = args->name,
                                  .format = args->format,
                                  .allocate_default = !args->allocation,
                                  .backing_format = args->backing_format };
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    g_autoptr (virStorageVol) volume = NULL;
    VIRSH_TEXT backing = NULL;
    g_autofree char *xml = NULL;

    if (!pool)
        return FALSE;
    if (virsh_shell.strict && args->backing_format && !args->backing)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--backing-vol-format is of no use without --backing-vol"));
    if (!virsh_volume_size (args->capacity, &settings.capacity, error) ||
        (args->allocation && *args->allocation &&
         !virsh_volume_size (args->allocation, &settings.allocation, error)) ||
        (args->backing && !(backing = backing_path (pool, args->backing, error))))
        return FALSE;
    settings.backing = backing;
    xml = vy_volume_to_xml (&settings);
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    volume = virStorageVolCreateXML (pool, xml, create_flags (args));
    if (!volume)
        return virsh_fail (error, _ ("Failed to create vol %s"), args->name);
    cli_say (cli, _ ("Vol %s created\n"), args->name);
    return TRUE;
}

/* ---- from other volumes
 * ------------------------------------------------------------------------ */

static gboolean
run_create_from (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    g_autoptr (virStorageVol) input =
        pool ? virsh_volume (cli, args->vol, args->inputpool, error) : NULL;
    g_autofree char *xml = input ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virStorageVol) volume = NULL;

    if (!xml)
        return FALSE;
    volume = virStorageVolCreateXMLFrom (pool, xml, input, create_flags (args));
    if (!volume)
        return virsh_fail (error, _ ("Failed to create vol from %s"), args->file);
    cli_say (cli, _ ("Vol %s created from input vol %s\n"), virStorageVolGetName (volume),
             virStorageVolGetName (input));
    return TRUE;
}

/* The document of a volume with another name in it. */
static char *
clone_xml (virStorageVolPtr volume, const char *name, GError **error)
{
    VIRSH_TEXT xml = virStorageVolGetXMLDesc (volume, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("volume"), error) : NULL;

    if (!xml)
        virsh_fail (error, _ ("failed to get the XML of volume '%s'"),
                    virStorageVolGetName (volume));
    if (!doc)
        return NULL;
    vy_xml_set (xmlDocGetRootElement (doc), "name", name);
    return g_strchomp (vy_xml_to_string (xmlDocGetRootElement (doc)));
}

static gboolean
run_clone (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) source = virsh_volume (cli, args->vol, args->pool, error);
    g_autoptr (virStoragePool) pool =
        source ? virStoragePoolLookupByVolume (source) : NULL;
    g_autoptr (virStorageVol) volume = NULL;
    g_autofree char *xml = NULL;

    if (source && !pool)
        return virsh_fail (error, _ ("failed to get parent pool"));
    xml = source ? clone_xml (source, args->name, error) : NULL;
    if (!xml)
        return FALSE;
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    volume = virStorageVolCreateXMLFrom (pool, xml, source, create_flags (args));
    if (!volume)
        return virsh_fail (error, _ ("Failed to clone vol from %s"),
                           virStorageVolGetName (source));
    cli_say (cli, _ ("Vol %s cloned from %s\n"), virStorageVolGetName (volume),
             virStorageVolGetName (source));
    return TRUE;
}

#define POOL                                                                             \
    VIRSH_NAME (Args, pool, "pool", "POOL", "name or UUID of the pool it is made in",    \
                cli_complete_pool_active)
#define PREALLOC                                                                         \
    VIRSH_FLAG (Args, prealloc, "prealloc-metadata",                                     \
                "write the tables of a qcow2 at once")
#define REFLINK                                                                          \
    VIRSH_FLAG (Args, reflink, "reflink", "share the data where the file system can")
#define VALIDATE                                                                         \
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema")
#define PRINT_XML                                                                        \
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing")

static const CliOption create_options[] = {
    POOL, VIRSH_FILE (Args, file), PREALLOC, VALIDATE, { 0 },
};
static const CliOption create_as_options[] = {
    POOL,
    VIRSH_NAME (Args, name, "name", "NAME", "name of the volume", NULL),
    VIRSH_NAME (Args, capacity, "capacity", "SIZE",
                "how large it is for a guest, in bytes or with its unit", NULL),
    { "allocation", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK,
      offsetof (Args, allocation), N_ ("SIZE"),
      N_ ("how much is set aside at once, in bytes or with its unit") },
    VIRSH_STRING (Args, format, "format", "FORMAT", "raw, qcow2, …"),
    VIRSH_STRING (Args, backing, "backing-vol", "VOLUME",
                  "volume that holds what this one has not"),
    VIRSH_STRING (Args, backing_format, "backing-vol-format", "FORMAT",
                  "format of that volume"),
    PREALLOC,
    PRINT_XML,
    { 0 },
};
static const CliOption create_from_options[] = {
    POOL,
    VIRSH_FILE (Args, file),
    VIRSH_VOLUME (Args, vol),
    VIRSH_IN_POOL (Args, inputpool, "inputpool"),
    PREALLOC,
    REFLINK,
    VALIDATE,
    { 0 },
};
static const CliOption clone_options[] = {
    VIRSH_VOLUME (Args, vol),
    VIRSH_NAME (Args, name, "newname", "NAME", "name of the copy", NULL),
    VIRSH_IN_POOL (Args, pool, "pool"),
    PREALLOC,
    REFLINK,
    PRINT_XML,
    { 0 },
};

const CliCommand virsh_volume_create_commands[] = {
    VIRSH_COMMAND ("vol-clone", N_ ("copy a volume inside its pool"), clone_options,
                   run_clone),
    VIRSH_COMMAND ("vol-create", N_ ("make a volume from a file"), create_options,
                   run_create),
    VIRSH_COMMAND ("vol-create-as", N_ ("make a volume from options"), create_as_options,
                   run_create_as),
    VIRSH_COMMAND ("vol-create-from", N_ ("make a volume with another one's content"),
                   create_from_options, run_create_from),
    { 0 },
};
