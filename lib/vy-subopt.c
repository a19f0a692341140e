/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: applying the texts of options by their tables. */
#include "vy-subopt-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-units.h"

/* ---- keys
 * ------------------------------------------------------------------------------- */

/* Whether @key is @pattern, where "%" stands for any digits, also none. The numbers go to
 * @numbers. */
static gboolean
key_matches (const char *pattern, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    gsize level = 0;

    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            if (*pattern != *key++)
                return FALSE;
            continue;
        }
        if (level < VY_SUBOPT_LEVELS)
            numbers[level++] = (guint) MIN (g_ascii_strtoull (key, NULL, 10), 4096);
        while (g_ascii_isdigit (*key))
            key++;
    }
    return *key == '\0';
}

static gboolean
row_matches (const VySubopt *row, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    g_auto (GStrv) aliases = NULL;

    if (key_matches (row->key, key, numbers))
        return TRUE;
    if (!row->alias)
        return FALSE;
    aliases = g_strsplit (row->alias, " ", -1);
    for (char **alias = aliases; *alias; alias++)
        if (key_matches (*alias, key, numbers))
            return TRUE;
    return FALSE;
}

/* Rows that every option has. */
static const VySubopt common_rows[] = {
    { "clearxml", NULL, VY_BOOL },
    { "xpath%.delete", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.set", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.create", NULL, VY_STRING, NULL, VY_COMMAS },
    { "xpath%.value", NULL, VY_STRING, NULL, VY_COMMAS },
    { 0 },
};

static const VySubopt *
find_in (const VySubopt *rows, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    for (const VySubopt *row = rows; row->key; row++)
        if (row_matches (row, key, numbers))
            return row;
    return NULL;
}

const VySubopt *
vy_subopt_find (const VyDevice *device, const char *key, guint numbers[VY_SUBOPT_LEVELS])
{
    const VySubopt *found = find_in (common_rows, key, numbers);

    for (const VySubopt *const *rows = device->rows; !found && *rows; rows++)
        found = find_in (*rows, key, numbers);
    return found;
}

static void
add_keys (GPtrArray *keys, const VySubopt *rows)
{
    for (const VySubopt *row = rows; row->key; row++) {
        g_auto (GStrv) parts = g_strsplit (row->key, "%", -1);

        g_ptr_array_add (keys, g_strjoinv ("[0-9]*", parts));
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
vy_device_keys (const VyDevice *device)
{
    GPtrArray *keys = g_ptr_array_new ();

    for (const VySubopt *const *rows = device->rows; *rows; rows++)
        add_keys (keys, *rows);
    add_keys (keys, common_rows);
    g_ptr_array_sort (keys, compare_keys);
    g_ptr_array_add (keys, NULL);
    return (GStrv) g_ptr_array_free (keys, FALSE);
}

gboolean
vy_device_is_listing (const char *text)
{
    return strcmp (text, "help") == 0 || strcmp (text, "?") == 0;
}

/* ---- splitting
 * --------------------------------------------------------------------------- */

/* The next piece up to a comma outside of quotes, without its quotes. */
static char *
next_piece (const char **text, gboolean *open)
{
    GString *piece = g_string_new ("");
    const char *at = *text;
    char quote = 0;

    for (; *at && (quote || *at != ','); at++) {
        if (quote ? *at == quote : (*at == '"' || *at == '\''))
            quote = quote ? 0 : *at;
        else
            g_string_append_c (piece, *at);
    }
    *open = quote != 0;
    *text = *at ? at + 1 : at;
    return g_string_free (piece, FALSE);
}

/* What is known while a text is split. */
typedef struct {
    const VyDevice *device;
    GPtrArray *out;
    char **positional;
    gboolean going_on; /* the last value may hold commas */
} Split;

static void
go_on (Split *split, const char *piece)
{
    char **last = (char **) &g_ptr_array_index (split->out, split->out->len - 1);
    char *longer = *last ? g_strconcat (*last, ",", piece, NULL) : g_strdup (piece);

    g_free (*last);
    *last = longer;
}

/* "+svm" with "+force" is force=svm. */
static gboolean
take_sign (Split *split, const char *piece)
{
    g_auto (GStrv) signs =
        g_strsplit (split->device->signs ? split->device->signs : "", " ", -1);

    for (char **sign = signs; *sign; sign++) {
        if (*piece != **sign || piece[1] == '\0')
            continue;
        g_ptr_array_add (split->out, g_strdup (*sign + 1));
        g_ptr_array_add (split->out, g_strdup (piece + 1));
        return TRUE;
    }
    return FALSE;
}

static void
take_piece (Split *split, const char *piece)
{
    gboolean is_path = (*piece == '.' || *piece == '/') &&
                       g_strcmp0 (split->device->positional, "xpath.set") == 0;
    const char *equals = is_path ? NULL : strchr (piece, '=');
    g_autofree char *key = NULL;
    guint numbers[VY_SUBOPT_LEVELS] = { 0 };
    const VySubopt *row;

    if (equals) {
        key = g_strndup (piece, (gsize) (equals - piece));
        split->positional = NULL;
        equals++;
    } else if (split->positional && *split->positional && !split->going_on) {
        key = g_strdup (*split->positional++);
        equals = piece;
    } else {
        key = g_strdup (piece);
    }
    row = vy_subopt_find (split->device, key, numbers);
    if (!row && !equals && take_sign (split, key))
        return;
    if (!row && split->going_on) {
        go_on (split, piece);
        return;
    }
    g_ptr_array_add (split->out, g_steal_pointer (&key));
    g_ptr_array_add (split->out, g_strdup (equals));
    split->going_on = row && (row->flags & VY_COMMAS);
}

GPtrArray *
vy_subopt_split (const char *text, const VyDevice *device, GError **error)
{
    g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
    g_auto (GStrv) positional =
        g_strsplit (device->positional ? device->positional : "", " ", -1);
    Split split = { device, out, positional, FALSE };
    const char *at = text;

    /* the arguments of another program are split by its rules */
    if (strcmp (device->option, "qemu-commandline") == 0 && *text == '-') {
        g_ptr_array_add (out, g_strdup ("args"));
        g_ptr_array_add (out, g_strdup (text));
        return g_steal_pointer (&out);
    }
    while (*at) {
        gboolean open;
        g_autofree char *piece = next_piece (&at, &open);

        if (open) {
            vy_throw (error, VY_ERROR_INVALID, _ ("--%s: a quote is not closed in '%s'"),
                      device->option, text);
            return NULL;
        }
        if (*piece)
            take_piece (&split, piece);
    }
    return g_steal_pointer (&out);
}

/* ---- values
 * -------------------------------------------------------------------------------- */

gboolean
vy_subopt_check_text (const VySuboptTarget *target, const char *key, const char *value,
                      GError **error)
{
    if (!g_utf8_validate (value, -1, NULL))
        return vy_throw (error, VY_ERROR_INVALID, _ ("--%s %s: the value is not UTF-8"),
                         target->device->option, key);
    for (const char *at = value; *at; at = g_utf8_next_char (at)) {
        gunichar character = g_utf8_get_char (at);

        if ((character < 0x20 && character != '\n' && character != '\t') ||
            character == 0xfffe || character == 0xffff)
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("--%s %s: the value holds a control character"),
                             target->device->option, key);
    }
    return TRUE;
}

static gboolean
check_number (const VySuboptTarget *target, const char *key, const char *value,
              GError **error)
{
    const char *digits = *value == '-' ? value + 1 : value;
    gboolean hex = g_str_has_prefix (digits, "0x");
    gsize length;

    digits += hex ? 2 : 0;
    length = strspn (digits, hex ? "0123456789abcdefABCDEF" : "0123456789");
    if (length > 0 && digits[length] == '\0')
        return TRUE;
    return vy_throw (error, VY_ERROR_INVALID, _ ("--%s %s: '%s' is not a number"),
                     target->device->option, key, value);
}

/* Numbers are written as decimals. */
static char *
decimal (const char *value)
{
    gboolean negative = *value == '-';
    const char *digits = value + negative;
    char *end = NULL;
    guint64 number;

    if (!g_str_has_prefix (digits, "0x"))
        return g_strdup (value);
    number = g_ascii_strtoull (digits + 2, &end, 16);
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, negative ? "-" : "", number);
}

/* The text that is written for a value, or NULL with @error. */
static char *
canonical (const VySuboptTarget *target, const VySubopt *row, const char *key,
           const char *value, GError **error)
{
    gboolean truth;

    if (!vy_subopt_check_text (target, key, value, error))
        return NULL;
    switch (row->type) {
    case VY_STRING:
        return g_strdup (value);
    case VY_INT:
        return check_number (target, key, value, error) ? decimal (value) : NULL;
    case VY_PATH:
        return g_canonicalize_filename (value, NULL);
    case VY_PRESENCE:
    case VY_YESNO:
    case VY_ONOFF:
    case VY_BOOL:
        break;
    }
    if (!vy_boolean_parse (value, &truth, error)) {
        g_prefix_error (error, "--%s %s: ", target->device->option, key);
        return NULL;
    }
    if (row->type == VY_ONOFF)
        return g_strdup (truth ? "on" : "off");
    return g_strdup (truth ? "yes" : "no");
}

/* "source/host%/@name" with 1 is "source/host[2]/@name"; a "%" without a number is 1. */
static char *
fill_numbers (const char *path, const guint numbers[VY_SUBOPT_LEVELS])
{
    GString *full = g_string_new ("");
    gsize level = 0;

    for (; *path; path++) {
        if (*path == '%')
            g_string_append_printf (full, "[%u]",
                                    level < VY_SUBOPT_LEVELS ? numbers[level++] + 1 : 1);
        else
            g_string_append_c (full, *path);
    }
    return g_string_free (full, FALSE);
}

static gboolean
set_value (VySuboptTarget *target, const VySubopt *row, const char *path,
           const char *value, GError **error)
{
    if (row->set)
        return row->set (target, row, path, value, error);
    if (!path) {
        if (target->extra)
            g_hash_table_replace (
                target->extra, g_strconcat (target->device->option, ".", row->key, NULL),
                g_strdup (value));
    } else if (row->type == VY_PRESENCE) {
        if (value && strcmp (value, "yes") == 0)
            vy_xml_set (target->node, path, "");
        else
            vy_xml_remove (vy_xml_find (target->node, path));
    } else {
        vy_xml_set (target->node, path, value);
    }
    return TRUE;
}

static gboolean
apply_row (VySuboptTarget *target, const VySubopt *row, const char *key,
           const char *value, const guint numbers[VY_SUBOPT_LEVELS], GError **error)
{
    g_autofree char *path = row->path ? fill_numbers (row->path, numbers) : NULL;
    g_autofree char *written = NULL;

    if (!value) {
        if (row->type < VY_PRESENCE)
            return vy_throw (error, VY_ERROR_INVALID, _ ("--%s %s: a value is missing"),
                             target->device->option, key);
        value = "yes";
    }
    if ((row->flags & VY_SKIP_DEFAULT) && strcmp (value, "default") == 0)
        return TRUE;
    if (*value) {
        written = canonical (target, row, key, value, error);
        if (!written)
            return FALSE;
    }
    return set_value (target, row, path, written, error);
}

/* ---- whole texts
 * ------------------------------------------------------------------------------ */

static gboolean
unknown_key (const VySuboptTarget *target, const char *key, GError **error)
{
    g_auto (GStrv) keys = vy_device_keys (target->device);
    g_autofree char *nearest = vy_subopt_nearest (key, (const char *const *) keys);

    vy_throw (error, VY_ERROR_INVALID, _ ("unknown --%s option '%s'"),
              target->device->option, key);
    if (nearest)
        vy_error_set_hint (error, _ ("did you mean '%s'? --%s=? lists all"), nearest,
                           target->device->option);
    else
        vy_error_set_hint (error, _ ("--%s=? lists all"), target->device->option);
    return FALSE;
}

static gboolean
check_keys (const VySuboptTarget *target, GPtrArray *pairs, GError **error)
{
    guint numbers[VY_SUBOPT_LEVELS];

    for (guint i = 0; i < pairs->len; i += 2)
        if (!vy_subopt_find (target->device, g_ptr_array_index (pairs, i), numbers))
            return unknown_key (target, g_ptr_array_index (pairs, i), error);
    return TRUE;
}

static gboolean
apply_table (VySuboptTarget *target, const VySubopt *rows, GPtrArray *pairs,
             GError **error)
{
    for (const VySubopt *row = rows; row->key; row++) {
        for (guint i = 0; i < pairs->len; i += 2) {
            const char *key = g_ptr_array_index (pairs, i);
            guint numbers[VY_SUBOPT_LEVELS] = { 0 };
            guint ignored[VY_SUBOPT_LEVELS];

            if (row_matches (row, key, numbers) &&
                vy_subopt_find (target->device, key, ignored) == row &&
                !apply_row (target, row, key, g_ptr_array_index (pairs, i + 1), numbers,
                            error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
clear_node (VySuboptTarget *target, GPtrArray *pairs, GError **error)
{
    for (guint i = 0; i < pairs->len; i += 2) {
        const char *value = g_ptr_array_index (pairs, i + 1);
        gboolean truth = TRUE;

        if (strcmp (g_ptr_array_index (pairs, i), "clearxml") != 0)
            continue;
        if (value && !vy_boolean_parse (value, &truth, error))
            return FALSE;
        if (truth && !vy_subopt_clear (target, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_empty (const xmlNode *node)
{
    return !node->properties && !node->children;
}

/* "cell1" names the second cell; without a first one it stands alone. */
static void
prune_below (xmlNode *top, const char *path)
{
    const char *mark = strchr (path, '%');
    g_autofree char *step = mark ? g_strndup (path, (gsize) (mark - path)) : NULL;
    g_autoptr (GPtrArray) all = mark ? vy_xml_find_all (top, step) : NULL;

    for (guint i = 0; all && i < all->len; i++) {
        xmlNode *node = g_ptr_array_index (all, i);

        if (mark[1] == '/' && strchr (mark, '@') != mark + 2)
            prune_below (node, mark + 2);
        if (is_empty (node))
            vy_xml_remove (node);
    }
}

static void
prune_numbered (VySuboptTarget *target, GPtrArray *pairs)
{
    for (guint i = 0; i < pairs->len; i += 2) {
        guint numbers[VY_SUBOPT_LEVELS] = { 0 };
        const VySubopt *row =
            vy_subopt_find (target->device, g_ptr_array_index (pairs, i), numbers);

        if (row->path && strchr (row->path, '%'))
            prune_below (target->node, row->path);
    }
}

static gboolean
has_key (GPtrArray *pairs, const char *key)
{
    for (guint i = 0; i < pairs->len; i += 2)
        if (strcmp (g_ptr_array_index (pairs, i), key) == 0)
            return TRUE;
    return FALSE;
}

gboolean
vy_subopt_apply (VySuboptTarget *target, const char *text, GError **error)
{
    g_autoptr (GPtrArray) pairs = vy_subopt_split (text, target->device, error);

    if (!pairs || !check_keys (target, pairs, error) ||
        !clear_node (target, pairs, error))
        return FALSE;
    target->pairs = pairs;
    target->ordered = FALSE;
    for (const VySubopt *const *rows = target->device->rows; *rows; rows++)
        if (!apply_table (target, *rows, pairs, error))
            return FALSE;
    if (target->device->finish && !target->device->finish (target, error))
        return FALSE;
    prune_numbered (target, pairs);
    if (target->editing && target->node != target->domain && is_empty (target->node) &&
        !has_key (pairs, "clearxml")) {
        vy_xml_remove (target->node);
        target->node = target->domain;
        return TRUE;
    }
    return vy_subopt_apply_xpaths (target, pairs, error);
}

xmlNode *
vy_device_add (VyHost *host, xmlNode *domain, const VyDevice *device, const char *text,
               GHashTable *extra, GError **error)
{
    VySuboptTarget target = {
        .device = device, .domain = domain, .node = domain, .extra = extra, .host = host
    };

    if (*device->element) {
        const char *slash = strrchr (device->element, '/');
        g_autofree char *parent =
            slash ? g_strndup (device->element, (gsize) (slash - device->element))
                  : g_strdup (".");

        target.node = vy_xml_add (vy_xml_ensure (domain, parent),
                                  slash ? slash + 1 : device->element);
    }
    if (vy_subopt_apply (&target, text, error))
        return target.node;
    if (target.node != domain)
        vy_xml_remove (target.node);
    return NULL;
}
