/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-wait: wait until domains have an address, answer, or are in a state */
#include "cli.h"

#include <string.h>

typedef struct {
    char *domains;
    char *condition;
} WaitArgs;

static GStrv
complete_condition (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return g_strdupv ((char **) vy_wait_list_conditions ());
}

static const CliOption wait_options[] = {
    { "domains", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED,
      CLI_ARG (WaitArgs, domains), N_ ("DOMAIN[,DOMAIN]..."), N_ ("names of domains"),
      cli_complete_domain },
    { "condition", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED,
      CLI_ARG (WaitArgs, condition), N_ ("CONDITION"),
      N_ ("ip, ipv4, ipv6, ssh, agent, cloud-init, running, shutdown, status=STATE, "
          "deleted"),
      complete_condition },
    { 0 },
};

static const CliColumn columns[] = {
    { "domain", N_ ("Domain"), CLI_COL_STRING, offsetof (VyWaitResult, domain) },
    { "condition", N_ ("Condition"), CLI_COL_STRING, offsetof (VyWaitResult, condition) },
    { "value", N_ ("Value"), CLI_COL_STRING, offsetof (VyWaitResult, value) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (VyWaitResult, source) },
    { "waited_ms", N_ ("Waited (ms)"), CLI_COL_UINT, offsetof (VyWaitResult, waited_ms) },
    { 0 },
};

static void
say (Cli *cli, const VyWaitResult *result)
{
    gboolean more = result->value && strcmp (result->value, result->condition) != 0;

    cli_say (cli, _ ("Domain '%s': %s%s%s (%s)\n"), result->domain, result->condition,
             more ? " " : "", more ? result->value : "", result->source);
}

static gboolean
run_wait (Cli *cli, gpointer data, GError **error)
{
    const WaitArgs *args = data;
    g_auto (GStrv) names = g_strsplit (args->domains, ",", -1);
    g_autoptr (GPtrArray) results =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_wait_result_free);
    virConnectPtr conn;

    if (!vy_wait_check_condition (args->condition, error))
        return FALSE;
    conn = cli_conn (cli, error);
    for (char **name = names; conn && *name; name++) {
        VyWaitResult *result =
            vy_wait_for (conn, *name, args->condition, cli_cancellable (cli), error);

        if (!result)
            return FALSE;
        g_ptr_array_add (results, result);
        say (cli, result);
    }
    return conn &&
           (!cli_is_structured (cli) || cli_print_table (cli, columns, results, error));
}

static const CliCommand commands[] = {
    { "virtyard-wait", N_ ("wait until domains are what you need them to be"),
      wait_options, sizeof (WaitArgs), run_wait },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "wait", N_ ("Waiting"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = {
        "virtyard-wait", N_ ("wait until domains are what you need them to be"),
        CLI_STYLE_NATIVE, groups, .single = TRUE
    };

    return cli_main (&program, argc, argv);
}
