/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* event: waits for events of domains */
#include "events.h"
#include "words.h"

typedef struct {
    char *domain, *event;
    gboolean all;
    VirshEventArgs loop;
} Args;

static gboolean
list_names (Cli *cli)
{
    for (int i = 0; i < VIRSH_DOMAIN_EVENTS; i++)
        cli_print (cli, "%s\n", virsh_domain_event_words[i]);
    return TRUE;
}

/* The number of --event; -1 for --all; -2 with @error. */
static int
chosen_event (const Args *args, GError **error)
{
    int place;

    if (args->all)
        return -1;
    if (!args->event) {
        vy_throw (error, VY_ERROR_USAGE,
                  _ ("one of --list, --all, or --event <type> is required"));
        return -2;
    }
    place = virsh_word_place (virsh_domain_event_words, args->event);
    if (place >= 0)
        return place;
    vy_throw (error, VY_ERROR_USAGE, _ ("unknown event type %s"), args->event);
    return -2;
}

/* With --all a daemon that does not know the latest kinds of events is no failure. */
static gboolean
listen (VirshEvents *events, virConnectPtr conn, virDomainPtr domain, int chosen,
        GArray *ids, GError **error)
{
    for (int i = 0; i < VIRSH_DOMAIN_EVENTS; i++) {
        VirshListener *listener;
        int id;

        if (chosen >= 0 && chosen != i)
            continue;
        listener = virsh_listener_new (events, virsh_domain_event_words[i]);
        id = virConnectDomainEventRegisterAny (conn, domain, i, virsh_domain_callbacks[i],
                                               listener, virsh_listener_free);
        if (id >= 0) {
            g_array_append_val (ids, id);
            continue;
        }
        virsh_listener_free (listener);
        if (!ids->len)
            return virsh_fail (error, "%s", "");
        virResetLastError ();
    }
    return TRUE;
}

static gboolean
run_event (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (VirshEvents) events = NULL;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int));
    int chosen;
    gboolean ok;

    if (!virsh_exclusive (args->event != NULL, "event", args->all, "all", error) ||
        !virsh_exclusive (args->loop.list, "list", args->all, "all", error) ||
        !virsh_exclusive (args->loop.list, "list", args->event != NULL, "event", error))
        return FALSE;
    if (args->loop.list)
        return list_names (cli);
    chosen = chosen_event (args, error);
    if (chosen == -2 || !(events = virsh_events_new (cli, &args->loop, error)) ||
        (args->domain && !(domain = virsh_domain (cli, args->domain, error))))
        return FALSE;
    ok = listen (events, cli_conn (cli, NULL), domain, chosen, ids, error) &&
         virsh_events_wait (events, error);
    for (guint i = 0; i < ids->len; i++)
        virConnectDomainEventDeregisterAny (cli_conn (cli, NULL),
                                            g_array_index (ids, int, i));
    return ok;
}

static const CliOption event_options[] = {
    { "domain", 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, domain), N_ ("DOMAIN"),
      N_ ("only of this domain: its name, id or UUID"), cli_complete_domain },
    { "event", 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, event), N_ ("TYPE"),
      N_ ("the type of event to wait for"), .choices = virsh_domain_event_words },
    VIRSH_FLAG (Args, all, "all", "wait for every type of event"),
    VIRSH_EVENT_LOOP (Args, loop),
    VIRSH_EVENT_TIMEOUT (Args, loop),
    VIRSH_EVENT_LIST (Args, loop),
    VIRSH_EVENT_TIMESTAMP (Args, loop),
    { 0 },
};

const CliCommand virsh_domain_event_commands[] = {
    { "event", N_ ("wait for events of domains"), event_options, sizeof (Args), run_event,
      .description =
          N_ ("Prints the first event of the type, with --loop all until --timeout or "
              "Ctrl-C. With the global option --format json each event is an object on a "
              "line of its own, with the domain's name and UUID, the time, and what is "
              "particular to the type. The status is 1 when there was no event.") },
    { 0 },
};
