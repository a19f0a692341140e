/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine's inside: what its files, the virsh shell and virt-install share. */
#pragma once

#include "cli.h"

typedef enum {
    CLI_FORMAT_TABLE,
    CLI_FORMAT_JSON,
    CLI_FORMAT_CSV,
    CLI_FORMAT_PLAIN,
} CliFormat;

/* What every program takes beside its command's options. */
typedef struct {
    gboolean help;
    gboolean usage;
    gboolean version;
    char *uri;
    int format;
    char *columns;
    gboolean quiet;
    guint64 timeout_ms;
    /* only before the commands of virsh */
    gboolean read_only, timing, strict, no_agent;
    char *version_kind, *escape, *log;
    int debug, keepalive_interval_s, keepalive_count;
} CliGlobals;

struct _Cli {
    const CliProgram *program;
    const CliCommand *command; /* the one that runs, or NULL */
    CliGlobals globals;
    GHashTable *given;     /* names of the options that were given */
    GHashTable *typed;     /* completion: names of options to their values so far */
    gboolean read_only;    /* the connection has to be */
    gboolean completing;   /* nothing may ask, wait or complain */
    gboolean compatible;   /* completion: what "virsh complete" offers, and no more */
    const char *completed; /* completion: name of the option whose value is typed */
    gboolean wants_file;   /* completion: files may stand here, which the shell knows */
    gboolean interactive;  /* somebody may be asked for a password */
    gboolean has_events;   /* libvirt's event loop runs in a thread */
    virConnectPtr conn;
    /* (nullable): called before a connection is opened that may ask for a password, and
     * after it */
    void (*opening) (Cli *cli, gboolean begins);
    void (*remark) (const char *text); /* (nullable): told what is no failure */
    GCancellable *cancellable;
    gint timed_out; /* atomic: the deadline of --timeout passed */
};

/* ---- the Cli itself: the virsh shell keeps one for all its commands ------------------
 */

/* Locale, translations, libvirt's own printing: the first call of a main(). */
void cli_init (void);
Cli *cli_new (const CliProgram *program);
void cli_free (Cli *cli);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cli, cli_free)

/* --connect or what stands in the environment, NULL: libvirt chooses. */
const char *cli_effective_uri (Cli *cli);
/* Whether it is a daemon on another machine. */
gboolean cli_uri_is_remote (const char *uri);
/* Closes the connection and opens the next one at @uri (NULL: as at the start). */
void cli_set_uri (Cli *cli, const char *uri, gboolean read_only);

/* Starts the deadline of --timeout, when there is one. */
void cli_start_deadline (Cli *cli);
/* Makes the cancellable usable again for the shell's next command. */
void cli_reset_cancellable (Cli *cli);

/* ---- options --------------------------------------------------------------------------
 */

extern const char *const cli_formats[];
extern const CliOption cli_global_options[];
/* Those of the program. */
const CliOption *cli_globals (Cli *cli);

/* Every command of the program, in the groups' order (transfer container). */
GPtrArray *cli_commands (const CliProgram *program);
/* The command of that name, aliases followed, or NULL. */
const CliCommand *cli_command_find (const CliProgram *program, const char *name);

static inline gboolean
cli_option_is_heading (const CliOption *row)
{
    return row->name[0] == '\0';
}

/* The row with that long name, or NULL; aliases are not followed. */
const CliOption *cli_option_find (const CliOption *options, const char *name);
/* The row behind an alias; *value is set to the text after "=" in alias_of, else left. */
const CliOption *
cli_option_resolve (const CliOption *options, const CliOption *row, const char **value);
/* Whether the option needs or may have a value (aliases followed). */
gboolean cli_option_has_value (const CliOption *options, const CliOption *row);

/*
 * An Args struct is filled row by row:
 *   args = cli_args_new (cli, command);
 *   cli_args_set (cli, options, args, row, text, error)   for each pair in argv
 *   cli_args_finish (cli, command, error)                 required and exclusive ones
 *   command->run (cli, args, error);
 *   cli_args_free (command, args);
 * cli_args_new() sets what cli_report() names as the command, and forgets what cli_has()
 * knew of the command before.
 */
gpointer cli_args_new (Cli *cli, const CliCommand *command);
/* @text: NULL for flags and for a bare CLI_OPTIONAL_VALUE. Aliases are followed. */
gboolean cli_args_set (Cli *cli, const CliOption *options, gpointer args,
                       const CliOption *row, const char *text, GError **error);
/* The row that takes the next word without a name, or NULL when there is none left. */
const CliOption *cli_args_next_positional (Cli *cli, const CliOption *options);
gboolean cli_args_finish (Cli *cli, const CliCommand *command, GError **error);
void cli_args_clear (const CliOption *options, gpointer args);
void cli_args_free (const CliCommand *command, gpointer args);

/* Reads argv after the command word: @words is NULL-terminated, program name first. */
gboolean cli_parse (Cli *cli, const CliCommand *command, const char *const *words,
                    gpointer args, GError **error);
/* Takes the command word out of @words. NULL without @error: there is none. */
const CliCommand *cli_parse_command (Cli *cli, GStrv words, GError **error);

/* The candidate most like @word, or NULL when none is near. */
const char *cli_nearest (const char *word, const char *const *candidates);

/* ---- failures -------------------------------------------------------------------------
 */

/* The exit status that belongs to @error in the program's style; NULL: 1. */
int cli_exit_status (Cli *cli, const GError *error);
/* Says on stderr what failed. */
void cli_report (Cli *cli, const GError *error);
/* Ends the command's run: reports, flushes, gives the exit status. */
int cli_finish (Cli *cli, gboolean ok, const GError *error);

/* ---- help, completion, checks ---------------------------------------------------------
 */

void cli_help_program (Cli *cli);
void cli_help_command (Cli *cli, const CliCommand *command);
void cli_help_usage (Cli *cli, const CliCommand *command);
void cli_help_version (Cli *cli);
/* "start [OPTION]... DOMAIN" (transfer full) */
char *cli_synopsis (const CliCommand *command);

/* Offers what may stand for the last of @words (the command's words so far). Sets
 * wants_file where files may stand, too. */
GStrv cli_complete_words (Cli *cli, const char *const *words);
/* The values of an option: what the program says, or else its row. */
void cli_option_values (Cli *cli, const CliCommand *command, const CliOption *row,
                        CliValues *values);

/* Objects of one kind: how they are listed, named and let go. */
typedef struct {
    int (*list) (virConnectPtr conn, gpointer **objects, unsigned flags);
    char *(*name) (gpointer object); /* NULL: it has none */
    int (*release) (gpointer object);
} CliKind;

extern const CliKind cli_kind_domain, cli_kind_network, cli_kind_pool;
/* The names that begin with @typed, with one call. NULL: none are to be had. */
GStrv cli_names_of (Cli *cli, const CliKind *kind, const char *typed, unsigned flags);
/* The same of objects that were listed already; lets them go. */
GStrv cli_names_take (const CliKind *kind, gpointer *objects, int n, const char *typed);
/* From now on nobody is asked anything and nothing is started: before the connection. */
void cli_complete_begin (Cli *cli);
/* FALSE: connecting would start ssh. Gives a remote daemon more time. */
gboolean cli_complete_may_connect (Cli *cli);
/* From now on the process ends in silence after a short while; or no longer does. */
void cli_complete_limit (gboolean limited);
/* From now on nothing reaches stderr. */
void cli_complete_silence (void);
int cli_complete_main (Cli *cli, const char *const *words);

/* Answers the hidden words of build and shell: --complete, --dump-options, --dump-man,
 * --dump-names, --self-test. Gives the exit status, -1 when @words (the program's name
 * first) begin with none of them. */
int cli_run_hidden (Cli *cli, const char *const *words);
int cli_dump_options (Cli *cli);
int cli_dump_names (Cli *cli);
int cli_dump_man (Cli *cli);
/* @quiet: nothing is printed but faults */
int cli_self_test (Cli *cli, gboolean quiet);

/* ---- values ---------------------------------------------------------------------------
 */

struct json_object;
struct json_object *cli_json_string (const char *text);
struct json_object *cli_json_double (double value);
struct json_object *cli_json_strings (const char *const *values);
/* Prints it on lines of its own, and frees it. */
void cli_json_print (Cli *cli, struct json_object *json, gboolean one_line);
/* A field of CSV, quoted where needed. */
char *cli_csv_field (const char *text);
/* Columns that a terminal needs for it. */
size_t cli_text_width (const char *text);
