/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* snapshot-list: what snapshots a domain has */
#include "moments.h"

typedef struct {
    char *domain, *from;
    gboolean roots, leaves, no_leaves, metadata, no_metadata, inactive, active;
    gboolean disk_only, internal, external, current, descendants;
    VirshMomentView view;
} Args;

static gboolean
check (const Args *args, GError **error)
{
    const VirshGiven filters[] = {
        { args->roots, "roots" },         { args->leaves, "leaves" },
        { args->no_leaves, "no-leaves" }, { args->inactive, "inactive" },
        { args->active, "active" },       { args->disk_only, "disk-only" },
        { args->internal, "internal" },   { args->external, "external" }
    };
    gboolean from = args->from != NULL;

    if (!virsh_exclusive (args->view.parent, "parent", args->roots, "roots", error) ||
        !virsh_exclusive (args->roots, "roots", from, "from", error) ||
        !virsh_exclusive (args->roots, "roots", args->current, "current", error) ||
        !virsh_exclusive (from, "from", args->current, "current", error) ||
        !virsh_moments_check_tree (&args->view, filters, G_N_ELEMENTS (filters), error))
        return FALSE;
    return !args->descendants || from || args->current ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("--descendants requires either --from or --current"));
}

static unsigned
list_flags (const Args *args, gboolean has_start)
{
    return VIRSH_FLAGS ({ args->roots, VIR_DOMAIN_SNAPSHOT_LIST_ROOTS },
                        { args->descendants || (args->view.tree && has_start),
                          VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS },
                        { args->leaves, VIR_DOMAIN_SNAPSHOT_LIST_LEAVES },
                        { args->no_leaves, VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES },
                        { args->metadata, VIR_DOMAIN_SNAPSHOT_LIST_METADATA },
                        { args->no_metadata, VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA },
                        { args->inactive, VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE },
                        { args->active, VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE },
                        { args->disk_only, VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY },
                        { args->internal, VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL },
                        { args->external, VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL },
                        { args->view.topological, VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL });
}

static gboolean
add (GPtrArray *moments, virDomainSnapshotPtr snapshot, GError **error)
{
    VIRSH_TEXT xml = virDomainSnapshotGetXMLDesc (snapshot, 0);

    return virsh_moments_add (moments, xml, VIR_ERR_NO_DOMAIN_SNAPSHOT, error);
}

/* @start (nullable): list what is below it */
static gboolean
collect (virDomainPtr domain, virDomainSnapshotPtr start, const Args *args,
         GPtrArray *moments, GError **error)
{
    virDomainSnapshotPtr *snapshots = NULL;
    unsigned flags = list_flags (args, start != NULL);
    int n = start ? virDomainSnapshotListAllChildren (start, &snapshots, flags)
                  : virDomainListAllSnapshots (domain, &snapshots, flags);
    gboolean ok = n >= 0 || virsh_fail (error, "%s", "");

    for (int i = 0; i < n; i++) {
        ok = ok && add (moments, snapshots[i], error);
        virDomainSnapshotFree (snapshots[i]);
    }
    free (snapshots);
    return ok;
}

/* The tree begins with the snapshot it starts from. */
static gboolean
add_start (virDomainSnapshotPtr start, GPtrArray *moments, GError **error)
{
    VirshMoment *moment;

    if (!add (moments, start, error))
        return FALSE;
    moment = moments->len ? g_ptr_array_index (moments, 0) : NULL;
    if (moment)
        g_clear_pointer (&moment->parent, g_free);
    return TRUE;
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (virDomainSnapshot) start = NULL;
    g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (virsh_moment_free);

    args->view.has_state = TRUE;
    if (!check (args, error) || !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (args->from || args->current) {
        start = args->from ? virDomainSnapshotLookupByName (domain, args->from, 0)
                           : virDomainSnapshotCurrent (domain, 0);
        if (!start)
            return virsh_fail (error, "%s", "");
        if (args->view.tree && !add_start (start, moments, error))
            return FALSE;
    }
    return collect (domain, start, args, moments, error) &&
           virsh_moments_print (cli, moments, &args->view, error);
}

static const CliOption list_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, view.parent, "parent", "with the name of what each is based on"),
    VIRSH_FLAG (Args, roots, "roots", "only what is based on nothing"),
    VIRSH_FLAG (Args, leaves, "leaves", "only what nothing is based on"),
    VIRSH_FLAG (Args, no_leaves, "no-leaves", "only what others are based on"),
    VIRSH_FLAG (Args, metadata, "metadata", "only what keeps a domain from undefine"),
    VIRSH_FLAG (Args, no_metadata, "no-metadata", "only what libvirt keeps nothing of"),
    VIRSH_FLAG (Args, inactive, "inactive", "only of a domain that was shut off"),
    VIRSH_FLAG (Args, active, "active", "only of a domain that ran"),
    VIRSH_FLAG (Args, disk_only, "disk-only", "only of disks without memory"),
    VIRSH_FLAG (Args, internal, "internal", "only inside of the disks' images"),
    VIRSH_FLAG (Args, external, "external", "only in files of their own"),
    VIRSH_FLAG (Args, view.tree, "tree", "as a tree"),
    VIRSH_STRING (Args, from, "from", "SNAPSHOT", "only what is based on this one"),
    VIRSH_FLAG (Args, current, "current", "only what is based on the current one"),
    VIRSH_FLAG (Args, descendants, "descendants", "with --from: at any distance"),
    VIRSH_FLAG (Args, view.names, "name", "print only names"),
    VIRSH_FLAG (Args, view.topological, "topological", "parents before their children"),
    { 0 },
};

const CliCommand virsh_snapshot_list_commands[] = {
    VIRSH_COMMAND ("snapshot-list", N_ ("list the snapshots of a domain"), list_options,
                   run_list),
    { 0 },
};
