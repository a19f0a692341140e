/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-host: look at, prepare and tune a KVM host */
#include "cli.h"

/* ---- check --------------------------------------------------------------------------
 */

typedef struct {
    char *root;
    gboolean strict;
    char **only;
} CheckArgs;

static GStrv
complete_check (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return vy_hostcheck_names ();
}

static const CliOption check_options[] = {
    { "only", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, CLI_ARG (CheckArgs, only),
      N_ ("CHECK"), N_ ("only these checks or groups"), complete_check },
    { "root", 0, CLI_STRING, CLI_FILE, CLI_ARG (CheckArgs, root), N_ ("DIR"),
      N_ ("look at the host whose root file system lies in this directory") },
    { "strict", 0, CLI_FLAG, 0, CLI_ARG (CheckArgs, strict), NULL,
      N_ ("warnings count as failures") },
    { 0 },
};

static const CliColumn check_columns[] = {
    { "state", N_ ("State"), CLI_COL_STRING, offsetof (VyCheck, state_name) },
    { "name", N_ ("Check"), CLI_COL_STRING, offsetof (VyCheck, name) },
    { "group", N_ ("Group"), CLI_COL_STRING, offsetof (VyCheck, group), .extra = TRUE },
    { "reason", N_ ("Reason"), CLI_COL_STRING, offsetof (VyCheck, detail) },
    { "fix", N_ ("Fix"), CLI_COL_STRING, offsetof (VyCheck, fix) },
    { 0 },
};

static gboolean
run_check (Cli *cli, gpointer data, GError **error)
{
    const CheckArgs *args = data;
    const char *root = args->root ? args->root : "/";
    g_autoptr (GError) ignored = NULL; /* a daemon that is down is a row, not a failure */
    virConnectPtr conn = args->root ? NULL : cli_conn (cli, &ignored);
    g_autoptr (GPtrArray) checks =
        vy_hostcheck_run (root, conn, (const char *const *) args->only, error);
    guint failed;

    if (!checks || !cli_print_table (cli, check_columns, checks, error))
        return FALSE;
    failed = vy_hostcheck_count (checks, VY_CHECK_FAIL);
    if (args->strict)
        failed += vy_hostcheck_count (checks, VY_CHECK_WARN);
    return failed == 0;
}

/* ---- prepare ------------------------------------------------------------------------
 */

typedef struct {
    char *root;
    gboolean dry_run;
    gboolean desktop;
    char *local_repo;
    char **steps;
} PrepareArgs;

static GStrv
complete_step (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return g_strdupv ((char **) vy_hostprepare_steps ());
}

static const CliOption prepare_options[] = {
    { "step", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, CLI_ARG (PrepareArgs, steps),
      N_ ("STEP"),
      N_ ("only these of packages, services, sshd, network, pool, local-repo"),
      complete_step },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (PrepareArgs, dry_run), NULL,
      N_ ("print the steps and change nothing") },
    { "desktop", 0, CLI_FLAG, 0, CLI_ARG (PrepareArgs, desktop), NULL,
      N_ ("also install a desktop and boot into it") },
    { "local-repo", 0, CLI_STRING, CLI_FILE, CLI_ARG (PrepareArgs, local_repo),
      N_ ("ISO|DIR"), N_ ("add a package repository from an image or a directory") },
    { "root", 0, CLI_STRING, CLI_FILE, CLI_ARG (PrepareArgs, root), N_ ("DIR"),
      N_ ("change the host whose root file system lies in this directory") },
    { 0 },
};

static virConnectPtr
open_for_prepare (gpointer data, GError **error)
{
    return cli_conn (data, error);
}

static gboolean
run_prepare (Cli *cli, gpointer data, GError **error)
{
    const PrepareArgs *args = data;
    VyPrepare prepare = { args->root ? args->root : "/",
                          (const char *const *) args->steps,
                          args->desktop,
                          args->local_repo,
                          open_for_prepare,
                          cli };
    g_autoptr (VyPlan) plan = vy_hostprepare_plan (&prepare, error);

    return plan && cli_run_plan (cli, plan, args->dry_run, error);
}

/* ---- tune ---------------------------------------------------------------------------
 */

typedef struct {
    char *root;
    gboolean dry_run;
    gboolean persist;
    char **settings;
} TuneArgs;

static GStrv
complete_setting (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    gsize n = 0;
    const VyTuneInfo *infos = vy_hosttune_list (&n);
    GStrv names = g_new0 (char *, n + 1);

    for (gsize i = 0; i < n; i++)
        names[i] = g_strconcat (infos[i].name, "=", NULL);
    return names;
}

static const CliOption tune_options[] = {
    { "setting", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV | CLI_REQUIRED,
      CLI_ARG (TuneArgs, settings), N_ ("NAME=VALUE"),
      N_ ("ksm=on|off, thp=always|madvise|never, hugepages=SIZE:COUNT[:NODE], "
          "overcommit=heuristic|always|never"),
      complete_setting },
    { "persist", 0, CLI_FLAG, 0, CLI_ARG (TuneArgs, persist), NULL,
      N_ ("set them at the next boots too") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (TuneArgs, dry_run), NULL,
      N_ ("print the steps and change nothing") },
    { "root", 0, CLI_STRING, CLI_FILE, CLI_ARG (TuneArgs, root), N_ ("DIR"),
      N_ ("change the host whose root file system lies in this directory") },
    { 0 },
};

static gboolean
run_tune (Cli *cli, gpointer data, GError **error)
{
    const TuneArgs *args = data;
    g_autoptr (VyPlan) plan =
        vy_hosttune_plan (args->root ? args->root : "/",
                          (const char *const *) args->settings, args->persist, error);

    return plan && cli_run_plan (cli, plan, args->dry_run, error);
}

/* ---- the program --------------------------------------------------------------------
 */

static const CliCommand commands[] = {
    { "check", N_ ("say what keeps this machine from being a good KVM host"),
      check_options, sizeof (CheckArgs), run_check, CLI_READ_ONLY },
    { "prepare", N_ ("install, enable and set up what a KVM host needs"), prepare_options,
      sizeof (PrepareArgs), run_prepare },
    { "tune", N_ ("set memory sharing, huge pages and overcommitment"), tune_options,
      sizeof (TuneArgs), run_tune, CLI_NO_CONNECTION },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "host", N_ ("Host"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-host",
                                        N_ ("look at, prepare and tune a KVM host"),
                                        CLI_STYLE_NATIVE, groups };

    return cli_main (&program, argc, argv);
}
