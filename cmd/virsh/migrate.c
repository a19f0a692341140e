/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* migrate: moves a domain to another host */
#include "virsh.h"

typedef struct {
    char *domain, *uri;
    gboolean live, offline, p2p, direct, tunnelled, persistent, undefine, suspend;
    gboolean copy_all, copy_inc, copy_sync, protect, unsafe, verbose, compressed;
    gboolean converge, rdma_pin, abort_on_error, postcopy, after_precopy, resume;
    gboolean zerocopy, timeout_suspend, timeout_postcopy, tls, parallel, check;
    char *migrate_uri, *graphics_uri, *listen, *name, *xml, *disks, *disks_uri;
    char *methods, *persistent_xml, *tls_destination;
    int timeout_s, disks_port, mt_level, mt_threads, mt_dthreads;
    int converge_initial, converge_increment, connections;
    guint64 xbzrle_cache, postcopy_mib, bandwidth_mib;
} Args;

/* What the thread needs. */
typedef struct {
    virDomainPtr domain;
    virConnectPtr target; /* NULL: the source's daemon connects by itself */
    const char *uri;
    virTypedParameterPtr params;
    int n_params, max_params;
    unsigned flags;
} Call;

static unsigned
migrate_flags (const Args *args)
{
    return VIRSH_FLAGS (
        { args->live, VIR_MIGRATE_LIVE }, { args->offline, VIR_MIGRATE_OFFLINE },
        { args->p2p, VIR_MIGRATE_PEER2PEER }, { args->tunnelled, VIR_MIGRATE_TUNNELLED },
        { args->persistent, VIR_MIGRATE_PERSIST_DEST },
        { args->undefine, VIR_MIGRATE_UNDEFINE_SOURCE },
        { args->suspend, VIR_MIGRATE_PAUSED },
        { args->copy_all, VIR_MIGRATE_NON_SHARED_DISK },
        { args->copy_inc, VIR_MIGRATE_NON_SHARED_INC },
        { args->copy_sync, VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES },
        { args->protect, VIR_MIGRATE_CHANGE_PROTECTION },
        { args->unsafe, VIR_MIGRATE_UNSAFE },
        { args->compressed, VIR_MIGRATE_COMPRESSED },
        { args->converge, VIR_MIGRATE_AUTO_CONVERGE },
        { args->rdma_pin, VIR_MIGRATE_RDMA_PIN_ALL },
        { args->abort_on_error, VIR_MIGRATE_ABORT_ON_ERROR },
        { args->postcopy, VIR_MIGRATE_POSTCOPY },
        { args->resume, VIR_MIGRATE_POSTCOPY_RESUME },
        { args->zerocopy, VIR_MIGRATE_ZEROCOPY }, { args->tls, VIR_MIGRATE_TLS },
        { args->parallel, VIR_MIGRATE_PARALLEL });
}

/* ---- parameters
 * --------------------------------------------------------------------------- */

typedef enum { TEXT, CONTENT, WORDS, NUMBER, LONG_NUMBER } Form;

/* Options that are parameters of the call. */
static const struct {
    const char *option, *param;
    Form form;
    size_t offset;
} rows[] = {
    { "migrateuri", VIR_MIGRATE_PARAM_URI, TEXT, offsetof (Args, migrate_uri) },
    { "graphicsuri", VIR_MIGRATE_PARAM_GRAPHICS_URI, TEXT,
      offsetof (Args, graphics_uri) },
    { "listen-address", VIR_MIGRATE_PARAM_LISTEN_ADDRESS, TEXT, offsetof (Args, listen) },
    { "dname", VIR_MIGRATE_PARAM_DEST_NAME, TEXT, offsetof (Args, name) },
    { "xml", VIR_MIGRATE_PARAM_DEST_XML, CONTENT, offsetof (Args, xml) },
    { "persistent-xml", VIR_MIGRATE_PARAM_PERSIST_XML, CONTENT,
      offsetof (Args, persistent_xml) },
    { "migrate-disks", VIR_MIGRATE_PARAM_MIGRATE_DISKS, WORDS, offsetof (Args, disks) },
    { "disks-port", VIR_MIGRATE_PARAM_DISKS_PORT, NUMBER, offsetof (Args, disks_port) },
    { "disks-uri", VIR_MIGRATE_PARAM_DISKS_URI, TEXT, offsetof (Args, disks_uri) },
    { "comp-methods", VIR_MIGRATE_PARAM_COMPRESSION, WORDS, offsetof (Args, methods) },
    { "comp-mt-level", VIR_MIGRATE_PARAM_COMPRESSION_MT_LEVEL, NUMBER,
      offsetof (Args, mt_level) },
    { "comp-mt-threads", VIR_MIGRATE_PARAM_COMPRESSION_MT_THREADS, NUMBER,
      offsetof (Args, mt_threads) },
    { "comp-mt-dthreads", VIR_MIGRATE_PARAM_COMPRESSION_MT_DTHREADS, NUMBER,
      offsetof (Args, mt_dthreads) },
    { "comp-xbzrle-cache", VIR_MIGRATE_PARAM_COMPRESSION_XBZRLE_CACHE, LONG_NUMBER,
      offsetof (Args, xbzrle_cache) },
    { "auto-converge-initial", VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL, NUMBER,
      offsetof (Args, converge_initial) },
    { "auto-converge-increment", VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT, NUMBER,
      offsetof (Args, converge_increment) },
    { "postcopy-bandwidth", VIR_MIGRATE_PARAM_BANDWIDTH_POSTCOPY, LONG_NUMBER,
      offsetof (Args, postcopy_mib) },
    { "parallel-connections", VIR_MIGRATE_PARAM_PARALLEL_CONNECTIONS, NUMBER,
      offsetof (Args, connections) },
    { "bandwidth", VIR_MIGRATE_PARAM_BANDWIDTH, LONG_NUMBER,
      offsetof (Args, bandwidth_mib) },
    { "tls-destination", VIR_MIGRATE_PARAM_TLS_DESTINATION, TEXT,
      offsetof (Args, tls_destination) },
};

static int
add_text (Call *call, const char *param, const char *text)
{
    return virTypedParamsAddString (&call->params, &call->n_params, &call->max_params,
                                    param, text);
}

static int
add_words (Call *call, const char *param, const char *text)
{
    g_auto (GStrv) words = g_strsplit (text, ",", -1);

    for (char **word = words; *word; word++)
        if (add_text (call, param, *word) < 0)
            return -1;
    return 0;
}

static gboolean
add_row (Call *call, const Args *args, gsize i, GError **error)
{
    const void *field = (const char *) args + rows[i].offset;
    const char *param = rows[i].param;
    g_autofree char *content = NULL;
    int result = 0;

    switch (rows[i].form) {
    case TEXT:
        result = add_text (call, param, *(char *const *) field);
        break;
    case CONTENT:
        content = virsh_read_file (*(char *const *) field, error);
        if (!content)
            return FALSE;
        result = add_text (call, param, content);
        break;
    case WORDS:
        result = add_words (call, param, *(char *const *) field);
        break;
    case NUMBER:
        result = virTypedParamsAddInt (&call->params, &call->n_params, &call->max_params,
                                       param, *(const int *) field);
        break;
    case LONG_NUMBER:
        result =
            virTypedParamsAddULLong (&call->params, &call->n_params, &call->max_params,
                                     param, *(const guint64 *) field);
    }
    return result == 0 || virsh_fail (error, "%s", "");
}

static gboolean
add_parameters (Cli *cli, Call *call, const Args *args, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        if (cli_has (cli, rows[i].option) && !add_row (call, args, i, error))
            return FALSE;
    return TRUE;
}

/* ---- options that do not fit
 * -------------------------------------------------------------- */

static gboolean
needs (gboolean given, const char *option, gboolean other, const char *name,
       GError **error)
{
    return !given || other ||
           vy_throw (error, VY_ERROR_USAGE, _ ("option --%s needs --%s beside it"),
                     option, name);
}

static gboolean
check_timeout (const Args *args, GError **error)
{
    if (!virsh_exclusive (args->timeout_suspend, "timeout-suspend",
                          args->timeout_postcopy, "timeout-postcopy", error))
        return FALSE;
    if (args->timeout_s < 0 || args->timeout_s > G_MAXINT / 1000)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--timeout cannot be %d seconds"),
                         args->timeout_s);
    if (args->timeout_s && !args->live)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("migrate: Unexpected timeout for offline migration"));
    if ((args->timeout_suspend || args->timeout_postcopy) && !args->timeout_s)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("migrate: Unexpected --timeout-* option without --timeout"));
    return TRUE;
}

static gboolean
check (const Args *args, GError **error)
{
    return virsh_exclusive (args->live, "live", args->offline, "offline", error) &&
           needs (args->after_precopy, "postcopy-after-precopy", args->postcopy,
                  "postcopy", error) &&
           needs (args->resume, "postcopy-resume", args->postcopy, "postcopy", error) &&
           needs (args->copy_sync, "copy-storage-synchronous-writes",
                  args->copy_all || args->copy_inc, "copy-storage-all", error) &&
           needs (args->timeout_postcopy, "timeout-postcopy", args->postcopy, "postcopy",
                  error) &&
           needs (args->persistent_xml != NULL, "persistent-xml", args->persistent,
                  "persistent", error) &&
           needs (args->tls_destination != NULL, "tls-destination", args->tls, "tls",
                  error) &&
           check_timeout (args, error);
}

/* ---- running
 * ------------------------------------------------------------------------------ */

static gboolean
call_migrate (gpointer data, GError **error)
{
    const Call *call = data;
    virDomainPtr moved;

    if (!call->target)
        return virDomainMigrateToURI3 (call->domain, call->uri, call->params,
                                       (unsigned) call->n_params, call->flags) == 0 ||
               virsh_fail (error, "%s", "");
    moved = virDomainMigrate3 (call->domain, call->target, call->params,
                               (unsigned) call->n_params, call->flags);
    if (!moved)
        return virsh_fail (error, "%s", "");
    virDomainFree (moved);
    return TRUE;
}

static void
suspend_domain (Cli *cli, virDomainPtr domain)
{
    cli_warn (cli, _ ("\nmigration timed out; suspending domain"));
    if (virDomainSuspend (domain) < 0)
        cli_warn (cli, _ ("the domain cannot be suspended: %s"),
                  virGetLastErrorMessage ());
}

static void
switch_to_postcopy (Cli *cli, virDomainPtr domain)
{
    cli_warn (cli, _ ("\nmigration timed out; switching to post-copy"));
    if (virDomainMigrateStartPostCopy (domain, 0) < 0)
        cli_warn (cli, _ ("post-copy cannot be started: %s"), virGetLastErrorMessage ());
}

/* One pass over the memory is done. The call may only be made outside of the thread that
 * delivers events. */
static gpointer
start_postcopy (gpointer domain)
{
    virDomainMigrateStartPostCopy (domain, 0);
    virDomainFree (domain);
    return NULL;
}

static void
on_iteration (G_GNUC_UNUSED virConnectPtr conn, virDomainPtr domain, int iteration,
              G_GNUC_UNUSED void *opaque)
{
    if (iteration == 2 && virDomainRef (domain) == 0)
        g_thread_unref (g_thread_new ("post-copy", start_postcopy, domain));
}

static gboolean
watch_migration (Cli *cli, const Args *args, Call *call, GError **error)
{
    const VirshJob job = { _ ("Migration"),
                           call->domain,
                           args->verbose,
                           args->timeout_s,
                           args->timeout_postcopy ? switch_to_postcopy : suspend_domain,
                           call->target };
    virConnectPtr conn = cli_conn (cli, error);
    int id = -1;
    gboolean ok;

    if (args->after_precopy) {
        id = virConnectDomainEventRegisterAny (
            conn, call->domain, VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION,
            VIR_DOMAIN_EVENT_CALLBACK (on_iteration), NULL, NULL);
        if (id < 0)
            return virsh_fail (error, "%s", "");
    }
    ok = virsh_job_run (cli, &job, call_migrate, call, error);
    if (id >= 0)
        virConnectDomainEventDeregisterAny (conn, id);
    return ok;
}

/* The client's own connection to the other host, unless the hosts talk to each other. */
static gboolean
connect_target (Cli *cli, const Args *args, Call *call, GError **error)
{
    GError *why = NULL;

    if ((args->p2p || args->direct) && !args->check)
        return TRUE;
    call->target = cli_open (args->uri, cli->interactive, 0, &why);
    if (why) {
        g_propagate_error (error, why);
        return FALSE;
    }
    if (!call->target)
        return virsh_fail (error, "%s", "");
    virConnectSetKeepAlive (call->target, 5, 6);
    return TRUE;
}

static const CliColumn check_columns[] = {
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (VyCheck, state_name) },
    { "name", N_ ("Check"), CLI_COL_STRING, offsetof (VyCheck, name) },
    { "group", N_ ("Group"), CLI_COL_STRING, offsetof (VyCheck, group), .extra = TRUE },
    { "reason", N_ ("Reason"), CLI_COL_STRING, offsetof (VyCheck, detail) },
    { "fix", N_ ("Fix"), CLI_COL_STRING, offsetof (VyCheck, fix) },
    { 0 },
};

/* --check: FALSE without words when something is in the way, the table says it */
static gboolean
report_obstacles (Cli *cli, const Args *args, const Call *call, GError **error)
{
    const VyMigrationSettings settings = { call->flags, args->name, args->migrate_uri };
    g_autoptr (GPtrArray) checks =
        vy_migration_check (call->domain, call->target, &settings, error);

    return checks && cli_print_table (cli, check_columns, checks, error) &&
           vy_hostcheck_count (checks, VY_CHECK_FAIL) == 0;
}

static gboolean
run_migrate (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    Call call = { .uri = args->uri, .flags = migrate_flags (args) };
    gboolean ok;

    if (!check (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    call.domain = domain;
    ok = connect_target (cli, args, &call, error) &&
         (args->check ? report_obstacles (cli, args, &call, error)
                      : add_parameters (cli, &call, args, error) &&
                            watch_migration (cli, args, &call, error));
    if (!ok && call.target && !args->check)
        vy_error_set_hint (error, _ ("--check lists what is in the way of a migration"));
    virTypedParamsFree (call.params, call.n_params);
    if (call.target)
        virConnectClose (call.target);
    return ok;
}

/* ---- the table
 * ---------------------------------------------------------------------------- */

#define NUMBER_OPTION(field, key, type, meta, text)                                      \
    {                                                                                    \
        key, 0, type, CLI_POSITIONAL, offsetof (Args, field), N_ (meta), N_ (text)       \
    }

static const CliOption migrate_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, uri, "desturi", "URI",
                "the other host's URI, as the client sees it, or with --p2p the source",
                NULL),
    VIRSH_FLAG (Args, live, "live", "while it runs"),
    VIRSH_FLAG (Args, offline, "offline", "only the definition"),
    VIRSH_FLAG (Args, p2p, "p2p", "the source's daemon talks to the other one"),
    VIRSH_FLAG (Args, direct, "direct", "the hypervisors do it by themselves"),
    { "tunneled", 0, CLI_ALIAS, CLI_HIDDEN, .help = N_ ("same as --tunnelled"),
      .alias_of = "tunnelled" },
    VIRSH_FLAG (Args, tunnelled, "tunnelled", "inside the daemons' connection"),
    VIRSH_FLAG (Args, persistent, "persistent", "define it on the other host"),
    VIRSH_FLAG (Args, undefine, "undefinesource", "undefine it on this host"),
    VIRSH_FLAG (Args, suspend, "suspend", "leave it paused on the other host"),
    VIRSH_FLAG (Args, copy_all, "copy-storage-all", "copy disks that are not shared"),
    VIRSH_FLAG (Args, copy_inc, "copy-storage-inc",
                "copy what disks have above images that both hosts have"),
    VIRSH_FLAG (Args, copy_sync, "copy-storage-synchronous-writes",
                "the guest's writes wait for the other host"),
    VIRSH_FLAG (Args, protect, "change-protection", "refuse changes until it is done"),
    VIRSH_FLAG (Args, unsafe, "unsafe", "even where disks may get damaged"),
    VIRSH_FLAG (Args, verbose, "verbose", "show how far it is"),
    VIRSH_FLAG (Args, compressed, "compressed", "compress memory"),
    VIRSH_FLAG (Args, converge, "auto-converge", "slow the guest down where it helps"),
    VIRSH_FLAG (Args, rdma_pin, "rdma-pin-all", "pin all memory before RDMA starts"),
    VIRSH_FLAG (Args, abort_on_error, "abort-on-error", "give up at errors of disks"),
    VIRSH_FLAG (Args, postcopy, "postcopy", "allow the switch to post-copy"),
    VIRSH_FLAG (Args, after_precopy, "postcopy-after-precopy",
                "switch to post-copy after one pass"),
    VIRSH_FLAG (Args, resume, "postcopy-resume", "go on with a post-copy that failed"),
    VIRSH_FLAG (Args, zerocopy, "zerocopy", "without copies inside the host's memory"),
    VIRSH_STRING (Args, migrate_uri, "migrateuri", "URI",
                  "where the hypervisor sends its data"),
    VIRSH_STRING (Args, graphics_uri, "graphicsuri", "URI",
                  "where graphical clients go on"),
    VIRSH_STRING (Args, listen, "listen-address", "ADDRESS",
                  "where the other host listens for data"),
    VIRSH_STRING (Args, name, "dname", "NAME", "its name on the other host"),
    NUMBER_OPTION (timeout_s, "timeout", CLI_INT, "SECONDS",
                   "suspend it when it takes longer"),
    VIRSH_FLAG (Args, timeout_suspend, "timeout-suspend", "after --timeout suspend it"),
    VIRSH_FLAG (Args, timeout_postcopy, "timeout-postcopy",
                "after --timeout switch to post-copy"),
    VIRSH_STRING (Args, xml, "xml", "FILE", "file with its XML for the other host"),
    VIRSH_STRING (Args, disks, "migrate-disks", "DISKS",
                  "which disks are copied, separated by commas"),
    NUMBER_OPTION (disks_port, "disks-port", CLI_INT, "PORT",
                   "port of the other host for disks"),
    VIRSH_STRING (Args, disks_uri, "disks-uri", "URI", "where disks are sent"),
    VIRSH_STRING (Args, methods, "comp-methods", "METHODS",
                  "how to compress, separated by commas"),
    NUMBER_OPTION (mt_level, "comp-mt-level", CLI_INT, "LEVEL",
                   "compression of method mt, 0 to 9"),
    NUMBER_OPTION (mt_threads, "comp-mt-threads", CLI_INT, "NUMBER",
                   "threads that compress"),
    NUMBER_OPTION (mt_dthreads, "comp-mt-dthreads", CLI_INT, "NUMBER",
                   "threads that decompress"),
    NUMBER_OPTION (xbzrle_cache, "comp-xbzrle-cache", CLI_UINT64, "BYTES",
                   "cache of method xbzrle"),
    NUMBER_OPTION (converge_initial, "auto-converge-initial", CLI_INT, "PERCENT",
                   "how much the guest is slowed down at first"),
    NUMBER_OPTION (converge_increment, "auto-converge-increment", CLI_INT, "PERCENT",
                   "how much more each time"),
    VIRSH_STRING (Args, persistent_xml, "persistent-xml", "FILE",
                  "file with the XML that is defined on the other host"),
    VIRSH_FLAG (Args, tls, "tls", "encrypt the data"),
    NUMBER_OPTION (postcopy_mib, "postcopy-bandwidth", CLI_UINT64, "MIB",
                   "the most in MiB a second once in post-copy"),
    VIRSH_FLAG (Args, parallel, "parallel", "over more than one connection"),
    NUMBER_OPTION (connections, "parallel-connections", CLI_INT, "NUMBER",
                   "how many connections"),
    NUMBER_OPTION (bandwidth_mib, "bandwidth", CLI_UINT64, "MIB",
                   "the most in MiB a second"),
    VIRSH_STRING (Args, tls_destination, "tls-destination", "NAME",
                  "name in the other host's certificate"),
    { "check", 0, CLI_FLAG, CLI_NEWER, offsetof (Args, check), NULL,
      N_ ("only print what would be in the way") },
    { 0 },
};

const CliCommand virsh_migrate_commands[] = {
    { "migrate", N_ ("move a domain to another host"), migrate_options, sizeof (Args),
      run_migrate,
      .description =
          N_ ("Without --p2p this program talks to both hosts. --live keeps the domain "
              "running meanwhile; its disks have to be on storage that both hosts reach, "
              "or --copy-storage-all copies them into images that exist there. Ctrl-C "
              "cancels: the domain stays where it was. --check prints what would be in "
              "the way and moves nothing.") },
    { 0 },
};
