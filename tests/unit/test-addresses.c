/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of domains: which are useful, and how answers are merged. */
#include "vy-addresses.h"

static void
test_useful (void)
{
    static const struct {
        const char *address;
        gboolean useful;
    } cases[] = {
        { "192.168.122.7", TRUE }, { "10.0.0.1", TRUE },   { "fd00::1", TRUE },
        { "127.0.0.1", FALSE },    { "::1", FALSE },       { "169.254.3.4", FALSE },
        { "fe80::1", FALSE },      { "224.0.0.1", FALSE }, { "0.0.0.0", FALSE },
        { "nonsense", FALSE },     { "", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_cmpint (vy_address_is_useful (cases[i].address), ==, cases[i].useful);
}

static void
add (GPtrArray *list, const char *interface, const char *address, guint64 prefix,
     const char *source)
{
    VyAddress *found = g_new0 (VyAddress, 1);

    found->interface = g_strdup (interface);
    found->family = "ipv4";
    found->address = g_strdup (address);
    found->prefix = prefix;
    found->sources = g_strdup (source);
    vy_addresses_merge (list, found);
}

static void
test_merge (void)
{
    g_autoptr (GPtrArray) list =
        g_ptr_array_new_with_free_func ((GDestroyNotify) vy_domain_address_free);
    const VyAddress *first;

    add (list, "vnet0", "192.168.122.7", 0, "lease");
    add (list, "lo", "127.0.0.1", 8, "agent");
    add (list, "eth0", "192.168.122.7", 24, "agent");
    add (list, "eth0", "192.168.122.8", 24, "agent");
    g_assert_cmpuint (list->len, ==, 2);
    first = g_ptr_array_index (list, 0);
    g_assert_cmpstr (first->sources, ==, "lease+agent");
    g_assert_cmpstr (first->interface, ==, "eth0");
    g_assert_cmpuint (first->prefix, ==, 24);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/addresses/useful", test_useful);
    g_test_add_func ("/addresses/merge", test_merge);
    return g_test_run ();
}
