/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How fast domains migrate, and how long they may stand still: migrate-… */
#include "virsh.h"

typedef struct {
    char *domain;
    guint64 downtime_ms, speed_mib, size;
    gboolean postcopy;
} Args;

/* One number: bare for text, a record with the unit in its key otherwise. */
static gboolean
print_number (Cli *cli, const char *key, guint64 value, const char *text, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!cli_is_structured (cli)) {
        cli_print (cli, "%s\n", text);
        return TRUE;
    }
    cli_record_uint (record, key, NULL, value);
    return cli_print_record (cli, record, 0, error);
}

static gboolean
run_setmaxdowntime (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (args->downtime_ms < 1)
        return vy_throw (error, VY_ERROR_USAGE, _ ("migrate: Invalid downtime"));
    return virDomainMigrateSetMaxDowntime (domain, args->downtime_ms, 0) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
run_getmaxdowntime (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned long long downtime_ms;
    g_autofree char *text = NULL;

    if (!domain)
        return FALSE;
    if (virDomainMigrateGetMaxDowntime (domain, &downtime_ms, 0) < 0)
        return virsh_fail (error, "%s", "");
    text = g_strdup_printf ("%llu", downtime_ms);
    return print_number (cli, "max_downtime_ms", downtime_ms, text, error);
}

/* "64.000 MiB" */
static char *
size_text (guint64 size)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double value = (double) size;
    gsize unit = 0;

    while (value >= 1024 && unit + 1 < G_N_ELEMENTS (units)) {
        value /= 1024;
        unit++;
    }
    return g_strdup_printf (_ ("Compression cache: %.3f %s"), value, units[unit]);
}

static gboolean
run_compcache (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned long long size;
    g_autofree char *text = NULL;

    if (!domain)
        return FALSE;
    if (cli_has (cli, "size") &&
        virDomainMigrateSetCompressionCache (domain, args->size, 0) < 0)
        return virsh_fail (error, "%s", "");
    if (virDomainMigrateGetCompressionCache (domain, &size, 0) < 0)
        return virsh_fail (error, "%s", "");
    text = size_text (size);
    return print_number (cli, "compression_cache_bytes", size, text, error);
}

static unsigned
speed_flags (const Args *args)
{
    return args->postcopy ? VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY : 0;
}

static gboolean
run_setspeed (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    return domain &&
           (virDomainMigrateSetMaxSpeed (domain, (unsigned long) args->speed_mib,
                                         speed_flags (args)) == 0 ||
            virsh_fail (error, "%s", ""));
}

static gboolean
run_getspeed (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned long speed_mib;
    g_autofree char *text = NULL;

    if (!domain)
        return FALSE;
    if (virDomainMigrateGetMaxSpeed (domain, &speed_mib, speed_flags (args)) < 0)
        return virsh_fail (error, "%s", "");
    text = g_strdup_printf ("%lu", speed_mib);
    return print_number (cli, "max_speed_mib_per_s", speed_mib, text, error);
}

static gboolean
run_postcopy (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    return domain && (virDomainMigrateStartPostCopy (domain, 0) == 0 ||
                      virsh_fail (error, "%s", ""));
}

static const CliOption domain_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { 0 },
};
static const CliOption downtime_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "downtime", 0, CLI_UINT64, CLI_POSITIONAL | CLI_REQUIRED,
      offsetof (Args, downtime_ms), N_ ("MILLISECONDS"),
      N_ ("how long it may stand still") },
    { 0 },
};
static const CliOption compcache_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "size", 0, CLI_UINT64, 0, offsetof (Args, size), N_ ("BYTES"),
      N_ ("the new size of the cache for compression") },
    { 0 },
};
static const CliOption setspeed_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "bandwidth", 0, CLI_UINT64, CLI_POSITIONAL | CLI_REQUIRED | CLI_WRAPS,
      offsetof (Args, speed_mib), N_ ("MIB"), N_ ("the most in MiB a second") },
    VIRSH_FLAG (Args, postcopy, "postcopy", "once it has switched to post-copy"),
    { 0 },
};
static const CliOption getspeed_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, postcopy, "postcopy", "once it has switched to post-copy"),
    { 0 },
};

const CliCommand virsh_migrate_tune_commands[] = {
    VIRSH_COMMAND ("migrate-compcache", N_ ("cache for compression of a migration"),
                   compcache_options, run_compcache),
    VIRSH_COMMAND ("migrate-getmaxdowntime", N_ ("how long a migration may stop it"),
                   domain_options, run_getmaxdowntime),
    VIRSH_COMMAND ("migrate-getspeed", N_ ("how fast a migration may be"),
                   getspeed_options, run_getspeed),
    VIRSH_COMMAND ("migrate-postcopy", N_ ("run it on the other host already"),
                   domain_options, run_postcopy),
    VIRSH_COMMAND ("migrate-setmaxdowntime", N_ ("limit how long a migration stops it"),
                   downtime_options, run_setmaxdowntime),
    VIRSH_COMMAND ("migrate-setspeed", N_ ("limit how fast a migration is"),
                   setspeed_options, run_setspeed),
    { 0 },
};
