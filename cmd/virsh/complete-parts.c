/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion: what belongs to the domain, pool or network that the line names. */
#include "complete.h"

#define RELEASE(function) ((int (*) (gpointer)) (function))

static char *
snapshot_name (gpointer object)
{
    return g_strdup (virDomainSnapshotGetName (object));
}

static char *
checkpoint_name (gpointer object)
{
    return g_strdup (virDomainCheckpointGetName (object));
}

static char *
volume_name (gpointer object)
{
    return g_strdup (virStorageVolGetName (object));
}

static char *
volume_key (gpointer object)
{
    return g_strdup (virStorageVolGetKey (object));
}

static char *
port_uuid (gpointer object)
{
    char uuid[VIR_UUID_STRING_BUFLEN];

    return virNetworkPortGetUUIDString (object, uuid) < 0 ? NULL : g_strdup (uuid);
}

static char *
lease_mac (gpointer object)
{
    virNetworkDHCPLeasePtr lease = object;

    return g_strdup (lease->mac);
}

static int
lease_free (gpointer object)
{
    virNetworkDHCPLeaseFree (object);
    return 0;
}

static const CliKind snapshots = { NULL, snapshot_name, RELEASE (virDomainSnapshotFree) };
static const CliKind checkpoints = { NULL, checkpoint_name,
                                     RELEASE (virDomainCheckpointFree) };
static const CliKind volumes = { NULL, volume_name, RELEASE (virStorageVolFree) };
static const CliKind volume_keys = { NULL, volume_key, RELEASE (virStorageVolFree) };
static const CliKind ports = { NULL, port_uuid, RELEASE (virNetworkPortFree) };
static const CliKind leases = { NULL, lease_mac, lease_free };

static virDomainPtr
typed_domain (Cli *cli)
{
    const char *name = cli_typed (cli, "domain");

    return name ? virsh_domain (cli, name, NULL) : NULL;
}

static virNetworkPtr
typed_network (Cli *cli)
{
    const char *name = cli_typed (cli, "network");

    return name ? virsh_network (cli, name, NULL) : NULL;
}

static GStrv
take (const CliKind *kind, gpointer objects, int n, const char *typed)
{
    if (n < 0 && virGetLastErrorCode () != VIR_ERR_OK)
        virsh_keep_failure ();
    return n < 0 ? NULL : cli_names_take (kind, objects, n, typed);
}

GStrv
virsh_complete_snapshot (Cli *cli, const char *typed)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    virDomainSnapshotPtr *list = NULL;
    int n = domain ? virDomainListAllSnapshots (domain, &list, 0) : -1;

    return take (&snapshots, list, n, typed);
}

GStrv
virsh_complete_checkpoint (Cli *cli, const char *typed)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    virDomainCheckpointPtr *list = NULL;
    int n = domain ? virDomainListAllCheckpoints (domain, &list, 0) : -1;

    return take (&checkpoints, list, n, typed);
}

GStrv
virsh_complete_volume (Cli *cli, const char *typed)
{
    const char *input = cli_typed (cli, "inputpool");
    const char *name = input ? input : cli_typed (cli, "pool");
    g_autoptr (virStoragePool) pool = name ? virsh_pool (cli, name, NULL) : NULL;
    virStorageVolPtr *list = NULL;
    int n = pool ? virStoragePoolListAllVolumes (pool, &list, 0) : -1;

    return take (&volumes, list, n, typed);
}

/* Keys are unique on the host: those of every pool that runs. */
GStrv
virsh_complete_volume_key (Cli *cli, const char *typed)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
    virStoragePoolPtr *pools = NULL;
    int n = conn ? virConnectListAllStoragePools (conn, &pools,
                                                  VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
                 : -1;

    for (int i = 0; i < n; i++) {
        virStorageVolPtr *list = NULL;
        int n_volumes = virStoragePoolListAllVolumes (pools[i], &list, 0);
        g_auto (GStrv) keys = take (&volume_keys, list, n_volumes, typed);

        for (char **key = keys; key && *key; key++)
            g_strv_builder_add (all, *key);
        virStoragePoolFree (pools[i]);
    }
    free (pools);
    return g_strv_builder_end (all);
}

GStrv
virsh_complete_port (Cli *cli, const char *typed)
{
    g_autoptr (virNetwork) network = typed_network (cli);
    virNetworkPortPtr *list = NULL;
    int n = network ? virNetworkListAllPorts (network, &list, 0) : -1;

    return take (&ports, list, n, typed);
}

GStrv
virsh_complete_lease_mac (Cli *cli, const char *typed)
{
    g_autoptr (virNetwork) network = typed_network (cli);
    virNetworkDHCPLeasePtr *list = NULL;
    int n = network ? virNetworkGetDHCPLeases (network, NULL, &list, 0) : -1;

    return take (&leases, list, n, typed);
}

/* ---- in a domain's XML
 * --------------------------------------------------------------------------- */

/* The domain as it is now. */
static xmlDoc *
typed_document (Cli *cli)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    VIRSH_TEXT xml = domain ? virDomainGetXMLDesc (domain, 0) : NULL;

    return xml ? vy_xml_parse (xml, "", NULL) : NULL;
}

/* Values at the first of @places that an element has, for each element at @path. */
static GStrv
values_of (Cli *cli, const char *path, const char *const *places, const char *typed)
{
    g_autoptr (xmlDoc) doc = typed_document (cli);
    g_autoptr (GPtrArray) nodes = NULL;
    g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

    if (!doc)
        return NULL;
    nodes = vy_xml_find_all (xmlDocGetRootElement (doc), path);
    for (guint i = 0; nodes && i < nodes->len; i++) {
        g_autofree char *value = NULL;

        for (gsize k = 0; places[k] && !value; k++)
            value = vy_xml_get (nodes->pdata[i], places[k]);
        if (value && g_str_has_prefix (value, typed))
            g_strv_builder_add (values, value);
    }
    return g_strv_builder_end (values);
}

GStrv
virsh_complete_disk (Cli *cli, const char *typed)
{
    static const char *const places[] = { "target/@dev", NULL };

    return values_of (cli, "devices/disk", places, typed);
}

/* A domain that is not running has no names for them yet. */
GStrv
virsh_complete_nic (Cli *cli, const char *typed)
{
    static const char *const places[] = { "target/@dev", "mac/@address", NULL };

    return values_of (cli, "devices/interface", places, typed);
}

GStrv
virsh_complete_nic_mac (Cli *cli, const char *typed)
{
    static const char *const places[] = { "mac/@address", NULL };

    return values_of (cli, "devices/interface", places, typed);
}

GStrv
virsh_complete_alias (Cli *cli, const char *typed)
{
    g_autoptr (xmlDoc) doc = typed_document (cli);
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    xmlNode *devices = doc ? vy_xml_find (xmlDocGetRootElement (doc), "devices") : NULL;

    for (xmlNode *node = devices ? devices->children : NULL; node; node = node->next) {
        g_autofree char *name =
            node->type == XML_ELEMENT_NODE ? vy_xml_get (node, "alias/@name") : NULL;

        if (name && g_str_has_prefix (name, typed))
            g_strv_builder_add (names, name);
    }
    return g_strv_builder_end (names);
}

GStrv
virsh_complete_console (Cli *cli, const char *typed)
{
    static const char *const kinds[] = { "devices/console", "devices/serial",
                                         "devices/parallel" };
    static const char *const places[] = { "alias/@name", NULL };
    g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
        g_auto (GStrv) names = values_of (cli, kinds[i], places, typed);

        for (char **name = names; name && *name; name++)
            g_strv_builder_add (all, *name);
    }
    return g_strv_builder_end (all);
}

/* ---- CPUs and threads
 * ---------------------------------------------------------------------------- */

static void
add_number (GStrvBuilder *builder, guint number, const char *typed)
{
    g_autofree char *text = g_strdup_printf ("%u", number);

    if (g_str_has_prefix (text, typed))
        g_strv_builder_add (builder, text);
}

GStrv
virsh_complete_iothread (Cli *cli, const char *typed)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
    virDomainIOThreadInfoPtr *list = NULL;
    int n = domain ? virDomainGetIOThreadInfo (domain, &list, 0) : -1;

    for (int i = 0; i < n; i++) {
        add_number (ids, list[i]->iothread_id, typed);
        virDomainIOThreadInfoFree (list[i]);
    }
    free (list);
    return g_strv_builder_end (ids);
}

GStrv
virsh_complete_vcpu (Cli *cli, const char *typed)
{
    g_autoptr (xmlDoc) doc = typed_document (cli);
    g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
    g_autofree char *text = doc ? vy_xml_get (xmlDocGetRootElement (doc), "vcpu") : NULL;
    guint64 n = 0;

    if (text && !vy_number_parse (text, G_MAXINT, &n, NULL))
        return NULL;
    for (guint i = 0; i < n; i++)
        add_number (numbers, i, typed);
    return g_strv_builder_end (numbers);
}

GStrv
virsh_complete_guest_cpu (Cli *cli, const char *typed)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
    virTypedParameterPtr params = NULL;
    unsigned n_params = 0;
    const char *text = NULL;
    guint64 first, last;

    if (!domain)
        return NULL;
    if (virDomainGetGuestVcpus (domain, &params, &n_params, 0) < 0) {
        virsh_keep_failure ();
        return NULL;
    }
    virTypedParamsGetString (params, (int) n_params, "vcpus", &text);
    if (text) {
        g_auto (GStrv) ends = g_strsplit (text, "-", 2);

        if (vy_number_parse (ends[0], G_MAXINT, &first, NULL) &&
            vy_number_parse (ends[1] ? ends[1] : ends[0], G_MAXINT, &last, NULL))
            for (guint i = (guint) first; i <= last; i++)
                add_number (numbers, i, typed);
    }
    virTypedParamsFree (params, (int) n_params);
    return g_strv_builder_end (numbers);
}

GStrv
virsh_complete_mountpoint (Cli *cli, const char *typed)
{
    g_autoptr (virDomain) domain = typed_domain (cli);
    g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
    virDomainFSInfoPtr *list = NULL;
    int n = domain ? virDomainGetFSInfo (domain, &list, 0) : -1;

    for (int i = 0; i < n; i++) {
        if (g_str_has_prefix (list[i]->mountpoint, typed))
            g_strv_builder_add (places, list[i]->mountpoint);
        virDomainFSInfoFree (list[i]);
    }
    free (list);
    return g_strv_builder_end (places);
}

/* ---- the host
 * ------------------------------------------------------------------------------------ */

static GStrv
cpus (Cli *cli, const char *typed, gboolean online)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
    unsigned char *map = NULL;
    int n = conn ? virNodeGetCPUMap (conn, &map, NULL, 0) : -1;

    for (int i = 0; i < n; i++)
        if (!online || VIR_CPU_USED (map, i))
            add_number (numbers, (guint) i, typed);
    free (map);
    return g_strv_builder_end (numbers);
}

GStrv
virsh_complete_cpu (Cli *cli, const char *typed)
{
    return cpus (cli, typed, FALSE);
}

GStrv
virsh_complete_cpu_online (Cli *cli, const char *typed)
{
    return cpus (cli, typed, TRUE);
}

static xmlDoc *
capabilities (Cli *cli)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    VIRSH_TEXT xml = conn ? virConnectGetCapabilities (conn) : NULL;

    return xml ? vy_xml_parse (xml, "", NULL) : NULL;
}

GStrv
virsh_complete_cell (Cli *cli, const char *typed)
{
    g_autoptr (xmlDoc) doc = capabilities (cli);
    g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
    g_autoptr (GPtrArray) cells =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "host/topology/cells/cell")
            : NULL;

    for (guint i = 0; cells && i < cells->len; i++) {
        g_autofree char *id = vy_xml_get (cells->pdata[i], "@id");

        if (id && g_str_has_prefix (id, typed))
            g_strv_builder_add (ids, id);
    }
    return g_strv_builder_end (ids);
}

static char *
page_size_text (guint64 kib)
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
    gsize unit = 0;

    for (; kib >= 1024 && kib % 1024 == 0 && unit + 1 < G_N_ELEMENTS (units); unit++)
        kib /= 1024;
    return g_strdup_printf ("%" G_GUINT64_FORMAT "%s", kib, units[unit]);
}

GStrv
virsh_complete_page_size (Cli *cli, const char *typed)
{
    g_autoptr (xmlDoc) doc = capabilities (cli);
    g_autoptr (GStrvBuilder) sizes = g_strv_builder_new ();
    g_autoptr (GPtrArray) pages =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "host/cpu/pages") : NULL;

    for (guint i = 0; pages && i < pages->len; i++) {
        g_autofree char *size = vy_xml_get (pages->pdata[i], "@size");
        g_autofree char *text = NULL;
        guint64 kib = 0;

        if (!size || !vy_number_parse (size, G_MAXUINT64, &kib, NULL))
            continue;
        text = page_size_text (kib);
        if (g_str_has_prefix (text, typed))
            g_strv_builder_add (sizes, text);
    }
    return g_strv_builder_end (sizes);
}
