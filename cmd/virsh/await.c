/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* await: until a domain is what one needs it to be */
#include "virsh.h"

typedef struct {
    char *domain, *condition;
    int timeout_s;
} Args;

/* Cancels the wait when the time is over or the user says so. */
typedef struct {
    GCancellable *cancellable;
    GMutex lock;
    GCond over;
    gint64 until_us;
    gboolean done, expired;
} Deadline;

/* The words of later versions of virsh beside those of virtyard wait. */
static const struct {
    const char *word, *condition;
} words[] = { { "domain-inactive", "shutdown" }, { "guest-agent-available", "agent" } };

static GStrv
complete_condition (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        g_strv_builder_add (names, words[i].word);
    for (const char *const *name = vy_wait_list_conditions (); *name; name++)
        g_strv_builder_add (names, *name);
    return g_strv_builder_end (names);
}

static const char *
condition_of (const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (words[i].word, word) == 0)
            return words[i].condition;
    return word;
}

static void
pass_on (G_GNUC_UNUSED GCancellable *cancellable, gpointer inner)
{
    g_cancellable_cancel (inner);
}

static gpointer
watch_time (gpointer data)
{
    Deadline *deadline = data;

    g_mutex_lock (&deadline->lock);
    while (!deadline->done && !deadline->expired)
        deadline->expired =
            !g_cond_wait_until (&deadline->over, &deadline->lock, deadline->until_us);
    if (!deadline->done)
        g_cancellable_cancel (deadline->cancellable);
    g_mutex_unlock (&deadline->lock);
    return NULL;
}

/* vy_wait_for() that gives up at the deadline. */
static VyWaitResult *
wait_until (Cli *cli, const char *name, const char *condition, Deadline *deadline,
            GError **error)
{
    GThread *thread = g_thread_new ("deadline", watch_time, deadline);
    VyWaitResult *result =
        vy_wait_for (cli_conn (cli, NULL), name, condition, deadline->cancellable, error);

    g_mutex_lock (&deadline->lock);
    deadline->done = TRUE;
    g_cond_signal (&deadline->over);
    g_mutex_unlock (&deadline->lock);
    g_thread_join (thread);
    if (!result && deadline->expired && error && *error)
        (*error)->code = VY_ERROR_TIMEOUT;
    return result;
}

static VyWaitResult *
wait_seconds (Cli *cli, const char *name, const char *condition, int seconds,
              GError **error)
{
    g_autoptr (GCancellable) inner = g_cancellable_new ();
    Deadline deadline = { .cancellable = inner,
                          .until_us =
                              g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND };
    gulong id =
        g_cancellable_connect (cli_cancellable (cli), G_CALLBACK (pass_on), inner, NULL);
    VyWaitResult *result;

    g_mutex_init (&deadline.lock);
    g_cond_init (&deadline.over);
    result = wait_until (cli, name, condition, &deadline, error);
    g_cancellable_disconnect (cli_cancellable (cli), id);
    g_mutex_clear (&deadline.lock);
    g_cond_clear (&deadline.over);
    return result;
}

static gboolean
run_await (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const char *condition = condition_of (args->condition);
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (VyWaitResult) result = NULL;
    const char *name;

    if (!vy_wait_check_condition (condition, error))
        return FALSE;
    if (cli_has (cli, "timeout") && args->timeout_s < 1)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--timeout takes 1 or more seconds"));
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    name = virDomainGetName (domain);
    result = args->timeout_s ? wait_seconds (cli, name, condition, args->timeout_s, error)
                             : vy_wait_for (cli_conn (cli, error), name, condition,
                                            cli_cancellable (cli), error);
    return result != NULL;
}

static const CliOption await_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "condition", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED,
      offsetof (Args, condition), N_ ("CONDITION"),
      N_ ("domain-inactive, guest-agent-available, running, ip, ssh or another"),
      complete_condition },
    { "timeout", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, timeout_s), N_ ("SECONDS"),
      N_ ("fail after this many seconds") },
    { 0 },
};

const CliCommand virsh_await_commands[] = {
    { "await", N_ ("wait until a domain is what you need it to be"), await_options,
      sizeof (Args), run_await, CLI_NEWER_COMMAND,
      .description =
          N_ ("Waits for domain-inactive (it is shut off), guest-agent-available, or a "
              "condition of 'virtyard wait' such as running, ip, ssh or cloud-init. The "
              "status is 1 when --timeout ends the wait.") },
    { 0 },
};
