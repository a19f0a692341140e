/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory devices: update-memory-device */
#include "virsh.h"

typedef struct {
    char *domain, *alias, *requested;
    guint node;
    gboolean print_xml;
    VirshAffect affect;
} Args;

static gboolean
is_wanted (Cli *cli, const Args *args, xmlNode *device)
{
    g_autofree char *node = g_strdup_printf ("%u", args->node);

    if (args->alias)
        return vy_xml_is (device, "alias/@name", args->alias);
    return !cli_has (cli, "node") || vy_xml_is (device, "target/node", node);
}

static xmlNode *
find_device (Cli *cli, const Args *args, xmlDoc *doc, GError **error)
{
    g_autoptr (GPtrArray) devices =
        vy_xml_find_all (xmlDocGetRootElement (doc), "devices/memory");
    xmlNode *found = NULL;

    for (guint i = 0; i < devices->len; i++) {
        xmlNode *device = g_ptr_array_index (devices, i);

        if (!is_wanted (cli, args, device))
            continue;
        if (found) {
            vy_throw (error, VY_ERROR_INVALID,
                      _ ("multiple memory devices found, use --alias or --node to "
                         "select one"));
            return NULL;
        }
        found = device;
    }
    if (!found)
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("no memory device found"));
    return found;
}

static gboolean
set_requested (xmlNode *device, const char *text, GError **error)
{
    guint64 bytes;

    if (!vy_size_parse (text, 1024, &bytes, NULL))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Scaled numeric value '%s' for <%s> option is malformed or "
                            "out of range"),
                         text, "requested-size");
    if (!vy_xml_has (device, "target/requested"))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("virtio-mem device is missing <requested/>"));
    vy_xml_set_number (device, "target/requested", bytes / 1024 + (bytes % 1024 ? 1 : 0));
    return TRUE;
}

static gboolean
run_update (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = NULL;
    xmlNode *device;
    g_autofree char *xml = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !virsh_exclusive (cli_has (cli, "node"), "node", args->alias != NULL, "alias",
                          error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(doc = virsh_document_for (domain, flags, error)) ||
        !(device = find_device (cli, args, doc, error)) ||
        (args->requested && !set_requested (device, args->requested, error)))
        return FALSE;
    xml = vy_xml_to_text (device);
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    return virDomainUpdateDeviceFlags (domain, xml, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_AFFECT (Args, affect),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the device rather than change it"),
    VIRSH_STRING (Args, alias, "alias", "ALIAS", "which device, by its alias"),
    { "node", 0, CLI_UINT, CLI_POSITIONAL, offsetof (Args, node), N_ ("NODE"),
      N_ ("which device, by the guest's NUMA node it belongs to") },
    { "requested-size", 0, CLI_STRING, CLI_POSITIONAL | CLI_NUMERIC,
      offsetof (Args, requested), N_ ("SIZE"),
      N_ ("memory the guest shall use of it, in KiB or with its unit") },
    { 0 },
};

const CliCommand virsh_domain_memory_device_commands[] = {
    VIRSH_COMMAND ("update-memory-device", N_ ("change a memory device of a domain"),
                   options, run_update),
    { 0 },
};
