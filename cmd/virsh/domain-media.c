/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Media of domains' drives: change-media */
#include "virsh.h"

typedef struct {
    char *domain, *path, *source;
    VirshAffect affect;
    gboolean eject, insert, update, force, print_xml, block;
} Args;

static const CliOption media_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, path, "path", "PATH", "target or source of the drive", NULL),
    VIRSH_STRING (Args, source, "source", "SOURCE", "the new medium"),
    VIRSH_FLAG (Args, eject, "eject", "take the medium out"),
    VIRSH_FLAG (Args, insert, "insert", "put a medium into an empty drive"),
    VIRSH_FLAG (Args, update, "update", "whatever is in the drive"),
    VIRSH_FLAG (Args, affect.current, "current", "for the state the domain is in"),
    VIRSH_FLAG (Args, affect.live, "live", "for the running domain"),
    VIRSH_FLAG (Args, affect.config, "config", "for the next start"),
    VIRSH_FLAG (Args, force, "force", "even if the guest holds the drive"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    VIRSH_FLAG (Args, block, "block", "the medium is a block device"),
    { 0 },
};

typedef struct {
    const char *verb, *done;
} MediaAction;

static const MediaAction ejecting = { "eject", N_ ("Successfully ejected media.") };
static const MediaAction inserting = { "insert", N_ ("Successfully inserted media.") };
static const MediaAction updating = { "update", N_ ("Successfully updated media.") };

static gboolean
check_media (const Args *args, GError **error)
{
    return virsh_exclusive (args->eject, "eject", args->insert, "insert", error) &&
           virsh_exclusive (args->eject, "eject", args->update, "update", error) &&
           virsh_exclusive (args->insert, "insert", args->update, "update", error) &&
           virsh_exclusive (args->eject, "eject", args->block, "block", error);
}

/* What was taken out of a running domain's drive leaves a source without a path. */
static gboolean
check_drive (const Args *args, xmlNode *drive, const char *source, GError **error)
{
    g_autofree char *medium = virsh_disk_source (drive);

    if (!source && !args->eject && !args->update)
        return vy_throw (error, VY_ERROR_USAGE, _ ("no new medium was named"));
    if (medium && source && args->insert)
        return vy_throw (error, VY_ERROR_STATE, _ ("there is a medium in drive '%s'"),
                         args->path);
    return source || vy_xml_find (drive, "source") ||
           vy_throw (error, VY_ERROR_STATE, _ ("there is no medium in drive '%s'"),
                     args->path);
}

/* The space before the target stands before the new source as well. */
static void
put_source (xmlNode *drive, const char *path, const char *source, const char *policy)
{
    xmlNode *target = vy_xml_find (drive, "target");
    xmlNode *blank = target ? target->prev : NULL;
    xmlNode *added = vy_xml_add (drive, "source");

    vy_xml_set (added, path, source);
    if (policy)
        vy_xml_set (added, "@startupPolicy", policy);
    if (target) {
        xmlUnlinkNode (added);
        xmlAddPrevSibling (target, added);
        if (blank && blank->type == XML_TEXT_NODE)
            xmlAddPrevSibling (target, vy_xml_copy (blank));
    }
}

static void
change_source (xmlNode *drive, const char *source, gboolean block)
{
    xmlNode *old = vy_xml_find (drive, "source");
    g_autofree char *policy = vy_xml_get (drive, "source/@startupPolicy");

    if (old) {
        xmlUnlinkNode (old);
        xmlFreeNode (old);
    }
    vy_xml_set (drive, "@type", block && source ? "block" : "file");
    if (source)
        put_source (drive, block ? "@dev" : "@file", source, policy);
}

static gboolean
run_media (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    const char *source = args->eject ? NULL : args->source;
    const MediaAction *action = args->insert ? &inserting : &updating;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = NULL;
    g_autofree char *xml = NULL;
    xmlNode *drive = NULL;
    unsigned flags;

    if (!check_media (args, error) || !virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(doc = virsh_document_for (domain, flags, error)) ||
        !(drive = virsh_find_disk (doc, args->path, TRUE, error)) ||
        !check_drive (args, drive, source, error))
        return FALSE;
    change_source (drive, source, args->block);
    xml = vy_xml_to_text (drive);
    if (args->print_xml) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    flags |= args->force ? VIR_DOMAIN_DEVICE_MODIFY_FORCE : 0u;
    action = args->eject ? &ejecting : action;
    if (virDomainUpdateDeviceFlags (domain, xml, flags) < 0)
        return virsh_fail (error, _ ("Failed to complete action %s on media"),
                           action->verb);
    cli_print (cli, "%s", _ (action->done));
    return TRUE;
}

const CliCommand virsh_domain_media_commands[] = {
    VIRSH_COMMAND ("change-media", N_ ("put media into drives and take them out"),
                   media_options, run_media),
    { 0 },
};
