/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The loop behind event, net-event, qemu-monitor-event …: callbacks come in a thread. */
#include "events.h"

#include <stdarg.h>

/* for libvirt's thread to let go of what is no longer listened to */
#define CLOSE_MS 500

typedef enum { WAITING, DONE, INTERRUPTED, DISCONNECTED, FAILED } State;

struct _VirshEvents {
    Cli *cli;
    VirshEventArgs args;
    char *only; /* NULL: whatever comes */
    GMutex lock;
    GCond changed;
    guint count;
    guint listeners;
    State state;
    GError *error; /* what made it FAILED */
};

static void
clear (gpointer data)
{
    VirshEvents *events = data;

    g_mutex_clear (&events->lock);
    g_cond_clear (&events->changed);
    g_clear_error (&events->error);
    g_free (events->only);
}

static void
unref (VirshEvents *events)
{
    g_atomic_rc_box_release_full (events, clear);
}

void
virsh_events_close (VirshEvents *events)
{
    gint64 end = g_get_monotonic_time () + CLOSE_MS * 1000;

    if (!events)
        return;
    g_mutex_lock (&events->lock);
    while (events->listeners && g_cond_wait_until (&events->changed, &events->lock, end))
        continue;
    g_mutex_unlock (&events->lock);
    unref (events);
}

VirshEvents *
virsh_events_new (Cli *cli, const VirshEventArgs *args, GError **error)
{
    VirshEvents *events;

    if (cli_has (cli, "timeout") &&
        (args->timeout_s < 1 || args->timeout_s > G_MAXINT / 1000)) {
        vy_throw (error, VY_ERROR_USAGE,
                  _ ("Numeric value '%d' for <%s> option is malformed or out of range"),
                  args->timeout_s, "timeout");
        return NULL;
    }
    if (!cli_use_events (cli, error) || !cli_conn (cli, error))
        return NULL;
    events = g_atomic_rc_box_new0 (VirshEvents);
    events->cli = cli;
    events->args = *args;
    g_mutex_init (&events->lock);
    g_cond_init (&events->changed);
    return events;
}

void
virsh_events_filter (VirshEvents *events, const char *name)
{
    g_free (events->only);
    events->only = g_strdup (name);
}

gboolean
virsh_events_want (VirshEvents *events, const char *name)
{
    return !events->only || g_strcmp0 (events->only, name) == 0;
}

VirshListener *
virsh_listener_new (VirshEvents *events, const char *name)
{
    VirshListener *listener = g_new0 (VirshListener, 1);

    listener->events = g_atomic_rc_box_acquire (events);
    g_mutex_lock (&events->lock);
    events->listeners++;
    g_mutex_unlock (&events->lock);
    listener->name = name;
    return listener;
}

void
virsh_listener_free (gpointer data)
{
    VirshListener *listener = data;
    VirshEvents *events = listener->events;

    g_free (listener);
    g_mutex_lock (&events->lock);
    events->listeners--;
    g_cond_broadcast (&events->changed);
    g_mutex_unlock (&events->lock);
    unref (events);
}

/* ---- printing
 * ----------------------------------------------------------------------------- */

/* "2026-03-01 12:00:00.123+0000", or with a T and a Z for JSON */
static char *
time_text (gboolean iso)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    g_autofree char *day =
        g_date_time_format (now, iso ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d %H:%M:%S");

    return g_strdup_printf ("%s.%03d%s", day, g_date_time_get_microsecond (now) / 1000,
                            iso ? "Z" : "+0000");
}

static gboolean
print_event (VirshEvents *events, CliRecord *record, const char *text, GError **error)
{
    g_autofree char *now = time_text (cli_is_structured (events->cli));

    if (cli_is_structured (events->cli)) {
        cli_record_string (record, "timestamp", NULL, now);
        return cli_print_record_line (events->cli, record, error);
    }
    if (events->args.timestamp)
        cli_print (events->cli, "%s: ", now);
    cli_print (events->cli, "%s\n", text);
    return cli_flush_output (events->cli, error);
}

static void
end (VirshEvents *events, State state)
{
    if (events->state == WAITING)
        events->state = state;
    g_cond_broadcast (&events->changed);
}

void
virsh_listener_emit (VirshListener *listener, CliRecord *record, const char *format, ...)
{
    VirshEvents *events = listener->events;
    g_autofree char *text = NULL;
    va_list args;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    g_mutex_lock (&events->lock);
    if (events->state == WAITING) {
        events->count++;
        if (!print_event (events, record, text, &events->error))
            end (events, FAILED);
        else if (!events->args.loop)
            end (events, DONE);
    }
    g_mutex_unlock (&events->lock);
    cli_record_free (record);
}

/* ---- waiting
 * ------------------------------------------------------------------------------ */

static void
end_locked (VirshEvents *events, State state)
{
    g_mutex_lock (&events->lock);
    end (events, state);
    g_mutex_unlock (&events->lock);
}

static void
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable, gpointer data)
{
    end_locked (data, INTERRUPTED);
}

static void
on_closed (G_GNUC_UNUSED virConnectPtr conn, G_GNUC_UNUSED int reason, void *opaque)
{
    end_locked (opaque, DISCONNECTED);
}

static State
wait_for_end (VirshEvents *events)
{
    gint64 until_us =
        g_get_monotonic_time () + events->args.timeout_s * G_TIME_SPAN_SECOND;
    State state;

    g_mutex_lock (&events->lock);
    while (events->state == WAITING) {
        if (!events->args.timeout_s)
            g_cond_wait (&events->changed, &events->lock);
        else if (!g_cond_wait_until (&events->changed, &events->lock, until_us))
            break;
    }
    state = events->state;
    events->state = state == WAITING ? DONE : state;
    g_mutex_unlock (&events->lock);
    return state;
}

static gboolean
say_end (VirshEvents *events, State state, GError **error)
{
    if (state == FAILED) {
        g_propagate_error (error, g_steal_pointer (&events->error));
        return FALSE;
    }
    if (state == DISCONNECTED)
        return vy_throw (error, VY_ERROR_NO_CONNECTION,
                         _ ("the daemon closed the connection"));
    if (!cli_is_structured (events->cli)) {
        if (state == INTERRUPTED)
            cli_print (events->cli, _ ("event loop interrupted\n"));
        if (state == WAITING)
            cli_print (events->cli, _ ("event loop timed out\n"));
        cli_print (events->cli, _ ("events received: %u\n"), events->count);
    }
    return events->count > 0;
}

gboolean
virsh_events_wait (VirshEvents *events, GError **error)
{
    virConnectPtr conn = cli_conn (events->cli, error);
    GCancellable *cancellable = cli_cancellable (events->cli);
    gulong id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), events, NULL);
    /* drivers without a daemon say yes, and would never free what they were given */
    gboolean watched =
        virConnectRegisterCloseCallback (conn, on_closed, events, NULL) == 0;
    State state = wait_for_end (events);

    if (watched)
        virConnectUnregisterCloseCallback (conn, on_closed);
    g_cancellable_disconnect (cancellable, id);
    return say_end (events, state, error);
}
