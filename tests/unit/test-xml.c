/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML places by path. */
#include "vy-xml.h"

/* What setting one place makes of a document. */
static const struct {
    const char *before, *path, *value, *after;
} cases[] = {
    { "<a/>", "b/@c", "1", "<a>\n  <b c=\"1\"/>\n</a>\n" },
    { "<a/>", "b/c", "x<y", "<a>\n  <b>\n    <c>x&lt;y</c>\n  </b>\n</a>\n" },
    { "<a><b c='1' d='2'/></a>", "b/@c", NULL, "<a>\n  <b d=\"2\"/>\n</a>\n" },
    { "<a><b><c d='1'/></b></a>", "b/c/@d", NULL, "<a/>\n" },
    { "<a/>", "h[2]/@n", "x", "<a>\n  <h/>\n  <h n=\"x\"/>\n</a>\n" },
    { "<a/>", "h[@k='v']/@n", "x", "<a>\n  <h k=\"v\" n=\"x\"/>\n</a>\n" },
    { "<a><h k='u'/></a>", "h[@k='v']", "t",
      "<a>\n  <h k=\"u\"/>\n  <h k=\"v\">t</h>\n</a>\n" },
    { "<a/>", "./b", "", "<a>\n  <b/>\n</a>\n" },
    { "<a>\n  <b/>\n</a>", "c", "1", "<a>\n  <b/>\n  <c>1</c>\n</a>\n" },
    { "<a>t</a>", "b/@c", "1", "<a>t  <b c=\"1\"/>t</a>\n" },
    { "<a>t</a>", "b/c/@d", "1", "<a>t  <b>t    <c d=\"1\"/>t  </b>t</a>\n" },
    { "<a>t<b/>u</a>", "c/@d", "1", "<a>t<b/>u  <c d=\"1\"/>u</a>\n" },
    { "<a>t  <b/>t</a>", "b/@c", "1", "<a>t  <b c=\"1\"/>t</a>\n" },
    { "<a>t &amp; u</a>", "b", "x", "<a>t &amp; u  <b>x</b>t &amp; u</a>\n" },
    { "<a/>", "qemu:commandline/qemu:arg/@value", "-x",
      "<a xmlns:qemu=\"http://libvirt.org/schemas/domain/qemu/1.0\">\n"
      "  <qemu:commandline>\n    <qemu:arg value=\"-x\"/>\n  "
      "</qemu:commandline>\n</a>\n" },
};

static void
test_set (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (xmlDoc) doc = vy_xml_parse (cases[i].before, "test", NULL);
        g_autofree char *text = NULL;

        vy_xml_set (xmlDocGetRootElement (doc), cases[i].path, cases[i].value);
        text = vy_xml_to_string (xmlDocGetRootElement (doc));
        g_assert_cmpstr (text, ==, cases[i].after);
    }
}

static void
test_get (void)
{
    g_autoptr (xmlDoc) doc =
        vy_xml_parse ("<a><b> x </b><c d='1'/><c d='2'/></a>", "test", NULL);
    xmlNode *root = xmlDocGetRootElement (doc);
    g_autoptr (GPtrArray) all = vy_xml_find_all (root, "c");
    g_autofree char *text = vy_xml_get (root, "b");
    g_autofree char *second = vy_xml_get (root, "c[2]/@d");

    g_assert_cmpstr (text, ==, "x");
    g_assert_cmpstr (second, ==, "2");
    g_assert_cmpuint (all->len, ==, 2);
    g_assert_true (vy_xml_is (root, "c/@nosuch", NULL));
    g_assert_true (vy_xml_has (root, "c/@d"));
    g_assert_false (vy_xml_has (root, "c/@e"));
    g_assert_null (vy_xml_find (root, "c[3]"));
}

static void
test_broken (void)
{
    static const char *const texts[] = { "",         "<a>", "<a></b>",
                                         "<a b=c/>", "x",   "<a>&nosuch;</a>" };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (vy_xml_parse (texts[i], "test", &error));
        g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
    }
}

static void
test_exact (void)
{
    const char *before = "<a>\n     <b/>\n\n   <c>é &amp;</c> </a>";
    g_autoptr (xmlDoc) doc = vy_xml_parse_exact (before, "test", NULL);
    g_autofree char *text = vy_xml_to_text (xmlDocGetRootElement (doc));
    g_autofree char *child = vy_xml_to_text (vy_xml_find (doc->children, "c"));

    g_assert_cmpstr (text, ==, before);
    g_assert_cmpstr (child, ==, "<c>é &amp;</c>");
}

static void
test_quoted (void)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("a");
    xmlNode *root = xmlDocGetRootElement (doc);
    g_autofree char *text = NULL;

    vy_xml_set (root, "b/@c", "'\"<é");
    vy_xml_set (root, "b/@empty", "");
    vy_xml_set (root, "b/d", "x & 'y'");
    vy_xml_set (root, "qemu:commandline/qemu:arg/@value", "-x");
    text = vy_xml_to_quoted (root);
    g_assert_cmpstr (
        text, ==,
        "<a xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
        "  <b c='&apos;&quot;&lt;é' empty=''>\n    <d>x &amp; &apos;y&apos;</d>\n  </b>\n"
        "  <qemu:commandline>\n    <qemu:arg value='-x'/>\n  </qemu:commandline>\n"
        "</a>\n");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/xml/set", test_set);
    g_test_add_func ("/xml/get", test_get);
    g_test_add_func ("/xml/broken", test_broken);
    g_test_add_func ("/xml/exact", test_exact);
    g_test_add_func ("/xml/quoted", test_quoted);
    return g_test_run ();
}
