/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands from a terminal or from stdin: prompt, history, completion. */
#include "complete.h"
#include "line-editor.h"
#include "shell.h"

#include <stdio.h>
#include <stdlib.h>

#define HISTORY_LINES 500

static GStrv
candidates (const char *line, gboolean *files)
{
    GStrv words = virsh_complete_line (virsh_shell.cli, line, NULL);

    *files = virsh_shell.cli->wants_file;
    return words;
}

static char *
history_path (void)
{
    return g_build_filename (g_get_user_cache_dir (), "libvirt", "virsh", "history",
                             NULL);
}

static int
history_lines (void)
{
    const char *size = g_getenv ("VIRSH_HISTSIZE");
    guint64 n = HISTORY_LINES;

    if (size && !vy_number_parse (size, G_MAXINT, &n, NULL)) {
        cli_warn (virsh_shell.cli, _ ("error: VIRSH_HISTSIZE has to be a number"));
        n = HISTORY_LINES;
    }
    return (int) n;
}

static gboolean
may_hold_secret (const char *line)
{
    return strstr (line, "set-user-password") || strstr (line, "secret-set-value");
}

static void
welcome (Cli *cli)
{
    if (!cli_is_quiet (cli))
        cli_print (cli, "%s",
                   _ ("Welcome to virsh, the virtualization interactive terminal.\n\n"
                      "Type:  'help' for help with commands\n"
                      "       'quit' to quit\n\n"));
    fflush (stdout);
}

gboolean
virsh_run_interactive (GError **error)
{
    const VirshLineEditorCalls *calls =
        vy_module_symbol ("line-editor", VIRSH_LINE_EDITOR, error);
    g_autofree char *path = history_path ();
    VirshLineEditor editor = { candidates, path, 0 };
    char *line;

    if (!calls)
        return FALSE;
    welcome (virsh_shell.cli);
    virsh_shell.interactive = TRUE;
    editor.history_lines = history_lines ();
    calls->start (&editor);
    while (!virsh_shell.quit &&
           (line = calls->next (virsh_shell.read_only ? "virsh > " : "virsh # "))) {
        if (*line && !may_hold_secret (line))
            calls->remember (line);
        if (*line)
            virsh_run_string (line);
        free (line);
    }
    calls->finish ();
    cli_print (virsh_shell.cli, "\n");
    return TRUE;
}
