/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: list, info, names */
#include "object.h"
#include "words.h"

typedef struct {
    char *pool, *type;
    gboolean inactive, all, transient, persistent, autostart, no_autostart;
    gboolean details, uuid, name, bytes;
} Args;

typedef struct {
    char *name, *uuid;
    const char *state;
    gboolean active, autostart, persistent;
    guint64 capacity, allocation, available;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->uuid);
    g_free (row);
}

static char *
active_text (gconstpointer row)
{
    return g_strdup (((const Row *) row)->active ? _ ("active") : _ ("inactive"));
}

static char *
capacity_text (gconstpointer row)
{
    return virsh_size_text (((const Row *) row)->capacity);
}

static char *
allocation_text (gconstpointer row)
{
    return virsh_size_text (((const Row *) row)->allocation);
}

static char *
available_text (gconstpointer row)
{
    return virsh_size_text (((const Row *) row)->available);
}

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "active", N_ ("State"), CLI_COL_BOOL, offsetof (Row, active), active_text },
    { "autostart", N_ ("Autostart"), CLI_COL_BOOL, offsetof (Row, autostart) },
    { "persistent", N_ ("Persistent"), CLI_COL_BOOL, offsetof (Row, persistent),
      .extra = TRUE },
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, uuid), .extra = TRUE },
    { 0 },
};

static const CliColumn detail_columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (Row, state) },
    { "autostart", N_ ("Autostart"), CLI_COL_BOOL, offsetof (Row, autostart) },
    { "persistent", N_ ("Persistent"), CLI_COL_BOOL, offsetof (Row, persistent) },
    { "capacity", N_ ("Capacity"), CLI_COL_SIZE, offsetof (Row, capacity),
      capacity_text },
    { "allocation", N_ ("Allocation"), CLI_COL_SIZE, offsetof (Row, allocation),
      allocation_text },
    { "available", N_ ("Available"), CLI_COL_SIZE, offsetof (Row, available),
      available_text },
    { 0 },
};

static const char *
state_name (int state)
{
    static const char *const names[] = { N_ ("inactive"), N_ ("building"), N_ ("running"),
                                         N_ ("degraded"), N_ ("inaccessible") };

    return state >= 0 && state < (int) G_N_ELEMENTS (names) ? _ (names[state])
                                                            : _ ("unknown");
}

static gpointer
row_new (gpointer pool)
{
    Row *row = g_new0 (Row, 1);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virStoragePoolGetUUIDString (pool, uuid);
    row->name = g_strdup (virStoragePoolGetName (pool));
    row->uuid = g_strdup (uuid);
    row->capacity = row->allocation = row->available = CLI_NO_UINT;
    row->state = _ ("unknown");
    return row;
}

static gboolean
add_info (Row *row, virStoragePoolPtr pool)
{
    virStoragePoolInfo info;

    if (virStoragePoolGetInfo (pool, &info) < 0)
        return FALSE;
    row->state = state_name (info.state);
    if (info.state == VIR_STORAGE_POOL_RUNNING ||
        info.state == VIR_STORAGE_POOL_DEGRADED) {
        row->capacity = info.capacity;
        row->allocation = info.allocation;
        row->available = info.available;
    }
    return TRUE;
}

/* ---- list
 * ------------------------------------------------------------------------------------ */

static gboolean
read_types (const char *text, unsigned *flags, GError **error)
{
    g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);

    for (char **word = words; *word; word++) {
        int i = virsh_word_place (virsh_pool_type_words, *word);

        if (i < 0)
            return vy_throw (error, VY_ERROR_INVALID, _ ("invalid pool type '%s'"),
                             *word);
        *flags |= (unsigned) VIR_CONNECT_LIST_STORAGE_POOLS_DIR << i;
    }
    return TRUE;
}

static gboolean
list_flags (const Args *args, unsigned *flags, GError **error)
{
    *flags = args->inactive ? VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE
                            : VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE;
    if (args->all)
        *flags = VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE |
                 VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE;
    *flags |= args->persistent ? VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT : 0;
    *flags |= args->transient ? VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT : 0;
    *flags |= args->autostart ? VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART : 0;
    *flags |= args->no_autostart ? VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART : 0;
    return read_types (args->type, flags, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(const Row *const *) a)->name,
                               (*(const Row *const *) b)->name);
}

static const VirshMark marks[] = {
    { VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE, offsetof (Row, active) },
    { VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT, offsetof (Row, persistent) },
    { VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART, offsetof (Row, autostart) },
    { 0 },
};

static gpointer
row_with_info (gpointer pool)
{
    Row *row = row_new (pool);

    add_info (row, pool);
    return row;
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (GPtrArray) rows = NULL;
    unsigned flags = 0;

    if (!virsh_exclusive (args->all, "all", args->inactive, "inactive", error) ||
        !virsh_exclusive (args->details, "details", args->uuid, "uuid", error) ||
        !virsh_exclusive (args->details, "details", args->name, "name", error) ||
        !list_flags (args, &flags, error))
        return FALSE;
    rows = virsh_object_rows (cli, &virsh_pool_kind, flags,
                              args->details ? row_with_info : row_new, row_free,
                              compare_rows, error);
    if (!rows)
        return FALSE;
    if ((!args->uuid && !args->name) || cli_is_structured (cli)) {
        virsh_object_mark (cli, &virsh_pool_kind, rows, marks);
        return cli_print_table (cli, args->details ? detail_columns : columns, rows,
                                error);
    }
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index (rows, i);

        if (args->uuid)
            cli_print (cli, "%s%s", row->uuid, args->name ? " " : "");
        if (args->name)
            cli_print (cli, "%-20s", row->name);
        cli_print (cli, "\n");
    }
    return TRUE;
}

/* ---- one pool
 * --------------------------------------------------------------------------------- */

static void
add_size (CliRecord *record, const char *key, const char *label, guint64 value,
          gboolean bytes)
{
    g_autofree char *text = virsh_size_text (value);

    cli_record_uint (record, key, label, value);
    if (!bytes)
        cli_record_text (record, "%s", text);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    int autostart = 0;
    Row *row;

    if (!pool)
        return FALSE;
    row = row_new (pool);
    if (!add_info (row, pool)) {
        virsh_fail (error, _ ("failed to get information of pool '%s'"), args->pool);
        row_free (row);
        return FALSE;
    }
    virStoragePoolGetAutostart (pool, &autostart);
    cli_record_string (record, "name", N_ ("Name"), row->name);
    cli_record_string (record, "uuid", N_ ("UUID"), row->uuid);
    cli_record_string (record, "state", N_ ("State"), row->state);
    cli_record_bool (record, "persistent", N_ ("Persistent"),
                     virStoragePoolIsPersistent (pool) == 1);
    cli_record_bool (record, "autostart", N_ ("Autostart"), autostart);
    if (row->capacity != CLI_NO_UINT) {
        add_size (record, "capacity", N_ ("Capacity"), row->capacity, args->bytes);
        add_size (record, "allocation", N_ ("Allocation"), row->allocation, args->bytes);
        add_size (record, "available", N_ ("Available"), row->available, args->bytes);
    }
    row_free (row);
    return cli_print_record (cli, record, 15, error);
}

static const CliOption info_options[] = {
    VIRSH_POOL (Args, pool),
    VIRSH_FLAG (Args, bytes, "bytes", "sizes in bytes"),
    { 0 },
};
static const CliOption list_options[] = {
    VIRSH_FLAG (Args, inactive, "inactive", "pools that are not active"),
    VIRSH_FLAG (Args, all, "all", "active and inactive pools"),
    VIRSH_FLAG (Args, transient, "transient", "without a definition"),
    VIRSH_FLAG (Args, persistent, "persistent", "with a definition"),
    VIRSH_FLAG (Args, autostart, "autostart", "started at boot"),
    VIRSH_FLAG (Args, no_autostart, "no-autostart", "not started at boot"),
    VIRSH_STRING (Args, type, "type", "TYPES", "only pools of these types"),
    VIRSH_FLAG (Args, details, "details", "also sizes"),
    VIRSH_FLAG (Args, uuid, "uuid", "print only UUIDs"),
    VIRSH_FLAG (Args, name, "name", "print only names"),
    { 0 },
};

const CliCommand virsh_pool_info_commands[] = {
    { "pool-info", N_ ("show a pool"), info_options, sizeof (Args), run_info },
    { "pool-list", N_ ("list pools"), list_options, sizeof (Args), run_list },
    { 0 },
};
