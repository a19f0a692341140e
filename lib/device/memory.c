/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory, its backing and limits. */
#include "device-private.h"

/* Numbers on the command line are MiB, in the XML KiB. */
static gboolean
set_mib (xmlNode *node, const char *path, const char *key, const char *value,
         GError **error)
{
    guint64 mib;
    xmlNode *place;

    if (!value) {
        vy_xml_set (node, path, NULL);
        return TRUE;
    }
    if (!vy_number_parse (value, G_MAXUINT64 / 1024, &mib, error)) {
        g_prefix_error (error, "--memory %s: ", key);
        return FALSE;
    }
    vy_xml_set_number (node, path, mib * 1024);
    place = vy_xml_find (node, path);
    if (vy_xml_has (place, "@unit"))
        vy_xml_set (place, "@unit", "KiB");
    return TRUE;
}

/* Whether a domain that is there already may have as much without a new maximum. */
static gboolean
has_room (const VySuboptTarget *target, const char *value)
{
    g_autofree char *number = vy_xml_get (target->domain, "memory");
    g_autofree char *unit = vy_xml_get (target->domain, "memory/@unit");
    g_autofree char *text = g_strconcat (number ? number : "0", unit, NULL);
    guint64 mib, maximum;

    return target->editing && number && value &&
           vy_number_parse (value, G_MAXUINT64 / 1024, &mib, NULL) &&
           vy_size_parse (text, 1024, &maximum, NULL) && mib <= maximum / 1024 / 1024;
}

static gboolean
set_memory (VySuboptTarget *target, const VySubopt *row, G_GNUC_UNUSED const char *path,
            const char *value, GError **error)
{
    return (has_room (target, value) ||
            set_mib (target->domain, "memory", row->key, value, error)) &&
           set_mib (target->domain, "currentMemory", row->key, value, error);
}

static gboolean
set_kib (VySuboptTarget *target, const VySubopt *row, const char *path, const char *value,
         GError **error)
{
    return set_mib (target->domain, path, row->key, value, error);
}

static gboolean
set_maximum (VySuboptTarget *target, const VySubopt *row, const char *path,
             const char *value, GError **error)
{
    return set_mib (target->domain, path, row->key, value, error);
}

static const VySubopt memory_rows[] = {
    { "memory", NULL, VY_INT, .set = set_memory },
    { "currentMemory", "currentMemory", VY_STRING, .set = set_kib },
    { "maxMemory", "maxMemory", VY_INT, .alias = "hotplugmemorymax", .set = set_kib },
    { "maxMemory.slots", "maxMemory/@slots", VY_INT, .alias = "hotplugmemoryslots" },
    { "maxmemory", "memory", VY_STRING, .set = set_maximum },
    { "hugepages", "memoryBacking/hugepages", VY_PRESENCE },
    { 0 },
};

static const VyPlace memory_places[] = {
    { "maxMemory", "1.2.14" },
    { "memoryBacking/hugepages", "0.8.2" },
    { 0 },
};

static const VySubopt *const memory_tables[] = { memory_rows, NULL };

const VyDevice vy_device_memory = {
    .option = "memory",
    .help = N_ ("memory, in MiB"),
    .element = "",
    .clear = "memory",
    .positional = "memory",
    .rows = memory_tables,
    .places = memory_places,
};

static const VySubopt memorybacking_rows[] = {
    { "hugepages", "memoryBacking/hugepages", VY_PRESENCE },
    { "hugepages.page%.size", "memoryBacking/hugepages/page%/@size", VY_STRING,
      .alias = "size" },
    { "hugepages.page%.unit", "memoryBacking/hugepages/page%/@unit", VY_STRING,
      .alias = "unit" },
    { "hugepages.page%.nodeset", "memoryBacking/hugepages/page%/@nodeset", VY_STRING,
      .alias = "nodeset", .flags = VY_COMMAS },
    { "nosharepages", "memoryBacking/nosharepages", VY_PRESENCE },
    { "locked", "memoryBacking/locked", VY_PRESENCE },
    { "access.mode", "memoryBacking/access/@mode", VY_STRING, .alias = "access_mode" },
    { "source.type", "memoryBacking/source/@type", VY_STRING, .alias = "source_type" },
    { "discard", "memoryBacking/discard", VY_PRESENCE },
    { "allocation.mode", "memoryBacking/allocation/@mode", VY_STRING },
    { "allocation.threads", "memoryBacking/allocation/@threads", VY_INT },
    { 0 },
};

static const VyPlace memorybacking_places[] = {
    { "memoryBacking/hugepages", "0.8.2" },
    { "memoryBacking/hugepages/page%", "1.2.5" },
    { "memoryBacking/nosharepages", "1.0.6" },
    { "memoryBacking/locked", "1.0.6" },
    { "memoryBacking/source", "4.10.0" },
    { "memoryBacking/source/@type", NULL, "memfd anonymous file" },
    { "memoryBacking/access", "4.10.0" },
    { "memoryBacking/access/@mode", NULL, "shared private" },
    { "memoryBacking/allocation", "4.10.0" },
    { "memoryBacking/allocation/@mode", NULL, "immediate ondemand" },
    { "memoryBacking/allocation/@threads", "8.2.0" },
    { "memoryBacking/discard", "4.4.0" },
    { 0 },
};

static const VySubopt *const memorybacking_tables[] = { memorybacking_rows, NULL };

const VyDevice vy_device_memorybacking = {
    .option = "memorybacking",
    .help = N_ ("how guest memory is backed"),
    .element = "",
    .clear = "memoryBacking",
    .rows = memorybacking_tables,
    .places = memorybacking_places,
};

static const VySubopt memtune_rows[] = {
    { "hard_limit", "memtune/hard_limit", VY_INT },
    { "soft_limit", "memtune/soft_limit", VY_INT },
    { "swap_hard_limit", "memtune/swap_hard_limit", VY_INT },
    { "min_guarantee", "memtune/min_guarantee", VY_INT },
    { 0 },
};

static const VyPlace memtune_places[] = {
    { "memtune", "0.8.5" },
    { 0 },
};

static const VySubopt *const memtune_tables[] = { memtune_rows, NULL };

const VyDevice vy_device_memtune = {
    .option = "memtune",
    .help = N_ ("limits of memory"),
    .element = "",
    .clear = "memtune",
    .positional = "soft_limit",
    .rows = memtune_tables,
    .places = memtune_places,
};
