/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Backups of running domains: backup-begin backup-dumpxml */
#include "virsh.h"

typedef struct {
    char *domain, *backup, *checkpoint, *xpath;
    gboolean reuse, wrap;
} Args;

static gboolean
run_begin (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domainbackup");
    g_autofree char *backup = NULL;
    g_autofree char *checkpoint = NULL;
    unsigned flags = args->reuse ? VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL : 0;

    if (!domain)
        return FALSE;
    backup = args->backup ? virsh_read_file (args->backup, error)
                          : vy_xml_to_string (xmlDocGetRootElement (doc));
    if (!backup ||
        (args->checkpoint && !(checkpoint = virsh_read_file (args->checkpoint, error))))
        return FALSE;
    if (virDomainBackupBegin (domain, backup, checkpoint, flags) < 0)
        return virsh_fail (error, "%s", "");
    cli_say (cli, _ ("Backup started\n"));
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    VIRSH_TEXT xml = domain ? virDomainBackupGetXMLDesc (domain, 0) : NULL;

    if (!xml)
        return domain && virsh_fail (error, "%s", "");
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

static const CliOption begin_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "backupxml", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, backup),
      N_ ("FILE"), N_ ("file with the backup's XML") },
    { "checkpointxml", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE,
      offsetof (Args, checkpoint), N_ ("FILE"),
      N_ ("file with the XML of a checkpoint that is made with it") },
    VIRSH_FLAG (Args, reuse, "reuse-external", "into files that are there already"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};

const CliCommand virsh_backup_commands[] = {
    VIRSH_COMMAND ("backup-begin", N_ ("begin a backup of a running domain"),
                   begin_options, run_begin),
    VIRSH_COMMAND ("backup-dumpxml", N_ ("print the XML of a backup that runs"),
                   dumpxml_options, run_dumpxml),
    { 0 },
};
