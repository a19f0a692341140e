/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard CMD: runs the program, the virsh command or the plug-in of that name. */
#include "cli-private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum {
    NATIVE,  /* virtyard-NAME */
    INSTALL, /* virt-NAME */
    VIRSH,   /* a command of virsh */
} Kind;

typedef struct {
    const char *name; /* NULL: the end */
    Kind kind;
    const char *help;
} Command;

static const Command commands[] = {
#include "virtyard-commands.h"
    { NULL, NATIVE, NULL },
};

/* For messages and the options of the engine: the commands are other programs. */
static const CliCommand no_command = { .name = "virtyard" };
static const CliCommand *const no_commands[] = { &no_command, NULL };
static const CliGroup no_groups[] = { { "virtyard", NULL, no_commands }, { 0 } };

static const CliProgram program = {
    "virtyard",
    N_ ("deploy and look after KVM guests with libvirt"),
    CLI_STYLE_NATIVE,
    no_groups,
    TRUE,
};

/* The command line: options of the engine, the command, its words. */
typedef struct {
    GPtrArray *options;
    const char *name; /* NULL: none */
    char **words;     /* after the command */
} Line;

/* ---- finding
 * -----------------------------------------------------------------------------
 */

static const Command *
command_find (const char *name)
{
    for (const Command *command = commands; command->name; command++)
        if (strcmp (command->name, name) == 0)
            return command;
    return NULL;
}

static char *
own_directory (void)
{
    g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);

    return path ? g_path_get_dirname (path) : g_strdup (".");
}

static char *
executable_in (const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);

    return access (path, X_OK) == 0 ? g_steal_pointer (&path) : NULL;
}

/* The distribution's programs of these names may lie beside ours: the own folder first.
 */
static char *
compat_path (const char *name)
{
    g_autofree char *own = own_directory ();
    g_autofree char *compat = g_build_filename (own, VY_COMPAT_DIR, NULL);
    char *path = executable_in (compat, name);

    return path ? path : executable_in (own, name);
}

static char *
native_path (const char *name)
{
    g_autofree char *own = own_directory ();
    g_autofree char *file = g_strconcat ("virtyard-", name, NULL);

    return executable_in (own, file);
}

/* A name is a word: it must not lead PATH's search into another folder. */
static char *
plugin_path (const char *name)
{
    g_autofree char *file = g_strconcat ("virtyard-", name, NULL);

    return strchr (name, '/') ? NULL : g_find_program_in_path (file);
}

/* ---- running
 * -----------------------------------------------------------------------------
 */

typedef struct {
    char *path;
    gboolean virsh; /* the command's name is its first word */
} Target;

static gboolean
target_find (const char *name, Target *target)
{
    const Command *command = command_find (name);
    g_autofree char *file = NULL;

    *target = (Target){ NULL, FALSE };
    if (strcmp (name, "virsh") == 0)
        target->path = compat_path (name);
    else if (command && command->kind == NATIVE)
        target->path = native_path (name);
    else if (command && command->kind == INSTALL) {
        file = g_strconcat ("virt-", name, NULL);
        target->path = compat_path (file);
    } else if (command) {
        target->path = compat_path ("virsh");
        target->virsh = TRUE;
    } else
        target->path = plugin_path (name);
    return target->path != NULL;
}

static gboolean
throw_unknown (const char *name, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    const char *near = NULL;

    for (const Command *command = commands; command->name; command++)
        g_ptr_array_add (names, (char *) command->name);
    g_ptr_array_add (names, NULL);
    near = cli_nearest (name, (const char *const *) names->pdata);
    vy_throw (error, VY_ERROR_USAGE, _ ("unknown command '%s'"), name);
    if (near)
        vy_error_set_hint (error, _ ("did you mean '%s'?"), near);
    return FALSE;
}

/* Only returns when it failed. @before: options, placed before a virsh command. */
static gboolean
execute (const char *name, char *const *before, char *const *words, GError **error)
{
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();
    Target target;

    if (!target_find (name, &target))
        return throw_unknown (name, error);
    g_ptr_array_add (argv, target.path);
    for (; before && *before; before++)
        g_ptr_array_add (argv, *before);
    if (target.virsh) {
        g_ptr_array_add (argv, (char *) name);
        g_setenv ("VIRTYARD_STRICT_EXIT", "1", TRUE);
    }
    for (; *words; words++)
        g_ptr_array_add (argv, *words);
    g_ptr_array_add (argv, NULL);
    fflush (stdout);
    execv (target.path, (char **) argv->pdata);
    vy_throw_errno (error, errno, _ ("cannot run '%s'"), target.path);
    g_free (target.path);
    return FALSE;
}

/* ---- own commands
 * ------------------------------------------------------------------------
 */

static void
print_commands (Kind kind)
{
    for (const Command *command = commands; command->name; command++)
        if (command->kind == kind)
            printf ("  %-12s %s\n", command->name, _ (command->help));
}

static void
print_help (void)
{
    printf (_ ("Usage: %s [OPTION]... COMMAND [WORD]...\n"), program.name);
    printf (_ ("\nSteps of deployment:\n"));
    print_commands (NATIVE);
    print_commands (INSTALL);
    printf (_ ("\nOther commands:\n"));
    printf ("  %-12s %s\n", "help", _ ("show this, or the help of a command"));
    printf ("  %-12s %s\n", "shellenv",
            _ ("print the shell's setting to find virsh, virt-install, ... of virtyard"));
    printf ("  %-12s %s\n", "virsh",
            _ ("the virsh shell; 'virtyard help virsh' lists its "
               "commands"));
    printf (
        _ ("\nEvery command of virsh is a command of virtyard too ('%s list'), and so\n"
           "is every program named virtyard-COMMAND in PATH.\n"),
        program.name);
}

static gboolean
run_help (char **words, GError **error)
{
    char *ask[] = { "--help", NULL };
    char *ask_virsh[] = { "help", words[0], NULL };
    const Command *command = words[0] ? command_find (words[0]) : NULL;

    if (!words[0]) {
        print_help ();
        return TRUE;
    }
    if (strcmp (words[0], "virsh") == 0)
        return execute ("virsh", NULL, (char *[]){ "help", NULL }, error);
    if (command && command->kind == VIRSH)
        return execute ("virsh", NULL, ask_virsh, error);
    return execute (words[0], NULL, ask, error);
}

static gboolean
run_shellenv (GError **error)
{
    g_autofree char *own = own_directory ();
    g_autofree char *path = compat_path ("virsh");
    g_autofree char *directory = path ? g_path_get_dirname (path) : NULL;
    g_autofree char *canonical =
        directory ? g_canonicalize_filename (directory, NULL) : NULL;
    g_autofree char *quoted = canonical ? g_shell_quote (canonical) : NULL;

    if (!quoted)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("cannot find virsh of virtyard near '%s'"), own);
    printf ("export PATH=%s\"${PATH:+:${PATH}}\"\n", quoted);
    return TRUE;
}

/* ---- completion
 * --------------------------------------------------------------------------
 */

static int
complete (char **words)
{
    g_autoptr (GPtrArray) rest = g_ptr_array_new ();
    const char *typed = words[0] ? words[0] : "";
    Target target;

    if (words[0] && words[1] && target_find (words[0], &target)) {
        g_ptr_array_add (rest, "--complete");
        g_ptr_array_add (rest, "--");
        if (target.virsh)
            g_ptr_array_add (rest, words[0]);
        for (char **word = words + 1; *word; word++)
            g_ptr_array_add (rest, *word);
        g_ptr_array_add (rest, NULL);
        execute (target.virsh ? "virsh" : words[0], NULL, (char **) rest->pdata, NULL);
        return 0;
    }
    for (const Command *command = commands; !(words[0] && words[1]) && command->name;
         command++)
        if (g_str_has_prefix (command->name, typed))
            printf ("%s\n", command->name);
    return 0;
}

static int
dump_options (Cli *cli)
{
    printf ("[\"virtyard:\"]=\"help shellenv virsh ");
    for (const Command *command = commands; command->name; command++)
        if (command->kind != VIRSH)
            printf ("%s ", command->name);
    printf ("\"\n");
    return cli_dump_options (cli);
}

static int
dump_man (void)
{
    printf ("@@SUMMARY\n%s\n", _ (program.summary));
    printf ("@@SYNOPSIS\n.B virtyard [OPTION]... COMMAND [WORD]...\n@@OPTIONS\n");
    for (const Command *command = commands; command->name; command++)
        if (command->kind != VIRSH)
            printf (".TP\n\\fB%s\\fR\n%s.\n", command->name, _ (command->help));
    printf (".TP\n\\fBhelp\\fR [\\fICOMMAND\\fR]\n%s.\n",
            _ ("show all commands, or the help of one"));
    printf (".TP\n\\fBshellenv\\fR\n%s.\n",
            _ ("print the shell's setting that puts virtyard's virsh, virt-install, "
               "virt-clone and virt-xml in front of PATH"));
    printf (".TP\n\\fBvirsh\\fR\n%s.\n", _ ("start the virsh shell"));
    return 0;
}

static int
run_hidden (Cli *cli, char **words)
{
    if (!words[0])
        return -1;
    if (strcmp (words[0], "--complete") == 0)
        return complete (words + (words[1] && strcmp (words[1], "--") == 0 ? 2 : 1));
    if (strcmp (words[0], "--dump-options") == 0)
        return dump_options (cli);
    if (strcmp (words[0], "--dump-man") == 0)
        return dump_man ();
    return -1;
}

/* ---- the command line
 * --------------------------------------------------------------------
 */

/* "-c" is another option in virt-install: the long name is passed on. */
static void
add_option (Line *line, char *word)
{
    if (strcmp (word, "-c") == 0)
        word = "--connect";
    g_ptr_array_add (line->options, word);
}

static gboolean
takes_value (const char *word)
{
    for (const CliOption *row = cli_global_options; row->name; row++)
        if (row->type != CLI_FLAG &&
            ((g_str_has_prefix (word, "--") && strcmp (word + 2, row->name) == 0) ||
             (word[0] == '-' && row->letter && word[1] == row->letter && !word[2])))
            return TRUE;
    return FALSE;
}

static void
line_read (Line *line, char **words)
{
    for (; *words && **words == '-'; words++) {
        add_option (line, *words);
        if (takes_value (*words) && words[1])
            add_option (line, *++words);
    }
    line->name = *words;
    line->words = *words ? words + 1 : words;
    g_ptr_array_add (line->options, NULL);
}

static gboolean
run_line (Cli *cli, const Line *line, GError **error)
{
    char *const *options = (char *const *) line->options->pdata;
    const char *const *strings = (const char *const *) options;

    if (g_strv_contains (strings, "--help") || g_strv_contains (strings, "-h")) {
        print_help ();
        return TRUE;
    }
    if (g_strv_contains (strings, "--version") || g_strv_contains (strings, "-V")) {
        cli_help_version (cli);
        return TRUE;
    }
    if (!line->name)
        return vy_throw (error, VY_ERROR_USAGE, _ ("a command is missing"));
    if (strcmp (line->name, "help") == 0)
        return run_help (line->words, error);
    if (strcmp (line->name, "shellenv") == 0)
        return run_shellenv (error);
    return execute (line->name, options, line->words, error);
}

int
main (int argc, char **argv)
{
    g_autoptr (Cli) cli = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) options = g_ptr_array_new ();
    Line line = { options, NULL, NULL };
    int status;
    gboolean ok;

    cli_init ();
    if (argc < 1)
        return 2;
    cli = cli_new (&program);
    status = run_hidden (cli, argv + 1);
    if (status >= 0)
        return status;
    line_read (&line, argv + 1);
    ok = run_line (cli, &line, &error);
    return cli_finish (cli, ok, error);
}
