/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of a running domain in files: save restore managedsave dump */
#include "virsh.h"

typedef struct {
    char *domain, *file, *xml, *format;
    gboolean bypass_cache, running, paused, reset_nvram, verbose;
    gboolean live, crash, reset, memory_only;
} Args;

#define STATE_FLAGS                                                                      \
    VIRSH_FLAG (Args, running, "running", "let it run when it is restored"),             \
        VIRSH_FLAG (Args, paused, "paused", "leave it paused when it is restored")
#define BYPASS_FLAG                                                                      \
    VIRSH_FLAG (Args, bypass_cache, "bypass-cache", "without the file system's cache")
#define VERBOSE_FLAG VIRSH_FLAG (Args, verbose, "verbose", "show how far it is")

/* What the thread of a long call needs. */
typedef struct {
    const Args *args;
    virDomainPtr domain;
    char *path, *xml;
    unsigned flags, format;
} Call;

static unsigned
save_flags (const Args *args)
{
    return VIRSH_FLAGS ({ args->bypass_cache, VIR_DOMAIN_SAVE_BYPASS_CACHE },
                        { args->running, VIR_DOMAIN_SAVE_RUNNING },
                        { args->paused, VIR_DOMAIN_SAVE_PAUSED },
                        { args->reset_nvram, VIR_DOMAIN_SAVE_RESET_NVRAM });
}

static gboolean
run_watched (Cli *cli, const char *label, VirshJobCall function, Call *call,
             GError **error)
{
    const VirshJob job = { label, call->domain, call->args->verbose, 0, NULL };

    return virsh_job_run (cli, &job, function, call, error);
}

/* ---- save, restore
 * ------------------------------------------------------------------------ */

static gboolean
call_save (gpointer data, GError **error)
{
    const Call *call = data;
    int result = call->flags || call->xml ? virDomainSaveFlags (call->domain, call->path,
                                                                call->xml, call->flags)
                                          : virDomainSave (call->domain, call->path);

    return result == 0 || virsh_fail (error, _ ("Failed to save domain '%s' to %s"),
                                      call->args->domain, call->args->file);
}

static gboolean
run_save (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autofree char *path = g_canonicalize_filename (args->file, NULL);
    g_autofree char *xml = NULL;
    Call call = { args, domain, path, NULL, save_flags (args), 0 };

    if (!domain || (args->xml && !(xml = virsh_read_file (args->xml, error))))
        return FALSE;
    call.xml = xml;
    if (!run_watched (cli, _ ("Save"), call_save, &call, error))
        return FALSE;
    cli_say (cli, _ ("\nDomain '%s' saved to %s\n"), args->domain, args->file);
    return TRUE;
}

static gboolean
run_restore (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *path = g_canonicalize_filename (args->file, NULL);
    g_autofree char *xml = NULL;
    unsigned flags = save_flags (args);
    int result;

    if (!conn || (args->xml && !(xml = virsh_read_file (args->xml, error))))
        return FALSE;
    result = flags || xml ? virDomainRestoreFlags (conn, path, xml, flags)
                          : virDomainRestore (conn, path);
    if (result < 0)
        return virsh_fail (error, _ ("Failed to restore domain from %s"), args->file);
    cli_say (cli, _ ("Domain restored from %s\n"), args->file);
    return TRUE;
}

/* ---- managedsave
 * -------------------------------------------------------------------------- */

static gboolean
call_managedsave (gpointer data, GError **error)
{
    const Call *call = data;

    return virDomainManagedSave (call->domain, call->flags) == 0 ||
           virsh_fail (error, _ ("Failed to save domain '%s' state"), call->args->domain);
}

static gboolean
run_managedsave (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    Call call = { args, domain, NULL, NULL, save_flags (args), 0 };

    if (!domain || !run_watched (cli, _ ("Managedsave"), call_managedsave, &call, error))
        return FALSE;
    cli_say (cli, _ ("\nDomain '%s' state saved by libvirt\n"), args->domain);
    return TRUE;
}

static gboolean
run_managedsave_remove (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int kept;

    if (!domain)
        return FALSE;
    kept = virDomainHasManagedSaveImage (domain, 0);
    if (kept < 0)
        return virsh_fail (error, _ ("Failed to check for domain managed save image"));
    if (kept && virDomainManagedSaveRemove (domain, 0) < 0)
        return virsh_fail (error,
                           _ ("Failed to remove managed save image for domain '%s'"),
                           args->domain);
    cli_say (cli,
             kept ? _ ("Removed managedsave image for domain '%s'")
                  : _ ("Domain '%s' has no manage save image; removal skipped"),
             args->domain);
    return TRUE;
}

/* ---- dump
 * --------------------------------------------------------------------------------- */

static const char *const formats[] = { "elf",          "kdump-zlib", "kdump-lzo",
                                       "kdump-snappy", "win-dmp",    NULL };
/* of formats[] */
static const unsigned format_numbers[] = { VIR_DOMAIN_CORE_DUMP_FORMAT_RAW,
                                           VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB,
                                           VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO,
                                           VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY,
                                           VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP };

static gboolean
choose_format (const Args *args, unsigned *format, GError **error)
{
    *format = VIR_DOMAIN_CORE_DUMP_FORMAT_RAW;
    if (!args->format)
        return TRUE;
    if (!args->memory_only)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--format only works with --memory-only"));
    for (gsize i = 0; formats[i]; i++)
        if (strcmp (formats[i], args->format) == 0) {
            *format = format_numbers[i];
            return TRUE;
        }
    return vy_throw (error, VY_ERROR_USAGE,
                     _ ("'%s' is no format of a dump: elf, kdump-zlib, kdump-lzo, "
                        "kdump-snappy, win-dmp"),
                     args->format);
}

static gboolean
call_dump (gpointer data, GError **error)
{
    const Call *call = data;
    int result = call->args->memory_only && call->args->format
                     ? virDomainCoreDumpWithFormat (call->domain, call->path,
                                                    call->format, call->flags)
                     : virDomainCoreDump (call->domain, call->path, call->flags);

    return result == 0 || virsh_fail (error, _ ("Failed to core dump domain '%s' to %s"),
                                      call->args->domain, call->args->file);
}

static gboolean
run_dump (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autofree char *path = g_canonicalize_filename (args->file, NULL);
    Call call = { args, domain, path, NULL, 0, 0 };

    if (!domain || !choose_format (args, &call.format, error))
        return FALSE;
    call.flags = VIRSH_FLAGS (
        { args->live, VIR_DUMP_LIVE }, { args->crash, VIR_DUMP_CRASH },
        { args->bypass_cache, VIR_DUMP_BYPASS_CACHE }, { args->reset, VIR_DUMP_RESET },
        { args->memory_only, VIR_DUMP_MEMORY_ONLY });
    if (!run_watched (cli, _ ("Dump"), call_dump, &call, error))
        return FALSE;
    cli_say (cli, _ ("\nDomain '%s' dumped to %s\n"), args->domain, args->file);
    return TRUE;
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

static const CliOption domain_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { 0 },
};
static const CliOption save_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      offsetof (Args, file), N_ ("FILE"), N_ ("where the state is put") },
    BYPASS_FLAG,
    VIRSH_STRING (Args, xml, "xml", "FILE", "file with the XML for the restored domain"),
    STATE_FLAGS,
    VERBOSE_FLAG,
    { 0 },
};
static const CliOption restore_options[] = {
    { "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      offsetof (Args, file), N_ ("FILE"), N_ ("file with the state") },
    BYPASS_FLAG,
    VIRSH_STRING (Args, xml, "xml", "FILE", "file with the XML for the restored domain"),
    STATE_FLAGS,
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram", "with a fresh NVRAM"),
    { 0 },
};
static const CliOption managedsave_options[] = {
    VIRSH_DOMAIN (Args, domain), BYPASS_FLAG, STATE_FLAGS, VERBOSE_FLAG, { 0 },
};
static const CliOption dump_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      offsetof (Args, file), N_ ("FILE"), N_ ("where the dump is put") },
    VIRSH_FLAG (Args, live, "live", "while the domain runs on"),
    VIRSH_FLAG (Args, crash, "crash", "and crash the domain"),
    BYPASS_FLAG,
    VIRSH_FLAG (Args, reset, "reset", "and reset the domain"),
    VERBOSE_FLAG,
    VIRSH_FLAG (Args, memory_only, "memory-only", "memory and CPUs, without devices"),
    { "format", 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, format), N_ ("FORMAT"),
      N_ ("of a dump with --memory-only"), .choices = formats },
    { 0 },
};

const CliCommand virsh_domain_save_commands[] = {
    VIRSH_COMMAND ("dump", N_ ("dump the memory of a domain to a file"), dump_options,
                   run_dump),
    VIRSH_COMMAND ("managedsave", N_ ("save a domain where its next start finds it"),
                   managedsave_options, run_managedsave),
    VIRSH_COMMAND ("managedsave-remove", N_ ("forget what managedsave kept"),
                   domain_options, run_managedsave_remove),
    VIRSH_COMMAND ("restore", N_ ("go on with a domain saved to a file"), restore_options,
                   run_restore),
    VIRSH_COMMAND ("save", N_ ("save the state of a domain to a file"), save_options,
                   run_save),
    { 0 },
};
