/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: define create dumpxml edit */
#include "virsh.h"

typedef struct {
    char *domain, *file, *xpath, *pass_fds;
    gboolean validate, console, paused, autodestroy, reset_nvram;
    gboolean inactive, secure, update_cpu, migratable, wrap, skip_validate;
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
    domain = args->validate
                 ? virDomainDefineXMLFlags (conn, xml, VIR_DOMAIN_DEFINE_VALIDATE)
                 : virDomainDefineXML (conn, xml);
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
    g_autoptr (GArray) fds = NULL;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = VIRSH_FLAGS ({ args->paused, VIR_DOMAIN_START_PAUSED },
                                  { args->autodestroy, VIR_DOMAIN_START_AUTODESTROY },
                                  { args->validate, VIR_DOMAIN_START_VALIDATE },
                                  { args->reset_nvram, VIR_DOMAIN_START_RESET_NVRAM });

    if (!xml || !virsh_read_fds (args->pass_fds, &fds, error))
        return FALSE;
    domain = fds ? virDomainCreateXMLWithFiles (conn, xml, fds->len,
                                                (int *) (void *) fds->data, flags)
                 : virDomainCreateXML (conn, xml, flags);
    if (!domain)
        return virsh_fail (error, _ ("Failed to create domain from %s"), args->file);
    cli_say (cli, _ ("Domain '%s' created from %s\n"), virDomainGetName (domain),
             args->file);
    if (!args->console || virsh_console (cli, domain, NULL, 0, FALSE, error))
        return TRUE;
    if (virsh_shell.strict)
        return FALSE;
    /* the domain is there: to virsh that is what counts */
    cli_report (cli, *error);
    g_clear_error (error);
    return TRUE;
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

typedef struct {
    virDomainPtr domain, defined;
    gboolean skip_validate;
} Edit;

static char *
edit_read (gpointer data, GError **error)
{
    const Edit *edit = data;
    char *xml = virDomainGetXMLDesc (edit->domain,
                                     VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);

    if (!xml)
        virsh_fail (error, _ ("failed to get the XML of domain '%s'"),
                    virDomainGetName (edit->domain));
    return xml;
}

static gboolean
edit_define (gpointer data, const char *xml, gboolean relaxed, GError **error)
{
    Edit *edit = data;

    edit->defined = virDomainDefineXMLFlags (
        virDomainGetConnect (edit->domain), xml,
        edit->skip_validate || relaxed ? 0 : VIR_DOMAIN_DEFINE_VALIDATE);
    return edit->defined || virsh_fail (error, _ ("Failed to edit domain '%s'"),
                                        virDomainGetName (edit->domain));
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const VirshEditor editor = { edit_read, edit_define, !args->skip_validate };
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    Edit edit = { domain, NULL, args->skip_validate };
    g_autoptr (virDomain) defined = NULL;
    VirshEdited edited =
        domain ? virsh_edit_document (cli, &editor, &edit, error) : VIRSH_EDIT_FAILED;

    defined = edit.defined;
    if (edited == VIRSH_EDIT_DONE)
        cli_say (cli, _ ("Domain '%s' XML configuration edited.\n"),
                 virDomainGetName (defined));
    if (edited == VIRSH_EDIT_UNCHANGED)
        cli_say (cli, _ ("Domain '%s' XML configuration not changed.\n"),
                 virDomainGetName (domain));
    return edited != VIRSH_EDIT_FAILED;
}

static const CliOption define_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    { 0 },
};
static const CliOption create_options[] = {
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, console, "console", "attach to the console afterwards"),
    VIRSH_FLAG (Args, paused, "paused", "leave the domain paused"),
    VIRSH_FLAG (Args, autodestroy, "autodestroy", "destroy it when virsh disconnects"),
    VIRSH_PASS_FDS (Args, pass_fds),
    VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema"),
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram",
                "make the NVRAM anew from its template"),
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
    { 0 },
};
