/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked about an operating system while a guest is made. */
#include "vy-guest-os-private.h"

#include <gio/gio.h>

#include "vy-guest-private.h"

#define DATABASE "/usr/share/osinfo/os"

/* "http://microsoft.com/win/11" is in microsoft.com/win-11.xml */
static char *
file_of_id (const char *id)
{
    const char *host = strstr (id, "://");
    const char *slash = host ? strchr (host + 3, '/') : NULL;
    g_autofree char *vendor = NULL;
    g_autofree char *file = NULL;

    if (!slash)
        return NULL;
    vendor = g_strndup (host + 3, (gsize) (slash - host - 3));
    file = g_strconcat (slash + 1, ".xml", NULL);
    g_strdelimit (file, "/", '-');
    return g_build_filename (DATABASE, vendor, file, NULL);
}

static xmlDoc *
load (const char *id)
{
    g_autofree char *path = id ? file_of_id (id) : NULL;

    if (!path || !g_file_test (path, G_FILE_TEST_EXISTS))
        return NULL;
    return vy_xml_parse_file (path, NULL);
}

static char *
find_short_id (const char *dir, const char *needle)
{
    g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name (handle))) {
        g_autofree char *path = g_build_filename (dir, name, NULL);
        g_autofree char *text = NULL;
        g_autoptr (xmlDoc) doc = NULL;

        if (!g_file_get_contents (path, &text, NULL, NULL) || !strstr (text, needle))
            continue;
        doc = vy_xml_parse (text, path, NULL);
        if (doc)
            return vy_xml_get (xmlDocGetRootElement (doc), "os/@id");
    }
    return NULL;
}

char *
vy_guest_os_find (const char *name)
{
    g_autoptr (GDir) handle = g_dir_open (DATABASE, 0, NULL);
    g_autofree char *needle = g_strdup_printf ("<short-id>%s</short-id>", name);
    const char *vendor;

    if (strstr (name, "://")) {
        g_autoptr (xmlDoc) doc = load (name);

        return doc ? g_strdup (name) : NULL;
    }
    while (handle && (vendor = g_dir_read_name (handle))) {
        g_autofree char *dir = g_build_filename (DATABASE, vendor, NULL);
        char *id = find_short_id (dir, needle);

        if (id)
            return id;
    }
    return NULL;
}

char *
vy_guest_os_short_id (const char *id)
{
    g_autoptr (xmlDoc) doc = load (id);

    return doc ? vy_xml_get (xmlDocGetRootElement (doc), "os/short-id") : NULL;
}

/* ---- traits -------------------------------------------------------------------------
 */

static const struct {
    const char *device;
    guint trait;
} devices[] = {
    { "http://pcisig.com/pci/1af4/1001", OS_VIRTIO_BLOCK },
    { "http://pcisig.com/pci/1af4/1042", OS_VIRTIO_BLOCK },
    { "http://pcisig.com/pci/1af4/1000", OS_VIRTIO_NET },
    { "http://pcisig.com/pci/1af4/1041", OS_VIRTIO_NET },
    { "http://pcisig.com/pci/1af4/1005", OS_VIRTIO_RNG },
    { "http://pcisig.com/pci/1af4/1044", OS_VIRTIO_RNG },
    { "http://pcisig.com/pci/1af4/1002", OS_VIRTIO_BALLOON },
    { "http://pcisig.com/pci/1af4/1045", OS_VIRTIO_BALLOON },
    { "http://pcisig.com/pci/1af4/1003", OS_VIRTIO_SERIAL },
    { "http://pcisig.com/pci/1af4/1043", OS_VIRTIO_SERIAL },
    { "http://pcisig.com/pci/1af4/1004", OS_VIRTIO_SCSI },
    { "http://pcisig.com/pci/1af4/1048", OS_VIRTIO_SCSI },
    { "http://pcisig.com/pci/1af4/1050", OS_VIRTIO_GPU },
    { "http://pcisig.com/pci/1af4/1052", OS_VIRTIO_INPUT },
    { "http://usb.org/usb/80ee/0021", OS_USB_TABLET },
    { "http://pcisig.com/pci/1033/0194", OS_USB3 },
    { "http://pcisig.com/pci/1b36/0004", OS_USB3 },
    { "http://qemu.org/chipset/x86/q35", OS_Q35 },
};

static void
read_devices (xmlNode *os, guint *yes, guint *no)
{
    g_autoptr (GPtrArray) all = vy_xml_find_all (os, "devices/device");

    for (guint i = 0; i < all->len; i++) {
        g_autofree char *id = vy_xml_get (all->pdata[i], "@id");
        gboolean removed = vy_xml_is (all->pdata[i], "@supported", "false");

        for (gsize j = 0; j < G_N_ELEMENTS (devices); j++) {
            if (g_strcmp0 (id, devices[j].device))
                continue;
            if (removed)
                *no |= devices[j].trait & ~*yes;
            else
                *yes |= devices[j].trait & ~*no;
        }
    }
}

/* The devices of an OS and of those it derives from; what is nearer counts. */
static guint
inherited_devices (const char *id, int depth)
{
    g_autoptr (xmlDoc) doc = depth < 40 ? load (id) : NULL;
    xmlNode *os = doc ? vy_xml_find (xmlDocGetRootElement (doc), "os") : NULL;
    static const char *const links[] = { "clones", "derives-from" };
    guint yes = 0, no = 0;

    if (!os)
        return 0;
    read_devices (os, &yes, &no);
    for (gsize i = 0; i < G_N_ELEMENTS (links); i++) {
        g_autoptr (GPtrArray) parents = vy_xml_find_all (os, links[i]);

        for (guint j = 0; j < parents->len; j++) {
            g_autofree char *parent = vy_xml_get (parents->pdata[j], "@id");

            yes |= inherited_devices (parent, depth + 1) & ~no;
        }
    }
    return yes;
}

guint
vy_os_traits (const char *os_id)
{
    static GHashTable *known;
    gpointer cached;
    g_autoptr (xmlDoc) doc = NULL;
    xmlNode *os;
    g_autofree char *family = NULL;
    guint traits;

    if (!os_id)
        return 0;
    if (!known)
        known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    if (g_hash_table_lookup_extended (known, os_id, NULL, &cached))
        return GPOINTER_TO_UINT (cached);
    doc = load (os_id);
    os = doc ? vy_xml_find (xmlDocGetRootElement (doc), "os") : NULL;
    traits = os ? inherited_devices (os_id, 0) | OS_KNOWN : 0;
    family = os ? vy_xml_get (os, "family") : NULL;
    if (family && (!strcmp (family, "linux")))
        traits |= OS_LINUX;
    if (family && (g_str_has_prefix (family, "win")))
        traits |= OS_WINDOWS;
    if (os && vy_xml_has (os, "firmware[@type='bios'][@supported='false']"))
        traits |= OS_NEEDS_UEFI;
    g_hash_table_insert (known, g_strdup (os_id), GUINT_TO_POINTER (traits));
    return traits;
}

/* ---- resources ----------------------------------------------------------------------
 */

static guint64
number_at (xmlNode *node, const char *path)
{
    g_autofree char *text = node ? vy_xml_get (node, path) : NULL;

    return text ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
fill (guint64 *value, guint64 found)
{
    if (*value == 0)
        *value = found;
}

static void
read_resources (const char *id, const char *arch, guint64 values[3], int depth)
{
    static const char *const keys[] = { "n-cpus", "ram", "storage" };
    static const char *const links[] = { "clones", "derives-from" };
    const char *const archs[] = { arch ? arch : "x86_64", "all" };
    g_autoptr (xmlDoc) doc = depth < 40 ? load (id) : NULL;
    xmlNode *os = doc ? vy_xml_find (xmlDocGetRootElement (doc), "os") : NULL;

    if (!os)
        return;
    gboolean inherits = FALSE;

    for (gsize a = 0; a < G_N_ELEMENTS (archs); a++) {
        g_autofree char *place = g_strdup_printf ("resources[@arch='%s']", archs[a]);
        xmlNode *node = vy_xml_find (os, place);

        inherits |= node && vy_xml_is (node, "@inherit", "true");
        for (gsize k = 0; node && k < G_N_ELEMENTS (keys); k++) {
            g_autofree char *best = g_strconcat ("recommended/", keys[k], NULL);
            g_autofree char *least = g_strconcat ("minimum/", keys[k], NULL);

            fill (&values[k], number_at (node, best));
            fill (&values[k], 2 * number_at (node, least));
        }
    }
    for (gsize i = 0; inherits && i < G_N_ELEMENTS (links); i++) {
        g_autoptr (GPtrArray) parents = vy_xml_find_all (os, links[i]);

        for (guint j = 0; j < parents->len; j++) {
            g_autofree char *parent = vy_xml_get (parents->pdata[j], "@id");

            read_resources (parent, arch, values, depth + 1);
        }
    }
}

void
vy_guest_os_resources (const char *id, const char *arch, guint64 *n_cpus, guint64 *ram,
                       guint64 *storage)
{
    guint64 values[3] = { 0 };

    if (id)
        read_resources (id, arch, values, 0);
    *n_cpus = values[0];
    *ram = values[1];
    *storage = values[2];
}
