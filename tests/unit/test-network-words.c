/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks described by loose words, and what is refused of them. */
#include "vy-network-words.h"

#include <string.h>

/* The line that a recipe for KVM hosts gives, and the command that means the same. */
static const struct {
    const char *words;
    const char *command;
} good[] = {
    { "--persist default --incoming-interface enp2s0f0, --outgoing-interface br0, "
      "--forward mode nat --masquerade sourcenat --dhcp enable --dns resolvconf "
      "--lease-days 7 --start immediately --autostart restart",
      "virtyard net create default --nat --bridge-name br0 --forward-dev enp2s0f0 "
      "--lease-time 168h --start --autostart" },
    { "lab --forward route --subnet 10.9.0.0/24",
      "virtyard net create lab --route 10.9.0.0/24" },
    { "lab --forward=mode='open'", "virtyard net create lab --open" },
    { "lab --forward mode=bridge --outgoing-interface br0",
      "virtyard net create lab --bridge br0" },
    { "--start lab --dhcp 192.168.7.10-192.168.7.20",
      "virtyard net create lab --nat --dhcp 192.168.7.10-192.168.7.20 --start" },
    { "--forward isolated --dhcp off --dns no lab --start no",
      "virtyard net create lab --isolated --no-dhcp --no-dns" },
    { "lab --masquerade no", "virtyard net create lab --route" },
    { "lab --forward macvtap --incoming-interface eth0",
      "virtyard net create lab --macvtap eth0" },
    { "lab --dns 9.9.9.9 --domain lab.test",
      "virtyard net create lab --nat --domain lab.test --dns 9.9.9.9" },
};

static const struct {
    const char *words;
    const char *message; /* a part of it */
    const char *command; /* the end of the hint */
} bad[] = {
    { "lab --forward mode userdata --start",
      "'userdata' is no valid value of --forward: valid are nat, route, open, isolated, "
      "bridge, macvtap",
      "virtyard net create lab --nat --start" },
    { "lab --controller ovn central --forward route --autostart",
      "'--controller' is not known here: valid are --forward, --incoming-interface",
      "virtyard net create lab --route --autostart" },
    { "lab --masquerade ipv6nat",
      "'ipv6nat' is no valid value of --masquerade: valid are", "lab --nat" },
    { "lab --lease-days 0", "'0' is no valid value of --lease-days: valid are 1 to 3650",
      "lab --nat" },
    { "lab --lease-days", "--lease-days needs a value", "lab --nat" },
    { "lab two --forward nat", "'two' is one word too many", "lab --nat" },
    { "--forward nat", "the network's name is missing", "create NAME --nat" },
    { "lab --forward route --masquerade yes",
      "--masquerade cannot stand beside --forward route: valid is nat", "lab --route" },
    { "lab --forward bridge", "a network of mode bridge needs a bridge",
      "lab --bridge br0" },
    { "../lab --dhcp enable", "'../lab' cannot be the name of a network",
      "../lab --nat" },
    { "lab --dhcp= --start", "--dhcp has an empty value", "lab --nat --start" },
    { "lab --autostart sometimes", "'sometimes' is no valid value of --autostart",
      "lab --nat" },
};

static void
test_good (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
        g_auto (GStrv) words = g_strsplit (good[i].words, " ", -1);
        g_autoptr (GError) error = NULL;
        g_autoptr (VyNetworkSettings) settings =
            vy_network_settings_from_words ((const char *const *) words, &error);
        g_autofree char *command = NULL;

        g_assert_no_error (error);
        command = vy_network_settings_to_command (settings);
        g_assert_cmpstr (command, ==, good[i].command);
        g_assert_true (vy_network_words_are_loose ((const char *const *) words));
    }
}

static void
test_bad (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_auto (GStrv) words = g_strsplit (bad[i].words, " ", -1);
        g_autoptr (GError) error = NULL;

        g_assert_null (
            vy_network_settings_from_words ((const char *const *) words, &error));
        g_assert_nonnull (error);
        if (!strstr (error->message, bad[i].message) ||
            !g_str_has_suffix (vy_error_get_hint (error), bad[i].command))
            g_error ("%s: %s; %s", bad[i].words, error->message,
                     vy_error_get_hint (error));
    }
}

static void
test_xml_file (void)
{
    const char *const words[] = { "/etc/net.xml", "--validate", NULL };

    g_assert_false (vy_network_words_are_loose (words));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/network-words/good", test_good);
    g_test_add_func ("/network-words/bad", test_bad);
    g_test_add_func ("/network-words/xml-file", test_xml_file);
    return g_test_run ();
}
