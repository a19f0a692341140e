/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What QEMU itself reports: qemu-monitor-event */
#include "events.h"

#include <libvirt/libvirt-qemu.h>

typedef struct {
    char *domain, *event;
    gboolean pretty, regex, no_case;
    VirshEventArgs loop;
} Args;

/* The listener with what its callback needs besides. */
typedef struct {
    VirshListener *listener;
    gboolean pretty, timestamp;
} Monitor;

static void
monitor_free (void *opaque)
{
    Monitor *monitor = opaque;

    virsh_listener_free (monitor->listener);
    g_free (monitor);
}

static void
on_monitor (G_GNUC_UNUSED virConnectPtr conn, virDomainPtr domain, const char *event,
            long long seconds, unsigned micros, const char *details, void *opaque)
{
    const Monitor *monitor = opaque;
    CliRecord *record = cli_record_new ();
    g_autofree char *laid_out =
        details && monitor->pretty ? virsh_json_text (details, NULL, TRUE) : NULL;
    /* the empty line ends what is laid out over lines */
    g_autofree char *text = laid_out ? g_strconcat (laid_out, "\n", NULL)
                                     : g_strdup (details ? details : "<null>");

    cli_record_string (record, "event", NULL, event);
    cli_record_string (record, "domain", NULL, virDomainGetName (domain));
    cli_record_int (record, "seconds", NULL, seconds);
    cli_record_uint (record, "microseconds", NULL, micros);
    cli_record_string (record, "details", NULL, details);
    if (monitor->timestamp) /* the loop's own stands before it */
        virsh_listener_emit (monitor->listener, record,
                             _ ("event %s for domain '%s': %s"), event,
                             virDomainGetName (domain), text);
    else
        virsh_listener_emit (monitor->listener, record,
                             _ ("event %s at %lld.%06u for domain '%s': %s"), event,
                             seconds, micros, virDomainGetName (domain), text);
}

static gboolean
run_monitor_event (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (VirshEvents) events = virsh_events_new (cli, &args->loop, error);
    g_autoptr (virDomain) domain = NULL;
    unsigned flags =
        (args->regex ? VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_REGEX : 0u) |
        (args->no_case ? VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_NOCASE : 0u);
    __typeof__ (&virConnectDomainQemuMonitorEventRegister) start;
    __typeof__ (&virConnectDomainQemuMonitorEventDeregister) stop;
    Monitor *monitor;
    gboolean ok;
    int id;

    if (!events || (args->domain && !(domain = virsh_domain (cli, args->domain, error))))
        return FALSE;
    start = VY_LIBVIRT_QEMU (virConnectDomainQemuMonitorEventRegister, error);
    stop = start ? VY_LIBVIRT_QEMU (virConnectDomainQemuMonitorEventDeregister, error)
                 : NULL;
    if (!stop)
        return FALSE;
    monitor = g_new0 (Monitor, 1);
    monitor->listener = virsh_listener_new (events, "monitor");
    monitor->pretty = args->pretty;
    monitor->timestamp = args->loop.timestamp;
    id = start (cli_conn (cli, NULL), domain, args->event, on_monitor, monitor,
                monitor_free, flags);
    if (id < 0) {
        monitor_free (monitor);
        return virsh_fail (error, "%s", "");
    }
    ok = virsh_events_wait (events, error);
    stop (cli_conn (cli, NULL), id);
    return ok;
}

static const CliOption monitor_options[] = {
    { "domain", 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, domain), N_ ("DOMAIN"),
      N_ ("only of this domain: its name, id or UUID"), cli_complete_domain_active },
    VIRSH_STRING (Args, event, "event", "NAME", "only events of this name"),
    VIRSH_FLAG (Args, pretty, "pretty", "lay out the JSON over lines"),
    VIRSH_EVENT_LOOP (Args, loop),
    VIRSH_EVENT_TIMEOUT (Args, loop),
    VIRSH_FLAG (Args, regex, "regex", "the name is a regular expression"),
    VIRSH_FLAG (Args, no_case, "no-case", "the name fits in any case"),
    VIRSH_EVENT_TIMESTAMP (Args, loop),
    { 0 },
};

const CliCommand virsh_monitor_event_commands[] = {
    VIRSH_COMMAND ("qemu-monitor-event", N_ ("wait for events of QEMU's monitor"),
                   monitor_options, run_monitor_event),
    { 0 },
};
