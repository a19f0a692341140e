/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Open files for a domain: what --pass-fds names, dom-fd-associate */
#include "virsh.h"

typedef struct {
    char *domain, *name, *pass_fds;
    gboolean writable, restore;
} Args;

gboolean
virsh_read_fds (const char *list, GArray **fds, GError **error)
{
    gboolean given = list && *list;
    g_auto (GStrv) words = given ? g_strsplit (list, ",", -1) : NULL;
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (int));

    for (char **word = words; word && *word; word++) {
        gint64 number;
        int fd;

        if (!g_ascii_string_to_signed (*word, 10, G_MININT, G_MAXINT, &number, NULL))
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("Unable to parse FD number '%s'"), *word);
        fd = (int) number;
        g_array_append_val (found, fd);
    }
    *fds = given ? g_steal_pointer (&found) : NULL;
    return TRUE;
}

static gboolean
run_associate (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (GArray) fds = NULL;
    unsigned flags =
        VIRSH_FLAGS ({ args->writable, VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE },
                     { args->restore, VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_RESTORE });

    return domain && virsh_read_fds (args->pass_fds, &fds, error) &&
           (virDomainFDAssociate (domain, args->name, fds ? fds->len : 0,
                                  (int *) (void *) (fds ? fds->data : NULL),
                                  flags) == 0 ||
            virsh_fail (error, "%s", ""));
}

static const CliOption options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, name, "name", "NAME", "name that the domain's XML has for them",
                NULL),
    { "pass-fds", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_EMPTY_OK,
      offsetof (Args, pass_fds), N_ ("N,…"),
      N_ ("numbers of files that virsh has open") },
    VIRSH_FLAG (Args, writable, "seclabel-writable", "label them as files to write"),
    VIRSH_FLAG (Args, restore, "seclabel-restore", "give them their label back at last"),
    { 0 },
};

const CliCommand virsh_domain_fd_commands[] = {
    VIRSH_COMMAND ("dom-fd-associate", N_ ("give a domain files that are open"), options,
                   run_associate),
    { 0 },
};
