/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks: define, start, stop, change */
#include "virsh.h"

typedef struct {
    char *network, *file, *xpath;
    gboolean disable, validate, inactive, wrap;
} Args;

/* Commands that are one call and one line. */
static const struct {
    const char *command;
    int (*call) (virNetworkPtr network);
    const char *failed, *done;
} simple[] = {
    { "net-start", virNetworkCreate, N_ ("Failed to start network %s"),
      N_ ("Network %s started\n") },
    { "net-destroy", virNetworkDestroy, N_ ("Failed to destroy network %s"),
      N_ ("Network %s destroyed\n") },
    { "net-undefine", virNetworkUndefine, N_ ("Failed to undefine network %s"),
      N_ ("Network %s has been undefined\n") },
};

static gboolean
run_simple (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    gsize i = 0;

    if (!network)
        return FALSE;
    while (strcmp (simple[i].command, cli->command->name) != 0)
        i++;
    if (simple[i].call (network) < 0)
        return virsh_fail (error, _ (simple[i].failed), virNetworkGetName (network));
    cli_say (cli, _ (simple[i].done), virNetworkGetName (network));
    return TRUE;
}

static gboolean
run_autostart (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);

    if (!network)
        return FALSE;
    if (virNetworkSetAutostart (network, !args->disable) < 0)
        return virsh_fail (error,
                           args->disable
                               ? _ ("failed to unmark network %s as autostarted")
                               : _ ("failed to mark network %s as autostarted"),
                           args->network);
    cli_say (cli,
             args->disable ? _ ("Network %s unmarked as autostarted\n")
                           : _ ("Network %s marked as autostarted\n"),
             args->network);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virNetwork) network = NULL;

    if (!xml)
        return FALSE;
    network = args->validate
                  ? virNetworkCreateXMLFlags (conn, xml, VIR_NETWORK_CREATE_VALIDATE)
                  : virNetworkCreateXML (conn, xml);
    if (!network)
        return virsh_fail (error, _ ("Failed to create network from %s"), args->file);
    cli_say (cli, _ ("Network %s created from %s\n"), virNetworkGetName (network),
             args->file);
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    VIRSH_TEXT xml = network ? virNetworkGetXMLDesc (
                                   network, args->inactive ? VIR_NETWORK_XML_INACTIVE : 0)
                             : NULL;

    if (network && !xml)
        return virsh_fail (error, _ ("failed to get the XML of network '%s'"),
                           args->network);
    return xml && virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = virsh_network (cli, args->network, error);
    g_autoptr (virNetwork) defined = NULL;
    VIRSH_TEXT xml =
        network ? virNetworkGetXMLDesc (network, VIR_NETWORK_XML_INACTIVE) : NULL;
    g_autofree char *edited = NULL;

    if (network && !xml)
        return virsh_fail (error, _ ("failed to get the XML of network '%s'"),
                           args->network);
    edited = xml ? virsh_edit_text (cli, xml, error) : NULL;
    if (!edited)
        return FALSE;
    if (strcmp (edited, xml) == 0) {
        cli_print (cli, _ ("Network %s XML configuration not changed.\n"),
                   virNetworkGetName (network));
        return TRUE;
    }
    defined = virNetworkDefineXML (virNetworkGetConnect (network), edited);
    if (!defined)
        return virsh_fail (error, _ ("Failed to edit network '%s'"), args->network);
    cli_print (cli, _ ("Network %s XML configuration edited.\n"),
               virNetworkGetName (defined));
    return TRUE;
}

static const CliOption network_options[] = { VIRSH_NETWORK (Args, network), { 0 } };
static const CliOption autostart_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_FLAG (Args, disable, "disable", "no longer start it at boot"),
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_FLAG (Args, inactive, "inactive", "the definition rather than what runs"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};

const CliCommand virsh_network_commands[] = {
    { "net-autostart", N_ ("start a network at boot, or no longer"), autostart_options,
      sizeof (Args), run_autostart },
    { "net-create", N_ ("start a transient network from a file"), create_options,
      sizeof (Args), run_create },
    { "net-destroy", N_ ("stop a network"), network_options, sizeof (Args), run_simple },
    { "net-dumpxml", N_ ("print a network's XML"), dumpxml_options, sizeof (Args),
      run_dumpxml },
    { "net-edit", N_ ("edit a network's definition"), network_options, sizeof (Args),
      run_edit },
    { "net-start", N_ ("start a network"), network_options, sizeof (Args), run_simple },
    { "net-undefine", N_ ("delete a network's definition"), network_options,
      sizeof (Args), run_simple },
    { 0 },
};
