/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What main() of every native program calls. */
#include "cli-private.h"

#include <locale.h>
#include <string.h>

/* The words with options of the engine that stand instead of a command. */
static gboolean
answer_globals (Cli *cli, const CliCommand *command)
{
    if (cli->globals.version)
        cli_help_version (cli);
    else if (cli->globals.usage)
        cli_help_usage (cli, command);
    else if (cli->globals.help && command)
        cli_help_command (cli, command);
    else if (cli->globals.help)
        cli_help_program (cli);
    else
        return FALSE;
    return TRUE;
}

static gboolean
run_command (Cli *cli, const CliCommand *command, const char *const *words,
             GError **error)
{
    gpointer args = cli_args_new (cli, command);
    gboolean ok = cli_parse (cli, command, words, args, error);

    if (ok && !answer_globals (cli, command)) {
        cli->read_only = cli->read_only || (command->flags & CLI_READ_ONLY);
        cli_start_deadline (cli);
        ok = command->run (cli, args, error);
    }
    cli_args_free (command, args);
    return ok;
}

/* "help" and "help CMD" as every program with commands knows them */
static gboolean
answer_help_words (Cli *cli, const char *const *words)
{
    const CliCommand *command;

    if (cli->program->single || g_strcmp0 (words[1], "help") != 0 ||
        cli_command_find (cli->program, "help"))
        return FALSE;
    command = words[2] ? cli_command_find (cli->program, words[2]) : NULL;
    if (words[2] && !command)
        return FALSE;
    if (command)
        cli_help_command (cli, command);
    else
        cli_help_program (cli);
    return TRUE;
}

static gboolean
run_words (Cli *cli, GStrv words, GError **error)
{
    g_autoptr (GError) why = NULL;
    const CliCommand *command;

    if (answer_help_words (cli, (const char *const *) words))
        return TRUE;
    command = cli_parse_command (cli, words, &why);
    if (why) {
        g_propagate_error (error, g_steal_pointer (&why));
        return FALSE;
    }
    if (command)
        return run_command (cli, command, (const char *const *) words, error);
    if (!cli_parse (cli, NULL, (const char *const *) words, NULL, error))
        return FALSE;
    if (answer_globals (cli, NULL))
        return TRUE;
    return vy_throw (error, VY_ERROR_USAGE, _ ("a command is missing"));
}

int
cli_run_hidden (Cli *cli, const char *const *words)
{
    if (!words[0] || !words[1])
        return -1;
    if (strcmp (words[1], "--complete") == 0)
        return cli_complete_main (cli, words + 2);
    if (strcmp (words[1], "--dump-options") == 0)
        return cli_dump_options (cli);
    if (strcmp (words[1], "--dump-man") == 0)
        return cli_dump_man (cli);
    if (strcmp (words[1], "--dump-names") == 0)
        return cli_dump_names (cli);
    if (strcmp (words[1], "--self-test") == 0)
        return cli_self_test (cli, FALSE);
    return -1;
}

/* Names are data: they come out as they went in, whatever the locale can show. */
static void
write_message (const char *text)
{
    fputs (text, stderr);
}

void
cli_init (void)
{
    g_set_printerr_handler (write_message);
    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, VY_LOCALE_DIR);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    vy_error_silence_libvirt ();
}

int
cli_main (const CliProgram *program, int argc, char **argv)
{
    g_autoptr (Cli) cli = NULL;
    g_auto (GStrv) words = NULL;
    g_autoptr (GError) error = NULL;
    gboolean ok;
    int status;

    cli_init ();
    cli = cli_new (program);
    words = g_new0 (char *, (gsize) argc + 2);
    for (int i = 0; i < argc; i++)
        words[i] = g_strdup (argv[i]);
    status = cli_run_hidden (cli, (const char *const *) words);
    if (status >= 0)
        return status;
    ok = run_words (cli, words, &error);
    return cli_finish (cli, ok, error);
}
