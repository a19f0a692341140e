/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of networks, storage pools, node devices and secrets */
#include "events.h"

typedef struct {
    char *object, *event;
    VirshEventArgs loop;
} Args;

/* What distinguishes one sort of object from another. */
typedef struct {
    const char *what; /* in the printed line */
    const char *key;  /* in JSON */
    const char *const *names;
    const char *const *states; /* by the detail of lifecycle */
    /* FALSE with @error: there is no such object */
    gboolean (*find) (Cli *cli, const char *name, gpointer *object, GError **error);
    void (*unref) (gpointer object);
    int (*listen) (virConnectPtr conn, gpointer object, int event,
                   VirshListener *listener);
    int (*unlisten) (virConnectPtr conn, int id);
    gboolean must_exist; /* else one is waited for */
} Kind;

static const char *const network_names[] = { "lifecycle", NULL };
static const char *const network_states[] = { "Defined", "Undefined", "Started",
                                              "Stopped", NULL };
static const char *const pool_names[] = { "lifecycle", "refresh", NULL };
static const char *const pool_states[] = { "Defined", "Undefined", "Started", "Stopped",
                                           "Created", "Deleted",   NULL };
static const char *const nodedev_names[] = { "lifecycle", "update", NULL };
static const char *const nodedev_states[] = { "Created", "Deleted", "Defined",
                                              "Undefined", NULL };
static const char *const secret_names[] = { "lifecycle", "value-changed", NULL };
static const char *const secret_states[] = { "Defined", "Undefined", NULL };

static const char *
state_name (const char *const *names, int state)
{
    for (int i = 0; names[i]; i++)
        if (i == state)
            return names[i];
    return "unknown";
}

/* ---- callbacks
 * ---------------------------------------------------------------------------- */

static CliRecord *
record_of (const VirshListener *listener, const char *key, const char *name)
{
    CliRecord *record = cli_record_new ();

    cli_record_string (record, "event", NULL, listener->name);
    cli_record_string (record, key, NULL, name);
    return record;
}

static void
emit_state (VirshListener *listener, const char *what, const char *key, const char *name,
            const char *state)
{
    CliRecord *record;

    if (!virsh_events_want (listener->events, name))
        return;
    record = record_of (listener, key, name);
    cli_record_string (record, "state", NULL, state);
    virsh_listener_emit (listener, record, _ ("event 'lifecycle' for %s %s: %s"), what,
                         name, state);
}

static void
emit_plain (VirshListener *listener, const char *what, const char *key, const char *name)
{
    if (virsh_events_want (listener->events, name))
        virsh_listener_emit (listener, record_of (listener, key, name),
                             _ ("event '%s' for %s %s"), listener->name, what, name);
}

static void
on_network (G_GNUC_UNUSED virConnectPtr conn, virNetworkPtr network, int event,
            G_GNUC_UNUSED int detail, void *listener)
{
    emit_state (listener, "network", "network", virNetworkGetName (network),
                state_name (network_states, event));
}

static void
on_pool (G_GNUC_UNUSED virConnectPtr conn, virStoragePoolPtr pool, int event,
         G_GNUC_UNUSED int detail, void *listener)
{
    emit_state (listener, "storage pool", "pool", virStoragePoolGetName (pool),
                state_name (pool_states, event));
}

static void
on_pool_plain (G_GNUC_UNUSED virConnectPtr conn, virStoragePoolPtr pool, void *listener)
{
    emit_plain (listener, "storage pool", "pool", virStoragePoolGetName (pool));
}

static void
on_nodedev (G_GNUC_UNUSED virConnectPtr conn, virNodeDevicePtr device, int event,
            G_GNUC_UNUSED int detail, void *listener)
{
    emit_state (listener, "node device", "device", virNodeDeviceGetName (device),
                state_name (nodedev_states, event));
}

static void
on_nodedev_plain (G_GNUC_UNUSED virConnectPtr conn, virNodeDevicePtr device,
                  void *listener)
{
    emit_plain (listener, "node device", "device", virNodeDeviceGetName (device));
}

static void
on_secret (G_GNUC_UNUSED virConnectPtr conn, virSecretPtr secret, int event,
           G_GNUC_UNUSED int detail, void *listener)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virSecretGetUUIDString (secret, uuid);
    emit_state (listener, "secret", "secret", uuid, state_name (secret_states, event));
}

static void
on_secret_plain (G_GNUC_UNUSED virConnectPtr conn, virSecretPtr secret, void *listener)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virSecretGetUUIDString (secret, uuid);
    emit_plain (listener, "secret", "secret", uuid);
}

/* ---- libvirt's calls for each sort
 * -------------------------------------------------------- */

static gboolean
find_network (Cli *cli, const char *name, gpointer *object, GError **error)
{
    return (*object = virsh_network (cli, name, error)) != NULL;
}

static gboolean
find_pool (Cli *cli, const char *name, gpointer *object, GError **error)
{
    return (*object = virsh_pool (cli, name, error)) != NULL;
}

/* By name, or by the two world-wide names of an HBA's port, with a comma between. */
static gboolean
find_nodedev (Cli *cli, const char *name, gpointer *object, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_auto (GStrv) wwn = g_strsplit (name, ",", 2);

    if (!conn)
        return FALSE;
    *object = wwn[0] && wwn[1]
                  ? virNodeDeviceLookupSCSIHostByWWN (conn, wwn[0], wwn[1], 0)
                  : virNodeDeviceLookupByName (conn, name);
    return *object || virsh_fail (error, _ ("Could not find matching device '%s'"), name);
}

static gboolean
find_secret (Cli *cli, const char *uuid, gpointer *object, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);

    if (!conn)
        return FALSE;
    *object = virSecretLookupByUUIDString (conn, uuid);
    return *object || virsh_fail (error, _ ("failed to get secret '%s'"), uuid);
}

static void
unref_network (gpointer network)
{
    virNetworkFree (network);
}

static void
unref_pool (gpointer pool)
{
    virStoragePoolFree (pool);
}

static void
unref_nodedev (gpointer device)
{
    virNodeDeviceFree (device);
}

static void
unref_secret (gpointer secret)
{
    virSecretFree (secret);
}

static int
listen_network (virConnectPtr conn, gpointer network, int event, VirshListener *listener)
{
    return virConnectNetworkEventRegisterAny (conn, network, event,
                                              VIR_NETWORK_EVENT_CALLBACK (on_network),
                                              listener, virsh_listener_free);
}

static int
listen_pool (virConnectPtr conn, gpointer pool, int event, VirshListener *listener)
{
    return virConnectStoragePoolEventRegisterAny (
        conn, pool, event,
        event == VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE
            ? VIR_STORAGE_POOL_EVENT_CALLBACK (on_pool)
            : VIR_STORAGE_POOL_EVENT_CALLBACK (on_pool_plain),
        listener, virsh_listener_free);
}

static int
listen_nodedev (virConnectPtr conn, gpointer device, int event, VirshListener *listener)
{
    return virConnectNodeDeviceEventRegisterAny (
        conn, device, event,
        event == VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE
            ? VIR_NODE_DEVICE_EVENT_CALLBACK (on_nodedev)
            : VIR_NODE_DEVICE_EVENT_CALLBACK (on_nodedev_plain),
        listener, virsh_listener_free);
}

static int
listen_secret (virConnectPtr conn, gpointer secret, int event, VirshListener *listener)
{
    return virConnectSecretEventRegisterAny (
        conn, secret, event,
        event == VIR_SECRET_EVENT_ID_LIFECYCLE
            ? VIR_SECRET_EVENT_CALLBACK (on_secret)
            : VIR_SECRET_EVENT_CALLBACK (on_secret_plain),
        listener, virsh_listener_free);
}

/* ---- the commands
 * ------------------------------------------------------------------------- */

static const Kind network_kind = { "network",      "network",
                                   network_names,  network_states,
                                   find_network,   unref_network,
                                   listen_network, virConnectNetworkEventDeregisterAny,
                                   FALSE };
static const Kind pool_kind = { "storage pool", "pool",
                                pool_names,     pool_states,
                                find_pool,      unref_pool,
                                listen_pool,    virConnectStoragePoolEventDeregisterAny,
                                FALSE };
static const Kind nodedev_kind = {
    "node device", "device",      nodedev_names,  nodedev_states,
    find_nodedev,  unref_nodedev, listen_nodedev, virConnectNodeDeviceEventDeregisterAny,
    TRUE
};
static const Kind secret_kind = { "secret",      "secret",
                                  secret_names,  secret_states,
                                  find_secret,   unref_secret,
                                  listen_secret, virConnectSecretEventDeregisterAny,
                                  FALSE };

static int
event_number (const Kind *kind, const char *name)
{
    for (int i = 0; kind->names[i]; i++)
        if (strcmp (kind->names[i], name) == 0)
            return i;
    return -1;
}

static gboolean
list_names (Cli *cli, const Kind *kind)
{
    for (const char *const *name = kind->names; *name; name++)
        cli_print (cli, "%s\n", *name);
    return TRUE;
}

/* An object that is not there yet is reported, and events of that name are waited for. */
static gboolean
find_object (VirshEvents *events, Cli *cli, const Kind *kind, const char *name,
             gpointer *object, GError **error)
{
    g_autoptr (GError) missing = NULL;

    if (!name || kind->find (cli, name, object, &missing))
        return TRUE;
    if (kind->must_exist) {
        g_propagate_error (error, g_steal_pointer (&missing));
        return FALSE;
    }
    cli_report (cli, missing);
    virsh_events_filter (events, name);
    return TRUE;
}

static gboolean
listen_and_wait (VirshEvents *events, Cli *cli, const Kind *kind, gpointer object,
                 int event, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VirshListener *listener = virsh_listener_new (events, kind->names[event]);
    int id = kind->listen (conn, object, event, listener);
    gboolean ok;

    if (id < 0) {
        virsh_listener_free (listener);
        return virsh_fail (error, "%s", "");
    }
    ok = virsh_events_wait (events, error);
    kind->unlisten (conn, id);
    return ok;
}

static gboolean
run_kind (Cli *cli, const Kind *kind, const Args *args, GError **error)
{
    g_autoptr (VirshEvents) events = NULL;
    gpointer object = NULL;
    gboolean ok;
    int event;

    if (args->loop.list)
        return list_names (cli, kind);
    if (!args->event)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("either --list or --event <type> is required"));
    event = event_number (kind, args->event);
    if (event < 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown event type %s"), args->event);
    events = virsh_events_new (cli, &args->loop, error);
    if (!events || !find_object (events, cli, kind, args->object, &object, error))
        return FALSE;
    ok = listen_and_wait (events, cli, kind, object, event, error);
    if (object)
        kind->unref (object);
    return ok;
}

static gboolean
run_network (Cli *cli, gpointer data, GError **error)
{
    return run_kind (cli, &network_kind, data, error);
}

static gboolean
run_pool (Cli *cli, gpointer data, GError **error)
{
    return run_kind (cli, &pool_kind, data, error);
}

static gboolean
run_nodedev (Cli *cli, gpointer data, GError **error)
{
    return run_kind (cli, &nodedev_kind, data, error);
}

static gboolean
run_secret (Cli *cli, gpointer data, GError **error)
{
    return run_kind (cli, &secret_kind, data, error);
}

#define OBJECT(key, meta, text, completer)                                               \
    {                                                                                    \
        key, 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, object), N_ (meta),          \
            N_ (text), completer                                                         \
    }
#define COMMON(events)                                                                   \
    { "event",                                                                           \
      0,                                                                                 \
      CLI_STRING,                                                                        \
      CLI_POSITIONAL,                                                                    \
      offsetof (Args, event),                                                            \
      N_ ("TYPE"),                                                                       \
      N_ ("the type of event to wait for"),                                              \
      .choices = events },                                                               \
        VIRSH_EVENT_LOOP (Args, loop), VIRSH_EVENT_TIMEOUT (Args, loop),                 \
        VIRSH_EVENT_LIST (Args, loop), VIRSH_EVENT_TIMESTAMP (Args, loop),               \
    {                                                                                    \
        0                                                                                \
    }

static const CliOption network_options[] = {
    OBJECT ("network", "NETWORK", "only of this network: its name or UUID",
            cli_complete_network),
    COMMON (network_names),
};
static const CliOption pool_options[] = {
    OBJECT ("pool", "POOL", "only of this storage pool: its name or UUID",
            cli_complete_pool),
    COMMON (pool_names),
};
static const CliOption nodedev_options[] = {
    OBJECT ("device", "DEVICE", "only of this device: its name or WWNN,WWPN", NULL),
    COMMON (nodedev_names),
};
static const CliOption secret_options[] = {
    OBJECT ("secret", "SECRET", "only of this secret: its UUID", NULL),
    COMMON (secret_names),
};

const CliCommand virsh_network_event_commands[] = {
    VIRSH_COMMAND ("net-event", N_ ("wait for events of networks"), network_options,
                   run_network),
    { 0 },
};
const CliCommand virsh_pool_event_commands[] = {
    VIRSH_COMMAND ("pool-event", N_ ("wait for events of storage pools"), pool_options,
                   run_pool),
    { 0 },
};
const CliCommand virsh_nodedev_event_commands[] = {
    VIRSH_COMMAND ("nodedev-event", N_ ("wait for events of node devices"),
                   nodedev_options, run_nodedev),
    { 0 },
};
const CliCommand virsh_secret_event_commands[] = {
    VIRSH_COMMAND ("secret-event", N_ ("wait for events of secrets"), secret_options,
                   run_secret),
    { 0 },
};
