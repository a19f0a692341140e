/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU model, features, topology, NUMA. */
#include "device-private.h"

#include <string.h>

#include "vy-cpu-security-private.h"
#include "vy-units.h"

/* Names of the model that stand for a mode. */
static const struct {
    const char *name, *mode;
} modes[] = {
    { "host", "host-model" },
    { "host-model", "host-model" },
    { "host-passthrough", "host-passthrough" },
    { "maximum", "maximum" },
};

/* Names of the model that stand for that of the host's processor; and for none: libvirt
 * decides, or what a guest has that says nothing. */
static const char *const copies[] = { "host-copy", "host-model-only", NULL };
static const char *const nothings[] = { "none", "hv-default", "default", NULL };

/* "secure=off" leaves the features against known holes out. */
static gboolean
is_secure (const VySuboptTarget *target)
{
    gboolean secure = TRUE;

    for (guint i = 0; target->pairs && i < target->pairs->len; i += 2)
        if (strcmp (g_ptr_array_index (target->pairs, i), "secure") == 0 &&
            g_ptr_array_index (target->pairs, i + 1) &&
            !vy_boolean_parse (g_ptr_array_index (target->pairs, i + 1), &secure, NULL))
            return TRUE;
    return secure;
}

static const char *
mode_of (const char *value)
{
    for (gsize i = 0; value && i < G_N_ELEMENTS (modes); i++)
        if (strcmp (modes[i].name, value) == 0)
            return modes[i].mode;
    return NULL;
}

static void
set_custom (VySuboptTarget *target, const char *model)
{
    vy_xml_set (target->domain, "cpu/model", model);
    if (!model)
        return;
    vy_xml_set (target->domain, "cpu/@mode", "custom");
    if (!vy_xml_has (target->domain, "cpu/@match"))
        vy_xml_set (target->domain, "cpu/@match", "exact");
    if (target->host && is_secure (target))
        vy_cpu_add_security (target->host, target->domain);
}

static gboolean
set_model (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
           G_GNUC_UNUSED const char *path, const char *value,
           G_GNUC_UNUSED GError **error)
{
    const char *mode = mode_of (value);
    gboolean is_nothing = value && g_strv_contains (nothings, value);
    gboolean is_copy = value && target->host && g_strv_contains (copies, value);
    g_autofree char *model =
        is_copy ? vy_xml_get (vy_host_get_capabilities (target->host), "host/cpu/model")
                : g_strdup (value);

    if (mode || (is_copy && model))
        vy_cpu_forget_model (target->domain);
    if (is_nothing && strcmp (value, "default"))
        vy_xml_remove (vy_xml_find (target->domain, "cpu"));
    if (is_nothing && target->extra)
        g_hash_table_replace (target->extra, g_strdup ("cpu.special"), g_strdup (value));
    if (mode)
        vy_xml_set (target->domain, "cpu/@mode", mode);
    else if (!is_nothing && (!is_copy || model))
        set_custom (target, model);
    return TRUE;
}

static gboolean
set_feature (VySuboptTarget *target, const VySubopt *row, G_GNUC_UNUSED const char *path,
             const char *value, G_GNUC_UNUSED GError **error)
{
    xmlNode *cpu = vy_xml_ensure (target->domain, "cpu");
    g_autoptr (GPtrArray) all = vy_xml_find_all (cpu, "feature");
    xmlNode *feature = NULL;

    if (!value)
        return TRUE;
    for (guint i = 0; i < all->len && !feature; i++)
        if (vy_xml_is (g_ptr_array_index (all, i), "@name", value))
            feature = g_ptr_array_index (all, i);
    if (!feature)
        feature = vy_xml_add (cpu, "feature");
    vy_xml_set (feature, "@policy", row->key);
    vy_xml_set (feature, "@name", value);
    return TRUE;
}

static const VySubopt cpu_rows[] = {
    { "secure", NULL, VY_BOOL },
    { "model", "cpu/model", VY_STRING, .set = set_model },
    { "model.fallback", "cpu/model/@fallback", VY_STRING },
    { "model.vendor_id", "cpu/model/@vendor_id", VY_STRING },
    { "vendor", "cpu/vendor", VY_STRING },
    { "mode", "cpu/@mode", VY_STRING },
    { "match", "cpu/@match", VY_STRING },
    { "check", "cpu/@check", VY_STRING },
    { "migratable", "cpu/@migratable", VY_ONOFF },
    { "topology.sockets", "cpu/topology/@sockets", VY_INT },
    { "topology.dies", "cpu/topology/@dies", VY_INT },
    { "topology.cores", "cpu/topology/@cores", VY_INT },
    { "topology.threads", "cpu/topology/@threads", VY_INT },
    { "cache.level", "cpu/cache/@level", VY_INT },
    { "cache.mode", "cpu/cache/@mode", VY_STRING },
    { "maxphysaddr.mode", "cpu/maxphysaddr/@mode", VY_STRING },
    { "maxphysaddr.bits", "cpu/maxphysaddr/@bits", VY_INT },
    { "force", NULL, VY_STRING, .set = set_feature },
    { "require", NULL, VY_STRING, .set = set_feature },
    { "optional", NULL, VY_STRING, .set = set_feature },
    { "disable", NULL, VY_STRING, .set = set_feature },
    { "forbid", NULL, VY_STRING, .set = set_feature },
    { "numa.cell%.id", "cpu/numa/cell%/@id", VY_INT, .alias = "cell%.id" },
    { "numa.cell%.cpus", "cpu/numa/cell%/@cpus", VY_STRING, .alias = "cell%.cpus",
      .flags = VY_COMMAS },
    { "numa.cell%.memory", "cpu/numa/cell%/@memory", VY_INT, .alias = "cell%.memory" },
    { "numa.cell%.unit", "cpu/numa/cell%/@unit", VY_STRING },
    { "numa.cell%.memAccess", "cpu/numa/cell%/@memAccess", VY_STRING },
    { "numa.cell%.discard", "cpu/numa/cell%/@discard", VY_YESNO },
    { "numa.cell%.distances.sibling%.id", "cpu/numa/cell%/distances/sibling%/@id", VY_INT,
      .alias = "cell%.distances.sibling%.id" },
    { "numa.cell%.distances.sibling%.value", "cpu/numa/cell%/distances/sibling%/@value",
      VY_INT, .alias = "cell%.distances.sibling%.value" },
    { "numa.cell%.cache%.level", "cpu/numa/cell%/cache%/@level", VY_INT },
    { "numa.cell%.cache%.associativity", "cpu/numa/cell%/cache%/@associativity",
      VY_STRING },
    { "numa.cell%.cache%.policy", "cpu/numa/cell%/cache%/@policy", VY_STRING },
    { "numa.cell%.cache%.size.value", "cpu/numa/cell%/cache%/size/@value", VY_INT },
    { "numa.cell%.cache%.size.unit", "cpu/numa/cell%/cache%/size/@unit", VY_STRING },
    { "numa.cell%.cache%.line.value", "cpu/numa/cell%/cache%/line/@value", VY_INT },
    { "numa.cell%.cache%.line.unit", "cpu/numa/cell%/cache%/line/@unit", VY_STRING },
    { "numa.interconnects.latency%.initiator",
      "cpu/numa/interconnects/latency%/@initiator", VY_INT },
    { "numa.interconnects.latency%.target", "cpu/numa/interconnects/latency%/@target",
      VY_INT },
    { "numa.interconnects.latency%.cache", "cpu/numa/interconnects/latency%/@cache",
      VY_INT },
    { "numa.interconnects.latency%.type", "cpu/numa/interconnects/latency%/@type",
      VY_STRING },
    { "numa.interconnects.latency%.value", "cpu/numa/interconnects/latency%/@value",
      VY_INT },
    { "numa.interconnects.latency%.unit", "cpu/numa/interconnects/latency%/@unit",
      VY_STRING },
    { "numa.interconnects.bandwidth%.initiator",
      "cpu/numa/interconnects/bandwidth%/@initiator", VY_INT },
    { "numa.interconnects.bandwidth%.target", "cpu/numa/interconnects/bandwidth%/@target",
      VY_INT },
    { "numa.interconnects.bandwidth%.type", "cpu/numa/interconnects/bandwidth%/@type",
      VY_STRING },
    { "numa.interconnects.bandwidth%.cache", "cpu/numa/interconnects/bandwidth%/@cache",
      VY_INT },
    { "numa.interconnects.bandwidth%.value", "cpu/numa/interconnects/bandwidth%/@value",
      VY_INT },
    { "numa.interconnects.bandwidth%.unit", "cpu/numa/interconnects/bandwidth%/@unit",
      VY_STRING },
    { 0 },
};

static const VyPlace cpu_places[] = {
    { "cpu", "0.7.5" },
    { "cpu/model", NULL, "host-passthrough host-model maximum" },
    { "cpu/@mode", "0.9.10", "custom host-model host-passthrough maximum" },
    { "cpu/@match", NULL, "exact minimum strict" },
    { "cpu/@check", "3.2.0", "none partial full" },
    { "cpu/@migratable", "6.5.0" },
    { "cpu/model/@fallback", "0.9.10", "allow forbid" },
    { "cpu/model/@vendor_id", "0.10.0" },
    { "cpu/vendor", "0.8.3" },
    { "cpu/topology/@dies", "6.1.0" },
    { "cpu/cache", "3.3.0" },
    { "cpu/cache/@mode", NULL, "emulate passthrough disable" },
    { "cpu/maxphysaddr", "8.7.0" },
    { "cpu/maxphysaddr/@mode", NULL, "passthrough emulate" },
    { "cpu/numa", "0.9.8" },
    { "cpu/numa/cell%/@id", "1.2.7" },
    { "cpu/numa/cell%/@unit", "1.2.11" },
    { "cpu/numa/cell%/@memAccess", "1.2.7", "shared private" },
    { "cpu/numa/cell%/@discard", "4.4.0" },
    { "cpu/numa/cell%/distances", "3.10.0" },
    { "cpu/numa/cell%/cache%", "6.6.0" },
    { "cpu/numa/cell%/cache%/@associativity", NULL, "none direct full" },
    { "cpu/numa/cell%/cache%/@policy", NULL, "none writeback writethrough" },
    { "cpu/numa/interconnects", "6.6.0" },
    { "cpu/numa/interconnects/latency%/@type", NULL, "access read write" },
    { "cpu/numa/interconnects/bandwidth%/@type", NULL, "access read write" },
    { 0 },
};

static const VySubopt *const cpu_tables[] = { cpu_rows, NULL };

const VyDevice vy_device_cpu = {
    .option = "cpu",
    .help = N_ ("CPU model and features"),
    .element = "",
    .clear = "cpu",
    .positional = "model",
    .signs = "+force -disable",
    .rows = cpu_tables,
    .places = cpu_places,
};
