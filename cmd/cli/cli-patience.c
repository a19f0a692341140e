/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion is never a burden: it asks nobody, starts nothing and does not last. */
#include "cli-private.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define LOCAL_MS 300
#define REMOTE_MS 1000

static void
give_up (G_GNUC_UNUSED int number)
{
    _exit (0);
}

/* 0: no limit. VIRTYARD_COMPLETE_MS is for slower hosts, and for those who wait longer.
 */
static void
limit_time (guint64 milliseconds)
{
    const char *wish = milliseconds ? g_getenv ("VIRTYARD_COMPLETE_MS") : NULL;
    struct itimerval timer = { 0 };

    if (wish)
        vy_number_parse (wish, G_MAXINT, &milliseconds, NULL);
    timer.it_value.tv_sec = (time_t) (milliseconds / 1000);
    timer.it_value.tv_usec = (suseconds_t) (milliseconds % 1000 * 1000);
    signal (SIGALRM, give_up);
    setitimer (ITIMER_REAL, &timer, NULL);
}

void
cli_complete_limit (gboolean limited)
{
    limit_time (limited ? LOCAL_MS : 0);
}

/* Nobody can be asked, no daemon and no ssh is started. */
void
cli_complete_begin (Cli *cli)
{
    int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

    cli->completing = TRUE;
    cli->interactive = FALSE;
    if (null >= 0)
        dup2 (null, STDIN_FILENO);
    g_setenv ("LIBVIRT_AUTOSTART", "0", TRUE);
    g_setenv ("PATH", "/nonexistent", TRUE);
}

void
cli_complete_silence (void)
{
    int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

    if (null >= 0)
        dup2 (null, STDERR_FILENO);
}

gboolean
cli_complete_may_connect (Cli *cli)
{
    const char *uri = cli_effective_uri (cli);
    g_autofree char *scheme = uri ? g_uri_parse_scheme (uri) : NULL;

    if (scheme && (strstr (scheme, "+ssh") || strstr (scheme, "+libssh") ||
                   strstr (scheme, "+ext")))
        return FALSE;
    if (cli_uri_is_remote (uri))
        limit_time (REMOTE_MS);
    return TRUE;
}
