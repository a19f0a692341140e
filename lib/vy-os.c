/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operating systems: what the index says of one. */
#include "vy-os.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-osindex-private.h"

#define NAMES 0
#define DEVICES 1
#define SYSTEMS 2

struct _VyOs {
    GVariant *record;  /* a{sv} */
    GVariant *devices; /* a(ssss) of the database, or NULL */
};

VyOs *
vy_os_new_at (GVariant *database, gsize place)
{
    g_autoptr (GVariant) systems = g_variant_get_child_value (database, SYSTEMS);
    VyOs *os = g_new0 (VyOs, 1);

    os->record = g_variant_get_child_value (systems, place);
    os->devices = g_variant_get_child_value (database, DEVICES);
    return os;
}

static VyOs *
new_generic (void)
{
    static const char *const short_ids[] = { "generic", NULL };
    VyOs *os = g_new0 (VyOs, 1);
    g_autoptr (GVariant) tree = NULL;
    g_autoptr (GBytes) bytes = NULL;
    GVariantDict dict;

    g_variant_dict_init (&dict, NULL);
    g_variant_dict_insert (&dict, "id", "s", "http://libosinfo.org/unknown");
    g_variant_dict_insert (&dict, "name", "s", "Generic");
    g_variant_dict_insert_value (&dict, "short-ids", g_variant_new_strv (short_ids, -1));
    tree = g_variant_ref_sink (g_variant_dict_end (&dict));
    bytes = g_variant_get_data_as_bytes (tree); /* in one piece, as out of the index */
    os->record = g_variant_ref_sink (
        g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, TRUE));
    return os;
}

void
vy_os_free (VyOs *os)
{
    if (!os)
        return;
    g_variant_unref (os->record);
    g_clear_pointer (&os->devices, g_variant_unref);
    g_free (os);
}

/* ---- looking up ---------------------------------------------------------------------
 */

static gboolean
find_name (GVariant *database, const char *name, gsize *place)
{
    g_autoptr (GVariant) names = g_variant_get_child_value (database, NAMES);
    g_autoptr (GVariant) systems = g_variant_get_child_value (database, SYSTEMS);
    g_autofree char *key = g_utf8_strdown (name, -1);
    gsize low = 0, high = g_variant_n_children (names);

    while (low < high) {
        gsize middle = low + (high - low) / 2;
        g_autoptr (GVariant) row = g_variant_get_child_value (names, middle);
        const char *text;
        guint32 found;
        int order;

        g_variant_get (row, "(&su)", &text, &found);
        order = strcmp (key, text);
        if (order == 0) {
            *place = found;
            return found < g_variant_n_children (systems);
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return FALSE;
}

VyOs *
vy_os_lookup (const char *name, GError **error)
{
    GVariant *database;
    g_autofree char *near = NULL;
    gsize place;

    g_return_val_if_fail (name, NULL);
    if (!g_ascii_strcasecmp (name, "generic"))
        return new_generic ();
    database = vy_osindex_get (error);
    if (!database)
        return NULL;
    if (g_utf8_validate (name, -1, NULL) && find_name (database, name, &place))
        return vy_os_new_at (database, place);
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("unknown operating system '%s'"), name);
    near = vy_os_nearest (name);
    if (near)
        vy_error_set_hint (error, _ ("the nearest known is '%s'; see virtyard os list"),
                           near);
    else
        vy_error_set_hint (error, _ ("see virtyard os list, or use 'generic'"));
    return NULL;
}

GPtrArray *
vy_os_list (GError **error)
{
    GVariant *database = vy_osindex_get (error);
    g_autoptr (GVariant) systems = NULL;
    GPtrArray *list;

    if (!database)
        return NULL;
    list = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_os_free);
    systems = g_variant_get_child_value (database, SYSTEMS);
    for (gsize i = 0; i < g_variant_n_children (systems); i++)
        g_ptr_array_add (list, vy_os_new_at (database, i));
    return list;
}

/* ---- fields -------------------------------------------------------------------------
 */

static const char *
get_string (const VyOs *os, const char *key)
{
    const char *text = NULL;

    return g_variant_lookup (os->record, key, "&s", &text) ? text : NULL;
}

static GStrv
get_strings (const VyOs *os, const char *key)
{
    GStrv list = NULL;

    return g_variant_lookup (os->record, key, "^as", &list) ? list : g_new0 (char *, 1);
}

static gint64
get_date (const VyOs *os, const char *key)
{
    gint64 date = VY_OS_NO_DATE;

    return g_variant_lookup (os->record, key, "x", &date) ? date : VY_OS_NO_DATE;
}

const char *
vy_os_get_id (const VyOs *os)
{
    return get_string (os, "id");
}

const char *
vy_os_get_short_id (const VyOs *os)
{
    g_autoptr (GVariant) ids =
        g_variant_lookup_value (os->record, "short-ids", G_VARIANT_TYPE_STRING_ARRAY);
    const char *first = NULL;

    if (ids && g_variant_n_children (ids) > 0)
        g_variant_get_child (ids, 0, "&s", &first);
    return first ? first : vy_os_get_id (os);
}

const char *
vy_os_get_name (const VyOs *os)
{
    return get_string (os, "name");
}

const char *
vy_os_get_version (const VyOs *os)
{
    return get_string (os, "version");
}

const char *
vy_os_get_codename (const VyOs *os)
{
    return get_string (os, "codename");
}

const char *
vy_os_get_family (const VyOs *os)
{
    return get_string (os, "family");
}

const char *
vy_os_get_distro (const VyOs *os)
{
    return get_string (os, "distro");
}

const char *
vy_os_get_vendor (const VyOs *os)
{
    return get_string (os, "vendor");
}

const char *
vy_os_get_cloud_user (const VyOs *os)
{
    return get_string (os, "cloud-user");
}

const char *
vy_os_get_kernel_argument (const VyOs *os)
{
    return get_string (os, "kernel-argument");
}

gint64
vy_os_get_release_date (const VyOs *os)
{
    return get_date (os, "release");
}

gint64
vy_os_get_eol_date (const VyOs *os)
{
    return get_date (os, "eol");
}

GStrv
vy_os_get_aliases (const VyOs *os)
{
    return get_strings (os, "short-ids");
}

GStrv
vy_os_get_related (const VyOs *os, const char *relation)
{
    return get_strings (os, relation);
}

GStrv
vy_os_get_profiles (const VyOs *os)
{
    return get_strings (os, "profiles");
}

GVariant *
vy_os_get_list (const VyOs *os, const char *key)
{
    return g_variant_lookup_value (os->record, key, G_VARIANT_TYPE ("aa{sv}"));
}

/* ---- devices, firmware, resources ---------------------------------------------------
 */

GPtrArray *
vy_os_get_devices (const VyOs *os)
{
    GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GVariant) places =
        g_variant_lookup_value (os->record, "devices", G_VARIANT_TYPE ("aq"));
    gsize n = places && os->devices ? g_variant_n_children (places) : 0;

    for (gsize i = 0; i < n; i++) {
        VyOsDevice *device;
        guint16 place;

        g_variant_get_child (places, i, "q", &place);
        if (place >= g_variant_n_children (os->devices))
            continue;
        device = g_new0 (VyOsDevice, 1);
        g_variant_get_child (os->devices, place, "(&s&s&s&s)", &device->id, &device->name,
                             &device->kind, &device->bus);
        g_ptr_array_add (list, device);
    }
    return list;
}

static gboolean
is_device (const VyOsDevice *device, const char *wanted)
{
    static const char modern[] = "virtio1.0-", plain[] = "virtio-";

    return !strcmp (device->id, wanted) || !strcmp (device->name, wanted) ||
           (g_str_has_prefix (wanted, plain) && g_str_has_prefix (device->name, modern) &&
            !strcmp (device->name + strlen (modern), wanted + strlen (plain)));
}

gboolean
vy_os_supports_device (const VyOs *os, const char *device)
{
    g_autoptr (GPtrArray) list = vy_os_get_devices (os);

    for (guint i = 0; i < list->len; i++)
        if (is_device (list->pdata[i], device))
            return TRUE;
    return FALSE;
}

gboolean
vy_os_supports_firmware (const VyOs *os, const char *arch, const char *type,
                         gboolean unknown)
{
    g_autoptr (GVariant) rows =
        g_variant_lookup_value (os->record, "firmware", G_VARIANT_TYPE ("a(ssb)"));
    gsize n = rows ? g_variant_n_children (rows) : 0;
    gboolean answer = unknown;

    for (gsize i = 0; i < n; i++) {
        const char *row_arch, *row_type;
        gboolean supported;

        g_variant_get_child (rows, i, "(&s&sb)", &row_arch, &row_type, &supported);
        if (strcmp (row_type, type) ||
            (arch && strcmp (row_arch, arch) && strcmp (row_arch, "all")))
            continue;
        if (supported)
            return TRUE;
        answer = FALSE;
    }
    return answer;
}

static void
fill (guint64 *value, guint64 found)
{
    if (*value == 0)
        *value = found;
}

static gboolean
fill_resources (GVariant *rows, const char *arch, guint32 level, VyOsResources *resources)
{
    gsize n = rows && arch ? g_variant_n_children (rows) : 0;
    gboolean any = FALSE;

    for (gsize i = 0; i < n; i++) {
        VyOsResources row;
        const char *row_arch;
        guint32 row_level;

        g_variant_get_child (rows, i, "(&suttt)", &row_arch, &row_level, &row.n_cpus,
                             &row.ram, &row.storage);
        if (row_level != level || strcmp (row_arch, arch))
            continue;
        fill (&resources->n_cpus, row.n_cpus);
        fill (&resources->ram, row.ram);
        fill (&resources->storage, row.storage);
        any = TRUE;
    }
    return any;
}

gboolean
vy_os_get_resources (const VyOs *os, const char *arch, VyOsLevel level,
                     VyOsResources *resources)
{
    g_autoptr (GVariant) rows =
        g_variant_lookup_value (os->record, "resources", G_VARIANT_TYPE ("a(suttt)"));
    gboolean own, common;

    memset (resources, 0, sizeof *resources);
    own = fill_resources (rows, arch, level, resources);
    common = fill_resources (rows, "all", level, resources);
    return own || common;
}
