/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets: define, list, set and get their values */
#include "object.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

/* What libvirt's protocol carries at most. */
#define VALUE_MAX 65536
#define CTRL_C 3

typedef struct {
    char *secret, *file, *base64;
    gboolean plain, interactive;
} ValueArgs;

typedef struct {
    gboolean ephemeral, no_ephemeral, private, no_private;
} ListArgs;

static const VirshAction actions[] = {
    { "secret-undefine", VIRSH_CALL (virSecretUndefine), NULL,
      N_ ("Failed to delete secret %s"), N_ ("Secret %s deleted\n") },
    { 0 },
};

static const VirshMaker makers[] = {
    { "secret-define", VIRSH_MAKE (virSecretDefineXML), VIR_SECRET_DEFINE_VALIDATE,
      N_ ("Failed to define secret from %s"), N_ ("Secret %s created\n") },
    { 0 },
};

const VirshKind virsh_secret_kind = {
    .prefix = "secret-",
    .noun = "secret",
    .by = { { NULL, VIRSH_FIND (virSecretLookupByUUIDString), FALSE } },
    .not_found = N_ ("failed to get secret '%s'"),
    .uuid = VIRSH_CALL_TEXT (virSecretGetUUIDString),
    .release = VIRSH_CALL (virSecretFree),
    .list = VIRSH_LIST (virConnectListAllSecrets),
    .list_failed = N_ ("Failed to list secrets"),
    .count = virConnectNumOfSecrets,
    .list_names = virConnectListSecrets,
    .xml = VIRSH_GET_XML (virSecretGetXMLDesc),
    .actions = actions,
    .makers = makers,
};

/* ---- values: never longer in memory than needed
 * ---------------------------------------------- */

typedef struct {
    guchar *bytes;
    gsize length;
} Value;

static void
value_clear (Value *value)
{
    if (value->bytes)
        explicit_bzero (value->bytes, value->length);
    g_clear_pointer (&value->bytes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Value, value_clear)

/* A line from @fd without its end; nothing at the end of the input. */
static void
read_line (int fd, Value *value)
{
    value->bytes = g_malloc0 (VALUE_MAX + 1);
    while (value->length < VALUE_MAX && read (fd, value->bytes + value->length, 1) == 1 &&
           value->bytes[value->length] != '\n')
        value->length++;
}

/* The terminal, or where there is none the standard input. Its signals are off, or one
 * would leave the terminal silent: Ctrl-C is a character that ends the question. */
static gboolean
read_value_typed (Cli *cli, Value *value, GError **error)
{
    int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    int from = fd >= 0 ? fd : STDIN_FILENO;
    struct termios before, silent;
    gboolean terminal = tcgetattr (from, &before) == 0;

    cli_print (cli, "%s", _ ("Enter new value for secret:"));
    cli_flush_output (cli, NULL);
    if (terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
        tcsetattr (from, TCSAFLUSH, &silent);
    }
    read_line (from, value);
    if (terminal) {
        tcsetattr (from, TCSAFLUSH, &before);
        cli_print (cli, "\n");
    }
    if (fd >= 0)
        close (fd);
    return !terminal || !memchr (value->bytes, CTRL_C, value->length) ||
           vy_throw (error, VY_ERROR_CANCELLED, _ ("no value was given"));
}

static void
decode (Value *value)
{
    g_autofree char *text = g_strndup ((const char *) value->bytes, value->length);
    gsize length = strlen (text);

    value_clear (value);
    value->bytes = g_base64_decode (text, &value->length);
    explicit_bzero (text, length);
}

static gboolean
read_value (Cli *cli, const ValueArgs *args, Value *value, GError **error)
{
    if (args->file) {
        value->bytes =
            (guchar *) virsh_read_bytes (args->file, VALUE_MAX, &value->length, error);
        if (!value->bytes)
            return FALSE;
    }
    if (args->base64) {
        cli_warn (cli, "%s", _ ("other users can see a secret that is given as a word"));
        value->length = strlen (args->base64);
        value->bytes = (guchar *) g_strdup (args->base64);
    }
    if (args->interactive && !read_value_typed (cli, value, error))
        return FALSE;
    if (!value->bytes)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("the value is missing: --file or --interactive gives it"));
    if (!args->plain && !args->interactive)
        decode (value);
    return TRUE;
}

static gboolean
run_set_value (Cli *cli, gpointer data, GError **error)
{
    const ValueArgs *args = data;
    virSecretPtr secret = virsh_object (cli, &virsh_secret_kind, args->secret, error);
    g_auto (Value) value = { 0 };
    gboolean ok;

    if (!secret)
        return FALSE;
    ok = read_value (cli, args, &value, error);
    if (ok) {
        ok = virSecretSetValue (secret, value.length ? value.bytes : NULL, value.length,
                                0) == 0 ||
             virsh_fail (error, _ ("Failed to set secret value"));
        if (ok)
            cli_say (cli, "%s", _ ("Secret value set\n"));
    }
    virSecretFree (secret);
    return ok;
}

/* Byte by byte: there may be zeros among them. */
static void
print_value (Cli *cli, const Value *value, gboolean plain)
{
    char *text = plain ? NULL : g_base64_encode (value->bytes, value->length);

    if (text) {
        cli_print (cli, "%s", text);
        explicit_bzero (text, strlen (text));
        g_free (text);
    }
    for (gsize i = 0; plain && i < value->length; i++)
        cli_print (cli, "%c", value->bytes[i]);
}

static gboolean
run_get_value (Cli *cli, gpointer data, GError **error)
{
    const ValueArgs *args = data;
    virSecretPtr secret = virsh_object (cli, &virsh_secret_kind, args->secret, error);
    Value value = { 0 };

    if (!secret)
        return FALSE;
    value.bytes = virSecretGetValue (secret, &value.length, 0);
    if (!value.bytes)
        virsh_fail (error, _ ("failed to get the value of secret %s"), args->secret);
    virSecretFree (secret);
    if (!value.bytes)
        return FALSE;
    print_value (cli, &value, args->plain);
    explicit_bzero (value.bytes, value.length);
    free (value.bytes);
    return TRUE;
}

/* ---- the list
 * ----------------------------------------------------------------------------------- */

typedef struct {
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *usage_id;
    const char *uuid_text, *usage_type;
} Row;

static const char *const usage_types[] = {
    NULL, "volume", "ceph", "iscsi", "tls", "vtpm"
};

static gpointer
row_new (gpointer secret)
{
    Row *row = g_new0 (Row, 1);
    int type = virSecretGetUsageType (secret);

    virSecretGetUUIDString (secret, row->uuid);
    row->uuid_text = row->uuid;
    if (type > 0) {
        row->usage_type =
            type < (int) G_N_ELEMENTS (usage_types) ? usage_types[type] : "unknown";
        row->usage_id = g_strdup (virSecretGetUsageID (secret));
    }
    return row;
}

static void
row_free (gpointer data)
{
    g_free (((Row *) data)->usage_id);
    g_free (data);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
    return strcmp ((*(Row *const *) a)->uuid, (*(Row *const *) b)->uuid);
}

static char *
usage_text (gconstpointer data)
{
    const Row *row = data;

    return row->usage_type ? g_strdup_printf ("%s %s", row->usage_type, row->usage_id)
                           : g_strdup (_ ("Unused"));
}

static const CliColumn columns[] = {
    { "uuid", N_ ("UUID"), CLI_COL_STRING, offsetof (Row, uuid_text) },
    { "usage_type", N_ ("Usage"), CLI_COL_STRING, offsetof (Row, usage_type),
      usage_text },
    { "usage_id", N_ ("Usage ID"), CLI_COL_STRING, offsetof (Row, usage_id),
      .extra = TRUE },
    { 0 },
};

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const ListArgs *args = data;
    unsigned flags = (args->ephemeral ? VIR_CONNECT_LIST_SECRETS_EPHEMERAL : 0u) |
                     (args->no_ephemeral ? VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL : 0u) |
                     (args->private ? VIR_CONNECT_LIST_SECRETS_PRIVATE : 0u) |
                     (args->no_private ? VIR_CONNECT_LIST_SECRETS_NO_PRIVATE : 0u);
    g_autoptr (GPtrArray) rows = virsh_object_rows (
        cli, &virsh_secret_kind, flags, row_new, row_free, compare_rows, error);

    return rows && cli_print_table (cli, columns, rows, error);
}

static GStrv
complete_secret (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_secret_kind, typed);
}

#define SECRET(Args, field)                                                              \
    VIRSH_NAME (Args, field, "secret", "SECRET", "UUID of a secret", complete_secret)
static const CliOption secret_options[] = { SECRET (VirshObjectArgs, object), { 0 } };
static const CliOption dumpxml_options[] = {
    SECRET (VirshObjectArgs, object),
    VIRSH_OBJECT_XPATH,
    { 0 },
};
static const CliOption get_options[] = {
    SECRET (ValueArgs, secret),
    VIRSH_FLAG (ValueArgs, plain, "plain", "as it is, not in base64"),
    { 0 },
};
static const CliOption set_options[] = {
    SECRET (ValueArgs, secret),
    { .name = "file",
      .type = CLI_STRING,
      .flags = CLI_FILE,
      .offset = offsetof (ValueArgs, file),
      .metavar = N_ ("FILE"),
      .help = N_ ("file that has the value"),
      .excludes = "base64" },
    { .name = "plain",
      .type = CLI_FLAG,
      .offset = offsetof (ValueArgs, plain),
      .help = N_ ("the file has the value as it is, not in base64"),
      .excludes = "base64" },
    { .name = "interactive",
      .type = CLI_FLAG,
      .offset = offsetof (ValueArgs, interactive),
      .help = N_ ("ask for the value, which is not shown"),
      .excludes = "base64,plain,file" },
    VIRSH_STRING (ValueArgs, base64, "base64", "VALUE",
                  "the value in base64, where all users of the host can see it"),
    { 0 },
};
static const CliOption list_options[] = {
    VIRSH_FLAG (ListArgs, ephemeral, "ephemeral", "only those that are not on disk"),
    VIRSH_FLAG (ListArgs, no_ephemeral, "no-ephemeral", "only those that are on disk"),
    VIRSH_FLAG (ListArgs, private, "private", "only those whose value none can get"),
    VIRSH_FLAG (ListArgs, no_private, "no-private", "only those whose value can be got"),
    { 0 },
};

const CliCommand virsh_secret_commands[] = {
    VIRSH_OBJECT_COMMAND ("secret-define", N_ ("define or change a secret from a file"),
                          virsh_object_file_options, virsh_object_make),
    VIRSH_OBJECT_COMMAND ("secret-dumpxml", N_ ("print a secret's XML, not its value"),
                          dumpxml_options, virsh_object_dumpxml),
    { "secret-get-value", N_ ("print a secret's value"), get_options, sizeof (ValueArgs),
      run_get_value },
    { "secret-list", N_ ("list secrets"), list_options, sizeof (ListArgs), run_list },
    { "secret-set-value", N_ ("set a secret's value"), set_options, sizeof (ValueArgs),
      run_set_value },
    VIRSH_OBJECT_COMMAND ("secret-undefine", N_ ("delete a secret"), secret_options,
                          virsh_object_call),
    { 0 },
};
