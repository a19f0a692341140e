/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual CPUs and I/O threads. */
#include "device-private.h"

static gboolean
set_maximum (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
             const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->domain, path, value);
    return TRUE;
}

static gboolean
set_count (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
           G_GNUC_UNUSED const char *path, const char *value,
           G_GNUC_UNUSED GError **error)
{
    if (vy_xml_has (target->domain, "vcpu") && !target->editing)
        vy_xml_set (target->domain, "vcpu/@current", value);
    else
        vy_xml_set (target->domain, "vcpu", value);
    return TRUE;
}

static gboolean
set_vcpu (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    gboolean has_maximum = FALSE;

    for (guint i = 0; target->pairs && i < target->pairs->len; i += 2)
        has_maximum |= strcmp (g_ptr_array_index (target->pairs, i), "maxvcpus") == 0;
    vy_xml_set (target->domain, has_maximum ? "vcpu/@current" : path, value);
    return TRUE;
}

/* "cpuset=auto": libvirt asks numad where the guest runs best */
static gboolean
set_cpuset (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
            const char *value, G_GNUC_UNUSED GError **error)
{
    gboolean is_auto = g_strcmp0 (value, "auto") == 0;

    vy_xml_set (target->domain, is_auto ? "vcpu/@placement" : path, value);
    return TRUE;
}

static const VySubopt vcpus_rows[] = {
    { "maxvcpus", "vcpu", VY_INT, .set = set_maximum },
    { "cpuset", "vcpu/@cpuset", VY_STRING, .flags = VY_COMMAS, .set = set_cpuset },
    { "vcpus", NULL, VY_INT, .set = set_count },
    { "sockets", "cpu/topology/@sockets", VY_INT },
    { "dies", "cpu/topology/@dies", VY_INT },
    { "cores", "cpu/topology/@cores", VY_INT },
    { "threads", "cpu/topology/@threads", VY_INT },
    { "vcpu", "vcpu", VY_INT, .set = set_vcpu },
    { "vcpu.current", "vcpu/@current", VY_INT },
    { "vcpu.cpuset", "vcpu/@cpuset", VY_STRING, .flags = VY_COMMAS },
    { "vcpu.placement", "vcpu/@placement", VY_STRING, .alias = "placement" },
    { "vcpus.vcpu%.id", "vcpus/vcpu%/@id", VY_INT },
    { "vcpus.vcpu%.enabled", "vcpus/vcpu%/@enabled", VY_YESNO },
    { "vcpus.vcpu%.hotpluggable", "vcpus/vcpu%/@hotpluggable", VY_YESNO },
    { "vcpus.vcpu%.order", "vcpus/vcpu%/@order", VY_INT },
    { 0 },
};

static const VyPlace vcpus_places[] = {
    { "vcpu/@cpuset", "0.4.4" },
    { "vcpu/@current", "0.8.5" },
    { "vcpu/@placement", "0.9.11", "static auto" },
    { "vcpus", "2.2.0" },
    { "cpu/topology", "0.7.5" },
    { "cpu/topology/@dies", "6.1.0" },
    { 0 },
};

static const VySubopt *const vcpus_tables[] = { vcpus_rows, NULL };

const VyDevice vy_device_vcpus = {
    .option = "vcpus",
    .help = N_ ("number of virtual CPUs"),
    .element = "",
    .clear = "vcpu",
    .positional = "vcpu",
    .rows = vcpus_tables,
    .places = vcpus_places,
};

static const VySubopt iothreads_rows[] = {
    { "iothreads", "iothreads", VY_INT },
    { "iothreadids.iothread%.id", "iothreadids/iothread%/@id", VY_INT },
    { "iothreadids.iothread%.thread_pool_min", "iothreadids/iothread%/@thread_pool_min",
      VY_INT },
    { "iothreadids.iothread%.thread_pool_max", "iothreadids/iothread%/@thread_pool_max",
      VY_INT },
    { "defaultiothread.thread_pool_min", "defaultiothread/@thread_pool_min", VY_INT },
    { "defaultiothread.thread_pool_max", "defaultiothread/@thread_pool_max", VY_INT },
    { "iothreadids.iothread%.poll.max", "iothreadids/iothread%/poll/@max", VY_INT },
    { "iothreadids.iothread%.poll.grow", "iothreadids/iothread%/poll/@grow", VY_INT },
    { "iothreadids.iothread%.poll.shrink", "iothreadids/iothread%/poll/@shrink", VY_INT },
    { 0 },
};

static const VyPlace iothreads_places[] = {
    { "iothreads", "1.2.8" },
    { "iothreadids", "1.2.15" },
    { "iothreadids/iothread%/@thread_pool_min", "8.5.0" },
    { "iothreadids/iothread%/@thread_pool_max", "8.5.0" },
    { "iothreadids/iothread%/poll", "9.4.0" },
    { "defaultiothread", "8.5.0" },
    { 0 },
};

static const VySubopt *const iothreads_tables[] = { iothreads_rows, NULL };

const VyDevice vy_device_iothreads = {
    .option = "iothreads",
    .help = N_ ("I/O threads"),
    .element = "",
    .clear = "iothreads",
    .positional = "iothreads",
    .rows = iothreads_tables,
    .places = iothreads_places,
};
