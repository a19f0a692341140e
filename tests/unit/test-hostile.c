/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every sub-option of every option with what nobody should write: one error, or XML that
 * can be read and has the text as it was given. */
#include <string.h>

#include "vy-subopt.h"

#define LONG (100 * 1024)
/* An error is for people: it does not repeat all that was given. */
#define LONGEST_ERROR 4096

typedef enum { ANY, REFUSED, KEPT } Wanted;

/* How a value is written, what it is then, and what becomes of it in a row for text and
 * in one for numbers. */
static const struct {
    const char *name, *written, *value;
    Wanted text, number;
} values[] = {
    { "nothing", "", NULL, ANY, ANY },
    { "marks of XML", "\"<>&'\"'\"'", "<>&'\"", KEPT, REFUSED },
    { "the end of a tag", "]]>--></a>", "]]>--></a>", KEPT, REFUSED },
    { "an entity", "&lt;&#0;&x;", "&lt;&#0;&x;", KEPT, REFUSED },
    { "two lines", "a\nb", "a\nb", KEPT, REFUSED },
    { "a tab", "a\tb", "a\tb", KEPT, REFUSED },
    { "a control character", "a\001b", NULL, REFUSED, REFUSED },
    { "escape", "\033[31m", NULL, REFUSED, REFUSED },
    { "no UTF-8", "\xff\xfe", NULL, REFUSED, REFUSED },
    { "half a character", "\xc3", NULL, REFUSED, REFUSED },
    { "no character", "\xef\xbf\xbe", NULL, REFUSED, REFUSED },
    { "a format", "%s%n%p", "%s%n%p", KEPT, REFUSED },
    { "a path", "/../../..", "/../../..", KEPT, REFUSED },
    { "an expression", "$(id)`id`", "$(id)`id`", KEPT, REFUSED },
    { "a predicate", "x[1]/@y", "x[1]/@y", KEPT, REFUSED },
    { "a word", "twelve", "twelve", KEPT, REFUSED },
    { "half a number", "1x", "1x", KEPT, REFUSED },
    { "a number too large", "99999999999999999999999", NULL, ANY, ANY },
    { "a number below zero", "-1", NULL, ANY, ANY },
    { "a fraction", "1.5", NULL, ANY, REFUSED },
    { "a long one", NULL, NULL, KEPT, REFUSED },
};

typedef struct {
    const VyDevice *device;
    const VySubopt *row;
    gsize i;
} Case;

static void
check_error (const Case *at, const char *key, const GError *error)
{
    const char *hint = error ? vy_error_get_hint (error) : NULL;

    if (!error || !*error->message || strlen (error->message) > LONGEST_ERROR ||
        !g_utf8_validate (error->message, -1, NULL) || strchr (error->message, '\033') ||
        (hint && strlen (hint) > LONGEST_ERROR))
        g_error ("--%s %s with %s: is this an error? %.200s", at->device->option, key,
                 values[at->i].name, error ? error->message : "none");
}

static void
check_document (const Case *at, const char *key, xmlNode *root, const char *value)
{
    g_autofree char *text = vy_xml_to_string (root);
    g_autoptr (xmlDoc) doc = vy_xml_parse (text, "what was made", NULL);
    g_autofree char *again = NULL;

    if (!doc)
        g_error ("--%s %s with %s: no XML", at->device->option, key, values[at->i].name);
    again = vy_xml_to_string (xmlDocGetRootElement (doc));
    g_assert_cmpstr (text, ==, again);
    /* a row with a function decides itself what is written */
    if (value && !at->row->set && at->row->path && at->row->type == VY_STRING) {
        g_autoptr (GString) path = g_string_new (at->device->element);
        g_autofree char *found = NULL;

        g_string_append_printf (path, "%s%s", path->len ? "/" : "", at->row->path);
        g_string_replace (path, "%", "[1]", 0);
        found = vy_xml_get (xmlDocGetRootElement (doc), path->str);
        if (g_strcmp0 (found, value) != 0)
            g_error ("--%s %s with %s became '%.200s'", at->device->option, key,
                     values[at->i].name, found ? found : "nothing");
    }
}

static Wanted
wanted (const Case *at)
{
    if (at->row->type == VY_INT)
        return values[at->i].number;
    if (at->row->type == VY_STRING && !at->row->set)
        return values[at->i].text;
    return values[at->i].text == REFUSED ? REFUSED : ANY;
}

static void
try_one (const Case *at)
{
    g_autofree char *long_one = g_strnfill (LONG, 'x');
    const char *written = values[at->i].written ? values[at->i].written : long_one;
    const char *value = values[at->i].written ? values[at->i].value : long_one;
    g_autoptr (GString) key = g_string_new (at->row->key);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    g_autoptr (GHashTable) extra =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    xmlNode *node;

    g_string_replace (key, "%", "0", 0);
    text = g_strdup_printf ("%s=%s", key->str, written);
    node =
        vy_device_add (NULL, xmlDocGetRootElement (doc), at->device, text, extra, &error);
    if (!node)
        check_error (at, key->str, error);
    else
        g_assert_no_error (error);
    if (node ? wanted (at) == REFUSED : wanted (at) == KEPT)
        g_error ("--%s %s with %s: %s", at->device->option, key->str, values[at->i].name,
                 node ? "was taken" : error->message);
    check_document (at, key->str, xmlDocGetRootElement (doc), node ? value : NULL);
}

/* Rows that devices share are tried with the first of them. */
static void
test_values (void)
{
    const VyDevice *const *devices = vy_device_list ();
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

    for (; *devices; devices++)
        for (const VySubopt *const *rows = (*devices)->rows; *rows; rows++) {
            if (!g_hash_table_add (seen, (gpointer) *rows))
                continue;
            for (const VySubopt *row = *rows; row->key; row++)
                for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
                    try_one (&(Case){ *devices, row, i });
        }
}

/* ---- keys, and texts as a whole ------------------------------------------------------
 */

static const char *const texts[] = {
    "",
    ",",
    "=",
    "=x",
    "===",
    ",,,=,,",
    "\"",
    "'",
    "\"'",
    "nosuchkey=1",
    "nosuchkey",
    "no<such>&key=1",
    "no\nsuch=1",
    "\001=1",
    "\xff=1",
    "x.y.z99999999999999999999.w=1",
    "source.host99999999999999999999.name=x",
    "cell4096.cpus=1",
    "clearxml=perhaps",
    "clearxml",
    "xpath.set",
    "xpath.set=",
    "xpath.set=/",
    "xpath.set=///,xpath.value=x",
    "xpath.set=./@a[b,xpath.value=x",
    "xpath.create=./a[99999999],xpath.value=x",
    "xpath.create=./a/../..,xpath.value=x",
    "xpath.delete=/domain",
    "xpath.delete=//namespace::*",
    "xpath.delete=/,xpath1.delete=//*,xpath2.delete=//@*,xpath3.delete=//text()",
    "xpath.value=x",
    "xpath99999999999999999999.set=./a,xpath.value=x",
    "xpath.set=./<>,xpath.value=x",
};

static void
try_text (const VyDevice *device, const char *text)
{
    Case at = { device, NULL, 0 };
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    g_autoptr (GError) error = NULL;
    xmlNode *root = xmlDocGetRootElement (doc);
    VySubopt none = { 0 };

    at.row = &none;
    if (!vy_device_add (NULL, root, device, text, NULL, &error))
        check_error (&at, text, error);
    check_document (&at, text, root, NULL);
}

static void
test_texts (void)
{
    const VyDevice *const *devices = vy_device_list ();
    g_autofree char *long_one = g_strnfill (LONG, 'k');
    g_autofree char *long_key = g_strconcat (long_one, "=1", NULL);
    g_autoptr (GString) many = g_string_new ("");

    for (guint i = 0; i < 1000; i++)
        g_string_append (many, "a=b,");
    for (; *devices; devices++) {
        for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
            try_text (*devices, texts[i]);
        try_text (*devices, long_one);
        try_text (*devices, long_key);
        try_text (*devices, many->str);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hostile/values", test_values);
    g_test_add_func ("/hostile/texts", test_texts);
    return g_test_run ();
}
