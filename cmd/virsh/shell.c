/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virsh: manage domains, networks and storage. Runs commands. */
#include "shell.h"

#include <stdio.h>
#include <unistd.h>

VirshShell virsh_shell;

/* ---- running
 * ---------------------------------------------------------------------------- */

static gboolean
fill_args (const VirshParsed *parsed, gpointer args, GError **error)
{
    Cli *cli = virsh_shell.cli;

    for (guint i = 0; i < parsed->rows->len; i++) {
        const CliOption *row = g_ptr_array_index (parsed->rows, i);
        gboolean output = cli_option_find (virsh_output_options, row->name) == row;

        if (!cli_args_set (cli, output ? virsh_output_options : parsed->command->options,
                           output ? &cli->globals : args, row,
                           g_ptr_array_index (parsed->texts, i), error))
            return FALSE;
    }
    return cli_args_finish (cli, parsed->command, error);
}

/* What stands behind a command on its output is for that command only. */
static void
restore_output (int format, char *columns)
{
    CliGlobals *globals = &virsh_shell.cli->globals;

    globals->format = format;
    g_free (globals->columns);
    globals->columns = columns;
}

/* virsh ends each command with an empty line, whatever became of it. */
static void
end_output (gint64 started_us)
{
    Cli *cli = virsh_shell.cli;

    if (virsh_shell.quit || cli_is_structured (cli))
        return;
    if (virsh_shell.timing)
        cli_print (cli, "\n(Time: %.3f ms)\n\n",
                   (double) (g_get_monotonic_time () - started_us) / 1000);
    else if (!cli_is_quiet (cli))
        cli_print (cli, "\n");
}

/* A daemon that went away may be there again. */
static void
reconnect (const CliCommand *command)
{
    Cli *cli = virsh_shell.cli;

    if (!cli->conn || (command->flags & CLI_NO_CONNECTION) ||
        virConnectIsAlive (cli->conn) != 0)
        return;
    g_clear_pointer (&cli->conn, virConnectClose);
    if (cli_conn (cli, NULL))
        cli_warn (cli, _ ("error: the connection was lost, this is a new one"));
}

static int
run_parsed (const VirshParsed *parsed)
{
    Cli *cli = virsh_shell.cli;
    gpointer args = cli_args_new (cli, parsed->command);
    g_autoptr (GError) error = NULL;
    gint64 started_us = g_get_monotonic_time ();
    int format = cli->globals.format;
    char *columns = g_strdup (cli->globals.columns);
    gboolean ok;
    int status;

    cli_reset_cancellable (cli);
    reconnect (parsed->command);
    if (parsed->wants_help) {
        virsh_help_command (cli, parsed->command);
        ok = TRUE;
    } else if (parsed->loose) {
        ok = virsh_net_define_words (cli, (const char *const *) parsed->loose, &error);
    } else {
        ok = fill_args (parsed, args, &error) && parsed->command->run (cli, args, &error);
    }
    virsh_debug_failure (error);
    status = cli_finish (cli, ok, error);
    end_output (started_us);
    restore_output (format, columns);
    cli_args_free (parsed->command, args);
    return status;
}

static int
fail (const GError *error)
{
    virsh_debug_failure (error);
    return cli_finish (virsh_shell.cli, FALSE, error);
}

/* A connection that was named has to open, even for commands that need none; words that
 * cannot be read are found before. */
static gboolean
open_named (GError **error)
{
    gboolean pending = virsh_shell.named;

    virsh_shell.named = FALSE;
    return !pending || cli_conn (virsh_shell.cli, error);
}

int
virsh_run_words (const char *const *words)
{
    g_autoptr (GError) error = NULL;
    VirshParsed *parsed;
    int status;

    if (virsh_is_comment (words[0]))
        return open_named (&error) ? 0 : fail (error);
    parsed = virsh_parse_words (words, &error);
    if (!parsed)
        return fail (error);
    status = open_named (&error) ? run_parsed (parsed) : fail (error);
    virsh_parsed_free (parsed);
    return status;
}

int
virsh_run_string (const char *text)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) commands = NULL;
    int status = 0;

    virsh_debug (VIRSH_LEVEL_INFO, "commands: \"%s\"",
                 strstr (text, "set-user-password") || strstr (text, "secret-set-value")
                     ? "***"
                     : text);
    commands = virsh_parse_string (text, &error);
    if (!commands || !open_named (&error))
        return fail (error);
    for (guint i = 0; i < commands->len && !virsh_shell.quit; i++) {
        status = run_parsed (g_ptr_array_index (commands, i));
        if (status != 0 && virsh_shell.strict)
            break;
    }
    return status;
}

/* ---- the program
 * --------------------------------------------------------------------------------- */

/* Somebody may be asked for a password: not by lines of a script, nor for completion. */
static gboolean
may_ask (const char *const *words)
{
    if (!words[0])
        return isatty (STDIN_FILENO);
    return words[1] || !strpbrk (words[0], ";\n");
}

/* What a daemon that ends tells is noticed at the prompt, too, and with -d. */
static gboolean
prepare_terminal (const char *const *words, GError **error)
{
    gboolean wants =
        virsh_debugs (VIRSH_LEVEL_INFO) || (!words[0] && isatty (STDIN_FILENO));

    return !wants || cli_use_events (virsh_shell.cli, error);
}

static int
run_words (const char *const *words)
{
    Cli *cli = virsh_shell.cli;
    g_autoptr (GError) error = NULL;

    cli->interactive = may_ask (words);
    if (words[0] && (strcmp (words[0], "complete") == 0 ||
                     g_str_has_prefix (words[0], "complete "))) {
        cli->compatible = TRUE;
        cli_complete_begin (cli);
    }
    cli_start_deadline (cli);
    virsh_shell.named = cli->globals.uri != NULL;
    if (!prepare_terminal (words, &error))
        return fail (error);
    if (!words[0])
        return open_named (&error) && virsh_run_interactive (&error) ? 0 : fail (error);
    return words[1] ? virsh_run_words (words) : virsh_run_string (words[0]);
}

static int
run (int argc, char **argv)
{
    CliGlobals *globals = &virsh_shell.cli->globals;
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) words = virsh_read_globals (argc, argv, &error);

    if (!words)
        return fail (error);
    if (globals->help) {
        virsh_help_program ();
        return 0;
    }
    if (cli_has (virsh_shell.cli, "version")) {
        virsh_show_version (globals->version_kind);
        return 0;
    }
    if (!virsh_use_globals (&error))
        return fail (error);
    return run_words ((const char *const *) words);
}

int
main (int argc, char **argv)
{
    int status;

    cli_init ();
    virsh_shell.cli = cli_new (&virsh_program);
    virsh_shell.cli->opening = virsh_agent;
    virsh_shell.cli->remark = virsh_debug_remark;
    status = cli_run_hidden (virsh_shell.cli, (const char *const *) argv);
    if (status < 0)
        status = run (argc, argv);
    if (fflush (stdout) != 0 && status == 0)
        status = 1;
    cli_free (virsh_shell.cli);
    return status;
}
