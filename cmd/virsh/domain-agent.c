/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a guest's agent tells and does: domhostname guestinfo domfsinfo domfsfreeze
 * domfsthaw domfstrim guest-agent-timeout */
#include "virsh.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomainFSInfo, virDomainFSInfoFree)

typedef struct {
    char *domain, *source, *mountpoint;
    char **mountpoints;
    guint64 minimum;
    int timeout_s;
    gboolean user, os, timezone, hostname, filesystem, disk, interface;
} Args;

static gboolean
run_hostname (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT name = NULL;
    unsigned flags = 0;

    if (g_strcmp0 (args->source, "lease") == 0)
        flags = VIR_DOMAIN_GET_HOSTNAME_LEASE;
    else if (g_strcmp0 (args->source, "agent") == 0)
        flags = VIR_DOMAIN_GET_HOSTNAME_AGENT;
    else if (args->source)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Unknown data source '%s'"),
                         args->source);
    domain = virsh_domain (cli, args->domain, error);
    if (!domain)
        return FALSE;
    name = virDomainGetHostname (domain, flags);
    if (!name)
        return virsh_fail (error, "%s", _ ("failed to get hostname"));
    cli_print (cli, "%s\n", name);
    return TRUE;
}

static gboolean
run_guestinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_auto (VirshParams) params = { 0 };
    unsigned types = VIRSH_FLAGS ({ args->user, VIR_DOMAIN_GUEST_INFO_USERS },
                                  { args->os, VIR_DOMAIN_GUEST_INFO_OS },
                                  { args->timezone, VIR_DOMAIN_GUEST_INFO_TIMEZONE },
                                  { args->hostname, VIR_DOMAIN_GUEST_INFO_HOSTNAME },
                                  { args->filesystem, VIR_DOMAIN_GUEST_INFO_FILESYSTEM },
                                  { args->disk, VIR_DOMAIN_GUEST_INFO_DISKS },
                                  { args->interface, VIR_DOMAIN_GUEST_INFO_INTERFACES });

    if (!domain)
        return FALSE;
    if (virDomainGetGuestInfo (domain, types, &params.list, &params.n, 0) < 0)
        return virsh_fail (error, "%s", "");
    return virsh_params_print (cli, &params, NULL, 20, error);
}

/* ---- filesystems
 * -------------------------------------------------------------------------- */

typedef struct {
    virDomainFSInfoPtr info;
    const char *mountpoint, *name, *type;
    char **targets; /* NULL-terminated; the strings are the info's */
} FilesystemRow;

static void
row_free (gpointer data)
{
    FilesystemRow *row = data;

    g_free (row->targets);
    virDomainFSInfoFree (row->info);
    g_free (row);
}

static const CliColumn columns[] = {
    { "mountpoint", N_ ("Mountpoint"), CLI_COL_STRING,
      offsetof (FilesystemRow, mountpoint) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (FilesystemRow, name) },
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (FilesystemRow, type) },
    { "target", N_ ("Target"), CLI_COL_STRINGS, offsetof (FilesystemRow, targets) },
    { 0 },
};

static FilesystemRow *
row_new (virDomainFSInfoPtr info)
{
    FilesystemRow *row = g_new0 (FilesystemRow, 1);

    row->info = info;
    row->mountpoint = info->mountpoint;
    row->name = info->name;
    row->type = info->fstype;
    row->targets = g_new0 (char *, info->ndevAlias + 1);
    for (size_t i = 0; i < info->ndevAlias; i++)
        row->targets[i] = info->devAlias[i];
    return row;
}

static gboolean
run_fsinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    virDomainFSInfoPtr *infos = NULL;
    int n;

    if (!domain)
        return FALSE;
    n = virDomainGetFSInfo (domain, &infos, 0);
    if (n < 0)
        return virsh_fail (error, "%s", _ ("Unable to get filesystem information"));
    for (int i = 0; i < n; i++)
        g_ptr_array_add (rows, row_new (infos[i]));
    free (infos);
    if (n > 0 || cli_is_structured (cli))
        return cli_print_table (cli, columns, rows, error);
    cli_say (cli, _ ("No filesystems are mounted in the domain"));
    return TRUE;
}

static unsigned
count_mountpoints (const Args *args)
{
    return args->mountpoints ? g_strv_length (args->mountpoints) : 0;
}

static gboolean
run_freeze (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int n;

    if (!domain)
        return FALSE;
    n = virDomainFSFreeze (domain, (const char **) args->mountpoints,
                           count_mountpoints (args), 0);
    if (n < 0)
        return virsh_fail (error, "%s", _ ("Unable to freeze filesystems"));
    cli_say (cli, _ ("Froze %d filesystem(s)\n"), n);
    return TRUE;
}

static gboolean
run_thaw (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int n;

    if (!domain)
        return FALSE;
    n = virDomainFSThaw (domain, (const char **) args->mountpoints,
                         count_mountpoints (args), 0);
    if (n < 0)
        return virsh_fail (error, "%s", _ ("Unable to thaw filesystems"));
    cli_say (cli, _ ("Thawed %d filesystem(s)\n"), n);
    return TRUE;
}

static gboolean
run_trim (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    return domain && (virDomainFSTrim (domain, args->mountpoint, args->minimum, 0) == 0 ||
                      virsh_fail (error, "%s", _ ("Unable to invoke fstrim")));
}

static gboolean
run_timeout (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int seconds = cli_has (cli, "timeout") ? args->timeout_s
                                           : VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK;

    return domain && (virDomainAgentSetResponseTimeout (domain, seconds, 0) >= 0 ||
                      virsh_fail (error, "%s", ""));
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption hostname_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, source, "source", "SOURCE", "lease or agent"),
    { 0 },
};
static const CliOption guestinfo_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, user, "user", "who is logged in"),
    VIRSH_FLAG (Args, os, "os", "the operating system"),
    VIRSH_FLAG (Args, timezone, "timezone", "the time zone"),
    VIRSH_FLAG (Args, hostname, "hostname", "the guest's host name"),
    VIRSH_FLAG (Args, filesystem, "filesystem", "what is mounted"),
    VIRSH_FLAG (Args, disk, "disk", "the disks"),
    VIRSH_FLAG (Args, interface, "interface", "the network interfaces"),
    { 0 },
};
static const CliOption freeze_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "mountpoint", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV,
      offsetof (Args, mountpoints), N_ ("PATH"), N_ ("only what is mounted there") },
    { 0 },
};
static const CliOption trim_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "minimum", 0, CLI_UINT64, CLI_POSITIONAL, offsetof (Args, minimum), N_ ("BYTES"),
      N_ ("leave free ranges that are smaller, in bytes") },
    VIRSH_STRING (Args, mountpoint, "mountpoint", "PATH", "only what is mounted there"),
    { 0 },
};

static const CliOption timeout_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "timeout", 0, CLI_INT, 0, offsetof (Args, timeout_s), N_ ("SECONDS"),
      N_ ("how long the agent may take; without it: as long as it likes") },
    { 0 },
};

const CliCommand virsh_domain_agent_commands[] = {
    VIRSH_COMMAND ("domfsfreeze", N_ ("stop writes to a guest's filesystems"),
                   freeze_options, run_freeze),
    VIRSH_COMMAND ("domfsinfo", N_ ("list a guest's filesystems"), domain_options,
                   run_fsinfo),
    VIRSH_COMMAND ("domfsthaw", N_ ("let a guest's filesystems be written again"),
                   freeze_options, run_thaw),
    VIRSH_COMMAND ("domfstrim", N_ ("have a guest give back blocks it does not use"),
                   trim_options, run_trim),
    VIRSH_COMMAND ("domhostname", N_ ("print a guest's host name"), hostname_options,
                   run_hostname),
    VIRSH_COMMAND ("guest-agent-timeout", N_ ("set how long to wait for the agent"),
                   timeout_options, run_timeout),
    VIRSH_COMMAND ("guestinfo", N_ ("show what a guest's agent knows"), guestinfo_options,
                   run_guestinfo),
    { 0 },
};
