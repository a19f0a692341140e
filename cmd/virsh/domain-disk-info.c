/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What disks of domains do: domblkerror domblkinfo domblklist domblkstat */
#include "virsh.h"

typedef struct {
    char *domain, *device;
    gboolean inactive, details, human, all;
} Args;

/* ---- domblklist
 * ------------------------------------------------------------------------------ */

typedef struct {
    char *type, *device, *target, *source;
} DiskRow;

static void
disk_row_free (gpointer data)
{
    DiskRow *row = data;

    g_free (row->type);
    g_free (row->device);
    g_free (row->target);
    g_free (row->source);
    g_free (row);
}

static const CliColumn disk_columns[] = {
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (DiskRow, target) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (DiskRow, source) },
    { 0 },
};

static const CliColumn disk_detail_columns[] = {
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (DiskRow, type) },
    { "device", N_ ("Device"), CLI_COL_STRING, offsetof (DiskRow, device) },
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (DiskRow, target) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (DiskRow, source) },
    { 0 },
};

static gboolean
run_domblklist (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (disk_row_free);
    g_autoptr (GPtrArray) disks = NULL;
    g_autoptr (xmlDoc) doc = NULL;

    if (!domain || !(doc = virsh_document (
                         domain, args->inactive ? VIR_DOMAIN_XML_INACTIVE : 0, error)))
        return FALSE;
    disks = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk");
    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        DiskRow *row = g_new0 (DiskRow, 1);

        row->type = vy_xml_get (disk, "@type");
        row->device = vy_xml_get (disk, "@device");
        row->target = vy_xml_get (disk, "target/@dev");
        row->source = virsh_disk_source (disk);
        g_ptr_array_add (rows, row);
    }
    return cli_print_table (cli, args->details ? disk_detail_columns : disk_columns, rows,
                            error);
}

/* ---- domblkinfo
 * ------------------------------------------------------------------------------ */

typedef struct {
    char *target;
    guint64 capacity_bytes, allocation_bytes, physical_bytes;
} SizeRow;

static void
size_row_free (gpointer data)
{
    SizeRow *row = data;

    g_free (row->target);
    g_free (row);
}

static char *
human_size (guint64 bytes)
{
    return bytes == CLI_NO_UINT ? g_strdup ("-") : virsh_human_size (bytes);
}

#define SIZE_TEXT(field)                                                                 \
    static char *field##_text (gconstpointer row)                                        \
    {                                                                                    \
        return human_size (((const SizeRow *) row)->field);                              \
    }
SIZE_TEXT (capacity_bytes)
SIZE_TEXT (allocation_bytes)
SIZE_TEXT (physical_bytes)

#define SIZE_COLUMN(field, title, text)                                                  \
    {                                                                                    \
#field, title, CLI_COL_UINT, offsetof(SizeRow, field), text                      \
    }

static const CliColumn size_columns[] = {
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (SizeRow, target) },
    SIZE_COLUMN (capacity_bytes, N_ ("Capacity"), NULL),
    SIZE_COLUMN (allocation_bytes, N_ ("Allocation"), NULL),
    SIZE_COLUMN (physical_bytes, N_ ("Physical"), NULL),
    { 0 },
};

static const CliColumn human_size_columns[] = {
    { "target", N_ ("Target"), CLI_COL_STRING, offsetof (SizeRow, target) },
    SIZE_COLUMN (capacity_bytes, N_ ("Capacity"), capacity_bytes_text),
    SIZE_COLUMN (allocation_bytes, N_ ("Allocation"), allocation_bytes_text),
    SIZE_COLUMN (physical_bytes, N_ ("Physical"), physical_bytes_text),
    { 0 },
};

/* Where the size of a disk is not known by design: no medium, or a network disk of a
 * domain that is off. */
static gboolean
has_no_size (xmlNode *disk, gboolean active)
{
    return !vy_xml_find (disk, "source") ||
           (!active && vy_xml_is (disk, "@type", "network"));
}

static gboolean
read_sizes (virDomainPtr domain, xmlNode *disk, gboolean active, SizeRow *row,
            GError **error)
{
    virDomainBlockInfo info;

    row->target = vy_xml_get (disk, "target/@dev");
    row->capacity_bytes = row->allocation_bytes = row->physical_bytes = CLI_NO_UINT;
    if (virDomainGetBlockInfo (domain, row->target, &info, 0) < 0)
        return has_no_size (disk, active) ||
               virsh_fail (error, _ ("failed to get the sizes of disk '%s'"),
                           row->target);
    if (!vy_xml_find (disk, "source"))
        return TRUE;
    row->capacity_bytes = info.capacity;
    row->allocation_bytes = info.allocation;
    row->physical_bytes = info.physical;
    return TRUE;
}

static gboolean
print_all_sizes (Cli *cli, virDomainPtr domain, gboolean human, GError **error)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (size_row_free);
    g_autoptr (xmlDoc) doc = virsh_document (domain, 0, error);
    g_autoptr (GPtrArray) disks = NULL;
    gboolean active = virDomainIsActive (domain) == 1;

    if (!doc)
        return FALSE;
    disks = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk");
    for (guint i = 0; i < disks->len; i++) {
        SizeRow *row = g_new0 (SizeRow, 1);

        g_ptr_array_add (rows, row);
        if (!read_sizes (domain, g_ptr_array_index (disks, i), active, row, error))
            return FALSE;
    }
    return cli_print_table (cli, human ? human_size_columns : size_columns, rows, error);
}

static void
add_size (CliRecord *record, const char *key, const char *label, guint64 bytes,
          gboolean human)
{
    g_autofree char *text = human ? virsh_human_size (bytes) : NULL;

    cli_record_uint (record, key, label, bytes);
    if (text)
        cli_record_text (record, "%s", text);
}

static gboolean
run_domblkinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (CliRecord) record = cli_record_new ();
    virDomainBlockInfo info;

    if (!virsh_exclusive (args->all, "all", args->device != NULL, "device", error))
        return FALSE;
    if (!args->all && !args->device)
        return vy_throw (error, VY_ERROR_USAGE, _ ("command '%s' requires <%s> option"),
                         "domblkinfo", "device");
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    if (args->all)
        return print_all_sizes (cli, domain, args->human, error);
    if (virDomainGetBlockInfo (domain, args->device, &info, 0) < 0)
        return virsh_fail (error, "%s", "");
    add_size (record, "capacity_bytes", N_ ("Capacity"), info.capacity, args->human);
    add_size (record, "allocation_bytes", N_ ("Allocation"), info.allocation,
              args->human);
    add_size (record, "physical_bytes", N_ ("Physical"), info.physical, args->human);
    return cli_print_record (cli, record, 15, error);
}

/* ---- domblkstat
 * ------------------------------------------------------------------------------ */

/* In this order; what else the hypervisor reports stands behind it. */
static const struct {
    const char *field, *key, *human;
} stat_fields[] = {
    { VIR_DOMAIN_BLOCK_STATS_READ_REQ, "rd_req", N_ ("number of read operations:") },
    { VIR_DOMAIN_BLOCK_STATS_READ_BYTES, "rd_bytes", N_ ("number of bytes read:") },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_REQ, "wr_req", N_ ("number of write operations:") },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES, "wr_bytes", N_ ("number of bytes written:") },
    { VIR_DOMAIN_BLOCK_STATS_ERRS, "errs", N_ ("error count:") },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_REQ, "flush_operations",
      N_ ("number of flush operations:") },
    { VIR_DOMAIN_BLOCK_STATS_READ_TOTAL_TIMES, "rd_total_times",
      N_ ("total duration of reads (ns):") },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_TOTAL_TIMES, "wr_total_times",
      N_ ("total duration of writes (ns):") },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_TOTAL_TIMES, "flush_total_times",
      N_ ("total duration of flushes (ns):") },
};

static void
add_param (CliRecord *record, const Args *args, const virTypedParameter *param)
{
    const char *key = param->field, *human = param->field;
    g_autofree char *label = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (stat_fields); i++)
        if (strcmp (stat_fields[i].field, param->field) == 0) {
            key = stat_fields[i].key;
            human = _ (stat_fields[i].human);
        }
    if (args->human)
        label = g_strdup_printf (" %-31s", human);
    else
        label = g_strdup_printf ("%s %s", args->device ? args->device : "", key);
    virsh_record_param_as (record, key, label, param);
}

/* The old call, for hypervisors that have only that. */
static int
read_old_stats (virDomainPtr domain, const Args *args, CliRecord *record)
{
    virDomainBlockStatsStruct stats = { 0 };
    const long long *values[] = { &stats.rd_req, &stats.rd_bytes, &stats.wr_req,
                                  &stats.wr_bytes, &stats.errs };

    if (virDomainBlockStats (domain, args->device ? args->device : "", &stats,
                             sizeof stats) < 0)
        return -1;
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
        virTypedParameter param = { .type = VIR_TYPED_PARAM_LLONG,
                                    .value.l = *values[i] };

        g_strlcpy (param.field, stat_fields[i].field, sizeof param.field);
        if (*values[i] >= 0)
            add_param (record, args, &param);
    }
    return 0;
}

static int
rank_of (const char *field)
{
    gsize i = 0;

    while (i < G_N_ELEMENTS (stat_fields) && strcmp (stat_fields[i].field, field) != 0)
        i++;
    return (int) i;
}

static int
read_stats (virDomainPtr domain, const Args *args, CliRecord *record)
{
    const char *device = args->device ? args->device : "";
    g_autofree virTypedParameter *params = NULL;
    int n = 0;

    if (virDomainBlockStatsFlags (domain, device, NULL, &n, 0) < 0)
        return virGetLastErrorCode () == VIR_ERR_NO_SUPPORT
                   ? read_old_stats (domain, args, record)
                   : -1;
    params = g_new0 (virTypedParameter, (gsize) MAX (n, 1));
    if (virDomainBlockStatsFlags (domain, device, params, &n, 0) < 0)
        return -1;
    for (int rank = 0; rank <= (int) G_N_ELEMENTS (stat_fields); rank++)
        for (int i = 0; i < n; i++)
            if (rank_of (params[i].field) == rank)
                add_param (record, args, &params[i]);
    virTypedParamsClear (params, n);
    return 0;
}

static gboolean
run_domblkstat (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!domain)
        return FALSE;
    if (read_stats (domain, args, record) < 0)
        return virsh_fail (error, _ ("Failed to get block stats %s %s"), args->domain,
                           args->device ? args->device : "");
    if (args->human && !cli_is_structured (cli))
        cli_print (cli, _ ("Device: %s\n"), args->device ? args->device : "");
    return cli_print_record_pairs (cli, record, " ", error);
}

/* ---- domblkerror
 * ----------------------------------------------------------------------------- */

typedef struct {
    const char *disk, *error;
} ErrorRow;

static const CliColumn error_columns[] = {
    { "disk", N_ ("Disk"), CLI_COL_STRING, offsetof (ErrorRow, disk) },
    { "error", N_ ("Error"), CLI_COL_STRING, offsetof (ErrorRow, error) },
    { 0 },
};

static const char *
error_name (int number)
{
    static const char *const names[] = { N_ ("no error"), N_ ("unspecified error"),
                                         N_ ("no space") };

    return number >= 0 && number < (int) G_N_ELEMENTS (names) ? _ (names[number])
                                                              : _ ("unknown error");
}

static gboolean
print_errors (Cli *cli, const virDomainDiskError *errors, int n, GError **error)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

    for (int i = 0; i < n; i++) {
        ErrorRow *row = g_new0 (ErrorRow, 1);

        row->disk = errors[i].disk;
        row->error = error_name (errors[i].error);
        g_ptr_array_add (rows, row);
    }
    if (cli_is_structured (cli))
        return cli_print_table (cli, error_columns, rows, error);
    if (n == 0)
        cli_print (cli, _ ("No errors found\n"));
    for (guint i = 0; i < rows->len; i++) {
        const ErrorRow *row = g_ptr_array_index (rows, i);

        cli_print (cli, "%s: %s\n", row->disk, row->error);
    }
    return TRUE;
}

static gboolean
run_domblkerror (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autofree virDomainDiskError *errors = NULL;
    gboolean ok;
    int most, n;

    if (!domain)
        return FALSE;
    most = virDomainGetDiskErrors (domain, NULL, 0, 0);
    if (most < 0)
        return virsh_fail (error, "%s", "");
    errors = g_new0 (virDomainDiskError, (gsize) MAX (most, 1));
    n = most ? virDomainGetDiskErrors (domain, errors, (unsigned) most, 0) : 0;
    if (n < 0)
        return virsh_fail (error, "%s", "");
    ok = print_errors (cli, errors, n, error);
    for (int i = 0; i < n; i++)
        free (errors[i].disk);
    return ok;
}

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption domblkinfo_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, device, "device", "DISK", "target or source of a disk"),
    VIRSH_FLAG (Args, human, "human", "sizes with units"),
    VIRSH_FLAG (Args, all, "all", "all disks of the domain"),
    { 0 },
};
static const CliOption domblklist_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, inactive, "inactive", "of the definition rather than what runs"),
    VIRSH_FLAG (Args, details, "details", "also type and device"),
    { 0 },
};
static const CliOption domblkstat_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { .name = "device",
      .type = CLI_STRING,
      .flags = CLI_POSITIONAL | CLI_EMPTY_OK,
      .offset = offsetof (Args, device),
      .metavar = N_ ("DISK"),
      .help = N_ ("target or source of a disk; without it the sum of all") },
    VIRSH_FLAG (Args, human, "human", "say what the numbers are"),
    { 0 },
};

const CliCommand virsh_domain_disk_info_commands[] = {
    VIRSH_COMMAND ("domblkerror", N_ ("list the disks that have an error"),
                   domain_options, run_domblkerror),
    VIRSH_COMMAND ("domblkinfo", N_ ("show the sizes of a disk"), domblkinfo_options,
                   run_domblkinfo),
    VIRSH_COMMAND ("domblklist", N_ ("list a domain's disks"), domblklist_options,
                   run_domblklist),
    VIRSH_COMMAND ("domblkstat", N_ ("show what was read and written"),
                   domblkstat_options, run_domblkstat),
    { 0 },
};
