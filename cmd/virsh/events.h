/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One loop for everything that reports events: it prints, counts, and knows when to end.
 */
#pragma once

#include "virsh.h"

typedef struct _VirshEvents VirshEvents;

/* What is passed to a libvirt callback: the loop, and which event it is registered for.
 * Libvirt frees it with virsh_listener_free(). */
typedef struct {
    VirshEvents *events;
    const char *name;
} VirshListener;

/* The options that all of these commands have. */
typedef struct {
    gboolean loop, timestamp, list;
    int timeout_s;
} VirshEventArgs;

#define VIRSH_EVENT_LOOP(Args, field)                                                    \
    VIRSH_FLAG (Args, field.loop, "loop", "go on after the first event")
#define VIRSH_EVENT_TIMEOUT(Args, field)                                                 \
    {                                                                                    \
        "timeout", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, field.timeout_s),         \
            N_ ("SECONDS"), N_ ("end after this many seconds")                           \
    }
#define VIRSH_EVENT_LIST(Args, field)                                                    \
    VIRSH_FLAG (Args, field.list, "list", "print what events there are")
#define VIRSH_EVENT_TIMESTAMP(Args, field)                                               \
    VIRSH_FLAG (Args, field.timestamp, "timestamp", "print when each event came")

/* NULL with @error: a bad timeout, or no connection. */
VirshEvents *virsh_events_new (Cli *cli, const VirshEventArgs *args, GError **error);
/* Ends it, when nothing is registered any more: waits for libvirt to free the listeners.
 */
void virsh_events_close (VirshEvents *events);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VirshEvents, virsh_events_close)

/* Only events of objects with this name are reported. */
void virsh_events_filter (VirshEvents *events, const char *name);
gboolean virsh_events_want (VirshEvents *events, const char *name);

/* (transfer full) */
VirshListener *virsh_listener_new (VirshEvents *events, const char *name);
void virsh_listener_free (gpointer listener);

/* From a callback: prints @text (without a newline), or @record, which is taken, as a
 * line of JSON. */
void virsh_listener_emit (VirshListener *listener, CliRecord *record, const char *format,
                          ...) G_GNUC_PRINTF (3, 4);

/* Waits for the first event, with --loop for the timeout or an interrupt, and says how it
 * ended. FALSE without @error: there was no event. */
gboolean virsh_events_wait (VirshEvents *events, GError **error);

/* "a" out of names, or "unknown" */
#define virsh_name_of(names, i)                                                          \
    ((i) >= 0 && (gsize) (i) < G_N_ELEMENTS (names) && (names)[i] ? (names)[i]           \
                                                                  : "unknown")

enum { VIRSH_DOMAIN_EVENTS = VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE + 1 };
/* Of each VIR_DOMAIN_EVENT_ID_*; it gets a VirshListener. */
extern const virConnectDomainEventGenericCallback
    virsh_domain_callbacks[VIRSH_DOMAIN_EVENTS];
