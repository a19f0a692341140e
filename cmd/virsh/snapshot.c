/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots of domains: snapshot-create -create-as -current -delete -dumpxml -edit … */
#include "moments.h"

typedef struct {
    char *domain, *name, *xpath;
    gboolean current, children, children_only, metadata, secure, wrap, only_name;
    gboolean rename, clone, running, paused, force, reset_nvram;
} Args;

/* By name, or the current one. */
static virDomainSnapshotPtr
find (virDomainPtr domain, const Args *args, GError **error)
{
    virDomainSnapshotPtr snapshot;

    if (args->name)
        snapshot = virDomainSnapshotLookupByName (domain, args->name, 0);
    else if (args->current)
        snapshot = virDomainSnapshotCurrent (domain, 0);
    else {
        vy_throw (error, VY_ERROR_USAGE, _ ("--snapshotname or --current is required"));
        return NULL;
    }
    if (!snapshot)
        virsh_fail (error, "%s", "");
    return snapshot;
}

static virDomainSnapshotPtr
find_one (virDomainPtr domain, const Args *args, GError **error)
{
    return virsh_exclusive (args->name != NULL, "snapshotname", args->current, "current",
                            error)
               ? find (domain, args, error)
               : NULL;
}

/* ---- the current one
 * ---------------------------------------------------------------------- */

static gboolean
set_current (Cli *cli, virDomainPtr domain, const Args *args, GError **error)
{
    g_autoptr (virDomainSnapshot) snapshot =
        virDomainSnapshotLookupByName (domain, args->name, 0);
    g_autoptr (virDomainSnapshot) current = NULL;
    VIRSH_TEXT xml =
        snapshot ? virDomainSnapshotGetXMLDesc (snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE)
                 : NULL;

    if (xml)
        current = virDomainSnapshotCreateXML (domain, xml,
                                              VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE |
                                                  VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT);
    if (!current)
        return virsh_fail (error, "%s", "");
    cli_say (cli, _ ("Snapshot %s set as current"), args->name);
    return TRUE;
}

static gboolean
print_current (Cli *cli, virDomainPtr domain, const Args *args, GError **error)
{
    g_autoptr (virDomainSnapshot) snapshot = virDomainSnapshotCurrent (domain, 0);
    VIRSH_TEXT xml = NULL;

    if (!snapshot)
        return virsh_fail (error, "%s", "");
    if (args->only_name) {
        cli_print (cli, "%s", virDomainSnapshotGetName (snapshot));
        return TRUE;
    }
    xml = virDomainSnapshotGetXMLDesc (snapshot,
                                       args->secure ? VIR_DOMAIN_SNAPSHOT_XML_SECURE : 0);
    if (!xml)
        return virsh_fail (error, "%s", "");
    cli_print (cli, "%s", xml);
    return TRUE;
}

static gboolean
run_current (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    int has;

    if (!virsh_exclusive (args->only_name, "name", args->name != NULL, "snapshotname",
                          error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (args->name)
        return set_current (cli, domain, args, error);
    has = virDomainHasCurrentSnapshot (domain, 0);
    if (has < 0)
        return virsh_fail (error, "%s", "");
    if (!has)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("domain '%s' has no current snapshot"), args->domain);
    return print_current (cli, domain, args, error);
}

/* ---- what one is
 * -------------------------------------------------------------------------- */

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainSnapshot) snapshot = domain ? find (domain, args, error) : NULL;
    VIRSH_TEXT xml = NULL;

    if (!snapshot)
        return FALSE;
    xml = virDomainSnapshotGetXMLDesc (snapshot,
                                       args->secure ? VIR_DOMAIN_SNAPSHOT_XML_SECURE : 0);
    return xml ? virsh_print_xml (cli, xml, args->xpath, args->wrap, error)
               : virsh_fail (error, "%s", "");
}

static gboolean
run_parent (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainSnapshot) snapshot =
        domain ? find_one (domain, args, error) : NULL;
    g_autoptr (virDomainSnapshot) parent = NULL;
    const char *name;

    if (!snapshot)
        return FALSE;
    name = virDomainSnapshotGetName (snapshot);
    parent = virDomainSnapshotGetParent (snapshot, 0);
    return virsh_moment_print_parent (
        cli, parent ? virDomainSnapshotGetName (parent) : NULL,
        VIR_ERR_NO_DOMAIN_SNAPSHOT, _ ("snapshot '%s' has no parent"), name, error);
}

/* Whether memory or a disk of it is in a file of its own. */
static gboolean
is_external (xmlNode *root)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (root, "disks/disk");

    if (!vy_xml_has (root, "memory"))
        return vy_xml_is (root, "state", "disk-snapshot");
    for (guint i = 0; i < disks->len; i++)
        if (vy_xml_is (g_ptr_array_index (disks, i), "@snapshot", "external"))
            return TRUE;
    return vy_xml_is (root, "memory/@snapshot", "external");
}

static void
add_count (CliRecord *record, const char *key, const char *label, int count)
{
    if (count >= 0)
        cli_record_int (record, key, label, count);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainSnapshot) snapshot =
        domain ? find_one (domain, args, error) : NULL;
    g_autoptr (CliRecord) record = cli_record_new ();
    VIRSH_TEXT xml = snapshot ? virDomainSnapshotGetXMLDesc (snapshot, 0) : NULL;
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, args->name, error) : NULL;
    g_autofree char *state =
        doc ? vy_xml_get (xmlDocGetRootElement (doc), "state") : NULL;
    g_autoptr (virDomainSnapshot) parent = NULL;

    if (!snapshot || (xml && !doc))
        return FALSE;
    if (!xml)
        return virsh_fail (error, "%s", "");
    parent = virDomainSnapshotGetParent (snapshot, 0);
    cli_record_string (record, "name", "Name", virDomainSnapshotGetName (snapshot));
    cli_record_string (record, "domain", "Domain", virDomainGetName (domain));
    cli_record_bool (record, "current", "Current",
                     virDomainSnapshotIsCurrent (snapshot, 0) == 1);
    cli_record_string (record, "state", "State", state);
    cli_record_string (record, "location", "Location",
                       is_external (xmlDocGetRootElement (doc)) ? "external"
                                                                : "internal");
    cli_record_string (record, "parent", "Parent",
                       parent ? virDomainSnapshotGetName (parent) : NULL);
    add_count (record, "children", "Children",
               virDomainSnapshotNumChildren (snapshot, 0));
    add_count (
        record, "descendants", "Descendants",
        virDomainSnapshotNumChildren (snapshot, VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS));
    cli_record_bool (record, "metadata", "Metadata",
                     virDomainSnapshotHasMetadata (snapshot, 0) == 1);
    return cli_print_record (cli, record, 15, error);
}

/* ---- changes
 * ------------------------------------------------------------------------------ */

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainSnapshot) snapshot =
        domain ? find_one (domain, args, error) : NULL;
    g_autofree char *name = NULL;
    unsigned flags =
        VIRSH_FLAGS ({ args->children, VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN },
                     { args->children_only, VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY },
                     { args->metadata, VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY });

    if (!snapshot)
        return FALSE;
    name = g_strdup (virDomainSnapshotGetName (snapshot));
    if (virDomainSnapshotDelete (snapshot, flags) < 0)
        return virsh_fail (error, _ ("Failed to delete snapshot %s"), name);
    cli_say (cli,
             args->children_only ? _ ("Domain snapshot %s children deleted\n")
                                 : _ ("Domain snapshot %s deleted\n"),
             name);
    return TRUE;
}

static gboolean
run_revert (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainSnapshot) snapshot =
        domain ? find_one (domain, args, error) : NULL;
    unsigned flags =
        VIRSH_FLAGS ({ args->running, VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING },
                     { args->paused, VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED },
                     { args->reset_nvram, VIR_DOMAIN_SNAPSHOT_REVERT_RESET_NVRAM });
    int result;

    if (!snapshot)
        return FALSE;
    result = virDomainRevertToSnapshot (snapshot, flags);
    /* the risk is only taken where there is one */
    if (result < 0 && args->force &&
        virGetLastErrorCode () == VIR_ERR_SNAPSHOT_REVERT_RISKY)
        result = virDomainRevertToSnapshot (snapshot,
                                            flags | VIR_DOMAIN_SNAPSHOT_REVERT_FORCE);
    if (result < 0)
        return virsh_fail (error, _ ("Failed to revert snapshot %s"),
                           virDomainSnapshotGetName (snapshot));
    cli_say (cli, _ ("Domain snapshot %s reverted\n"),
             virDomainSnapshotGetName (snapshot));
    return TRUE;
}

/* A new name makes a second snapshot: one of the two has to go, or both are wanted. */
static gboolean
settle_names (Cli *cli, const Args *args, virDomainSnapshotPtr before,
              virDomainSnapshotPtr after, GError **error)
{
    const char *old_name = virDomainSnapshotGetName (before);
    const char *new_name = virDomainSnapshotGetName (after);

    if (strcmp (old_name, new_name) == 0) {
        cli_say (cli, _ ("Snapshot %s edited.\n"), old_name);
        return TRUE;
    }
    if (args->clone) {
        cli_say (cli, _ ("Snapshot %s cloned to %s.\n"), old_name, new_name);
        return TRUE;
    }
    if (virDomainSnapshotDelete (args->rename ? before : after,
                                 VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY) < 0)
        return virsh_fail (error, _ ("Failed to clean up %s"),
                           args->rename ? old_name : new_name);
    return args->rename ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("Must use --rename or --clone to change %s to %s"), old_name,
                     new_name);
}

static gboolean
edit (Cli *cli, virDomainPtr domain, virDomainSnapshotPtr snapshot, const Args *args,
      GError **error)
{
    g_autoptr (virDomainSnapshot) after = NULL;
    VIRSH_TEXT xml =
        virDomainSnapshotGetXMLDesc (snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE);
    g_autofree char *edited = NULL;
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, args->name, error) : NULL;
    unsigned flags = VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE;

    if (!xml)
        return virsh_fail (error, "%s", "");
    if (!doc || !virsh_edit (cli, xml, &edited, error))
        return FALSE;
    flags |= args->current && args->name ? VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT : 0;
    if (!edited && !(flags & VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT)) {
        cli_say (cli, _ ("Snapshot %s XML configuration not changed.\n"),
                 virDomainSnapshotGetName (snapshot));
        return TRUE;
    }
    if (vy_xml_is (xmlDocGetRootElement (doc), "state", "disk-snapshot"))
        flags |= VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY;
    after = virDomainSnapshotCreateXML (domain, edited ? edited : xml, flags);
    if (!after)
        return virsh_fail (error, _ ("Failed to update %s"),
                           virDomainSnapshotGetName (snapshot));
    return settle_names (cli, args, snapshot, after, error);
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (virDomainSnapshot) snapshot = NULL;

    return virsh_exclusive (args->rename, "rename", args->clone, "clone", error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           (snapshot = find (domain, args, error)) &&
           edit (cli, domain, snapshot, args, error);
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

#define SNAPSHOT                                                                         \
    VIRSH_STRING (Args, name, "snapshotname", "SNAPSHOT", "name of a snapshot")
#define CURRENT VIRSH_FLAG (Args, current, "current", "the current snapshot")

static const CliOption current_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, only_name, "name", "print only its name"),
    VIRSH_FLAG (Args, secure, "security-info", "with passwords"),
    VIRSH_STRING (Args, name, "snapshotname", "SNAPSHOT", "make this the current one"),
    { 0 },
};
static const CliOption delete_options[] = {
    VIRSH_DOMAIN (Args, domain),
    SNAPSHOT,
    CURRENT,
    VIRSH_FLAG (Args, children, "children", "and what is based on it"),
    VIRSH_FLAG (Args, children_only, "children-only", "only what is based on it"),
    VIRSH_FLAG (Args, metadata, "metadata", "forget it, but leave its data"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, name, "snapshotname", "SNAPSHOT", "name of a snapshot", NULL),
    VIRSH_FLAG (Args, secure, "security-info", "with passwords"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};
static const CliOption edit_options[] = {
    VIRSH_DOMAIN (Args, domain),
    SNAPSHOT,
    VIRSH_FLAG (Args, current, "current", "make it the current one as well"),
    VIRSH_FLAG (Args, rename, "rename", "a new name renames it"),
    VIRSH_FLAG (Args, clone, "clone", "a new name makes another one"),
    { 0 },
};
static const CliOption one_options[] = {
    VIRSH_DOMAIN (Args, domain),
    SNAPSHOT,
    CURRENT,
    { 0 },
};
static const CliOption revert_options[] = {
    VIRSH_DOMAIN (Args, domain),
    SNAPSHOT,
    CURRENT,
    VIRSH_FLAG (Args, running, "running", "let it run afterwards"),
    VIRSH_FLAG (Args, paused, "paused", "leave it paused afterwards"),
    VIRSH_FLAG (Args, force, "force", "even where that is risky"),
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram", "with a fresh NVRAM"),
    { 0 },
};

const CliCommand virsh_snapshot_commands[] = {
    VIRSH_COMMAND ("snapshot-current", N_ ("the current snapshot of a domain"),
                   current_options, run_current),
    VIRSH_COMMAND ("snapshot-delete", N_ ("delete a snapshot"), delete_options,
                   run_delete),
    VIRSH_COMMAND ("snapshot-dumpxml", N_ ("print a snapshot's XML"), dumpxml_options,
                   run_dumpxml),
    VIRSH_COMMAND ("snapshot-edit", N_ ("edit a snapshot's XML"), edit_options, run_edit),
    VIRSH_COMMAND ("snapshot-info", N_ ("what a snapshot is"), one_options, run_info),
    VIRSH_COMMAND ("snapshot-parent", N_ ("what a snapshot is based on"), one_options,
                   run_parent),
    VIRSH_COMMAND ("snapshot-revert", N_ ("go back to a snapshot"), revert_options,
                   run_revert),
    { 0 },
};
