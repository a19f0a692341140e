/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Seeds: small ISO images that tell cloud-init what a new guest is to be like. */
#include "vy-seed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "vy-archive-private.h"
#include "vy-crypt-private.h"
#include "vy-fetch.h"
#include "vy-i18n-private.h"
#include "vy-module.h"

#define LABEL "cidata"
#define PASSWORD_LENGTH 16

struct _VySeed {
    char *meta_data;
    char *user_data;
    char *network_config;
    char *root_password; /* generated */
};

static void
free_secret (char *text)
{
    if (text)
        explicit_bzero (text, strlen (text));
    g_free (text);
}

void
vy_seed_free (VySeed *seed)
{
    if (!seed)
        return;
    free_secret (seed->root_password);
    g_free (seed->meta_data);
    g_free (seed->user_data);
    g_free (seed->network_config);
    g_free (seed);
}

const char *
vy_seed_get_root_password (const VySeed *seed)
{
    return seed->root_password;
}

const char *
vy_seed_get_document (const VySeed *seed, const char *name)
{
    if (!strcmp (name, "meta-data"))
        return seed->meta_data;
    if (!strcmp (name, "user-data"))
        return seed->user_data;
    return !strcmp (name, "network-config") ? seed->network_config : NULL;
}

/* ---- files --------------------------------------------------------------------------
 */

static char *
read_file (const char *path, GError **error)
{
    g_autoptr (GError) why = NULL;
    char *text = NULL;
    gsize size = 0;

    if (strstr (path, "://"))
        return vy_fetch_text (path, NULL, error);
    if (!g_file_get_contents (path, &text, &size, &why)) {
        vy_throw (
            error,
            g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT)   ? VY_ERROR_NOT_FOUND
            : g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_ACCES) ? VY_ERROR_DENIED
                                                                      : VY_ERROR_FAILED,
            _ ("cannot read '%s': %s"), path, why->message);
        return NULL;
    }
    if (strlen (text) == size)
        return text;
    vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is no text"), path);
    free_secret (text);
    return NULL;
}

static gboolean
is_plain_line (const char *line)
{
    for (const char *c = line; *c; c++)
        if (g_ascii_iscntrl (*c) && *c != '\t')
            return FALSE;
    return *line && g_utf8_validate (line, -1, NULL);
}

static char *
read_line (const char *path, GError **error)
{
    char *text = read_file (path, error);

    if (!text)
        return NULL;
    text[strcspn (text, "\r\n")] = '\0';
    if (is_plain_line (text))
        return text;
    vy_throw (error, VY_ERROR_INVALID, _ ("the first line of '%s' is empty or no text"),
              path);
    free_secret (text);
    return NULL;
}

/* A scalar of YAML that means the text, whatever is in it. */
static void
append_quoted (GString *out, const char *text)
{
    g_string_append_c (out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_c (out, '\\');
        if (*text == '\t')
            g_string_append (out, "\\t");
        else
            g_string_append_c (out, *text);
    }
    g_string_append_c (out, '"');
}

/* ---- passwords ----------------------------------------------------------------------
 */

static char *
generate_password (GError **error)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
                                  "23456789";
    const guint n = sizeof letters - 1;
    GString *password = g_string_sized_new (PASSWORD_LENGTH + 1);

    while (password->len < PASSWORD_LENGTH) {
        guint8 byte;

        if (getrandom (&byte, 1, 0) != 1) {
            vy_throw_errno (error, errno, _ ("cannot make a password"));
            free_secret (g_string_free (password, FALSE));
            return NULL;
        }
        /* the rest of the division would make some letters more likely */
        if (byte < 256 / n * n)
            g_string_append_c (password, letters[byte % n]);
    }
    return g_string_free (password, FALSE);
}

static char *
hash_password (const char *password, GError **error)
{
    VyCryptHash function = (VyCryptHash) vy_module_symbol ("crypt", VY_CRYPT_HASH, error);

    return function ? function (password, error) : NULL;
}

static gboolean
add_password (VySeed *seed, const VySeedSettings *settings, GString *out, GError **error)
{
    char *password = settings->generate_root_password
                         ? generate_password (error)
                         : read_line (settings->root_password_file, error);
    g_autofree char *hash = password ? hash_password (password, error) : NULL;

    if (settings->generate_root_password)
        seed->root_password = password;
    else
        free_secret (password);
    if (!hash)
        return FALSE;
    g_string_append_printf (out, "chpasswd:\n  list: |\n    root:%s\n  expire: %s\n",
                            hash, settings->generate_root_password ? "true" : "false");
    return TRUE;
}

/* ---- documents ----------------------------------------------------------------------
 */

static gboolean
add_key (GString *out, const char *file, const char *before, GError **error)
{
    g_autofree char *key = read_line (file, error);

    if (!key)
        return FALSE;
    g_string_append (out, before);
    append_quoted (out, key);
    g_string_append_c (out, '\n');
    return TRUE;
}

/* "default" keeps the image's own user, who is not made when others are named alone. */
static gboolean
add_keys (const VySeedSettings *settings, GString *out, GError **error)
{
    if (settings->user_ssh_key &&
        !add_key (out, settings->user_ssh_key, "ssh_authorized_keys:\n  - ", error))
        return FALSE;
    return !settings->root_ssh_key ||
           add_key (out, settings->root_ssh_key,
                    "disable_root: false\nusers:\n  - default\n  - name: root\n"
                    "    ssh_authorized_keys:\n      - ",
                    error);
}

static char *
make_user_data (VySeed *seed, const VySeedSettings *settings, GError **error)
{
    g_autoptr (GString) out = g_string_new ("#cloud-config\n");

    if ((settings->generate_root_password || settings->root_password_file) &&
        !add_password (seed, settings, out, error))
        return NULL;
    if (!add_keys (settings, out, error))
        return NULL;
    if (settings->disable)
        g_string_append (out, "runcmd:\n  - [touch, /etc/cloud/cloud-init.disabled]\n");
    return g_strdup (out->str);
}

/* A new instance id: cloud-init then does everything again, also in a clone. */
static char *
make_meta_data (const VySeedSettings *settings)
{
    g_autofree char *id = g_uuid_string_random ();
    g_autoptr (GString) out = g_string_new (NULL);

    g_string_append_printf (out, "instance-id: iid-%s\n", id);
    if (settings->name && *settings->name) {
        g_string_append (out, "local-hostname: ");
        append_quoted (out, settings->name);
        g_string_append_c (out, '\n');
    }
    return g_strdup (out->str);
}

static gboolean
check (const VySeedSettings *settings, GError **error)
{
    if (settings->root_password_file && settings->generate_root_password)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("root's password is either read or generated"));
    if (settings->user_data &&
        (settings->root_password_file || settings->generate_root_password ||
         settings->root_ssh_key || settings->user_ssh_key || settings->disable))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("user-data of a file leaves no room for passwords, keys and "
                            "disabling: write them into it"));
    if (settings->name && *settings->name && !is_plain_line (settings->name))
        return vy_throw (error, VY_ERROR_INVALID, _ ("the host name is no text"));
    return TRUE;
}

VySeed *
vy_seed_new (const VySeedSettings *settings, GError **error)
{
    g_autoptr (VySeed) seed = g_new0 (VySeed, 1);

    g_return_val_if_fail (settings, NULL);
    if (!check (settings, error))
        return NULL;
    seed->meta_data = settings->meta_data ? read_file (settings->meta_data, error)
                                          : make_meta_data (settings);
    if (!seed->meta_data)
        return NULL;
    seed->user_data = settings->user_data ? read_file (settings->user_data, error)
                                          : make_user_data (seed, settings, error);
    if (!seed->user_data)
        return NULL;
    if (settings->network_config &&
        !(seed->network_config = read_file (settings->network_config, error)))
        return NULL;
    return g_steal_pointer (&seed);
}

/* ---- image --------------------------------------------------------------------------
 */

gboolean
vy_seed_write (const VySeed *seed, const char *path, GError **error)
{
    const VyArchiveFile files[] = {
        { "meta-data", seed->meta_data },
        { "user-data", seed->user_data },
        { seed->network_config ? "network-config" : NULL, seed->network_config },
        { 0 },
    };
    VyArchiveWriteIso function =
        (VyArchiveWriteIso) vy_module_symbol ("archive", VY_ARCHIVE_WRITE_ISO, error);
    gboolean ok;
    int fd;

    if (!function)
        return FALSE;
    fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot create '%s'"), path);
    ok = function (fd, LABEL, files, error);
    if (ok && fsync (fd) < 0)
        ok = vy_throw_errno (error, errno, _ ("cannot write '%s'"), path);
    close (fd);
    if (!ok)
        unlink (path);
    return ok;
}
