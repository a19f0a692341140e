/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard CMD: runs the program, the virsh command or the plug-in of that name. It does
 * not call libvirtyard, whose libraries would take longer to load than all it does. */
#include "cli-private.h"

#include <errno.h>
#include <locale.h>
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

#define NAME "virtyard"
#define SUMMARY N_ ("deploy and look after KVM guests with libvirt")

enum { STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_NOT_FOUND = 3 };

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

static int
say_unknown (const char *name)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    const char *near = NULL;

    for (const Command *command = commands; command->name; command++)
        g_ptr_array_add (names, (char *) command->name);
    g_ptr_array_add (names, NULL);
    near = cli_nearest (name, (const char *const *) names->pdata);
    g_printerr (_ ("%s: unknown command '%s'\n"), NAME, name);
    if (near)
        g_printerr (_ ("%s: did you mean '%s'?\n"), NAME, near);
    else
        g_printerr (_ ("%s: see '%s --help'\n"), NAME, NAME);
    return STATUS_USAGE;
}

/* Only returns when it failed. @before: options, placed before a virsh command. */
static int
execute (const char *name, char *const *before, char *const *words)
{
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();
    Target target;

    if (!target_find (name, &target))
        return say_unknown (name);
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
    g_printerr (_ ("%s: cannot run '%s': %s\n"), NAME, target.path, g_strerror (errno));
    g_free (target.path);
    return STATUS_FAILED;
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
    printf (_ ("Usage: %s [OPTION]... COMMAND [WORD]...\n"), NAME);
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
        NAME);
}

static int
run_help (char **words)
{
    char *ask[] = { (char *) "--help", NULL };
    char *ask_virsh[] = { (char *) "help", words[0], NULL };
    const Command *command = words[0] ? command_find (words[0]) : NULL;

    if (!words[0]) {
        print_help ();
        return 0;
    }
    if (strcmp (words[0], "virsh") == 0)
        ask_virsh[1] = words[1];
    else if (!command || command->kind != VIRSH)
        return execute (words[0], NULL, ask);
    return execute ("virsh", NULL, ask_virsh);
}

static int
run_shellenv (void)
{
    g_autofree char *own = own_directory ();
    g_autofree char *path = compat_path ("virsh");
    g_autofree char *directory = path ? g_path_get_dirname (path) : NULL;
    g_autofree char *canonical =
        directory ? g_canonicalize_filename (directory, NULL) : NULL;
    g_autofree char *quoted = canonical ? g_shell_quote (canonical) : NULL;

    if (!quoted) {
        g_printerr (_ ("%s: cannot find virsh of virtyard near '%s'\n"), NAME, own);
        return STATUS_NOT_FOUND;
    }
    printf ("export PATH=%s\"${PATH:+:${PATH}}\"\n", quoted);
    return 0;
}

/* ---- completion
 * --------------------------------------------------------------------------
 */

/* The command's program is asked, with the options that stand before the command. */
static int
complete (const Line *line)
{
    g_autoptr (GPtrArray) ask = g_ptr_array_new ();
    const char *typed = line->name ? line->name : "";
    const Command *command = command_find (typed);

    if (line->words && line->words[0]) {
        g_ptr_array_add (ask, (char *) "--complete");
        g_ptr_array_add (ask, (char *) "--");
        for (char **word = (char **) line->options->pdata; *word; word++)
            g_ptr_array_add (ask, *word);
        if (command && command->kind == VIRSH)
            g_ptr_array_add (ask, (char *) typed);
        for (char **word = line->words; *word; word++)
            g_ptr_array_add (ask, *word);
        g_ptr_array_add (ask, NULL);
        execute (command && command->kind == VIRSH ? "virsh" : typed, NULL,
                 (char **) ask->pdata);
        return 0;
    }
    for (command = commands; command->name; command++)
        if (g_str_has_prefix (command->name, typed))
            printf ("%s\n", command->name);
    return 0;
}

static int
dump_options (void)
{
    printf ("[\"%s:\"]=\"help shellenv virsh ", NAME);
    for (const Command *command = commands; command->name; command++)
        if (command->kind != VIRSH)
            printf ("%s ", command->name);
    printf ("\"\n[\"%s\"]=\"", NAME);
    for (const CliOption *row = cli_global_options; row->name; row++) {
        g_autofree char *choices =
            row->choices ? g_strjoinv ("|", (char **) row->choices) : g_strdup ("");
        const char *equals = row->type == CLI_FLAG ? "" : "=";

        printf ("--%s%s%s ", row->name, equals, choices);
        if (row->letter)
            printf ("-%c%s%s ", row->letter, equals, choices);
    }
    printf ("\"\n");
    return 0;
}

static int
dump_man (void)
{
    printf ("@@SUMMARY\n%s\n", _ (SUMMARY));
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
is_given (const Line *line, const char *name, const char *letter)
{
    const char *const *options = (const char *const *) line->options->pdata;

    return g_strv_contains (options, name) || g_strv_contains (options, letter);
}

static int
run_line (const Line *line)
{
    if (is_given (line, "--help", "-h")) {
        print_help ();
        return 0;
    }
    if (is_given (line, "--version", "-V")) {
        printf ("%s %s\n", NAME, VY_VERSION);
        return 0;
    }
    if (!line->name) {
        g_printerr (_ ("%s: a command is missing\n"), NAME);
        g_printerr (_ ("%s: see '%s --help'\n"), NAME, NAME);
        return STATUS_USAGE;
    }
    if (strcmp (line->name, "help") == 0)
        return run_help (line->words);
    if (strcmp (line->name, "shellenv") == 0)
        return run_shellenv ();
    return execute (line->name, (char *const *) line->options->pdata, line->words);
}

/* The hidden words that build and shell use. -1: it is none of them. */
static int
run_hidden (Line *line, char **words)
{
    if (!words[0])
        return -1;
    if (strcmp (words[0], "--complete") == 0) {
        line_read (line, words + (words[1] && strcmp (words[1], "--") == 0 ? 2 : 1));
        return complete (line);
    }
    if (strcmp (words[0], "--dump-options") == 0)
        return dump_options ();
    if (strcmp (words[0], "--dump-man") == 0)
        return dump_man ();
    return -1;
}

int
main (int argc, char **argv)
{
    g_autoptr (GPtrArray) options = g_ptr_array_new ();
    Line line = { options, NULL, NULL };
    int status;

    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, VY_LOCALE_DIR);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    if (argc < 1)
        return STATUS_USAGE;
    status = run_hidden (&line, argv + 1);
    if (status < 0) {
        line_read (&line, argv + 1);
        status = run_line (&line);
    }
    if (fflush (stdout) || ferror (stdout)) {
        g_printerr (_ ("%s: cannot write to standard output: %s\n"), NAME,
                    g_strerror (errno));
        return STATUS_FAILED;
    }
    return status;
}
