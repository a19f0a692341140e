/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is being done to a domain: domjobabort domjobinfo */
#include "virsh.h"

typedef struct {
    char *domain;
    gboolean postcopy, completed, keep_completed, anystats, rawstats;
} Args;

typedef struct {
    virTypedParameterPtr params;
    int n, type;
} Job;

/* ---- what is shown
 * ---------------------------------------------------------------------------- */

typedef enum {
    MILLISECONDS,
    SIZE,
    SIZE_A_SECOND,
    PAGES_A_SECOND,
    BYTES,
    COUNT,
    PERCENT
} Unit;

typedef enum {
    IF_THERE = 1 << 0,   /* when the hypervisor reports it, else always */
    IF_SET = 1 << 1,     /* when it is not 0 */
    IF_BOUNDED = 1 << 2, /* when the job knows how long it takes */
    IF_DATA = 1 << 3,    /* when one of the three of its kind is not 0 */
    IF_OVER = 1 << 4,    /* when the job is over */
    IF_AT_WORK = 1 << 5,
} When;

typedef struct {
    const char *field, *label;
    Unit unit;
    unsigned when;
    const char *of; /* IF_DATA: how the names of its kind begin */
} Row;

#define KIND(name, label)                                                                \
    { #name "_processed", label " processed:", SIZE, IF_DATA, #name },                   \
        { #name "_remaining", label " remaining:", SIZE, IF_DATA, #name },               \
    {                                                                                    \
#name "_total", label " total:", SIZE, IF_DATA, #name                            \
    }

static const Row rows[] = {
    { VIR_DOMAIN_JOB_TIME_ELAPSED, "Time elapsed:", MILLISECONDS, 0 },
    { VIR_DOMAIN_JOB_TIME_ELAPSED_NET, "Time elapsed w/o network:", MILLISECONDS,
      IF_THERE },
    { VIR_DOMAIN_JOB_TIME_REMAINING, "Time remaining:", MILLISECONDS, IF_BOUNDED },
    KIND (data, "Data"),
    KIND (memory, "Memory"),
    { VIR_DOMAIN_JOB_MEMORY_BPS, "Memory bandwidth:", SIZE_A_SECOND, IF_SET },
    { VIR_DOMAIN_JOB_MEMORY_DIRTY_RATE, "Dirty rate:", PAGES_A_SECOND, IF_THERE },
    { VIR_DOMAIN_JOB_MEMORY_PAGE_SIZE, "Page size:", BYTES, IF_THERE },
    { VIR_DOMAIN_JOB_MEMORY_ITERATION, "Iteration:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_MEMORY_POSTCOPY_REQS, "Postcopy requests:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_DISK_PROCESSED, "File processed:", SIZE, IF_DATA, "disk" },
    { VIR_DOMAIN_JOB_DISK_REMAINING, "File remaining:", SIZE, IF_DATA, "disk" },
    { VIR_DOMAIN_JOB_DISK_TOTAL, "File total:", SIZE, IF_DATA, "disk" },
    { VIR_DOMAIN_JOB_DISK_BPS, "File bandwidth:", SIZE_A_SECOND, IF_SET },
    { VIR_DOMAIN_JOB_MEMORY_CONSTANT, "Constant pages:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_MEMORY_NORMAL, "Normal pages:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_MEMORY_NORMAL_BYTES, "Normal data:", SIZE, IF_THERE },
    { VIR_DOMAIN_JOB_DOWNTIME, "Total downtime:", MILLISECONDS, IF_THERE | IF_OVER },
    { VIR_DOMAIN_JOB_DOWNTIME, "Expected downtime:", MILLISECONDS,
      IF_THERE | IF_AT_WORK },
    { VIR_DOMAIN_JOB_DOWNTIME_NET, "Downtime w/o network:", MILLISECONDS, IF_THERE },
    { VIR_DOMAIN_JOB_SETUP_TIME, "Setup time:", MILLISECONDS, IF_THERE },
    { VIR_DOMAIN_JOB_COMPRESSION_CACHE, "Compression cache:", SIZE, IF_THERE },
    { VIR_DOMAIN_JOB_COMPRESSION_BYTES, "Compressed data:", SIZE, IF_THERE },
    { VIR_DOMAIN_JOB_COMPRESSION_PAGES, "Compressed pages:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_COMPRESSION_CACHE_MISSES, "Compression cache misses:", COUNT,
      IF_THERE },
    { VIR_DOMAIN_JOB_COMPRESSION_OVERFLOW, "Compression overflows:", COUNT, IF_THERE },
    { VIR_DOMAIN_JOB_AUTO_CONVERGE_THROTTLE, "Auto converge throttle:", PERCENT,
      IF_THERE },
    { VIR_DOMAIN_JOB_DISK_TEMP_USED, "Temporary disk space use:", SIZE, IF_THERE },
    { VIR_DOMAIN_JOB_DISK_TEMP_TOTAL, "Temporary disk space total:", SIZE, IF_THERE },
};

static const virTypedParameter *
param_of (const Job *job, const char *field)
{
    return virTypedParamsGet (job->params, job->n, field);
}

static guint64
number_of (const Job *job, const char *field)
{
    const virTypedParameter *param = param_of (job, field);
    g_autofree char *text = param ? virsh_param_text (param) : NULL;

    return text ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static gboolean
has_data (const Job *job, const char *of)
{
    static const char *const parts[] = { "processed", "remaining", "total" };

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        g_autofree char *field = g_strdup_printf ("%s_%s", of, parts[i]);

        if (number_of (job, field) > 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_shown (const Job *job, const Row *row)
{
    gboolean over = job->type == VIR_DOMAIN_JOB_COMPLETED;

    if ((row->when & IF_THERE && !param_of (job, row->field)) ||
        (row->when & IF_SET && number_of (job, row->field) == 0) ||
        (row->when & IF_BOUNDED && job->type != VIR_DOMAIN_JOB_BOUNDED) ||
        (row->when & IF_OVER && !over) || (row->when & IF_AT_WORK && over))
        return FALSE;
    return !(row->when & IF_DATA) || has_data (job, row->of);
}

static void
print_row (Cli *cli, const Job *job, const Row *row)
{
    static const char *const units[] = { [MILLISECONDS] = " ms",
                                         [PAGES_A_SECOND] = " pages/s",
                                         [BYTES] = " bytes",
                                         [COUNT] = "",
                                         [PERCENT] = " %" };
    guint64 number = number_of (job, row->field);
    double size;
    const char *unit = virsh_human_unit (number, &size);

    if (row->unit == SIZE || row->unit == SIZE_A_SECOND)
        cli_print (cli, "%-17s %-.3lf %s%s\n", _ (row->label), size, unit,
                   row->unit == SIZE ? "" : "/s");
    else
        cli_print (cli, "%-17s %-12" G_GUINT64_FORMAT "%s\n", _ (row->label), number,
                   units[row->unit]);
}

static const char *
name_of (const char *const *names, gsize n, gint64 number)
{
    return number >= 0 && number < (gint64) n ? _ (names[number]) : _ ("unknown");
}

static const char *
type_name (const Job *job)
{
    static const char *const names[] = { N_ ("None"),      N_ ("Bounded"),
                                         N_ ("Unbounded"), N_ ("Completed"),
                                         N_ ("Failed"),    N_ ("Cancelled") };

    return name_of (names, G_N_ELEMENTS (names), job->type);
}

static const char *
operation_name (const Job *job)
{
    static const char *const names[] = { N_ ("Unknown"),
                                         N_ ("Start"),
                                         N_ ("Save"),
                                         N_ ("Restore"),
                                         N_ ("Incoming migration"),
                                         N_ ("Outgoing migration"),
                                         N_ ("Snapshot"),
                                         N_ ("Snapshot revert"),
                                         N_ ("Dump"),
                                         N_ ("Backup"),
                                         N_ ("Snapshot delete") };

    return name_of (names, G_N_ELEMENTS (names),
                    (gint64) number_of (job, VIR_DOMAIN_JOB_OPERATION));
}

static void
print_job (Cli *cli, const Job *job, gboolean any)
{
    cli_print (cli, "%-17s %-12s\n", _ ("Job type:"), type_name (job));
    if (job->type == VIR_DOMAIN_JOB_NONE ||
        (!any &&
         (job->type == VIR_DOMAIN_JOB_FAILED || job->type == VIR_DOMAIN_JOB_CANCELLED)))
        return;
    if (param_of (job, VIR_DOMAIN_JOB_OPERATION))
        cli_print (cli, "%-17s %-12s\n", _ ("Operation:"), operation_name (job));
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        if (is_shown (job, &rows[i]))
            print_row (cli, job, &rows[i]);
    if (param_of (job, VIR_DOMAIN_JOB_ERRMSG))
        cli_print (cli, "%-17s %s\n", _ ("Error message:"),
                   param_of (job, VIR_DOMAIN_JOB_ERRMSG)->value.s);
}

static void
print_raw (Cli *cli, const Job *job)
{
    cli_print (cli, _ ("Job type: %d\n\n"), job->type);
    for (int i = 0; i < job->n; i++) {
        g_autofree char *value = virsh_param_text (&job->params[i]);

        cli_print (cli, "%s: %s\n", job->params[i].field, value);
    }
}

static gboolean
print_record (Cli *cli, const Job *job, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    cli_record_string (record, "type", NULL, type_name (job));
    if (param_of (job, VIR_DOMAIN_JOB_OPERATION))
        cli_record_string (record, "operation_name", NULL, operation_name (job));
    for (int i = 0; i < job->n; i++)
        virsh_record_param (record, NULL, &job->params[i]);
    return cli_print_record (cli, record, 0, error);
}

/* ---- domjobinfo
 * ------------------------------------------------------------------------------ */

static gboolean
read_old_job (virDomainPtr domain, Job *job, GError **error)
{
    virDomainJobInfo info = { 0 };
    int most = 0;

    if (virDomainGetJobInfo (domain, &info) < 0)
        return virsh_fail (error, "%s", "");
    const struct {
        const char *field;
        unsigned long long value;
    } fields[] = { { VIR_DOMAIN_JOB_TIME_ELAPSED, info.timeElapsed },
                   { VIR_DOMAIN_JOB_TIME_REMAINING, info.timeRemaining },
                   { VIR_DOMAIN_JOB_DATA_TOTAL, info.dataTotal },
                   { VIR_DOMAIN_JOB_DATA_PROCESSED, info.dataProcessed },
                   { VIR_DOMAIN_JOB_DATA_REMAINING, info.dataRemaining },
                   { VIR_DOMAIN_JOB_MEMORY_TOTAL, info.memTotal },
                   { VIR_DOMAIN_JOB_MEMORY_PROCESSED, info.memProcessed },
                   { VIR_DOMAIN_JOB_MEMORY_REMAINING, info.memRemaining },
                   { VIR_DOMAIN_JOB_DISK_TOTAL, info.fileTotal },
                   { VIR_DOMAIN_JOB_DISK_PROCESSED, info.fileProcessed },
                   { VIR_DOMAIN_JOB_DISK_REMAINING, info.fileRemaining } };

    job->type = info.type;
    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        virTypedParamsAddULLong (&job->params, &job->n, &most, fields[i].field,
                                 fields[i].value);
    return TRUE;
}

static gboolean
read_job (const Args *args, virDomainPtr domain, Job *job, GError **error)
{
    unsigned flags = (args->completed ? VIR_DOMAIN_JOB_STATS_COMPLETED : 0u) |
                     (args->keep_completed ? VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED : 0u);

    if (virDomainGetJobStats (domain, &job->type, &job->params, &job->n, flags) == 0)
        return TRUE;
    if (virGetLastErrorCode () != VIR_ERR_NO_SUPPORT)
        return virsh_fail (error, "%s", "");
    if (flags || args->rawstats)
        return virsh_fail (error, _ ("Optional flags or --rawstats are not supported by "
                                     "the daemon"));
    return read_old_job (domain, job, error);
}

static gboolean
run_domjobinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    Job job = { 0 };
    gboolean ok;

    if (args->keep_completed && !args->completed)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Option --%s is required by option --%s"), "completed",
                         "keep-completed");
    domain = virsh_domain (cli, args->domain, error);
    ok = domain && read_job (args, domain, &job, error);
    if (ok && cli_is_structured (cli))
        ok = print_record (cli, &job, error);
    else if (ok && args->rawstats)
        print_raw (cli, &job);
    else if (ok)
        print_job (cli, &job, args->anystats);
    virTypedParamsFree (job.params, job.n);
    return ok;
}

static gboolean
run_domjobabort (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int result;

    if (!domain)
        return FALSE;
    result = args->postcopy
                 ? virDomainAbortJobFlags (domain, VIR_DOMAIN_ABORT_JOB_POSTCOPY)
                 : virDomainAbortJob (domain);
    return result == 0 || virsh_fail (error, "%s", "");
}

static const CliOption abort_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, postcopy, "postcopy", "also a migration that is in post-copy"),
    { 0 },
};
static const CliOption info_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, completed, "completed", "of the job that was done last"),
    VIRSH_FLAG (Args, keep_completed, "keep-completed", "do not forget that job"),
    VIRSH_FLAG (Args, anystats, "anystats", "also of a job that failed"),
    VIRSH_FLAG (Args, rawstats, "rawstats", "all numbers as they are"),
    { 0 },
};

const CliCommand virsh_domain_job_commands[] = {
    VIRSH_COMMAND ("domjobabort", N_ ("end what is being done to a domain"),
                   abort_options, run_domjobabort),
    VIRSH_COMMAND ("domjobinfo", N_ ("show what is being done to a domain"), info_options,
                   run_domjobinfo),
    { 0 },
};
