/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of the host: freecell freepages allocpages nodememstats node-memory-tune */
#include "virsh.h"

typedef struct {
    int cell;
    guint64 page_bytes, count;
    gboolean all, add;
} Args;

typedef struct {
    guint scan, sleep_ms, merge;
} TuneArgs;

/* ---- what the host is made of
 * ------------------------------------------------------------------------------- */

static xmlDoc *
read_capabilities (virConnectPtr conn, GError **error)
{
    VIRSH_TEXT xml = virConnectGetCapabilities (conn);

    if (xml)
        return vy_xml_parse (xml, _ ("the host's capabilities"), error);
    virsh_fail (error, _ ("unable to get node capabilities"));
    return NULL;
}

/* A number for each element of @path, sorted. */
static GArray *
read_numbers (xmlDoc *doc, const char *path, const char *attribute)
{
    GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
    g_autoptr (GPtrArray) nodes = vy_xml_find_all (xmlDocGetRootElement (doc), path);

    for (guint i = 0; i < nodes->len; i++) {
        g_autofree char *text = vy_xml_get (nodes->pdata[i], attribute);
        guint64 number;
        guint value;

        if (!text || !vy_number_parse (text, G_MAXINT, &number, NULL))
            continue;
        value = (guint) number;
        g_array_append_val (numbers, value);
    }
    return numbers;
}

static GArray *
read_cells (xmlDoc *doc)
{
    return read_numbers (doc, "host/topology/cells/cell", "@id");
}

/* KiB of the pages that there are. */
static GArray *
read_page_sizes (xmlDoc *doc)
{
    GArray *sizes = read_numbers (doc, "host/cpu/pages", "@size");

    if (sizes->len > 0)
        return sizes;
    g_array_unref (sizes);
    return read_numbers (doc, "host/topology/cells/cell[1]/pages", "@size");
}

/* ---- free memory
 * --------------------------------------------------------------------------------- */

typedef struct {
    gint64 cell; /* CLI_NO_INT: the whole host */
    guint64 free_kib;
} CellRow;

static const CliColumn cell_columns[] = {
    { "cell", N_ ("Cell"), CLI_COL_INT, offsetof (CellRow, cell) },
    { "free_kib", N_ ("Free KiB"), CLI_COL_UINT, offsetof (CellRow, free_kib) },
    { 0 },
};

static gboolean
add_cell (GPtrArray *rows, virConnectPtr conn, int cell, GError **error)
{
    unsigned long long bytes;
    CellRow *row;

    if (virNodeGetCellsFreeMemory (conn, &bytes, cell, 1) != 1)
        return virsh_fail (error, _ ("failed to get the free memory of NUMA cell %d"),
                           cell);
    row = g_new0 (CellRow, 1);
    row->cell = cell;
    row->free_kib = bytes / 1024;
    g_ptr_array_add (rows, row);
    return TRUE;
}

static gboolean
add_all_cells (GPtrArray *rows, virConnectPtr conn, GError **error)
{
    g_autoptr (xmlDoc) doc = read_capabilities (conn, error);
    g_autoptr (GArray) cells = doc ? read_cells (doc) : NULL;

    for (guint i = 0; cells && i < cells->len; i++)
        if (!add_cell (rows, conn, (int) g_array_index (cells, guint, i), error))
            return FALSE;
    return cells != NULL;
}

static gboolean
add_host (GPtrArray *rows, virConnectPtr conn, GError **error)
{
    unsigned long long bytes = virNodeGetFreeMemory (conn);
    CellRow *row;

    if (bytes == 0)
        return virsh_fail (error, _ ("failed to get the free memory"));
    row = g_new0 (CellRow, 1);
    row->cell = CLI_NO_INT;
    row->free_kib = bytes / 1024;
    g_ptr_array_add (rows, row);
    return TRUE;
}

static void
print_cells (Cli *cli, GPtrArray *rows)
{
    guint64 total_kib = 0;

    for (guint i = 0; i < rows->len; i++) {
        const CellRow *row = g_ptr_array_index (rows, i);

        total_kib += row->free_kib;
        cli_print (cli, "%5" G_GINT64_FORMAT ": %10" G_GUINT64_FORMAT " KiB\n", row->cell,
                   row->free_kib);
    }
    cli_print (cli, "--------------------\n%5s: %10" G_GUINT64_FORMAT " KiB\n",
               _ ("Total"), total_kib);
}

static gboolean
run_freecell (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
    gboolean one = cli_has (cli, "cellno");
    const CellRow *first;

    if (!conn || !(args->all ? add_all_cells (rows, conn, error)
                   : one     ? add_cell (rows, conn, args->cell, error)
                             : add_host (rows, conn, error)))
        return FALSE;
    if (cli_is_structured (cli))
        return cli_print_table (cli, cell_columns, rows, error);
    if (args->all) {
        print_cells (cli, rows);
        return TRUE;
    }
    first = g_ptr_array_index (rows, 0);
    if (one)
        cli_print (cli, "%d: %" G_GUINT64_FORMAT " KiB\n", args->cell, first->free_kib);
    else
        cli_print (cli, _ ("Total: %" G_GUINT64_FORMAT " KiB\n"), first->free_kib);
    return TRUE;
}

/* ---- pages
 * --------------------------------------------------------------------------------- */

typedef struct {
    gint64 cell;
    guint64 page_kib, count;
} PageRow;

static const CliColumn page_columns[] = {
    { "cell", N_ ("Cell"), CLI_COL_INT, offsetof (PageRow, cell) },
    { "page_kib", N_ ("Page KiB"), CLI_COL_UINT, offsetof (PageRow, page_kib) },
    { "free", N_ ("Free"), CLI_COL_UINT, offsetof (PageRow, count) },
    { 0 },
};

/* FALSE when there are no pages of that size for sure: beyond @max bytes. */
static gboolean
page_kib_of (const Args *args, guint64 max, guint *kib, GError **error)
{
    guint64 value = args->page_bytes / 1024 + (args->page_bytes % 1024 ? 1 : 0);

    if (args->page_bytes > max)
        return vy_throw (error, VY_ERROR_USAGE, _ ("no page is that large"));
    *kib = (guint) value;
    return TRUE;
}

static gboolean
add_pages (GPtrArray *rows, virConnectPtr conn, int cell, GArray *sizes, GError **error)
{
    g_autofree unsigned long long *counts = g_new0 (unsigned long long, sizes->len);

    if (virNodeGetFreePages (conn, sizes->len, (guint *) (void *) sizes->data, cell, 1,
                             counts, 0) < 0)
        return virsh_fail (error, _ ("failed to get the free pages of NUMA cell %d"),
                           cell);
    for (guint i = 0; i < sizes->len; i++) {
        PageRow *row = g_new0 (PageRow, 1);

        row->cell = cell;
        row->page_kib = g_array_index (sizes, guint, i);
        row->count = counts[i];
        g_ptr_array_add (rows, row);
    }
    return TRUE;
}

static gboolean
add_all_pages (GPtrArray *rows, virConnectPtr conn, GArray *sizes, GError **error)
{
    g_autoptr (xmlDoc) doc = read_capabilities (conn, error);
    g_autoptr (GArray) cells = doc ? read_cells (doc) : NULL;
    g_autoptr (GArray) known = doc && sizes->len == 0 ? read_page_sizes (doc) : NULL;

    if (!cells)
        return FALSE;
    if (known && known->len == 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("could not get information about supported page sizes"));
    for (guint i = 0; i < cells->len; i++)
        if (!add_pages (rows, conn, (int) g_array_index (cells, guint, i),
                        known ? known : sizes, error))
            return FALSE;
    return TRUE;
}

static void
print_pages (Cli *cli, GPtrArray *rows, gboolean all)
{
    gint64 cell = CLI_NO_INT;

    for (guint i = 0; i < rows->len; i++) {
        const PageRow *row = g_ptr_array_index (rows, i);

        if (all && row->cell != cell)
            cli_print (cli, _ ("%sNode %" G_GINT64_FORMAT ":\n"), i > 0 ? "\n" : "",
                       row->cell);
        cell = row->cell;
        cli_print (cli, "%" G_GUINT64_FORMAT "KiB: %" G_GUINT64_FORMAT "\n",
                   row->page_kib, row->count);
    }
    if (all && rows->len > 0)
        cli_print (cli, "\n");
}

static gboolean
check_freepages (Cli *cli, const Args *args, GError **error)
{
    if (!args->all && !cli_has (cli, "cellno"))
        return vy_throw (error, VY_ERROR_USAGE, _ ("missing cellno argument"));
    if (!args->all && args->cell < -1)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("cell number must be non-negative integer or -1"));
    if (!args->all && !cli_has (cli, "pagesize"))
        return vy_throw (error, VY_ERROR_USAGE, _ ("missing pagesize argument"));
    return TRUE;
}

static gboolean
run_freepages (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint));
    guint kib = 0;

    if (!conn || !check_freepages (cli, args, error) ||
        !page_kib_of (args, G_MAXUINT, &kib, error))
        return FALSE;
    if (cli_has (cli, "pagesize"))
        g_array_append_val (sizes, kib);
    if (!(args->all ? add_all_pages (rows, conn, sizes, error)
                    : add_pages (rows, conn, args->cell, sizes, error)))
        return FALSE;
    if (cli_is_structured (cli))
        return cli_print_table (cli, page_columns, rows, error);
    print_pages (cli, rows, args->all);
    return TRUE;
}

static gboolean
alloc_pages (virConnectPtr conn, const Args *args, int cell, GError **error)
{
    unsigned flags = args->add ? VIR_NODE_ALLOC_PAGES_ADD : VIR_NODE_ALLOC_PAGES_SET;
    unsigned long long count = args->count;
    guint kib;

    if (!page_kib_of (args, (guint64) G_MAXUINT * 1024, &kib, error))
        return FALSE;
    return virNodeAllocPages (conn, 1, &kib, &count, cell, 1, flags) >= 0 ||
           virsh_fail (error, _ ("failed to change the pool of pages"));
}

static gboolean
run_allocpages (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (xmlDoc) doc = NULL;
    g_autoptr (GArray) cells = NULL;

    if (!conn)
        return FALSE;
    if (!args->all)
        return alloc_pages (conn, args, cli_has (cli, "cellno") ? args->cell : -1, error);
    doc = read_capabilities (conn, error);
    cells = doc ? read_cells (doc) : NULL;
    for (guint i = 0; cells && i < cells->len; i++)
        if (!alloc_pages (conn, args, (int) g_array_index (cells, guint, i), error))
            return FALSE;
    return cells != NULL;
}

/* ---- statistics
 * --------------------------------------------------------------------------------- */

static gboolean
run_memstats (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    int cell = cli_has (cli, "cell") ? args->cell : VIR_NODE_MEMORY_STATS_ALL_CELLS;
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autofree virNodeMemoryStats *stats = NULL;
    int n = 0;

    if (!conn)
        return FALSE;
    if (virNodeGetMemoryStats (conn, cell, NULL, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get number of memory stats"));
    stats = g_new0 (virNodeMemoryStats, n + 1);
    if (virNodeGetMemoryStats (conn, cell, stats, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get memory stats"));
    for (int i = 0; i < n; i++) {
        g_autofree char *key = g_strconcat (stats[i].field, "_kib", NULL);

        cli_record_uint (record, key, NULL, stats[i].value);
        if (!cli_is_structured (cli))
            cli_print (cli, "%-7s: %20llu KiB\n", stats[i].field, stats[i].value);
    }
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

/* ---- memory that guests share
 * --------------------------------------------------------------------------------- */

static const struct {
    const char *option, *param;
    gsize offset;
} tunables[] = {
    { "shm-pages-to-scan", VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN,
      offsetof (TuneArgs, scan) },
    { "shm-sleep-millisecs", VIR_NODE_MEMORY_SHARED_SLEEP_MILLISECS,
      offsetof (TuneArgs, sleep_ms) },
    { "shm-merge-across-nodes", VIR_NODE_MEMORY_SHARED_MERGE_ACROSS_NODES,
      offsetof (TuneArgs, merge) },
};

static gboolean
set_tunables (Cli *cli, virConnectPtr conn, const TuneArgs *args, GError **error)
{
    virTypedParameterPtr params = NULL;
    int n = 0, max = 0, result;

    for (gsize i = 0; i < G_N_ELEMENTS (tunables); i++)
        if (cli_has (cli, tunables[i].option))
            virTypedParamsAddUInt (&params, &n, &max, tunables[i].param,
                                   G_STRUCT_MEMBER (guint, args, tunables[i].offset));
    result = virNodeSetMemoryParameters (conn, params, n, 0);
    if (result < 0)
        virsh_fail (error, _ ("Unable to change memory parameters"));
    virTypedParamsFree (params, n);
    return result == 0;
}

static gboolean
print_tunables (Cli *cli, virTypedParameterPtr params, int n, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!cli_is_structured (cli))
        cli_print (cli, "%s", _ ("Shared memory:\n"));
    for (int i = 0; i < n; i++) {
        g_autofree char *text = virsh_param_text (&params[i]);

        virsh_record_param (record, NULL, &params[i]);
        if (!cli_is_structured (cli))
            cli_print (cli, "\t%-15s %s\n", params[i].field, text);
    }
    return !cli_is_structured (cli) || cli_print_record (cli, record, 0, error);
}

static gboolean
run_tune (Cli *cli, gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    virTypedParameterPtr params;
    int n = 0;
    gboolean ok;

    if (!conn)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (tunables); i++)
        if (cli_has (cli, tunables[i].option))
            return set_tunables (cli, conn, data, error);
    if (virNodeGetMemoryParameters (conn, NULL, &n, 0) < 0)
        return virsh_fail (error, _ ("Unable to get number of memory parameters"));
    params = g_new0 (virTypedParameter, n + 1);
    ok = virNodeGetMemoryParameters (conn, params, &n, 0) == 0 ||
         virsh_fail (error, _ ("Unable to get memory parameters"));
    ok = ok && print_tunables (cli, params, n, error);
    virTypedParamsClear (params, n);
    g_free (params);
    return ok;
}

#define NUMBER(Args, field, key, type, option_flags, meta, text)                         \
    {                                                                                    \
        key, 0, type, option_flags, offsetof (Args, field), N_ (meta), N_ (text)         \
    }
#define CELL(key, text) NUMBER (Args, cell, key, CLI_INT, CLI_POSITIONAL, "CELL", text)
#define PAGE_SIZE(option_flags)                                                          \
    {                                                                                    \
        .name = "pagesize", .type = CLI_SIZE, .flags = CLI_NUMERIC | (option_flags),     \
        .offset = offsetof (Args, page_bytes), .metavar = N_ ("SIZE"),                   \
        .help = N_ ("size of the pages, in KiB or with its unit"), .unit = 1024          \
    }
#define ALL(text)                                                                        \
    {                                                                                    \
        .name = "all", .type = CLI_FLAG, .offset = offsetof (Args, all),                 \
        .help = N_ (text), .excludes = "cellno"                                          \
    }
static const CliOption freecell_options[] = {
    CELL ("cellno", "NUMA cell"),
    ALL ("each NUMA cell"),
    { 0 },
};
static const CliOption freepages_options[] = {
    CELL ("cellno", "NUMA cell"),
    PAGE_SIZE (CLI_POSITIONAL),
    ALL ("each NUMA cell"),
    { 0 },
};
static const CliOption allocpages_options[] = {
    PAGE_SIZE (CLI_POSITIONAL | CLI_REQUIRED),
    NUMBER (Args, count, "pagecount", CLI_UINT64, CLI_POSITIONAL | CLI_REQUIRED, "COUNT",
            "how many pages"),
    CELL ("cellno", "NUMA cell"),
    VIRSH_FLAG (Args, add, "add", "that many more, not that many"),
    ALL ("in each NUMA cell"),
    { 0 },
};
static const CliOption memstats_options[] = {
    CELL ("cell", "only this NUMA cell"),
    { 0 },
};
static const CliOption tune_options[] = {
    NUMBER (TuneArgs, scan, "shm-pages-to-scan", CLI_UINT, CLI_POSITIONAL, "PAGES",
            "how many pages are looked at before a pause"),
    NUMBER (TuneArgs, sleep_ms, "shm-sleep-millisecs", CLI_UINT, CLI_POSITIONAL, "MS",
            "how long the pause is, in milliseconds"),
    NUMBER (TuneArgs, merge, "shm-merge-across-nodes", CLI_UINT, CLI_POSITIONAL, "0|1",
            "whether pages of different NUMA nodes are merged"),
    { 0 },
};

const CliCommand virsh_host_memory_commands[] = {
    VIRSH_COMMAND ("allocpages", N_ ("change how many pages of a size there are"),
                   allocpages_options, run_allocpages),
    VIRSH_COMMAND ("freecell", N_ ("show the free memory of the host"), freecell_options,
                   run_freecell),
    VIRSH_COMMAND ("freepages", N_ ("show the free pages of the host"), freepages_options,
                   run_freepages),
    { "node-memory-tune", N_ ("show or set how guests share memory"), tune_options,
      sizeof (TuneArgs), run_tune },
    VIRSH_COMMAND ("nodememstats", N_ ("show the host's memory statistics"),
                   memstats_options, run_memstats),
    { 0 },
};
