/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: define, create, undefine, dumpxml, edit */
#include "virsh.h"

typedef struct {
    char *domain, *file, *xpath, *storage;
    gboolean validate, paused, autodestroy, reset_nvram;
    gboolean inactive, secure, update_cpu, migratable, wrap, skip_validate;
    gboolean managed_save, snapshots, checkpoints, nvram, keep_nvram, tpm, keep_tpm;
    gboolean remove_all_storage, delete_snapshots, wipe;
} Args;

static gboolean
run_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virDomain) domain = NULL;

    if (!xml)
        return FALSE;
    domain = virDomainDefineXMLFlags (conn, xml,
                                      args->validate ? VIR_DOMAIN_DEFINE_VALIDATE : 0);
    if (!domain)
        return virsh_fail (error, _ ("Failed to define domain from %s"), args->file);
    cli_say (cli, _ ("Domain '%s' defined from %s\n"), virDomainGetName (domain),
             args->file);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->file, error) : NULL;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = 0;

    if (!xml)
        return FALSE;
    flags |= args->paused ? VIR_DOMAIN_START_PAUSED : 0;
    flags |= args->autodestroy ? VIR_DOMAIN_START_AUTODESTROY : 0;
    flags |= args->validate ? VIR_DOMAIN_START_VALIDATE : 0;
    flags |= args->reset_nvram ? VIR_DOMAIN_START_RESET_NVRAM : 0;
    domain = virDomainCreateXML (conn, xml, flags);
    if (!domain)
        return virsh_fail (error, _ ("Failed to create domain from %s"), args->file);
    cli_say (cli, _ ("Domain '%s' created from %s\n"), virDomainGetName (domain),
             args->file);
    return TRUE;
}

/* ---- undefine
 * --------------------------------------------------------------------------- */

static void
free_volume (gpointer volume)
{
    virStorageVolFree (volume);
}

/* The volumes that --storage or --remove-all-storage name, found while the definition is
 * there. */
static GPtrArray *
find_volumes (virDomainPtr domain, const Args *args, Cli *cli)
{
    GPtrArray *volumes = g_ptr_array_new_with_free_func (free_volume);
    VIRSH_TEXT xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, "domain", NULL) : NULL;
    g_autoptr (GPtrArray) disks =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk") : NULL;
    g_auto (GStrv) wanted = g_strsplit (args->storage ? args->storage : "", ",", -1);

    for (guint i = 0; disks && i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        g_autofree char *target = vy_xml_get (disk, "target/@dev");
        g_autofree char *file = vy_xml_get (disk, "source/@file");
        g_autofree char *dev = vy_xml_get (disk, "source/@dev");
        const char *path = file ? file : dev;
        gboolean named =
            path && (g_strv_contains ((const char *const *) wanted, path) ||
                     (target && g_strv_contains ((const char *const *) wanted, target)));
        virStorageVolPtr volume;

        if (!path || (!args->remove_all_storage && !named))
            continue;
        volume = virStorageVolLookupByPath (virDomainGetConnect (domain), path);
        if (volume)
            g_ptr_array_add (volumes, volume);
        else
            cli_print (cli,
                       _ ("Storage volume '%s'(%s) is not managed by libvirt. Remove it "
                          "manually.\n"),
                       target ? target : "-", path);
    }
    return volumes;
}

static gboolean
delete_volumes (Cli *cli, GPtrArray *volumes, const Args *args, GError **error)
{
    unsigned flags = args->delete_snapshots ? VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS : 0;

    for (guint i = 0; i < volumes->len; i++) {
        virStorageVolPtr volume = g_ptr_array_index (volumes, i);
        const char *path = virStorageVolGetName (volume);

        if (args->wipe && virStorageVolWipe (volume, 0) < 0)
            return virsh_fail (error, _ ("Failed to wipe volume '%s'"), path);
        if (virStorageVolDelete (volume, flags) < 0)
            return virsh_fail (error, _ ("Failed to remove storage volume '%s'"), path);
        cli_print (cli, _ ("Volume '%s' removed.\n"), path);
    }
    return TRUE;
}

static unsigned
undefine_flags (const Args *args)
{
    const struct {
        gboolean given;
        unsigned flag;
    } rows[] = { { args->managed_save, VIR_DOMAIN_UNDEFINE_MANAGED_SAVE },
                 { args->snapshots, VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA },
                 { args->checkpoints, VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA },
                 { args->nvram, VIR_DOMAIN_UNDEFINE_NVRAM },
                 { args->keep_nvram, VIR_DOMAIN_UNDEFINE_KEEP_NVRAM },
                 { args->tpm, VIR_DOMAIN_UNDEFINE_TPM },
                 { args->keep_tpm, VIR_DOMAIN_UNDEFINE_KEEP_TPM } };
    unsigned flags = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        flags |= rows[i].given ? rows[i].flag : 0;
    return flags;
}

static gboolean
run_undefine (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) volumes = NULL;
    g_autofree char *name = NULL;
    gboolean storage = args->storage || args->remove_all_storage;
    unsigned flags = undefine_flags (args);

    if (!domain)
        return FALSE;
    if (args->storage && args->remove_all_storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--storage and --remove-all-storage exclude each other"));
    name = g_strdup (args->domain);
    if (storage && virDomainIsActive (domain) == 1)
        return vy_throw (error, VY_ERROR_STATE,
                         _ ("storage is only removed for a domain that is shut off"));
    volumes = storage ? find_volumes (domain, args, cli) : NULL;
    if ((flags ? virDomainUndefineFlags (domain, flags) : virDomainUndefine (domain)) <
        0) {
        virsh_fail (error, _ ("Failed to undefine domain '%s'"), name);
        vy_error_set_hint (error,
                           _ ("--nvram, --managed-save and --snapshots-metadata take "
                              "those along"));
        return FALSE;
    }
    cli_say (cli, _ ("Domain '%s' has been undefined\n"), name);
    return !volumes || delete_volumes (cli, volumes, args, error);
}

/* ---- definitions as text
 * ------------------------------------------------------------------- */

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    VIRSH_TEXT xml = NULL;
    unsigned flags = 0;

    if (!domain)
        return FALSE;
    flags |= args->inactive ? VIR_DOMAIN_XML_INACTIVE : 0;
    flags |= args->secure ? VIR_DOMAIN_XML_SECURE : 0;
    flags |= args->update_cpu ? VIR_DOMAIN_XML_UPDATE_CPU : 0;
    flags |= args->migratable ? VIR_DOMAIN_XML_MIGRATABLE : 0;
    xml = virDomainGetXMLDesc (domain, flags);
    if (!xml)
        return virsh_fail (error, _ ("failed to get the XML of domain '%s'"),
                           virDomainGetName (domain));
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomain) defined = NULL;
    VIRSH_TEXT xml = domain ? virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE |
                                                               VIR_DOMAIN_XML_SECURE)
                            : NULL;
    g_autofree char *edited = xml ? virsh_edit_text (cli, xml, error) : NULL;
    unsigned flags = args->skip_validate ? 0 : VIR_DOMAIN_DEFINE_VALIDATE;

    if (domain && !xml)
        return virsh_fail (error, _ ("failed to get the XML of domain '%s'"),
                           args->domain);
    if (!edited)
        return FALSE;
    if (strcmp (edited, xml) == 0) {
        cli_print (cli, _ ("Domain '%s' XML configuration not changed.\n"),
                   virDomainGetName (domain));
        return TRUE;
    }
    defined = virDomainDefineXMLFlags (virDomainGetConnect (domain), edited, flags);
    if (!defined)
        return virsh_fail (error, _ ("Failed to edit domain '%s'"), args->domain);
    cli_print (cli, _ ("Domain '%s' XML configuration edited.\n"),
               virDomainGetName (defined));
    return TRUE;
}

static const CliOption define_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, paused, "paused", "leave the domain paused"),
    VIRSH_FLAG (Args, autodestroy, "autodestroy", "destroy it when virsh disconnects"),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram",
                "make the NVRAM anew from its template"),
    { 0 },
};
static const CliOption undefine_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, managed_save, "managed-save", "remove the managed save too"),
    VIRSH_OPTION (Args, storage, "storage", "VOLUMES",
                  "also delete these volumes: targets or paths"),
    VIRSH_FLAG (Args, remove_all_storage, "remove-all-storage",
                "also delete all volumes"),
    VIRSH_FLAG (Args, delete_snapshots, "delete-storage-volume-snapshots",
                "also delete the volumes' snapshots"),
    { "delete-snapshots", 0, CLI_ALIAS, CLI_HIDDEN,
      .help = N_ ("same as --delete-storage-volume-snapshots"),
      .alias_of = "delete-storage-volume-snapshots" },
    VIRSH_FLAG (Args, wipe, "wipe-storage", "overwrite the volumes first"),
    VIRSH_FLAG (Args, snapshots, "snapshots-metadata", "forget the snapshots too"),
    VIRSH_FLAG (Args, checkpoints, "checkpoints-metadata", "forget the checkpoints too"),
    VIRSH_FLAG (Args, nvram, "nvram", "remove the NVRAM too"),
    VIRSH_FLAG (Args, keep_nvram, "keep-nvram", "keep the NVRAM"),
    VIRSH_FLAG (Args, tpm, "tpm", "remove the TPM's state too"),
    VIRSH_FLAG (Args, keep_tpm, "keep-tpm", "keep the TPM's state"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, inactive, "inactive", "the definition rather than what runs"),
    VIRSH_FLAG (Args, secure, "security-info", "with passwords"),
    VIRSH_FLAG (Args, update_cpu, "update-cpu", "with the host's CPU filled in"),
    VIRSH_FLAG (Args, migratable, "migratable", "as it is sent for migration"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};
static const CliOption edit_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, skip_validate, "skip-validate", "do not check against the schema"),
    { 0 },
};

const CliCommand virsh_domain_define_commands[] = {
    { "create", N_ ("start a transient domain from a file"), create_options,
      sizeof (Args), run_create },
    { "define", N_ ("define a domain from a file"), define_options, sizeof (Args),
      run_define },
    { "dumpxml", N_ ("print a domain's XML"), dumpxml_options, sizeof (Args),
      run_dumpxml },
    { "edit", N_ ("edit a domain's definition"), edit_options, sizeof (Args), run_edit },
    { "undefine", N_ ("delete a domain's definition"), undefine_options, sizeof (Args),
      run_undefine },
    { 0 },
};
