/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A run of a program: its rows, its commands, what was asked of all of them. */
#include "cli-private.h"

#include <string.h>
#include <unistd.h>

Cli *
cli_new (const CliProgram *program)
{
    Cli *cli = g_new0 (Cli, 1);

    cli->program = program;
    cli->given = g_hash_table_new (g_str_hash, g_str_equal);
    cli->typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
    cli->globals.debug = cli->globals.keepalive_interval_s =
        cli->globals.keepalive_count = -1;
    cli->interactive = isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
    return cli;
}

void
cli_free (Cli *cli)
{
    if (!cli)
        return;
    if (cli->conn)
        virConnectClose (cli->conn);
    g_clear_object (&cli->cancellable);
    cli_args_clear (cli_globals (cli), &cli->globals);
    g_hash_table_unref (cli->given);
    g_hash_table_unref (cli->typed);
    g_free (cli);
}

const CliOption *
cli_globals (Cli *cli)
{
    return cli->program->globals ? cli->program->globals : cli_global_options;
}

GPtrArray *
cli_commands (const CliProgram *program)
{
    GPtrArray *all = g_ptr_array_new ();

    if (program->single) {
        g_ptr_array_add (all, (gpointer) program->groups[0].commands[0]);
        return all;
    }
    for (const CliGroup *group = program->groups; group->commands; group++)
        for (const CliCommand *const *list = group->commands; *list; list++)
            for (const CliCommand *command = *list; command->name; command++)
                g_ptr_array_add (all, (gpointer) command);
    return all;
}

const CliCommand *
cli_command_find (const CliProgram *program, const char *name)
{
    g_autoptr (GPtrArray) all = cli_commands (program);

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (strcmp (command->name, name) == 0)
            return command->alias_of ? cli_command_find (program, command->alias_of)
                                     : command;
    }
    return NULL;
}

gboolean
cli_is_quiet (Cli *cli)
{
    return cli->globals.quiet;
}

gboolean
cli_is_structured (Cli *cli)
{
    return cli->globals.format != CLI_FORMAT_TABLE;
}

const char *
cli_uri (Cli *cli)
{
    if (cli->globals.uri)
        return *cli->globals.uri ? cli->globals.uri : NULL;
    if (cli->program->style == CLI_STYLE_VIRSH)
        return g_getenv ("VIRSH_DEFAULT_CONNECT_URI");
    return NULL;
}

const char *
cli_effective_uri (Cli *cli)
{
    const char *uri = cli_uri (cli);

    return uri ? uri : g_getenv ("LIBVIRT_DEFAULT_URI");
}

/* "qemu+ssh://host/system": a daemon on another machine, which may go away silently */
gboolean
cli_uri_is_remote (const char *uri)
{
    const char *rest = uri ? strstr (uri, "://") : NULL;

    return rest && rest[3] != '/' && rest[3] != '\0';
}
