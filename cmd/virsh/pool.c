/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: define, build, start, stop, delete */
#include "virsh.h"

typedef struct {
    char *pool, *file, *xpath;
    gboolean disable, validate, inactive, wrap, build, overwrite, no_overwrite;
} Args;

static gboolean
build_flags (const Args *args, unsigned *flags, GError **error)
{
    if (args->overwrite && args->no_overwrite)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--overwrite and --no-overwrite exclude each other"));
    *flags = args->overwrite      ? VIR_STORAGE_POOL_BUILD_OVERWRITE
             : args->no_overwrite ? VIR_STORAGE_POOL_BUILD_NO_OVERWRITE
                                  : 0;
    return TRUE;
}

/* The flags of a start that builds first. */
static gboolean
create_flags (const Args *args, unsigned *flags, GError **error)
{
    unsigned build;

    if (!build_flags (args, &build, error))
        return FALSE;
    *flags = args->overwrite      ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE
             : args->no_overwrite ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE
             : args->build        ? VIR_STORAGE_POOL_CREATE_WITH_BUILD
                                  : 0;
    return TRUE;
}

static gboolean
run_start (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    unsigned flags = 0;

    if (!pool || !create_flags (args, &flags, error))
        return FALSE;
    if (virStoragePoolCreate (pool, flags) < 0)
        return virsh_fail (error, _ ("Failed to start pool %s"), args->pool);
    cli_say (cli, _ ("Pool %s started\n"), virStoragePoolGetName (pool));
    return TRUE;
}

static gboolean
run_build (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    unsigned flags = 0;

    if (!pool || !build_flags (args, &flags, error))
        return FALSE;
    if (virStoragePoolBuild (pool, flags) < 0)
        return virsh_fail (error, _ ("Failed to build pool %s"), args->pool);
    cli_say (cli, _ ("Pool %s built\n"), args->pool);
    return TRUE;
}

/* Commands that are one call and one line. */
static int
delete_pool (virStoragePoolPtr pool)
{
    return virStoragePoolDelete (pool, 0);
}

static int
refresh_pool (virStoragePoolPtr pool)
{
    return virStoragePoolRefresh (pool, 0);
}

static const struct {
    const char *command;
    int (*call) (virStoragePoolPtr pool);
    const char *failed, *done;
} simple[] = {
    { "pool-destroy", virStoragePoolDestroy, N_ ("Failed to destroy pool %s"),
      N_ ("Pool %s destroyed\n") },
    { "pool-delete", delete_pool, N_ ("Failed to delete pool %s"),
      N_ ("Pool %s deleted\n") },
    { "pool-refresh", refresh_pool, N_ ("Failed to refresh pool %s"),
      N_ ("Pool %s refreshed\n") },
    { "pool-undefine", virStoragePoolUndefine, N_ ("Failed to undefine pool %s"),
      N_ ("Pool %s has been undefined\n") },
};

static gboolean
run_simple (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    gsize i = 0;

    if (!pool)
        return FALSE;
    while (strcmp (simple[i].command, cli->command->name) != 0)
        i++;
    if (simple[i].call (pool) < 0)
        return virsh_fail (error, _ (simple[i].failed), args->pool);
    cli_say (cli, _ (simple[i].done), args->pool);
    return TRUE;
}

static gboolean
run_autostart (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);

    if (!pool)
        return FALSE;
    if (virStoragePoolSetAutostart (pool, !args->disable) < 0)
        return virsh_fail (error,
                           args->disable ? _ ("failed to unmark pool %s as autostarted")
                                         : _ ("failed to mark pool %s as autostarted"),
                           args->pool);
    cli_say (cli,
             args->disable ? _ ("Pool %s unmarked as autostarted\n")
                           : _ ("Pool %s marked as autostarted\n"),
             args->pool);
    return TRUE;
}

static gboolean
run_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virStoragePool) pool = NULL;

    if (!xml)
        return FALSE;
    pool = virStoragePoolDefineXML (
        conn, xml, args->validate ? VIR_STORAGE_POOL_DEFINE_VALIDATE : 0);
    if (!pool)
        return virsh_fail (error, _ ("Failed to define pool from %s"), args->file);
    cli_say (cli, _ ("Pool %s defined from %s\n"), virStoragePoolGetName (pool),
             args->file);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virStoragePool) pool = NULL;
    unsigned flags = 0;

    if (!xml || !create_flags (args, &flags, error))
        return FALSE;
    pool = virStoragePoolCreateXML (conn, xml, flags);
    if (!pool)
        return virsh_fail (error, _ ("Failed to create pool from %s"), args->file);
    cli_say (cli, _ ("Pool %s created from %s\n"), virStoragePoolGetName (pool),
             args->file);
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    VIRSH_TEXT xml = pool ? virStoragePoolGetXMLDesc (
                                pool, args->inactive ? VIR_STORAGE_XML_INACTIVE : 0)
                          : NULL;

    if (pool && !xml)
        return virsh_fail (error, _ ("failed to get the XML of pool '%s'"), args->pool);
    return xml && virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static const CliOption pool_options[] = { VIRSH_POOL (Args, pool), { 0 } };
#define BUILD_FLAGS                                                                      \
    VIRSH_FLAG (Args, no_overwrite, "no-overwrite", "build only where nothing is"),      \
        VIRSH_FLAG (Args, overwrite, "overwrite", "build over what is there")
static const CliOption start_options[] = {
    VIRSH_POOL (Args, pool),
    VIRSH_FLAG (Args, build, "build", "build it first"),
    BUILD_FLAGS,
    { 0 },
};
static const CliOption build_options[] = { VIRSH_POOL (Args, pool), BUILD_FLAGS, { 0 } };
static const CliOption autostart_options[] = {
    VIRSH_POOL (Args, pool),
    VIRSH_FLAG (Args, disable, "disable", "no longer start it at boot"),
    { 0 },
};
static const CliOption define_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, build, "build", "build it first"),
    BUILD_FLAGS,
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_POOL (Args, pool),
    VIRSH_FLAG (Args, inactive, "inactive", "the definition rather than what runs"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};

const CliCommand virsh_pool_commands[] = {
    { "pool-autostart", N_ ("start a pool at boot, or no longer"), autostart_options,
      sizeof (Args), run_autostart },
    { "pool-build", N_ ("make what a pool lies on"), build_options, sizeof (Args),
      run_build },
    { "pool-create", N_ ("start a transient pool from a file"), create_options,
      sizeof (Args), run_create },
    { "pool-define", N_ ("define a pool from a file"), define_options, sizeof (Args),
      run_define },
    { "pool-delete", N_ ("delete what a pool lies on"), pool_options, sizeof (Args),
      run_simple },
    { "pool-destroy", N_ ("stop a pool (its data are kept)"), pool_options, sizeof (Args),
      run_simple },
    { "pool-dumpxml", N_ ("print a pool's XML"), dumpxml_options, sizeof (Args),
      run_dumpxml },
    { "pool-refresh", N_ ("look again what is in a pool"), pool_options, sizeof (Args),
      run_simple },
    { "pool-start", N_ ("start a pool"), start_options, sizeof (Args), run_start },
    { "pool-undefine", N_ ("delete a pool's definition"), pool_options, sizeof (Args),
      run_simple },
    { 0 },
};
