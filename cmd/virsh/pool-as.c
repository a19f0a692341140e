/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools out of options: pool-create-as pool-define-as */
#include "virsh.h"

typedef struct {
    VyPoolSettings settings;
    gboolean print_xml, build, overwrite, no_overwrite;
} Args;

/* virsh leaves out what means nothing; who asks for strictness is told. */
static gboolean
check_options (const Args *args, GError **error)
{
    return virsh_exclusive (args->overwrite, "overwrite", args->no_overwrite,
                            "no-overwrite", error) &&
           virsh_exclusive (args->settings.secret_usage != NULL, "secret-usage",
                            args->settings.secret_uuid != NULL, "secret-uuid", error) &&
           (!virsh_shell.strict || vy_pool_settings_check (&args->settings, error));
}

static gboolean
run_create_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *xml = vy_pool_to_xml (&args->settings);
    g_autoptr (virStoragePool) pool = NULL;
    virConnectPtr conn;
    unsigned flags =
        (args->build ? VIR_STORAGE_POOL_CREATE_WITH_BUILD : 0u) |
        (args->overwrite ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE : 0u) |
        (args->no_overwrite ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE : 0u);

    if (!check_options (args, error))
        return FALSE;
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    conn = cli_conn (cli, error);
    pool = conn ? virStoragePoolCreateXML (conn, xml, flags) : NULL;
    if (conn && !pool)
        return virsh_fail (error, _ ("Failed to create pool %s"), args->settings.name);
    if (pool)
        cli_say (cli, _ ("Pool %s created\n"), args->settings.name);
    return pool != NULL;
}

static gboolean
run_define_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *xml = vy_pool_to_xml (&args->settings);
    g_autoptr (virStoragePool) pool = NULL;
    virConnectPtr conn;

    if (!check_options (args, error))
        return FALSE;
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    conn = cli_conn (cli, error);
    pool = conn ? virStoragePoolDefineXML (conn, xml, 0) : NULL;
    if (conn && !pool)
        return virsh_fail (error, _ ("Failed to define pool %s"), args->settings.name);
    if (pool)
        cli_say (cli, _ ("Pool %s defined\n"), args->settings.name);
    return pool != NULL;
}

#define AS_OPTIONS                                                                       \
    VIRSH_NAME (Args, settings.name, "name", "NAME", "name of the pool", NULL),          \
        VIRSH_NAME (Args, settings.type, "type", "TYPE",                                 \
                    "kind of pool: dir, fs, netfs, logical, disk, iscsi, …", NULL),      \
        VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),       \
        VIRSH_STRING (Args, settings.host, "source-host", "HOST",                        \
                      "host that the source lies on"),                                   \
        VIRSH_STRING (Args, settings.dir, "source-path", "PATH",                         \
                      "directory on that host"),                                         \
        VIRSH_STRING (Args, settings.device, "source-dev", "PATH",                       \
                      "device that the source lies on"),                                 \
        VIRSH_STRING (Args, settings.source_name, "source-name", "NAME",                 \
                      "name of the source, as of a volume group"),                       \
        VIRSH_STRING (Args, settings.target, "target", "PATH",                           \
                      "where the volumes are found on this host"),                       \
        VIRSH_STRING (Args, settings.source_format, "source-format", "FORMAT",           \
                      "format of the source"),                                           \
        VIRSH_STRING (Args, settings.auth_type, "auth-type", "TYPE",                     \
                      "how to log in: chap or ceph"),                                    \
        VIRSH_STRING (Args, settings.auth_user, "auth-username", "USER", "who logs in"), \
        VIRSH_STRING (Args, settings.secret_usage, "secret-usage", "USAGE",              \
                      "usage of the secret to log in with"),                             \
        VIRSH_STRING (Args, settings.secret_uuid, "secret-uuid", "UUID",                 \
                      "UUID of the secret to log in with"),                              \
        VIRSH_STRING (Args, settings.adapter_name, "adapter-name", "NAME",               \
                      "SCSI adapter of the source"),                                     \
        VIRSH_STRING (Args, settings.adapter_wwnn, "adapter-wwnn", "WWNN",               \
                      "node of a fibre channel adapter"),                                \
        VIRSH_STRING (Args, settings.adapter_wwpn, "adapter-wwpn", "WWPN",               \
                      "port of a fibre channel adapter"),                                \
        VIRSH_STRING (Args, settings.adapter_parent, "adapter-parent", "NAME",           \
                      "adapter that it is made on"),                                     \
        VIRSH_STRING (Args, settings.adapter_parent_wwnn, "adapter-parent-wwnn", "WWNN", \
                      "node of the adapter that it is made on"),                         \
        VIRSH_STRING (Args, settings.adapter_parent_wwpn, "adapter-parent-wwpn", "WWPN", \
                      "port of the adapter that it is made on"),                         \
        VIRSH_STRING (Args, settings.adapter_parent_fabric_wwn,                          \
                      "adapter-parent-fabric-wwn", "WWN",                                \
                      "fabric of the adapter that it is made on"),                       \
        VIRSH_STRING (Args, settings.protocol_version, "source-protocol-ver", "VERSION", \
                      "version of the network file system"),                             \
        VIRSH_STRING (Args, settings.initiator, "source-initiator", "IQN",               \
                      "iSCSI name that this host has")

static const CliOption define_as_options[] = { AS_OPTIONS, { 0 } };
static const CliOption create_as_options[] = {
    AS_OPTIONS,
    VIRSH_FLAG (Args, build, "build", "build it first"),
    VIRSH_FLAG (Args, no_overwrite, "no-overwrite", "build only where nothing is"),
    VIRSH_FLAG (Args, overwrite, "overwrite", "build over what is there"),
    { 0 },
};

const CliCommand virsh_pool_as_commands[] = {
    VIRSH_COMMAND ("pool-create-as", N_ ("start a transient pool made from options"),
                   create_as_options, run_create_as),
    VIRSH_COMMAND ("pool-define-as", N_ ("define a pool made from options"),
                   define_as_options, run_define_as),
    { 0 },
};
