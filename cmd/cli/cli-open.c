/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening a connection ends, also when the host is silent. */
#include "cli-private.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEADLINE_S 30
/* ssh asks for passwords itself, on the terminal */
#define DEADLINE_SSH_S 120
#define LOOK_AGAIN_MS 100

typedef struct {
    GMutex lock;
    GCond changed;
    gboolean done;
    gboolean given_up;
    gint asking; /* atomic: somebody is typing a password */
    gint64 deadline_us;
    GHashTable *before; /* sockets that are not the new connection's */
    char *children;     /* the file that names those of the thread: its ssh is one */
    GStrv kept;         /* children that were there before */
} Patience;

static gboolean
is_socket (int fd)
{
    struct stat status;

    return fstat (fd, &status) == 0 && S_ISSOCK (status.st_mode);
}

/* Calls @each for every socket of the process. */
static void
each_socket (Patience *patience, void (*each) (Patience *patience, int fd))
{
    g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir))) {
        int fd = atoi (name);

        if (is_socket (fd))
            each (patience, fd);
    }
}

static void
note_socket (Patience *patience, int fd)
{
    g_hash_table_add (patience->before, GINT_TO_POINTER (fd));
}

/* libvirt takes that for a host that hung up. */
static void
cut_socket (Patience *patience, int fd)
{
    if (!g_hash_table_contains (patience->before, GINT_TO_POINTER (fd)))
        shutdown (fd, SHUT_RDWR);
}

/* What ssh says is read to its end, so ssh has to end. */
static void
end_children (const Patience *patience)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) ids = NULL;

    if (!g_file_get_contents (patience->children, &text, NULL, NULL))
        return;
    ids = g_strsplit (g_strstrip (text), " ", -1);
    for (char **id = ids; *id; id++)
        if (**id && !g_strv_contains ((const char *const *) patience->kept, *id))
            kill ((pid_t) atoi (*id), SIGTERM);
}

/* Until the connection is open, or not. Another address may be tried after the first. */
static gpointer
patience_thread (gpointer data)
{
    Patience *patience = data;

    g_mutex_lock (&patience->lock);
    while (!patience->done) {
        if (g_cond_wait_until (&patience->changed, &patience->lock,
                               patience->deadline_us) ||
            patience->done)
            continue;
        if (g_atomic_int_get (&patience->asking)) {
            patience->deadline_us =
                g_get_monotonic_time () + DEADLINE_S * G_TIME_SPAN_SECOND;
            continue;
        }
        patience->given_up = TRUE;
        each_socket (patience, cut_socket);
        end_children (patience);
        patience->deadline_us =
            g_get_monotonic_time () + LOOK_AGAIN_MS * G_TIME_SPAN_MILLISECOND;
    }
    g_mutex_unlock (&patience->lock);
    return NULL;
}

static int
ask (virConnectCredentialPtr credentials, unsigned n, void *data)
{
    Patience *patience = data;
    int result;

    g_atomic_int_set (&patience->asking, TRUE);
    result =
        virConnectAuthPtrDefault->cb (credentials, n, virConnectAuthPtrDefault->cbdata);
    g_atomic_int_set (&patience->asking, FALSE);
    return result;
}

static void
note_what_is_there (Patience *patience)
{
    g_autofree char *text = NULL;

    patience->before = g_hash_table_new (NULL, NULL);
    each_socket (patience, note_socket);
    patience->children = g_strdup_printf ("/proc/self/task/%d/children", (int) gettid ());
    g_file_get_contents (patience->children, &text, NULL, NULL);
    patience->kept = g_strsplit (text ? g_strstrip (text) : "", " ", -1);
}

static gboolean
has_terminal (void)
{
    int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (fd >= 0)
        close (fd);
    return fd >= 0;
}

static gint64
seconds_for (const char *uri, gboolean asks)
{
    return asks && uri && strstr (uri, "ssh") && has_terminal () ? DEADLINE_SSH_S
                                                                 : DEADLINE_S;
}

static virConnectPtr
open_watched (Patience *patience, const char *uri, gboolean asks, unsigned flags)
{
    virConnectAuth auth = *virConnectAuthPtrDefault;
    g_autoptr (GThread) thread = NULL;
    virConnectPtr conn;

    auth.cb = ask;
    auth.cbdata = patience;
    thread = g_thread_new ("patience", patience_thread, patience);
    conn = virConnectOpenAuth (uri, asks ? &auth : NULL, flags);
    g_mutex_lock (&patience->lock);
    patience->done = TRUE;
    g_cond_signal (&patience->changed);
    g_mutex_unlock (&patience->lock);
    g_thread_join (g_steal_pointer (&thread));
    return conn;
}

virConnectPtr
cli_open (const char *uri, gboolean asks, unsigned flags, GError **error)
{
    gint64 seconds = seconds_for (uri, asks);
    Patience patience = { .deadline_us =
                              g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND };
    virConnectPtr conn;

    /* the test driver lives in this process */
    if (uri && g_str_has_prefix (uri, "test://"))
        return virConnectOpenAuth (uri, asks ? virConnectAuthPtrDefault : NULL, flags);
    note_what_is_there (&patience);
    conn = open_watched (&patience, uri, asks, flags);
    g_hash_table_unref (patience.before);
    g_strfreev (patience.kept);
    g_free (patience.children);
    if (patience.given_up) {
        g_clear_pointer (&conn, virConnectClose);
        vy_throw (error, VY_ERROR_NO_CONNECTION,
                  _ ("failed to connect to the hypervisor: no answer from '%s' in %d s"),
                  uri ? uri : _ ("the default host"), (int) seconds);
    }
    return conn;
}
