/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Past libvirt to QEMU and the guest's agent: qemu-monitor-command qemu-agent-command
 * qemu-attach */
#include "virsh.h"

#include <libvirt/libvirt-qemu.h>

typedef struct {
    char *domain, *pass_fds, *pid;
    char **words;
    int timeout_s;
    gboolean hmp, pretty, return_value, async, block;
} Args;

/* ---- monitor
 * ------------------------------------------------------------------------------ */

static char *
ask_monitor (const Args *args, virDomainPtr domain, GError **error)
{
    g_autofree char *command = args->hmp ? g_strjoinv (" ", args->words)
                                         : virsh_json_command (args->words, error);
    g_autoptr (GArray) fds = NULL;
    unsigned flags = args->hmp ? VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP : 0;
    VIRSH_TEXT answer = NULL;
    __typeof__ (&virDomainQemuMonitorCommand) ask = NULL;
    __typeof__ (&virDomainQemuMonitorCommandWithFiles) ask_with = NULL;
    int result;

    if (!command || !virsh_read_fds (args->pass_fds, &fds, error) ||
        !(ask = VY_LIBVIRT_QEMU (virDomainQemuMonitorCommand, error)) ||
        (fds &&
         !(ask_with = VY_LIBVIRT_QEMU (virDomainQemuMonitorCommandWithFiles, error))))
        return NULL;
    result = fds ? ask_with (domain, command, fds->len, (int *) (void *) fds->data, NULL,
                             NULL, &answer, flags)
                 : ask (domain, command, &answer, flags);
    if (result < 0)
        virsh_fail (error, "%s", "");
    return result < 0 ? NULL : g_strdup (answer ? answer : "");
}

static gboolean
run_monitor (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autofree char *answer = NULL;
    g_autofree char *laid_out = NULL;

    if (!virsh_exclusive (args->hmp, "hmp", args->pretty, "pretty", error) ||
        !virsh_exclusive (args->hmp, "hmp", args->return_value, "return-value", error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(answer = ask_monitor (args, domain, error)))
        return FALSE;
    if (args->return_value || args->pretty) {
        laid_out =
            virsh_json_text (answer, args->return_value ? "return" : NULL, args->pretty);
        if (!laid_out)
            return vy_throw (error, VY_ERROR_INVALID, _ ("'return' member missing"));
    }
    /* virsh ends only what comes from QEMU itself with a line of its own */
    cli_print (cli, laid_out ? "%s" : "%s\n", laid_out ? laid_out : answer);
    return TRUE;
}

/* ---- agent
 * -------------------------------------------------------------------------------- */

static gboolean
read_timeout (Cli *cli, const Args *args, int *timeout_s, GError **error)
{
    gboolean given = cli_has (cli, "timeout");

    if (given && args->timeout_s < 1)
        return vy_throw (error, VY_ERROR_USAGE, _ ("timeout must be positive"));
    if ((given ? 1 : 0) + args->async + args->block > 1)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("timeout, async and block options are exclusive"));
    *timeout_s = given         ? args->timeout_s
                 : args->async ? VIR_DOMAIN_QEMU_AGENT_COMMAND_NOWAIT
                 : args->block ? VIR_DOMAIN_QEMU_AGENT_COMMAND_BLOCK
                               : VIR_DOMAIN_QEMU_AGENT_COMMAND_DEFAULT;
    return TRUE;
}

static gboolean
run_agent (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *command = g_strjoinv (" ", args->words);
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT answer = NULL;
    g_autofree char *laid_out = NULL;
    int timeout_s = VIR_DOMAIN_QEMU_AGENT_COMMAND_DEFAULT;
    __typeof__ (&virDomainQemuAgentCommand) ask;

    if (!read_timeout (cli, args, &timeout_s, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(ask = VY_LIBVIRT_QEMU (virDomainQemuAgentCommand, error)))
        return FALSE;
    answer = ask (domain, command, timeout_s, 0);
    if (!answer)
        return virsh_fail (error, "%s", "");
    laid_out = args->pretty ? virsh_json_text (answer, NULL, TRUE) : NULL;
    /* an empty line follows what was laid out, as virsh has it */
    cli_print (cli, laid_out ? "%s\n\n" : "%s\n", laid_out ? laid_out : answer);
    return TRUE;
}

static gboolean
run_attach (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (virDomain) domain = NULL;
    __typeof__ (&virDomainQemuAttach) attach;
    gint64 pid;

    if (!conn || !virsh_read_number ("pid", args->pid, &pid, error))
        return FALSE;
    if (pid < 0 || pid > G_MAXUINT)
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no process"), args->pid);
    if (!(attach = VY_LIBVIRT_QEMU (virDomainQemuAttach, error)))
        return FALSE;
    domain = attach (conn, (guint) pid, 0);
    if (!domain)
        return virsh_fail (error, _ ("Failed to attach to pid %u"), (guint) pid);
    cli_print (cli, _ ("Domain '%s' attached to pid %u\n"), virDomainGetName (domain),
               (guint) pid);
    return TRUE;
}

#define COMMAND_WORDS(text)                                                              \
    {                                                                                    \
        "cmd", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_REQUIRED | CLI_ARGV,                 \
            offsetof (Args, words), N_ ("COMMAND"), N_ (text)                            \
    }

static const CliOption monitor_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, hmp, "hmp", "the command is for people, not JSON"),
    VIRSH_FLAG (Args, pretty, "pretty", "lay out the JSON over lines"),
    VIRSH_FLAG (Args, return_value, "return-value", "print only the value"),
    { "pass-fds", 0, CLI_STRING, CLI_EMPTY_OK, offsetof (Args, pass_fds), N_ ("N,…"),
      N_ ("pass files that virsh has open") },
    COMMAND_WORDS ("the command"),
    { 0 },
};
static const CliOption agent_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "timeout", 0, CLI_INT, 0, offsetof (Args, timeout_s), N_ ("SECONDS"),
      N_ ("wait so many seconds at most") },
    VIRSH_FLAG (Args, async, "async", "do not wait"),
    VIRSH_FLAG (Args, block, "block", "wait as long as it takes"),
    VIRSH_FLAG (Args, pretty, "pretty", "lay out the JSON over lines"),
    COMMAND_WORDS ("the command, in JSON"),
    { 0 },
};
static const CliOption attach_options[] = {
    VIRSH_NAME (Args, pid, "pid", "PID", "the process of QEMU", NULL),
    { 0 },
};

const CliCommand virsh_qemu_commands[] = {
    VIRSH_COMMAND ("qemu-agent-command", N_ ("send the guest's agent a command"),
                   agent_options, run_agent),
    VIRSH_COMMAND ("qemu-attach", N_ ("take over a QEMU that runs"), attach_options,
                   run_attach),
    VIRSH_COMMAND ("qemu-monitor-command", N_ ("send QEMU's monitor a command"),
                   monitor_options, run_monitor),
    { 0 },
};
