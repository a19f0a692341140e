/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connection: which URI, who may be asked, what keeps it from hanging. */
#include "cli-private.h"

#include <signal.h>
#include <string.h>

#define KEEPALIVE_INTERVAL_S 5
#define KEEPALIVE_COUNT 6

/* As long the loop stands still: every call would wake it up twice, which takes longer
 * than the call itself. What is over sooner has nothing to keep alive, and libvirt
 * answers the daemon during calls without it. */
#define EVENTS_WAIT_MS 500

/* The loop of the process, once it was registered. */
static struct {
    GMutex lock;
    GCond changed;
    gboolean wanted; /* somebody waits for events */
} events;

/* Signals are for the main thread. */
static gpointer
event_thread (G_GNUC_UNUSED gpointer data)
{
    gint64 until_us = g_get_monotonic_time () + EVENTS_WAIT_MS * G_TIME_SPAN_MILLISECOND;
    sigset_t all;

    sigfillset (&all);
    pthread_sigmask (SIG_BLOCK, &all, NULL);
    g_mutex_lock (&events.lock);
    while (!events.wanted)
        if (!g_cond_wait_until (&events.changed, &events.lock, until_us))
            break;
    g_mutex_unlock (&events.lock);
    while (virEventRunDefaultImpl () == 0)
        continue;
    return NULL;
}

/* The loop is there: connections made from here on use it. */
static gboolean
register_events (Cli *cli, GError **error)
{
    if (cli->has_events)
        return TRUE;
    if (virEventRegisterDefaultImpl () < 0)
        return vy_throw_libvirt (error, _ ("cannot set up events"));
    g_thread_unref (g_thread_new ("events", event_thread, NULL));
    cli->has_events = TRUE;
    return TRUE;
}

gboolean
cli_use_events (Cli *cli, GError **error)
{
    if (!register_events (cli, error))
        return FALSE;
    g_mutex_lock (&events.lock);
    events.wanted = TRUE;
    g_cond_signal (&events.changed);
    g_mutex_unlock (&events.lock);
    return TRUE;
}

void
cli_set_uri (Cli *cli, const char *uri, gboolean read_only)
{
    g_clear_pointer (&cli->conn, virConnectClose);
    g_free (cli->globals.uri);
    cli->globals.uri = g_strdup (uri);
    cli->read_only = read_only;
}

static gboolean
open_connection (Cli *cli, const char *uri, GError **error)
{
    /* "virsh complete" wants all that virsh can see, and takes less */
    gboolean less = cli->completing && !cli->compatible;
    unsigned flags = cli->read_only || less ? VIR_CONNECT_RO : 0;
    gboolean asks = cli->interactive && !cli->completing;
    GError *why = NULL;

    if (asks && cli->opening)
        cli->opening (cli, TRUE);
    cli->conn = cli_open (uri, asks, flags, &why);
    if (asks && cli->opening)
        cli->opening (cli, FALSE);
    if (!cli->conn && cli->completing && cli->compatible)
        cli->conn = virConnectOpenReadOnly (uri);
    if (why)
        g_propagate_error (error, why);
    if (cli->conn || why)
        return cli->conn != NULL;
    vy_throw_libvirt (error, _ ("failed to connect to the hypervisor"));
    if (error && *error && (*error)->code != VY_ERROR_DENIED)
        (*error)->code = VY_ERROR_NO_CONNECTION;
    return FALSE;
}

static gboolean
asks_keep_alive (Cli *cli)
{
    return cli->globals.keepalive_interval_s >= 0 || cli->globals.keepalive_count >= 0;
}

/* What was asked for has to work; without that it is tried. */
static gboolean
keep_alive (Cli *cli, GError **error)
{
    int interval_s = cli->globals.keepalive_interval_s;
    int count = cli->globals.keepalive_count;

    if (!cli->has_events)
        return TRUE;
    interval_s = interval_s < 0 ? KEEPALIVE_INTERVAL_S : interval_s;
    count = count < 0 ? KEEPALIVE_COUNT : count;
    if (interval_s == 0 ||
        virConnectSetKeepAlive (cli->conn, interval_s, (unsigned) count) == 0)
        return TRUE;
    if (!asks_keep_alive (cli)) {
        if (cli->remark)
            cli->remark ("Failed to setup keepalive on connection");
        return TRUE;
    }
    vy_throw_libvirt (error, _ ("cannot keep the connection alive as -k and -K say"));
    g_clear_pointer (&cli->conn, virConnectClose);
    return FALSE;
}

/* A connection reports events only when the loop was there first: any command of virsh
 * may be followed by one that waits for some. */
static gboolean
wants_events (Cli *cli)
{
    return cli->program->style == CLI_STYLE_VIRSH || asks_keep_alive (cli) ||
           cli_uri_is_remote (cli_effective_uri (cli));
}

virConnectPtr
cli_conn (Cli *cli, GError **error)
{
    if (cli->conn)
        return cli->conn;
    if (cli->completing && !cli_complete_may_connect (cli)) {
        vy_throw (error, VY_ERROR_NO_CONNECTION, _ ("completion starts no ssh"));
        return NULL;
    }
    if (!cli->completing && wants_events (cli) && !register_events (cli, error))
        return NULL;
    if (!open_connection (cli, cli_uri (cli), error))
        return NULL;
    if (!keep_alive (cli, error))
        return NULL;
    return cli->conn;
}
