/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: start, stop, pause, autostart */
#include "virsh.h"
#include "words.h"

typedef struct {
    char *domain, *mode, *pass_fds;
    gboolean console, paused, autodestroy, bypass_cache, force_boot, reset_nvram;
    gboolean graceful, remove_logs, disable;
} Args;

static int
call_start (virDomainPtr domain, GArray *fds, unsigned flags)
{
    if (fds)
        return virDomainCreateWithFiles (domain, fds->len, (int *) (void *) fds->data,
                                         flags);
    return flags ? virDomainCreateWithFlags (domain, flags) : virDomainCreate (domain);
}

/* Drivers that do not know VIR_DOMAIN_START_FORCE_BOOT are helped: the saved state is
 * removed before. */
static int
start_afresh (virDomainPtr domain, GArray *fds, unsigned flags)
{
    int result = call_start (domain, fds, flags | VIR_DOMAIN_START_FORCE_BOOT);

    if (result == 0 || (virGetLastErrorCode () != VIR_ERR_NO_SUPPORT &&
                        virGetLastErrorCode () != VIR_ERR_INVALID_ARG))
        return result;
    if (virDomainHasManagedSaveImage (domain, 0) > 0 &&
        virDomainManagedSaveRemove (domain, 0) < 0)
        return -1;
    return call_start (domain, fds, flags);
}

static gboolean
run_start (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    const char *name = domain ? virDomainGetName (domain) : NULL;
    g_autoptr (GArray) fds = NULL;
    unsigned flags = VIRSH_FLAGS ({ args->paused, VIR_DOMAIN_START_PAUSED },
                                  { args->autodestroy, VIR_DOMAIN_START_AUTODESTROY },
                                  { args->bypass_cache, VIR_DOMAIN_START_BYPASS_CACHE },
                                  { args->reset_nvram, VIR_DOMAIN_START_RESET_NVRAM });

    if (!domain || !virsh_read_fds (args->pass_fds, &fds, error))
        return FALSE;
    if (virDomainGetID (domain) != (unsigned) -1)
        return vy_throw (error, VY_ERROR_STATE, _ ("Domain is already active"));
    if ((args->force_boot ? start_afresh (domain, fds, flags)
                          : call_start (domain, fds, flags)) < 0)
        return virsh_fail (error, _ ("Failed to start domain '%s'"), name);
    cli_say (cli, _ ("Domain '%s' started\n"), name);
    return !args->console || virsh_console (cli, domain, NULL, 0, FALSE, error);
}

/* "acpi,agent" to flags; its words are at the flags' places. */
static gboolean
read_modes (const char *text, gboolean shutdown, unsigned *flags, GError **error)
{
    static const struct {
        unsigned shutdown, reboot;
    } modes[] = {
        { VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN, VIR_DOMAIN_REBOOT_ACPI_POWER_BTN },
        { VIR_DOMAIN_SHUTDOWN_GUEST_AGENT, VIR_DOMAIN_REBOOT_GUEST_AGENT },
        { VIR_DOMAIN_SHUTDOWN_INITCTL, VIR_DOMAIN_REBOOT_INITCTL },
        { VIR_DOMAIN_SHUTDOWN_SIGNAL, VIR_DOMAIN_REBOOT_SIGNAL },
        { VIR_DOMAIN_SHUTDOWN_PARAVIRT, VIR_DOMAIN_REBOOT_PARAVIRT },
    };
    g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);

    *flags = 0;
    for (char **word = words; *word; word++) {
        int i = virsh_word_place (virsh_shutdown_words, *word);

        if (i < 0)
            return vy_throw (error, VY_ERROR_INVALID, _ ("unknown mode '%s'"), *word);
        *flags |= shutdown ? modes[i].shutdown : modes[i].reboot;
    }
    return TRUE;
}

static gboolean
run_shutdown (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = 0;

    if (!read_modes (args->mode, TRUE, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if ((flags ? virDomainShutdownFlags (domain, flags) : virDomainShutdown (domain)) < 0)
        return virsh_fail (error, _ ("Failed to shutdown domain '%s'"), args->domain);
    cli_say (cli, _ ("Domain '%s' is being shutdown\n"), args->domain);
    return TRUE;
}

static gboolean
run_reboot (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = 0;

    if (!read_modes (args->mode, FALSE, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainReboot (domain, flags) < 0)
        return virsh_fail (error, _ ("Failed to reboot domain '%s'"), args->domain);
    cli_say (cli, _ ("Domain '%s' is being rebooted\n"), args->domain);
    return TRUE;
}

static gboolean
run_destroy (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned flags = args->graceful ? VIR_DOMAIN_DESTROY_GRACEFUL : 0;

    if (!domain)
        return FALSE;
    flags |= args->remove_logs ? VIR_DOMAIN_DESTROY_REMOVE_LOGS : 0;
    if ((flags ? virDomainDestroyFlags (domain, flags) : virDomainDestroy (domain)) < 0)
        return virsh_fail (error, _ ("Failed to destroy domain '%s'"), args->domain);
    cli_say (cli, _ ("Domain '%s' destroyed\n"), args->domain);
    return TRUE;
}

/* Commands that are one call and one line. */
static const struct {
    const char *command;
    int (*call) (virDomainPtr domain);
    const char *failed, *done;
} simple[] = {
    { "suspend", virDomainSuspend, N_ ("Failed to suspend domain '%s'"),
      N_ ("Domain '%s' suspended\n") },
    { "resume", virDomainResume, N_ ("Failed to resume domain '%s'"),
      N_ ("Domain '%s' resumed\n") },
};

static gboolean
run_simple (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    gsize i = 0;

    if (!domain)
        return FALSE;
    while (strcmp (simple[i].command, cli->command->name) != 0)
        i++;
    if (simple[i].call (domain) < 0)
        return virsh_fail (error, _ (simple[i].failed), args->domain);
    cli_say (cli, _ (simple[i].done), args->domain);
    return TRUE;
}

static gboolean
run_reset (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (virDomainReset (domain, 0) < 0)
        return virsh_fail (error, _ ("Failed to reset domain '%s'"), args->domain);
    cli_say (cli, _ ("Domain '%s' was reset\n"), args->domain);
    return TRUE;
}

static gboolean
run_autostart (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (virDomainSetAutostart (domain, !args->disable) < 0)
        return virsh_fail (error,
                           args->disable
                               ? _ ("Failed to unmark domain '%s' as autostarted")
                               : _ ("Failed to mark domain '%s' as autostarted"),
                           args->domain);
    cli_say (cli,
             args->disable ? _ ("Domain '%s' unmarked as autostarted\n")
                           : _ ("Domain '%s' marked as autostarted\n"),
             args->domain);
    return TRUE;
}

#define MODE                                                                             \
    VIRSH_STRING (Args, mode, "mode", "MODE",                                            \
                  "ways to try: acpi, agent, initctl, signal, "                          \
                  "paravirt")

static const CliOption domain_options[] = { VIRSH_DOMAIN (Args, domain), { 0 } };
static const CliOption start_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, console, "console", "attach to the console afterwards"),
    VIRSH_FLAG (Args, paused, "paused", "leave the domain paused"),
    VIRSH_FLAG (Args, autodestroy, "autodestroy", "destroy it when virsh disconnects"),
    VIRSH_FLAG (Args, bypass_cache, "bypass-cache",
                "keep the state out of the page cache"),
    VIRSH_FLAG (Args, force_boot, "force-boot", "discard a managed save and boot"),
    VIRSH_PASS_FDS (Args, pass_fds),
    VIRSH_FLAG (Args, reset_nvram, "reset-nvram",
                "make the NVRAM anew from its template"),
    { 0 },
};
static const CliOption shutdown_options[] = { VIRSH_DOMAIN (Args, domain), MODE, { 0 } };
static const CliOption destroy_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, graceful, "graceful", "ask the hypervisor's process to end"),
    VIRSH_FLAG (Args, remove_logs, "remove-logs", "remove the domain's logs"),
    { 0 },
};
static const CliOption autostart_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, disable, "disable", "no longer start it at boot"),
    { 0 },
};

const CliCommand virsh_domain_lifecycle_commands[] = {
    { "autostart", N_ ("start a domain at boot, or no longer"), autostart_options,
      sizeof (Args), run_autostart },
    { "destroy", N_ ("power off a domain at once (its disks are kept)"), destroy_options,
      sizeof (Args), run_destroy },
    { "reboot", N_ ("reboot a domain"), shutdown_options, sizeof (Args), run_reboot },
    { "reset", N_ ("reset a domain as by its button"), domain_options, sizeof (Args),
      run_reset },
    { "resume", N_ ("let a paused domain run"), domain_options, sizeof (Args),
      run_simple },
    { "shutdown", N_ ("ask a domain to shut down"), shutdown_options, sizeof (Args),
      run_shutdown },
    { "start", N_ ("start a domain"), start_options, sizeof (Args), run_start },
    { "suspend", N_ ("pause a domain"), domain_options, sizeof (Args), run_simple },
    { 0 },
};
