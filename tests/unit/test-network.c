/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of a network: the document that is built, and what is refused. */
#include "vy-network.h"

#include <string.h>

static void
check_xml (const VyNetworkSettings *settings, const char *expected)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *xml = vy_network_settings_to_xml (settings, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (xml, ==, expected);
}

static void
test_nat (void)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new ("lab");
    g_autofree char *line = NULL;

    settings->subnet = g_strdup ("192.168.150.0/24");
    settings->dhcp_first = g_strdup ("192.168.150.10");
    settings->dhcp_last = g_strdup ("192.168.150.99");
    settings->bridge = g_strdup ("virbr7");
    settings->domain = g_strdup ("lab.test");
    settings->lease_minutes = 168 * 60;
    settings->hosts = g_strsplit ("web1=52:54:00:AA:BB:01,192.168.150.10", " ", -1);
    settings->subnet6 = g_strdup ("fd00:150::/64");
    settings->start = TRUE;
    check_xml (settings, "<network>\n"
                         "  <name>lab</name>\n"
                         "  <forward mode=\"nat\"/>\n"
                         "  <bridge name=\"virbr7\" stp=\"on\" delay=\"0\"/>\n"
                         "  <domain name=\"lab.test\" localOnly=\"yes\"/>\n"
                         "  <ip address=\"192.168.150.1\" netmask=\"255.255.255.0\">\n"
                         "    <dhcp>\n"
                         "      <range start=\"192.168.150.10\" end=\"192.168.150.99\">\n"
                         "        <lease expiry=\"168\" unit=\"hours\"/>\n"
                         "      </range>\n"
                         "      <host mac=\"52:54:00:aa:bb:01\" name=\"web1\" "
                         "ip=\"192.168.150.10\"/>\n"
                         "    </dhcp>\n"
                         "  </ip>\n"
                         "  <ip family=\"ipv6\" address=\"fd00:150::1\" prefix=\"64\"/>\n"
                         "</network>\n");
    line = vy_network_settings_to_command (settings);
    g_assert_cmpstr (
        line, ==,
        "virtyard net create lab --nat 192.168.150.0/24 --bridge-name virbr7 "
        "--ipv6 fd00:150::/64 --dhcp 192.168.150.10-192.168.150.99 "
        "--lease-time 168h --domain lab.test "
        "--host web1=52:54:00:AA:BB:01,192.168.150.10 --start");
}

static void
test_gateway (void)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new ("lab");

    settings->mode = VY_NETWORK_ISOLATED;
    settings->subnet = g_strdup ("10.9.8.254/24");
    settings->bridge = g_strdup ("virbr7");
    check_xml (settings, "<network>\n"
                         "  <name>lab</name>\n"
                         "  <bridge name=\"virbr7\" stp=\"on\" delay=\"0\"/>\n"
                         "  <ip address=\"10.9.8.254\" netmask=\"255.255.255.0\">\n"
                         "    <dhcp>\n"
                         "      <range start=\"10.9.8.1\" end=\"10.9.8.253\"/>\n"
                         "    </dhcp>\n"
                         "  </ip>\n"
                         "</network>\n");
}

static void
test_host_bridges (void)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new ("prod");

    settings->mode = VY_NETWORK_BRIDGE;
    settings->bridge = g_strdup ("br0");
    check_xml (settings, "<network>\n"
                         "  <name>prod</name>\n"
                         "  <forward mode=\"bridge\"/>\n"
                         "  <bridge name=\"br0\"/>\n"
                         "</network>\n");
    settings->mode = VY_NETWORK_OVS;
    settings->vlans = g_strsplit ("42 43", " ", -1);
    check_xml (settings, "<network>\n"
                         "  <name>prod</name>\n"
                         "  <forward mode=\"bridge\"/>\n"
                         "  <bridge name=\"br0\"/>\n"
                         "  <virtualport type=\"openvswitch\"/>\n"
                         "  <vlan trunk=\"yes\">\n"
                         "    <tag id=\"42\"/>\n"
                         "    <tag id=\"43\"/>\n"
                         "  </vlan>\n"
                         "</network>\n");
}

static void
test_macvtap (void)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new ("direct");

    settings->mode = VY_NETWORK_MACVTAP;
    settings->device = g_strdup ("enp2s0f0");
    check_xml (settings, "<network>\n"
                         "  <name>direct</name>\n"
                         "  <forward mode=\"bridge\">\n"
                         "    <interface dev=\"enp2s0f0\"/>\n"
                         "  </forward>\n"
                         "</network>\n");
}

/* One setting at a time that has to be refused, and a part of the message. */
static void
test_refused (void)
{
    static const struct {
        const char *name, *subnet, *dhcp, *host, *domain, *bridge;
        const char *message;
    } cases[] = {
        { "../x", NULL, NULL, NULL, NULL, NULL, "'../x' cannot be the name" },
        { "-x", NULL, NULL, NULL, NULL, NULL, "'-x' cannot be the name" },
        { "a\nb", NULL, NULL, NULL, NULL, NULL, "cannot be the name of a network" },
        { "<x/>", NULL, NULL, NULL, NULL, NULL, "cannot be the name of a network" },
        { "", NULL, NULL, NULL, NULL, NULL, "cannot be the name of a network" },
        { "x", "10.0.0.0/31", NULL, NULL, NULL, NULL, "cannot hold a network" },
        { "x", "10.0.0.255/24", NULL, NULL, NULL, NULL, "broadcast" },
        { "x", "10.0.0.0/24", "10.0.1.5-10.0.1.9", NULL, NULL, NULL,
          "DHCP address '10.0.1.5' is no address for a host" },
        { "x", "10.0.0.0/24", "10.0.0.9-10.0.0.5", NULL, NULL, NULL, "ends before" },
        { "x", "10.0.0.0/24", "10.0.0.1-10.0.0.5", NULL, NULL, NULL, "own address" },
        { "x", "10.0.0.0/24", NULL, "52:54:00:00:00:01,10.0.0.1", NULL, NULL,
          "10.0.0.1 is the host's own address" },
        { "x", "10.0.0.0/24", NULL, "w=53:54:00:00:00:01,10.0.0.7", NULL, NULL,
          "is one of a group" },
        { "x", "10.0.0.0/24", NULL, "w=52:54:00,10.0.0.7", NULL, NULL, "no MAC address" },
        { "x", "10.0.0.0/24", NULL, "w;x=52:54:00:00:00:01,10.0.0.7", NULL, NULL,
          "'w;x' cannot be the name of a host" },
        { "x", NULL, NULL, NULL, "-bad.test", NULL, "cannot be the name of a domain" },
        { "x", NULL, NULL, NULL, NULL, "averylongbridgename", "name of a bridge" },
        { "x", NULL, NULL, NULL, NULL, "a/b", "name of a bridge" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (VyNetworkSettings) settings = vy_network_settings_new (cases[i].name);
        g_autoptr (GError) error = NULL;
        g_auto (GStrv) range = cases[i].dhcp ? g_strsplit (cases[i].dhcp, "-", 2) : NULL;

        settings->subnet = g_strdup (cases[i].subnet);
        settings->dhcp_first = range ? g_strdup (range[0]) : NULL;
        settings->dhcp_last = range ? g_strdup (range[1]) : NULL;
        settings->hosts = cases[i].host ? g_strsplit (cases[i].host, " ", -1) : NULL;
        settings->domain = g_strdup (cases[i].domain);
        settings->bridge = g_strdup (cases[i].bridge);
        g_assert_false (vy_network_settings_check (settings, &error));
        g_assert_nonnull (error);
        if (!strstr (error->message, cases[i].message))
            g_error ("case %u: %s", (guint) i, error->message);
    }
}

static void
test_resolve (void)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new ("lab");
    g_autoptr (GError) error = NULL;
    virConnectPtr conn = virConnectOpen ("test:///default");

    g_assert_nonnull (conn);
    g_assert_true (vy_network_settings_resolve (settings, conn, &error));
    g_assert_cmpstr (settings->subnet, ==, "192.168.150.0/24");
    g_assert_true (g_str_has_prefix (settings->bridge, "virbr"));
    g_free (settings->subnet);
    settings->subnet = g_strdup ("192.168.122.0/25");
    g_assert_false (vy_network_settings_resolve (settings, conn, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_EXISTS);
    g_assert_cmpstr (error->message, ==,
                     "subnet 192.168.122.0/25 clashes with network 'default'");
    g_assert_cmpstr (vy_error_get_hint (error), ==, "192.168.150.0/24 is free");
    virConnectClose (conn);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    vy_error_silence_libvirt ();
    g_test_add_func ("/network/nat", test_nat);
    g_test_add_func ("/network/gateway", test_gateway);
    g_test_add_func ("/network/host-bridges", test_host_bridges);
    g_test_add_func ("/network/macvtap", test_macvtap);
    g_test_add_func ("/network/refused", test_refused);
    g_test_add_func ("/network/resolve", test_resolve);
    return g_test_run ();
}
