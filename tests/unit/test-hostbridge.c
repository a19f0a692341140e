/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges of the host: files of ifupdown. */
#include "vy-hostbridge.h"

static const char before[] = "source /etc/network/interfaces.d/*\n"
                             "\n"
                             "auto lo\n"
                             "iface lo inet loopback\n"
                             "\n"
                             "auto enp2s0f0\n"
                             "iface enp2s0f0 inet static\n"
                             "    address 192.0.2.7/24\n"
                             "    gateway 192.0.2.1\n"
                             "iface enp2s0f0 inet6 auto\n"
                             "iface enp2s0f01 inet dhcp\n";

static const char after[] =
    "source /etc/network/interfaces.d/*\n"
    "\n"
    "auto lo\n"
    "iface lo inet loopback\n"
    "\n"
    "auto enp2s0f0\n"
    "iface enp2s0f0 inet manual\n"
    "\n"
    "auto br0\n"
    "iface br0 inet static\n"
    "    pre-up ip link add name br0 type bridge stp_state 0 || true\n"
    "    pre-up ip link set dev br0 address 52:54:00:00:00:01\n"
    "    pre-up ip link set dev enp2s0f0 master br0 up\n"
    "    post-down ip link delete dev br0 || true\n"
    "    address 192.0.2.7/24\n"
    "    gateway 192.0.2.1\n"
    "iface br0 inet6 auto\n"
    "iface enp2s0f01 inet dhcp\n";

static void
test_ifupdown (void)
{
    g_autofree char *text =
        vy_hostbridge_rewrite_interfaces (before, "br0", "enp2s0f0", "52:54:00:00:00:01");

    g_assert_cmpstr (text, ==, after);
    g_assert_null (vy_hostbridge_rewrite_interfaces (before, "br0", "eth0", NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hostbridge/ifupdown", test_ifupdown);
    return g_test_run ();
}
