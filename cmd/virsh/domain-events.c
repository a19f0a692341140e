/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of domains: what is printed of each sort */
#include "events.h"

#include <stdarg.h>

/* ---- words for numbers
 * -------------------------------------------------------------------- */

#define MAX_DETAILS 10

static const char *const state_names[] = { "Defined",   "Undefined",   "Started",
                                           "Suspended", "Resumed",     "Stopped",
                                           "Shutdown",  "PMSuspended", "Crashed" };
static const char *const detail_names[][MAX_DETAILS] = {
    { "Added", "Updated", "Renamed", "Snapshot" },
    { "Removed", "Renamed" },
    { "Booted", "Migrated", "Restored", "Snapshot", "Event wakeup" },
    { "Paused", "Migrated", "I/O Error", "Watchdog", "Restored", "Snapshot", "API error",
      "Post-copy", "Post-copy Error" },
    { "Unpaused", "Migrated", "Snapshot", "Post-copy", "Post-copy Error" },
    { "Shutdown", "Destroyed", "Crashed", "Migrated", "Saved", "Failed", "Snapshot" },
    { "Finished", "Finished after guest request", "Finished after host request" },
    { "Memory", "Disk" },
    { "Panicked", "Crashloaded" },
};
static const char *const watchdog_names[] = { "none",      "pause",    "reset",
                                              "poweroff",  "shutdown", "debug",
                                              "inject-nmi" };
static const char *const io_error_names[] = { "none", "pause", "report" };
static const char *const phase_names[] = { "connect", "initialize", "disconnect" };
static const char *const family_names[] = { "IPv4", "IPv6", "unix" };
static const char *const job_names[] = { "Unknown job",         "Block Pull",
                                         "Block Copy",          "Block Commit",
                                         "Active Block Commit", "Backup" };
static const char *const job_status_names[] = { "completed", "failed", "canceled",
                                                "ready" };
static const char *const disk_names[] = { "changed", "dropped" };
static const char *const tray_names[] = { "opened", "closed" };
static const char *const agent_names[] = { "unknown", "connected", "disconnected" };
static const char *const agent_reasons[] = { "unknown", "domain started",
                                             "channel event" };
static const char *const metadata_names[] = { "description", "title", "element" };
static const char *const recipient_names[] = { "hypervisor", "guest" };
static const char *const memory_actions[] = { "ignore", "inject", "fatal", "reset" };

static const char *
or_null (const char *text)
{
    return text ? text : "<null>";
}

/* ---- printing: a record for JSON, and the tail of a line of text
 * ----------------------------- */

static CliRecord *
record_of (const VirshListener *listener, virDomainPtr domain)
{
    CliRecord *record = cli_record_new ();
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virDomainGetUUIDString (domain, uuid);
    cli_record_string (record, "event", NULL, listener->name);
    cli_record_string (record, "domain", NULL, virDomainGetName (domain));
    cli_record_string (record, "uuid", NULL, uuid);
    return record;
}

static void emit (VirshListener *listener, virDomainPtr domain, CliRecord *record,
                  const char *format, ...) G_GNUC_PRINTF (4, 5);

/* @format: what follows "event 'x' for domain 'y'" */
static void
emit (VirshListener *listener, virDomainPtr domain, CliRecord *record, const char *format,
      ...)
{
    g_autofree char *tail = NULL;
    va_list args;

    va_start (args, format);
    tail = g_strdup_vprintf (format, args);
    va_end (args);
    virsh_listener_emit (listener, record, _ ("event '%s' for domain '%s'%s"),
                         listener->name, virDomainGetName (domain), tail);
}

/* Events write truth values and fractions in another way than tables do. */
static char *
value_text (const virTypedParameter *param)
{
    if (param->type == VIR_TYPED_PARAM_BOOLEAN)
        return g_strdup (param->value.b ? "1" : "0");
    if (param->type == VIR_TYPED_PARAM_DOUBLE)
        return g_strdup_printf ("%g", param->value.d);
    return virsh_param_text (param);
}

/* "\n\tname: value" for each, and a field of the record */
static char *
parameters_text (CliRecord *record, virTypedParameterPtr params, int n)
{
    GString *text = g_string_new (NULL);

    for (int i = 0; i < n; i++) {
        g_autofree char *value = value_text (&params[i]);

        g_string_append_printf (text, "\n\t%s: %s", params[i].field, value);
        virsh_record_param (record, NULL, &params[i]);
    }
    return g_string_free (text, FALSE);
}

/* ---- callbacks
 * ---------------------------------------------------------------------------- */

#define CONN G_GNUC_UNUSED virConnectPtr conn

static void
on_plain (CONN, virDomainPtr domain, void *listener)
{
    emit (listener, domain, record_of (listener, domain), "%s", "");
}

static void
on_lifecycle (CONN, virDomainPtr domain, int event, int detail, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *state = virsh_name_of (state_names, event);
    const char *why = "unknown";

    if (event >= 0 && event < (int) G_N_ELEMENTS (detail_names))
        why = virsh_name_of (detail_names[event], detail);
    cli_record_string (record, "state", NULL, state);
    cli_record_string (record, "detail", NULL, why);
    emit (listener, domain, record, ": %s %s", state, why);
}

static void
on_rtc_change (CONN, virDomainPtr domain, long long offset_s, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_int (record, "utc_offset_s", NULL, offset_s);
    emit (listener, domain, record, ": %lld", offset_s);
}

static void
on_watchdog (CONN, virDomainPtr domain, int action, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *name = virsh_name_of (watchdog_names, action);

    cli_record_string (record, "action", NULL, name);
    emit (listener, domain, record, ": %s", name);
}

static CliRecord *
io_error_record (const VirshListener *listener, virDomainPtr domain, const char *path,
                 const char *alias, int action)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_string (record, "path", NULL, path);
    cli_record_string (record, "alias", NULL, alias);
    cli_record_string (record, "action", NULL, virsh_name_of (io_error_names, action));
    return record;
}

static void
on_io_error (CONN, virDomainPtr domain, const char *path, const char *alias, int action,
             void *listener)
{
    emit (listener, domain, io_error_record (listener, domain, path, alias, action),
          ": %s (%s) %s", path, alias, virsh_name_of (io_error_names, action));
}

static void
on_io_error_reason (CONN, virDomainPtr domain, const char *path, const char *alias,
                    int action, const char *reason, void *listener)
{
    CliRecord *record = io_error_record (listener, domain, path, alias, action);

    cli_record_string (record, "reason", NULL, reason);
    emit (listener, domain, record, _ (": %s (%s) %s due to %s"), path, alias,
          virsh_name_of (io_error_names, action), reason);
}

static void
add_address (CliRecord *record, const char *key, const virDomainEventGraphicsAddress *end)
{
    CliRecord *address = cli_record_new ();

    cli_record_string (address, "family", NULL,
                       virsh_name_of (family_names, end->family));
    cli_record_string (address, "node", NULL, end->node);
    cli_record_string (address, "service", NULL, end->service);
    cli_record_record (record, key, address);
}

static void
on_graphics (CONN, virDomainPtr domain, int phase,
             const virDomainEventGraphicsAddress *local,
             const virDomainEventGraphicsAddress *remote, const char *scheme,
             const virDomainEventGraphicsSubject *subject, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    CliRecord *identities = cli_record_new ();
    g_autoptr (GString) text = g_string_new (NULL);

    cli_record_string (record, "phase", NULL, virsh_name_of (phase_names, phase));
    add_address (record, "local", local);
    add_address (record, "remote", remote);
    cli_record_string (record, "auth_scheme", NULL, scheme);
    for (int i = 0; i < subject->nidentity; i++) {
        const virDomainEventGraphicsSubjectIdentity *who = &subject->identities[i];

        g_string_append_printf (text, "\n\t%s=%s", who->type, who->name);
        cli_record_string (identities, who->type, NULL, who->name);
    }
    cli_record_record (record, "identities", identities);
    emit (listener, domain, record, _ (": %s local[%s %s %s] remote[%s %s %s] %s%s"),
          virsh_name_of (phase_names, phase), virsh_name_of (family_names, local->family),
          local->node, local->service, virsh_name_of (family_names, remote->family),
          remote->node, remote->service, scheme, text->str);
}

static void
on_block_job (CONN, virDomainPtr domain, const char *disk, int type, int status,
              void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *job = virsh_name_of (job_names, type);
    const char *result = virsh_name_of (job_status_names, status);

    cli_record_string (record, "job", NULL, job);
    cli_record_string (record, "disk", NULL, disk);
    cli_record_string (record, "status", NULL, result);
    emit (listener, domain, record, _ (": %s for %s %s"), job, disk, result);
}

static void
on_disk_change (CONN, virDomainPtr domain, const char *old_path, const char *new_path,
                const char *alias, int reason, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *why = virsh_name_of (disk_names, reason);

    cli_record_string (record, "alias", NULL, alias);
    cli_record_string (record, "old_path", NULL, old_path);
    cli_record_string (record, "new_path", NULL, new_path);
    cli_record_string (record, "reason", NULL, why);
    emit (listener, domain, record, _ (" disk %s: %s -> %s: %s"), alias,
          or_null (old_path), or_null (new_path), why);
}

static void
on_tray_change (CONN, virDomainPtr domain, const char *alias, int reason, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *why = virsh_name_of (tray_names, reason);

    cli_record_string (record, "alias", NULL, alias);
    cli_record_string (record, "reason", NULL, why);
    emit (listener, domain, record, _ (" disk %s: %s"), alias, why);
}

static void
on_power (CONN, virDomainPtr domain, G_GNUC_UNUSED int reason, void *listener)
{
    emit (listener, domain, record_of (listener, domain), "%s", "");
}

static void
on_balloon (CONN, virDomainPtr domain, unsigned long long actual_kib, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_uint (record, "actual_kib", NULL, actual_kib);
    emit (listener, domain, record, ": %lluKiB", actual_kib);
}

static void
on_alias (CONN, virDomainPtr domain, const char *alias, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_string (record, "alias", NULL, alias);
    emit (listener, domain, record, ": %s", alias);
}

static void
on_tunable (CONN, virDomainPtr domain, virTypedParameterPtr params, int n, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    CliRecord *values = cli_record_new ();
    g_autofree char *text = parameters_text (values, params, n);

    cli_record_record (record, "parameters", values);
    emit (listener, domain, record, ":%s", text);
}

static void
on_agent (CONN, virDomainPtr domain, int state, int reason, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_string (record, "state", NULL, virsh_name_of (agent_names, state));
    cli_record_string (record, "reason", NULL, virsh_name_of (agent_reasons, reason));
    emit (listener, domain, record, _ (": state: '%s' reason: '%s'"),
          virsh_name_of (agent_names, state), virsh_name_of (agent_reasons, reason));
}

static void
on_iteration (CONN, virDomainPtr domain, int iteration, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_int (record, "iteration", NULL, iteration);
    emit (listener, domain, record, _ (": iteration: '%d'"), iteration);
}

static void
on_metadata (CONN, virDomainPtr domain, int type, const char *uri, void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *name = virsh_name_of (metadata_names, type);

    cli_record_string (record, "type", NULL, name);
    cli_record_string (record, "uri", NULL, uri);
    emit (listener, domain, record, _ (": type %s, uri %s"), name, or_null (uri));
}

static void
on_threshold (CONN, virDomainPtr domain, const char *dev, const char *path,
              unsigned long long threshold, unsigned long long excess, void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_string (record, "device", NULL, dev);
    cli_record_string (record, "path", NULL, path);
    cli_record_uint (record, "threshold_bytes", NULL, threshold);
    cli_record_uint (record, "excess_bytes", NULL, excess);
    emit (listener, domain, record, _ (": dev: %s(%s) %llu %llu"), dev, or_null (path),
          threshold, excess);
}

static void
on_memory_failure (CONN, virDomainPtr domain, int recipient, int action, unsigned flags,
                   void *listener)
{
    CliRecord *record = record_of (listener, domain);
    const char *who = virsh_name_of (recipient_names, recipient);
    const char *what = virsh_name_of (memory_actions, action);
    gboolean required = (flags & VIR_DOMAIN_MEMORY_FAILURE_ACTION_REQUIRED) != 0;
    gboolean recursive = (flags & VIR_DOMAIN_MEMORY_FAILURE_RECURSIVE) != 0;

    cli_record_string (record, "recipient", NULL, who);
    cli_record_string (record, "action", NULL, what);
    cli_record_bool (record, "action_required", NULL, required);
    cli_record_bool (record, "recursive", NULL, recursive);
    emit (listener, domain, record,
          _ (":\nrecipient: %s\naction: %s\nflags:\n\taction required: %d\n\trecursive: "
             "%d"),
          who, what, required, recursive);
}

static void
on_memory_size (CONN, virDomainPtr domain, const char *alias, unsigned long long size,
                void *listener)
{
    CliRecord *record = record_of (listener, domain);

    cli_record_string (record, "alias", NULL, alias);
    cli_record_uint (record, "size_kib", NULL, size);
    emit (listener, domain, record, _ (":\nalias: %s\nsize: %llu"), alias, size);
}

/* In the order of VIR_DOMAIN_EVENT_ID_*. */
const virConnectDomainEventGenericCallback virsh_domain_callbacks[VIRSH_DOMAIN_EVENTS] = {
    VIR_DOMAIN_EVENT_CALLBACK (on_lifecycle),
    on_plain,
    VIR_DOMAIN_EVENT_CALLBACK (on_rtc_change),
    VIR_DOMAIN_EVENT_CALLBACK (on_watchdog),
    VIR_DOMAIN_EVENT_CALLBACK (on_io_error),
    VIR_DOMAIN_EVENT_CALLBACK (on_graphics),
    VIR_DOMAIN_EVENT_CALLBACK (on_io_error_reason),
    on_plain,
    VIR_DOMAIN_EVENT_CALLBACK (on_block_job),
    VIR_DOMAIN_EVENT_CALLBACK (on_disk_change),
    VIR_DOMAIN_EVENT_CALLBACK (on_tray_change),
    VIR_DOMAIN_EVENT_CALLBACK (on_power),
    VIR_DOMAIN_EVENT_CALLBACK (on_power),
    VIR_DOMAIN_EVENT_CALLBACK (on_balloon),
    VIR_DOMAIN_EVENT_CALLBACK (on_power),
    VIR_DOMAIN_EVENT_CALLBACK (on_alias),
    VIR_DOMAIN_EVENT_CALLBACK (on_block_job),
    VIR_DOMAIN_EVENT_CALLBACK (on_tunable),
    VIR_DOMAIN_EVENT_CALLBACK (on_agent),
    VIR_DOMAIN_EVENT_CALLBACK (on_alias),
    VIR_DOMAIN_EVENT_CALLBACK (on_iteration),
    VIR_DOMAIN_EVENT_CALLBACK (on_tunable),
    VIR_DOMAIN_EVENT_CALLBACK (on_alias),
    VIR_DOMAIN_EVENT_CALLBACK (on_metadata),
    VIR_DOMAIN_EVENT_CALLBACK (on_threshold),
    VIR_DOMAIN_EVENT_CALLBACK (on_memory_failure),
    VIR_DOMAIN_EVENT_CALLBACK (on_memory_size),
};
