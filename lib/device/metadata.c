/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Name, events, resources, SMBIOS, QEMU arguments. */
#include "device-private.h"

static gboolean
set_os_name (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
             G_GNUC_UNUSED const char *path, const char *value,
             G_GNUC_UNUSED GError **error)
{
    if (target->extra && value)
        g_hash_table_replace (target->extra, g_strdup ("metadata.os_name"),
                              g_strdup (value));
    return TRUE;
}

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    if (g_strcmp0 (value, "host") == 0 || g_strcmp0 (value, "emulate") == 0) {
        vy_xml_set (target->domain, "os/smbios/@mode", value);
        return TRUE;
    }
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static gboolean
set_args (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    g_auto (GStrv) words = NULL;

    if (!value)
        return TRUE;
    if (!g_shell_parse_argv (value, NULL, &words, NULL))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--qemu-commandline: '%s' is no list of words"), value);
    for (char **word = words; *word; word++)
        vy_xml_set (
            vy_xml_add (vy_xml_ensure (target->domain, "qemu:commandline"), "qemu:arg"),
            "@value", *word);
    return TRUE;
}

static gboolean
set_env (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
         G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    const char *equals = value ? strchr (value, '=') : NULL;
    xmlNode *env;
    g_autofree char *name = NULL;

    if (!value)
        return TRUE;
    if (!equals)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--qemu-commandline: env is NAME=VALUE, not '%s'"), value);
    name = g_strndup (value, (gsize) (equals - value));
    env = vy_xml_add (vy_xml_ensure (target->domain, "qemu:commandline"), "qemu:env");
    vy_xml_set (env, "@name", name);
    vy_xml_set (env, "@value", equals + 1);
    return TRUE;
}

/* SMBIOS and the domain have to agree. */
static gboolean
set_uuid (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->node, path, value);
    if (value)
        vy_xml_set (target->domain, "uuid", value);
    return TRUE;
}

static const VySubopt metadata_rows[] = {
    { "name", "name", VY_STRING, .flags = VY_COMMAS },
    { "title", "title", VY_STRING, .flags = VY_COMMAS },
    { "uuid", "uuid", VY_STRING },
    { "genid", "genid", VY_STRING },
    { "genid_enable", "genid", VY_PRESENCE },
    { "description", "description", VY_STRING, .flags = VY_COMMAS },
    { "os_name", "metadata/libosinfo:libosinfo/libosinfo:os/@id", VY_STRING,
      .set = set_os_name },
    { "os_full_id", "metadata/libosinfo:libosinfo/libosinfo:os/@id", VY_STRING },
    { 0 },
};

static const VyPlace metadata_places[] = {
    { "title", "0.9.10" },
    { "description", "0.7.2" },
    { "genid", "4.4.0" },
    { "metadata", "0.9.10" },
    { 0 },
};

static const VySubopt *const metadata_tables[] = { metadata_rows, NULL };

const VyDevice vy_device_metadata = {
    .option = "metadata",
    .help = N_ ("name, title, UUID, …"),
    .element = "",
    .clear = "metadata",
    .rows = metadata_tables,
    .places = metadata_places,
};

static const VySubopt events_rows[] = {
    { "on_poweroff", "on_poweroff", VY_STRING },
    { "on_reboot", "on_reboot", VY_STRING },
    { "on_crash", "on_crash", VY_STRING },
    { "on_lockfailure", "on_lockfailure", VY_STRING },
    { 0 },
};

static const VyPlace events_places[] = {
    { "on_poweroff", NULL, "destroy restart preserve rename-restart" },
    { "on_reboot", NULL, "destroy restart preserve rename-restart" },
    { "on_crash", NULL,
      "destroy restart preserve rename-restart coredump-destroy coredump-restart" },
    { "on_lockfailure", "1.0.0", "poweroff restart pause ignore" },
    { 0 },
};

static const VySubopt *const events_tables[] = { events_rows, NULL };

const VyDevice vy_device_events = {
    .option = "events",
    .help = N_ ("what follows power off, reboot, crash"),
    .element = "",
    .rows = events_tables,
    .places = events_places,
};

static const VySubopt resource_rows[] = {
    { "partition", "resource/partition", VY_STRING },
    { "fibrechannel.appid", "resource/fibrechannel/@appid", VY_STRING,
      .flags = VY_COMMAS },
    { 0 },
};

static const VyPlace resource_places[] = {
    { "resource", "1.0.5" },
    { "resource/fibrechannel", "7.7.0" },
    { 0 },
};

static const VySubopt *const resource_tables[] = { resource_rows, NULL };

const VyDevice vy_device_resource = {
    .option = "resource",
    .help = N_ ("resource partition"),
    .element = "",
    .clear = "resource",
    .positional = "partition",
    .rows = resource_tables,
    .places = resource_places,
};

static gboolean
finish_sysinfo (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    if (!target->editing && target->node->children && !vy_xml_has (target->node, "@type"))
        vy_xml_set (target->node, "@type", "smbios");
    return TRUE;
}

static const VySubopt sysinfo_rows[] = {
    { "type", "@type", VY_STRING, .flags = VY_COMMAS, .set = set_type },
    { "bios.vendor", "bios/entry[@name=\'vendor\']", VY_STRING, .alias = "bios_vendor" },
    { "bios.version", "bios/entry[@name=\'version\']", VY_STRING,
      .alias = "bios_version" },
    { "bios.date", "bios/entry[@name=\'date\']", VY_STRING, .alias = "bios_date" },
    { "bios.release", "bios/entry[@name=\'release\']", VY_STRING,
      .alias = "bios_release" },
    { "system.manufacturer", "system/entry[@name=\'manufacturer\']", VY_STRING,
      .alias = "system_manufacturer" },
    { "system.product", "system/entry[@name=\'product\']", VY_STRING,
      .alias = "system_product" },
    { "system.version", "system/entry[@name=\'version\']", VY_STRING,
      .alias = "system_version" },
    { "system.serial", "system/entry[@name=\'serial\']", VY_STRING,
      .alias = "system_serial" },
    { "system.uuid", "system/entry[@name=\'uuid\']", VY_STRING, .set = set_uuid,
      .alias = "system_uuid" },
    { "system.sku", "system/entry[@name=\'sku\']", VY_STRING, .alias = "system_sku" },
    { "system.family", "system/entry[@name=\'family\']", VY_STRING,
      .alias = "system_family" },
    { "baseBoard.manufacturer", "baseBoard/entry[@name=\'manufacturer\']", VY_STRING,
      .alias = "baseBoard_manufacturer" },
    { "baseBoard.product", "baseBoard/entry[@name=\'product\']", VY_STRING,
      .alias = "baseBoard_product" },
    { "baseBoard.version", "baseBoard/entry[@name=\'version\']", VY_STRING,
      .alias = "baseBoard_version" },
    { "baseBoard.serial", "baseBoard/entry[@name=\'serial\']", VY_STRING,
      .alias = "baseBoard_serial" },
    { "baseBoard.asset", "baseBoard/entry[@name=\'asset\']", VY_STRING,
      .alias = "baseBoard_asset" },
    { "baseBoard.location", "baseBoard/entry[@name=\'location\']", VY_STRING,
      .alias = "baseBoard_location" },
    { "chassis.manufacturer", "chassis/entry[@name=\'manufacturer\']", VY_STRING },
    { "chassis.version", "chassis/entry[@name=\'version\']", VY_STRING },
    { "chassis.serial", "chassis/entry[@name=\'serial\']", VY_STRING },
    { "chassis.asset", "chassis/entry[@name=\'asset\']", VY_STRING },
    { "chassis.sku", "chassis/entry[@name=\'sku\']", VY_STRING },
    { "oemStrings.entry%", "oemStrings/entry%", VY_STRING, .flags = VY_COMMAS },
    { "entry%", "entry%", VY_STRING, .flags = VY_COMMAS },
    { "entry%.name", "entry%/@name", VY_STRING, .flags = VY_COMMAS },
    { "entry%.file", "entry%/@file", VY_STRING, .flags = VY_COMMAS },
    { 0 },
};

static const VyPlace sysinfo_places[] = {
    { ".", "0.8.7" },       { "@type", NULL, "smbios fwcfg" },
    { "chassis", "4.1.0" }, { "oemStrings", "4.1.0" },
    { "entry%", "6.5.0" },  { 0 },
};

static const VySubopt *const sysinfo_tables[] = { sysinfo_rows, NULL };

const VyDevice vy_device_sysinfo = {
    .option = "sysinfo",
    .help = N_ ("SMBIOS data"),
    .element = "sysinfo",
    .positional = "type",
    .rows = sysinfo_tables,
    .finish = finish_sysinfo,
    .places = sysinfo_places,
    .unique = TRUE,
};

static const VySubopt qemu_commandline_rows[] = {
    { "args", "qemu:commandline/qemu:arg/@value", VY_STRING, .flags = VY_COMMAS,
      .set = set_args },
    { "env", NULL, VY_STRING, .flags = VY_COMMAS, .set = set_env },
    { 0 },
};

static const VySubopt *const qemu_commandline_tables[] = { qemu_commandline_rows, NULL };

const VyDevice vy_device_qemu_commandline = {
    .option = "qemu-commandline",
    .help = N_ ("arguments for QEMU itself"),
    .element = "",
    .clear = "qemu:commandline",
    .rows = qemu_commandline_tables,
};

static const VySubopt xml_rows[] = {
    { 0 },
};

static const VySubopt *const xml_tables[] = { xml_rows, NULL };

const VyDevice vy_device_xml = {
    .option = "xml",
    .help = N_ ("a place in the XML by XPath, and its value"),
    .element = "",
    .positional = "xpath.set",
    .rows = xml_tables,
};
