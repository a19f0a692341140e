/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges over interfaces of the host: iface-bridge, iface-unbridge */
#include "object.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virInterface, virInterfaceFree)

typedef struct {
    char *interface, *bridge;
    guint delay_s;
    gboolean no_stp, no_start;
} Args;

static char *
read_definition (virInterfacePtr interface, const char *name, GError **error)
{
    char *xml = virInterfaceGetXMLDesc (interface, VIR_INTERFACE_XML_INACTIVE);

    if (!xml)
        virsh_fail (error, _ ("failed to get the XML of '%s'"), name);
    return xml;
}

/* That name must be free. */
static gboolean
check_free (virConnectPtr conn, const char *name, GError **error)
{
    g_autoptr (virInterface) there = virInterfaceLookupByName (conn, name);

    virResetLastError ();
    return !there || vy_throw (error, VY_ERROR_EXISTS,
                               _ ("Network device %s already exists"), name);
}

static char *
bridge_xml (const Args *args, virInterfacePtr interface, GError **error)
{
    VyBridge bridge = { args->bridge, !args->no_stp, args->delay_s };
    VIRSH_TEXT xml = read_definition (interface, args->interface, error);

    return xml ? vy_bridge_wrap (xml, &bridge, error) : NULL;
}

static gboolean
run_bridge (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (virInterface) interface =
        conn ? virsh_object (cli, &virsh_interface_kind, args->interface, error) : NULL;
    g_autoptr (virInterface) bridge = NULL;
    g_autofree char *xml = NULL;

    if (!interface || !check_free (conn, args->bridge, error))
        return FALSE;
    xml = bridge_xml (args, interface, error);
    if (!xml)
        return FALSE;
    bridge = virInterfaceDefineXML (conn, xml, 0);
    if (!bridge)
        return virsh_fail (error, _ ("Failed to define new bridge interface %s"),
                           args->bridge);
    cli_say (cli, _ ("Created bridge %s with attached device %s\n"), args->bridge,
             args->interface);
    if (args->no_start)
        return TRUE;
    if (virInterfaceCreate (bridge, 0) < 0)
        return virsh_fail (error, _ ("Failed to start bridge interface %s"),
                           args->bridge);
    cli_say (cli, _ ("Bridge interface %s started\n"), args->bridge);
    return TRUE;
}

/* Takes the bridge away: its port cannot be defined before. */
static gboolean
remove_bridge (const Args *args, virInterfacePtr bridge, GError **error)
{
    if (virInterfaceIsActive (bridge) == 1 && virInterfaceDestroy (bridge, 0) < 0)
        return virsh_fail (error, _ ("Failed to destroy bridge interface %s"),
                           args->bridge);
    return virInterfaceUndefine (bridge) == 0 ||
           virsh_fail (error, _ ("Failed to undefine bridge interface %s"), args->bridge);
}

/* Where the port is not taken the bridge is defined again: the host keeps its address. */
static virInterfacePtr
replace_bridge (Cli *cli, const Args *args, virInterfacePtr bridge, const char *before,
                const char *xml, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    gboolean was_active = virInterfaceIsActive (bridge) == 1;
    virInterfacePtr interface = NULL;
    g_autoptr (virInterface) again = NULL;

    if (!conn || !remove_bridge (args, bridge, error))
        return NULL;
    interface = virInterfaceDefineXML (conn, xml, 0);
    if (interface)
        return interface;
    virsh_fail (error, _ ("Failed to define the port of bridge %s"), args->bridge);
    again = virInterfaceDefineXML (conn, before, 0);
    if (!again || (was_active && virInterfaceCreate (again, 0) < 0))
        cli_warn (cli, _ ("bridge %s could not be brought back"), args->bridge);
    return NULL;
}

static gboolean
run_unbridge (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virInterface) bridge =
        virsh_object (cli, &virsh_interface_kind, args->bridge, error);
    VIRSH_TEXT before = bridge ? read_definition (bridge, args->bridge, error) : NULL;
    g_autofree char *port = NULL;
    g_autofree char *xml = before ? vy_bridge_unwrap (before, &port, error) : NULL;
    g_autoptr (virInterface) interface =
        xml ? replace_bridge (cli, args, bridge, before, xml, error) : NULL;

    if (!interface)
        return FALSE;
    cli_say (cli, _ ("Device %s un-attached from bridge %s\n"), port, args->bridge);
    if (args->no_start)
        return TRUE;
    if (virInterfaceCreate (interface, 0) < 0)
        return virsh_fail (error, _ ("Failed to start interface %s"), port);
    cli_say (cli, _ ("Interface %s started\n"), port);
    return TRUE;
}

static GStrv
complete_interface (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_interface_kind, typed);
}

static const CliOption bridge_options[] = {
    VIRSH_NAME (Args, interface, "interface", "INTERFACE", "interface that is its port",
                complete_interface),
    VIRSH_NAME (Args, bridge, "bridge", "BRIDGE", "name of the new bridge", NULL),
    VIRSH_FLAG (Args, no_stp, "no-stp", "without the spanning tree protocol"),
    { .name = "delay",
      .type = CLI_UINT,
      .flags = CLI_POSITIONAL,
      .offset = offsetof (Args, delay_s),
      .metavar = N_ ("SECONDS"),
      .help = N_ ("how long a new port stays silent, in seconds") },
    VIRSH_FLAG (Args, no_start, "no-start", "do not start the bridge"),
    { 0 },
};
static const CliOption unbridge_options[] = {
    VIRSH_NAME (Args, bridge, "bridge", "BRIDGE", "bridge with one port",
                complete_interface),
    VIRSH_FLAG (Args, no_start, "no-start", "do not start the interface"),
    { 0 },
};

const CliCommand virsh_interface_bridge_commands[] = {
    VIRSH_COMMAND ("iface-bridge", N_ ("make a bridge over an interface"), bridge_options,
                   run_bridge),
    VIRSH_COMMAND ("iface-unbridge", N_ ("make a bridge's port an interface again"),
                   unbridge_options, run_unbridge),
    { 0 },
};
