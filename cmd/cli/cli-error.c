/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Failures: what is said on stderr, and which exit status they give. */
#include "cli-private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define STATUS_CANCELLED 130

/* The one table: what a caller can do about it, as an exit status. */
static const struct {
    VyError code;
    int native;
} statuses[] = {
    { VY_ERROR_FAILED, 1 },        { VY_ERROR_USAGE, 2 },
    { VY_ERROR_INVALID, 2 },       { VY_ERROR_NOT_FOUND, 3 },
    { VY_ERROR_EXISTS, 4 },        { VY_ERROR_STATE, 5 },
    { VY_ERROR_DENIED, 6 },        { VY_ERROR_UNSUPPORTED, 1 },
    { VY_ERROR_TIMEOUT, 7 },       { VY_ERROR_PARTIAL, 8 },
    { VY_ERROR_NO_CONNECTION, 9 }, { VY_ERROR_CANCELLED, STATUS_CANCELLED },
};

static gboolean
is_cancelled (const GError *error)
{
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           g_error_matches (error, VY_ERROR, VY_ERROR_CANCELLED);
}

static int
native_status (const GError *error)
{
    if (is_cancelled (error))
        return STATUS_CANCELLED;
    if (error->domain != VY_ERROR)
        return 1;
    /* what the hypervisor finds invalid is no fault of the command line */
    if (error->code == VY_ERROR_INVALID && vy_error_get_libvirt_code (error))
        return 1;
    for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
        if ((int) statuses[i].code == error->code)
            return statuses[i].native;
    return 1;
}

int
cli_exit_status (Cli *cli, const GError *error)
{
    CliStyle style = cli->program->style;
    gboolean classes =
        style == CLI_STYLE_NATIVE || (style == CLI_STYLE_VIRSH && cli->globals.strict);

    if (g_atomic_int_get (&cli->timed_out) && classes && is_cancelled (error))
        return 7;
    if (!error || (style == CLI_STYLE_VIRSH && !classes))
        return 1;
    if (classes)
        return native_status (error);
    return g_error_matches (error, VY_ERROR, VY_ERROR_USAGE) ? 2 : 1;
}

/* virsh says what failed, and why on a line of its own; what to do next is ours. */
static void
report_virsh (const Cli *cli, const GError *error)
{
    const char *hint = vy_error_get_hint (error);
    const char *cause = vy_error_get_cause (error);
    g_autofree char *tail = cause ? g_strconcat (": ", cause, NULL) : NULL;
    g_autofree char *what = g_strdup (error->message);

    if (tail && g_str_has_suffix (what, tail))
        what[strlen (what) - strlen (tail)] = '\0';
    if (*what)
        g_printerr (_ ("error: %s\n"), what);
    if (cause)
        g_printerr (_ ("error: %s\n"), cause);
    if (hint)
        g_printerr ("%s: %s\n", cli->program->name, hint);
}

static void
report_hint (Cli *cli, const GError *error)
{
    const char *hint = vy_error_get_hint (error);
    const char *name = cli->program->name;

    if (hint)
        g_printerr ("%s: %s\n", name, hint);
    else if (!g_error_matches (error, VY_ERROR, VY_ERROR_USAGE))
        return;
    else if (cli->command && !cli->program->single)
        g_printerr (_ ("%s: see '%s %s --help'\n"), name, name, cli->command->name);
    else
        g_printerr (_ ("%s: see '%s --help'\n"), name, name);
}

void
cli_report (Cli *cli, const GError *error)
{
    fflush (stdout);
    if (cli->program->style == CLI_STYLE_VIRSH) {
        report_virsh (cli, error);
        return;
    }
    if (g_atomic_int_get (&cli->timed_out) && is_cancelled (error)) {
        g_printerr (_ ("%s: gave up after the time of --timeout: %s\n"),
                    cli->program->name, error->message);
        return;
    }
    g_printerr ("%s: %s\n", cli->program->name, error->message);
    report_hint (cli, error);
}

gboolean
cli_flush_output (G_GNUC_UNUSED Cli *cli, GError **error)
{
    int failed = ferror (stdout);

    errno = failed ? EIO : 0;
    if (fflush (stdout) == 0 && !failed)
        return TRUE;
    return vy_throw_errno (error, errno, _ ("cannot write to standard output"));
}

int
cli_finish (Cli *cli, gboolean ok, const GError *error)
{
    g_autoptr (GError) unwritten = NULL;
    int status = ok ? 0 : cli_exit_status (cli, error);

    if (!ok && error)
        cli_report (cli, error);
    if (!cli_flush_output (cli, &unwritten)) {
        cli_report (cli, unwritten);
        status = status ? status : 1;
    }
    return status;
}
