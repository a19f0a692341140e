/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside containers: lxc-enter-namespace */
#include "virsh.h"

#include <errno.h>
#include <libvirt/libvirt-lxc.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    char *domain;
    char **words;
    gboolean no_label;
} Args;

/* What the child needs, all asked for before the fork. */
typedef struct {
    virDomainPtr domain;
    int n_fds;
    int *fds;
    virSecurityModel model;
    virSecurityLabel label;
    char **words;
    gboolean labelled;
    __typeof__ (&virDomainLxcEnterSecurityLabel) enter_label;
    __typeof__ (&virDomainLxcEnterNamespace) enter_namespace;
} Container;

static gboolean
load_calls (Container *container, __typeof__ (&virDomainLxcOpenNamespace) *open_namespace,
            GError **error)
{
    *open_namespace = VY_LIBVIRT_LXC (virDomainLxcOpenNamespace, error);
    if (!*open_namespace)
        return FALSE;
    container->enter_label = VY_LIBVIRT_LXC (virDomainLxcEnterSecurityLabel, error);
    if (!container->enter_label)
        return FALSE;
    container->enter_namespace = VY_LIBVIRT_LXC (virDomainLxcEnterNamespace, error);
    return container->enter_namespace != NULL;
}

static gboolean
read_label (Container *container, GError **error)
{
    return (virNodeGetSecurityModel (virDomainGetConnect (container->domain),
                                     &container->model) == 0 &&
            virDomainGetSecurityLabel (container->domain, &container->label) == 0) ||
           virsh_fail (error, "%s", "");
}

/* The status of the process as a shell has it. */
static int
wait_for (pid_t pid)
{
    int status = 0;

    while (waitpid (pid, &status, 0) < 0)
        if (errno != EINTR)
            return EXIT_FAILURE;
    return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static void
run_program (char **words)
{
    execvp (words[0], words);
    _exit (errno == ENOENT ? 127 : 126);
}

/* In the child: namespaces can only be changed in a process with one thread, and the one
 * for processes is that of the children that follow, so there is another fork. */
static void
enter (Container *container)
{
    pid_t pid;

    if ((container->labelled &&
         container->enter_label (&container->model, &container->label, NULL, 0) < 0) ||
        container->enter_namespace (container->domain, (guint) container->n_fds,
                                    container->fds, NULL, NULL, 0) < 0)
        _exit (125);
    pid = fork ();
    if (pid == 0)
        run_program (container->words);
    _exit (pid < 0 ? 125 : wait_for (pid));
}

static gboolean
run_inside (Cli *cli, Container *container, GError **error)
{
    pid_t pid;
    int status;

    if (!cli_flush_output (cli, error))
        return FALSE;
    pid = fork ();
    if (pid < 0)
        return vy_throw_errno (error, errno, _ ("cannot start a process"));
    if (pid == 0)
        enter (container);
    status = wait_for (pid);
    return status == 0 || vy_throw (error, VY_ERROR_FAILED,
                                    _ ("%s ended with status %d in the container"),
                                    container->words[0], status);
}

static gboolean
run_enter (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    Container container = { .domain = domain,
                            .words = args->words,
                            .labelled = !args->no_label };
    __typeof__ (&virDomainLxcOpenNamespace) open_namespace;
    gboolean ok;

    if (!domain || !load_calls (&container, &open_namespace, error))
        return FALSE;
    container.n_fds = open_namespace (domain, &container.fds, 0);
    if (container.n_fds < 0)
        return virsh_fail (error, "%s", "");
    ok = (!container.labelled || read_label (&container, error)) &&
         run_inside (cli, &container, error);
    for (int i = 0; i < container.n_fds; i++)
        close (container.fds[i]);
    free (container.fds);
    return ok;
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, no_label, "noseclabel", "keep virsh's own security label"),
    { "cmd", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_REQUIRED | CLI_ARGV,
      offsetof (Args, words), N_ ("COMMAND"), N_ ("program inside, and its arguments") },
    { 0 },
};

const CliCommand virsh_lxc_commands[] = {
    VIRSH_COMMAND ("lxc-enter-namespace", N_ ("run a program inside a container"),
                   options, run_enter),
    { 0 },
};
