/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors a host can give: cpu-models, cpu-compare, cpu-baseline, maxvcpus */
#include "virsh.h"

typedef struct {
    char *file, *virttype, *emulator, *arch, *machine, *model;
    gboolean features, migratable, fail, validate, all;
} Args;

static gboolean
run_models (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    char **models = NULL;
    int n = conn ? virConnectGetCPUModelNames (conn, args->arch, &models, 0) : -1;

    if (n < 0)
        return conn && virsh_fail (error, _ ("failed to get CPU model names"));
    if (n == 0)
        cli_print (cli, "%s\n", _ ("all CPU models are accepted"));
    for (int i = 0; i < n; i++) {
        cli_print (cli, "%s\n", models[i]);
        free (models[i]);
    }
    free (models);
    return TRUE;
}

/* ---- models of a hypervisor
 * -------------------------------------------------------------------------------- */

typedef struct {
    char *name, *vendor;
    gboolean usable;
} ModelRow;

static const CliColumn model_columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (ModelRow, name) },
    { "usable", N_ ("Usable"), CLI_COL_BOOL, offsetof (ModelRow, usable) },
    { "vendor", N_ ("Vendor"), CLI_COL_STRING, offsetof (ModelRow, vendor) },
    { 0 },
};

static void
model_row_free (gpointer data)
{
    ModelRow *row = data;

    g_free (row->name);
    g_free (row->vendor);
    g_free (row);
}

/* Only those that the host can run, or all. */
static GPtrArray *
read_models (xmlNode *capabilities, gboolean all)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func (model_row_free);
    g_autoptr (GPtrArray) nodes =
        vy_xml_find_all (capabilities, "cpu/mode[@name='custom']/model");

    for (guint i = 0; i < nodes->len; i++) {
        gboolean usable = vy_xml_is (nodes->pdata[i], "@usable", "yes");
        ModelRow *row;

        if (!usable && !all)
            continue;
        row = g_new0 (ModelRow, 1);
        row->name = vy_xml_get (nodes->pdata[i], ".");
        row->vendor = vy_xml_get (nodes->pdata[i], "@vendor");
        row->usable = usable;
        g_ptr_array_add (rows, row);
    }
    return rows;
}

static gboolean
run_hypervisor_models (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT xml =
        conn ? virConnectGetDomainCapabilities (conn, args->emulator, args->arch,
                                                args->machine, args->virttype, 0)
             : NULL;
    g_autoptr (xmlDoc) doc = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    if (!xml)
        return conn && virsh_fail (error, _ ("failed to get CPU model names"));
    doc = vy_xml_parse (xml, _ ("the hypervisor's capabilities"), error);
    if (!doc)
        return FALSE;
    rows = read_models (xmlDocGetRootElement (doc), args->all);
    if (cli_is_structured (cli))
        return cli_print_table (cli, model_columns, rows, error);
    for (guint i = 0; i < rows->len; i++)
        cli_print (cli, "%s\n", ((ModelRow *) rows->pdata[i])->name);
    return TRUE;
}

/* What the newest machine of that type takes: 0 when the driver does not tell. */
static guint64
max_of_machine (virConnectPtr conn, const char *type)
{
    VIRSH_TEXT xml = virConnectGetDomainCapabilities (conn, NULL, NULL, NULL, type, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, "", NULL) : NULL;
    g_autofree char *text =
        doc ? vy_xml_get (xmlDocGetRootElement (doc), "vcpu/@max") : NULL;
    guint64 max = 0;

    if (text)
        vy_number_parse (text, G_MAXINT, &max, NULL);
    return max;
}

static gboolean
run_max (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    guint64 max = conn ? max_of_machine (conn, args->virttype) : 0;
    int n = conn && max == 0 ? virConnectGetMaxVcpus (conn, args->virttype) : (int) max;

    if (n < 0)
        return virsh_fail (error, "%s", _ ("failed to get the number of processors"));
    if (conn)
        cli_print (cli, "%d\n", n);
    return conn != NULL;
}

/* ---- processors in files
 * -------------------------------------------------------------------------------- */

static GStrv
read_cpus (const char *file, GError **error)
{
    g_autofree char *text = virsh_read_file (file, error);

    return text ? vy_cpu_read (text, file, error) : NULL;
}

/* What a comparison found; a program reads the words of @key. */
typedef struct {
    const char *key, *text;
} Verdict;

static const Verdict host_verdicts[] = {
    [VIR_CPU_COMPARE_INCOMPATIBLE] = { "incompatible", N_ ("CPU described in %s is "
                                                           "incompatible with host "
                                                           "CPU\n") },
    [VIR_CPU_COMPARE_IDENTICAL] = { "identical",
                                    N_ ("CPU described in %s is identical to host "
                                        "CPU\n") },
    [VIR_CPU_COMPARE_SUPERSET] = { "superset",
                                   N_ ("Host CPU is a superset of CPU described in "
                                       "%s\n") },
};

static const Verdict hypervisor_verdicts[] = {
    [VIR_CPU_COMPARE_INCOMPATIBLE] = { "incompatible",
                                       N_ ("CPU described in %s is incompatible with the "
                                           "CPU provided by hypervisor on the host\n") },
    [VIR_CPU_COMPARE_IDENTICAL] = { "identical",
                                    N_ ("CPU described in %s is identical to the CPU "
                                        "provided by hypervisor on the host\n") },
    [VIR_CPU_COMPARE_SUPERSET] = { "superset",
                                   N_ ("The CPU provided by hypervisor on the host is a "
                                       "superset of CPU described in %s\n") },
};

/* An incompatible processor is an answer and a failure. */
static gboolean
print_verdict (Cli *cli, const Verdict *verdicts, int result, const char *file,
               GError **error)
{
    g_autoptr (CliRecord) record = NULL;

    if (result >= (int) G_N_ELEMENTS (host_verdicts))
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("unknown result %d of the comparison"), result);
    if (!cli_is_structured (cli)) {
        cli_print (cli, _ (verdicts[result].text), file);
        return result != VIR_CPU_COMPARE_INCOMPATIBLE;
    }
    record = cli_record_new ();
    cli_record_string (record, "file", NULL, file);
    cli_record_string (record, "result", NULL, verdicts[result].key);
    return cli_print_record (cli, record, 15, error) &&
           result != VIR_CPU_COMPARE_INCOMPATIBLE;
}

static unsigned
compare_flags (const Args *args)
{
    return (args->fail ? VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE : 0u) |
           (args->validate ? VIR_CONNECT_COMPARE_CPU_VALIDATE_XML : 0u);
}

static gboolean
run_compare (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_auto (GStrv) cpus = conn ? read_cpus (args->file, error) : NULL;
    int result;

    if (!cpus)
        return FALSE;
    result = virConnectCompareCPU (conn, cpus[0], compare_flags (args));
    if (result < 0)
        return virsh_fail (error, _ ("Failed to compare host CPU with %s"), args->file);
    return print_verdict (cli, host_verdicts, result, args->file, error);
}

static gboolean
run_hypervisor_compare (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_auto (GStrv) cpus = conn ? read_cpus (args->file, error) : NULL;
    int result;

    if (!cpus)
        return FALSE;
    result =
        virConnectCompareHypervisorCPU (conn, args->emulator, args->arch, args->machine,
                                        args->virttype, cpus[0], compare_flags (args));
    if (result < 0)
        return virsh_fail (error, _ ("Failed to compare hypervisor CPU with %s"),
                           args->file);
    return print_verdict (cli, hypervisor_verdicts, result, args->file, error);
}

static unsigned
baseline_flags (const Args *args)
{
    return (args->features ? VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES : 0u) |
           (args->migratable ? VIR_CONNECT_BASELINE_CPU_MIGRATABLE : 0u);
}

static gboolean
run_baseline (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_auto (GStrv) cpus = conn ? read_cpus (args->file, error) : NULL;
    VIRSH_TEXT xml =
        cpus ? virConnectBaselineCPU (conn, (const char **) cpus, g_strv_length (cpus),
                                      baseline_flags (args))
             : NULL;

    if (cpus && !xml)
        return virsh_fail (error, _ ("failed to find a baseline"));
    if (xml)
        cli_print (cli, "%s", xml);
    return xml != NULL;
}

/* One processor, that only its model describes. */
static GStrv
cpu_of_model (const char *model)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("cpu");
    GStrv cpus = g_new0 (char *, 2);

    vy_xml_set (xmlDocGetRootElement (doc), "model", model);
    cpus[0] = vy_xml_to_text (xmlDocGetRootElement (doc));
    return cpus;
}

static GStrv
described_cpus (const Args *args, GError **error)
{
    if (args->file)
        return read_cpus (args->file, error);
    if (args->model)
        return cpu_of_model (args->model);
    vy_throw (error, VY_ERROR_USAGE, _ ("Either --file or --model must be provided"));
    return NULL;
}

static gboolean
run_hypervisor_baseline (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_auto (GStrv) cpus = conn ? described_cpus (args, error) : NULL;
    VIRSH_TEXT xml =
        cpus ? virConnectBaselineHypervisorCPU (
                   conn, args->emulator, args->arch, args->machine, args->virttype,
                   (const char **) cpus, g_strv_length (cpus), baseline_flags (args))
             : NULL;

    if (cpus && !xml)
        return virsh_fail (error, _ ("failed to find a baseline"));
    if (xml)
        cli_print (cli, "%s", xml);
    return xml != NULL;
}

#define CPU_FILE_ROW(required)                                                           \
    {                                                                                    \
        "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE | (required),                   \
            offsetof (Args, file), N_ ("FILE"),                                          \
            N_ ("file with processors, a domain, or capabilities")                       \
    }
#define CPU_FILE CPU_FILE_ROW (CLI_REQUIRED)
#define HYPERVISOR                                                                       \
    VIRSH_STRING (Args, virttype, "virttype", "TYPE", "kind of domain, such as kvm"),    \
        VIRSH_STRING (Args, emulator, "emulator", "PATH", "path of the emulator"),       \
        VIRSH_STRING (Args, arch, "arch", "ARCH", "architecture of the domain"),         \
        VIRSH_STRING (Args, machine, "machine", "MACHINE", "kind of machine")
#define COMPARE                                                                          \
    VIRSH_FLAG (Args, fail, "error", "processors that do not fit are an error"),         \
        VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema")
#define BASELINE                                                                         \
    VIRSH_FLAG (Args, features, "features", "also features that the model implies"),     \
        VIRSH_FLAG (Args, migratable, "migratable",                                      \
                    "without features that hinder a "                                    \
                    "migration")

static const CliOption models_options[] = {
    VIRSH_NAME (Args, arch, "arch", "ARCH", "architecture such as x86_64", NULL),
    { 0 },
};
static const CliOption max_options[] = {
    VIRSH_STRING (Args, virttype, "type", "TYPE", "kind of domain, such as kvm"),
    { 0 },
};
static const CliOption compare_options[] = { CPU_FILE, COMPARE, { 0 } };
static const CliOption baseline_options[] = { CPU_FILE, BASELINE, { 0 } };
static const CliOption hypervisor_compare_options[] = {
    CPU_FILE, HYPERVISOR, COMPARE, { 0 }
};
static const CliOption hypervisor_baseline_options[] = {
    CPU_FILE_ROW (0),
    HYPERVISOR,
    BASELINE,
    { .name = "model",
      .type = CLI_STRING,
      .flags = CLI_POSITIONAL,
      .offset = offsetof (Args, model),
      .metavar = N_ ("MODEL"),
      .help = N_ ("a model rather than a file"),
      .excludes = "file" },
    { 0 },
};

static const CliOption hypervisor_models_options[] = {
    HYPERVISOR,
    VIRSH_FLAG (Args, all, "all", "also those that this host cannot run"),
    { 0 },
};

const CliCommand virsh_host_cpu_commands[] = {
    VIRSH_COMMAND ("cpu-baseline", N_ ("print what several processors have in common"),
                   baseline_options, run_baseline),
    VIRSH_COMMAND ("cpu-compare", N_ ("compare a processor with the host's"),
                   compare_options, run_compare),
    VIRSH_COMMAND ("cpu-models", N_ ("list the processor models of an architecture"),
                   models_options, run_models),
    VIRSH_COMMAND ("hypervisor-cpu-baseline",
                   N_ ("print what processors have in common and a domain can get"),
                   hypervisor_baseline_options, run_hypervisor_baseline),
    VIRSH_COMMAND ("hypervisor-cpu-compare",
                   N_ ("compare a processor with what a domain can get"),
                   hypervisor_compare_options, run_hypervisor_compare),
    { "hypervisor-cpu-models", N_ ("list the processor models a domain can have here"),
      hypervisor_models_options, sizeof (Args), run_hypervisor_models,
      CLI_NEWER_COMMAND },
    VIRSH_COMMAND ("maxvcpus", N_ ("print how many processors a domain may have"),
                   max_options, run_max),
    { 0 },
};
