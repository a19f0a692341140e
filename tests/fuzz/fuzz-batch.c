/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as a line of virsh: read, its values converted, and completed. */
#include "shell.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
    g_setenv ("LIBVIRT_AUTOSTART", "0", TRUE);
    cli_init ();
    virsh_shell.cli = cli_new (&virsh_program);
    virsh_shell.cli->interactive = FALSE;
    /* names of objects are not what is tested */
    cli_set_uri (virsh_shell.cli, "none:///", TRUE);
    return 0;
}

/* What would run, up to the command's own function. */
static void
convert (const VirshParsed *parsed)
{
    Cli *cli = virsh_shell.cli;
    gpointer args = cli_args_new (cli, parsed->command);
    gboolean ok = TRUE;

    for (guint i = 0; ok && i < parsed->rows->len; i++)
        ok = cli_args_set (cli, parsed->command->options, args, parsed->rows->pdata[i],
                           parsed->texts->pdata[i], NULL);
    if (ok)
        cli_args_finish (cli, parsed->command, NULL);
    cli_args_free (parsed->command, args);
}

/* What is offered begins with what was typed, except where it is a member of a list. */
static void
complete (const char *line)
{
    g_auto (GStrv) words = virsh_split_last (line, NULL);
    g_auto (GStrv) found = virsh_complete_line (virsh_shell.cli, line, NULL);
    const char *typed = words ? words[g_strv_length (words) - 1] : NULL;

    g_assert (!words || words[0]);
    for (char **name = found; name && *name; name++)
        g_assert (g_str_has_prefix (*name, typed));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_autoptr (GPtrArray) commands = virsh_parse_string (text, NULL);

    for (guint i = 0; commands && i < commands->len; i++)
        convert (commands->pdata[i]);
    virsh_shell.cli->compatible = FALSE;
    complete (text);
    virsh_shell.cli->compatible = TRUE;
    complete (text);
    return 0;
}
