/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of single devices: blkdeviotune domiftune, and of groups of
 * disks: domthrottlegroup* */
#include "throttle.h"

static int
get_disk (virDomainPtr domain, const char *device, virTypedParameterPtr params, int *n,
          unsigned flags)
{
    return virDomainGetBlockIoTune (domain, device, params, n, flags);
}

static int
set_disk (virDomainPtr domain, const char *device, virTypedParameterPtr params, int n,
          unsigned flags)
{
    return virDomainSetBlockIoTune (domain, device, params, n, flags);
}

static const VirshTune disk = { get_disk, set_disk,
                                N_ ("Unable to get block I/O throttle parameters"),
                                N_ ("Unable to change block I/O throttle"), NULL };

static gboolean
run_blkdeviotune (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           virsh_throttle_params (cli, &params, args, error) &&
           virsh_tune (cli, &disk, domain, args->device, &params, flags, error);
}

/* ---- interfaces
 * --------------------------------------------------------------------------- */

static int
get_interface (virDomainPtr domain, const char *device, virTypedParameterPtr params,
               int *n, unsigned flags)
{
    return virDomainGetInterfaceParameters (domain, device, params, n, flags);
}

static int
set_interface (virDomainPtr domain, const char *device, virTypedParameterPtr params,
               int n, unsigned flags)
{
    return virDomainSetInterfaceParameters (domain, device, params, n, flags);
}

static const VirshTune interface = { get_interface, set_interface,
                                     N_ ("Unable to get interface parameters"),
                                     N_ ("Unable to set interface parameters"), NULL };

enum { AVERAGE, PEAK, BURST, FLOOR, N_RATES };

static const char *const rate_names[N_RATES] = { "average", "peak", "burst", "floor" };

static gboolean
read_rate (const char *text, guint *rate, GError **error)
{
    g_auto (GStrv) words = g_strsplit (text, ",", -1);
    guint64 number;

    if (g_strv_length (words) > N_RATES)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("Rate string '%s' has too many fields"), text);
    for (gsize i = 0; words[i]; i++) {
        const char *word = words[i] + strspn (words[i], " +");

        if (*words[i] &&
            !g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT, &number, NULL))
            return vy_throw (error, VY_ERROR_INVALID, _ ("field '%s' is malformed"),
                             rate_names[i]);
        rate[i] = *words[i] ? (guint) number : 0;
    }
    return TRUE;
}

static gboolean
check_rate (const guint *rate, gboolean outbound, GError **error)
{
    gboolean lacks = rate[AVERAGE] == 0 && (rate[PEAK] > 0 || rate[BURST] > 0);

    if (outbound && rate[FLOOR] > 0)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("outbound floor is unsupported yet"));
    if (outbound && lacks)
        return vy_throw (error, VY_ERROR_INVALID, _ ("outbound average is mandatory"));
    return !lacks || rate[FLOOR] > 0 ||
           vy_throw (error, VY_ERROR_INVALID,
                     _ ("either inbound average or floor is mandatory"));
}

/* An average of 0 takes the limit away, so it is always passed. */
static gboolean
add_rate (VirshParams *params, const char *text, gboolean outbound, GError **error)
{
    guint rate[N_RATES] = { 0 };

    if (!text)
        return TRUE;
    if (!read_rate (text, rate, error) || !check_rate (rate, outbound, error))
        return FALSE;
    for (gsize i = 0; i < N_RATES; i++) {
        g_autofree char *field =
            g_strdup_printf ("%s.%s", outbound ? "outbound" : "inbound", rate_names[i]);

        if ((i == AVERAGE || rate[i] > 0) &&
            virTypedParamsAddUInt (&params->list, &params->n, &params->max, field,
                                   rate[i]) < 0)
            return virsh_fail (error, "%s", "");
    }
    return TRUE;
}

static gboolean
run_domiftune (Cli *cli, gpointer data, GError **error)
{
    const ThrottleArgs *args = data;
    g_auto (VirshParams) params = { 0 };
    g_autoptr (virDomain) domain = NULL;
    unsigned flags;

    return virsh_affect (&args->affect, &flags, error) &&
           (domain = virsh_domain (cli, args->domain, error)) &&
           add_rate (&params, args->inbound, FALSE, error) &&
           add_rate (&params, args->outbound, TRUE, error) &&
           virsh_tune (cli, &interface, domain, args->device, &params, flags, error);
}

/* ---- tables
 * ------------------------------------------------------------------------------- */

static const CliOption blkdeviotune_options[] = {
    VIRSH_DOMAIN (ThrottleArgs, domain),
    VIRSH_NAME (ThrottleArgs, device, "device", "DEVICE", "target or source of the disk",
                NULL),
    VIRSH_THROTTLE_LIMITS (CLI_POSITIONAL),
    VIRSH_THROTTLE_GROUP,
    VIRSH_THROTTLE_LENGTHS (CLI_POSITIONAL),
    VIRSH_AFFECT (ThrottleArgs, affect),
    { 0 },
};
static const CliOption domiftune_options[] = {
    VIRSH_DOMAIN (ThrottleArgs, domain),
    VIRSH_NAME (ThrottleArgs, device, "interface", "INTERFACE",
                "interface of the host, or MAC address", NULL),
    VIRSH_STRING (ThrottleArgs, inbound, "inbound", "RATE",
                  "average,peak,burst,floor of what the domain gets, in KiB"),
    VIRSH_STRING (ThrottleArgs, outbound, "outbound", "RATE",
                  "average,peak,burst of what the domain sends, in KiB"),
    VIRSH_AFFECT (ThrottleArgs, affect),
    { 0 },
};

#define COMMAND(name, help, options, run)                                                \
    {                                                                                    \
        name, help, options, sizeof (ThrottleArgs), run                                  \
    }

const CliCommand virsh_domain_throttle_commands[] = {
    COMMAND ("blkdeviotune", N_ ("show or set limits of a domain's disk"),
             blkdeviotune_options, run_blkdeviotune),
    COMMAND ("domiftune", N_ ("show or set limits of a domain's interface"),
             domiftune_options, run_domiftune),
    { 0 },
};
