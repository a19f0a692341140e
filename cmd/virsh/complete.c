/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virsh complete, and what the interactive shell asks: the line is read as a line. */
#include "complete.h"
#include "keys.h"
#include "shell.h"

GStrv
virsh_complete_command (Cli *cli, const char *typed)
{
    g_autoptr (GPtrArray) all = cli_commands (cli->program);
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        if (!(command->flags & CLI_HIDDEN_COMMAND) &&
            !(cli->compatible && (command->flags & CLI_NEWER_COMMAND)) &&
            g_str_has_prefix (command->name, typed))
            g_strv_builder_add (names, command->name);
    }
    return g_strv_builder_end (names);
}

GStrv
virsh_complete_key (Cli *cli, G_GNUC_UNUSED const char *typed)
{
    const char *name = cli_typed (cli, "codeset");
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    int codeset;

    if (!virsh_key_set (name, &codeset))
        return NULL;
    for (const VirshKeyName *row = virsh_key_names[codeset]; row && row->name; row++)
        g_strv_builder_add (names, row->name);
    return g_strv_builder_end (names);
}

GStrv
virsh_complete_line (Cli *cli, const char *line, GError **error)
{
    g_auto (GStrv) words = virsh_split_last (line, error);

    return words ? cli_complete_words (cli, (const char *const *) words) : NULL;
}

/* "complete -- start d": the words are one line again. */
static char *
joined (const char *const *words)
{
    return words ? g_strjoinv (" ", (char **) words) : NULL;
}

gboolean
virsh_run_complete (Cli *cli, const char *const *words, GError **error)
{
    g_autofree char *line = joined (words);
    gboolean was_completing = cli->completing;
    g_auto (GStrv) found = NULL;

    if (!line)
        return FALSE;
    virInitialize ();
    virResetLastError ();
    virsh_keep_failure ();
    cli->compatible = TRUE;
    found = virsh_complete_line (cli, line, error);
    cli->compatible = FALSE;
    cli->completing = was_completing;
    for (char **name = found; name && *name; name++) {
        g_autofree char *quoted = virsh_shell_quoted (*name);

        cli_print (cli, "%s\n", quoted);
    }
    if (found && *found)
        return TRUE;
    if (virGetLastErrorCode () != VIR_ERR_OK)
        virsh_keep_failure ();
    if (found && virsh_has_kept ())
        virsh_throw_kept (error, g_strdup (_ ("nothing can be offered")));
    return FALSE;
}
