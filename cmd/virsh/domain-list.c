/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domain monitoring: list */
#include "virsh.h"

typedef struct {
    gboolean inactive, all, transient, persistent, with_snapshot, without_snapshot;
    gboolean with_checkpoint, without_checkpoint, running, paused, shutoff, other;
    gboolean autostart, no_autostart, with_save, without_save;
    gboolean uuid, name, id, table, managed_save, title;
} Args;

typedef struct {
    gint64 id;
    char *name, *uuid, *title;
    const char *state;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->uuid);
    g_free (row->title);
    g_free (row);
}

static const CliColumn columns[] = {
    { "id", N_ ("Id"), CLI_COL_INT, offsetof (Row, id) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (Row, state) },
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, uuid), .extra = TRUE },
    { 0 },
};

static const CliColumn title_columns[] = {
    { "id", N_ ("Id"), CLI_COL_INT, offsetof (Row, id) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (Row, state) },
    { "title", N_ ("Title"), CLI_COL_STRING, offsetof (Row, title) },
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, uuid), .extra = TRUE },
    { 0 },
};

/* Which domains: the flags of one bulk call. */
static unsigned
list_flags (const Args *args)
{
    const struct {
        gboolean given;
        unsigned flag;
    } rows[] = {
        { args->persistent, VIR_CONNECT_LIST_DOMAINS_PERSISTENT },
        { args->transient, VIR_CONNECT_LIST_DOMAINS_TRANSIENT },
        { args->with_save, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE },
        { args->without_save, VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE },
        { args->autostart, VIR_CONNECT_LIST_DOMAINS_AUTOSTART },
        { args->no_autostart, VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART },
        { args->with_snapshot, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT },
        { args->without_snapshot, VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT },
        { args->with_checkpoint, VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT },
        { args->without_checkpoint, VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT },
        { args->running, VIR_CONNECT_LIST_DOMAINS_RUNNING },
        { args->paused, VIR_CONNECT_LIST_DOMAINS_PAUSED },
        { args->shutoff, VIR_CONNECT_LIST_DOMAINS_SHUTOFF },
        { args->other, VIR_CONNECT_LIST_DOMAINS_OTHER },
    };
    gboolean inactive = args->inactive || args->shutoff;
    unsigned flags = inactive && !args->all ? 0 : VIR_CONNECT_LIST_DOMAINS_ACTIVE;

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        flags |= rows[i].given ? rows[i].flag : 0;
    if (inactive || args->all)
        flags |= VIR_CONNECT_LIST_DOMAINS_INACTIVE;
    return flags;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    const Row *first = *(const Row *const *) a, *second = *(const Row *const *) b;

    if (first->id != CLI_NO_INT && second->id != CLI_NO_INT)
        return first->id < second->id ? -1 : first->id > second->id;
    if (first->id == CLI_NO_INT && second->id == CLI_NO_INT)
        return g_ascii_strcasecmp (first->name, second->name);
    return first->id == CLI_NO_INT ? 1 : -1;
}

/* ---- what is asked once rather than for each domain
 * ------------------------------------------------------------------- */

typedef struct {
    GHashTable *states; /* UUID to state; NULL: the hypervisor has no such call */
    GHashTable *saved;  /* UUIDs of those with a saved image; NULL: not asked for */
} Bulk;

static void
bulk_clear (Bulk *bulk)
{
    g_clear_pointer (&bulk->states, g_hash_table_unref);
    g_clear_pointer (&bulk->saved, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bulk, bulk_clear)

static char *
uuid_of (virDomainPtr domain)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virDomainGetUUIDString (domain, uuid);
    return g_strdup (uuid);
}

static GHashTable *
read_states (virConnectPtr conn)
{
    virDomainStatsRecordPtr *stats = NULL;
    int n = virConnectGetAllDomainStats (conn, VIR_DOMAIN_STATS_STATE, &stats,
                                         VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    GHashTable *states;

    if (n < 0)
        return NULL;
    states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < n; i++) {
        int state;

        if (virTypedParamsGetInt (stats[i]->params, stats[i]->nparams, "state.state",
                                  &state) == 1)
            g_hash_table_insert (states, uuid_of (stats[i]->dom),
                                 GINT_TO_POINTER (state));
    }
    virDomainStatsRecordListFree (stats);
    return states;
}

static GHashTable *
read_saved (virConnectPtr conn)
{
    GHashTable *saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    virDomainPtr *domains = NULL;
    int n =
        virConnectListAllDomains (conn, &domains, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE);

    for (int i = 0; i < n; i++) {
        g_hash_table_add (saved, uuid_of (domains[i]));
        virDomainFree (domains[i]);
    }
    free (domains);
    return saved;
}

/* ---- rows
 * ----------------------------------------------------------------------------------- */

static const char *
state_of (virDomainPtr domain, const char *uuid, const Bulk *bulk)
{
    int state = VIR_DOMAIN_NOSTATE;
    gpointer known;

    if (bulk->states && g_hash_table_lookup_extended (bulk->states, uuid, NULL, &known))
        state = GPOINTER_TO_INT (known);
    else
        virDomainGetState (domain, &state, NULL, 0);
    if (state == VIR_DOMAIN_SHUTOFF && bulk->saved &&
        g_hash_table_contains (bulk->saved, uuid))
        return _ ("saved");
    return virsh_domain_state (state);
}

static gboolean
has_state (const Args *args)
{
    return !args->name && !args->uuid && !args->id;
}

static Row *
row_new (virDomainPtr domain, const Args *args, const Bulk *bulk)
{
    Row *row = g_new0 (Row, 1);
    unsigned id = virDomainGetID (domain);

    row->id = id == (unsigned) -1 ? CLI_NO_INT : (gint64) id;
    row->name = g_strdup (virDomainGetName (domain));
    row->uuid = uuid_of (domain);
    if (has_state (args))
        row->state = state_of (domain, row->uuid, bulk);
    return row;
}

/* Titles are asked for one by one, which no call does for all: some are on their way at
 * the same time. More of them than this a daemon lets wait. */
#define TITLES_AT_ONCE 4

typedef struct {
    virDomainPtr domain;
    Row *row;
} TitleTask;

static void
read_title (gpointer data, G_GNUC_UNUSED gpointer user_data)
{
    TitleTask *task = data;
    VIRSH_TEXT title =
        virDomainGetMetadata (task->domain, VIR_DOMAIN_METADATA_TITLE, NULL, 0);

    task->row->title = g_strdup (title ? title : "");
}

static void
read_titles (virDomainPtr *domains, GPtrArray *rows)
{
    g_autofree TitleTask *tasks = g_new0 (TitleTask, MAX (rows->len, 1));
    GThreadPool *pool = g_thread_pool_new (read_title, NULL, TITLES_AT_ONCE, FALSE, NULL);

    for (guint i = 0; i < rows->len; i++) {
        tasks[i] = (TitleTask){ domains[i], g_ptr_array_index (rows, i) };
        g_thread_pool_push (pool, &tasks[i], NULL);
    }
    g_thread_pool_free (pool, FALSE, TRUE);
}

static GPtrArray *
collect (Cli *cli, const Args *args, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    g_auto (Bulk) bulk = { NULL, NULL };
    virDomainPtr *domains = NULL;
    int n = conn ? virConnectListAllDomains (conn, &domains, list_flags (args)) : -1;

    if (n < 0) {
        if (conn)
            virsh_fail (error, _ ("Failed to list domains"));
        return NULL;
    }
    if (n > 1 && has_state (args))
        bulk.states = read_states (conn);
    if (n > 0 && args->managed_save)
        bulk.saved = read_saved (conn);
    for (int i = 0; i < n; i++)
        g_ptr_array_add (rows, row_new (domains[i], args, &bulk));
    if (args->title)
        read_titles (domains, rows);
    for (int i = 0; i < n; i++)
        virDomainFree (domains[i]);
    free (domains);
    g_ptr_array_sort (rows, compare_rows);
    return g_steal_pointer (&rows);
}

/* UUID, id, name, with blanks between those that are asked for. Of a domain that has no
 * id the id alone is not printed. */
static void
print_names (Cli *cli, const Args *args, GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index (rows, i);
        const char *gap = "";

        if (args->id && !args->uuid && !args->name && row->id == CLI_NO_INT)
            continue;
        if (args->uuid) {
            cli_print (cli, "%s", row->uuid);
            gap = " ";
        }
        if (args->id && row->id == CLI_NO_INT)
            cli_print (cli, "%s-", gap);
        else if (args->id)
            cli_print (cli, "%s%" G_GINT64_FORMAT, gap, row->id);
        if (args->id)
            gap = " ";
        if (args->name)
            cli_print (cli, "%s%s", gap, row->name);
        cli_print (cli, "\n");
    }
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean names = args->name || args->uuid || args->id;
    g_autoptr (GPtrArray) rows = NULL;

    if (args->table && names)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--table cannot stand beside --name, --uuid or --id"));
    rows = collect (cli, args, error);
    if (!rows)
        return FALSE;
    if (names && !cli_is_structured (cli)) {
        print_names (cli, args, rows);
        return TRUE;
    }
    return cli_print_table (cli, args->title ? title_columns : columns, rows, error);
}

static const CliOption list_options[] = {
    VIRSH_FLAG (Args, inactive, "inactive", "domains that do not run"),
    VIRSH_FLAG (Args, all, "all", "domains that run and those that do not"),
    VIRSH_FLAG (Args, transient, "transient", "without a definition"),
    VIRSH_FLAG (Args, persistent, "persistent", "with a definition"),
    VIRSH_FLAG (Args, with_snapshot, "with-snapshot", "with snapshots"),
    VIRSH_FLAG (Args, without_snapshot, "without-snapshot", "without snapshots"),
    VIRSH_FLAG (Args, with_checkpoint, "with-checkpoint", "with checkpoints"),
    VIRSH_FLAG (Args, without_checkpoint, "without-checkpoint", "without checkpoints"),
    VIRSH_FLAG (Args, running, "state-running", "those that are running"),
    VIRSH_FLAG (Args, paused, "state-paused", "those that are paused"),
    VIRSH_FLAG (Args, shutoff, "state-shutoff", "those that are shut off"),
    VIRSH_FLAG (Args, other, "state-other", "those in other states"),
    VIRSH_FLAG (Args, autostart, "autostart", "started at boot"),
    VIRSH_FLAG (Args, no_autostart, "no-autostart", "not started at boot"),
    VIRSH_FLAG (Args, with_save, "with-managed-save", "with a managed save"),
    VIRSH_FLAG (Args, without_save, "without-managed-save", "without a managed save"),
    VIRSH_FLAG (Args, uuid, "uuid", "print only UUIDs"),
    VIRSH_FLAG (Args, name, "name", "print only names"),
    VIRSH_FLAG (Args, id, "id", "print only ids"),
    VIRSH_FLAG (Args, table, "table", "print a table (this is the default)"),
    VIRSH_FLAG (Args, managed_save, "managed-save", "show who has a managed save"),
    VIRSH_FLAG (Args, title, "title", "also show titles"),
    { 0 },
};

const CliCommand virsh_domain_list_commands[] = {
    { "list", N_ ("list domains"), list_options, sizeof (Args), run_list },
    { 0 },
};
