/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: the text console */
#include "virsh.h"

typedef struct {
    char *domain, *device;
    gboolean force, safe, resume;
} Args;

gboolean
virsh_console (Cli *cli, virDomainPtr domain, const char *device, unsigned flags,
               gboolean resume, GError **error)
{
    const CliConsole console = { device, flags, virsh_shell.escape, resume, 0 };

    return cli_console (cli, domain, &console, error);
}

static gboolean
run_console (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    unsigned flags = args->force ? VIR_DOMAIN_CONSOLE_FORCE : 0;

    flags |= args->safe ? VIR_DOMAIN_CONSOLE_SAFE : 0;
    return domain &&
           virsh_console (cli, domain, args->device, flags, args->resume, error);
}

static const CliOption console_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_STRING (Args, device, "devname", "DEVICE",
                  "alias of a console, serial or parallel "
                  "device"),
    VIRSH_FLAG (Args, force, "force", "take it from whoever is connected"),
    { "resume", 0, CLI_FLAG, CLI_NEWER, offsetof (Args, resume), NULL,
      N_ ("let the paused domain run once connected") },
    VIRSH_FLAG (Args, safe, "safe", "only where the driver can keep it to one client"),
    { 0 },
};

const CliCommand virsh_console_commands[] = {
    { "console", N_ ("connect to a domain's console"), console_options, sizeof (Args),
      run_console },
    { 0 },
};
