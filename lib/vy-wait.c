/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting until a domain is what one needs it to be. */
#include "vy-wait.h"

#include <stdlib.h>
#include <string.h>
#include <libvirt/virterror.h>

#include "vy-addresses.h"
#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-wait-private.h"

#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 1000
#define SSH_PORT 22
#define SSH_TIMEOUT_S 3

void
vy_wait_result_free (VyWaitResult *result)
{
    g_free (result->domain);
    g_free (result->condition);
    g_free (result->value);
    g_free (result->source);
    g_free (result);
}

/* ---- states ---------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    int state;
} states[] = {
    { "running", VIR_DOMAIN_RUNNING },         { "idle", VIR_DOMAIN_BLOCKED },
    { "paused", VIR_DOMAIN_PAUSED },           { "in-shutdown", VIR_DOMAIN_SHUTDOWN },
    { "shutoff", VIR_DOMAIN_SHUTOFF },         { "crashed", VIR_DOMAIN_CRASHED },
    { "pmsuspended", VIR_DOMAIN_PMSUSPENDED },
};

/* "shut off", as virsh writes it, and "stopped" are shutoff too. */
static int
state_by_name (const char *name)
{
    if (strcmp (name, "shut off") == 0 || strcmp (name, "stopped") == 0)
        return VIR_DOMAIN_SHUTOFF;
    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        if (g_ascii_strcasecmp (states[i].name, name) == 0)
            return states[i].state;
    return -1;
}

static VyWaitAnswer
check_state (const VyWait *wait, int wanted, VyWaitResult *result, GError **error)
{
    int state = 0;

    if (virDomainGetState (wait->domain, &state, NULL, 0) < 0) {
        vy_throw_libvirt (error, _ ("cannot get the state of domain '%s'"), wait->name);
        return VY_WAIT_FAILED;
    }
    if (state != wanted)
        return VY_WAIT_NOT_YET;
    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        if (states[i].state == state)
            result->value = g_strdup (states[i].name);
    result->source = g_strdup ("libvirt");
    return VY_WAIT_FULFILLED;
}

static VyWaitAnswer
check_running (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_state (wait, VIR_DOMAIN_RUNNING, result, error);
}

static VyWaitAnswer
check_shutdown (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_state (wait, VIR_DOMAIN_SHUTOFF, result, error);
}

static VyWaitAnswer
check_status (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_state (wait, state_by_name (strchr (wait->condition, '=') + 1), result,
                        error);
}

/* ---- addresses ------------------------------------------------------------------------
 */

/* Those that answer at once are asked first; the agent only when they know nothing. */
static GPtrArray *
list_addresses (const VyWait *wait, const char *family, GError **error)
{
    static const VyAddressSource rounds[] = { VY_ADDRESS_LEASE | VY_ADDRESS_ARP,
                                              VY_ADDRESS_AGENT };
    g_autoptr (GPtrArray) list = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++) {
        g_clear_pointer (&list, g_ptr_array_unref);
        list = vy_addresses_list (wait->conn, wait->name, rounds[i], error);
        for (guint j = list ? list->len : 0; family && j > 0; j--) {
            const VyAddress *address = g_ptr_array_index (list, j - 1);

            if (strcmp (address->family, family) != 0)
                g_ptr_array_remove_index (list, j - 1);
        }
        if (!list || list->len > 0)
            break;
    }
    return g_steal_pointer (&list);
}

/* A domain that does not run (yet) has no address: that is no failure. */
static VyWaitAnswer
not_running (GError *local, GError **error)
{
    if (g_error_matches (local, VY_ERROR, VY_ERROR_STATE)) {
        g_error_free (local);
        return VY_WAIT_NOT_YET;
    }
    g_propagate_error (error, local);
    return VY_WAIT_FAILED;
}

static VyWaitAnswer
check_address (const VyWait *wait, VyWaitResult *result, const char *family,
               GError **error)
{
    GError *local = NULL;
    g_autoptr (GPtrArray) list = list_addresses (wait, family, &local);
    const VyAddress *address;

    if (!list)
        return not_running (local, error);
    if (list->len == 0)
        return VY_WAIT_NOT_YET;
    address = g_ptr_array_index (list, 0);
    result->value = g_strdup (address->address);
    result->source = g_strdup (address->sources);
    return VY_WAIT_FULFILLED;
}

static VyWaitAnswer
check_ip (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_address (wait, result, NULL, error);
}

static VyWaitAnswer
check_ipv4 (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_address (wait, result, "ipv4", error);
}

static VyWaitAnswer
check_ipv6 (const VyWait *wait, VyWaitResult *result, GError **error)
{
    return check_address (wait, result, "ipv6", error);
}

/* Whether a server there greets as SSH servers do; an open port alone says little. */
static gboolean
greets (const char *address, GCancellable *cancellable)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
    g_autoptr (GSocketAddress) to = g_inet_socket_address_new (inet, SSH_PORT);
    g_autoptr (GSocketConnection) connection = NULL;
    char greeting[4] = { 0 };
    gsize length = 0;

    g_socket_client_set_timeout (client, SSH_TIMEOUT_S);
    g_socket_client_set_enable_proxy (client, FALSE);
    connection =
        g_socket_client_connect (client, G_SOCKET_CONNECTABLE (to), cancellable, NULL);
    return connection &&
           g_input_stream_read_all (
               g_io_stream_get_input_stream (G_IO_STREAM (connection)), greeting,
               sizeof greeting, &length, cancellable, NULL) &&
           length == sizeof greeting && memcmp (greeting, "SSH-", 4) == 0;
}

static VyWaitAnswer
check_ssh (const VyWait *wait, VyWaitResult *result, GError **error)
{
    GError *local = NULL;
    g_autoptr (GPtrArray) list = list_addresses (wait, NULL, &local);

    if (!list)
        return not_running (local, error);
    for (guint i = 0; i < list->len; i++) {
        const VyAddress *address = g_ptr_array_index (list, i);

        if (!greets (address->address, wait->cancellable))
            continue;
        result->value = g_strdup (address->address);
        result->source = g_strdup ("ssh");
        return VY_WAIT_FULFILLED;
    }
    return VY_WAIT_NOT_YET;
}

/* ---- waiting --------------------------------------------------------------------------
 */

static const struct {
    const char *word;
    VyWaitAnswer (*check) (const VyWait *wait, VyWaitResult *result, GError **error);
} conditions[] = {
    { "ip", check_ip },
    { "ipv4", check_ipv4 },
    { "ipv6", check_ipv6 },
    { "ssh", check_ssh },
    { "agent", vy_wait_check_agent },
    { "cloud-init", vy_wait_check_cloud_init },
    { "running", check_running },
    { "shutdown", check_shutdown },
    { "deleted", NULL },
    { "status=", check_status }, /* the last: a message adds "STATE" to it */
};

const char *const *
vy_wait_list_conditions (void)
{
    static const char *words[G_N_ELEMENTS (conditions) + 1];

    for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
        words[i] = conditions[i].word;
    return words;
}

static int
find_condition (const char *condition)
{
    const char *equals = strchr (condition, '=');
    gsize length = equals ? (gsize) (equals - condition) + 1 : strlen (condition);

    for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
        if (strlen (conditions[i].word) == length &&
            strncmp (conditions[i].word, condition, length) == 0)
            return (int) i;
    return -1;
}

gboolean
vy_wait_check_condition (const char *condition, GError **error)
{
    int place = find_condition (condition);
    g_autofree char *valid = NULL;

    if (place >= 0 && conditions[place].check == check_status &&
        state_by_name (strchr (condition, '=') + 1) < 0)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("'%s' is no state: valid are running, idle, paused, "
                            "in-shutdown, shutoff, crashed, pmsuspended"),
                         strchr (condition, '=') + 1);
    if (place >= 0)
        return TRUE;
    valid = g_strjoinv (", ", (char **) vy_wait_list_conditions ());
    return vy_throw (error, VY_ERROR_USAGE, _ ("cannot wait for '%s': valid are %sSTATE"),
                     condition, valid);
}

/* FALSE: cancelled meanwhile. */
static gboolean
pause_for (guint ms, GCancellable *cancellable)
{
    GPollFD fd;

    if (!cancellable || !g_cancellable_make_pollfd (cancellable, &fd)) {
        g_usleep ((gulong) ms * 1000);
        return TRUE;
    }
    g_poll (&fd, 1, (gint) ms);
    g_cancellable_release_fd (cancellable);
    return !g_cancellable_is_cancelled (cancellable);
}

static VyWaitAnswer
check_once (VyWait *wait, int place, VyWaitResult *result, GError **error)
{
    g_autoptr (virDomain) domain = virDomainLookupByName (wait->conn, wait->name);
    int code = domain ? 0 : virGetLastErrorCode ();
    VyWaitAnswer answer;

    if (!conditions[place].check && code == VIR_ERR_NO_DOMAIN) {
        result->source = g_strdup ("libvirt");
        return VY_WAIT_FULFILLED;
    }
    if (!domain) {
        vy_throw_libvirt (error, _ ("cannot find domain '%s'"), wait->name);
        return VY_WAIT_FAILED;
    }
    if (!conditions[place].check)
        return VY_WAIT_NOT_YET;
    wait->domain = domain;
    answer = conditions[place].check (wait, result, error);
    wait->domain = NULL;
    return answer;
}

VyWaitResult *
vy_wait_for (virConnectPtr conn, const char *name, const char *condition,
             GCancellable *cancellable, GError **error)
{
    VyWait wait = { conn, name, condition, cancellable, NULL };
    g_autoptr (VyWaitResult) result = NULL;
    gint64 begin = g_get_monotonic_time ();
    guint pause_ms = FIRST_PAUSE_MS;
    VyWaitAnswer answer;
    int place;

    if (!vy_wait_check_condition (condition, error))
        return NULL;
    place = find_condition (condition);
    result = g_new0 (VyWaitResult, 1);
    result->domain = g_strdup (name);
    result->condition = g_strdup (condition);
    while ((answer = check_once (&wait, place, result, error)) == VY_WAIT_NOT_YET) {
        if (!pause_for (pause_ms, cancellable)) {
            vy_throw (error, VY_ERROR_CANCELLED,
                      _ ("domain '%s' does not fulfil '%s' yet"), name, condition);
            return NULL;
        }
        pause_ms = MIN (pause_ms * 2, LONGEST_PAUSE_MS);
    }
    result->waited_ms = (guint64) (g_get_monotonic_time () - begin) / 1000;
    return answer == VY_WAIT_FULFILLED ? g_steal_pointer (&result) : NULL;
}
