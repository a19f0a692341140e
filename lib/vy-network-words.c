/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A network described by loose words. */
#include "vy-network-words.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-units.h"

#define MAX_LEASE_DAYS 3650
#define YES "yes", "on", "true", "enable", "enabled"
#define NO "no", "off", "false", "disable", "disabled", "none", "never"

typedef enum { UNSET, ON, OFF } Switch;

typedef struct {
    VyNetworkSettings *settings;
    gboolean has_mode;
    Switch masquerade;
    char *incoming;
    char *outgoing;
    GError *error; /* the first one; the rest is still read, for the hint */
} Reader;

typedef struct {
    const char *name;
    gboolean value_optional;
    gboolean is_flag;
    const char *const *on;  /* words that switch it on */
    const char *const *off; /* words that switch it off */
    const char *others;     /* other values, for the message */
    /* @state is what @on and @off say of @value; UNSET: neither. FALSE: not valid */
    gboolean (*set) (Reader *reader, const char *value, Switch state);
} LooseOption;

static void keep_error (Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
keep_error (Reader *reader, const char *format, ...)
{
    va_list args;

    if (reader->error)
        return;
    va_start (args, format);
    reader->error = g_error_new_valist (VY_ERROR, VY_ERROR_USAGE, format, args);
    va_end (args);
}

static gboolean
is_in (const char *const *list, const char *word)
{
    for (; list && *list; list++)
        if (g_ascii_strcasecmp (*list, word) == 0)
            return TRUE;
    return FALSE;
}

/* ---- what each option sets ------------------------------------------------------------
 */

static gboolean
set_forward (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    static const struct {
        const char *word;
        VyNetworkMode mode;
    } modes[] = {
        { "nat", VY_NETWORK_NAT },           { "route", VY_NETWORK_ROUTE },
        { "routed", VY_NETWORK_ROUTE },      { "open", VY_NETWORK_OPEN },
        { "isolated", VY_NETWORK_ISOLATED }, { "none", VY_NETWORK_ISOLATED },
        { "bridge", VY_NETWORK_BRIDGE },     { "macvtap", VY_NETWORK_MACVTAP },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
        if (g_ascii_strcasecmp (modes[i].word, value) == 0) {
            reader->settings->mode = modes[i].mode;
            return reader->has_mode = TRUE;
        }
    return FALSE;
}

static gboolean
set_incoming (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    g_free (reader->incoming);
    reader->incoming = g_strdup (value);
    return TRUE;
}

static gboolean
set_outgoing (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    g_free (reader->outgoing);
    reader->outgoing = g_strdup (value);
    return TRUE;
}

static gboolean
set_masquerade (Reader *reader, G_GNUC_UNUSED const char *value, Switch state)
{
    reader->masquerade = state;
    return state != UNSET;
}

static gboolean
set_dhcp (Reader *reader, const char *value, Switch state)
{
    g_auto (GStrv) range = g_strsplit (value, "-", -1);
    guint32 address;

    reader->settings->no_dhcp = state == OFF;
    if (state != UNSET)
        return TRUE;
    if (g_strv_length (range) != 2 || !vy_address_parse (range[0], &address, NULL) ||
        !vy_address_parse (range[1], &address, NULL))
        return FALSE;
    g_free (reader->settings->dhcp_first);
    g_free (reader->settings->dhcp_last);
    reader->settings->dhcp_first = g_strdup (range[0]);
    reader->settings->dhcp_last = g_strdup (range[1]);
    return TRUE;
}

static gboolean
set_dns (Reader *reader, const char *value, Switch state)
{
    guint32 address;

    reader->settings->no_dns = state == OFF;
    if (state != UNSET)
        return TRUE;
    if (!vy_address_parse (value, &address, NULL))
        return FALSE;
    g_free (reader->settings->dns_forwarder);
    reader->settings->dns_forwarder = g_strdup (value);
    return TRUE;
}

static gboolean
set_lease_days (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    guint64 days;

    if (!vy_number_parse (value, MAX_LEASE_DAYS, &days, NULL) || days == 0)
        return FALSE;
    reader->settings->lease_minutes = (guint) days * 24 * 60;
    return TRUE;
}

static gboolean
set_start (Reader *reader, G_GNUC_UNUSED const char *value, Switch state)
{
    reader->settings->start = state == ON;
    return state != UNSET;
}

static gboolean
set_autostart (Reader *reader, G_GNUC_UNUSED const char *value, Switch state)
{
    reader->settings->autostart = state == ON;
    return state != UNSET;
}

/* What net-define makes is persistent in any case. */
static gboolean
set_persist (G_GNUC_UNUSED Reader *reader, G_GNUC_UNUSED const char *value, Switch state)
{
    return state == ON;
}

static gboolean
set_subnet (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    VySubnet subnet;

    if (!vy_subnet_parse (value, &subnet, NULL, NULL))
        return FALSE;
    g_free (reader->settings->subnet);
    reader->settings->subnet = g_strdup (value);
    return TRUE;
}

static gboolean
set_domain (Reader *reader, const char *value, G_GNUC_UNUSED Switch state)
{
    g_free (reader->settings->domain);
    reader->settings->domain = g_strdup (value);
    return TRUE;
}

static const char *const yes[] = { YES, NULL };
static const char *const no[] = { NO, NULL };
static const char *const masquerade_on[] = { "sourcenat", "snat", "nat", YES, NULL };
static const char *const dns_on[] = { "resolvconf", "host", YES, NULL };
static const char *const start_on[] = { "immediately", "immediate", "now", YES, NULL };
static const char *const autostart_on[] = { "restart", "reboot", "boot",
                                            "always",  YES,      NULL };

static const LooseOption options[] = {
    { "forward", .others = "nat, route, open, isolated, bridge, macvtap",
      .set = set_forward },
    { "incoming-interface", .set = set_incoming },
    { "outgoing-interface", .set = set_outgoing },
    { "masquerade", TRUE, .on = masquerade_on, .off = no, .set = set_masquerade },
    { "dhcp", TRUE, .on = yes, .off = no, .others = "FIRST-LAST", .set = set_dhcp },
    { "dns", TRUE, .on = dns_on, .off = no, .others = "ADDRESS", .set = set_dns },
    { "lease-days", .others = "1 to 3650", .set = set_lease_days },
    { "start", TRUE, .on = start_on, .off = no, .set = set_start },
    { "autostart", TRUE, .on = autostart_on, .off = no, .set = set_autostart },
    { "persist", TRUE, TRUE, .on = yes, .set = set_persist },
    { "subnet", .others = "192.168.150.0/24", .set = set_subnet },
    { "domain", .set = set_domain },
};

static const LooseOption *
find_option (const char *word)
{
    gsize length;

    if (!g_str_has_prefix (word, "--"))
        return NULL;
    length = strcspn (word + 2, "=,");
    for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
        if (strlen (options[i].name) == length &&
            strncmp (options[i].name, word + 2, length) == 0)
            return &options[i];
    return NULL;
}

/* Options of net-define itself, whose own parser knows what to say of them. */
static gboolean
is_own (const char *word)
{
    static const char *const own[] = { "--file", "--validate", "--help", "--", NULL };
    g_autofree char *name = g_strndup (word, strcspn (word, "="));

    return g_strv_contains (own, name);
}

static gboolean
names_file (const char *word)
{
    return strchr (word, '/') || g_str_has_suffix (word, ".xml") ||
           g_str_has_prefix (word, "--file");
}

gboolean
vy_network_words_are_loose (const char *const *words)
{
    gboolean known = FALSE, unknown = FALSE, file = FALSE;

    for (; *words; words++) {
        known |= find_option (*words) != NULL;
        unknown |= g_str_has_prefix (*words, "--") && !is_own (*words);
        file |= names_file (*words);
    }
    return known || (unknown && !file);
}

/* ---- reading --------------------------------------------------------------------------
 */

static char *
list_options (void)
{
    GString *list = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
        g_string_append_printf (list, "%s--%s", i ? ", " : "", options[i].name);
    return g_string_free (list, FALSE);
}

static char *
list_values (const LooseOption *option)
{
    GString *list = g_string_new (option->others);

    for (const char *const *word = option->on; word && *word; word++)
        g_string_append_printf (list, "%s%s", list->len ? ", " : "", *word);
    for (const char *const *word = option->off; word && *word; word++)
        g_string_append_printf (list, "%s%s", list->len ? ", " : "", *word);
    return g_string_free (list, FALSE);
}

static void
set_value (Reader *reader, const LooseOption *option, const char *value)
{
    Switch state = !value || is_in (option->on, value) ? ON
                   : is_in (option->off, value)        ? OFF
                                                       : UNSET;
    g_autofree char *valid = NULL;

    if (value && *value == '\0') {
        keep_error (reader, _ ("--%s has an empty value"), option->name);
        return;
    }
    if (option->set (reader, value ? value : "", state))
        return;
    valid = list_values (option);
    keep_error (reader, _ ("'%s' is no valid value of --%s: valid are %s"), value,
                option->name, valid);
}

/* "mode nat", "mode=nat", "mode='nat'" and "nat" are the same. */
static char *
strip_mode (const char *word)
{
    char *value = g_strdup (word + (g_str_has_prefix (word, "mode=") ? 5 : 0));
    gsize length = strlen (value);

    if (length >= 2 && (value[0] == '\'' || value[0] == '"') &&
        value[length - 1] == value[0]) {
        memmove (value, value + 1, length - 2);
        value[length - 2] = '\0';
    }
    return value;
}

/* Whether the word can be the value of the option, rather than the network's name. */
static gboolean
takes (const Reader *reader, const LooseOption *option, const char *word)
{
    if (!word || g_str_has_prefix (word, "--") || option->is_flag)
        return FALSE;
    return !option->value_optional || reader->settings->name ||
           is_in (option->on, word) || is_in (option->off, word) ||
           (option->others && strpbrk (word, ".-"));
}

/* Reads the option at words[at]. Returns: how many words it took. */
static guint
read_option (Reader *reader, const LooseOption *option, char **words, guint at)
{
    const char *equals = strchr (words[at], '=');
    guint next = at + 1;
    g_autofree char *value = NULL;

    if (equals) {
        value = strip_mode (equals + 1);
        set_value (reader, option, value);
        return 1;
    }
    if (strcmp (option->name, "forward") == 0 && g_strcmp0 (words[next], "mode") == 0)
        next++;
    if (takes (reader, option, words[next])) {
        value = strip_mode (words[next]);
        set_value (reader, option, value);
        return next + 1 - at;
    }
    if (option->value_optional)
        set_value (reader, option, NULL);
    else
        keep_error (reader, _ ("--%s needs a value"), option->name);
    return next - at;
}

/* An option that is not known: the words behind it belong to it. */
static guint
skip_unknown (Reader *reader, char **words, guint at)
{
    g_autofree char *valid = list_options ();
    guint next = at + 1;

    keep_error (reader, _ ("'%s' is not known here: valid are %s"), words[at], valid);
    if (strchr (words[at], '='))
        return 1;
    while (words[next] && !g_str_has_prefix (words[next], "--"))
        next++;
    return next - at;
}

static void
read_word (Reader *reader, const char *word)
{
    if (reader->settings->name)
        keep_error (reader,
                    _ ("'%s' is one word too many: the network's name is '%s' already"),
                    word, reader->settings->name);
    else
        reader->settings->name = g_strdup (word);
}

static void
read_all (Reader *reader, const char *const *given)
{
    g_auto (GStrv) words = g_strdupv ((char **) given);
    guint n = g_strv_length (words);

    for (guint i = 0; i < n; i++)
        if (g_str_has_suffix (words[i], ",") && words[i][1])
            words[i][strlen (words[i]) - 1] = '\0';
    for (guint at = 0; at < n;) {
        const LooseOption *option = find_option (words[at]);

        if (option)
            at += read_option (reader, option, words, at);
        else if (g_str_has_prefix (words[at], "-"))
            at += skip_unknown (reader, words, at);
        else
            read_word (reader, words[at++]);
    }
}

/* Which interface is which depends on the mode, which may have come last. */
static void
place_interfaces (Reader *reader)
{
    VyNetworkSettings *settings = reader->settings;
    char **place =
        settings->mode == VY_NETWORK_BRIDGE ? &settings->uplink : &settings->device;

    if (settings->mode == VY_NETWORK_MACVTAP && !reader->incoming)
        reader->incoming = g_steal_pointer (&reader->outgoing);
    *place = g_steal_pointer (&reader->incoming);
    if (settings->mode == VY_NETWORK_MACVTAP && reader->outgoing)
        keep_error (reader, _ ("--outgoing-interface cannot stand beside --forward "
                               "macvtap: it has no bridge"));
    else
        settings->bridge = g_steal_pointer (&reader->outgoing);
    if (settings->mode == VY_NETWORK_ISOLATED && settings->device) {
        keep_error (reader, _ ("--incoming-interface cannot stand beside --forward "
                               "isolated: valid are nat, route, open, bridge, macvtap"));
        g_clear_pointer (&settings->device, g_free);
    }
}

static void
check_masquerade (Reader *reader)
{
    gboolean nat = reader->settings->mode == VY_NETWORK_NAT;

    if (reader->masquerade == ON && !nat)
        keep_error (reader,
                    _ ("--masquerade cannot stand beside --forward %s: valid is nat"),
                    vy_network_mode_to_string (reader->settings->mode));
    if (reader->masquerade != OFF || !nat)
        return;
    if (reader->has_mode)
        keep_error (reader,
                    _ ("--masquerade off cannot stand beside --forward nat: valid "
                       "are route, open, isolated"));
    reader->settings->mode = VY_NETWORK_ROUTE;
}

/* "virtyard net create" needs a name to show, and no bridge settings that clash. */
static void
add_hint (GError **error, VyNetworkSettings *settings)
{
    g_autofree char *line = NULL;

    if (!settings->name)
        settings->name = g_strdup ("NAME");
    line = vy_network_settings_to_command (settings);
    vy_error_set_hint (error, _ ("the nearest is: %s"), line);
}

VyNetworkSettings *
vy_network_settings_from_words (const char *const *words, GError **error)
{
    g_autoptr (VyNetworkSettings) settings = vy_network_settings_new (NULL);
    Reader reader = { .settings = settings };

    read_all (&reader, words);
    check_masquerade (&reader);
    place_interfaces (&reader);
    g_free (reader.incoming);
    g_free (reader.outgoing);
    if (!settings->name)
        keep_error (&reader, _ ("the network's name is missing"));
    if (!reader.error)
        vy_network_settings_check (settings, &reader.error);
    if (!reader.error)
        return g_steal_pointer (&settings);
    add_hint (&reader.error, settings);
    g_propagate_error (error, reader.error);
    return NULL;
}
