/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saved states and other one-call commands of domains: save restore managedsave … */
#include "virsh.h"

typedef struct {
    char *domain, *file, *xml, *new_name;
    gboolean bypass_cache, running, paused, reset_nvram;
} Args;

#define STATE_FLAGS                                                                      \
    VIRSH_FLAG (Args, running, "running", "let it run when it is restored"),             \
        VIRSH_FLAG (Args, paused, "paused", "leave it paused when it is restored")
#define BYPASS_FLAG                                                                      \
    VIRSH_FLAG (Args, bypass_cache, "bypass-cache", "without the file system's cache")

static const CliOption domain_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { 0 },
};

static const CliOption save_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FILE (Args, file),
    BYPASS_FLAG,
    VIRSH_STRING (Args, xml, "xml", "FILE", "file with the XML for the restored domain"),
    STATE_FLAGS,

    { 0 },
};

static const CliOption restore_options[] = {
    VIRSH_FILE (Args, file),
    BYPASS_FLAG,
    VIRSH_STRING (Args, xml, "xml", "FILE", "file with the XML for the restored domain"),
    STATE_FLAGS,
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram", "with a fresh NVRAM"),
    { 0 },
};

static const CliOption managedsave_options[] = {
    VIRSH_DOMAIN (Args, domain),
    BYPASS_FLAG,
    STATE_FLAGS,
    { 0 },
};

static const CliOption rename_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, new_name, "new-name", "NAME", "the new name", NULL),
    { 0 },
};

/* VIR_DOMAIN_SAVE_* out of the options */
static gboolean
save_flags (const Args *args, unsigned *flags, GError **error)
{
    if (args->running && args->paused)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Options --%s and --%s are mutually exclusive"), "running",
                         "paused");
    *flags = (args->bypass_cache ? VIR_DOMAIN_SAVE_BYPASS_CACHE : 0u) |
             (args->running ? VIR_DOMAIN_SAVE_RUNNING : 0u) |
             (args->paused ? VIR_DOMAIN_SAVE_PAUSED : 0u) |
             (args->reset_nvram ? VIR_DOMAIN_SAVE_RESET_NVRAM : 0u);
    return TRUE;
}

/* The text of --xml; FALSE: it cannot be read. */
static gboolean
read_xml (const Args *args, char **xml, GError **error)
{
    *xml = args->xml ? virsh_read_file (args->xml, error) : NULL;
    return !args->xml || *xml;
}

static gboolean
run_save (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autofree char *path = g_canonicalize_filename (args->file, NULL);
    g_autofree char *xml = NULL;
    unsigned flags;
    int result;

    if (!save_flags (args, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !read_xml (args, &xml, error))
        return FALSE;
    result = flags || xml ? virDomainSaveFlags (domain, path, xml, flags)
                          : virDomainSave (domain, path);
    if (result < 0)
        return virsh_fail (error, _ ("Failed to save domain '%s' to %s"), args->domain,
                           args->file);
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
    unsigned flags;
    int result;

    if (!conn || !save_flags (args, &flags, error) || !read_xml (args, &xml, error))
        return FALSE;
    result = flags || xml ? virDomainRestoreFlags (conn, path, xml, flags)
                          : virDomainRestore (conn, path);
    if (result < 0)
        return virsh_fail (error, _ ("Failed to restore domain from %s"), args->file);
    cli_say (cli, _ ("Domain restored from %s\n"), args->file);
    return TRUE;
}

static gboolean
run_managedsave (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    if (!save_flags (args, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainManagedSave (domain, flags) < 0)
        return virsh_fail (error, _ ("Failed to save domain '%s' state"), args->domain);
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
             kept ? _ ("Removed managedsave image for domain '%s'\n")
                  : _ ("Domain '%s' has no manage save image; removal skipped\n"),
             args->domain);
    return TRUE;
}

static gboolean
run_rename (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (virDomainRename (domain, args->new_name, 0) < 0)
        return virsh_fail (error, "%s", "");
    cli_say (cli, _ ("Domain successfully renamed\n"));
    return TRUE;
}

static gboolean
run_inject_nmi (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    return domain &&
           (virDomainInjectNMI (domain, 0) == 0 || virsh_fail (error, "%s", ""));
}

const CliCommand virsh_domain_save_commands[] = {
    VIRSH_COMMAND ("domrename", N_ ("give a domain another name"), rename_options,
                   run_rename),
    VIRSH_COMMAND ("inject-nmi", N_ ("send a domain an NMI"), domain_options,
                   run_inject_nmi),
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
