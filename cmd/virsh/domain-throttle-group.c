/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits that disks of a domain share: domthrottlegroupdel domthrottlegroupinfo
 * domthrottlegrouplist domthrottlegroupset. Reading them takes the domain's document
 * only; to change them libvirt 11.2 is needed. */
#include "throttle.h"

static xmlDoc *
read_document (Cli *cli, const ThrottleArgs *args, GError **error)
{
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
                   (domain = virsh_domain (cli, args->domain, error))
               ? virsh_document_for (domain, flags, error)
               : NULL;
}

static GPtrArray *
find_groups (xmlDoc *doc)
{
    return vy_xml_find_all (xmlDocGetRootElement (doc), "throttlegroups/throttlegroup");
}

/* ---- domthrottlegroupinfo
 * ------------------------------------------------------------------ */

static void
add_limit (CliRecord *record, xmlNode *node)
{
    const char *field = (const char *) node->name;
    g_autofree char *label = g_strdup_printf ("%-15s", field);
    g_autofree char *text = vy_xml_get (node, ".");
    guint64 number;

    if (text && vy_number_parse (text, G_MAXUINT64, &number, NULL))
        cli_record_uint (record, field, label, number);
    else
        cli_record_string (record, field, label, text);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_autoptr (xmlDoc) doc = read_document (cli, args, error);
    g_autoptr (GPtrArray) groups = doc ? find_groups (doc) : NULL;
    g_autoptr (CliRecord) record = cli_record_new ();

    for (guint i = 0; groups && i < groups->len; i++) {
        xmlNode *group = g_ptr_array_index (groups, i);

        if (!vy_xml_is (group, "group_name", args->group))
            continue;
        for (xmlNode *node = group->children; node; node = node->next)
            if (node->type == XML_ELEMENT_NODE)
                add_limit (record, node);
        return cli_print_record_pairs (cli, record, ": ", error);
    }
    return doc && vy_throw (error, VY_ERROR_NOT_FOUND,
                            _ ("domain '%s' has no throttle group '%s'"), args->domain,
                            args->group);
}

/* ---- domthrottlegrouplist
 * ------------------------------------------------------------------ */

typedef struct {
    char *name;
} GroupRow;

static void
row_free (gpointer data)
{
    GroupRow *row = data;

    g_free (row->name);
    g_free (row);
}

static const CliColumn columns[] = {
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (GroupRow, name) },
    { 0 },
};

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    g_autoptr (xmlDoc) doc = read_document (cli, args, error);
    g_autoptr (GPtrArray) groups = doc ? find_groups (doc) : NULL;

    for (guint i = 0; groups && i < groups->len; i++) {
        GroupRow *row = g_new0 (GroupRow, 1);

        row->name = vy_xml_get (g_ptr_array_index (groups, i), "group_name");
        g_ptr_array_add (rows, row);
    }
    return doc && cli_print_table (cli, columns, rows, error);
}

static const CliOption list_options[] = {
    VIRSH_DOMAIN (ThrottleArgs, domain),
    VIRSH_FLAG (ThrottleArgs, affect.config, "inactive",
                "of the definition rather than what runs"),
    { 0 },
};

#define GROUP                                                                            \
    VIRSH_NAME (ThrottleArgs, group, "group-name", "NAME", "name of the group", NULL)

static const CliOption group_options[] = {
    VIRSH_DOMAIN (ThrottleArgs, domain),
    GROUP,
    VIRSH_AFFECT (ThrottleArgs, affect),
    { 0 },
};

/* ---- domthrottlegroupset, domthrottlegroupdel
 * ---------------------------------------------- */

#if LIBVIR_CHECK_VERSION(11, 2, 0)

static gboolean
run_set (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !virsh_throttle_params (cli, &params, args, error))
        return FALSE;
    if (virDomainSetThrottleGroup (domain, args->group, params.list, params.n, flags) < 0)
        return virsh_fail (error, _ ("Unable to change throttle group '%s'"),
                           args->group);
    cli_say (cli, _ ("Throttle group '%s' set\n"), args->group);
    return TRUE;
}

static gboolean
run_del (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainDelThrottleGroup (domain, args->group, flags) < 0)
        return virsh_fail (error, _ ("Unable to remove throttle group '%s'"),
                           args->group);
    cli_say (cli, _ ("Throttle group '%s' removed\n"), args->group);
    return TRUE;
}

static const CliOption set_options[] = {
    VIRSH_DOMAIN (ThrottleArgs, domain),    GROUP,
    VIRSH_THROTTLE_LIMITS (CLI_POSITIONAL), VIRSH_THROTTLE_LENGTHS (CLI_POSITIONAL),
    VIRSH_AFFECT (ThrottleArgs, affect),    { 0 },
};

#endif

#define COMMAND(name, help, options, run)                                                \
    {                                                                                    \
        name, help, options, sizeof (ThrottleArgs), run, CLI_NEWER_COMMAND               \
    }

const CliCommand virsh_domain_throttle_group_commands[] = {
#if LIBVIR_CHECK_VERSION(11, 2, 0)
    COMMAND ("domthrottlegroupdel", N_ ("remove limits that disks shared"), group_options,
             run_del),
#endif
    COMMAND ("domthrottlegroupinfo", N_ ("show limits that disks share"), group_options,
             run_info),
    COMMAND ("domthrottlegrouplist", N_ ("list groups of limits that disks share"),
             list_options, run_list),
#if LIBVIR_CHECK_VERSION(11, 2, 0)
    COMMAND ("domthrottlegroupset", N_ ("set limits that disks share"), set_options,
             run_set),
#endif
    { 0 },
};
