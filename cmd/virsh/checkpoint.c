/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checkpoints of domains: points in time from which incremental backups start */
#include "moments.h"

typedef struct {
    char *domain, *name, *description, *file, *from, *xpath;
    char **disks;
    gboolean redefine, redefine_validate, quiesce, print_xml;
    gboolean children, children_only, metadata, secure, no_domain, size, wrap;
    gboolean roots, leaves, no_leaves, descendants;
    VirshMomentView view;
} Args;

static virDomainCheckpointPtr
find (virDomainPtr domain, const Args *args, GError **error)
{
    virDomainCheckpointPtr checkpoint;

    if (!args->name) {
        vy_throw (error, VY_ERROR_USAGE, _ ("--checkpointname is required"));
        return NULL;
    }
    checkpoint = virDomainCheckpointLookupByName (domain, args->name, 0);
    if (!checkpoint)
        virsh_fail (error, "%s", "");
    return checkpoint;
}

/* ---- making
 * ------------------------------------------------------------------------------- */

static gboolean
create (Cli *cli, virDomainPtr domain, const char *xml, const Args *args, GError **error)
{
    unsigned flags = VIRSH_FLAGS (
        { args->redefine, VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE },
        { args->redefine_validate, VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE },
        { args->quiesce, VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE });
    g_autoptr (virDomainCheckpoint) checkpoint =
        virDomainCheckpointCreateXML (domain, xml, flags);
    const char *name = checkpoint ? virDomainCheckpointGetName (checkpoint) : NULL;

    if (!name)
        return virsh_fail (error, "%s", "");
    if (args->file)
        cli_say (cli, _ ("Domain checkpoint %s created from '%s'"), name, args->file);
    else
        cli_say (cli, _ ("Domain checkpoint %s created"), name);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = vy_xml_new ("domaincheckpoint");
    g_autofree char *xml = NULL;

    if (args->redefine_validate && !args->redefine)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--redefine-validate needs --redefine beside it"));
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    xml = args->file ? virsh_read_file (args->file, error)
                     : vy_xml_to_string (xmlDocGetRootElement (doc));
    return xml && create (cli, domain, xml, args, error);
}

/* "DISK[,checkpoint=TYPE][,bitmap=NAME]" */
static gboolean
add_disk (xmlNode *disks, const char *spec, GError **error)
{
    VirshSpecKey keys[] = { { "checkpoint", NULL }, { "bitmap", NULL } };
    g_autofree char *name = NULL;
    gboolean ok = virsh_spec_parse (spec, keys, G_N_ELEMENTS (keys), 1, &name) && *name;

    if (ok) {
        xmlNode *disk = vy_xml_add (disks, "disk");

        vy_xml_set (disk, "@name", name);
        vy_xml_set (disk, "@checkpoint", keys[0].value);
        vy_xml_set (disk, "@bitmap", keys[1].value);
    }
    virsh_spec_clear (keys, G_N_ELEMENTS (keys));
    return ok ||
           vy_throw (error, VY_ERROR_USAGE, _ ("unable to parse diskspec: %s"), spec);
}

static gboolean
run_create_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domaincheckpoint");
    xmlNode *root = xmlDocGetRootElement (doc);
    g_autofree char *xml = NULL;

    if (!domain)
        return FALSE;
    vy_xml_set (root, "name", args->name);
    vy_xml_set (root, "description", args->description);
    for (char **spec = args->disks; spec && *spec; spec++)
        if (!add_disk (vy_xml_ensure (root, "disks"), *spec, error))
            return FALSE;
    xml = virsh_moment_text (doc);
    if (!args->print_xml)
        return create (cli, domain, xml, args, error);
    cli_print (cli, "%s\n", xml);
    return TRUE;
}

/* ---- one of them
 * -------------------------------------------------------------------------- */

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainCheckpoint) checkpoint =
        domain ? find (domain, args, error) : NULL;
    unsigned flags =
        VIRSH_FLAGS ({ args->children, VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN },
                     { args->children_only, VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY },
                     { args->metadata, VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY });

    if (!checkpoint)
        return FALSE;
    if (virDomainCheckpointDelete (checkpoint, flags) < 0)
        return virsh_fail (error, _ ("Failed to delete checkpoint %s"), args->name);
    cli_say (cli,
             args->children_only ? _ ("Domain checkpoint %s children deleted\n")
                                 : _ ("Domain checkpoint %s deleted\n"),
             args->name);
    return TRUE;
}

static gboolean
run_dumpxml (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainCheckpoint) checkpoint =
        domain ? find (domain, args, error) : NULL;
    VIRSH_TEXT xml = NULL;

    if (!checkpoint)
        return FALSE;
    xml = virDomainCheckpointGetXMLDesc (
        checkpoint, VIRSH_FLAGS ({ args->secure, VIR_DOMAIN_CHECKPOINT_XML_SECURE },
                                 { args->no_domain, VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN },
                                 { args->size, VIR_DOMAIN_CHECKPOINT_XML_SIZE }));
    return xml ? virsh_print_xml (cli, xml, args->xpath, args->wrap, error)
               : virsh_fail (error, "%s", "");
}

static gboolean
run_parent (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainCheckpoint) checkpoint =
        domain ? find (domain, args, error) : NULL;
    g_autoptr (virDomainCheckpoint) parent = NULL;
    const char *name;

    if (!checkpoint)
        return FALSE;
    name = virDomainCheckpointGetName (checkpoint);
    parent = virDomainCheckpointGetParent (checkpoint, 0);
    return virsh_moment_print_parent (
        cli, parent ? virDomainCheckpointGetName (parent) : NULL,
        VIR_ERR_NO_DOMAIN_CHECKPOINT, _ ("checkpoint '%s' has no parent"), name, error);
}

static void
add_count (CliRecord *record, const char *key, const char *label,
           virDomainCheckpointPtr checkpoint, unsigned flags)
{
    int count = virDomainCheckpointListAllChildren (checkpoint, NULL, flags);

    if (count >= 0)
        cli_record_int (record, key, label, count);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainCheckpoint) checkpoint =
        domain ? find (domain, args, error) : NULL;
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autoptr (virDomainCheckpoint) parent =
        checkpoint ? virDomainCheckpointGetParent (checkpoint, 0) : NULL;

    if (!checkpoint)
        return FALSE;
    cli_record_string (record, "name", "Name", args->name);
    cli_record_string (record, "domain", "Domain", virDomainGetName (domain));
    cli_record_string (record, "parent", "Parent",
                       parent ? virDomainCheckpointGetName (parent) : NULL);
    add_count (record, "children", "Children", checkpoint, 0);
    add_count (record, "descendants", "Descendants", checkpoint,
               VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS);
    return cli_print_record (cli, record, 15, error);
}

/* A checkpoint cannot be renamed: what a new name made is taken back. */
static gboolean
settle_name (Cli *cli, const Args *args, virDomainCheckpointPtr after, GError **error)
{
    const char *name = virDomainCheckpointGetName (after);

    if (strcmp (name, args->name) == 0) {
        cli_say (cli, _ ("Checkpoint %s edited.\n"), name);
        return TRUE;
    }
    if (virDomainCheckpointDelete (after, VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY) < 0)
        return virsh_fail (error, _ ("Failed to clean up %s"), name);
    return vy_throw (error, VY_ERROR_USAGE, _ ("Cannot rename checkpoint %s to %s"),
                     args->name, name);
}

static gboolean
run_edit (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (virDomainCheckpoint) checkpoint =
        domain ? find (domain, args, error) : NULL;
    g_autoptr (virDomainCheckpoint) after = NULL;
    VIRSH_TEXT xml =
        checkpoint
            ? virDomainCheckpointGetXMLDesc (checkpoint, VIR_DOMAIN_CHECKPOINT_XML_SECURE)
            : NULL;
    g_autofree char *edited = NULL;

    if (!xml)
        return checkpoint && virsh_fail (error, "%s", "");
    if (!virsh_edit (cli, xml, &edited, error))
        return FALSE;
    if (!edited) {
        cli_say (cli, _ ("Checkpoint %s XML configuration not changed.\n"), args->name);
        return TRUE;
    }
    after = virDomainCheckpointCreateXML (domain, edited,
                                          VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE);
    if (!after)
        return virsh_fail (error, _ ("Failed to update %s"), args->name);
    return settle_name (cli, args, after, error);
}

/* ---- lists
 * -------------------------------------------------------------------------------- */

static gboolean
check_list (const Args *args, GError **error)
{
    const VirshGiven filters[] = { { args->roots, "roots" },
                                   { args->leaves, "leaves" },
                                   { args->no_leaves, "no-leaves" } };

    if (!virsh_exclusive (args->view.parent, "parent", args->roots, "roots", error) ||
        !virsh_exclusive (args->roots, "roots", args->from != NULL, "from", error) ||
        !virsh_moments_check_tree (&args->view, filters, G_N_ELEMENTS (filters), error))
        return FALSE;
    return !args->descendants || args->from ||
           vy_throw (error, VY_ERROR_USAGE, _ ("--descendants requires --from"));
}

static gboolean
add (GPtrArray *moments, virDomainCheckpointPtr checkpoint, GError **error)
{
    VIRSH_TEXT xml =
        virDomainCheckpointGetXMLDesc (checkpoint, VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN);

    return virsh_moments_add (moments, xml, VIR_ERR_NO_DOMAIN_CHECKPOINT, error);
}

static gboolean
collect (virDomainPtr domain, virDomainCheckpointPtr start, const Args *args,
         GPtrArray *moments, GError **error)
{
    unsigned flags =
        VIRSH_FLAGS ({ args->roots, VIR_DOMAIN_CHECKPOINT_LIST_ROOTS },
                     { args->descendants || (args->view.tree && start),
                       VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS },
                     { args->leaves, VIR_DOMAIN_CHECKPOINT_LIST_LEAVES },
                     { args->no_leaves, VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES },
                     { args->view.topological, VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL });
    virDomainCheckpointPtr *checkpoints = NULL;
    int n = start ? virDomainCheckpointListAllChildren (start, &checkpoints, flags)
                  : virDomainListAllCheckpoints (domain, &checkpoints, flags);
    gboolean ok = n >= 0 || virsh_fail (error, "%s", "");

    for (int i = 0; i < n; i++) {
        ok = ok && add (moments, checkpoints[i], error);
        virDomainCheckpointFree (checkpoints[i]);
    }
    free (checkpoints);
    return ok;
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (virDomainCheckpoint) start = NULL;
    g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (virsh_moment_free);

    if (!check_list (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (args->from) {
        start = virDomainCheckpointLookupByName (domain, args->from, 0);
        if (!start)
            return virsh_fail (error, "%s", "");
        if (args->view.tree && !add (moments, start, error))
            return FALSE;
        for (guint i = 0; i < moments->len; i++)
            g_clear_pointer (&((VirshMoment *) g_ptr_array_index (moments, i))->parent,
                             g_free);
    }
    return collect (domain, start, args, moments, error) &&
           virsh_moments_print (cli, moments, &args->view, error);
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

#define CHECKPOINT                                                                       \
    VIRSH_STRING (Args, name, "checkpointname", "CHECKPOINT", "name of a checkpoint")
#define QUIESCE                                                                          \
    VIRSH_FLAG (Args, quiesce, "quiesce", "with the guest's file systems frozen")

static const CliOption create_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "xmlfile", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, file),
      N_ ("FILE"), N_ ("file with the checkpoint's XML") },
    VIRSH_FLAG (Args, redefine, "redefine", "make known one that exists"),
    VIRSH_FLAG (Args, redefine_validate, "redefine-validate",
                "with --redefine: look whether its bitmaps are there"),
    QUIESCE,
    { 0 },
};
static const CliOption create_as_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, name, "name", "NAME", "its name"),
    VIRSH_STRING (Args, description, "description", "TEXT", "what it is for"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    QUIESCE,
    { "diskspec", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, offsetof (Args, disks),
      N_ ("SPEC"), N_ ("a disk: NAME[,checkpoint=TYPE][,bitmap=NAME]") },
    { 0 },
};
static const CliOption delete_options[] = {
    VIRSH_DOMAIN (Args, domain),
    CHECKPOINT,
    VIRSH_FLAG (Args, children, "children", "and what is based on it"),
    VIRSH_FLAG (Args, children_only, "children-only", "only what is based on it"),
    VIRSH_FLAG (Args, metadata, "metadata", "forget it, but leave its data"),
    { 0 },
};
static const CliOption dumpxml_options[] = {
    VIRSH_DOMAIN (Args, domain),
    CHECKPOINT,
    VIRSH_FLAG (Args, secure, "security-info", "with passwords"),
    VIRSH_FLAG (Args, no_domain, "no-domain", "without the domain's XML"),
    VIRSH_FLAG (Args, size, "size", "with the size a backup since would have"),
    VIRSH_OPTION (Args, xpath, "xpath", "XPATH", "print only what this finds"),
    VIRSH_FLAG (Args, wrap, "wrap", "put the results into one root element"),
    { 0 },
};
static const CliOption one_options[] = {
    VIRSH_DOMAIN (Args, domain),
    CHECKPOINT,
    { 0 },
};
static const CliOption list_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, view.parent, "parent", "with the name of what each is based on"),
    VIRSH_FLAG (Args, roots, "roots", "only what is based on nothing"),
    VIRSH_FLAG (Args, leaves, "leaves", "only what nothing is based on"),
    VIRSH_FLAG (Args, no_leaves, "no-leaves", "only what others are based on"),
    VIRSH_FLAG (Args, view.tree, "tree", "as a tree"),
    VIRSH_STRING (Args, from, "from", "CHECKPOINT", "only what is based on this one"),
    VIRSH_FLAG (Args, descendants, "descendants", "with --from: at any distance"),
    VIRSH_FLAG (Args, view.names, "name", "print only names"),
    VIRSH_FLAG (Args, view.topological, "topological", "parents before their children"),
    { 0 },
};

const CliCommand virsh_checkpoint_commands[] = {
    VIRSH_COMMAND ("checkpoint-create", N_ ("make a checkpoint out of XML"),
                   create_options, run_create),
    VIRSH_COMMAND ("checkpoint-create-as", N_ ("make a checkpoint"), create_as_options,
                   run_create_as),
    VIRSH_COMMAND ("checkpoint-delete", N_ ("delete a checkpoint"), delete_options,
                   run_delete),
    VIRSH_COMMAND ("checkpoint-dumpxml", N_ ("print a checkpoint's XML"), dumpxml_options,
                   run_dumpxml),
    VIRSH_COMMAND ("checkpoint-edit", N_ ("edit a checkpoint's XML"), one_options,
                   run_edit),
    VIRSH_COMMAND ("checkpoint-info", N_ ("what a checkpoint is"), one_options, run_info),
    VIRSH_COMMAND ("checkpoint-list", N_ ("list the checkpoints of a domain"),
                   list_options, run_list),
    VIRSH_COMMAND ("checkpoint-parent", N_ ("what a checkpoint is based on"), one_options,
                   run_parent),
    { 0 },
};
