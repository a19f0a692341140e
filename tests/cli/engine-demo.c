/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A program of every kind of row, for engine.bats. */
#include "cli.h"

typedef struct {
    char *domain;
    guint64 size_bytes;
    gboolean all;
    int mode;
    char *note;
    guint64 wait_ms;
    int count;
    char **words;
} ShowArgs;

static const char *const modes[] = { "fast", "slow", NULL };

static const CliOption show_options[] = {
    { "domain", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (ShowArgs, domain),
      N_ ("DOMAIN"), N_ ("name of a domain"), cli_complete_domain },
    { "size", 's', CLI_SIZE, 0, CLI_ARG (ShowArgs, size_bytes), N_ ("SIZE"),
      N_ ("how large, in KiB"), .unit = 1024 },
    { "all", 'a', CLI_FLAG, 0, CLI_ARG (ShowArgs, all), NULL, N_ ("everything"),
      .excludes = "size" },
    { "mode", 0, CLI_ENUM, 0, CLI_ARG (ShowArgs, mode), N_ ("MODE"), N_ ("how"),
      .choices = modes },
    { "note", 0, CLI_STRING, CLI_OPTIONAL_VALUE, CLI_ARG (ShowArgs, note), N_ ("TEXT"),
      N_ ("a note") },
    { "wait", 0, CLI_TIME, 0, CLI_ARG (ShowArgs, wait_ms), N_ ("DURATION"),
      N_ ("how long") },
    { "count", 'n', CLI_INT, 0, CLI_ARG (ShowArgs, count), N_ ("N"), N_ ("how often") },
    { "everything", .type = CLI_ALIAS, .alias_of = "all" },
    { "slow", .type = CLI_ALIAS, .alias_of = "mode=slow" },
    { "word", 0, CLI_STRINGS, CLI_ARGV, CLI_ARG (ShowArgs, words), N_ ("WORD"),
      N_ ("more words") },
    { 0 },
};

static gboolean
run_show (Cli *cli, gpointer data, GError **error)
{
    ShowArgs *args = data;
    g_autoptr (CliRecord) record = cli_record_new ();

    cli_record_string (record, "domain", "Domain", args->domain);
    cli_record_uint (record, "size", "Size", args->size_bytes);
    cli_record_text (record, "%" G_GUINT64_FORMAT " KiB", args->size_bytes / 1024);
    cli_record_bool (record, "all", "All", args->all);
    cli_record_string (record, "mode", "Mode", modes[args->mode]);
    cli_record_string (record, "note", "Note", args->note);
    cli_record_uint (record, "wait_ms", "Wait", args->wait_ms);
    cli_record_int (record, "count", "Count", args->count);
    cli_record_strings (record, "words", "Words", (const char *const *) args->words);
    cli_record_bool (record, "has_count", NULL, cli_has (cli, "count"));
    return cli_print_record (cli, record, 15, error);
}

typedef struct {
    gint64 id;
    const char *name;
    guint64 size_bytes;
    char **tags;
    gboolean on;
    gint64 since;
    double share;
} Row;

static const CliColumn columns[] = {
    { "id", N_ ("Id"), CLI_COL_INT, offsetof (Row, id) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "size", N_ ("Size"), CLI_COL_SIZE, offsetof (Row, size_bytes), .right = TRUE },
    { "on", N_ ("On"), CLI_COL_BOOL, offsetof (Row, on) },
    { "tags", N_ ("Tags"), CLI_COL_STRINGS, offsetof (Row, tags), .extra = TRUE },
    { "since", N_ ("Since"), CLI_COL_TIME, offsetof (Row, since), .extra = TRUE },
    { "share", N_ ("Share"), CLI_COL_DOUBLE, offsetof (Row, share), .extra = TRUE },
    { 0 },
};

typedef struct {
    gboolean none;
} ListArgs;

static const CliOption list_options[] = {
    { "none", 0, CLI_FLAG, 0, CLI_ARG (ListArgs, none), NULL, N_ ("list nothing") },
    { 0 },
};

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    char *tags[] = { (char *) "a", (char *) "b,c", NULL };
    Row rows[] = {
        { 1, "web", G_GUINT64_CONSTANT (1) << 30, tags, TRUE, 1700000000, 0.1 },
        { CLI_NO_INT, "say \"hi\"", CLI_NO_UINT, NULL, FALSE, CLI_NO_INT, 2 },
    };
    g_autoptr (GPtrArray) list = g_ptr_array_new ();

    for (gsize i = 0; !((ListArgs *) data)->none && i < G_N_ELEMENTS (rows); i++)
        g_ptr_array_add (list, &rows[i]);
    return cli_print_table (cli, columns, list, error);
}

static gboolean
run_find (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);

    if (!conn)
        return FALSE;
    if (!virDomainLookupByName (conn, "nosuch"))
        return vy_throw_libvirt (error, _ ("cannot find domain '%s'"), "nosuch");
    return TRUE;
}

typedef struct {
    int code;
} FailArgs;

static const CliOption fail_options[] = {
    { "code", 0, CLI_INT, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (FailArgs, code),
      N_ ("CODE"), N_ ("number of a VyError") },
    { 0 },
};

static gboolean
run_fail (G_GNUC_UNUSED Cli *cli, gpointer data, GError **error)
{
    vy_throw (error, (VyError) ((FailArgs *) data)->code, "it failed");
    vy_error_set_hint (error, "try again");
    return FALSE;
}

/* Work that looks at the cancellable, and work that cannot. */
static gboolean
run_work (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    GCancellable *cancellable = cli_cancellable (cli);

    cli_print (cli, "working\n");
    if (!cli_flush_output (cli, error))
        return FALSE;
    for (int i = 0; i < 500 && !g_cancellable_is_cancelled (cancellable); i++)
        g_usleep (10000);
    return vy_throw (error, VY_ERROR_CANCELLED, "stopped and undone");
}

static gboolean
run_hang (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED gpointer data,
          G_GNUC_UNUSED GError **error)
{
    g_usleep (5 * G_USEC_PER_SEC);
    return TRUE;
}

static const CliCommand commands[] = {
    { "show", N_ ("print what was given"), show_options, sizeof (ShowArgs), run_show },
    { "list", N_ ("list rows"), list_options, sizeof (ListArgs), run_list },
    { "find", N_ ("look for a domain that is not there"), NULL, 0, run_find,
      CLI_READ_ONLY },
    { "fail", N_ ("fail with a code"), fail_options, sizeof (FailArgs), run_fail },
    { "work", N_ ("work until it is cancelled"), NULL, 0, run_work },
    { "hang", N_ ("do not come back for a while"), NULL, 0, run_hang },
    { 0 },
};

static const CliCommand *const lists[] = { commands, NULL };
static const CliGroup groups[] = { { "demo", N_ ("Demonstration"), lists }, { 0 } };
static const CliProgram program = {
    "engine-demo", N_ ("show what the engine does"), CLI_STYLE_NATIVE, groups, FALSE,
};

int
main (int argc, char **argv)
{
    return cli_main (&program, argc, argv);
}
