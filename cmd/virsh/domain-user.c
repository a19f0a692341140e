/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's users: set-user-password get-user-sshkeys set-user-sshkeys */
#include "virsh.h"

typedef struct {
    char *domain, *user, *password, *password_file, *file;
    gboolean encrypted, reset, remove;
} Args;

/* The first line of the file: a password has no newline. */
static char *
read_password (const char *path, GError **error)
{
    char *text = virsh_read_file (path, error);

    if (!text)
        return NULL;
    text[strcspn (text, "\r\n")] = '\0';
    if (*text)
        return text;
    g_free (text);
    vy_throw (error, VY_ERROR_INVALID, _ ("%s has no password in its first line"), path);
    return NULL;
}

static void
wipe (char *secret)
{
    if (secret)
        explicit_bzero (secret, strlen (secret));
    g_free (secret);
}

static gboolean
run_password (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    char *read = NULL;
    int result;

    if (!domain ||
        (args->password_file && !(read = read_password (args->password_file, error))))
        return FALSE;
    result =
        virDomainSetUserPassword (domain, args->user, read ? read : args->password,
                                  args->encrypted ? VIR_DOMAIN_PASSWORD_ENCRYPTED : 0);
    wipe (read);
    if (result < 0)
        return virsh_fail (error, "%s", "");
    cli_say (cli, _ ("Password set successfully for %s in %s"), args->user, args->domain);
    return TRUE;
}

/* ---- keys
 * --------------------------------------------------------------------------------- */

static gboolean
run_get_keys (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    char **keys = NULL;
    int n;

    if (!domain)
        return FALSE;
    n = virDomainAuthorizedSSHKeysGet (domain, args->user, &keys, 0);
    if (n < 0)
        return virsh_fail (error, "%s", "");
    for (int i = 0; i < n; i++) {
        cli_print (cli, "%s\n", keys[i]);
        free (keys[i]);
    }
    free (keys);
    return TRUE;
}

static gboolean
check_keys (const Args *args, GError **error)
{
    if (args->remove && !args->file)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Option --%s is required by option --%s"), "file", "remove");
    if (!virsh_exclusive (args->reset, "reset", args->remove, "remove", error))
        return FALSE;
    return args->file || args->reset ||
           vy_throw (error, VY_ERROR_USAGE, _ ("Option --%s is required"), "file");
}

/* The lines with something on them. */
static GPtrArray *
split_keys (char *text)
{
    GPtrArray *keys = g_ptr_array_new ();
    char *rest = NULL;

    for (char *line = strtok_r (text, "\n", &rest); line;
         line = strtok_r (NULL, "\n", &rest))
        if (*g_strchomp (line))
            g_ptr_array_add (keys, line);
    return keys;
}

static gboolean
run_set_keys (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autofree char *text = NULL;
    g_autoptr (GPtrArray) keys = NULL;
    g_autoptr (virDomain) domain = NULL;
    unsigned flags = args->remove  ? VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE
                     : args->reset ? 0
                                   : VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND;

    if (!check_keys (args, error) ||
        (args->file && !(text = virsh_read_file (args->file, error))))
        return FALSE;
    keys = split_keys (text ? text : (text = g_strdup ("")));
    if (args->file && keys->len == 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("File %s contains no keys"),
                         args->file);
    domain = virsh_domain (cli, args->domain, error);
    return domain &&
           (virDomainAuthorizedSSHKeysSet (
                domain, args->user, (const char **) keys->pdata, keys->len, flags) == 0 ||
            virsh_fail (error, "%s", ""));
}

#define USER VIRSH_NAME (Args, user, "user", "USER", "name of the guest's user", NULL)

static const CliOption password_options[] = {
    VIRSH_DOMAIN (Args, domain),
    USER,
    VIRSH_NAME (Args, password, "password", "PASSWORD", "the new password", NULL),
    VIRSH_FLAG (Args, encrypted, "encrypted", "the password is hashed already"),
    { "password-file", 0, CLI_STRING, CLI_FILE | CLI_NEWER,
      offsetof (Args, password_file), N_ ("FILE"),
      N_ ("read the password from the first line of this file"), .excludes = "password",
      .replaces = "password" },
    { 0 },
};
static const CliOption get_keys_options[] = {
    VIRSH_DOMAIN (Args, domain),
    USER,
    { 0 },
};
static const CliOption set_keys_options[] = {
    VIRSH_DOMAIN (Args, domain),
    USER,
    { "file", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, offsetof (Args, file),
      N_ ("FILE"), N_ ("file with a key on each line") },
    VIRSH_FLAG (Args, reset, "reset", "remove the keys there are, then add"),
    VIRSH_FLAG (Args, remove, "remove", "remove the keys rather than add them"),
    { 0 },
};

const CliCommand virsh_domain_user_commands[] = {
    VIRSH_COMMAND ("get-user-sshkeys", N_ ("list the SSH keys of a guest's user"),
                   get_keys_options, run_get_keys),
    { "set-user-password", N_ ("set the password of a guest's user"), password_options,
      sizeof (Args), run_password,
      .description =
          N_ ("With --password-file FILE in the place of the password it is "
              "read from a file, so that nobody sees it among the processes.") },
    VIRSH_COMMAND ("set-user-sshkeys", N_ ("set the SSH keys of a guest's user"),
                   set_keys_options, run_set_keys),
    { 0 },
};
