/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making snapshots: snapshot-create snapshot-create-as */
#include "moments.h"

typedef struct {
    char *domain, *file, *name, *description, *memory;
    char **disks;
    gboolean redefine, current, no_metadata, halt, disk_only, reuse, quiesce, atomic;
    gboolean live, validate, print_xml;
} Args;

static unsigned
create_flags (const Args *args)
{
    return VIRSH_FLAGS ({ args->redefine, VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE },
                        { args->current, VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT },
                        { args->no_metadata, VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA },
                        { args->halt, VIR_DOMAIN_SNAPSHOT_CREATE_HALT },
                        { args->disk_only, VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY },
                        { args->reuse, VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT },
                        { args->quiesce, VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE },
                        { args->atomic, VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC },
                        { args->live, VIR_DOMAIN_SNAPSHOT_CREATE_LIVE },
                        { args->validate, VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE });
}

/* For drivers that do not halt by themselves: NULL as well when that failed. */
static virDomainSnapshotPtr
create_and_halt (virDomainPtr domain, const char *xml, unsigned flags)
{
    virDomainSnapshotPtr snapshot;

    if (virDomainIsPersistent (domain) != 1)
        return NULL; /* it would be gone, with the snapshot */
    snapshot = virDomainSnapshotCreateXML (
        domain, xml, flags & ~(unsigned) VIR_DOMAIN_SNAPSHOT_CREATE_HALT);
    if (!snapshot || virDomainIsActive (domain) != 1 || virDomainDestroy (domain) == 0)
        return snapshot;
    virDomainSnapshotFree (snapshot);
    return NULL;
}

static virDomainSnapshotPtr
create_by_flags (virDomainPtr domain, const char *xml, unsigned flags)
{
    virDomainSnapshotPtr snapshot = virDomainSnapshotCreateXML (domain, xml, flags);

    if (snapshot || !(flags & VIR_DOMAIN_SNAPSHOT_CREATE_HALT) ||
        virGetLastErrorCode () != VIR_ERR_INVALID_ARG)
        return snapshot;
    return create_and_halt (domain, xml, flags);
}

static gboolean
create (Cli *cli, virDomainPtr domain, const char *xml, const Args *args, GError **error)
{
    g_autoptr (virDomainSnapshot) snapshot =
        create_by_flags (domain, xml, create_flags (args));
    const char *name = snapshot ? virDomainSnapshotGetName (snapshot) : NULL;

    if (!name)
        return virsh_fail (error, "%s", "");
    if (args->file)
        cli_say (cli, _ ("Domain snapshot %s created from '%s'"), name, args->file);
    else
        cli_say (cli, _ ("Domain snapshot %s created"), name);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domainsnapshot");
    g_autofree char *xml = NULL;

    if (!domain)
        return FALSE;
    xml = args->file ? virsh_read_file (args->file, error)
                     : vy_xml_to_string (xmlDocGetRootElement (doc));
    return xml && create (cli, domain, xml, args, error);
}

/* ---- out of options
 * ----------------------------------------------------------------------- */

/* "[file=]PATH[,snapshot=TYPE]" */
static gboolean
add_memory (xmlNode *root, const char *spec, GError **error)
{
    VirshSpecKey keys[] = { { "snapshot", NULL }, { "file", NULL } };
    gboolean bare = *spec == '/';
    g_autofree char *path = NULL;
    gboolean ok =
        virsh_spec_parse (spec, keys, G_N_ELEMENTS (keys), bare ? 1 : 0, &path) &&
        !(bare && keys[1].value);

    if (ok) {
        xmlNode *memory = vy_xml_ensure (root, "memory");

        vy_xml_set (memory, "@snapshot", keys[0].value);
        vy_xml_set (memory, "@file", bare ? path : keys[1].value);
    }
    virsh_spec_clear (keys, G_N_ELEMENTS (keys));
    return ok ||
           vy_throw (error, VY_ERROR_USAGE, _ ("unable to parse memspec: %s"), spec);
}

enum { DISK_SNAPSHOT, DISK_DRIVER, DISK_STORAGE, DISK_FILE, DISK_KEYS };

static void
fill_disk (xmlNode *disk, const char *name, const VirshSpecKey *keys)
{
    gboolean is_block = g_strcmp0 (keys[DISK_STORAGE].value, "block") == 0;

    vy_xml_set (disk, "@name", name);
    vy_xml_set (disk, "@snapshot", keys[DISK_SNAPSHOT].value);
    vy_xml_set (disk, "@type", keys[DISK_STORAGE].value);
    if (keys[DISK_DRIVER].value)
        vy_xml_set (disk, "driver/@type", keys[DISK_DRIVER].value);
    if (keys[DISK_FILE].value)
        vy_xml_set (disk, is_block ? "source/@dev" : "source/@file",
                    keys[DISK_FILE].value);
}

/* "DISK[,snapshot=TYPE][,driver=TYPE][,stype=TYPE][,file=PATH]" */
static gboolean
add_disk (xmlNode *disks, const char *spec, GError **error)
{
    VirshSpecKey keys[DISK_KEYS] = {
        { "snapshot", NULL }, { "driver", NULL }, { "stype", NULL }, { "file", NULL }
    };
    g_autofree char *name = NULL;
    gboolean ok = virsh_spec_parse (spec, keys, DISK_KEYS, 1, &name) && *name;
    const char *storage = keys[DISK_STORAGE].value;

    if (ok && storage && strcmp (storage, "file") != 0 && strcmp (storage, "block") != 0)
        ok = vy_throw (error, VY_ERROR_USAGE,
                       _ ("unable to parse diskspec: %s (stype is file or block)"), spec);
    else if (!ok)
        vy_throw (error, VY_ERROR_USAGE, _ ("unable to parse diskspec: %s"), spec);
    else
        fill_disk (vy_xml_add (disks, "disk"), name, keys);
    virsh_spec_clear (keys, DISK_KEYS);
    return ok;
}

static gboolean
build (xmlNode *root, const Args *args, GError **error)
{
    vy_xml_set (root, "name", args->name);
    vy_xml_set (root, "description", args->description);
    if (args->memory && !add_memory (root, args->memory, error))
        return FALSE;
    for (char **spec = args->disks; spec && *spec; spec++)
        if (!add_disk (vy_xml_ensure (root, "disks"), *spec, error))
            return FALSE;
    return TRUE;
}

static gboolean
run_create_as (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domainsnapshot");
    g_autofree char *xml = NULL;

    if (!domain || !build (xmlDocGetRootElement (doc), args, error))
        return FALSE;
    xml = virsh_moment_text (doc);
    if (!args->print_xml)
        return create (cli, domain, xml, args, error);
    cli_print (cli, "%s\n", xml);
    return TRUE;
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

#define HOW                                                                              \
    VIRSH_FLAG (Args, no_metadata, "no-metadata", "leave nothing of it with libvirt"),   \
        VIRSH_FLAG (Args, halt, "halt", "end the domain afterwards"),                    \
        VIRSH_FLAG (Args, disk_only, "disk-only", "of disks, not of memory"),            \
        VIRSH_FLAG (Args, reuse, "reuse-external", "into files that are there already"), \
        VIRSH_FLAG (Args, quiesce, "quiesce", "with the guest's file systems frozen"),   \
        VIRSH_FLAG (Args, atomic, "atomic", "of all disks or none"),                     \
        VIRSH_FLAG (Args, live, "live", "while the domain runs on"),                     \
        VIRSH_FLAG (Args, validate, "validate", "check the XML against the schema")

static const CliOption create_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "xmlfile", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, file),
      N_ ("FILE"), N_ ("file with the snapshot's XML") },
    VIRSH_FLAG (Args, redefine, "redefine", "make known one that exists"),
    VIRSH_FLAG (Args, current, "current", "with --redefine: it becomes the current one"),
    HOW,
    { 0 },
};
static const CliOption create_as_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, name, "name", "NAME", "its name"),
    VIRSH_STRING (Args, description, "description", "TEXT", "what it is for"),
    VIRSH_FLAG (Args, print_xml, "print-xml", "print the XML and do nothing"),
    HOW,
    VIRSH_OPTION (Args, memory, "memspec", "SPEC",
                  "the memory: [file=]PATH[,snapshot=TYPE]"),
    { "diskspec", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, offsetof (Args, disks),
      N_ ("SPEC"),
      N_ ("a disk: NAME[,snapshot=TYPE][,driver=TYPE][,stype=TYPE][,file=PATH]") },
    { 0 },
};

const CliCommand virsh_snapshot_create_commands[] = {
    VIRSH_COMMAND ("snapshot-create", N_ ("make a snapshot out of XML"), create_options,
                   run_create),
    { "snapshot-create-as", N_ ("make a snapshot"), create_as_options, sizeof (Args),
      run_create_as,
      .description = N_ (
          "Without further words the snapshot is inside of the disks' images, with the "
          "memory of a running domain. --disk-only or a SPEC with snapshot=external "
          "puts what is written from now on into new files. A comma inside of a value "
          "is written twice.") },
    { 0 },
};
