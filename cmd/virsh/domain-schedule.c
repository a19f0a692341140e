/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the host schedules a domain: schedinfo */
#include "virsh.h"

typedef struct {
    char *domain;
    char *weight, *cap;
    char **set;
    VirshAffect affect;
} Args;

static gboolean
read_params (const Args *args, virDomainPtr domain, VirshParams *params, unsigned flags,
             GError **error)
{
    gboolean both = args->affect.live && args->affect.config;
    int n = params->max;

    params->n = 0;
    if ((virsh_affect_is_plain (&args->affect)
             ? virDomainGetSchedulerParameters (domain, params->list, &n)
             : virDomainGetSchedulerParametersFlags (domain, params->list, &n,
                                                     both ? 0 : flags)) < 0)
        return virsh_fail (error, "%s", "");
    params->n = n;
    return TRUE;
}

static const virTypedParameter *
find_param (const VirshParams *params, const char *field)
{
    for (int i = 0; i < params->n; i++)
        if (strcmp (params->list[i].field, field) == 0)
            return &params->list[i];
    return NULL;
}

static gboolean
add_update (const VirshParams *params, VirshParams *updates, const char *field,
            const char *value, GError **error)
{
    const virTypedParameter *param = find_param (params, field);

    if (!param)
        return vy_throw (error, VY_ERROR_INVALID, _ ("invalid scheduler option: %s"),
                         field);
    return virTypedParamsAddFromString (&updates->list, &updates->n, &updates->max, field,
                                        param->type, value) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
add_set (const VirshParams *params, VirshParams *updates, const char *text,
         GError **error)
{
    const char *equals = strchr (text, '=');
    g_autofree char *field = equals ? g_strndup (text, (gsize) (equals - text)) : NULL;

    if (!field)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Invalid syntax for --set, expecting name=value"));
    return add_update (params, updates, field, equals + 1, error);
}

static gboolean
find_updates (const Args *args, const VirshParams *params, VirshParams *updates,
              GError **error)
{
    for (char **text = args->set; text && *text; text++)
        if (!add_set (params, updates, *text, error))
            return FALSE;
    return (!args->weight ||
            add_update (params, updates, "weight", args->weight, error)) &&
           (!args->cap || add_update (params, updates, "cap", args->cap, error));
}

/* Changes what is to be changed, and reads all of it again. */
static gboolean
apply_updates (const Args *args, virDomainPtr domain, VirshParams *params, unsigned flags,
               GError **error)
{
    g_auto (VirshParams) updates = { 0 };
    int result;

    if (!find_updates (args, params, &updates, error))
        return FALSE;
    if (updates.n == 0)
        return !args->affect.live || !args->affect.config ||
               vy_throw (error, VY_ERROR_USAGE,
                         _ ("cannot query both live and config at once"));
    result = virsh_affect_is_plain (&args->affect)
                 ? virDomainSetSchedulerParameters (domain, updates.list, updates.n)
                 : virDomainSetSchedulerParametersFlags (domain, updates.list, updates.n,
                                                         flags);
    return result == 0 ? read_params (args, domain, params, flags, error)
                       : virsh_fail (error, "%s", "");
}

static gboolean
print_all (Cli *cli, const char *type, const VirshParams *params, GError **error)
{
    g_autoptr (CliRecord) record = NULL;

    if (!cli_is_structured (cli))
        return virsh_params_print (cli, params, NULL, 15, error);
    record = cli_record_new ();
    cli_record_string (record, "scheduler", NULL, type);
    for (int i = 0; i < params->n; i++)
        virsh_record_param (record, NULL, &params->list[i]);
    return cli_print_record_pairs (cli, record, ": ", error);
}

static gboolean
run_schedinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT type = NULL;
    unsigned flags;
    int n = 0;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    type = virDomainGetSchedulerType (domain, &n);
    if (!type)
        virsh_fail (error, "%s", "");
    if (!cli_is_structured (cli))
        cli_print (cli, "%-15s: %s\n", _ ("Scheduler"), type ? type : _ ("Unknown"));
    if (!type)
        return FALSE;
    params.list = g_new0 (virTypedParameter, MAX (n, 1));
    params.max = n;
    return (n == 0 || (read_params (args, domain, &params, flags, error) &&
                       apply_updates (args, domain, &params, flags, error))) &&
           print_all (cli, type, &params, error);
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "weight", 0, CLI_STRING, CLI_NUMERIC | CLI_EMPTY_OK, offsetof (Args, weight),
      N_ ("NUMBER"), N_ ("the same as --set weight=NUMBER") },
    { "cap", 0, CLI_STRING, CLI_NUMERIC | CLI_EMPTY_OK, offsetof (Args, cap),
      N_ ("NUMBER"), N_ ("the same as --set cap=NUMBER") },
    VIRSH_FLAG (Args, affect.current, "current", "for the state the domain is in"),
    VIRSH_FLAG (Args, affect.config, "config", "for the next start"),
    VIRSH_FLAG (Args, affect.live, "live", "for the running domain"),
    { "set", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, offsetof (Args, set),
      N_ ("NAME=VALUE"), N_ ("parameters to set") },
    { 0 },
};

const CliCommand virsh_domain_schedule_commands[] = {
    VIRSH_COMMAND ("schedinfo", N_ ("show or set how a domain is scheduled"), options,
                   run_schedinfo),
    { 0 },
};
