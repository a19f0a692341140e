/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-ip: print the address of a domain */
#include "cli.h"

#include <string.h>

typedef struct {
    char *domain;
    gboolean ipv4, ipv6;
    gboolean all;
    gboolean cidr;
    int source;
} IpArgs;

static const char *const sources[] = { "any", "lease", "agent", "arp", NULL };

static const CliOption ip_options[] = {
    { "domain", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (IpArgs, domain),
      N_ ("DOMAIN"), N_ ("name or UUID of a running domain"),
      cli_complete_domain_active },
    { "ipv4", '4', CLI_FLAG, 0, CLI_ARG (IpArgs, ipv4), NULL, N_ ("only IPv4 addresses"),
      .excludes = "ipv6" },
    { "ipv6", '6', CLI_FLAG, 0, CLI_ARG (IpArgs, ipv6), NULL, N_ ("only IPv6 addresses"),
      .excludes = "ipv4" },
    { "all", 'a', CLI_FLAG, 0, CLI_ARG (IpArgs, all), NULL,
      N_ ("all addresses and who knows them, also those of other interfaces in the "
          "guest") },
    { "cidr", 0, CLI_FLAG, 0, CLI_ARG (IpArgs, cidr), NULL,
      N_ ("with the length of the prefix: 192.168.122.7/24"), .excludes = "all" },
    { "source", 0, CLI_ENUM, 0, CLI_ARG (IpArgs, source), N_ ("SOURCE"),
      N_ ("who is asked: any, lease, agent, arp"), .choices = sources },
    { 0 },
};

static char *
known_text (gconstpointer row)
{
    const VyAddress *address = row;

    return g_strdup (address->of_domain ? _ ("yes") : _ ("no"));
}

static const CliColumn columns[] = {
    { "address", N_ ("Address"), CLI_COL_STRING, offsetof (VyAddress, address) },
    { "prefix", N_ ("Prefix"), CLI_COL_UINT, offsetof (VyAddress, prefix) },
    { "family", N_ ("Protocol"), CLI_COL_STRING, offsetof (VyAddress, family) },
    { "interface", N_ ("Interface"), CLI_COL_STRING, offsetof (VyAddress, interface) },
    { "mac", N_ ("MAC address"), CLI_COL_STRING, offsetof (VyAddress, mac) },
    { "source", N_ ("Source"), CLI_COL_STRING, offsetof (VyAddress, sources) },
    { "of_domain", N_ ("Defined"), CLI_COL_BOOL, offsetof (VyAddress, of_domain),
      .text = known_text },
    { 0 },
};

static gboolean
is_wanted (const IpArgs *args, const VyAddress *address, gboolean only_defined)
{
    gboolean v6 = strcmp (address->family, "ipv6") == 0;

    return !(args->ipv4 && v6) && !(args->ipv6 && !v6) &&
           (address->of_domain || !only_defined);
}

/* Interfaces inside the guest count only when the domain's own have no address. */
static void
keep_wanted (const IpArgs *args, GPtrArray *list)
{
    gboolean only_defined = FALSE;

    for (guint i = 0; i < list->len && !args->all; i++)
        only_defined |= ((const VyAddress *) g_ptr_array_index (list, i))->of_domain;
    for (guint i = list->len; i > 0; i--)
        if (!is_wanted (args, g_ptr_array_index (list, i - 1), only_defined))
            g_ptr_array_remove_index (list, i - 1);
}

static gboolean
print_first (Cli *cli, const IpArgs *args, const VyAddress *address)
{
    if (args->cidr && address->prefix)
        cli_print (cli, "%s/%" G_GUINT64_FORMAT "\n", address->address, address->prefix);
    else
        cli_print (cli, "%s\n", address->address);
    return TRUE;
}

static gboolean
run_ip (Cli *cli, gpointer data, GError **error)
{
    static const VyAddressSource flags[] = { VY_ADDRESS_ANY, VY_ADDRESS_LEASE,
                                             VY_ADDRESS_AGENT, VY_ADDRESS_ARP };
    const IpArgs *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) list =
        conn ? vy_addresses_list (conn, args->domain, flags[args->source], error) : NULL;

    if (!list)
        return FALSE;
    keep_wanted (args, list);
    if (list->len == 0) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("domain '%s' has no known address"),
                  args->domain);
        vy_error_set_hint (error, _ ("wait for one: virtyard wait %s ip --timeout 2m"),
                           args->domain);
        return FALSE;
    }
    if (args->all || cli_is_structured (cli))
        return cli_print_table (cli, columns, list, error);
    return print_first (cli, args, g_ptr_array_index (list, 0));
}

static const CliCommand commands[] = {
    { "virtyard-ip", N_ ("print the address of a domain"), ip_options, sizeof (IpArgs),
      run_ip },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "ip", N_ ("Addresses"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-ip",
                                        N_ ("print the address of a domain"),
                                        CLI_STYLE_NATIVE, groups, .single = TRUE };

    return cli_main (&program, argc, argv);
}
