/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands of virsh share. */
#pragma once

#include <string.h>

#include <libvirt/virterror.h>

#include "cli-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomain, virDomainFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virNetwork, virNetworkFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStoragePool, virStoragePoolFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStorageVol, virStorageVolFree)

/* Text that libvirt allocated. */
static inline void
virsh_free_text (char **text)
{
    free (*text);
}
#define VIRSH_TEXT __attribute__ ((cleanup (virsh_free_text))) char *

/* ---- groups: the table is in groups.c, each topic exports one array -------------------
 */

extern const CliProgram virsh_program;

extern const CliCommand virsh_shell_commands[];
extern const CliCommand virsh_host_commands[];
extern const CliCommand virsh_host_cpu_commands[];
extern const CliCommand virsh_host_memory_commands[];
extern const CliCommand virsh_host_node_commands[];
extern const CliCommand virsh_domain_lifecycle_commands[];
extern const CliCommand virsh_domain_define_commands[];
extern const CliCommand virsh_domain_info_commands[];
extern const CliCommand virsh_domain_list_commands[];
extern const CliCommand virsh_domain_monitor_commands[];
extern const CliCommand virsh_network_commands[];
extern const CliCommand virsh_network_define_commands[];
extern const CliCommand virsh_network_info_commands[];
extern const CliCommand virsh_pool_commands[];
extern const CliCommand virsh_pool_as_commands[];
extern const CliCommand virsh_pool_info_commands[];
extern const CliCommand virsh_pool_sources_commands[];
extern const CliCommand virsh_volume_commands[];
extern const CliCommand virsh_volume_create_commands[];
extern const CliCommand virsh_volume_data_commands[];
extern const CliCommand virsh_console_commands[];
extern const CliCommand virsh_domain_device_commands[];
extern const CliCommand virsh_domain_disk_commands[];
extern const CliCommand virsh_domain_disk_info_commands[];
extern const CliCommand virsh_domain_interface_commands[];
extern const CliCommand virsh_domain_interface_info_commands[];
extern const CliCommand virsh_domain_media_commands[];
extern const CliCommand virsh_domain_display_commands[];
extern const CliCommand virsh_domain_block_commands[];
extern const CliCommand virsh_domain_block_copy_commands[];
extern const CliCommand virsh_domain_block_info_commands[];
extern const CliCommand virsh_domain_job_commands[];
extern const CliCommand virsh_domain_stats_commands[];
extern const CliCommand virsh_domain_time_commands[];
extern const CliCommand virsh_domain_save_commands[];
extern const CliCommand virsh_domain_size_commands[];
extern const CliCommand virsh_interface_commands[];
extern const CliCommand virsh_interface_bridge_commands[];
extern const CliCommand virsh_network_port_commands[];
extern const CliCommand virsh_network_metadata_commands[];
extern const CliCommand virsh_network_update_commands[];
extern const CliCommand virsh_nodedev_commands[];
extern const CliCommand virsh_nodedev_update_commands[];
extern const CliCommand virsh_nwfilter_commands[];
extern const CliCommand virsh_secret_commands[];
extern const CliCommand virsh_await_commands[];
extern const CliCommand virsh_backup_commands[];
extern const CliCommand virsh_checkpoint_commands[];
extern const CliCommand virsh_snapshot_commands[];
extern const CliCommand virsh_snapshot_create_commands[];
extern const CliCommand virsh_snapshot_list_commands[];
extern const CliCommand virsh_domain_misc_commands[];
extern const CliCommand virsh_save_image_commands[];
extern const CliCommand virsh_migrate_commands[];
extern const CliCommand virsh_migrate_tune_commands[];
extern const CliCommand virsh_domain_tune_commands[];
extern const CliCommand virsh_domain_throttle_commands[];
extern const CliCommand virsh_domain_schedule_commands[];
extern const CliCommand virsh_domain_vcpu_commands[];
extern const CliCommand virsh_domain_pin_commands[];
extern const CliCommand virsh_domain_iothread_commands[];
extern const CliCommand virsh_domain_metadata_commands[];
extern const CliCommand virsh_domain_agent_commands[];
extern const CliCommand virsh_domain_user_commands[];
extern const CliCommand virsh_domain_settings_commands[];
extern const CliCommand virsh_domain_memory_device_commands[];
extern const CliCommand virsh_qemu_commands[];
extern const CliCommand virsh_send_key_commands[];
extern const CliCommand virsh_domain_undefine_commands[];
extern const CliCommand virsh_domain_native_commands[];
extern const CliCommand virsh_domain_cpu_stats_commands[];
extern const CliCommand virsh_domain_fd_commands[];
extern const CliCommand virsh_lxc_commands[];
extern const CliCommand virsh_domain_throttle_group_commands[];
extern const CliCommand virsh_domain_event_commands[];
extern const CliCommand virsh_monitor_event_commands[];
extern const CliCommand virsh_network_event_commands[];
extern const CliCommand virsh_nodedev_event_commands[];
extern const CliCommand virsh_pool_event_commands[];
extern const CliCommand virsh_secret_event_commands[];

/* ---- option rows that stand in many tables
 * --------------------------------------------- */

#define VIRSH_NAME(Args, field, key, meta, text, completer)                              \
    {                                                                                    \
        key, 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, field),       \
            N_ (meta), N_ (text), completer                                              \
    }
#define VIRSH_DOMAIN(Args, field)                                                        \
    VIRSH_NAME (Args, field, "domain", "DOMAIN", "name, id or UUID of a domain",         \
                cli_complete_domain)
#define VIRSH_NETWORK(Args, field)                                                       \
    VIRSH_NAME (Args, field, "network", "NETWORK", "name or UUID of a network",          \
                cli_complete_network)
#define VIRSH_POOL(Args, field)                                                          \
    VIRSH_NAME (Args, field, "pool", "POOL", "name or UUID of a storage pool",           \
                cli_complete_pool)
#define VIRSH_VOLUME(Args, field)                                                        \
    VIRSH_NAME (Args, field, "vol", "VOLUME", "name, key or path of a volume", NULL)
#define VIRSH_IN_POOL(Args, field, key)                                                  \
    {                                                                                    \
        key, 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, field), N_ ("POOL"),         \
            N_ ("name or UUID of its pool"), cli_complete_pool_active                    \
    }
#define VIRSH_FILE(Args, field)                                                          \
    {                                                                                    \
        "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,                 \
            offsetof (Args, field), N_ ("FILE"), N_ ("file with the XML")                \
    }
#define VIRSH_FLAG(Args, field, key, text)                                               \
    {                                                                                    \
        key, 0, CLI_FLAG, 0, offsetof (Args, field), NULL, N_ (text)                     \
    }
#define VIRSH_STRING(Args, field, key, meta, text)                                       \
    {                                                                                    \
        key, 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, field), N_ (meta), N_ (text) \
    }
#define VIRSH_OPTION(Args, field, key, meta, text)                                       \
    {                                                                                    \
        key, 0, CLI_STRING, 0, offsetof (Args, field), N_ (meta), N_ (text)              \
    }

#define VIRSH_PASS_FDS(Args, field)                                                      \
    {                                                                                    \
        "pass-fds", 0, CLI_STRING, CLI_POSITIONAL | CLI_EMPTY_OK,                        \
            offsetof (Args, field), N_ ("N,…"), N_ ("pass files that virsh has open")    \
    }

/* One row of a table of commands, for files with one Args struct. */
#define VIRSH_COMMAND(name, help, options, run)                                          \
    {                                                                                    \
        name, help, options, sizeof (Args), run                                          \
    }

/* ---- whom a change is for
 * --------------------------------------------------------------- */

typedef struct {
    gboolean config, live, current, persistent;
} VirshAffect;

#define VIRSH_AFFECT(Args, field)                                                        \
    VIRSH_FLAG (Args, field.config, "config", "for the next start"),                     \
        VIRSH_FLAG (Args, field.live, "live", "for the running domain"),                 \
        VIRSH_FLAG (Args, field.current, "current", "for the state the domain is in")
#define VIRSH_PERSISTENT(Args, field)                                                    \
    VIRSH_FLAG (Args, field.persistent, "persistent", "for now and the next start")

/* FALSE with @error when both are given. */
gboolean virsh_exclusive (gboolean one, const char *one_name, gboolean other,
                          const char *other_name, GError **error);
/* VIR_DOMAIN_AFFECT_* out of the options, which are checked against one another. */
gboolean virsh_affect (const VirshAffect *affect, unsigned *flags, GError **error);
/* Whether none of --config, --live and --current was given: the oldest calls do. */
gboolean virsh_affect_is_plain (const VirshAffect *affect);
/* What was changed, in words, of an object that is @active. */
const char *virsh_affect_text (const VirshAffect *affect, gboolean active);
/* @flags, and with --persistent the domain that runs. */
unsigned
virsh_affect_running (const VirshAffect *affect, virDomainPtr domain, unsigned flags);

/* ---- looking up objects: NULL with @error in virsh's words
 * ------------------------------ */

virDomainPtr virsh_domain (Cli *cli, const char *name, GError **error);
/* Only by what is allowed: id, UUID, name. */
typedef enum { VIRSH_BY_ID = 1, VIRSH_BY_UUID = 2, VIRSH_BY_NAME = 4 } VirshBy;
virDomainPtr virsh_domain_by (Cli *cli, const char *name, unsigned by, GError **error);
virNetworkPtr virsh_network (Cli *cli, const char *name, GError **error);
virStoragePoolPtr virsh_pool (Cli *cli, const char *name, GError **error);
/* @name: a name, key or path; @pool (nullable): where the name is looked for */
virStorageVolPtr
virsh_volume (Cli *cli, const char *name, const char *pool, GError **error);

/* ---- devices of a domain
 * -------------------------------------------------------------------- */

/* The domain's document, VIR_DOMAIN_XML_*; NULL with @error. */
xmlDoc *virsh_document (virDomainPtr domain, unsigned flags, GError **error);
/* The one that a change with VIR_DOMAIN_AFFECT_* begins with. */
xmlDoc *virsh_document_for (virDomainPtr domain, unsigned affect, GError **error);
/* The disk with that target or source, with @removable only a CD-ROM or floppy; NULL with
 * @error. It belongs to the document. */
xmlNode *
virsh_find_disk (xmlDoc *doc, const char *name, gboolean removable, GError **error);
/* Whether two texts are the same MAC address, however they are written. */
gboolean virsh_mac_equal (const char *one, const char *other);
/* Where a disk's data is, NULL: nowhere (an empty drive). */
char *virsh_disk_source (xmlNode *disk);

/* A device that was made out of options: printed, or attached. @flags: virsh_affect() */
typedef struct {
    const char *domain;
    const VirshAffect *affect;
    gboolean print_xml;
    const char *failed, *done; /* translated */
} VirshAttach;
gboolean virsh_attach_document (Cli *cli, const VirshAttach *attach, unsigned flags,
                                xmlDoc *doc, GError **error);
/* Gives a domain the device, or takes it away, with the call that the options need. */
int virsh_attach_device (virDomainPtr domain, const char *xml, const VirshAffect *affect,
                         unsigned flags);
int virsh_detach_device (virDomainPtr domain, const char *xml, const VirshAffect *affect,
                         unsigned flags);

/* Bytes out of a whole number with or without a unit, up to the last of 64 bits. */
gboolean virsh_volume_size (const char *text, guint64 *bytes, GError **error);
/* (transfer full): two decimals and a unit; CLI_NO_UINT is "-" */
char *virsh_size_text (guint64 bytes);

/* What a document may have at most, in bytes. */
#define VIRSH_FILE_MAX (10 * 1024 * 1024)
/* The bytes of a file, and a zero behind them; NULL with @error, also beyond @max bytes.
 */
char *virsh_read_bytes (const char *path, gsize max, gsize *length, GError **error);
/* The text of a file, or NULL. */
char *virsh_read_file (const char *path, GError **error);

/* A libvirt call that failed: FALSE with @error. */
#define virsh_fail(error, ...)                                                           \
    (virsh_keep_failure (), virsh_throw_kept (error, g_strdup_printf (__VA_ARGS__)))
/* The arguments of a message may ask libvirt for a name, which forgets its last error: it
 * is put aside before, which the order of a call's arguments would not promise. */
void virsh_keep_failure (void);
/* Whether there was a failure to keep. */
gboolean virsh_has_kept (void);
gboolean virsh_throw_kept (GError **error, char *message);

/* A typed parameter's value as virsh shows it (transfer full), and as a field. */
char *virsh_param_text (const virTypedParameter *param);
void
virsh_record_param (CliRecord *record, const char *label, const virTypedParameter *param);
/* The same under a key of its own. */
void virsh_record_param_as (CliRecord *record, const char *key, const char *label,
                            const virTypedParameter *param);

/* ---- settings made of typed parameters
 * ------------------------------------------------------ */

/* A list of them that libvirt's own functions make longer: they work only after the
 * connection was opened. */
typedef struct {
    virTypedParameterPtr list;
    int n, max;
} VirshParams;
void virsh_params_clear (VirshParams *params);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VirshParams, virsh_params_clear)

/* An option that becomes a parameter, when it was given. The field of the Args struct is
 * int, guint, guint64 or char *, as the type says. */
typedef struct {
    const char *option, *field;
    int type; /* VIR_TYPED_PARAM_* */
    gsize offset;
} VirshParamRow;
gboolean virsh_params_add (Cli *cli, VirshParams *params, const VirshParamRow *rows,
                           gsize n, gconstpointer args, GError **error);

/* How a parameter is put into the record, for those with a meaning of their own. */
typedef void (*VirshParamPrint) (CliRecord *record, const char *label,
                                 const virTypedParameter *param);
/* "field          : value"; @print is nullable, @width is of the labels. */
gboolean virsh_params_print (Cli *cli, const VirshParams *params, VirshParamPrint print,
                             int width, GError **error);

/* A group of settings that a command shows, or changes when some were given. */
typedef struct {
    int (*get) (virDomainPtr domain, const char *device, virTypedParameterPtr params,
                int *n, unsigned flags);
    int (*set) (virDomainPtr domain, const char *device, virTypedParameterPtr params,
                int n, unsigned flags);
    const char *get_failed, *set_failed; /* N_("") */
    VirshParamPrint print;               /* (nullable) */
} VirshTune;
gboolean
virsh_tune (Cli *cli, const VirshTune *tune, virDomainPtr domain, const char *device,
            const VirshParams *params, unsigned flags, GError **error);

/* Whether a text is a world wide name: 16 digits, maybe behind 0x. FALSE with @error. */
gboolean virsh_check_wwn (const char *wwn, GError **error);

/* The number that an option of the kind "text" holds; FALSE with @error. */
gboolean
virsh_read_number (const char *option, const char *text, gint64 *value, GError **error);

/* "3,4": numbers of open files; *fds is left NULL without a @list. FALSE with @error. */
gboolean virsh_read_fds (const char *list, GArray **fds, GError **error);

/* JSON laid out over lines as libvirt does it, with @pretty, or all in one; NULL: it is
 * none. With @member only what stands there. (transfer full) */
char *virsh_json_text (const char *json, const char *member, gboolean pretty);
/* QEMU's command out of words: a JSON object as it is, or a name and members of the
 * arguments. (transfer full); NULL with @error. */
char *virsh_json_command (char **words, GError **error);

/* ---- host processors
 * ----------------------------------------------------------------------- */

typedef struct {
    guint8 *bits;
    int n_bytes;
    int n_cpus; /* of the host */
} VirshCpuMap;
void virsh_cpu_map_clear (VirshCpuMap *map);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VirshCpuMap, virsh_cpu_map_clear)

/* How many processors the host may have; -1 with @error. */
int virsh_host_cpus (virConnectPtr conn, GError **error);
/* "0-3,^1", or "r" for all. FALSE with @error. */
gboolean
virsh_cpu_map_parse (const char *list, int n_cpus, VirshCpuMap *map, GError **error);
/* "0,2-3" (transfer full) */
char *virsh_cpu_map_text (const guint8 *bits, int n_bytes);

/* "1.500 GiB" (transfer full); the same as a number and its unit. */
char *virsh_human_size (guint64 bytes);
const char *virsh_human_unit (guint64 bytes, double *number);

/* Names of states, as virsh shows them. */
const char *virsh_domain_state (int state);
const char *virsh_domain_reason (int state, int reason);

/* Prints a document, or what --xpath finds in it, each with --wrap inside one element. */
gboolean virsh_print_xml (Cli *cli, const char *xml, const char *xpath, gboolean wrap,
                          GError **error);

/* Prints names as trees: a line for each below its parent. @parents has the parent of the
 * name at the same place, NULL for a root; both are ended by NULL after the last name. */
void virsh_print_tree (Cli *cli, const char *const *names, const char *const *parents);

/* Opens an editor on a text: NULL with or without @error when nothing is to be done. */
char *virsh_edit_text (Cli *cli, const char *text, GError **error);

/* Connects the terminal to a domain's console until the escape character. */
gboolean virsh_console (Cli *cli, virDomainPtr domain, const char *device, unsigned flags,
                        gboolean resume, GError **error);

/* Flags of a call out of options: VIRSH_FLAGS ({ args->live, VIR_DUMP_LIVE }, …) */
typedef struct {
    gboolean given;
    unsigned flag;
} VirshFlag;
unsigned virsh_flags (const VirshFlag *rows, gsize n);
#define VIRSH_FLAGS(...)                                                                 \
    virsh_flags ((const VirshFlag[]){ __VA_ARGS__ },                                     \
                 sizeof ((const VirshFlag[]){ __VA_ARGS__ }) / sizeof (VirshFlag))

/* Opens an editor on a text. FALSE with @error; else *edited, NULL when it is the same.
 */
gboolean virsh_edit (Cli *cli, const char *text, char **edited, GError **error);

/* A document that is defined when it was edited. */
typedef struct {
    /* as it is now, from libvirt: free() */
    char *(*read) (gpointer data, GError **error);
    /* @relaxed: without a check against the schema; only with .can_relax */
    gboolean (*define) (gpointer data, const char *xml, gboolean relaxed, GError **error);
    gboolean can_relax;
} VirshEditor;
typedef enum { VIRSH_EDIT_FAILED, VIRSH_EDIT_UNCHANGED, VIRSH_EDIT_DONE } VirshEdited;
/* Edits until it is taken: on a terminal a failure is said and there is another try.
 * VIRSH_EDIT_FAILED: with @error, or without when the user gave up. */
VirshEdited
virsh_edit_document (Cli *cli, const VirshEditor *editor, gpointer data, GError **error);

/* ---- long calls
 * ------------------------------------------------------------------------------ */

typedef struct {
    const char *label;   /* of the progress: "Save" */
    virDomainPtr domain; /* whose job is watched, and aborted by an interrupt */
    gboolean verbose;    /* progress on stderr */
    int timeout_s;       /* 0: none; else on_timeout is called once */
    void (*on_timeout) (Cli *cli, virDomainPtr domain);
    virConnectPtr partner; /* (nullable): when it is lost, the job is aborted */
} VirshJob;

/* The call itself, in a thread of its own: it makes the @error out of libvirt's. */
typedef gboolean (*VirshJobCall) (gpointer data, GError **error);
gboolean virsh_job_run (Cli *cli, const VirshJob *job, VirshJobCall call, gpointer data,
                        GError **error);
/* "\rSave: [ 34 %]" on stderr */
void virsh_job_progress (const char *label, guint64 remaining, guint64 total);

/* ---- the shell
 * ------------------------------------------------------------------------------- */

typedef struct {
    Cli *cli;
    gboolean timing;
    gboolean quit;
    gboolean interactive;
    gboolean strict; /* native exit statuses; a batch ends at the first failure */
    gboolean read_only;
    gboolean named; /* the connection that -c names was not opened yet */
    char *escape;   /* NULL: ^] */
} VirshShell;

/* The one shell of the process: its built-in commands change it. */
extern VirshShell virsh_shell;

/* ---- messages of -d and -l
 * ------------------------------------------------------------------ */

typedef enum {
    VIRSH_LEVEL_DEBUG,
    VIRSH_LEVEL_INFO,
    VIRSH_LEVEL_NOTICE,
    VIRSH_LEVEL_WARNING,
    VIRSH_LEVEL_ERROR,
} VirshLevel;

/* @level: -1 for what the environment says; @path (nullable): the log, likewise */
gboolean virsh_debug_start (int level, const char *path, GError **error);
void virsh_debug (VirshLevel level, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Whether messages of that level are wanted. */
gboolean virsh_debugs (VirshLevel level);
/* Cli.remark of virsh. */
void virsh_debug_remark (const char *text);
/* An object that an option names, and each way in which it is looked for. */
void virsh_debug_found (Cli *cli, const char *option, const char *text);
void virsh_debug_trying (Cli *cli, const char *option, const char *way);
/* Into the log. */
void virsh_debug_failure (const GError *error);

/* Cli.opening of virsh. */
void virsh_agent (Cli *cli, gboolean begins);

/* Text that a shell reads back as one word. */
char *virsh_shell_quoted (const char *text);
/* The words of "complete". FALSE without @error: nothing to offer. */
gboolean virsh_run_complete (Cli *cli, const char *const *words, GError **error);

/* Runs a string of commands, or one command given as words. Gives the exit status. */
int virsh_run_string (const char *text);
int virsh_run_words (const char *const *words);
gboolean virsh_run_interactive (GError **error);

void virsh_help_groups (Cli *cli);
void virsh_help_group (Cli *cli, const CliGroup *group);
void virsh_help_command (Cli *cli, const CliCommand *command);
