/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces into bridges and out of them. */
#include "vy-bridge.h"

#include "vy-xml.h"

static const char card[] =
    "<interface type='ethernet' name='eth0'><start mode='onboot'/>"
    "<mac address='52:54:00:00:00:01'/><protocol family='ipv4'><dhcp/></protocol>"
    "</interface>";

/* The same words in the same order, whatever the layout. */
static void
assert_xml (const char *text, const char *wanted)
{
    g_autoptr (xmlDoc) one = vy_xml_parse (text, "result", NULL);
    g_autoptr (xmlDoc) two = vy_xml_parse (wanted, "wanted", NULL);
    g_autofree char *first = vy_xml_to_string (xmlDocGetRootElement (one));
    g_autofree char *second = vy_xml_to_string (xmlDocGetRootElement (two));

    g_assert_cmpstr (first, ==, second);
}

static void
test_wrap (void)
{
    const VyBridge bridge = { "br0", TRUE, 4 };
    g_autofree char *xml = vy_bridge_wrap (card, &bridge, NULL);

    assert_xml (xml, "<interface type='bridge' name='br0'><start mode='onboot'/>"
                     "<protocol family='ipv4'><dhcp/></protocol>"
                     "<bridge stp='on' delay='4'><interface type='ethernet' name='eth0'>"
                     "<mac address='52:54:00:00:00:01'/></interface></bridge>"
                     "</interface>");
}

/* Where nothing waits there is no delay. */
static void
test_wrap_without_stp (void)
{
    const VyBridge bridge = { "br0", FALSE, 4 };
    g_autofree char *xml = vy_bridge_wrap (card, &bridge, NULL);

    g_assert_nonnull (strstr (xml, "<bridge stp=\"off\">"));
}

static void
test_there_and_back (void)
{
    const VyBridge bridge = { "br0", TRUE, 0 };
    g_autofree char *xml = vy_bridge_wrap (card, &bridge, NULL);
    g_autofree char *port = NULL;
    g_autofree char *back = vy_bridge_unwrap (xml, &port, NULL);

    g_assert_cmpstr (port, ==, "eth0");
    assert_xml (back, "<interface type='ethernet' name='eth0'><start mode='onboot'/>"
                      "<protocol family='ipv4'><dhcp/></protocol>"
                      "<mac address='52:54:00:00:00:01'/></interface>");
}

static void
test_bridge_of_bridge (void)
{
    const VyBridge bridge = { "br1", TRUE, 0 };
    g_autoptr (GError) error = NULL;

    g_assert_null (
        vy_bridge_wrap ("<interface type='bridge' name='br0'/>", &bridge, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_STATE);
}

/* What cannot be taken apart. */
static void
test_unwrap_refusals (void)
{
    static const struct {
        const char *xml;
        int code;
    } cases[] = {
        { "<interface type='ethernet' name='eth0'/>", VY_ERROR_STATE },
        { "<interface type='bridge' name='br0'><bridge/></interface>", VY_ERROR_STATE },
        { "<interface type='bridge' name='br0'><bridge>"
          "<interface type='ethernet' name='a'/><interface type='ethernet' name='b'/>"
          "</bridge></interface>",
          VY_ERROR_STATE },
        { "<interface type='bridge' name='br0'><bridge><interface/></bridge></interface>",
          VY_ERROR_INVALID },
        { "<interface/>", VY_ERROR_INVALID },
        { "<interface", VY_ERROR_INVALID },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *port = NULL;

        g_assert_null (vy_bridge_unwrap (cases[i].xml, &port, &error));
        g_assert_error (error, VY_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/bridge/wrap", test_wrap);
    g_test_add_func ("/bridge/wrap-without-stp", test_wrap_without_stp);
    g_test_add_func ("/bridge/there-and-back", test_there_and_back);
    g_test_add_func ("/bridge/bridge-of-bridge", test_bridge_of_bridge);
    g_test_add_func ("/bridge/unwrap-refusals", test_unwrap_refusals);
    return g_test_run ();
}
