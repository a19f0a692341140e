/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges of the host: checks, the kernel's own state, and the look at the result. */
#include "vy-hostbridge-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-process.h"
#include "vy-subnet.h"

#define CHECK_SECONDS 45
#define ARP_WAIT_MS 250
#define DISCARD_PORT 9

/* ---- steps ----------------------------------------------------------------------------
 */

static gboolean
run_words (const char *words, GError **error)
{
    g_auto (GStrv) argv = g_strsplit (words, "\n", -1);

    return vy_process_run ((const char *const *) argv, NULL, NULL, error);
}

static gboolean
apply_command (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const char *words = vy_step_record_get (record, "argv");

    vy_step_record_set (record, "state", "begun");
    if (words && !run_words (words, error)) {
        vy_step_record_set (record, "state", NULL);
        return FALSE;
    }
    vy_step_record_set (record, "state", "done");
    return TRUE;
}

static gboolean
undo_command (G_GNUC_UNUSED gpointer context, const VyStepRecord *record, GError **error)
{
    const char *state = vy_step_record_get (record, "state");
    const char *words = vy_step_record_get (record, "undo_argv");
    g_autoptr (GError) local = NULL;

    if (!state || !words || run_words (words, &local))
        return TRUE;
    if (strcmp (state, "done") != 0) /* killed on the way: it may not have come so far */
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
}

const VyStepKind vy_step_host_command = { "host-command", apply_command, undo_command };

void
vy_hostbridge_command (VyPlan *plan, const char *const *argv, const char *const *undo)
{
    g_autofree char *line = g_strjoinv (" ", (char **) (argv ? argv : undo));
    g_autofree char *description = g_strdup_printf (
        argv ? _ ("run %s") : _ ("have %s ready for the way back"), line);
    g_autofree char *words = argv ? g_strjoinv ("\n", (char **) argv) : NULL;
    g_autofree char *back = undo ? g_strjoinv ("\n", (char **) undo) : NULL;
    VyStepRecord *record = vy_plan_add (plan, &vy_step_host_command, description);

    vy_step_record_set (record, "argv", words);
    vy_step_record_set (record, "undo_argv", back);
}

/* An address of the family is enough: DHCP may give another one. */
static gboolean
has_address (const VyInterface *now, gboolean v6)
{
    for (char **address = now->addresses; *address; address++)
        if ((strchr (*address, ':') != NULL) == v6)
            return TRUE;
    return FALSE;
}

/* Any packet makes the kernel ask for the MAC address of its next hop. */
static void
provoke_question (const char *address)
{
    g_autoptr (GSocket) socket = g_socket_new (
        G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
    g_autoptr (GSocketAddress) to =
        inet ? g_inet_socket_address_new (inet, DISCARD_PORT) : NULL;

    if (socket && to)
        g_socket_send_to (socket, to, "", 1, NULL, NULL);
}

/* Gateways that drop pings still answer the question for their MAC address. */
static gboolean
gateway_answers (const char *gateway, const char *device)
{
    const char *const ask[] = {
        "ip", "neigh", "show", "to", gateway, "dev", device, NULL
    };
    g_autofree char *text = NULL;

    provoke_question (gateway);
    g_usleep (ARP_WAIT_MS * 1000);
    return vy_process_run (ask, NULL, &text, NULL) &&
           (strstr (text, "REACHABLE") || strstr (text, "DELAY") ||
            strstr (text, "PROBE") || strstr (text, "PERMANENT"));
}

static gboolean
is_connected (const VyStepRecord *record)
{
    const char *bridge = vy_step_record_get (record, "bridge");
    const char *gateway = vy_step_record_get (record, "gateway");
    g_autoptr (VyInterface) now = vy_interface_read (bridge);

    return now && (!vy_step_record_get (record, "ipv4") || has_address (now, FALSE)) &&
           (!vy_step_record_get (record, "ipv6") || has_address (now, TRUE)) &&
           (!gateway || gateway_answers (gateway, bridge));
}

static gboolean
apply_check (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
             GCancellable *cancellable, GError **error)
{
    const char *bridge = vy_step_record_get (record, "bridge");
    const char *gateway = vy_step_record_get (record, "gateway");
    gint64 end = g_get_monotonic_time () + CHECK_SECONDS * G_USEC_PER_SEC;

    while (!is_connected (record)) {
        if (g_cancellable_is_cancelled (cancellable))
            return vy_throw (error, VY_ERROR_CANCELLED,
                             _ ("stopped while waiting for the network"));
        if (g_get_monotonic_time () > end)
            return vy_throw (error, VY_ERROR_FAILED,
                             _ ("connectivity is lost: bridge '%s' has no address, or "
                                "the gateway %s does not answer"),
                             bridge, gateway ? gateway : "");
        g_usleep (G_USEC_PER_SEC / 4);
    }
    return TRUE;
}

const VyStepKind vy_step_connectivity_check = { "connectivity-check", apply_check, NULL };

void
vy_hostbridge_add_check (VyPlan *plan, const char *bridge, const char *uplink,
                         const VyInterface *before)
{
    g_autofree char *description = g_strdup_printf (
        _ ("see that the host is reachable through bridge '%s'"), bridge);
    VyStepRecord *record = vy_plan_add (plan, &vy_step_connectivity_check, description);

    vy_step_record_set (record, "bridge", bridge);
    /* what did not answer before need not answer afterwards */
    if (before->gateway && gateway_answers (before->gateway, uplink))
        vy_step_record_set (record, "gateway", before->gateway);
    vy_step_record_set (record, "ipv4", has_address (before, FALSE) ? "yes" : NULL);
    vy_step_record_set (record, "ipv6", has_address (before, TRUE) ? "yes" : NULL);
}

/* ---- without a manager ----------------------------------------------------------------
 */

/* "ip route VERB default via 192.0.2.1 dev NAME" as words. */
static char **
route_words (const char *verb, const char *route, const char *device)
{
    g_autofree char *line =
        g_strdup_printf ("ip route %s %s dev %s", verb, route, device);

    return g_strsplit (line, " ", -1);
}

static void
take_routes (VyPlan *plan, const VyHostBridge *bridge, const VyInterface *before)
{
    for (char **route = before->routes; *route; route++) {
        g_auto (GStrv) del = route_words ("del", *route, bridge->uplink);
        g_auto (GStrv) back = route_words ("replace", *route, bridge->uplink);

        vy_hostbridge_command (plan, (const char *const *) del,
                               (const char *const *) back);
    }
}

static void
give_routes (VyPlan *plan, const VyHostBridge *bridge, const VyInterface *before)
{
    for (char **route = before->routes; *route; route++) {
        g_auto (GStrv) add = route_words ("replace", *route, bridge->bridge);

        vy_hostbridge_command (plan, (const char *const *) add, NULL);
    }
}

/* Each undo leaves what the undo before it needs: addresses are back before routes. */
static gboolean
add_kernel (VyPlan *plan, const VyHostBridge *bridge, const VyInterface *before,
            G_GNUC_UNUSED GError **error)
{
    const char *name = bridge->bridge, *card = bridge->uplink;

    vy_hostbridge_command (plan,
                           WORDS ("ip", "link", "add", "name", name, "address",
                                  before->mac, "type", "bridge", "stp_state", "0"),
                           WORDS ("ip", "link", "delete", "dev", name));
    vy_hostbridge_command (plan, WORDS ("ip", "link", "set", "dev", name, "up"), NULL);
    take_routes (plan, bridge, before);
    for (char **address = before->addresses; *address; address++)
        vy_hostbridge_command (plan, WORDS ("ip", "addr", "del", *address, "dev", card),
                               WORDS ("ip", "addr", "add", *address, "dev", card));
    vy_hostbridge_command (plan,
                           WORDS ("ip", "link", "set", "dev", card, "master", name, "up"),
                           WORDS ("ip", "link", "set", "dev", card, "nomaster"));
    for (char **address = before->addresses; *address; address++)
        vy_hostbridge_command (plan, WORDS ("ip", "addr", "add", *address, "dev", name),
                               WORDS ("ip", "addr", "del", *address, "dev", name));
    give_routes (plan, bridge, before);
    return TRUE;
}

/* ---- the whole ------------------------------------------------------------------------
 */

static gboolean
is_here (const VyHostBridge *bridge)
{
    return !bridge->root || strcmp (bridge->root, "/") == 0;
}

static char *
find_kernel (const char *root, const char *uplink)
{
    return strcmp (root, "/") == 0 && vy_interface_exists (uplink) ? g_strdup (uplink)
                                                                   : NULL;
}

static const struct {
    const char *name;
    char *(*find) (const char *root, const char *uplink);
    gboolean (*add) (VyPlan *plan, const VyHostBridge *bridge, const VyInterface *before,
                     GError **error);
} managers[] = {
    { "NetworkManager", vy_hostbridge_find_nm, vy_hostbridge_add_nm },
    { "systemd-networkd", vy_hostbridge_find_networkd, vy_hostbridge_add_networkd },
    { "ifupdown", vy_hostbridge_find_ifupdown, vy_hostbridge_add_ifupdown },
    { "kernel", find_kernel, add_kernel },
};

static int
find_manager (const VyHostBridge *bridge)
{
    const char *root = bridge->root ? bridge->root : "/";

    for (gsize i = 0; i < G_N_ELEMENTS (managers); i++) {
        g_autofree char *found = managers[i].find (root, bridge->uplink);

        if (found)
            return (int) i;
    }
    return -1;
}

const char *
vy_hostbridge_get_manager (const VyHostBridge *bridge)
{
    int manager = find_manager (bridge);

    return manager < 0 ? NULL : managers[manager].name;
}

static gboolean
is_wireless (const char *name)
{
    g_autofree char *path = g_build_filename ("/sys/class/net", name, "phy80211", NULL);

    return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
check_card (const VyHostBridge *bridge, const VyInterface *card, GError **error)
{
    if (!card)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("the host has no network card '%s'"), bridge->uplink);
    if (vy_interface_exists (bridge->bridge))
        return vy_throw (error, VY_ERROR_EXISTS,
                         _ ("the host has an interface '%s' already"), bridge->bridge);
    if (card->master)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("network card '%s' is a port of '%s' already"),
                         bridge->uplink, card->master);
    if (g_strcmp0 (card->kind, "bridge") == 0 || strcmp (bridge->uplink, "lo") == 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("'%s' cannot be a port of a bridge"), bridge->uplink);
    if (is_wireless (bridge->uplink)) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("network card '%s' is wireless: it cannot be a port of a bridge"),
                  bridge->uplink);
        vy_error_set_hint (error, _ ("use a network of mode nat or route"));
        return FALSE;
    }
    return TRUE;
}

gboolean
vy_hostbridge_add (VyPlan *plan, const VyHostBridge *bridge, GError **error)
{
    g_autoptr (VyInterface) before =
        is_here (bridge) ? vy_interface_read (bridge->uplink) : NULL;
    int manager;

    if (is_here (bridge) && !check_card (bridge, before, error))
        return FALSE;
    manager = find_manager (bridge);
    if (manager < 0)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("nothing known sets up network card '%s': neither "
                            "NetworkManager, systemd-networkd nor ifupdown"),
                         bridge->uplink);
    if (!managers[manager].add (plan, bridge, before, error))
        return FALSE;
    if (is_here (bridge))
        vy_hostbridge_add_check (plan, bridge->bridge, bridge->uplink, before);
    return TRUE;
}
