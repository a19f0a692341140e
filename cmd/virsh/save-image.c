/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The XML inside of saved states: save-image-… and managedsave-… dumpxml, define, edit */
#include "virsh.h"

typedef struct {
    char *domain, *file, *xml, *xpath;
    gboolean running, paused, secure, wrap;
} Args;

static unsigned
state_flags (const Args *args)
{
    return VIRSH_FLAGS ({ args->running, VIR_DOMAIN_SAVE_RUNNING },
                        { args->paused, VIR_DOMAIN_SAVE_PAUSED });
}

static unsigned
xml_flags (const Args *args)
{
    return args->secure ? VIR_DOMAIN_SAVE_IMAGE_XML_SECURE : 0;
}

/* ---- files
 * -------------------------------------------------------------------------------- */

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT xml =
        conn ? virDomainSaveImageGetXMLDesc (conn, args->file, xml_flags (args)) : NULL;

    if (!xml)
        return conn && virsh_fail (error, "%s", "");
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (args->xml, error) : NULL;

    if (!xml)
        return FALSE;
    if (virDomainSaveImageDefineXML (conn, args->file, xml, state_flags (args)) < 0)
        return virsh_fail (error, _ ("Failed to update %s"), args->file);
    cli_say (cli, _ ("State file %s updated.\n"), args->file);
    return TRUE;
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT xml = NULL;
    g_autofree char *edited = NULL;

    if (!conn ||
        !virsh_exclusive (args->running, "running", args->paused, "paused", error))
        return FALSE;
    xml =
        virDomainSaveImageGetXMLDesc (conn, args->file, VIR_DOMAIN_SAVE_IMAGE_XML_SECURE);
    if (!xml)
        return virsh_fail (error, "%s", "");
    if (!virsh_edit (cli, xml, &edited, error))
        return FALSE;
    if (edited &&
        virDomainSaveImageDefineXML (conn, args->file, edited, state_flags (args)) < 0)
        return virsh_fail (error, _ ("Failed to update %s"), args->file);
    cli_say (cli,
             edited ? _ ("State file %s edited.\n")
                    : _ ("Saved image %s XML configuration not changed.\n"),
             args->file);
    return TRUE;
}

/* ---- what managedsave kept
 * ---------------------------------------------------------------- */

static gboolean
run_managed_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    VIRSH_TEXT xml =
        domain ? virDomainManagedSaveGetXMLDesc (domain, xml_flags (args)) : NULL;

    if (!xml)
        return domain && virsh_fail (error, "%s", "");
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static gboolean
run_managed_define (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autofree char *xml = NULL;

    if (!virsh_exclusive (args->running, "running", args->paused, "paused", error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(xml = virsh_read_file (args->xml, error)))
        return FALSE;
    if (virDomainManagedSaveDefineXML (domain, xml, state_flags (args)) < 0)
        return virsh_fail (error, _ ("Failed to update %s XML configuration"),
                           virDomainGetName (domain));
    cli_say (cli, _ ("Managed save state file of domain '%s' updated.\n"),
             virDomainGetName (domain));
    return TRUE;
}

static gboolean
run_managed_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT xml = NULL;
    g_autofree char *edited = NULL;

    if (!virsh_exclusive (args->running, "running", args->paused, "paused", error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    xml = virDomainManagedSaveGetXMLDesc (domain, VIR_DOMAIN_SAVE_IMAGE_XML_SECURE);
    if (!xml)
        return virsh_fail (error, "%s", "");
    if (!virsh_edit (cli, xml, &edited, error))
        return FALSE;
    if (edited && virDomainManagedSaveDefineXML (domain, edited, state_flags (args)) < 0)
        return virsh_fail (error, _ ("Failed to update %s XML configuration"),
                           virDomainGetName (domain));
    cli_say (
        cli,
        edited ? _ ("Managed save image of Domain '%s' XML configuration edited.\n")
               : _ ("Managed save image of domain '%s' XML configuration not changed.\n"),
        virDomainGetName (domain));
    return TRUE;
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

#define STATE_FILE                                                                       \
    {                                                                                    \
        "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,                 \
            offsetof (Args, file), N_ ("FILE"), N_ ("file with the state")               \
    }
#define NEW_XML                                                                          \
    {                                                                                    \
        "xml", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,                  \
            offsetof (Args, xml), N_ ("FILE"),                                           \
            N_ ("file with the XML for the restored domain")                             \
    }
#define STATE_FLAGS                                                                      \
    VIRSH_FLAG (Args, running, "running", "let it run when it is restored"),             \
        VIRSH_FLAG (Args, paused, "paused", "leave it paused when it is restored")
#define DUMP_FLAGS                                                                       \
    VIRSH_FLAG (Args, secure, "security-info", "with passwords"),                        \
        VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),      \
        VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element")

static const CliOption dumpxml_options[] = { STATE_FILE, DUMP_FLAGS, { 0 } };
static const CliOption define_options[] = { STATE_FILE, NEW_XML, STATE_FLAGS, { 0 } };
static const CliOption edit_options[] = { STATE_FILE, STATE_FLAGS, { 0 } };
static const CliOption managed_dumpxml_options[] = { VIRSH_DOMAIN (Args, domain),
                                                     DUMP_FLAGS,
                                                     { 0 } };
static const CliOption managed_define_options[] = {
    VIRSH_DOMAIN (Args, domain), NEW_XML, STATE_FLAGS, { 0 }
};
static const CliOption managed_edit_options[] = { VIRSH_DOMAIN (Args, domain),
                                                  STATE_FLAGS,
                                                  { 0 } };

const CliCommand virsh_save_image_commands[] = {
    VIRSH_COMMAND ("managedsave-define", N_ ("replace the XML that managedsave kept"),
                   managed_define_options, run_managed_define),
    VIRSH_COMMAND ("managedsave-dumpxml", N_ ("print the XML that managedsave kept"),
                   managed_dumpxml_options, run_managed_dumpxml),
    VIRSH_COMMAND ("managedsave-edit", N_ ("edit the XML that managedsave kept"),
                   managed_edit_options, run_managed_edit),
    VIRSH_COMMAND ("save-image-define", N_ ("replace the XML inside of a saved state"),
                   define_options, run_define),
    VIRSH_COMMAND ("save-image-dumpxml", N_ ("print the XML inside of a saved state"),
                   dumpxml_options, run_dumpxml),
    VIRSH_COMMAND ("save-image-edit", N_ ("edit the XML inside of a saved state"),
                   edit_options, run_edit),
    { 0 },
};
