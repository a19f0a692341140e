/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's text console on the terminal. */
#include "cli-private.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <libvirt/virterror.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
    virStreamPtr stream;
    int wake[2]; /* closed when the guest's side has ended */
} Console;

/* What the guest says, until the stream ends. */
static gpointer
copy_output (gpointer data)
{
    Console *console = data;
    char buffer[4096];
    int n;

    while ((n = virStreamRecv (console->stream, buffer, sizeof buffer)) > 0) {
        int done = 0;

        while (done < n) {
            gssize wrote = write (STDOUT_FILENO, buffer + done, (gsize) (n - done));

            if (wrote < 0)
                break;
            done += (int) wrote;
        }
    }
    close (console->wake[1]);
    return NULL;
}

static gboolean
send_all (virStreamPtr stream, const char *text, gsize length)
{
    while (length) {
        int sent = virStreamSend (stream, text, length);

        if (sent < 0)
            return FALSE;
        text += sent;
        length -= (gsize) sent;
    }
    return TRUE;
}

static char
escape_character (const char *text)
{
    text = text ? text : "^]";
    if (text[0] == '^' && text[1])
        return (char) (g_ascii_toupper (text[1]) ^ 0x40);
    return text[0];
}

/* Milliseconds until then, as poll() takes them. */
static int
time_left (gint64 deadline_us)
{
    gint64 left = (deadline_us - g_get_monotonic_time ()) / 1000;

    return deadline_us ? (int) CLAMP (left, 0, G_MAXINT) : -1;
}

/* What is typed, until the escape character, the end, a signal or the deadline. */
static void
copy_input (Console *console, const CliConsole *settings, GCancellable *cancellable)
{
    struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 },
                            { console->wake[0], POLLIN, 0 },
                            { g_cancellable_get_fd (cancellable), POLLIN, 0 } };
    char escape = escape_character (settings->escape);
    char buffer[1024];

    while (poll (fds, G_N_ELEMENTS (fds), time_left (settings->deadline_us)) > 0) {
        gssize n;
        const char *stop;

        if (fds[1].revents || fds[2].revents)
            return;
        if (!fds[0].revents)
            continue;
        n = read (STDIN_FILENO, buffer, sizeof buffer);
        if (n <= 0)
            return;
        stop = memchr (buffer, escape, (gsize) n);
        if (!send_all (console->stream, buffer,
                       stop ? (gsize) (stop - buffer) : (gsize) n) ||
            stop)
            return;
    }
}

static void
talk (virStreamPtr stream, const CliConsole *settings, GCancellable *cancellable)
{
    Console console = { stream, { -1, -1 } };
    struct termios before, raw;
    gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
    GThread *output;

    if (!g_unix_open_pipe (console.wake, FD_CLOEXEC, NULL))
        return;
    if (is_terminal) {
        raw = before;
        cfmakeraw (&raw);
        tcsetattr (STDIN_FILENO, TCSAFLUSH, &raw);
    }
    output = g_thread_new ("console", copy_output, &console);
    copy_input (&console, settings, cancellable);
    g_cancellable_release_fd (cancellable);
    virStreamAbort (stream);
    g_thread_join (output);
    close (console.wake[0]);
    if (is_terminal)
        tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
}

static gboolean
open_console (virDomainPtr domain, const CliConsole *settings, virStreamPtr stream,
              GError **error)
{
    virErrorPtr why;

    if (virDomainOpenConsole (domain, settings->device, stream, settings->flags) == 0)
        return TRUE;
    /* asking for the name forgets what went wrong */
    why = virSaveLastError ();
    vy_throw_saved_libvirt (error, why, _ ("cannot open the console of domain '%s'"),
                            virDomainGetName (domain));
    virFreeError (why);
    vy_error_set_hint (error, _ ("--force takes it from another client"));
    return FALSE;
}

gboolean
cli_console (Cli *cli, virDomainPtr domain, const CliConsole *settings, GError **error)
{
    const char *escape = settings->escape ? settings->escape : "^]";
    virStreamPtr stream;
    gboolean ok;

    if (!isatty (STDIN_FILENO))
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("Cannot run interactive console without a controlling TTY"));
    if (virDomainIsActive (domain) != 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("The domain is not running"));
    cli_print (cli, _ ("Connected to domain '%s'\n"), virDomainGetName (domain));
    cli_print (cli, _ ("Escape character is %s (Ctrl + %s)\n"), escape, escape + 1);
    fflush (stdout);
    stream = virStreamNew (virDomainGetConnect (domain), 0);
    if (!stream)
        return vy_throw_libvirt (error, _ ("cannot open a stream"));
    ok = open_console (domain, settings, stream, error);
    if (ok && settings->resume)
        virDomainResume (domain);
    if (ok)
        talk (stream, settings, cli_cancellable (cli));
    virStreamFree (stream);
    return ok;
}
