/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* -d and -l: what virsh does, on stdout and in a file. */
#include "virsh.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct {
    VirshLevel level;
    int fd;
} debug = { VIRSH_LEVEL_ERROR, -1 };

static const char *const level_names[] = { "DEBUG", "INFO", "NOTICE", "WARNING",
                                           "ERROR" };

static gboolean
open_log (const char *path, GError **error)
{
    debug.fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (debug.fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot open the log file '%s'"), path);
    return TRUE;
}

gboolean
virsh_debug_start (int level, const char *path, GError **error)
{
    const char *text = g_getenv ("VIRSH_DEBUG");
    guint64 number = VIRSH_LEVEL_ERROR;

    if (text && !vy_number_parse (text, VIRSH_LEVEL_ERROR, &number, NULL)) {
        cli_warn (virsh_shell.cli, _ ("error: VIRSH_DEBUG has to be 0 to 4"));
        number = VIRSH_LEVEL_ERROR;
    }
    debug.level = level >= 0 ? (VirshLevel) level : (VirshLevel) number;
    if (!path)
        path = g_getenv ("VIRSH_LOG_FILE");
    return !path || !*path || open_log (path, error);
}

/* One write a line: several processes may share the file. */
static void
write_line (VirshLevel level, const char *text)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *time = g_date_time_format (now, "%Y.%m.%d %H:%M:%S");
    g_autofree char *line = g_strdup_printf ("[%s virsh %d] %s %s%s", time,
                                             (int) getpid (), level_names[level], text,
                                             g_str_has_suffix (text, "\n") ? "" : "\n");

    if (write (debug.fd, line, strlen (line)) < 0) {
        close (debug.fd);
        debug.fd = -1;
        cli_warn (virsh_shell.cli, _ ("error: cannot write to the log file"));
    }
}

void
virsh_debug (VirshLevel level, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    if (level < debug.level)
        return;
    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    cli_print (virsh_shell.cli, "%s\n", text);
    if (debug.fd >= 0)
        write_line (level, text);
}

void
virsh_debug_remark (const char *text)
{
    virsh_debug (VIRSH_LEVEL_INFO, "%s", text);
}

gboolean
virsh_debugs (VirshLevel level)
{
    return level >= debug.level;
}

void
virsh_debug_found (Cli *cli, const char *option, const char *text)
{
    if (cli->command)
        virsh_debug (VIRSH_LEVEL_INFO, "%s: found option <%s>: %s", cli->command->name,
                     option, text);
}

void
virsh_debug_trying (Cli *cli, const char *option, const char *way)
{
    if (cli->command)
        virsh_debug (VIRSH_LEVEL_DEBUG, "%s: <%s> %s", cli->command->name, option, way);
}

void
virsh_debug_failure (const GError *error)
{
    if (debug.fd >= 0 && error)
        write_line (VIRSH_LEVEL_ERROR, error->message);
}
