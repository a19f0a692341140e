/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces of this machine, as the kernel tells about them. */
#include "vy-interface-private.h"

#include <net/if.h>
#include <string.h>
#include <json-c/json.h>

#include "vy-process.h"

void
vy_interface_free (VyInterface *interface)
{
    g_free (interface->mac);
    g_free (interface->master);
    g_free (interface->kind);
    g_strfreev (interface->addresses);
    g_strfreev (interface->routes);
    g_free (interface->gateway);
    g_free (interface);
}

gboolean
vy_interface_exists (const char *name)
{
    return if_nametoindex (name) != 0;
}

/* Asks iproute2: unlike /sys it is always right about the own network namespace. */
static json_object *
run_ip (const char *const *words)
{
    g_autofree char *text = NULL;

    return vy_process_run (words, NULL, &text, NULL) ? json_tokener_parse (text) : NULL;
}

static const char *
text_of (json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex (object, key, &value)
               ? json_object_get_string (value)
               : NULL;
}

static char **
read_addresses (json_object *link)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    json_object *list = NULL, *prefix = NULL;

    json_object_object_get_ex (link, "addr_info", &list);
    for (gsize i = 0; list && i < json_object_array_length (list); i++) {
        json_object *address = json_object_array_get_idx (list, i);
        const char *local = text_of (address, "local");
        g_autofree char *text = NULL;

        if (!local || g_strcmp0 (text_of (address, "scope"), "global") != 0 ||
            !json_object_object_get_ex (address, "prefixlen", &prefix))
            continue;
        text = g_strdup_printf ("%s/%d", local, json_object_get_int (prefix));
        g_strv_builder_add (builder, text);
    }
    return g_strv_builder_end (builder);
}

/* Routes that the kernel makes by itself with an address are left out. */
static void
read_routes (VyInterface *interface, const char *name)
{
    const char *const words[] = { "ip", "-j", "-4", "route", "show", "dev", name, NULL };
    json_object *routes = run_ip (words);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    gsize n = json_object_is_type (routes, json_type_array)
                  ? json_object_array_length (routes)
                  : 0;

    for (gsize i = 0; i < n; i++) {
        json_object *route = json_object_array_get_idx (routes, i);
        const char *to = text_of (route, "dst"), *via = text_of (route, "gateway");
        const char *metric = text_of (route, "metric");
        g_autofree char *text = NULL;

        if (!to || g_strcmp0 (text_of (route, "protocol"), "kernel") == 0)
            continue;
        text = g_strdup_printf ("%s%s%s%s%s", to, via ? " via " : "", via ? via : "",
                                metric ? " metric " : "", metric ? metric : "");
        g_strv_builder_add (builder, text);
        if (strcmp (to, "default") == 0 && via && !interface->gateway)
            interface->gateway = g_strdup (via);
    }
    json_object_put (routes);
    interface->routes = g_strv_builder_end (builder);
}

VyInterface *
vy_interface_read (const char *name)
{
    const char *const words[] = { "ip", "-j", "-d", "addr", "show", "dev", name, NULL };
    json_object *links = vy_interface_exists (name) ? run_ip (words) : NULL;
    json_object *link = json_object_is_type (links, json_type_array)
                            ? json_object_array_get_idx (links, 0)
                            : NULL;
    json_object *info = NULL;
    VyInterface *interface = NULL;

    if (link) {
        interface = g_new0 (VyInterface, 1);
        interface->mac = g_strdup (text_of (link, "address"));
        interface->master = g_strdup (text_of (link, "master"));
        if (json_object_object_get_ex (link, "linkinfo", &info))
            interface->kind = g_strdup (text_of (info, "info_kind"));
        interface->addresses = read_addresses (link);
        read_routes (interface, name);
    }
    json_object_put (links);
    return interface;
}

gboolean
vy_interface_has_ports (const char *name)
{
    g_autofree char *path = g_build_filename ("/sys/class/net", name, "bridge", NULL);

    return g_file_test (path, G_FILE_TEST_IS_DIR);
}

gboolean
vy_interface_is_bridge (const char *name)
{
    g_autoptr (VyInterface) interface = vy_interface_read (name);

    if (interface)
        return g_strcmp0 (interface->kind, "bridge") == 0;
    return vy_interface_exists (name) && vy_interface_has_ports (name);
}

/* Where the fields of a line stand that the kernel writes about a route. */
enum { ROUTE_INTERFACE, ROUTE_DESTINATION, ROUTE_METRIC = 6, ROUTE_MASK, ROUTE_FIELDS };

char *
vy_interface_find_default (void)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    guint64 lowest = G_MAXUINT64;
    char *name = NULL;

    if (!g_file_get_contents ("/proc/net/route", &text, NULL, NULL))
        return NULL;
    lines = g_strsplit (text, "\n", -1);
    for (gsize i = 1; lines[0] && lines[i]; i++) {
        g_auto (GStrv) fields = g_strsplit (g_strstrip (lines[i]), "\t", -1);
        guint64 metric;

        if (g_strv_length (fields) < ROUTE_FIELDS ||
            g_ascii_strtoull (fields[ROUTE_DESTINATION], NULL, 16) != 0 ||
            g_ascii_strtoull (fields[ROUTE_MASK], NULL, 16) != 0)
            continue;
        metric = g_ascii_strtoull (fields[ROUTE_METRIC], NULL, 10);
        if (metric < lowest) {
            lowest = metric;
            g_free (name);
            name = g_strdup (fields[ROUTE_INTERFACE]);
        }
    }
    return name;
}
