/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys and signals for what runs in a domain: send-key send-process-signal */
#include "words.h"
#include "keys.h"

typedef struct {
    char *domain, *codeset, *pid, *signal;
    guint hold_ms;
    char **keys;
} Args;

/* ---- send-key
 * ----------------------------------------------------------------------------- */

static const char *const codesets[VIRSH_KEY_SETS + 1] = {
    [VIR_KEYCODE_SET_LINUX] = "linux",   [VIR_KEYCODE_SET_XT] = "xt",
    [VIR_KEYCODE_SET_ATSET1] = "atset1", [VIR_KEYCODE_SET_ATSET2] = "atset2",
    [VIR_KEYCODE_SET_ATSET3] = "atset3", [VIR_KEYCODE_SET_OSX] = "os_x",
    [VIR_KEYCODE_SET_XT_KBD] = "xt_kbd", [VIR_KEYCODE_SET_USB] = "usb",
    [VIR_KEYCODE_SET_WIN32] = "win32",   [VIR_KEYCODE_SET_QNUM] = "qnum",
};

gboolean
virsh_key_set (const char *name, int *codeset)
{
    *codeset = VIR_KEYCODE_SET_LINUX;
    if (!name || !*name)
        return TRUE;
    if (strcmp (name, "rfb") == 0) /* as qnum was called once */
        name = "qnum";
    for (int i = 0; i < VIRSH_KEY_SETS; i++)
        if (strcmp (codesets[i], name) == 0) {
            *codeset = i;
            return TRUE;
        }
    return FALSE;
}

/* A number, decimal, octal or hexadecimal, or a name of the codeset. */
static gboolean
read_key (const char *text, int codeset, unsigned *code, GError **error)
{
    char *end = NULL;
    gint64 number = g_ascii_strtoll (text, &end, 0);

    if (end != text && *end == '\0' && number >= 0 && number <= 0xffff) {
        *code = (unsigned) number;
        return TRUE;
    }
    for (const VirshKeyName *row = virsh_key_names[codeset]; row && row->name; row++)
        if (strcmp (row->name, text) == 0) {
            *code = row->code;
            return TRUE;
        }
    return vy_throw (error, VY_ERROR_INVALID, _ ("invalid keycode: '%s'"), text);
}

static gboolean
run_send_key (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    unsigned codes[VIR_DOMAIN_SEND_KEY_MAX_KEYS];
    guint n = args->keys ? g_strv_length (args->keys) : 0;
    int codeset;

    if (!virsh_key_set (args->codeset, &codeset))
        return vy_throw (error, VY_ERROR_INVALID, _ ("unknown codeset: '%s'"),
                         args->codeset);
    if (n > G_N_ELEMENTS (codes))
        return vy_throw (error, VY_ERROR_INVALID, _ ("too many keycodes"));
    for (guint i = 0; i < n; i++)
        if (!read_key (args->keys[i], codeset, &codes[i], error))
            return FALSE;
    domain = virsh_domain (cli, args->domain, error);
    return domain && (virDomainSendKey (domain, (guint) codeset, args->hold_ms, codes,
                                        (int) n, 0) == 0 ||
                      virsh_fail (error, "%s", ""));
}

/* ---- send-process-signal
 * ------------------------------------------------------------------- */

/* Numbers, "kill", "SIGKILL", "sig_kill", "rt3"; -1: none of them. */
static int
signal_number (const char *text)
{
    g_autofree char *lower = g_ascii_strdown (text, -1);
    const char *name = lower;
    guint64 number;

    if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
        return (int) number;
    if (g_str_has_prefix (name, "sig"))
        name += name[3] == '_' ? 4 : 3;
    return virsh_word_place (virsh_signal_words, name);
}

static gboolean
run_signal (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    int number = signal_number (args->signal);
    gint64 pid;

    if (!virsh_read_number ("pid", args->pid, &pid, error))
        return FALSE;
    if (number < 0)
        return vy_throw (error, VY_ERROR_INVALID, _ ("malformed signal name: %s"),
                         args->signal);
    domain = virsh_domain (cli, args->domain, error);
    return domain && (virDomainSendProcessSignal (domain, pid, (guint) number, 0) == 0 ||
                      virsh_fail (error, "%s", ""));
}

static const CliOption key_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { "codeset", 0, CLI_STRING, CLI_EMPTY_OK, offsetof (Args, codeset), N_ ("CODESET"),
      N_ ("what the keys mean: linux (the default), xt, usb, win32, …"),
      .choices = codesets },
    { "holdtime", 0, CLI_UINT, 0, offsetof (Args, hold_ms), N_ ("MILLISECONDS"),
      N_ ("how long the keys are held, in milliseconds") },
    { "keycode", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_REQUIRED | CLI_ARGV,
      offsetof (Args, keys), N_ ("KEY"), N_ ("keys that are pressed together") },
    { 0 },
};
static const CliOption signal_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, pid, "pid", "PID", "process inside the guest", NULL),
    VIRSH_NAME (Args, signal, "signame", "SIGNAL", "name or number of the signal", NULL),
    { 0 },
};

const CliCommand virsh_send_key_commands[] = {
    VIRSH_COMMAND ("send-key", N_ ("press keys of a domain"), key_options, run_send_key),
    VIRSH_COMMAND ("send-process-signal", N_ ("send a signal to a process of the guest"),
                   signal_options, run_signal),
    { 0 },
};
