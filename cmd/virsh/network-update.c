/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* net-update: change a part of a network, while it runs too */
#include "virsh.h"
#include "words.h"

typedef struct {
    char *network, *command, *section, *xml;
    int parent_index;
    VirshAffect affect;
} Args;

static unsigned
read_command (const char *word)
{
    int place = virsh_word_place (virsh_update_command_words, word);

    return place < 0    ? VIR_NETWORK_UPDATE_COMMAND_NONE
           : place == 0 ? VIR_NETWORK_UPDATE_COMMAND_ADD_LAST
                        : (unsigned) place;
}

/* An element as it is, or a file that has it. */
static char *
read_element (const char *text, GError **error)
{
    return text[0] == '<' ? g_strdup (text) : virsh_read_file (text, error);
}

static gboolean
run_update (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    unsigned command = read_command (args->command);
    unsigned section =
        (unsigned) (virsh_word_place (virsh_update_section_words, args->section) + 1);
    g_autoptr (virNetwork) network = NULL;
    g_autofree char *xml = NULL;
    unsigned flags; /* the numbers of domains and networks are the same */

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(network = virsh_network (cli, args->network, error)))
        return FALSE;
    if (!command)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unrecognized command name '%s'"),
                         args->command);
    if (!section)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unrecognized section name '%s'"),
                         args->section);
    xml = read_element (args->xml, error);
    if (!xml)
        return FALSE;
    if (virNetworkUpdate (network, command, section,
                          cli_has (cli, "parent-index") ? args->parent_index : -1, xml,
                          flags) < 0)
        return virsh_fail (error, _ ("Failed to update network %s"), args->network);
    cli_say (cli, _ ("Updated network %s %s"), virNetworkGetName (network),
             virsh_affect_text (&args->affect, virNetworkIsActive (network) == 1));
    return TRUE;
}

static const CliOption update_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_NAME (Args, command, "command", "COMMAND",
                "add-first, add-last (or add), delete or modify", NULL),
    VIRSH_NAME (Args, section, "section", "SECTION",
                "part of the network: ip-dhcp-host, dns-host, portgroup …", NULL),
    VIRSH_NAME (Args, xml, "xml", "XML", "the element itself, or a file that has it",
                NULL),
    { .name = "parent-index",
      .type = CLI_INT,
      .flags = CLI_POSITIONAL,
      .offset = offsetof (Args, parent_index),
      .metavar = N_ ("N"),
      .help = N_ ("which of the elements it is in, from 0") },
    VIRSH_FLAG (Args, affect.config, "config", "for the next start"),
    VIRSH_FLAG (Args, affect.live, "live", "for the network that runs"),
    VIRSH_FLAG (Args, affect.current, "current", "for the state the network is in"),
    { 0 },
};

const CliCommand virsh_network_update_commands[] = {
    VIRSH_COMMAND ("net-update", N_ ("change a part of a network"), update_options,
                   run_update),
    { 0 },
};
