/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: define, build, start, stop, delete */
#include "object.h"

typedef struct {
    VirshObjectArgs object;
    gboolean build, overwrite, no_overwrite;
} Args;

/* The flags of a start that builds first. */
static gboolean
create_flags (const Args *args, unsigned *flags, GError **error)
{
    *flags = (args->build ? VIR_STORAGE_POOL_CREATE_WITH_BUILD : 0u) |
             (args->overwrite ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE : 0u) |
             (args->no_overwrite ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE : 0u);
    return virsh_exclusive (args->overwrite, "overwrite", args->no_overwrite,
                            "no-overwrite", error);
}

static gboolean
run_start (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->object.object, error);
    unsigned flags = 0;

    if (!pool || !create_flags (args, &flags, error))
        return FALSE;
    if (virStoragePoolCreate (pool, flags) < 0)
        return virsh_fail (error, _ ("Failed to start pool %s"), args->object.object);
    cli_say (cli, _ ("Pool %s started\n"), virStoragePoolGetName (pool));
    return TRUE;
}

static gboolean
run_build (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->object.object, error);
    /* libvirt says itself that only one of them is possible */
    unsigned flags = (args->overwrite ? VIR_STORAGE_POOL_BUILD_OVERWRITE : 0u) |
                     (args->no_overwrite ? VIR_STORAGE_POOL_BUILD_NO_OVERWRITE : 0u);

    if (!pool)
        return FALSE;
    if (virStoragePoolBuild (pool, flags) < 0)
        return virsh_fail (error, _ ("Failed to build pool %s"), args->object.object);
    cli_say (cli, _ ("Pool %s built\n"), args->object.object);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned flags = 0;

    return create_flags (args, &flags, error) &&
           virsh_object_make_from (cli, &virsh_pool_kind, args->object.file, flags,
                                   error);
}

static const VirshAction actions[] = {
    { "pool-destroy", VIRSH_CALL (virStoragePoolDestroy), NULL,
      N_ ("Failed to destroy pool %s"), N_ ("Pool %s destroyed\n") },
    { "pool-delete", NULL, VIRSH_CALL_FLAGS (virStoragePoolDelete),
      N_ ("Failed to delete pool %s"), N_ ("Pool %s deleted\n") },
    { "pool-refresh", NULL, VIRSH_CALL_FLAGS (virStoragePoolRefresh),
      N_ ("Failed to refresh pool %s"), N_ ("Pool %s refreshed\n") },
    { "pool-undefine", VIRSH_CALL (virStoragePoolUndefine), NULL,
      N_ ("Failed to undefine pool %s"), N_ ("Pool %s has been undefined\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "pool-create", VIRSH_MAKE (virStoragePoolCreateXML), 0,
      N_ ("Failed to create pool from %s"), N_ ("Pool %s created from %s\n") },
    { "pool-define", VIRSH_MAKE (virStoragePoolDefineXML),
      VIR_STORAGE_POOL_DEFINE_VALIDATE, N_ ("Failed to define pool from %s"),
      N_ ("Pool %s defined from %s\n") },
    { 0 },
};

const VirshKind virsh_pool_kind = {
    .prefix = "pool-",
    .noun = "pool",
    .by = { { virsh_is_uuid, VIRSH_FIND (virStoragePoolLookupByUUIDString), FALSE,
              "trying as pool UUID" },
            { NULL, VIRSH_FIND (virStoragePoolLookupByName), FALSE,
              "trying as pool NAME" } },
    .not_found = N_ ("failed to get pool '%s'"),
    .name = VIRSH_GET_NAME (virStoragePoolGetName),
    .uuid = VIRSH_CALL_TEXT (virStoragePoolGetUUIDString),
    .release = VIRSH_CALL (virStoragePoolFree),
    .list = VIRSH_LIST (virConnectListAllStoragePools),
    .list_failed = N_ ("Failed to list pools"),
    .xml = VIRSH_GET_XML (virStoragePoolGetXMLDesc),
    .inactive = VIR_STORAGE_XML_INACTIVE,
    .inactive_optional = TRUE,
    .autostart = { VIRSH_CALL_INT (virStoragePoolSetAutostart),
                   { N_ ("failed to unmark pool %s as autostarted"),
                     N_ ("failed to mark pool %s as autostarted") },
                   { N_ ("Pool %s unmarked as autostarted\n"),
                     N_ ("Pool %s marked as autostarted\n") } },
    .actions = actions,
    .makers = makers,
    .edit = { .make = VIRSH_MAKE (virStoragePoolDefineXML),
              .done = N_ ("Pool %s XML configuration edited.\n") },
    .unchanged = N_ ("Pool %s XML configuration not changed.\n"),
};

#define POOL VIRSH_POOL (VirshObjectArgs, object)
static const CliOption pool_options[] = { POOL, { 0 } };
#define BUILD_FLAGS                                                                      \
    VIRSH_FLAG (Args, no_overwrite, "no-overwrite", "build only where nothing is"),      \
        VIRSH_FLAG (Args, overwrite, "overwrite", "build over what is there")
static const CliOption start_options[] = {
    POOL,
    VIRSH_FLAG (Args, build, "build", "build it first"),
    BUILD_FLAGS,
    { 0 },
};
static const CliOption build_options[] = { POOL, BUILD_FLAGS, { 0 } };
static const CliOption autostart_options[] = {
    POOL,
    VIRSH_OBJECT_DISABLE,
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_FILE (VirshObjectArgs, file),
    VIRSH_FLAG (Args, build, "build", "build it first"),
    BUILD_FLAGS,
    { 0 },
};
static const CliOption dumpxml_options[] = {
    POOL,
    VIRSH_OBJECT_INACTIVE,
    VIRSH_OBJECT_XPATH,
    { 0 },
};

const CliCommand virsh_pool_commands[] = {
    { "pool-autostart", N_ ("start a pool at boot, or no longer"), autostart_options,
      sizeof (Args), virsh_object_autostart },
    { "pool-build", N_ ("make what a pool lies on"), build_options, sizeof (Args),
      run_build },
    { "pool-create", N_ ("start a transient pool from a file"), create_options,
      sizeof (Args), run_create },
    { "pool-define", N_ ("define a pool from a file"), virsh_object_file_options,
      sizeof (VirshObjectArgs), virsh_object_make },
    { "pool-delete", N_ ("delete what a pool lies on"), pool_options,
      sizeof (VirshObjectArgs), virsh_object_call },
    { "pool-destroy", N_ ("stop a pool (its data are kept)"), pool_options,
      sizeof (VirshObjectArgs), virsh_object_call },
    { "pool-dumpxml", N_ ("print a pool's XML"), dumpxml_options,
      sizeof (VirshObjectArgs), virsh_object_dumpxml },
    { "pool-edit", N_ ("edit a pool's definition"), pool_options,
      sizeof (VirshObjectArgs), virsh_object_edit },
    { "pool-name", N_ ("print a pool's name"), pool_options, sizeof (VirshObjectArgs),
      virsh_object_name },
    { "pool-refresh", N_ ("look again what is in a pool"), pool_options,
      sizeof (VirshObjectArgs), virsh_object_call },
    { "pool-start", N_ ("start a pool"), start_options, sizeof (Args), run_start },
    { "pool-undefine", N_ ("delete a pool's definition"), pool_options,
      sizeof (VirshObjectArgs), virsh_object_call },
    { "pool-uuid", N_ ("print a pool's UUID"), pool_options, sizeof (VirshObjectArgs),
      virsh_object_uuid },
    { 0 },
};
