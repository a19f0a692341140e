/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks. */
#include "device-private.h"

#include <glib/gstdio.h>

/* Where a disk of each type has its source. */
static const struct {
    const char *type, *attribute;
} sources[] = { { "file", "source/@file" },
                { "block", "source/@dev" },
                { "dir", "source/@dir" } };

/* Takes the brackets off an IPv6 address. */
static char *
host_name (const char *text, gsize length)
{
    gboolean brackets = length > 1 && *text == '[' && text[length - 1] == ']';

    return g_strndup (text + brackets, length - 2 * (gsize) brackets);
}

static void
set_server (xmlNode *disk, const char *authority)
{
    const char *user = strrchr (authority, '@');
    const char *at = user ? user + 1 : authority;
    const char *behind = *at == '[' ? strchr (at, ']') : at;
    const char *port = behind ? strchr (behind, ':') : NULL;
    g_autofree char *name = host_name (at, port ? (gsize) (port - at) : strlen (at));

    vy_xml_set (disk, "source/host/@name", *name ? name : NULL);
    vy_xml_set (disk, "source/host/@port", port && port[1] ? port + 1 : NULL);
}

/* "nbd+unix:///run/socket", "rbd://host:6789/pool/image", "https://[::1]/path?query" */
static void
set_url (VySuboptTarget *target, const char *url)
{
    xmlNode *disk = target->node;
    const char *host = strstr (url, "://") + 3;
    const char *path = host + strcspn (host, "/?");
    const char *query = strchr (path, '?');
    g_autofree char *scheme = g_strndup (url, (gsize) (host - 3 - url));
    g_autofree char *authority = g_strndup (host, (gsize) (path - host));
    g_autofree char *name =
        query ? g_strndup (path, (gsize) (query - path)) : g_strdup (path);
    char *transport = strchr (scheme, '+');

    if (transport)
        *transport++ = '\0';
    if (target->extra)
        g_hash_table_replace (target->extra, g_strdup ("disk.url"), g_strdup (url));
    if (!target->editing && !vy_xml_has (disk, "@type"))
        vy_xml_set (disk, "@type", "network");
    vy_xml_set (disk, "source/@protocol", scheme);
    set_server (disk, authority);
    vy_xml_set (disk, "source/host/@transport", transport);
    if (transport)
        vy_xml_set (disk, "source/host/@socket", *name ? name : NULL);
    else
        vy_xml_set (disk, "source/@name", *name == '/' ? name + 1 : *name ? name : NULL);
    vy_xml_set (disk, "source/@query", query && query[1] ? query + 1 : NULL);
}

/* Other device files say nothing, and a disk that is changed takes a directory for a
 * file: it stays what it is. */
static const char *
type_of_path (const char *path, const char *before, gboolean editing)
{
    gboolean known = g_strcmp0 (before, "file") == 0 || g_strcmp0 (before, "block") == 0;
    GStatBuf info;

    if (g_stat (path, &info) != 0)
        return g_str_has_prefix (path, "/dev/") ? "block" : "file";
    if ((S_ISCHR (info.st_mode) || (S_ISDIR (info.st_mode) && editing)) && known)
        return before;
    if (S_ISDIR (info.st_mode))
        return "dir";
    return S_ISBLK (info.st_mode) ? "block" : "file";
}

static void
clear_source (xmlNode *disk)
{
    static const char *const places[] = { "source/@file",     "source/@dev",
                                          "source/@dir",      "source/@pool",
                                          "source/@volume",   "source/@name",
                                          "source/@protocol", "source/host" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        vy_xml_set (disk, places[i], NULL);
}

/* "file:///x" is a file as well. */
static char *
path_of_value (const char *value)
{
    if (value && g_str_has_prefix (value, "file:///"))
        return g_canonicalize_filename (value + strlen ("file://"), NULL);
    return value && !strstr (value, "://") ? g_canonicalize_filename (value, NULL) : NULL;
}

static gboolean
is_type_said (const VySuboptTarget *target)
{
    for (guint i = 0; target->pairs && i < target->pairs->len; i += 2)
        if (strcmp (target->pairs->pdata[i], "type") == 0)
            return TRUE;
    return FALSE;
}

static gboolean
set_path (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
          G_GNUC_UNUSED const char *path, const char *value, G_GNUC_UNUSED GError **error)
{
    g_autofree char *full = path_of_value (value);
    g_autofree char *before = vy_xml_get (target->node, "@type");
    gboolean said = before && (!target->editing || is_type_said (target));
    const char *type = said   ? before
                       : full ? type_of_path (full, before, target->editing)
                              : NULL;

    for (gsize i = 0; full && i < G_N_ELEMENTS (sources); i++)
        if (g_strcmp0 (before, sources[i].type) == 0 && strcmp (type, before) == 0 &&
            vy_xml_is (target->node, sources[i].attribute, full))
            return TRUE; /* it is there already */
    clear_source (target->node);
    if (full && target->extra)
        g_hash_table_replace (target->extra, g_strdup ("disk.path"), g_strdup (full));
    if (value && !full)
        set_url (target, value);
    if (full && (before || !target->editing))
        vy_xml_set (target->node, "@type", type);
    for (gsize i = 0; full && i < G_N_ELEMENTS (sources); i++)
        if (strcmp (type, sources[i].type) == 0)
            vy_xml_set (target->node, sources[i].attribute, full);
    return TRUE;
}

static gboolean
set_volume (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
            G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    const char *slash = value ? strchr (value, '/') : NULL;
    g_autofree char *pool = slash ? g_strndup (value, (gsize) (slash - value)) : NULL;

    if (!slash || slash == value || slash[1] == '\0')
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--disk vol: '%s' is not POOL/VOLUME"), value ? value : "");
    clear_source (target->node);
    vy_xml_set (target->node, "@type", "volume");
    vy_xml_set (target->node, "source/@pool", pool);
    vy_xml_set (target->node, "source/@volume", slash + 1);
    if (target->extra)
        g_hash_table_replace (target->extra, g_strdup ("disk.vol"), g_strdup (value));
    return TRUE;
}

/* What is there has its format already. */
static gboolean
set_format (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
            G_GNUC_UNUSED const char *path, const char *value,
            G_GNUC_UNUSED GError **error)
{
    if (target->extra && value)
        g_hash_table_replace (target->extra, g_strdup ("disk.format"), g_strdup (value));
    return TRUE;
}

/* A type that is said stays, whatever the storage is. */
static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    vy_xml_set (target->node, path, value);
    if (target->extra && value)
        g_hash_table_replace (target->extra, g_strdup ("disk.type"), g_strdup (value));
    return TRUE;
}

static gboolean
set_perms (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
           G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    if (g_strcmp0 (value, "ro") == 0)
        vy_xml_set (target->node, "readonly", "");
    else if (g_strcmp0 (value, "sh") == 0)
        vy_xml_set (target->node, "shareable", "");
    else if (g_strcmp0 (value, "rw") != 0)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--disk perms: '%s' is none of rw, ro, sh"),
                         value ? value : "");
    return TRUE;
}

/* What a disk is follows from where its source is. */
static gboolean
finish_disk (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    static const struct {
        const char *place, *type;
    } kinds[] = { { "source/@pool", "volume" },      { "source/@volume", "volume" },
                  { "source/@protocol", "network" }, { "source/@name", "network" },
                  { "source/@dev", "block" },        { "source/@dir", "dir" } };

    for (gsize i = 0; !target->editing && i < G_N_ELEMENTS (kinds); i++)
        if (!vy_xml_has (target->node, "@type") &&
            vy_xml_has (target->node, kinds[i].place))
            vy_xml_set (target->node, "@type", kinds[i].type);
    return TRUE;
}

static const VySubopt disk_rows[] = {
    { "boot.order", "boot/@order", VY_INT, .alias = "boot_order",
      .set = vy_set_boot_order },
    { "boot.loadparm", "boot/@loadparm", VY_STRING },
    { "backing_store", NULL, VY_STRING },
    { "backing_format", NULL, VY_STRING },
    { "pool", NULL, VY_STRING },
    { "vol", "source", VY_STRING, .set = set_volume },
    { "size", NULL, VY_STRING },
    { "format", NULL, VY_STRING, .set = set_format },
    { "sparse", NULL, VY_BOOL },
    { "type", "@type", VY_STRING, .set = set_type },
    { "source.dir", "source/@dir", VY_STRING },
    { "source.file", "source/@file", VY_STRING },
    { "source.dev", "source/@dev", VY_STRING },
    { "source.pool", "source/@pool", VY_STRING, .alias = "source_pool" },
    { "source.volume", "source/@volume", VY_STRING, .alias = "source_volume" },
    { "source.name", "source/@name", VY_STRING, .alias = "source_name" },
    { "source.protocol", "source/@protocol", VY_STRING, .alias = "source_protocol" },
    { "source.startupPolicy", "source/@startupPolicy", VY_STRING,
      .alias = "startup_policy" },
    { "source.type", "source/@type", VY_STRING },
    { "source.namespace", "source/@namespace", VY_INT },
    { "source.managed", "source/@managed", VY_YESNO },
    { "source.address.domain", "source/address/@domain", VY_INT },
    { "source.address.bus", "source/address/@bus", VY_INT },
    { "source.address.slot", "source/address/@slot", VY_INT },
    { "source.address.function", "source/address/@function", VY_INT },
    { "source.host%.name", "source/host%/@name", VY_STRING, .alias = "source_host_name" },
    { "source.host%.port", "source/host%/@port", VY_INT, .alias = "source_host_port" },
    { "source.host%.socket", "source/host%/@socket", VY_STRING,
      .alias = "source_host_socket" },
    { "source.host%.transport", "source/host%/@transport", VY_STRING,
      .alias = "source_host_transport" },
    { "source.seclabel%.model", "source/seclabel%/@model", VY_STRING,
      .alias = "seclabel%.model" },
    { "source.seclabel%.relabel", "source/seclabel%/@relabel", VY_YESNO,
      .alias = "seclabel%.relabel" },
    { "source.seclabel%.label", "source/seclabel%/label", VY_STRING,
      .alias = "seclabel%.label", .flags = VY_COMMAS },
    { "path", "source", VY_STRING, .set = set_path },
    { "target.dev", "target/@dev", VY_STRING, .alias = "target" },
    { "bus", "target/@bus", VY_STRING },
    { "cache", "driver/@cache", VY_STRING },
    { "device", "@device", VY_STRING },
    { "snapshot", "@snapshot", VY_STRING, .alias = "snapshot_policy" },
    { "sgio", "@sgio", VY_STRING },
    { "rawio", "@rawio", VY_STRING },
    { "serial", "serial", VY_STRING },
    { "wwn", "wwn", VY_STRING },
    { "readonly", "readonly", VY_PRESENCE },
    { "shareable", "shareable", VY_PRESENCE },
    { "transient", "transient", VY_PRESENCE },
    { "transient.shareBacking", "transient/@shareBacking", VY_YESNO },
    { "target.bus", "target/@bus", VY_STRING },
    { "target.removable", "target/@removable", VY_ONOFF, .alias = "removable" },
    { "target.rotation_rate", "target/@rotation_rate", VY_INT, .alias = "rotation_rate" },
    { "driver.cache", "driver/@cache", VY_STRING },
    { "driver.discard", "driver/@discard", VY_STRING, .alias = "discard" },
    { "driver.detect_zeroes", "driver/@detect_zeroes", VY_STRING,
      .alias = "detect_zeroes" },
    { "driver.name", "driver/@name", VY_STRING, .alias = "driver_name" },
    { "driver.type", "driver/@type", VY_STRING, .alias = "driver_type" },
    { "driver.copy_on_read", "driver/@copy_on_read", VY_ONOFF },
    { "driver.io", "driver/@io", VY_STRING, .alias = "io" },
    { "driver.iothread", "driver/@iothread", VY_INT },
    { "driver.queues", "driver/@queues", VY_INT },
    { "driver.error_policy", "driver/@error_policy", VY_STRING, .alias = "error_policy" },
    { "driver.discard_no_unref", "driver/@discard_no_unref", VY_ONOFF },
    { "driver.queue_size", "driver/@queue_size", VY_INT },
    { "driver.metadata_cache.max_size", "driver/metadata_cache/max_size", VY_INT },
    { "driver.metadata_cache.max_size.unit", "driver/metadata_cache/max_size/@unit",
      VY_STRING },
    { "iotune.read_bytes_sec", "iotune/read_bytes_sec", VY_INT,
      .alias = "read_bytes_sec" },
    { "iotune.write_bytes_sec", "iotune/write_bytes_sec", VY_INT,
      .alias = "write_bytes_sec" },
    { "iotune.total_bytes_sec", "iotune/total_bytes_sec", VY_INT,
      .alias = "total_bytes_sec" },
    { "iotune.read_iops_sec", "iotune/read_iops_sec", VY_INT, .alias = "read_iops_sec" },
    { "iotune.write_iops_sec", "iotune/write_iops_sec", VY_INT,
      .alias = "write_iops_sec" },
    { "iotune.total_iops_sec", "iotune/total_iops_sec", VY_INT,
      .alias = "total_iops_sec" },
    { "blockio.logical_block_size", "blockio/@logical_block_size", VY_STRING,
      .alias = "logical_block_size" },
    { "blockio.physical_block_size", "blockio/@physical_block_size", VY_STRING,
      .alias = "physical_block_size" },
    { "blockio.discard_granularity", "blockio/@discard_granularity", VY_STRING },
    { "geometry.cyls", "geometry/@cyls", VY_INT },
    { "geometry.heads", "geometry/@heads", VY_INT },
    { "geometry.secs", "geometry/@secs", VY_INT },
    { "geometry.trans", "geometry/@trans", VY_STRING },
    { "source.reservations.managed", "source/reservations/@managed", VY_STRING,
      .alias = "reservations.managed" },
    { "source.reservations.source.type", "source/reservations/source/@type", VY_STRING,
      .alias = "reservations.source.type" },
    { "source.reservations.source.path", "source/reservations/source/@path", VY_STRING,
      .alias = "reservations.source.path" },
    { "source.reservations.source.mode", "source/reservations/source/@mode", VY_STRING,
      .alias = "reservations.source.mode" },
    { "perms", NULL, VY_STRING, .set = set_perms },
    { 0 },
};

static const VyPlace disk_places[] = {
    { ".", "0.0.3" },
    { "@type", NULL, "file block dir network volume nvme vhostuser vhostvdpa@9.8.0" },
    { "@device", "0.1.4", "disk cdrom floppy lun" },
    { "@snapshot", "0.9.5", "internal external manual no" },
    { "@sgio", "1.0.2", "filtered unfiltered" },
    { "@rawio", "0.9.10", "yes no" },
    { "source/@dir", "0.7.5" },
    { "source/@protocol", "0.8.7",
      "nbd gluster rbd iscsi http https ftp ftps tftp sheepdog vxhs nfs ssh@9.8.0" },
    { "source/@name", "0.8.7" },
    { "source/host%", "0.8.7" },
    { "source/host%/@transport", "1.0.2", "tcp unix rdma" },
    { "source/@pool", "1.0.5" },
    { "source/@volume", "1.0.5" },
    { "source/@startupPolicy", "0.9.7", "mandatory requisite optional" },
    { "source/@type", "6.0.0", "pci unix" },
    { "source/@namespace", "6.0.0" },
    { "source/@managed", "6.0.0" },
    { "source/address", "6.0.0" },
    { "source/seclabel%", "0.9.9" },
    { "source/reservations", "4.4.0" },
    { "source/reservations/@managed", NULL, "yes no" },
    { "source/reservations/source/@type", NULL, "unix" },
    { "source/reservations/source/@mode", NULL, "client server" },
    { "target/@bus", "0.4.3", "virtio sata scsi usb ide fdc sd xen uml nvme@11.5.0" },
    { "target/@removable", "1.1.3" },
    { "target/@rotation_rate", "7.3.0" },
    { "transient", "0.9.5" },
    { "transient/@shareBacking", "7.4.0" },
    { "serial", "0.7.1" },
    { "wwn", "0.10.1" },
    { "driver", "0.1.8" },
    { "driver/@type", NULL,
      "raw qcow2 qcow qed vmdk vdi vpc luks ploop aio bochs cloop cow dir dmg fat iso "
      "vhd" },
    { "driver/@cache", "0.6.0", "default none writethrough writeback directsync unsafe" },
    { "driver/@error_policy", "0.8.0", "stop report ignore enospace" },
    { "driver/@io", "0.8.8", "native threads io_uring" },
    { "driver/@copy_on_read", "0.9.10" },
    { "driver/@discard", "1.0.6", "unmap ignore" },
    { "driver/@detect_zeroes", "2.0.0", "off on unmap" },
    { "driver/@iothread", "1.2.8" },
    { "driver/@queues", "3.9.0" },
    { "driver/@queue_size", "7.8.0" },
    { "driver/@discard_no_unref", "9.5.0" },
    { "driver/metadata_cache", "7.0.0" },
    { "driver/metadata_cache/max_size/@unit", NULL, "bytes KiB MiB GiB" },
    { "iotune", "0.9.8" },
    { "blockio", "0.10.2" },
    { "geometry/@trans", NULL, "auto none lba" },
    { "format", NULL, "raw qcow2" },
    { "sparse", NULL, "yes no" },
    { "perms", NULL, "rw ro sh" },
    { 0 },
};

static const VySubopt *const disk_tables[] = { disk_rows, vy_rows_virtio, vy_rows_address,
                                               NULL };

const VyDevice vy_device_disk = {
    .option = "disk",
    .help = N_ ("storage: a disk, CD-ROM or floppy"),
    .element = "devices/disk",
    .positional = "path",
    .rows = disk_tables,
    .places = disk_places,
    .finish = finish_disk,
};
