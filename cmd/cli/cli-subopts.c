/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion inside the texts of device options: "path=/x,bus=vir". */
#include <string.h>

#include "cli-devices.h"
#include "cli-private.h"

/* ---- names of objects ----------------------------------------------------------------
 */

/* Files of the folder that is typed; a folder ends in "/". */
static GStrv
complete_file (G_GNUC_UNUSED Cli *cli, const char *typed)
{
    const char *slash = strrchr (typed, '/');
    g_autofree char *folder =
        slash ? g_strndup (typed, (gsize) (slash + 1 - typed)) : g_strdup ("");
    g_autoptr (GDir) dir = g_dir_open (*folder ? folder : ".", 0, NULL);
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    const char *name;

    while (dir && (name = g_dir_read_name (dir))) {
        g_autofree char *path = g_strconcat (folder, name, NULL);
        gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
        g_autofree char *whole = g_strconcat (path, is_folder ? "/" : NULL, NULL);

        if (g_str_has_prefix (path, typed))
            g_strv_builder_add (names, whole);
    }
    return g_strv_builder_end (names);
}

static int
list_devices (virConnectPtr conn, gpointer **objects, unsigned flags)
{
    return virConnectListAllNodeDevices (conn, (virNodeDevicePtr **) (void *) objects,
                                         flags);
}

static char *
device_name (gpointer object)
{
    return g_strdup (virNodeDeviceGetName (object));
}

static int
device_free (gpointer object)
{
    return virNodeDeviceFree (object);
}

/* What can be given to a guest. */
static GStrv
complete_device (Cli *cli, const char *typed)
{
    static const CliKind kind = { list_devices, device_name, device_free };

    return cli_names_of (cli, &kind, typed,
                         VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV |
                             VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV |
                             VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI |
                             VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV);
}

static char *
volume_name (gpointer object)
{
    return g_strdup (virStorageVolGetName (object));
}

static int
volume_free (gpointer object)
{
    return virStorageVolFree (object);
}

static GStrv
volumes_of (Cli *cli, const char *pool_name, const char *typed)
{
    static const CliKind kind = { NULL, volume_name, volume_free };
    virConnectPtr conn = cli_conn (cli, NULL);
    virStoragePoolPtr pool = conn ? virStoragePoolLookupByName (conn, pool_name) : NULL;
    virStorageVolPtr *volumes = NULL;
    int n = pool ? virStoragePoolListAllVolumes (pool, &volumes, 0) : -1;

    if (pool)
        virStoragePoolFree (pool);
    return n < 0 ? NULL : cli_names_take (&kind, (gpointer *) volumes, n, typed);
}

static void
take (GPtrArray *found, const char *before, GStrv words, const char *behind)
{
    for (char **word = words; word && *word; word++)
        if (**word)
            g_ptr_array_add (found, g_strconcat (before, *word, behind, NULL));
}

/* "POOL/VOLUME": first the pools, then what is in one. */
static GStrv
complete_volume (Cli *cli, const char *typed)
{
    const char *slash = strchr (typed, '/');
    g_autofree char *pool = g_strndup (typed, slash ? (gsize) (slash - typed) : 0);
    g_autofree char *front = g_strconcat (pool, slash ? "/" : NULL, NULL);
    g_auto (GStrv) names =
        slash ? volumes_of (cli, pool, slash + 1) : cli_complete_pool_active (cli, typed);
    GPtrArray *found = g_ptr_array_new ();

    take (found, front, names, slash ? NULL : "/");
    g_ptr_array_add (found, NULL);
    return (GStrv) g_ptr_array_free (found, FALSE);
}

/* Sub-options whose values are names of objects or files. */
static const struct {
    const char *option, *key;
    CliCompleter complete;
} objects[] = {
    { "network", "network", cli_complete_network },
    { "network", "source.network", cli_complete_network },
    { "disk", "pool", cli_complete_pool },
    { "disk", "source.pool", cli_complete_pool },
    { "disk", "vol", complete_volume },
    { "disk", "path", complete_file },
    { "disk", "source.file", complete_file },
    { "disk", "backing_store", complete_file },
    { "hostdev", "name", complete_device },
    { "filesystem", "source", complete_file },
    { "boot", "kernel", complete_file },
    { "boot", "initrd", complete_file },
    { "boot", "loader", complete_file },
    { "boot", "nvram.template", complete_file },
};

static GStrv
names_of (Cli *cli, const VyDevice *device, const char *key, const char *typed)
{
    for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
        if (strcmp (objects[i].option, device->option) == 0 &&
            strcmp (objects[i].key, key) == 0)
            return objects[i].complete (cli, typed);
    return NULL;
}

/* @front: what stands before the value: "path=/x,bus=". */
static void
offer_values (Cli *cli, GPtrArray *found, const VyDevice *device, const char *key,
              const char *front, const char *typed)
{
    const VySubopt *row = vy_device_find_row (device, key);
    g_auto (GStrv) words = row ? vy_subopt_list_values (device, row, FALSE) : NULL;
    g_auto (GStrv) names = row ? names_of (cli, device, key, typed) : NULL;

    take (found, front, words, NULL);
    take (found, front, names, NULL);
}

/* Keys that the text has already are not offered again; a number begins at 0. */
static void
offer_keys (GPtrArray *found, const VyDevice *device, const char *before)
{
    g_auto (GStrv) keys = vy_device_keys (device);
    g_auto (GStrv) pieces = g_strsplit (before, ",", -1);

    for (char **piece = pieces; *piece; piece++)
        (*piece)[strcspn (*piece, "=")] = '\0';
    for (char **key = keys; *key; key++) {
        GString *name = g_string_new (*key);

        g_string_replace (name, "[0-9]*", "0", 0);
        if (!g_strv_contains ((const char *const *) pieces, name->str))
            g_ptr_array_add (found, g_strconcat (before, name->str, "=", NULL));
        g_string_free (name, TRUE);
    }
}

GStrv
cli_complete_subopts (Cli *cli, const char *typed)
{
    const VyDevice *device = vy_device_find (cli_completed (cli));
    const char *comma = strrchr (typed, ',');
    const char *piece = comma ? comma + 1 : typed;
    const char *equals = strchr (piece, '=');
    gsize length = (gsize) ((equals ? equals + 1 : piece) - typed);
    g_autofree char *front = g_strndup (typed, length);
    GPtrArray *found = g_ptr_array_new ();

    if (device && equals) {
        g_autofree char *key = g_strndup (piece, (gsize) (equals - piece));

        offer_values (cli, found, device, key, front, equals + 1);
    } else if (device) {
        const char *first = device->positional ? device->positional : "";
        g_autofree char *key = g_strndup (first, strcspn (first, " "));

        if (!comma && *key)
            offer_values (cli, found, device, key, "", typed);
        offer_keys (found, device, front);
    }
    g_ptr_array_add (found, NULL);
    return (GStrv) g_ptr_array_free (found, FALSE);
}
