/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virsh itself: help, connect, cd, pwd, echo, quit, complete */
#include "shell.h"

#include <unistd.h>
#include <libxml/tree.h>

typedef struct {
    char *command, *uri, *dir;
    char **words;
    gboolean read_only, shell, xml, split, err, missing;
} Args;

/* ---- help
 * --------------------------------------------------------------------------------- */

static void
print_commands (Cli *cli, const CliGroup *group)
{
    g_autoptr (GPtrArray) all = virsh_group_commands (group);

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        /* what scripts read as a list has those of virsh 9.0 only */
        cli_print (cli,
                   command->flags & CLI_NEWER_COMMAND ? "      %-28s %s\n"
                                                      : "    %-30s %s\n",
                   command->name, _ (command->help));
    }
}

void
virsh_help_group (Cli *cli, const CliGroup *group)
{
    cli_print (cli, _ (" %s (help keyword '%s'):\n"), _ (group->title), group->keyword);
    print_commands (cli, group);
}

void
virsh_help_groups (Cli *cli)
{
    cli_print (cli, "%s", _ ("Grouped commands:\n\n"));
    for (const CliGroup *group = virsh_program.groups; group->keyword; group++) {
        virsh_help_group (cli, group);
        cli_print (cli, "\n");
    }
}

static const char *
kind_of (const CliOption *row)
{
    switch (row->type) {
    case CLI_INT:
    case CLI_UINT:
    case CLI_INT64:
    case CLI_UINT64:
        return _ ("<number>");
    default:
        return row->flags & CLI_NUMERIC ? _ ("<number>") : _ ("<string>");
    }
}

static void
print_synopsis (Cli *cli, const CliCommand *command)
{
    gboolean named = FALSE; /* whether a word before has a name, too */

    cli_print (cli, "    %s", command->name);
    for (const CliOption *row = command->options; row && row->name; row++) {
        gboolean required = (row->flags & CLI_REQUIRED) != 0;

        if (row->flags & (CLI_HIDDEN | CLI_NEWER) || row->type == CLI_ALIAS)
            continue;
        if (row->type == CLI_FLAG)
            cli_print (cli, " [--%s]", row->name);
        else if (row->flags & CLI_ARGV && !named)
            cli_print (cli, required ? " <%s>..." : " [<%s>]...", row->name);
        else if (row->flags & CLI_ARGV)
            cli_print (cli, required ? " {[--%s] <string>}..." : " [[--%s] <string>]...",
                       row->name);
        else if (row->flags & CLI_POSITIONAL && required)
            cli_print (cli, " <%s>", row->name);
        else
            cli_print (cli, required ? " --%s %s" : " [--%s %s]", row->name,
                       kind_of (row));
        named = named || (required && row->flags & CLI_POSITIONAL);
    }
    cli_print (cli, "\n");
}

static void
print_options (Cli *cli, const CliCommand *command)
{
    gboolean named = FALSE;

    for (const CliOption *row = command->options; row && row->name; row++) {
        g_autofree char *name = NULL;

        if (row->flags & CLI_HIDDEN || row->type == CLI_ALIAS)
            continue;
        if (row->type == CLI_FLAG)
            name = g_strdup_printf ("--%s", row->name);
        else if (row->flags & CLI_POSITIONAL && row->flags & CLI_REQUIRED)
            name = g_strdup_printf ("[--%s] %s", row->name, kind_of (row));
        else if (row->flags & CLI_ARGV)
            name = named ? g_strdup_printf ("[--%s] %s", row->name, kind_of (row))
                         : g_strdup_printf ("<%s>", row->name);
        else
            name = g_strdup_printf ("--%s %s", row->name, kind_of (row));
        cli_print (cli, row->flags & CLI_NEWER ? "      %-13s  %s\n" : "    %-15s  %s\n",
                   name, _ (row->help));
        named = named || (row->flags & CLI_POSITIONAL && row->flags & CLI_REQUIRED);
    }
}

void
virsh_help_command (Cli *cli, const CliCommand *command)
{
    cli_print (cli, _ ("  NAME\n    %s - %s\n\n  SYNOPSIS\n"), command->name,
               _ (command->help));
    print_synopsis (cli, command);
    if (command->description)
        cli_print (cli, _ ("\n  DESCRIPTION\n    %s\n"), _ (command->description));
    if (command->options && command->options->name) {
        cli_print (cli, "%s", _ ("\n  OPTIONS\n"));
        print_options (cli, command);
    }
}

static gboolean
run_help (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const CliCommand *command;

    if (!args->command || !*args->command) {
        virsh_help_groups (cli);
        return TRUE;
    }
    command = cli_command_find (&virsh_program, args->command);
    if (command) {
        virsh_help_command (cli, command);
        return TRUE;
    }
    for (const CliGroup *group = virsh_program.groups; group->keyword; group++)
        if (strcmp (group->keyword, args->command) == 0 ||
            strcmp (group->title, args->command) == 0) {
            virsh_help_group (cli, group);
            return TRUE;
        }
    return vy_throw (error, VY_ERROR_NOT_FOUND,
                     _ ("command or command group '%s' does not exist"), args->command);
}

/* ---- the rest
 * -------------------------------------------------------------------------------- */

/* The connection before stays when the new one cannot be had. */
static gboolean
run_connect (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *uri = g_strdup (args->uri ? args->uri : cli_uri (cli));
    g_autofree char *old_uri = g_strdup (cli_uri (cli));
    virConnectPtr old = g_steal_pointer (&cli->conn);
    /* the same host once more is opened as it was */
    gboolean read_only = args->read_only || (!args->uri && virsh_shell.read_only);

    cli_set_uri (cli, uri, read_only);
    if (!cli_conn (cli, error)) {
        cli_set_uri (cli, old_uri, virsh_shell.read_only);
        cli->conn = old;
        return FALSE;
    }
    virsh_shell.read_only = read_only;
    if (old)
        virConnectClose (old);
    return TRUE;
}

static gboolean
run_cd (G_GNUC_UNUSED Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const char *dir = args->dir ? args->dir : g_get_home_dir ();

    if (!virsh_shell.interactive)
        return vy_throw (error, VY_ERROR_STATE, _ ("cd: only in the interactive shell"));
    if (chdir (dir) < 0)
        return vy_throw (error, VY_ERROR_FAILED, _ ("cd: cannot enter '%s'"), dir);
    return TRUE;
}

static gboolean
run_pwd (Cli *cli, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
    g_autofree char *dir = g_get_current_dir ();

    cli_print (cli, "%s\n", dir);
    return TRUE;
}

static char *
xml_escaped (const char *text)
{
    xmlChar *escaped = xmlEncodeSpecialChars (NULL, BAD_CAST text);
    char *copy = g_strdup ((const char *) escaped);
    g_auto (GStrv) parts = g_strsplit (copy, "'", -1);

    xmlFree (escaped);
    g_free (copy);
    return g_strjoinv ("&apos;", parts);
}

/* "a,,b,c" is the lines "a,b" and "c". */
static void
append_split (GString *lines, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (at[0] == ',' && at[1] == ',')
            g_string_append_c (lines, *at++);
        else
            g_string_append_c (lines, *at == ',' ? '\n' : *at);
    }
    g_string_append_c (lines, '\n');
}

static gboolean
run_echo (Cli *cli, gpointer data, G_GNUC_UNUSED GError **error)
{
    const Args *args = data;
    g_autoptr (GString) line = g_string_new ("");

    for (char **word = args->words; word && *word; word++) {
        g_autofree char *text = g_strdup (*word);

        if (args->xml) {
            char *escaped = xml_escaped (text);

            g_free (text);
            text = escaped;
        }
        if (args->shell) {
            char *quoted = virsh_shell_quoted (text);

            g_free (text);
            text = quoted;
        }
        if (word != args->words)
            g_string_append_c (line, ' ');
        if (args->split)
            append_split (line, text);
        else
            g_string_append (line, text);
    }
    if (args->err) {
        cli_warn (cli, "%s", line->str);
        return TRUE;
    }
    cli_print (cli, "%s", line->str);
    return TRUE;
}

static gboolean
run_quit (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED gpointer data,
          G_GNUC_UNUSED GError **error)
{
    virsh_shell.quit = TRUE;
    return TRUE;
}

static gboolean
run_complete (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;

    return virsh_run_complete (cli, (const char *const *) args->words, error);
}

/* Options whose values nobody can name, one on each line. */
static void
print_unknown_values (Cli *cli)
{
    g_autoptr (GPtrArray) all = cli_commands (cli->program);

    for (guint i = 0; i < all->len; i++) {
        const CliCommand *command = g_ptr_array_index (all, i);

        for (const CliOption *row = command->options; row && row->name; row++) {
            CliValues values;

            cli_option_values (cli, command, row, &values);
            if (row->type == CLI_STRING && !values.complete && !values.choices &&
                !values.files)
                cli_print (cli, "%s --%s\n", command->name, row->name);
        }
    }
}

static gboolean
run_self_test (Cli *cli, gpointer data, G_GNUC_UNUSED GError **error)
{
    const Args *args = data;

    if (args->missing)
        print_unknown_values (cli);
    return args->missing || cli_self_test (cli, TRUE) == 0;
}

static const CliOption help_options[] = {
    { "command", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK, offsetof (Args, command),
      N_ ("COMMAND"), N_ ("command or group to explain") },
    { 0 },
};
static const CliOption connect_options[] = {
    { "name", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK, offsetof (Args, uri),
      N_ ("URI"), N_ ("hypervisor connection URI") },
    VIRSH_FLAG (Args, read_only, "readonly", "read-only connection"),
    { 0 },
};
static const CliOption cd_options[] = {
    VIRSH_STRING (Args, dir, "dir", "DIR", "directory to enter, home by default"),
    { 0 },
};
static const CliOption echo_options[] = {
    { "shell", 0, CLI_FLAG, 0, offsetof (Args, shell), NULL, N_ ("quote for a shell"),
      .excludes = "xml,split" },
    VIRSH_FLAG (Args, xml, "xml", "escape for XML"),
    { "split", 0, CLI_FLAG, 0, offsetof (Args, split), NULL,
      N_ ("end a line at each comma; ',,' is a comma"), .excludes = "shell,xml" },
    VIRSH_FLAG (Args, err, "err", "print on stderr"),
    { "str", 0, CLI_ALIAS, CLI_HIDDEN, .help = N_ ("same as --string"),
      .alias_of = "string" },
    { "hi", 0, CLI_ALIAS, CLI_HIDDEN, .help = N_ ("greets"), .alias_of = "string=hello" },
    { "string", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV | CLI_EMPTY_OK,
      offsetof (Args, words), N_ ("WORD"), N_ ("words to print") },
    { 0 },
};
static const CliOption complete_options[] = {
    { "string", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV | CLI_EMPTY_OK,
      offsetof (Args, words), N_ ("WORD"), N_ ("words so far") },
    { 0 },
};

static const CliOption self_test_options[] = {
    VIRSH_FLAG (Args, missing, "completers-missing",
                "list the options whose values cannot be completed"),
    { 0 },
};

const CliCommand virsh_shell_commands[] = {
    { "cd", N_ ("change the working directory"), cd_options, sizeof (Args), run_cd,
      CLI_NO_CONNECTION },
    { "complete", N_ ("offer completions for a command line"), complete_options,
      sizeof (Args), run_complete, CLI_NO_CONNECTION | CLI_HIDDEN_COMMAND },
    { "connect", N_ ("connect to another hypervisor"), connect_options, sizeof (Args),
      run_connect, CLI_NO_CONNECTION },
    { "echo", N_ ("print words, quoted if asked"), echo_options, sizeof (Args), run_echo,
      CLI_NO_CONNECTION },
    { "exit", N_ ("leave the interactive shell"), NULL, 0, run_quit, CLI_NO_CONNECTION },
    { "help", N_ ("explain commands"), help_options, sizeof (Args), run_help,
      CLI_NO_CONNECTION },
    { "pwd", N_ ("print the working directory"), NULL, 0, run_pwd, CLI_NO_CONNECTION },
    { "quit", N_ ("leave the interactive shell"), NULL, 0, run_quit, CLI_NO_CONNECTION },
    { "self-test", N_ ("check the tables of commands"), self_test_options, sizeof (Args),
      run_self_test, CLI_NO_CONNECTION | CLI_HIDDEN_COMMAND },
    { 0 },
};
