/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: what happens at their end, sleep, launch security, dirty memory:
 * set-lifecycle-action dompmsuspend dompmwakeup domlaunchsecinfo domsetlaunchsecstate
 * domdirtyrate-calc */
#include "virsh.h"

typedef struct {
    char *domain, *type, *action, *target, *header, *secret, *mode;
    guint64 duration_s, address;
    int seconds;
    VirshAffect affect;
} Args;

static int
place_of (const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++)
        if (strcmp (names[i], name) == 0)
            return i;
    return -1;
}

/* ---- set-lifecycle-action
 * ------------------------------------------------------------------ */

static const char *const lifecycle_types[] = {
    [VIR_DOMAIN_LIFECYCLE_POWEROFF] = "poweroff",
    [VIR_DOMAIN_LIFECYCLE_REBOOT] = "reboot",
    [VIR_DOMAIN_LIFECYCLE_CRASH] = "crash",
    NULL,
};
static const char *const lifecycle_actions[] = {
    [VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY] = "destroy",
    [VIR_DOMAIN_LIFECYCLE_ACTION_RESTART] = "restart",
    [VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME] = "rename-restart",
    [VIR_DOMAIN_LIFECYCLE_ACTION_PRESERVE] = "preserve",
    [VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY] = "coredump-destroy",
    [VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART] = "coredump-restart",
    NULL,
};

static gboolean
run_lifecycle (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    int type = place_of (lifecycle_types, args->type);
    int action = place_of (lifecycle_actions, args->action);
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error))
        return FALSE;
    if (type < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid lifecycle type '%s'."),
                         args->type);
    if (action < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid lifecycle action '%s'."),
                         args->action);
    domain = virsh_domain (cli, args->domain, error);
    return domain && (virDomainSetLifecycleAction (domain, (guint) type, (guint) action,
                                                   flags) == 0 ||
                      virsh_fail (error, "%s", _ ("Unable to change lifecycle action.")));
}

/* ---- sleep
 * -------------------------------------------------------------------------------- */

static const char *const sleep_targets[] = {
    [VIR_NODE_SUSPEND_TARGET_MEM] = "mem",
    [VIR_NODE_SUSPEND_TARGET_DISK] = "disk",
    [VIR_NODE_SUSPEND_TARGET_HYBRID] = "hybrid",
    NULL,
};

static gboolean
run_suspend (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int target = place_of (sleep_targets, args->target);

    if (!domain)
        return FALSE;
    if (target < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Invalid target"));
    if (virDomainPMSuspendForDuration (domain, (guint) target, args->duration_s, 0) < 0)
        return virsh_fail (error, _ ("Domain '%s' could not be suspended"),
                           virDomainGetName (domain));
    cli_say (cli, _ ("Domain '%s' successfully suspended"), virDomainGetName (domain));
    return TRUE;
}

static gboolean
run_wakeup (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (virDomainPMWakeup (domain, 0) < 0)
        return virsh_fail (error, _ ("Domain '%s' could not be woken up"),
                           virDomainGetName (domain));
    cli_say (cli, _ ("Domain '%s' successfully woken up"), virDomainGetName (domain));
    return TRUE;
}

/* ---- launch security
 * ---------------------------------------------------------------------- */

static gboolean
run_launch_info (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_auto (VirshParams) params = { 0 };

    if (!domain)
        return FALSE;
    if (virDomainGetLaunchSecurityInfo (domain, &params.list, &params.n, 0) < 0)
        return virsh_fail (error, "%s", _ ("Unable to get launch security parameters"));
    return virsh_params_print (cli, &params, NULL, 15, error);
}

static gboolean
add_file (VirshParams *params, const char *field, const char *path, GError **error)
{
    g_autofree char *text = virsh_read_file (path, error);

    return text && (virTypedParamsAddString (&params->list, &params->n, &params->max,
                                             field, g_strchomp (text)) == 0 ||
                    virsh_fail (error, "%s", ""));
}

static gboolean
run_launch_state (Cli *cli, gpointer data, GError **error)
{
    static const VirshParamRow rows[] = {
        { "set-address", VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_SET_ADDRESS,
          VIR_TYPED_PARAM_ULLONG, offsetof (Args, address) },
    };
    const Args *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;

    if (!args->header || !args->secret)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Both secret and the secret header are required"));
    if (!(domain = virsh_domain (cli, args->domain, error)) ||
        !add_file (&params, VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER, args->header,
                   error) ||
        !add_file (&params, VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET, args->secret, error) ||
        !virsh_params_add (cli, &params, rows, G_N_ELEMENTS (rows), args, error))
        return FALSE;
    return virDomainSetLaunchSecurityState (domain, params.list, params.n, 0) == 0 ||
           virsh_fail (error, "%s", _ ("Unable to set launch security state"));
}

/* ---- dirty memory
 * ------------------------------------------------------------------------- */

static const char *const dirty_modes[] = { "page-sampling", "dirty-bitmap", "dirty-ring",
                                           NULL };

static gboolean
run_dirtyrate (Cli *cli, gpointer data, GError **error)
{
    static const unsigned flags[] = { VIR_DOMAIN_DIRTYRATE_MODE_PAGE_SAMPLING,
                                      VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP,
                                      VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING };
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    int seconds = cli_has (cli, "seconds") ? args->seconds : 1;
    int mode = args->mode ? place_of (dirty_modes, args->mode) : 0;

    if (!domain)
        return FALSE;
    if (mode < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("Unknown calculation mode '%s'"),
                         args->mode);
    if (virDomainStartDirtyRateCalc (domain, seconds, flags[mode]) < 0)
        return virsh_fail (error, "%s", "");
    cli_say (cli, "%s",
             _ ("Start to calculate domain's memory dirty rate successfully.\n"));
    return TRUE;
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption lifecycle_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "type", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, type),
      N_ ("TYPE"), N_ ("poweroff, reboot or crash"), .choices = lifecycle_types },
    { "action", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, action),
      N_ ("ACTION"), N_ ("destroy, restart, preserve, coredump-destroy, …"),
      .choices = lifecycle_actions },
    VIRSH_AFFECT (Args, affect),
    { 0 },
};
static const CliOption suspend_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "target", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, offsetof (Args, target),
      N_ ("TARGET"), N_ ("mem, disk or hybrid"), .choices = sleep_targets },
    { "duration", 0, CLI_UINT64, 0, offsetof (Args, duration_s), N_ ("SECONDS"),
      N_ ("wake it up after so many seconds") },
    { 0 },
};
static const CliOption launch_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "secrethdr", 0, CLI_STRING, CLI_FILE, offsetof (Args, header), N_ ("FILE"),
      N_ ("file with the secret's header") },
    { "secret", 0, CLI_STRING, CLI_FILE, offsetof (Args, secret), N_ ("FILE"),
      N_ ("file with the secret") },
    { "set-address", 0, CLI_UINT64, CLI_POSITIONAL, offsetof (Args, address),
      N_ ("ADDRESS"), N_ ("where in the guest's memory it is put") },
    { 0 },
};
static const CliOption dirtyrate_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "seconds", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, seconds), N_ ("SECONDS"),
      N_ ("how long to measure: 1 to 60 seconds") },
    { "mode", 0, CLI_STRING, CLI_POSITIONAL, offsetof (Args, mode), N_ ("MODE"),
      N_ ("page-sampling, dirty-bitmap or dirty-ring"), .choices = dirty_modes },
    { 0 },
};

const CliCommand virsh_domain_settings_commands[] = {
    VIRSH_COMMAND ("domdirtyrate-calc", N_ ("measure how fast a domain changes memory"),
                   dirtyrate_options, run_dirtyrate),
    VIRSH_COMMAND ("domlaunchsecinfo", N_ ("show a domain's launch security"),
                   domain_options, run_launch_info),
    VIRSH_COMMAND ("dompmsuspend", N_ ("put a guest to sleep"), suspend_options,
                   run_suspend),
    VIRSH_COMMAND ("dompmwakeup", N_ ("wake a guest up"), domain_options, run_wakeup),
    VIRSH_COMMAND ("domsetlaunchsecstate", N_ ("give a domain a launch secret"),
                   launch_options, run_launch_state),
    VIRSH_COMMAND ("set-lifecycle-action",
                   N_ ("set what happens when a guest ends or crashes"),
                   lifecycle_options, run_lifecycle),
    { 0 },
};
