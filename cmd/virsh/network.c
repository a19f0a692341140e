/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks: define, start, stop, change */
#include "object.h"

/* The calls with flags are younger: a daemon is asked for them when there are some. */
static gpointer
make_defined (virConnectPtr conn, const char *xml, unsigned flags)
{
    return flags ? virNetworkDefineXMLFlags (conn, xml, flags)
                 : virNetworkDefineXML (conn, xml);
}

static gpointer
make_created (virConnectPtr conn, const char *xml, unsigned flags)
{
    return flags ? virNetworkCreateXMLFlags (conn, xml, flags)
                 : virNetworkCreateXML (conn, xml);
}

static const VirshAction actions[] = {
    { "net-start", VIRSH_CALL (virNetworkCreate), NULL, N_ ("Failed to start network %s"),
      N_ ("Network %s started\n") },
    { "net-destroy", VIRSH_CALL (virNetworkDestroy), NULL,
      N_ ("Failed to destroy network %s"), N_ ("Network %s destroyed\n") },
    { "net-undefine", VIRSH_CALL (virNetworkUndefine), NULL,
      N_ ("Failed to undefine network %s"), N_ ("Network %s has been undefined\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "net-create", make_created, VIR_NETWORK_CREATE_VALIDATE,
      N_ ("Failed to create network from %s"), N_ ("Network %s created from %s\n") },
    { "net-define", make_defined, VIR_NETWORK_DEFINE_VALIDATE,
      N_ ("Failed to define network from %s"), N_ ("Network %s defined from %s\n") },
    { 0 },
};

const VirshKind virsh_network_kind = {
    .prefix = "net-",
    .noun = "network",
    .by = { { virsh_is_uuid, VIRSH_FIND (virNetworkLookupByUUIDString), FALSE,
              "trying as network UUID" },
            { NULL, VIRSH_FIND (virNetworkLookupByName), FALSE,
              "trying as network NAME" } },
    .not_found = N_ ("failed to get network '%s'"),
    .name = VIRSH_GET_NAME (virNetworkGetName),
    .uuid = VIRSH_CALL_TEXT (virNetworkGetUUIDString),
    .release = VIRSH_CALL (virNetworkFree),
    .list = VIRSH_LIST (virConnectListAllNetworks),
    .list_failed = N_ ("Failed to list networks"),
    .xml = VIRSH_GET_XML (virNetworkGetXMLDesc),
    .inactive = VIR_NETWORK_XML_INACTIVE,
    .inactive_optional = TRUE,
    .autostart = { VIRSH_CALL_INT (virNetworkSetAutostart),
                   { N_ ("failed to unmark network %s as autostarted"),
                     N_ ("failed to mark network %s as autostarted") },
                   { N_ ("Network %s unmarked as autostarted\n"),
                     N_ ("Network %s marked as autostarted\n") } },
    .actions = actions,
    .makers = makers,
    .edit = { .make = make_defined,
              .done = N_ ("Network %s XML configuration edited.\n") },
    .unchanged = N_ ("Network %s XML configuration not changed.\n"),
};

#define NETWORK VIRSH_NETWORK (VirshObjectArgs, object)
static const CliOption network_options[] = { NETWORK, { 0 } };
static const CliOption autostart_options[] = { NETWORK, VIRSH_OBJECT_DISABLE, { 0 } };
static const CliOption dumpxml_options[] = {
    NETWORK,
    VIRSH_OBJECT_INACTIVE,
    VIRSH_OBJECT_XPATH,
    { 0 },
};

const CliCommand virsh_network_commands[] = {
    VIRSH_OBJECT_COMMAND ("net-autostart", N_ ("start a network at boot, or no longer"),
                          autostart_options, virsh_object_autostart),
    VIRSH_OBJECT_COMMAND ("net-create", N_ ("start a transient network from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("net-destroy", N_ ("stop a network"), network_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("net-dumpxml", N_ ("print a network's XML"), dumpxml_options,
                          virsh_object_dumpxml),
    VIRSH_OBJECT_COMMAND ("net-edit", N_ ("edit a network's definition"), network_options,
                          virsh_object_edit),
    VIRSH_OBJECT_COMMAND ("net-name", N_ ("print a network's name"), network_options,
                          virsh_object_name),
    VIRSH_OBJECT_COMMAND ("net-start", N_ ("start a network"), network_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("net-undefine", N_ ("delete a network's definition"),
                          network_options, virsh_object_call),
    VIRSH_OBJECT_COMMAND ("net-uuid", N_ ("print a network's UUID"), network_options,
                          virsh_object_uuid),
    { 0 },
};
