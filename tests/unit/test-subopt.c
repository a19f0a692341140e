/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: texts to pairs, pairs to XML, errors that say what is near. */
#include <string.h>

#include "vy-subopt.h"

/* ---- splitting -----------------------------------------------------------------------
 */

/* "key=value|key=value"; a key without "=" has no value. */
static const struct {
    const char *option, *text, *pairs;
} splits[] = {
    { "disk", "path=/x,bus=virtio", "path=/x|bus=virtio" },
    { "disk", "/x,bus=virtio", "path=/x|bus=virtio" },
    { "disk", "bus=virtio,/x", "bus=virtio|/x" },
    { "disk", "", "" },
    { "disk", ",,bus=a,,", "bus=a" },
    { "disk", "bus=", "bus=" },
    { "disk", "path=a=b", "path=a=b" },
    /* quotes hide commas and go themselves, wherever they begin */
    { "disk", "path=\"/a,b\",bus=x", "path=/a,b|bus=x" },
    { "disk", "\"path=/a,b\"", "path=/a,b" },
    { "disk", "path='/a,\"b'", "path=/a,\"b" },
    /* values that may hold commas go on until the next known key */
    { "disk", "/x,seclabel0.label=a,b,c", "path=/x|seclabel0.label=a,b,c" },
    { "disk", "seclabel0.label=a,b,bus=x", "seclabel0.label=a,b|bus=x" },
    /* several words without a key, and signs that stand for one */
    { "filesystem", "/src,/dst", "source=/src|target=/dst" },
    { "cpu", "host-model,+svm,-vmx", "model=host-model|force=svm|disable=vmx" },
    /* another program's own arguments */
    { "qemu-commandline", "-device a,b=c", "args=-device a,b=c" },
    { "xml", "./a/@b=c", "xpath.set=./a/@b=c" },
};

static char *
join (GPtrArray *pairs)
{
    GString *text = g_string_new ("");

    for (guint i = 0; i < pairs->len; i += 2) {
        g_string_append_printf (text, "%s%s", i ? "|" : "", (char *) pairs->pdata[i]);
        if (pairs->pdata[i + 1])
            g_string_append_printf (text, "=%s", (char *) pairs->pdata[i + 1]);
    }
    return g_string_free (text, FALSE);
}

static void
test_split (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (splits); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) pairs =
            vy_subopt_split (splits[i].text, vy_device_find (splits[i].option), &error);
        g_autofree char *text = NULL;

        g_assert_no_error (error);
        text = join (pairs);
        g_assert_cmpstr (text, ==, splits[i].pairs);
    }
}

/* ---- to XML --------------------------------------------------------------------------
 */

/* Texts after each other on one device; what the domain is then, without its root. */
static const struct {
    const char *option, *first, *second, *xml;
} applied[] = {
    { "disk", "bus=virtio,cache=none", NULL,
      "<devices><disk><target bus='virtio'/><driver cache='none'/></disk></devices>" },
    /* the order is the table's, not the text's */
    { "disk", "driver.cache=none,bus=virtio", NULL,
      "<devices><disk><target bus='virtio'/><driver cache='none'/></disk></devices>" },
    /* other names */
    { "disk", "boot_order=3,io=native,discard=unmap", NULL,
      "<devices><disk><boot order='3'/><driver discard='unmap' io='native'/></disk>"
      "</devices>" },
    /* kinds of values */
    { "disk", "readonly=on,shareable=no,removable=yes,driver.copy_on_read=no", NULL,
      "<devices><disk><readonly/><target removable='on'/><driver copy_on_read='off'/>"
      "</disk></devices>" },
    { "disk", "bus=x,readonly", NULL,
      "<devices><disk><target bus='x'/><readonly/></disk></devices>" },
    { "disk", "driver.queues=0x10", NULL,
      "<devices><disk><driver queues='16'/></disk></devices>" },
    /* XML's own characters are text */
    { "disk", "serial=<a&\"b\">", NULL,
      "<devices><disk><serial>&lt;a&amp;b&gt;</serial></disk></devices>" },
    /* numbers in keys */
    { "disk", "source.host1.name=b,source.host0.name=a", NULL,
      "<devices><disk><source><host name='a'/><host name='b'/></source>"
      "</disk></devices>" },
    { "disk", "source_host_name=a,source.protocol=nbd", NULL,
      "<devices><disk type='network'><source protocol='nbd'><host name='a'/></source>"
      "</disk></devices>" },
    { "cpu", "cell0.cpus=0,cell1.cpus=1", NULL,
      "<cpu><numa><cell cpus='0'/><cell cpus='1'/></numa></cpu>" },
    /* empty values take away, and with them what they leave empty */
    { "disk", "bus=virtio,cache=none",
      "cache=", "<devices><disk><target bus='virtio'/></disk></devices>" },
    { "disk", "bus=virtio,readonly=yes", "readonly=no",
      "<devices><disk><target bus='virtio'/></disk></devices>" },
    /* clearxml comes first, wherever it stands */
    { "disk", "bus=virtio,cache=none", "cache=unsafe,clearxml=yes",
      "<devices><disk><driver cache='unsafe'/></disk></devices>" },
    { "disk", "bus=virtio", "cache=none,clearxml=no",
      "<devices><disk><target bus='virtio'/><driver cache='none'/></disk></devices>" },
    { "cpu", "mode=custom", "clearxml=yes,cpu.model=x", NULL },
    /* xpath comes last */
    { "disk", "xpath.set=./@a,xpath.value=b,bus=x", NULL,
      "<devices><disk a='b'><target bus='x'/></disk></devices>" },
    { "disk", "bus=x,xpath0.create=./e,xpath1.set=./e/@f,xpath1.value=1", NULL,
      "<devices><disk><target bus='x'/><e f='1'/></disk></devices>" },
    { "disk", "bus=x,xpath.delete=./target", NULL, "<devices><disk/></devices>" },
    { "xml", "./devices/x/@y=1,2", NULL, "<devices><x y='1,2'/></devices>" },
};

static char *
apply (const char *option, const char *first, const char *second, GError **error)
{
    const VyDevice *device = vy_device_find (option);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    xmlNode *root = xmlDocGetRootElement (doc);
    xmlNode *node = vy_device_add (NULL, root, device, first, NULL, error);
    VySuboptTarget target = {
        .device = device, .domain = root, .node = node, .editing = TRUE
    };

    if (!node || (second && !vy_subopt_apply (&target, second, error)))
        return NULL;
    return vy_xml_to_string (root);
}

static void
test_apply (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (applied); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *text =
            apply (applied[i].option, applied[i].first, applied[i].second, &error);
        g_autofree char *wanted =
            g_strdup_printf ("<domain>%s</domain>", applied[i].xml ? applied[i].xml : "");
        g_autoptr (xmlDoc) doc = vy_xml_parse (wanted, "what is wanted", NULL);
        g_autofree char *same = vy_xml_to_string (xmlDocGetRootElement (doc));

        if (applied[i].xml) {
            g_assert_no_error (error);
            g_assert_cmpstr (text, ==, same);
        } else {
            g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
        }
    }
}

/* ---- errors --------------------------------------------------------------------------
 */

/* A text that is refused, and what the error or its hint says of it. */
static const struct {
    const char *option, *text, *said, *hint;
} refused[] = {
    { "disk", "path=\"/x", "quote", NULL },
    { "disk", "driver.cahce=none", "driver.cahce", "driver.cache" },
    { "disk", "cach=none", "cach", "cache" },
    { "network", "modle=virtio", "modle", "model" },
    { "disk", "zzzzzzzzzzzzzz=1", "zzzzzzzzzzzzzz", "--disk=?" },
    { "disk", "driver.queues=many", "driver.queues", NULL },
    { "disk", "driver.queues=0x", "driver.queues", NULL },
    { "disk", "driver.queues=-", "driver.queues", NULL },
    { "disk", "readonly=perhaps", "readonly", NULL },
    { "disk", "bus=x,cache", "cache", NULL },
    { "disk", "serial=a\001b", "control", NULL },
    { "disk", "serial=\xff", "UTF-8", NULL },
    { "disk", "serial=\xef\xbf\xbf", "control", NULL },
    { "disk", "perms=xx", "perms", NULL },
    { "disk", "vol=x", "vol", NULL },
    { "disk", "xpath.set=//,xpath.value=x", "//", NULL },
    { "disk", "xpath.delete=..", "..", NULL },
    { "disk", "xpath.delete=//namespace::*", "namespace", NULL },
    { "disk", "xpath.set=//namespace::*,xpath.value=x", "namespace", NULL },
    { "disk", "xpath.create=//namespace::*", "namespace", NULL },
    { "vcpus", "clearxml=yes", "clearxml", NULL },
    { "memory", "memory=lots", "memory", NULL },
};

static void
test_refused (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *text = apply (refused[i].option, refused[i].text, NULL, &error);

        g_assert_null (text);
        g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
        g_assert_nonnull (strstr (error->message, refused[i].said));
        g_assert_true (!strchr (error->message, '\n'));
        if (refused[i].hint)
            g_assert_nonnull (strstr (vy_error_get_hint (error), refused[i].hint));
    }
}

/* A device that cannot be made leaves nothing behind. */
static void
test_nothing_left (void)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    xmlNode *root = xmlDocGetRootElement (doc);

    g_assert_null (
        vy_device_add (NULL, root, vy_device_find ("disk"), "bus=a,x=y", NULL, NULL));
    g_assert_false (vy_xml_has (root, "devices/disk"));
}

/* What has no place in the XML is handed on by its full name. */
static void
test_extra (void)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    g_autoptr (GHashTable) extra =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    g_assert_nonnull (vy_device_add (NULL, xmlDocGetRootElement (doc),
                                     vy_device_find ("disk"), "size=3,sparse=no", extra,
                                     NULL));
    g_assert_cmpstr (g_hash_table_lookup (extra, "disk.size"), ==, "3");
    g_assert_cmpstr (g_hash_table_lookup (extra, "disk.sparse"), ==, "no");
}

/* ---- tables --------------------------------------------------------------------------
 */

static void
test_listing (void)
{
    g_auto (GStrv) keys = vy_device_keys (vy_device_find ("disk"));
    const char *const *names = (const char *const *) keys;

    g_assert_true (vy_device_is_listing ("?"));
    g_assert_true (vy_device_is_listing ("help"));
    g_assert_false (vy_device_is_listing ("help,bus=virtio"));
    g_assert_true (g_strv_contains (names, "driver.cache"));
    g_assert_true (g_strv_contains (names, "source.host[0-9]*.name"));
    g_assert_true (g_strv_contains (names, "clearxml"));
    g_assert_true (g_strv_contains (names, "xpath[0-9]*.set"));
    for (guint i = 1; keys[i]; i++)
        g_assert_cmpint (strcmp (keys[i - 1], keys[i]), <=, 0);
}

/* Each row can be reached: no key or alias before it takes its names. */
static void
test_reachable (void)
{
    const VyDevice *const *devices = vy_device_list ();

    for (; *devices; devices++) {
        g_autoptr (GHashTable) seen =
            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

        for (const VySubopt *const *rows = (*devices)->rows; *rows; rows++) {
            for (const VySubopt *row = *rows; row->key; row++) {
                g_auto (GStrv) names = g_strsplit (row->alias ? row->alias : "", " ", -1);

                if (!g_hash_table_add (seen, g_strdup (row->key)))
                    g_error ("--%s has %s twice", (*devices)->option, row->key);
                for (char **name = names; *name; name++)
                    if (!g_hash_table_add (seen, g_strdup (*name)))
                        g_error ("--%s has %s twice", (*devices)->option, *name);
            }
        }
    }
}

/* ---- what libvirt knows --------------------------------------------------------------
 */

static gboolean
is_release (const char *text)
{
    return g_regex_match_simple ("^[0-9]+\\.[0-9]+\\.[0-9]+$", text, 0, 0);
}

static void
check_values (const VyDevice *device, const VySubopt *row)
{
    g_auto (GStrv) words = vy_subopt_list_values (device, row, TRUE);
    g_auto (GStrv) plain = vy_subopt_list_values (device, row, FALSE);
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    g_assert_true (!words == !plain);
    g_assert_true (!words || words[0]);
    for (guint i = 0; words && words[i]; i++) {
        const char *mark = strchr (words[i], '@');

        if (!*plain[i] || strchr (plain[i], '@') || !g_hash_table_add (seen, plain[i]) ||
            (mark && !is_release (mark + 1)))
            g_error ("--%s %s: '%s' is no value", device->option, row->key, words[i]);
    }
}

static void
test_places (void)
{
    const VyDevice *const *devices = vy_device_list ();

    for (; *devices; devices++) {
        for (const VySubopt *const *rows = (*devices)->rows; *rows; rows++) {
            for (const VySubopt *row = *rows; row->key; row++) {
                const char *since = vy_subopt_get_since (*devices, row);

                if (since && !is_release (since))
                    g_error ("--%s %s: '%s' is no release", (*devices)->option, row->key,
                             since);
                check_values (*devices, row);
            }
        }
    }
}

/* A place that no row sets is a mistake in its path. */
static void
test_places_used (void)
{
    const VyDevice *const *devices = vy_device_list ();

    for (; *devices; devices++) {
        for (const VyPlace *place = (*devices)->places; place && place->path; place++) {
            gsize length = strlen (place->path);
            gboolean used = strcmp (place->path, ".") == 0;

            g_assert_true (place->since || place->values);
            for (const VySubopt *const *rows = (*devices)->rows; *rows && !used; rows++)
                for (const VySubopt *row = *rows; row->key && !used; row++) {
                    const char *path = row->path ? row->path : row->key;

                    used = strncmp (path, place->path, length) == 0 &&
                           (strchr ("/[%", path[length]));
                }
            if (!used)
                g_error ("--%s has no row for %s", (*devices)->option, place->path);
        }
    }
}

static void
test_known (void)
{
    static const struct {
        const char *option, *key, *since, *value;
    } known[] = {
        { "disk", "driver.cache", "0.6.0", "writethrough" },
        { "disk", "cache", "0.6.0", "none" },
        { "disk", "source.host3.transport", "1.0.2", "rdma" },
        { "disk", "iotune.read_bytes_sec", "0.9.8", NULL },
        { "disk", "readonly", "0.0.3", "yes" },
        { "disk", "target.removable", "1.1.3", "on" },
        { "disk", "size", NULL, NULL },
        { "sound", "model", "0.4.3", "virtio" },
        { "vsock", "driver.packed", "6.3.0", "off" },
        { "network", "type", NULL, "bridge" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
        const VyDevice *device = vy_device_find (known[i].option);
        const VySubopt *row = vy_device_find_row (device, known[i].key);
        g_auto (GStrv) words = vy_subopt_list_values (device, row, FALSE);

        g_assert_cmpstr (vy_subopt_get_since (device, row), ==, known[i].since);
        g_assert_true (!words == !known[i].value);
        if (words)
            g_assert_true (g_strv_contains ((const char *const *) words, known[i].value));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/subopt/split", test_split);
    g_test_add_func ("/subopt/apply", test_apply);
    g_test_add_func ("/subopt/refused", test_refused);
    g_test_add_func ("/subopt/nothing-left", test_nothing_left);
    g_test_add_func ("/subopt/extra", test_extra);
    g_test_add_func ("/subopt/listing", test_listing);
    g_test_add_func ("/subopt/reachable", test_reachable);
    g_test_add_func ("/subopt/places", test_places);
    g_test_add_func ("/subopt/places-used", test_places_used);
    g_test_add_func ("/subopt/known", test_known);
    return g_test_run ();
}
