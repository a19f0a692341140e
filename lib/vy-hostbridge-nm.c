/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges by NetworkManager. */
#include "vy-hostbridge-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-process.h"

/* Settings that go from the card's connection to the bridge's. */
static const char *const moved[] = {
    "ipv4.method",     "ipv4.addresses",  "ipv4.gateway",   "ipv4.dns",     "ipv4.routes",
    "ipv4.dns-search", "ipv6.method",     "ipv6.addresses", "ipv6.gateway", "ipv6.dns",
    "ipv6.routes",     "ipv6.dns-search", "connection.zone"
};

/* One value as nmcli prints it for scripts, or NULL when it is empty or fails. */
static char *
get_value (const char *field, const char *object, const char *name)
{
    const char *const argv[] = { "nmcli", "-e",   "no", "-g", field,
                                 object,  "show", name, NULL };
    g_autofree char *text = NULL;

    if (!vy_process_run (argv, NULL, &text, NULL) || *g_strstrip (text) == '\0')
        return NULL;
    return g_steal_pointer (&text);
}

char *
vy_hostbridge_find_nm (const char *root, const char *uplink)
{
    g_autofree char *program = vy_process_find ("nmcli");

    if (strcmp (root, "/") != 0 || !program)
        return NULL;
    return get_value ("GENERAL.CON-UUID", "device", uplink);
}

static char **
bridge_words (const VyHostBridge *bridge, const char *id, const char *uuid,
              const VyInterface *before)
{
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

    g_strv_builder_add_many (words, "nmcli", "connection", "add", "type", "bridge",
                             "con-name", id, "ifname", bridge->bridge, "bridge.stp", "no",
                             NULL);
    if (before && before->mac)
        g_strv_builder_add_many (words, "bridge.mac-address", before->mac, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (moved); i++) {
        g_autofree char *value = get_value (moved[i], "connection", uuid);

        if (value)
            g_strv_builder_add_many (words, moved[i], value, NULL);
    }
    return g_strv_builder_end (words);
}

gboolean
vy_hostbridge_add_nm (VyPlan *plan, const VyHostBridge *bridge, const VyInterface *before,
                      GError **error)
{
    g_autofree char *old = vy_hostbridge_find_nm ("/", bridge->uplink);
    g_autofree char *port = g_strdup_printf ("%s-%s", bridge->bridge, bridge->uplink);
    const char *name = bridge->bridge;
    g_auto (GStrv) add = NULL;

    if (!old)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("network card '%s' has no active connection"),
                         bridge->uplink);
    add = bridge_words (bridge, name, old, before);
    vy_hostbridge_command (plan, (const char *const *) add,
                           WORDS ("nmcli", "connection", "delete", "id", name));
    vy_hostbridge_command (plan,
                           WORDS ("nmcli", "connection", "add", "type", "ethernet",
                                  "con-name", port, "ifname", bridge->uplink, "master",
                                  name, "slave-type", "bridge"),
                           WORDS ("nmcli", "connection", "delete", "id", port));
    vy_hostbridge_command (plan,
                           WORDS ("nmcli", "connection", "modify", "uuid", old,
                                  "connection.autoconnect", "no"),
                           WORDS ("nmcli", "connection", "modify", "uuid", old,
                                  "connection.autoconnect", "yes"));
    vy_hostbridge_command (plan, WORDS ("nmcli", "connection", "up", "id", port),
                           WORDS ("nmcli", "connection", "up", "uuid", old));
    vy_hostbridge_command (plan, WORDS ("nmcli", "connection", "up", "id", name), NULL);
    return TRUE;
}
