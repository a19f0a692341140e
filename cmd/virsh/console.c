/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: the text console */
#include "virsh.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
    char *domain, *device;
    gboolean force, safe, resume;
} Args;

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

/* What is typed, until the escape character or the end. */
static void
copy_input (Console *console, char escape)
{
    struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 },
                            { console->wake[0], POLLIN, 0 } };
    char buffer[1024];

    while (poll (fds, 2, -1) >= 0) {
        gssize n;
        const char *stop;

        if (fds[1].revents)
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

static char
escape_character (void)
{
    const char *text = virsh_shell.escape ? virsh_shell.escape : "^]";

    if (text[0] == '^' && text[1])
        return (char) (g_ascii_toupper (text[1]) ^ 0x40);
    return text[0];
}

static void
talk (virStreamPtr stream)
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
    copy_input (&console, escape_character ());
    virStreamAbort (stream);
    g_thread_join (output);
    close (console.wake[0]);
    if (is_terminal)
        tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
}

gboolean
virsh_console (Cli *cli, virDomainPtr domain, const char *device, unsigned flags,
               gboolean resume, GError **error)
{
    virStreamPtr stream;

    if (!isatty (STDIN_FILENO))
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("Cannot run interactive console without a controlling TTY"));
    if (virDomainIsActive (domain) != 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("The domain is not running"));
    cli_print (cli, _ ("Connected to domain '%s'\n"), virDomainGetName (domain));
    cli_print (cli, _ ("Escape character is %s (Ctrl + %s)\n"),
               virsh_shell.escape ? virsh_shell.escape : "^]",
               virsh_shell.escape ? virsh_shell.escape + 1 : "]");
    fflush (stdout);
    stream = virStreamNew (virDomainGetConnect (domain), 0);
    if (!stream)
        return virsh_fail (error, _ ("cannot open a stream"));
    if (virDomainOpenConsole (domain, device, stream, flags) < 0) {
        virsh_fail (error, _ ("cannot open the console of domain '%s'"),
                    virDomainGetName (domain));
        vy_error_set_hint (error, _ ("--force takes it from another client"));
        virStreamFree (stream);
        return FALSE;
    }
    if (resume)
        virDomainResume (domain);
    talk (stream);
    virStreamFree (stream);
    cli_print (cli, "\n");
    return TRUE;
}

static gboolean
run_console (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned flags = args->force ? VIR_DOMAIN_CONSOLE_FORCE : 0;

    flags |= args->safe ? VIR_DOMAIN_CONSOLE_SAFE : 0;
    return domain &&
           virsh_console (cli, domain, args->device, flags, args->resume, error);
}

static const CliOption console_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, device, "devname", "DEVICE",
                  "alias of a console, serial or parallel "
                  "device"),
    VIRSH_FLAG (Args, force, "force", "take it from whoever is connected"),
    VIRSH_FLAG (Args, resume, "resume", "let the paused domain run once connected"),
    VIRSH_FLAG (Args, safe, "safe", "only where the driver can keep it to one client"),
    { 0 },
};

const CliCommand virsh_console_commands[] = {
    { "console", N_ ("connect to a domain's console"), console_options, sizeof (Args),
      run_console },
    { 0 },
};
