/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Installations without questions: answers out of settings, files for the installer. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vy-archive-private.h"
#include "vy-i18n-private.h"
#include "vy-initrd-private.h"
#include "vy-module.h"
#include "vy-unattended-private.h"

#define LABEL "unattended"

struct _VyUnattended {
    GPtrArray *files; /* names and texts by turns */
    GString *arguments;
};

void
vy_unattended_free (VyUnattended *unattended)
{
    if (!unattended)
        return;
    g_ptr_array_unref (unattended->files);
    g_string_free (unattended->arguments, TRUE);
    g_free (unattended);
}

/* The first line of a file; "" for none. */
static char *
read_password (const char *path, GError **error)
{
    char *text = NULL;

    if (!path)
        return g_strdup ("");
    if (!g_file_get_contents (path, &text, NULL, NULL)) {
        vy_throw (error, VY_ERROR_INVALID, _ ("cannot read the password file '%s'"),
                  path);
        return NULL;
    }
    text[strcspn (text, "\r\n")] = '\0';
    return text;
}

/* "Europe/Berlin" by where /etc/localtime leads to, or NULL. */
static char *
find_timezone (void)
{
    g_autofree char *path = realpath ("/etc/localtime", NULL);
    const char *name = path ? strstr (path, "zoneinfo/") : NULL;

    return name ? g_strdup (name + strlen ("zoneinfo/")) : NULL;
}

/* Some installers refuse other names. */
static char *
make_hostname (const char *name)
{
    char *text = g_strdup (name);

    return g_strdelimit (text, "[{|}~\\]^':; <=>?@!\"#$%`()+/.,*&", '-');
}

static gboolean
check_login (const char *login, GError **error)
{
    if (!login || strcmp (login, "root"))
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("--unattended: '%s' cannot be the first user"), login);
}

VyUnattended *
vy_unattended_new (const VyUnattendedSettings *settings, const VyUnattendedJob *job,
                   GError **error)
{
    g_autoptr (VyUnattended) unattended = NULL;
    g_autofree char *timezone = find_timezone ();
    g_autofree char *hostname = make_hostname (job->hostname ? job->hostname : "guest");
    g_autofree char *user = NULL;
    g_autofree char *admin = NULL;
    g_autofree char *login =
        settings->user_login ? g_utf8_strdown (settings->user_login, -1) : NULL;
    VyUnattendedJob full = *job;
    VyUnattendedGenerate generate;

    if (!check_login (login, error) ||
        !(user = read_password (settings->user_password_file, error)) ||
        !(admin = read_password (settings->admin_password_file, error)))
        return NULL;
    full.profile = settings->profile;
    full.timezone = timezone;
    full.hostname = hostname;
    full.language = settings->language;
    full.user_login = login;
    full.user_password = user;
    full.admin_password = admin;
    full.product_key = settings->product_key;
    full.reg_login = settings->reg_login;
    generate = (VyUnattendedGenerate) vy_module_symbol ("unattended",
                                                        VY_UNATTENDED_GENERATE, error);
    if (!generate)
        return NULL;
    unattended = g_new0 (VyUnattended, 1);
    unattended->files = g_ptr_array_new_with_free_func (g_free);
    unattended->arguments = g_string_new ("");
    if (!generate (&full, unattended->files, unattended->arguments, error))
        return NULL;
    return g_steal_pointer (&unattended);
}

const char *
vy_unattended_get_arguments (const VyUnattended *unattended)
{
    return unattended->arguments->str;
}

/* ---- into an initrd -----------------------------------------------------------------
 */

static gboolean
write_text (const char *path, const char *text, GError **error)
{
    g_autoptr (GError) why = NULL;

    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                     &why) ||
           vy_throw (error, VY_ERROR_FAILED, "%s", why->message);
}

gboolean
vy_unattended_inject (const VyUnattended *unattended, const char *initrd, GError **error)
{
    g_autofree char *dir = g_dir_make_tmp ("virtyard-XXXXXX", NULL);
    g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
    gboolean ok = dir || vy_throw (error, VY_ERROR_FAILED,
                                   _ ("cannot make a directory for answers"));

    for (guint i = 0; ok && i + 1 < unattended->files->len; i += 2) {
        g_autofree char *name = g_path_get_basename (unattended->files->pdata[i]);

        g_ptr_array_add (paths, g_build_filename (dir, name, NULL));
        ok = write_text (paths->pdata[paths->len - 1], unattended->files->pdata[i + 1],
                         error);
    }
    g_ptr_array_add (paths, NULL);
    ok = ok && vy_initrd_inject (initrd, (const char *const *) paths->pdata, error);
    for (guint i = 0; i + 1 < paths->len; i++)
        g_unlink (paths->pdata[i]);
    if (dir)
        g_rmdir (dir);
    return ok;
}

/* ---- onto an image ------------------------------------------------------------------
 */

gboolean
vy_unattended_write (const VyUnattended *unattended, const char *path, GError **error)
{
    VyArchiveWriteIso write_iso =
        (VyArchiveWriteIso) vy_module_symbol ("archive", VY_ARCHIVE_WRITE_ISO, error);
    g_autoptr (GArray) files = g_array_new (TRUE, TRUE, sizeof (VyArchiveFile));
    gboolean ok;
    int fd;

    if (!write_iso)
        return FALSE;
    for (guint i = 0; i + 1 < unattended->files->len; i += 2) {
        VyArchiveFile file = { unattended->files->pdata[i],
                               unattended->files->pdata[i + 1] };

        g_array_append_val (files, file);
    }
    fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot create '%s'"), path);
    ok = write_iso (fd, LABEL, (const VyArchiveFile *) (void *) files->data, error);
    if (close (fd) < 0 && ok)
        ok = vy_throw_errno (error, errno, _ ("cannot write '%s'"), path);
    if (!ok)
        g_unlink (path);
    return ok;
}
