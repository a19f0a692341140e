/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the host: list, show, make, hand over to guests */
#include "object.h"
#include "words.h"

typedef struct {
    VirshObjectArgs object;
    char *driver;
} DetachArgs;

typedef struct {
    char *cap;
    gboolean tree, inactive, all, persistent, transient;
} ListArgs;

/* "WWNN,WWPN" of a host bus adapter */
static gboolean
is_wwn_pair (const char *name)
{
    return strchr (name, ',') != NULL;
}

static gpointer
find_by_wwn (virConnectPtr conn, const char *name)
{
    g_auto (GStrv) pair = g_strsplit (name, ",", -1);

    return g_strv_length (pair) == 2
               ? virNodeDeviceLookupSCSIHostByWWN (conn, pair[0], pair[1], 0)
               : NULL;
}

static gboolean
check_wwn_pair (const char *name, GError **error)
{
    g_auto (GStrv) pair = g_strsplit (name, ",", -1);

    if (g_strv_length (pair) != 2)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("failed to get device '%s'"),
                         name);
    return virsh_check_wwn (pair[0], error) && virsh_check_wwn (pair[1], error);
}

/* These know a device by its name alone. */
static const char *const by_name[] = { "nodedev-detach", "nodedev-reattach",
                                       "nodedev-reset", "nodedev-start", NULL };

static const VirshAction actions[] = {
    { "nodedev-destroy", VIRSH_CALL (virNodeDeviceDestroy), NULL,
      N_ ("Failed to destroy node device '%s'"), N_ ("Destroyed node device '%s'\n") },
    { "nodedev-reattach", VIRSH_CALL (virNodeDeviceReAttach), NULL,
      N_ ("Failed to re-attach device %s"), N_ ("Device %s re-attached\n") },
    { "nodedev-reset", VIRSH_CALL (virNodeDeviceReset), NULL,
      N_ ("Failed to reset device %s"), N_ ("Device %s reset\n") },
    { "nodedev-start", NULL, VIRSH_CALL_FLAGS (virNodeDeviceCreate),
      N_ ("Failed to start device %s"), N_ ("Device %s started\n") },
    { "nodedev-undefine", NULL, VIRSH_CALL_FLAGS (virNodeDeviceUndefine),
      N_ ("Failed to undefine node device '%s'"), N_ ("Undefined node device '%s'\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "nodedev-create", VIRSH_MAKE (virNodeDeviceCreateXML),
      VIR_NODE_DEVICE_CREATE_XML_VALIDATE, N_ ("Failed to create node device from %s"),
      N_ ("Node device %s created from %s\n") },
    { "nodedev-define", VIRSH_MAKE (virNodeDeviceDefineXML),
      VIR_NODE_DEVICE_DEFINE_XML_VALIDATE, N_ ("Failed to define node device from '%s'"),
      N_ ("Node device '%s' defined from '%s'\n") },
    { 0 },
};

const VirshKind virsh_nodedev_kind = {
    .prefix = "nodedev-",
    .by = { { is_wwn_pair, find_by_wwn, TRUE, NULL, check_wwn_pair },
            { NULL, VIRSH_FIND (virNodeDeviceLookupByName), FALSE } },
    .second_only = by_name,
    .not_found = N_ ("failed to get device '%s'"),
    .name = VIRSH_GET_NAME (virNodeDeviceGetName),
    .release = VIRSH_CALL (virNodeDeviceFree),
    .list = VIRSH_LIST (virConnectListAllNodeDevices),
    .list_failed = N_ ("Failed to list node devices"),
    .xml = VIRSH_GET_XML (virNodeDeviceGetXMLDesc),
    .autostart = { VIRSH_CALL_INT (virNodeDeviceSetAutostart),
                   { N_ ("failed to unmark device %s as autostarted"),
                     N_ ("failed to mark device %s as autostarted") },
                   { N_ ("Device %s unmarked as autostarted\n"),
                     N_ ("Device %s marked as autostarted\n") } },
    .actions = actions,
    .makers = makers,
};

static gboolean
run_detach (Cli *cli, gpointer data, GError **error)
{
    const DetachArgs *args = data;
    const char *name = args->object.object;
    virNodeDevicePtr device = virsh_object (cli, &virsh_nodedev_kind, name, error);
    gboolean ok;

    if (!device)
        return FALSE;
    /* libvirt's own spelling */
    ok = args->driver && *args->driver
             ? virNodeDeviceDetachFlags (device, args->driver, 0) == 0
             : virNodeDeviceDettach (device) == 0;
    if (ok)
        cli_say (cli, _ ("Device %s detached\n"), name);
    else
        virsh_fail (error, _ ("Failed to detach device %s"), name);
    virNodeDeviceFree (device);
    return ok;
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const VirshObjectArgs *args = data;
    virNodeDevicePtr device =
        virsh_object (cli, &virsh_nodedev_kind, args->object, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    const char *parent;
    int autostart;

    if (!device)
        return FALSE;
    cli_record_string (record, "name", N_ ("Name"), virNodeDeviceGetName (device));
    parent = virNodeDeviceGetParent (device);
    cli_record_string (record, "parent", N_ ("Parent"), parent);
    cli_record_text (record, "%s", parent ? parent : "");
    cli_record_bool (record, "active", N_ ("Active"), virNodeDeviceIsActive (device));
    cli_record_bool (record, "persistent", N_ ("Persistent"),
                     virNodeDeviceIsPersistent (device));
    if (virNodeDeviceGetAutostart (device, &autostart) == 0) {
        cli_record_bool (record, "autostart", N_ ("Autostart"), autostart);
    } else {
        cli_record_null (record, "autostart", N_ ("Autostart"));
        cli_record_text (record, "%s", _ ("no autostart"));
    }
    virNodeDeviceFree (device);
    return cli_print_record (cli, record, 15, error);
}

/* ---- the list
 * ----------------------------------------------------------------------------------- */

typedef struct {
    char *name, *parent;
} Row;

static gpointer
row_new (gpointer device)
{
    Row *row = g_new0 (Row, 1);

    row->name = g_strdup (virNodeDeviceGetName (device));
    return row;
}

/* The parent costs a call more. */
static gpointer
row_with_parent (gpointer device)
{
    Row *row = row_new (device);

    row->parent = g_strdup (virNodeDeviceGetParent (device));
    return row;
}

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->name);
    g_free (row->parent);
    g_free (row);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->name, (*(Row *const *) b)->name);
}

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { "parent", N_ ("Parent"), CLI_COL_STRING, offsetof (Row, parent) },
    { 0 },
};

static gboolean
read_capabilities (const char *text, unsigned *flags, GError **error)
{
    g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);

    for (char **word = words; *word; word++) {
        int i = virsh_word_place (virsh_capability_words, *word);

        if (i < 0)
            return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid capability type '%s'"),
                             *word);
        *flags |= 1u << i;
    }
    return TRUE;
}

static unsigned
list_flags (const ListArgs *args)
{
    unsigned flags = args->inactive ? 0u : VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE;

    if (args->inactive || args->all)
        flags |= VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE;
#if LIBVIR_CHECK_VERSION(10, 1, 0)
    if (args->persistent)
        flags |= VIR_CONNECT_LIST_NODE_DEVICES_PERSISTENT;
    if (args->transient)
        flags |= VIR_CONNECT_LIST_NODE_DEVICES_TRANSIENT;
#endif
    return flags;
}

static void
print_tree (Cli *cli, GPtrArray *rows)
{
    g_autofree const char **names = g_new0 (const char *, rows->len + 1);
    g_autofree const char **parents = g_new0 (const char *, rows->len + 1);

    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index (rows, i);

        names[i] = row->name;
        parents[i] = row->parent;
    }
    virsh_print_tree (cli, names, parents);
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const ListArgs *args = data;
    gboolean table = cli_is_structured (cli);
    unsigned flags = list_flags (args);
    g_autoptr (GPtrArray) rows = NULL;

    if (!read_capabilities (args->cap, &flags, error))
        return FALSE;
    rows = virsh_object_rows (cli, &virsh_nodedev_kind, flags,
                              table || args->tree ? row_with_parent : row_new, row_free,
                              compare_rows, error);
    if (!rows || table)
        return rows && cli_print_table (cli, columns, rows, error);
    if (args->tree)
        print_tree (cli, rows);
    for (guint i = 0; !args->tree && i < rows->len; i++)
        cli_print (cli, "%s\n", ((Row *) g_ptr_array_index (rows, i))->name);
    return TRUE;
}

static GStrv
complete_device (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_nodedev_kind, typed);
}

#define DEVICE VIRSH_OBJECT ("device", "DEVICE", "name of a device", complete_device)
static const CliOption device_options[] = { DEVICE, { 0 } };
static const CliOption destroy_options[] = {
    { .name = "name", .type = CLI_ALIAS, .flags = CLI_HIDDEN, .alias_of = "device" },
    VIRSH_OBJECT ("device", "DEVICE", "name of a device, or its WWNN,WWPN",
                  complete_device),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_OBJECT ("device", "DEVICE", "name of a device, or its WWNN,WWPN",
                  complete_device),
    VIRSH_OBJECT_XPATH,
    { 0 },
};
static const CliOption autostart_options[] = { DEVICE, VIRSH_OBJECT_DISABLE, { 0 } };
static const CliOption detach_options[] = {
    VIRSH_NAME (DetachArgs, object.object, "device", "DEVICE", "name of a device",
                complete_device),
    { "driver", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK,
      offsetof (DetachArgs, driver), N_ ("DRIVER"),
      N_ ("driver that it is bound to, such as vfio") },
    { 0 },
};
static const CliOption list_options[] = {
    { .name = "tree",
      .type = CLI_FLAG,
      .offset = offsetof (ListArgs, tree),
      .help = N_ ("each below the device that it hangs on"),
      .excludes = "cap,inactive" },
    { .name = "cap",
      .type = CLI_STRING,
      .flags = CLI_POSITIONAL | CLI_EMPTY_OK,
      .offset = offsetof (ListArgs, cap),
      .metavar = N_ ("CAPABILITIES"),
      .help = N_ ("only devices that can do one of these, such as pci,net") },
    VIRSH_FLAG (ListArgs, inactive, "inactive", "only those that are not active"),
    { .name = "all",
      .type = CLI_FLAG,
      .offset = offsetof (ListArgs, all),
      .help = N_ ("also those that are not active"),
      .excludes = "inactive" },
#if LIBVIR_CHECK_VERSION(10, 1, 0)
    { "persistent", 0, CLI_FLAG, CLI_NEWER, offsetof (ListArgs, persistent), NULL,
      N_ ("with a definition") },
    { "transient", 0, CLI_FLAG, CLI_NEWER, offsetof (ListArgs, transient), NULL,
      N_ ("without a definition") },
#endif
    { 0 },
};

const CliCommand virsh_nodedev_commands[] = {
    VIRSH_OBJECT_COMMAND ("nodedev-autostart",
                          N_ ("start a defined device at boot, or no longer"),
                          autostart_options, virsh_object_autostart),
    VIRSH_OBJECT_COMMAND ("nodedev-create", N_ ("make a device from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("nodedev-define", N_ ("define a device from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("nodedev-destroy", N_ ("take a device away"), destroy_options,
                          virsh_object_call),
    { "nodedev-detach", N_ ("take a device from its driver, for a guest"), detach_options,
      sizeof (DetachArgs), run_detach },
    { .name = "nodedev-dettach",
      .help = N_ ("take a device from its driver, for a guest"),
      .flags = CLI_HIDDEN_COMMAND,
      .alias_of = "nodedev-detach" },
    VIRSH_OBJECT_COMMAND ("nodedev-dumpxml", N_ ("print a device's XML"), dumpxml_options,
                          virsh_object_dumpxml),
    VIRSH_OBJECT_COMMAND ("nodedev-info", N_ ("show a device"), device_options, run_info),
    { "nodedev-list", N_ ("list the host's devices"), list_options, sizeof (ListArgs),
      run_list },
    VIRSH_OBJECT_COMMAND ("nodedev-reattach", N_ ("give a device back to its driver"),
                          device_options, virsh_object_call),
    VIRSH_OBJECT_COMMAND ("nodedev-reset", N_ ("reset a device"), device_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("nodedev-start", N_ ("start a defined device"), device_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("nodedev-undefine", N_ ("delete a device's definition"),
                          device_options, virsh_object_call),
    { 0 },
};
