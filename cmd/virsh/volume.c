/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage volumes: list, info, delete, names */
#include "virsh.h"

/* As many as a daemon serves one client at a time, by its defaults. */
#define CALLS_AT_ONCE 5

typedef struct {
    char *vol, *pool, *xpath;
    gboolean bytes, physical, details, wrap, delete_snapshots;
} Args;

#define VOLUME VIRSH_VOLUME (Args, vol)
#define IN_POOL VIRSH_IN_POOL (Args, pool, "pool")

static const char *
type_name (int type)
{
    static const char *const names[] = {
        "file", "block", "dir", "net", "netdir", "ploop"
    };

    return type >= 0 && type < (int) G_N_ELEMENTS (names) ? names[type] : _ ("unknown");
}

/* ---- list
 * --------------------------------------------------------------------------------- */

typedef struct {
    char *name, *path;
    const char *type;
    guint64 capacity, allocation;
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->path);
    g_free (row);
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

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "path", N_ ("Path"), CLI_COL_STRING, offsetof (Row, path) },
    { 0 },
};

static const CliColumn detail_columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "path", N_ ("Path"), CLI_COL_STRING, offsetof (Row, path) },
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (Row, type) },
    { "capacity", N_ ("Capacity"), CLI_COL_SIZE, offsetof (Row, capacity),
      capacity_text },
    { "allocation", N_ ("Allocation"), CLI_COL_SIZE, offsetof (Row, allocation),
      allocation_text },
    { 0 },
};

/* The directory of a pool whose volumes' keys are their paths, NULL: of another pool. */
static char *
key_directory (virStoragePoolPtr pool)
{
    static const char *const types[] = { "dir", "fs", "netfs" };
    VIRSH_TEXT xml = virStoragePoolGetXMLDesc (pool, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("storage pool"), NULL) : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;

    for (gsize i = 0; root && i < G_N_ELEMENTS (types); i++)
        if (vy_xml_is (root, "@type", types[i]))
            return vy_xml_get (root, "target/path");
    return NULL;
}

/* The path of a volume: a key, which came with the list, where it is known to be one,
 * so that a large pool is not a large number of calls. */
static char *
path_of (virStorageVolPtr volume, const char *directory)
{
    const char *key = virStorageVolGetKey (volume);
    VIRSH_TEXT path = NULL;

    if (key && directory && g_str_has_prefix (key, directory) &&
        key[strlen (directory)] == '/' &&
        g_strcmp0 (key + strlen (directory) + 1, virStorageVolGetName (volume)) == 0)
        return g_strdup (key);
    path = virStorageVolGetPath (volume);
    return g_strdup (path);
}

typedef struct {
    const char *directory; /* as key_directory() */
    gboolean details;
} Listing;

typedef struct {
    virStorageVolPtr volume;
    Row *row;
} Job;

static void
fill_row (gpointer data, gpointer listing)
{
    const Job *job = data;
    const Listing *what = listing;
    virStorageVolInfo info = { 0 };

    if (what->details)
        virStorageVolGetInfo (job->volume, &info);
    job->row->name = g_strdup (virStorageVolGetName (job->volume));
    job->row->path = path_of (job->volume, what->directory);
    job->row->type = type_name (info.type);
    job->row->capacity = info.capacity;
    job->row->allocation = info.allocation;
}

/* Fills the rows: calls that there are for each volume wait for the daemon side by
 * side. Takes the volumes. */
static GPtrArray *
rows_of (virStorageVolPtr *volumes, int n, Listing *listing)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
    g_autofree Job *jobs = g_new (Job, n);
    gboolean many = n > 1 && (listing->details || !listing->directory);
    GThreadPool *threads =
        many ? g_thread_pool_new (fill_row, listing, CALLS_AT_ONCE, FALSE, NULL) : NULL;

    for (int i = 0; i < n; i++) {
        jobs[i] = (Job){ volumes[i], g_new0 (Row, 1) };
        g_ptr_array_add (rows, jobs[i].row);
        if (threads)
            g_thread_pool_push (threads, &jobs[i], NULL);
        else
            fill_row (&jobs[i], listing);
    }
    if (threads)
        g_thread_pool_free (threads, FALSE, TRUE);
    for (int i = 0; i < n; i++)
        virStorageVolFree (volumes[i]);
    return rows;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(const Row *const *) a)->name,
                               (*(const Row *const *) b)->name);
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStoragePool) pool = virsh_pool (cli, args->pool, error);
    g_autoptr (GPtrArray) rows = NULL;
    g_autofree char *directory = NULL;
    virStorageVolPtr *volumes = NULL;
    int n;

    if (!pool)
        return FALSE;
    n = virStoragePoolListAllVolumes (pool, &volumes, 0);
    if (n < 0)
        return virsh_fail (error, _ ("Failed to list volumes"));
    directory = n ? key_directory (pool) : NULL;
    rows = rows_of (volumes, n, &(Listing){ directory, args->details });
    free (volumes);
    g_ptr_array_sort (rows, compare_rows);
    return cli_print_table (cli, args->details ? detail_columns : columns, rows, error);
}

/* ---- one volume
 * ------------------------------------------------------------------------------- */

static char *
size_of (guint64 bytes, gboolean raw)
{
    return raw ? g_strdup_printf (_ ("%" G_GUINT64_FORMAT " bytes"), bytes)
               : virsh_size_text (bytes);
}

static void
add_facts (CliRecord *record, const virStorageVolInfo *info, const Args *args)
{
    g_autofree char *capacity = size_of (info->capacity, args->bytes);
    g_autofree char *allocation = size_of (info->allocation, args->bytes);

    cli_record_string (record, "type", N_ ("Type"), type_name (info->type));
    cli_record_uint (record, "capacity", N_ ("Capacity"), info->capacity);
    cli_record_text (record, "%s", capacity);
    cli_record_uint (record, args->physical ? "physical" : "allocation",
                     args->physical ? N_ ("Physical") : N_ ("Allocation"),
                     info->allocation);
    cli_record_text (record, "%s", allocation);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virStorageVolInfo info;
    int result;

    if (!volume)
        return FALSE;
    cli_record_string (record, "name", N_ ("Name"), virStorageVolGetName (volume));
    result = args->physical
                 ? virStorageVolGetInfoFlags (volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL)
                 : virStorageVolGetInfo (volume, &info);
    if (result == 0) {
        add_facts (record, &info, args);
        return cli_print_record (cli, record, 15, error);
    }
    virsh_fail (error, _ ("failed to get information of volume '%s'"), args->vol);
    if (!cli_is_structured (cli))
        cli_print_record (cli, record, 15, NULL); /* what is known of it */
    return FALSE;
}

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    unsigned flags = args->delete_snapshots ? VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS : 0;

    if (!volume)
        return FALSE;
    if (virStorageVolDelete (volume, flags) < 0)
        return virsh_fail (error, _ ("Failed to delete vol %s"), args->vol);
    cli_say (cli, _ ("Vol %s deleted\n"), args->vol);
    return TRUE;
}

static gboolean
run_name (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, NULL, error);

    if (volume)
        cli_print (cli, "%s\n", virStorageVolGetName (volume));
    return volume != NULL;
}

static gboolean
run_key (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);

    if (volume)
        cli_print (cli, "%s\n", virStorageVolGetKey (volume));
    return volume != NULL;
}

static gboolean
run_path (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    VIRSH_TEXT path = volume ? virStorageVolGetPath (volume) : NULL;

    if (volume && !path)
        return virsh_fail (error, _ ("failed to get the path of volume '%s'"), args->vol);
    if (volume)
        cli_print (cli, "%s\n", path);
    return volume != NULL;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, args->pool, error);
    VIRSH_TEXT xml = volume ? virStorageVolGetXMLDesc (volume, 0) : NULL;

    if (volume && !xml)
        return virsh_fail (error, _ ("failed to get the XML of volume '%s'"), args->vol);
    return xml && virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_pool (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virStorageVol) volume = virsh_volume (cli, args->vol, NULL, error);
    g_autoptr (virStoragePool) pool =
        volume ? virStoragePoolLookupByVolume (volume) : NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!volume)
        return FALSE;
    if (!pool)
        return virsh_fail (error, _ ("failed to get the pool of volume '%s'"), args->vol);
    if (args->details && virStoragePoolGetUUIDString (pool, uuid) == 0)
        cli_print (cli, "%s\n", uuid);
    else
        cli_print (cli, "%s\n", virStoragePoolGetName (pool));
    return TRUE;
}

static const CliOption list_options[] = {
    VIRSH_POOL (Args, pool),
    VIRSH_FLAG (Args, details, "details", "also type and sizes"),
    { 0 },
};
static const CliOption info_options[] = {
    VOLUME,
    IN_POOL,
    VIRSH_FLAG (Args, bytes, "bytes", "sizes in bytes"),
    VIRSH_FLAG (Args, physical, "physical", "what it takes on the host"),
    { 0 },
};
static const CliOption delete_options[] = {
    VOLUME,
    IN_POOL,
    VIRSH_FLAG (Args, delete_snapshots, "delete-snapshots", "its snapshots too"),
    { 0 },
};
static const CliOption name_options[] = { VOLUME, { 0 } };
static const CliOption path_options[] = { VOLUME, IN_POOL, { 0 } };
static const CliOption dumpxml_options[] = {
    VOLUME,
    IN_POOL,
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};
static const CliOption pool_options[] = {
    VOLUME,
    VIRSH_FLAG (Args, details, "uuid", "print the pool's UUID"),
    { 0 },
};

const CliCommand virsh_volume_commands[] = {
    { "vol-delete", N_ ("delete a volume"), delete_options, sizeof (Args), run_delete },
    { "vol-dumpxml", N_ ("print a volume's XML"), dumpxml_options, sizeof (Args),
      run_dumpxml },
    { "vol-info", N_ ("show a volume"), info_options, sizeof (Args), run_info },
    { "vol-key", N_ ("print a volume's key"), path_options, sizeof (Args), run_key },
    { "vol-list", N_ ("list a pool's volumes"), list_options, sizeof (Args), run_list },
    { "vol-name", N_ ("print a volume's name"), name_options, sizeof (Args), run_name },
    { "vol-path", N_ ("print a volume's path"), path_options, sizeof (Args), run_path },
    { "vol-pool", N_ ("print a volume's pool"), pool_options, sizeof (Args), run_pool },
    { 0 },
};
