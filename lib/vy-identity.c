/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What tells guests and their files apart: made at random, or the same in every run. */
#include "vy-identity-private.h"

#include "vy-host-private.h"
#include "vy-libvirt-private.h"
#include "vy-mac-private.h"

#define FIRST_MAC 0xd6a1c0
#define FIRST_TAG 0x5eedf11e

static char *
mac_of (VyHost *host, guint32 number)
{
    /* each of the two has a range of its own at the IEEE */
    const char *maker =
        vy_host_get_driver (host) == VY_DRIVER_QEMU ? "52:54:00" : "00:16:3e";

    return g_strdup_printf ("%s:%02x:%02x:%02x", maker, (number >> 16) & 0xff,
                            (number >> 8) & 0xff, number & 0xff);
}

char *
vy_identity_make_mac (VyHost *host)
{
    while (vy_host_is_predictable (host)) {
        guint number = vy_host_count (host, VY_COUNT_MAC);
        g_autofree char *mac = mac_of (host, FIRST_MAC + number);
        g_autofree char *user = vy_mac_find_user (host, mac);

        if (!user)
            return g_steal_pointer (&mac);
    }
    return mac_of (host, g_random_int ());
}

char *
vy_identity_make_uuid (VyHost *host)
{
    while (vy_host_is_predictable (host)) {
        guint number = vy_host_count (host, VY_COUNT_UUID);
        g_autofree char *uuid = g_strdup_printf ("a9d7c3f0-5b1e-4c8a-9f26-%012x", number);
        g_autoptr (virDomain) user =
            virDomainLookupByUUIDString (vy_host_get_conn (host), uuid);

        if (!user)
            return g_steal_pointer (&uuid);
    }
    return g_uuid_string_random ();
}

char *
vy_identity_make_tag (VyHost *host, gboolean is_fixed)
{
    guint32 tag = is_fixed && vy_host_is_predictable (host)
                      ? FIRST_TAG + vy_host_count (host, VY_COUNT_TAG)
                      : g_random_int ();

    return g_strdup_printf ("%08x", tag);
}
