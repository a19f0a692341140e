/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: single calls that belong nowhere else: domrename inject-nmi screenshot */
#include "virsh.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
    char *domain, *new_name, *file;
    guint screen;
} Args;

static gboolean
run_rename (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    if (!domain)
        return FALSE;
    if (virDomainRename (domain, args->new_name, 0) < 0)
        return virsh_fail (error, "%s", "");
    cli_say (cli, _ ("Domain successfully renamed\n"));
    return TRUE;
}

static gboolean
run_inject_nmi (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);

    return domain &&
           (virDomainInjectNMI (domain, 0) == 0 || virsh_fail (error, "%s", ""));
}

/* ---- screenshot
 * --------------------------------------------------------------------------- */

/* "web-2026-03-01-12:00:00.png" */
static char *
picture_name (virDomainPtr domain, const char *mime)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H:%M:%S");
    const char *suffix = g_strcmp0 (mime, "image/png") == 0                 ? ".png"
                         : g_strcmp0 (mime, "image/x-portable-pixmap") == 0 ? ".ppm"
                                                                            : "";

    return g_strdup_printf ("%s-%s%s", virDomainGetName (domain), time, suffix);
}

static int
write_part (G_GNUC_UNUSED virStreamPtr stream, const char *data, size_t n, void *opaque)
{
    return (int) write (*(int *) opaque, data, n);
}

static gboolean
receive (virStreamPtr stream, const char *path, GError **error)
{
    int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    gboolean ok;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot create file %s"), path);
    ok = virStreamRecvAll (stream, write_part, &fd) == 0 ||
         virsh_fail (error, _ ("could not receive data from domain"));
    if (close (fd) < 0 && ok)
        ok = vy_throw_errno (error, errno, _ ("cannot close file %s"), path);
    if (!ok)
        g_unlink (path);
    return ok && (virStreamFinish (stream) == 0 ||
                  virsh_fail (error, _ ("cannot close stream on domain")));
}

static gboolean
run_screenshot (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    virStreamPtr stream;
    VIRSH_TEXT mime = NULL;
    g_autofree char *made = NULL;
    const char *path = args->file;
    gboolean ok = FALSE;

    if (!domain)
        return FALSE;
    stream = virStreamNew (virDomainGetConnect (domain), 0);
    mime = stream ? virDomainScreenshot (domain, stream, args->screen, 0) : NULL;
    if (mime) {
        made = path ? NULL : picture_name (domain, mime);
        path = path ? path : made;
        ok = receive (stream, path, error);
    } else {
        virsh_fail (error, _ ("could not take a screenshot of %s"), args->domain);
    }
    if (stream)
        virStreamFree (stream);
    if (ok)
        cli_say (cli, _ ("Screenshot saved to %s, with type of %s"), path, mime);
    return ok;
}

static const CliOption domain_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { 0 },
};
static const CliOption rename_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, new_name, "new-name", "NAME", "the new name", NULL),
    { 0 },
};
static const CliOption screenshot_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, file),
      N_ ("FILE"), N_ ("where the picture is put") },
    { "screen", 0, CLI_UINT, CLI_POSITIONAL, offsetof (Args, screen), N_ ("NUMBER"),
      N_ ("which screen, 0 is the first") },
    { 0 },
};

const CliCommand virsh_domain_misc_commands[] = {
    VIRSH_COMMAND ("domrename", N_ ("give a domain another name"), rename_options,
                   run_rename),
    VIRSH_COMMAND ("inject-nmi", N_ ("send a domain an NMI"), domain_options,
                   run_inject_nmi),
    VIRSH_COMMAND ("screenshot", N_ ("keep a picture of a domain's screen"),
                   screenshot_options, run_screenshot),
    { 0 },
};
