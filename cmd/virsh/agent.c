/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* While a connection is opened: polkit's agent, which asks for passwords on a terminal.
 */
#include "virsh.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#define AGENT "/usr/bin/pkttyagent"
/* It is ready, or will not be. */
#define READY_MS 10000

static GPid agent;

static gboolean
has_terminal (void)
{
    int terminal = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (terminal < 0)
        return FALSE;
    close (terminal);
    return TRUE;
}

/* It closes its end of the pipe when it is registered, and also when it ends. */
static gboolean
start (int notify)
{
    g_autofree char *process = g_strdup_printf ("%d", (int) getpid ());
    g_autofree char *number = g_strdup_printf ("%d", notify);
    const char *const argv[] = { AGENT,  "--process",  process, "--notify-fd",
                                 number, "--fallback", NULL };

    /* results may go elsewhere: what it says belongs to the messages */
    int messages = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    gboolean ok = g_spawn_async_with_pipes_and_fds (
        NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
        NULL, -1, messages, -1, &notify, &notify, 1, &agent, NULL, NULL, NULL, NULL);

    if (messages >= 0)
        close (messages);
    return ok;
}

static void
begin (void)
{
    int ends[2];
    struct pollfd ready;

    if (access (AGENT, X_OK) != 0 || !has_terminal () ||
        !g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
        return;
    if (!start (ends[1]))
        agent = 0;
    close (ends[1]);
    ready = (struct pollfd){ ends[0], POLLHUP, 0 };
    if (agent)
        poll (&ready, 1, READY_MS);
    close (ends[0]);
}

static void
end (void)
{
    if (!agent)
        return;
    kill (agent, SIGTERM);
    while (waitpid (agent, NULL, 0) < 0 && errno == EINTR)
        continue;
    g_spawn_close_pid (agent);
    agent = 0;
}

void
virsh_agent (Cli *cli, gboolean begins)
{
    if (begins && !cli->globals.no_agent)
        begin ();
    else
        end ();
}
