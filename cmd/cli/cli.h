/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine of every command: options, help, completion, output, exit status. */
#pragma once

#include <gio/gio.h>
#include <libvirt/libvirt.h>

#include "virtyard.h"
#include "vy-plan.h"
#include "vy-i18n-private.h"

typedef struct _Cli Cli;

/* ---- options: one row is parsing, help, man page, completion and self-test ----------
 */

typedef enum {
    CLI_FLAG,    /* gboolean: no value */
    CLI_STRING,  /* char * */
    CLI_INT,     /* int, decimal, may be negative */
    CLI_UINT,    /* guint */
    CLI_INT64,   /* gint64 */
    CLI_UINT64,  /* guint64 */
    CLI_SIZE,    /* guint64, bytes; suffixes as vy_size_parse(), see .unit */
    CLI_DOUBLE,  /* double */
    CLI_ENUM,    /* int: place in .choices; another word is an error that lists them */
    CLI_STRINGS, /* char **: may be given more than once; with CLI_ARGV all words left */
    CLI_TIME,    /* guint64, milliseconds; as vy_duration_parse(), see .unit */
    CLI_ALIAS,   /* another spelling of .alias_of ("name", or "name=value") */
} CliType;

typedef enum {
    CLI_REQUIRED = 1 << 0,
    CLI_POSITIONAL = 1 << 1,     /* words without an option name fill these in order */
    CLI_ARGV = 1 << 2,           /* takes every word that is left */
    CLI_HIDDEN = 1 << 3,         /* not in help, man page and completion */
    CLI_EMPTY_OK = 1 << 4,       /* an empty string is a value */
    CLI_OPTIONAL_VALUE = 1 << 5, /* "--x" and "--x=V" are both right; bare is "" */
    CLI_FILE = 1 << 6,           /* the value is a file: completed by the shell */
    CLI_NEWER = 1 << 7,          /* virsh 9.0 has it not: its help shows it apart */
    CLI_NUMERIC = 1 << 8,        /* a string or size that is a number in virsh's help */
    CLI_UNLIMITED = 1 << 9, /* CLI_SIZE: a negative number is G_MAXUINT64, no limit */
    CLI_WRAPS = 1 << 10,    /* CLI_UINT64: "-1" is the largest value, as C casts */
} CliOptionFlags;

/*
 * Names the objects that could stand here, one per line of the result. It gets what has
 * been typed of the value. cli_conn() inside it is read-only, has a deadline, and never
 * asks; cli_typed() tells what the line says before. NULL: nothing to offer.
 */
typedef GStrv (*CliCompleter) (Cli *cli, const char *typed);

typedef struct {
    const char *name;
    char letter; /* short option, 0: none */
    CliType type;
    unsigned flags;
    size_t offset;       /* of the field in the command's Args struct */
    const char *metavar; /* N_("FILE"); NULL for flags */
    const char *help;    /* N_("lower case, no full stop"); may mention units */
    CliCompleter complete;
    const char *const
        *choices;         /* CLI_ENUM: NULL-terminated; CLI_STRING: for completion */
    const char *alias_of; /* CLI_ALIAS */
    guint64
        unit; /* CLI_SIZE: bytes of a bare number (0: 1); CLI_TIME: its ms (0: 1000) */
    const char
        *excludes; /* "live,config": names of options that cannot stand beside it */
    const char *replaces;  /* name of a required option that may be left out with this */
    gboolean bare_is_null; /* CLI_OPTIONAL_VALUE: "--x" alone is NULL, "" was typed */
} CliOption;

/* What may stand as the value of an option, for completion. */
typedef struct {
    CliCompleter complete;      /* (nullable): asks for names */
    const char *const *choices; /* (nullable): words that are always the same */
    gboolean list;              /* several may follow each other after commas */
    gboolean files;             /* a file: completed by the shell */
} CliValues;

/* A row that is no option: it begins a group of them in help and man page. */
#define CLI_HEADING(title)                                                               \
    {                                                                                    \
        .name = "", .flags = CLI_HIDDEN, .help = title                                   \
    }

/* ---- commands -----------------------------------------------------------------------
 */

typedef enum {
    CLI_NO_CONNECTION = 1 << 0, /* never needs one */
    CLI_READ_ONLY = 1 << 1,     /* native commands: a read-only connection is enough */
    CLI_HIDDEN_COMMAND = 1 << 2,
    CLI_NEWER_COMMAND = 1 << 3, /* virsh 9.0 has it not: its help shows it apart */
} CliCommandFlags;

typedef struct {
    const char *name;
    const char *help;         /* N_("one line, lower case, no full stop") */
    const CliOption *options; /* ended by { 0 }, or NULL */
    size_t args_size;         /* sizeof of the Args struct; zeroed before parsing */
    /*
     * Does it. FALSE with @error set: failed. FALSE without: failed, and everything was
     * said (virsh's "self-explaining" failures). Strings in args belong to the engine.
     */
    gboolean (*run) (Cli *cli, gpointer args, GError **error);
    unsigned flags;
    const char *alias_of;    /* command: another name of this one */
    const char *description; /* N_(""): more for "help CMD" and the man page, or NULL */
} CliCommand;

/* A topic's commands; the last row has no name. */
typedef struct {
    const char *keyword;               /* virsh's group keyword: "domain", "pool" */
    const char *title;                 /* N_("Domain Management") */
    const CliCommand *const *commands; /* arrays of the group's files, NULL-terminated */
} CliGroup;

/* How failures are reported and which exit status they give: see cli_exit_status(). */
typedef enum { CLI_STYLE_NATIVE, CLI_STYLE_VIRSH, CLI_STYLE_INSTALL } CliStyle;

typedef struct {
    const char *name;    /* "virtyard-net" */
    const char *summary; /* N_(""): for --help and the man page */
    CliStyle style;
    const CliGroup *groups; /* ended by { 0 } */
    /* exactly one command that has the program's own name: no command word is read */
    gboolean single;
    /* (nullable): the rows that stand before a command, where they are not those of every
     * native program; their fields are in CliGlobals */
    const CliOption *globals;
    /* (nullable): those that may stand behind the command, too, where it has none of that
     * name; of native programs all may */
    const CliOption *behind;
    /* (nullable): knows the values of options whose rows do not say them. FALSE: none */
    gboolean (*values) (Cli *cli, const CliCommand *command, const CliOption *option,
                        CliValues *values);
} CliProgram;

/**
 * cli_main:
 *
 * What main() of every native program calls. Handles besides the command's options:
 * --help
 * --usage --version --connect URI, --format table|json|csv|plain, --columns LIST,
 * --quiet,
 * --timeout DURATION; hidden: --complete, --dump-man, --dump-options.
 *
 * Returns: the exit status
 */
int cli_main (const CliProgram *program, int argc, char **argv);

/* Whether an option was given, whatever its value: for numbers that have no default. */
gboolean cli_has (Cli *cli, const char *option);

/*
 * Opens a connection within a deadline, which does not run while somebody is asked for a
 * password (@asks: may be asked). NULL with @error: the host gave no answer; NULL
 * without: the last error of libvirt says why.
 */
virConnectPtr cli_open (const char *uri, gboolean asks, unsigned flags, GError **error);

/* The connection, opened at the first call; NULL with @error. Owned by @cli. */
virConnectPtr cli_conn (Cli *cli, GError **error);
/* What the connection's host can do, or files that stand in for it; NULL with @error.
 * (transfer full) */
VyHost *cli_host (Cli *cli, const VyHostStandIns *stand_ins, GError **error);
/* Runs libvirt's event loop in a thread: before cli_conn(), by commands that wait for
 * events. */
gboolean cli_use_events (Cli *cli, GError **error);
/* The URI that --connect or the environment named, or NULL. */
const char *cli_uri (Cli *cli);

gboolean cli_is_quiet (Cli *cli);
/* Whether results are asked for as JSON, CSV or plain rather than text. */
gboolean cli_is_structured (Cli *cli);
/* Cancelled by SIGINT, SIGTERM, SIGHUP. */
GCancellable *cli_cancellable (Cli *cli);

/* How a guest's text console is connected to the terminal. */
typedef struct {
    const char *device; /* (nullable): alias of a device; the first console */
    unsigned flags;     /* VIR_DOMAIN_CONSOLE_* */
    const char *escape; /* (nullable): leaves it, "^]" */
    gboolean resume;    /* lets the paused domain run once connected */
    gint64 deadline_us; /* monotonic time at which it is left; 0: none */
} CliConsole;
/* Until it is left, or the guest ends. @domain has to run, stdin has to be a terminal. */
gboolean
cli_console (Cli *cli, virDomainPtr domain, const CliConsole *settings, GError **error);

/* ---- results on stdout: only these print there ---------------------------------------
 */

/* Text as it is (a document, a line that scripts read). stdout errors are kept for the
 * exit status. */
void cli_print (Cli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The same, but not with --quiet and not when the output is structured. */
void cli_say (Cli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Sends what was printed on its way, for streams of events. */
gboolean cli_flush_output (Cli *cli, GError **error);
/* A warning or remark on stderr. */
void cli_warn (Cli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

typedef enum {
    CLI_COL_STRING, /* const char *: NULL is "-" in text, null in JSON */
    CLI_COL_INT,    /* gint64; CLI_NO_INT: "-" and null */
    CLI_COL_UINT,   /* guint64; CLI_NO_UINT: "-" and null */
    CLI_COL_SIZE,   /* guint64 bytes; text: vy_size_format() */
    CLI_COL_DOUBLE, /* double */
    CLI_COL_BOOL,   /* gboolean; text: yes, no */
    CLI_COL_TIME,   /* gint64 seconds since the Epoch; text: local time */
    CLI_COL_STRINGS /* char **: text: joined by ","; JSON: array */
} CliColumnType;

#define CLI_NO_INT G_MININT64
#define CLI_NO_UINT G_MAXUINT64

typedef struct {
    const char *key;   /* JSON, CSV, --columns: stable snake_case */
    const char *title; /* N_("Name"): heading in a table */
    CliColumnType type;
    size_t offset; /* of the field in the row's struct */
    /* (nullable): text for people where it differs from the type's own; free with g_free
     */
    char *(*text) (gconstpointer row);
    gboolean extra; /* not in the default text table, only in JSON, CSV and --columns */
    gboolean right; /* numbers to the right in text */
} CliColumn;

/**
 * cli_print_table:
 * @columns: ended by { 0 }
 * @rows: pointers to structs
 *
 * Prints rows: virsh's table, or as --format says (JSON: an array of objects).
 */
gboolean
cli_print_table (Cli *cli, const CliColumn *columns, GPtrArray *rows, GError **error);

/*
 * A record is one object, built field by field: an info ("Name:   x" lines with labels
 * padded to the column virsh uses; JSON: an object). A NULL label: only in JSON.
 */
typedef struct _CliRecord CliRecord;
CliRecord *cli_record_new (void);
void cli_record_free (CliRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRecord, cli_record_free)
void cli_record_string (CliRecord *record, const char *key, const char *label,
                        const char *value);
void cli_record_int (CliRecord *record, const char *key, const char *label, gint64 value);
void
cli_record_uint (CliRecord *record, const char *key, const char *label, guint64 value);
void
cli_record_bool (CliRecord *record, const char *key, const char *label, gboolean value);
void
cli_record_double (CliRecord *record, const char *key, const char *label, double value);
void cli_record_strings (CliRecord *record, const char *key, const char *label,
                         const char *const *value);
void cli_record_null (CliRecord *record, const char *key, const char *label);
/* (transfer full): an object or an array of objects inside this one; JSON only */
void cli_record_record (CliRecord *record, const char *key, CliRecord *value);
void cli_record_records (CliRecord *record, const char *key, GPtrArray *values);
/* Text of the field set last, where it differs from the raw value ("2097152 KiB"). */
void cli_record_text (CliRecord *record, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* How records look as text: "%-*s value" with labels padded to @label_width (virsh: 15;
 * label "Name" is printed "Name:"), or "label=value"/"label value" by @separator. */
gboolean cli_print_record (Cli *cli, CliRecord *record, int label_width, GError **error);
gboolean cli_print_record_pairs (Cli *cli, CliRecord *record, const char *separator,
                                 GError **error);
/* One line of JSON for event streams; text is printed by the caller. */
gboolean cli_print_record_line (Cli *cli, CliRecord *record, GError **error);
/* Many records with different keys (domstats): JSON array; text by the caller. */
gboolean cli_print_records (Cli *cli, GPtrArray *records, GError **error);

/* ---- plans ----------------------------------------------------------------------------
 */

/* With dry_run prints the steps (rows: step, kind, description), else runs the plan with
 * progress on a terminal and cancellation by signals. */
gboolean cli_run_plan (Cli *cli, VyPlan *plan, gboolean dry_run, GError **error);

/* ---- progress
 * --------------------------------------------------------------------------------
 */

/* The line on the terminal; { 0 } before the first show. */
typedef struct {
    char *front;
    gint64 drawn_us;
} CliProgress;

/* Whether somebody looks: stderr is a terminal, and --quiet was not given. */
gboolean cli_progress_wanted (Cli *cli);
/* Draws the line: @front is never shortened, @text is; @fraction < 0: unknown. */
void cli_progress_show (CliProgress *progress, const char *front, const char *text,
                        double fraction);
void cli_progress_clear (CliProgress *progress);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliProgress, cli_progress_clear)

/* ---- names of objects, for option rows ------------------------------------------------
 */

GStrv cli_complete_domain (Cli *cli, const char *typed);
GStrv cli_complete_domain_active (Cli *cli, const char *typed);
GStrv cli_complete_domain_inactive (Cli *cli, const char *typed);
GStrv cli_complete_network (Cli *cli, const char *typed);
GStrv cli_complete_network_active (Cli *cli, const char *typed);
GStrv cli_complete_network_inactive (Cli *cli, const char *typed);
GStrv cli_complete_pool (Cli *cli, const char *typed);
GStrv cli_complete_pool_active (Cli *cli, const char *typed);
GStrv cli_complete_pool_inactive (Cli *cli, const char *typed);
GStrv cli_complete_os (Cli *cli, const char *typed);

/* For completers: the value that an option has been given on the line so far, or NULL. */
const char *cli_typed (Cli *cli, const char *option);

/* For completers: the option whose value is typed. */
const char *cli_completed (Cli *cli);

/* A row's usual front: CLI_ARG (Args, domain) is offsetof (Args, domain). */
#define CLI_ARG(type, field) offsetof (type, field)
