/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside the shell: commands that are read but have not run. */
#pragma once

#include "virsh.h"

typedef struct {
    const CliCommand *command;
    GPtrArray *rows;  /* const CliOption *: what was given, in order */
    GPtrArray *texts; /* char *: its value; NULL for flags */
    gboolean wants_help;
    GStrv loose; /* net-define's words where they are no file: read by the library */
} VirshParsed;

/* net-define with a network's name and options in place of a file. */
gboolean virsh_net_define_words (Cli *cli, const char *const *words, GError **error);

void virsh_parsed_free (VirshParsed *parsed);
/* The command of the words, which end with NULL. NULL with @error for what is no command.
 */
/* Whether a word where a command's name is to stand makes a comment of the command: how
 * it was quoted does not matter. */
gboolean virsh_is_comment (const char *name);
VirshParsed *virsh_parse_words (const char *const *words, GError **error);
/* The words of the last command in a line that is not complete; the last one is what is
 * being typed, perhaps "". NULL with @error when the line cannot be read. */
GStrv virsh_split_last (const char *line, GError **error);
/* What may stand for the last word of a line. */
GStrv virsh_complete_line (Cli *cli, const char *line, GError **error);

/* The group's commands in the order of the help (transfer container). */
GPtrArray *virsh_group_commands (const CliGroup *group);

extern const CliOption virsh_globals[];
/* Those of them that may stand behind a command, too. */
extern const CliOption virsh_output_options[];
/* Reads the options before the command. Returns: the words behind them, or NULL. */
GStrv virsh_read_globals (int argc, char **argv, GError **error);
gboolean virsh_use_globals (GError **error);
void virsh_help_program (void);
void virsh_show_version (const char *kind);

/* All commands of a string. NULL with @error when anything in it is wrong. */
GPtrArray *virsh_parse_string (const char *text, GError **error);
