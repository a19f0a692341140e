/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors a host can give: cpu-models maxvcpus */
#include "virsh.h"

typedef struct {
    char *arch, *type;
} Args;

static const CliOption models_options[] = {
    VIRSH_NAME (Args, arch, "arch", "ARCH", "architecture such as x86_64", NULL),
    { 0 },
};

static const CliOption max_options[] = {
    VIRSH_STRING (Args, type, "type", "TYPE", "kind of domain, such as kvm"),
    { 0 },
};

static gboolean
run_models (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    char **models = NULL;
    int n = conn ? virConnectGetCPUModelNames (conn, args->arch, &models, 0) : -1;

    if (n < 0)
        return conn && virsh_fail (error, _ ("failed to get CPU model names"));
    if (n == 0)
        cli_print (cli, "%s\n", _ ("all CPU models are accepted"));
    for (int i = 0; i < n; i++) {
        cli_print (cli, "%s\n", models[i]);
        free (models[i]);
    }
    free (models);
    return TRUE;
}

static gboolean
run_max (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    int n = conn ? virConnectGetMaxVcpus (conn, args->type) : -1;

    if (n < 0)
        return conn && virsh_fail (error, "%s", "");
    cli_print (cli, "%d\n", n);
    return TRUE;
}

const CliCommand virsh_host_cpu_commands[] = {
    { "cpu-models", N_ ("list the processor models of an architecture"), models_options,
      sizeof (Args), run_models },
    { "maxvcpus", N_ ("print how many processors a domain may have"), max_options,
      sizeof (Args), run_max },
    { 0 },
};
