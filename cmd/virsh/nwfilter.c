/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network filters, and the ports they are bound to */
#include "object.h"

/* The call with flags is younger: a daemon is asked for it when there are some. */
static gpointer
make_filter (virConnectPtr conn, const char *xml, unsigned flags)
{
    return flags ? virNWFilterDefineXMLFlags (conn, xml, flags)
                 : virNWFilterDefineXML (conn, xml);
}

static const VirshAction actions[] = {
    { "nwfilter-undefine", VIRSH_CALL (virNWFilterUndefine), NULL,
      N_ ("Failed to undefine network filter %s"), N_ ("Network filter %s undefined\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "nwfilter-define", make_filter, VIR_NWFILTER_DEFINE_VALIDATE,
      N_ ("Failed to define network filter from %s"),
      N_ ("Network filter %s defined from %s\n") },
    { 0 },
};

const VirshKind virsh_nwfilter_kind = {
    .prefix = "nwfilter-",
    .noun = "nwfilter",
    .by = { { virsh_is_uuid, VIRSH_FIND (virNWFilterLookupByUUIDString), FALSE,
              "trying as nwfilter UUID" },
            { NULL, VIRSH_FIND (virNWFilterLookupByName), FALSE,
              "trying as nwfilter NAME" } },
    .not_found = N_ ("failed to get nwfilter '%s'"),
    .name = VIRSH_GET_NAME (virNWFilterGetName),
    .uuid = VIRSH_CALL_TEXT (virNWFilterGetUUIDString),
    .release = VIRSH_CALL (virNWFilterFree),
    .list = VIRSH_LIST (virConnectListAllNWFilters),
    .list_failed = N_ ("Failed to list network filters"),
    .count = virConnectNumOfNWFilters,
    .list_names = virConnectListNWFilters,
    .xml = VIRSH_GET_XML (virNWFilterGetXMLDesc),
    .actions = actions,
    .makers = makers,
    .edit = { .make = make_filter,
              .done = N_ ("Network filter %s XML configuration edited.\n") },
    .unchanged = N_ ("Network filter %s XML configuration not changed.\n"),
};

static const VirshAction binding_actions[] = {
    { "nwfilter-binding-delete", VIRSH_CALL (virNWFilterBindingDelete), NULL,
      N_ ("Failed to delete network filter binding on %s"),
      N_ ("Network filter binding on %s deleted\n") },
    { 0 },
};

static const VirshMaker binding_makers[] = {
    { "nwfilter-binding-create", VIRSH_MAKE (virNWFilterBindingCreateXML),
      VIR_NWFILTER_BINDING_CREATE_VALIDATE,
      N_ ("Failed to create network filter binding from %s"),
      N_ ("Network filter binding on %s created from %s\n") },
    { 0 },
};

const VirshKind virsh_nwfilter_binding_kind = {
    .prefix = "nwfilter-binding-",
    .noun = "binding",
    .by = { { NULL, VIRSH_FIND (virNWFilterBindingLookupByPortDev), FALSE,
              "trying as nwfilter binding port dev" } },
    .not_found = N_ ("failed to get nwfilter binding '%s'"),
    .name = VIRSH_GET_NAME (virNWFilterBindingGetPortDev),
    .release = VIRSH_CALL (virNWFilterBindingFree),
    .list = VIRSH_LIST (virConnectListAllNWFilterBindings),
    .list_failed = N_ ("Failed to list network filter bindings"),
    .xml = VIRSH_GET_XML (virNWFilterBindingGetXMLDesc),
    .actions = binding_actions,
    .makers = binding_makers,
};

/* ---- lists
 * --------------------------------------------------------------------------------------
 */

typedef struct {
    char *key, *name; /* UUID and name, or port and filter */
} Row;

static void
row_free (gpointer data)
{
    Row *row = data;

    g_free (row->key);
    g_free (row->name);
    g_free (row);
}

static gpointer
filter_row (gpointer filter)
{
    Row *row = g_new0 (Row, 1);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virNWFilterGetUUIDString (filter, uuid);
    row->key = g_strdup (uuid);
    row->name = g_strdup (virNWFilterGetName (filter));
    return row;
}

static gpointer
binding_row (gpointer binding)
{
    Row *row = g_new0 (Row, 1);

    row->key = g_strdup (virNWFilterBindingGetPortDev (binding));
    row->name = g_strdup (virNWFilterBindingGetFilterName (binding));
    return row;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->name, (*(Row *const *) b)->name);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp ((*(Row *const *) a)->key, (*(Row *const *) b)->key);
}

static const CliColumn filter_columns[] = {
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, key) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (Row, name) },
    { 0 },
};

static const CliColumn binding_columns[] = {
    { "port_dev", N_ ("Port Dev"), CLI_COL_STRING, offsetof (Row, key) },
    { "filter", N_ ("Filter"), CLI_COL_STRING, offsetof (Row, name) },
    { 0 },
};

static gboolean
run_list (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    g_autoptr (GPtrArray) rows = virsh_object_rows (
        cli, &virsh_nwfilter_kind, 0, filter_row, row_free, compare_names, error);

    return rows && cli_print_table (cli, filter_columns, rows, error);
}

static gboolean
run_binding_list (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    g_autoptr (GPtrArray) rows = virsh_object_rows (
        cli, &virsh_nwfilter_binding_kind, 0, binding_row, row_free, compare_keys, error);

    return rows && cli_print_table (cli, binding_columns, rows, error);
}

static GStrv
complete_filter (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_nwfilter_kind, typed);
}

static GStrv
complete_binding (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_nwfilter_binding_kind, typed);
}

#define FILTER                                                                           \
    VIRSH_OBJECT ("nwfilter", "FILTER", "name or UUID of a network filter",              \
                  complete_filter)
#define BINDING                                                                          \
    VIRSH_OBJECT ("binding", "PORT", "device of the port that has the filter",           \
                  complete_binding)
static const CliOption filter_options[] = { FILTER, { 0 } };
static const CliOption filter_dumpxml_options[] = { FILTER, VIRSH_OBJECT_XPATH, { 0 } };
static const CliOption binding_options[] = { BINDING, { 0 } };
static const CliOption binding_dumpxml_options[] = { BINDING, VIRSH_OBJECT_XPATH, { 0 } };

const CliCommand virsh_nwfilter_commands[] = {
    VIRSH_OBJECT_COMMAND ("nwfilter-define",
                          N_ ("define or change a network filter from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("nwfilter-dumpxml", N_ ("print a network filter's XML"),
                          filter_dumpxml_options, virsh_object_dumpxml),
    VIRSH_OBJECT_COMMAND ("nwfilter-edit", N_ ("edit a network filter"), filter_options,
                          virsh_object_edit),
    { "nwfilter-list", N_ ("list network filters"), NULL, 0, run_list },
    VIRSH_OBJECT_COMMAND ("nwfilter-undefine", N_ ("delete a network filter"),
                          filter_options, virsh_object_call),
    VIRSH_OBJECT_COMMAND ("nwfilter-binding-create",
                          N_ ("bind a port to a network filter, from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("nwfilter-binding-delete",
                          N_ ("free a port from its network filter"), binding_options,
                          virsh_object_call),
    VIRSH_OBJECT_COMMAND ("nwfilter-binding-dumpxml",
                          N_ ("print the XML of a port's network filter"),
                          binding_dumpxml_options, virsh_object_dumpxml),
    { "nwfilter-binding-list", N_ ("list the ports that have network filters"), NULL, 0,
      run_binding_list },
    { 0 },
};
