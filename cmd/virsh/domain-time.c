/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The clock of a guest: domtime */
#include "virsh.h"

typedef struct {
    char *domain;
    gint64 time_s;
    gboolean now, pretty, sync;
} Args;

static const CliOption time_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, now, "now", "set it to this machine's time"),
    VIRSH_FLAG (Args, pretty, "pretty", "show it as a date"),
    VIRSH_FLAG (Args, sync, "sync", "set it to the guest's own hardware clock"),
    { .name = "time",
      .type = CLI_INT64,
      .flags = CLI_POSITIONAL,
      .offset = offsetof (Args, time_s),
      .metavar = N_ ("SECONDS"),
      .help = N_ ("set it to this time, in seconds since 1970") },
    { 0 },
};

static gboolean
set_time (const Args *args, virDomainPtr domain, GError **error)
{
    long long seconds = args->now ? g_get_real_time () / G_USEC_PER_SEC : args->time_s;

    return virDomainSetTime (domain, seconds, 0,
                             args->sync ? VIR_DOMAIN_TIME_SYNC : 0u) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
show_time (Cli *cli, const Args *args, virDomainPtr domain, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();
    long long seconds = 0;
    unsigned nanoseconds = 0;

    if (virDomainGetTime (domain, &seconds, &nanoseconds, 0) < 0)
        return virsh_fail (error, "%s", "");
    cli_record_int (record, "time", NULL, seconds);
    cli_record_uint (record, "nanoseconds", NULL, nanoseconds);
    if (cli_is_structured (cli))
        return cli_print_record (cli, record, 0, error);
    if (args->pretty) {
        g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
        g_autofree char *text = date ? g_date_time_format (date, "%F %T") : NULL;

        if (!text)
            return vy_throw (error, VY_ERROR_FAILED, _ ("the guest's time is no date"));
        cli_print (cli, _ ("Time: %s"), text);
        return TRUE;
    }
    cli_print (cli, _ ("Time: %lld"), seconds);
    return TRUE;
}

static gboolean
run_domtime (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    gboolean given = cli_has (cli, "time");
    g_autoptr (virDomain) domain = NULL;

    if (!virsh_exclusive (given, "time", args->now, "now", error) ||
        !virsh_exclusive (given, "time", args->sync, "sync", error) ||
        !virsh_exclusive (args->now, "now", args->sync, "sync", error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    return given || args->now || args->sync ? set_time (args, domain, error)
                                            : show_time (cli, args, domain, error);
}

const CliCommand virsh_domain_time_commands[] = {
    VIRSH_COMMAND ("domtime", N_ ("show or set a guest's clock"), time_options,
                   run_domtime),
    { 0 },
};
