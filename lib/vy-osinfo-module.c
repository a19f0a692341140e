/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libosinfo: reads the whole database into one value. */
#include <osinfo/osinfo.h>

#include "vy-i18n-private.h"
#include "vy-lsan-private.h"
#include "vy-osindex-private.h"

VY_API GVariant *vy_osinfo_build (const char *const *directories, GError **error);

typedef struct {
    GHashTable *device_places; /* id -> place + 1 */
    GVariantBuilder devices;
} Devices;

/* ---- values -------------------------------------------------------------------------
 */

static void
add (GVariantBuilder *dict, const char *key, GVariant *value)
{
    g_variant_builder_add (dict, "{sv}", key, value);
}

static void
add_string (GVariantBuilder *dict, const char *key, const char *value)
{
    if (value && g_utf8_validate (value, -1, NULL))
        add (dict, key, g_variant_new_string (value));
}

static void
add_date (GVariantBuilder *dict, const char *key, const GDate *date)
{
    g_autoptr (GDateTime) time = NULL;

    if (!date || !g_date_valid (date))
        return;
    time = g_date_time_new_utc (g_date_get_year (date), (int) g_date_get_month (date),
                                g_date_get_day (date), 0, 0, 0);
    add (dict, key, g_variant_new_int64 (g_date_time_to_unix (time)));
}

static void
add_params (GVariantBuilder *dict, OsinfoEntity *entity, const char *const *keys)
{
    for (; *keys; keys++)
        add_string (dict, *keys, osinfo_entity_get_param_value (entity, *keys));
}

/* Lists of entities are owned by the caller, their elements by the list. */
static GList *
elements (gpointer list)
{
    return list ? osinfo_list_get_elements (OSINFO_LIST (list)) : NULL;
}

/* ---- parts of an operating system ---------------------------------------------------
 */

static void
add_related (GVariantBuilder *dict, OsinfoOs *os)
{
    static const struct {
        OsinfoProductRelationship kind;
        const char *key;
    } kinds[] = {
        { OSINFO_PRODUCT_RELATIONSHIP_DERIVES_FROM, "derives-from" },
        { OSINFO_PRODUCT_RELATIONSHIP_CLONES, "clones" },
        { OSINFO_PRODUCT_RELATIONSHIP_UPGRADES, "upgrades" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
        g_autoptr (OsinfoProductList) list =
            osinfo_product_get_related (OSINFO_PRODUCT (os), kinds[i].kind);
        g_autoptr (GList) all = elements (list);
        GVariantBuilder ids;

        if (!all)
            continue;
        g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
        for (GList *l = all; l; l = l->next)
            g_variant_builder_add (&ids, "s", osinfo_entity_get_id (l->data));
        add (dict, kinds[i].key, g_variant_builder_end (&ids));
    }
}

static guint16
device_place (Devices *devices, OsinfoDevice *device)
{
    const char *id = osinfo_entity_get_id (OSINFO_ENTITY (device));
    const char *name = osinfo_device_get_name (device);
    const char *kind = osinfo_device_get_class (device);
    const char *bus = osinfo_device_get_bus_type (device);
    guint found = GPOINTER_TO_UINT (g_hash_table_lookup (devices->device_places, id));

    if (found)
        return (guint16) (found - 1);
    found = g_hash_table_size (devices->device_places) + 1;
    g_hash_table_insert (devices->device_places, g_strdup (id), GUINT_TO_POINTER (found));
    g_variant_builder_add (&devices->devices, "(ssss)", id, name ? name : "",
                           kind ? kind : "", bus ? bus : "");
    return (guint16) (found - 1);
}

static void
add_devices (GVariantBuilder *dict, OsinfoOs *os, Devices *devices)
{
    g_autoptr (OsinfoDeviceList) list = osinfo_os_get_all_devices (os, NULL);
    g_autoptr (GList) all = elements (list);
    GVariantBuilder places;

    g_variant_builder_init (&places, G_VARIANT_TYPE ("aq"));
    for (GList *l = all; l; l = l->next)
        g_variant_builder_add (&places, "q", device_place (devices, l->data));
    add (dict, "devices", g_variant_builder_end (&places));
}

static guint64
known (gint64 value)
{
    return value > 0 ? (guint64) value : 0;
}

static void
add_resources (GVariantBuilder *dict, OsinfoOs *os)
{
    static OsinfoResourcesList *(*const getters[]) (OsinfoOs *) = {
        [VY_OS_MINIMUM] = osinfo_os_get_minimum_resources,
        [VY_OS_RECOMMENDED] = osinfo_os_get_recommended_resources,
        [VY_OS_MAXIMUM] = osinfo_os_get_maximum_resources,
        [VY_OS_NETWORK_INSTALL] = osinfo_os_get_network_install_resources,
    };
    GVariantBuilder rows;

    g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(suttt)"));
    for (guint level = 0; level < G_N_ELEMENTS (getters); level++) {
        g_autoptr (OsinfoResourcesList) list = getters[level](os);
        g_autoptr (GList) all = elements (list);

        for (GList *l = all; l; l = l->next)
            g_variant_builder_add (&rows, "(suttt)",
                                   osinfo_resources_get_architecture (l->data), level,
                                   known (osinfo_resources_get_n_cpus (l->data)),
                                   known (osinfo_resources_get_ram (l->data)),
                                   known (osinfo_resources_get_storage (l->data)));
    }
    add (dict, "resources", g_variant_builder_end (&rows));
}

static void
add_firmware (GVariantBuilder *dict, OsinfoOs *os)
{
    g_autoptr (OsinfoFirmwareList) list = osinfo_os_get_complete_firmware_list (os, NULL);
    g_autoptr (GList) all = elements (list);
    GVariantBuilder rows;

    g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(ssb)"));
    for (GList *l = all; l; l = l->next)
        g_variant_builder_add (&rows, "(ssb)", osinfo_firmware_get_architecture (l->data),
                               osinfo_firmware_get_firmware_type (l->data),
                               osinfo_firmware_is_supported (l->data));
    add (dict, "firmware", g_variant_builder_end (&rows));
}

static void
add_profiles (GVariantBuilder *dict, OsinfoOs *os)
{
    g_autoptr (OsinfoInstallScriptList) list = osinfo_os_get_install_script_list (os);
    g_autoptr (GList) all = elements (list);
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    GVariantBuilder names;

    g_variant_builder_init (&names, G_VARIANT_TYPE_STRING_ARRAY);
    for (GList *l = all; l; l = l->next) {
        const char *profile = osinfo_install_script_get_profile (l->data);

        if (profile && g_hash_table_add (seen, (gpointer) profile))
            g_variant_builder_add (&names, "s", profile);
    }
    add (dict, "profiles", g_variant_builder_end (&names));
}

/* ---- media, trees, images -----------------------------------------------------------
 */

static const char *const media_keys[] = {
    OSINFO_MEDIA_PROP_ARCHITECTURE,
    OSINFO_MEDIA_PROP_URL,
    OSINFO_MEDIA_PROP_VOLUME_ID,
    OSINFO_MEDIA_PROP_SYSTEM_ID,
    OSINFO_MEDIA_PROP_APPLICATION_ID,
    OSINFO_MEDIA_PROP_PUBLISHER_ID,
    OSINFO_MEDIA_PROP_VOLUME_SIZE,
    OSINFO_MEDIA_PROP_KERNEL,
    OSINFO_MEDIA_PROP_INITRD,
    OSINFO_MEDIA_PROP_LIVE,
    OSINFO_MEDIA_PROP_INSTALLER,
    OSINFO_MEDIA_PROP_INSTALLER_REBOOTS,
    OSINFO_MEDIA_PROP_EJECT_AFTER_INSTALL,
    OSINFO_MEDIA_PROP_INSTALLER_SCRIPT,
    NULL,
};

static const char *const tree_keys[] = {
    OSINFO_TREE_PROP_ARCHITECTURE,     OSINFO_TREE_PROP_URL,
    OSINFO_TREE_PROP_TREEINFO_FAMILY,  OSINFO_TREE_PROP_TREEINFO_VARIANT,
    OSINFO_TREE_PROP_TREEINFO_VERSION, OSINFO_TREE_PROP_TREEINFO_ARCH,
    OSINFO_TREE_PROP_BOOT_ISO,         OSINFO_TREE_PROP_KERNEL,
    OSINFO_TREE_PROP_INITRD,           NULL,
};

static const char *const image_keys[] = {
    OSINFO_IMAGE_PROP_ARCHITECTURE,
    OSINFO_IMAGE_PROP_FORMAT,
    OSINFO_IMAGE_PROP_URL,
    OSINFO_IMAGE_PROP_CLOUD_INIT,
    NULL,
};

static void
add_word (GVariantBuilder *words, const char *text)
{
    if (text && g_utf8_validate (text, -1, NULL))
        g_variant_builder_add (words, "s", text);
}

static void
add_variants (GVariantBuilder *dict, gpointer place)
{
    g_autoptr (OsinfoOsVariantList) list =
        OSINFO_IS_TREE (place)    ? osinfo_tree_get_os_variants (place)
        : OSINFO_IS_MEDIA (place) ? osinfo_media_get_os_variants (place)
                                  : NULL;
    g_autoptr (GList) all = elements (list);
    GVariantBuilder names;

    if (!all)
        return;
    g_variant_builder_init (&names, G_VARIANT_TYPE_STRING_ARRAY);
    for (GList *l = all; l; l = l->next) {
        const char *id = osinfo_entity_get_id (l->data);
        const char *name = osinfo_os_variant_get_name (l->data);

        add_word (&names, id);
        add_word (&names, name);
    }
    add (dict, "variants", g_variant_builder_end (&names));
}

/* In the order of the database: of two that fit alike the first one counts. */
static void
add_list (GVariantBuilder *dict, const char *key, gpointer list, const char *const *keys)
{
    g_autoptr (GObject) owner = list;
    int n = owner ? osinfo_list_get_length (OSINFO_LIST (owner)) : 0;
    GVariantBuilder rows;

    if (n == 0)
        return;
    g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
    for (int i = 0; i < n; i++) {
        OsinfoEntity *entity = osinfo_list_get_nth (OSINFO_LIST (owner), i);

        g_variant_builder_open (&rows, G_VARIANT_TYPE_VARDICT);
        add_params (&rows, entity, keys);
        add_variants (&rows, entity);
        g_variant_builder_close (&rows);
    }
    add (dict, key, g_variant_builder_end (&rows));
}

/* ---- operating systems --------------------------------------------------------------
 */

static GVariant *
read_os (OsinfoOs *os, Devices *devices)
{
    OsinfoProduct *product = OSINFO_PRODUCT (os);
    g_autoptr (GList) short_ids = osinfo_product_get_short_id_list (product);
    g_autoptr (GDate) release = osinfo_product_get_release_date (product);
    g_autoptr (GDate) eol = osinfo_product_get_eol_date (product);
    GVariantBuilder dict, ids;

    g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
    add_string (&dict, "id", osinfo_entity_get_id (OSINFO_ENTITY (os)));
    add_string (&dict, "name", osinfo_product_get_name (product));
    add_string (&dict, "version", osinfo_product_get_version (product));
    add_string (&dict, "codename", osinfo_product_get_codename (product));
    add_string (&dict, "vendor", osinfo_product_get_vendor (product));
    add_string (&dict, "family", osinfo_os_get_family (os));
    add_string (&dict, "distro", osinfo_os_get_distro (os));
    add_string (&dict, "cloud-user", osinfo_os_get_cloud_image_username (os));
    add_string (&dict, "kernel-argument", osinfo_os_get_kernel_url_argument (os));
    add_date (&dict, "release", release);
    add_date (&dict, "eol", eol);
    g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
    for (GList *l = short_ids; l; l = l->next)
        g_variant_builder_add (&ids, "s", l->data);
    add (&dict, "short-ids", g_variant_builder_end (&ids));
    add_related (&dict, os);
    add_devices (&dict, os, devices);
    add_resources (&dict, os);
    add_firmware (&dict, os);
    add_profiles (&dict, os);
    add_list (&dict, "media", osinfo_os_get_media_list (os), media_keys);
    add_list (&dict, "trees", osinfo_os_get_tree_list (os), tree_keys);
    add_list (&dict, "images", osinfo_os_get_image_list (os), image_keys);
    return g_variant_builder_end (&dict);
}

static gint
by_short_id (gconstpointer one, gconstpointer other)
{
    return g_strcmp0 (osinfo_product_get_short_id ((OsinfoProduct *) one),
                      osinfo_product_get_short_id ((OsinfoProduct *) other));
}

/* What an operating system is found by: first come short ids, then ids, then names. */
static void
add_names (GHashTable *names, OsinfoOs *os, guint place, int round)
{
    g_autoptr (GList) list = NULL;

    if (round == 0)
        list = osinfo_product_get_short_id_list (OSINFO_PRODUCT (os));
    else if (round == 1)
        list = g_list_append (NULL, (gpointer) osinfo_entity_get_id (OSINFO_ENTITY (os)));
    else
        list = g_list_append (NULL,
                              (gpointer) osinfo_product_get_name (OSINFO_PRODUCT (os)));
    for (GList *l = list; l; l = l->next) {
        g_autofree char *name = l->data ? g_utf8_strdown (l->data, -1) : NULL;

        if (name && !g_hash_table_contains (names, name))
            g_hash_table_insert (names, g_steal_pointer (&name),
                                 GUINT_TO_POINTER (place));
    }
}

static int
by_text (gconstpointer one, gconstpointer other)
{
    return strcmp (one, other);
}

static GVariant *
read_names (GList *all)
{
    g_autoptr (GHashTable) names =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GList) keys = NULL;
    GVariantBuilder rows;

    for (int round = 0; round < 3; round++) {
        guint place = 0;

        for (GList *l = all; l; l = l->next)
            add_names (names, l->data, place++, round);
    }
    keys = g_list_sort (g_hash_table_get_keys (names), by_text);
    g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(su)"));
    for (GList *l = keys; l; l = l->next)
        g_variant_builder_add (&rows, "(su)", l->data,
                               GPOINTER_TO_UINT (g_hash_table_lookup (names, l->data)));
    return g_variant_builder_end (&rows);
}

static GVariant *
read_database (OsinfoDb *db)
{
    g_autoptr (OsinfoOsList) list = osinfo_db_get_os_list (db);
    g_autoptr (GList) all = g_list_sort (elements (list), by_short_id);
    g_autoptr (GHashTable) places =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    Devices devices = { places };
    GVariantBuilder oses;
    GVariant *names;

    g_variant_builder_init (&devices.devices, G_VARIANT_TYPE ("a(ssss)"));
    g_variant_builder_init (&oses, G_VARIANT_TYPE ("aa{sv}"));
    for (GList *l = all; l; l = l->next)
        g_variant_builder_add_value (&oses, read_os (l->data, &devices));
    names = read_names (all);
    return g_variant_ref_sink (g_variant_new ("(@a(su)@a(ssss)@aa{sv})", names,
                                              g_variant_builder_end (&devices.devices),
                                              g_variant_builder_end (&oses)));
}

GVariant *
vy_osinfo_build (const char *const *directories, GError **error)
{
    g_autoptr (OsinfoLoader) loader = osinfo_loader_new ();
    g_autoptr (GError) why = NULL;

    /* the loader forgets a few names of each file that it reads */
    __lsan_disable ();
    if (!directories)
        osinfo_loader_process_default_path (loader, &why);
    for (; directories && *directories && !why; directories++)
        if (g_file_test (*directories, G_FILE_TEST_IS_DIR))
            osinfo_loader_process_path (loader, *directories, &why);
    __lsan_enable ();
    if (why) {
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot read the OS database: %s"),
                  why->message);
        vy_error_set_hint (error, _ ("is the package osinfo-db installed?"));
        return NULL;
    }
    return read_database (osinfo_loader_get_db (loader));
}
