/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Subnets: reading, comparing, choosing. */
#include "vy-subnet.h"

static void
test_parse (void)
{
    static const struct {
        const char *text;
        const char *result; /* NULL: refused */
    } cases[] = {
        { "192.168.150.0/24", "192.168.150.0/24" },
        { "192.168.150.7/24", "192.168.150.0/24" },
        { "10.1.2.3/255.255.0.0", "10.1.0.0/16" },
        { "0.0.0.0/0", "0.0.0.0/0" },
        { "10.0.0.0/255.0.255.0", NULL },
        { "10.0.0.0/33", NULL },
        { "10.0.0/24", NULL },
        { "10.0.0.0", NULL },
        { "", NULL },
        { "10.0.0.0/24; reboot", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *text = NULL;
        VySubnet subnet;

        if (vy_subnet_parse (cases[i].text, &subnet, NULL, &error))
            text = vy_subnet_format (&subnet);
        else
            g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
        g_assert_cmpstr (text, ==, cases[i].result);
    }
}

static const char routes[] =
    "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
    "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
    "tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"
    "eth0\t0096A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
    "eth1\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n";

static void
test_routes (void)
{
    g_autoptr (GPtrArray) used =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_used_subnet_free);
    const VyUsedSubnet *clash;
    VySubnet subnet;

    vy_subnet_read_routes (routes, used);
    g_assert_cmpuint (used->len, ==, 2); /* no default route, no half of the world */
    g_assert_true (vy_subnet_parse ("10.20.0.0/16", &subnet, NULL, NULL));
    clash = vy_subnet_find_clash (&subnet, used);
    g_assert_nonnull (clash);
    g_assert_cmpstr (clash->user, ==, "route 10.0.0.0/8 by eth1");
    g_assert_true (vy_subnet_parse ("192.168.151.0/24", &subnet, NULL, NULL));
    g_assert_null (vy_subnet_find_clash (&subnet, used));
}

static void
check_choice (GPtrArray *used, const char *expected)
{
    g_autofree char *text = NULL;
    VySubnet subnet;

    g_assert_true (vy_subnet_choose (used, &subnet, NULL));
    text = vy_subnet_format (&subnet);
    g_assert_cmpstr (text, ==, expected);
}

static void
take (GPtrArray *used, const char *text)
{
    VyUsedSubnet *entry = g_new0 (VyUsedSubnet, 1);

    g_assert_true (vy_subnet_parse (text, &entry->subnet, NULL, NULL));
    g_ptr_array_add (used, entry);
}

static void
test_choose (void)
{
    g_autoptr (GPtrArray) used =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_used_subnet_free);
    g_autoptr (GError) error = NULL;
    VySubnet subnet;

    check_choice (used, "192.168.150.0/24");
    take (used, "192.168.150.128/25");
    check_choice (used, "192.168.151.0/24");
    take (used, "192.168.0.0/16");
    check_choice (used, "10.150.0.0/24");
    take (used, "10.0.0.0/8");
    check_choice (used, "172.30.0.0/24");
    take (used, "172.16.0.0/12");
    g_assert_false (vy_subnet_choose (used, &subnet, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/subnet/parse", test_parse);
    g_test_add_func ("/subnet/routes", test_routes);
    g_test_add_func ("/subnet/choose", test_choose);
    return g_test_run ();
}
