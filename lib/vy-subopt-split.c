/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: texts to keys and values. */
#include "vy-subopt-private.h"

#include <string.h>

#include "vy-i18n-private.h"

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
    GPtrArray *behind; /* signs stand behind what has a key */
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
        g_ptr_array_add (split->behind, g_strdup (*sign + 1));
        g_ptr_array_add (split->behind, g_strdup (piece + 1));
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

/* The arguments of another program are split by its rules: what begins with no name of a
 * sub-option is such a list, and so is what stands behind a name that takes one. */
static gboolean
take_words (Split *split, const char *text)
{
    const char *equals = strchr (text, '=');
    g_autofree char *key = equals ? g_strndup (text, (gsize) (equals - text)) : NULL;
    guint numbers[VY_SUBOPT_LEVELS];
    const VySubopt *row = key ? vy_subopt_find (split->device, key, numbers) : NULL;

    if (!*text || (row && (!(row->flags & VY_COMMAS) || g_str_has_prefix (key, "xpath"))))
        return FALSE;
    g_ptr_array_add (split->out, row ? g_steal_pointer (&key) : g_strdup ("args"));
    g_ptr_array_add (split->out, g_strdup (row ? equals + 1 : text));
    return TRUE;
}

GPtrArray *
vy_subopt_split (const char *text, const VyDevice *device, GError **error)
{
    g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
    g_auto (GStrv) positional =
        g_strsplit (device->positional ? device->positional : "", " ", -1);
    g_autoptr (GPtrArray) signs = g_ptr_array_new_with_free_func (g_free);
    Split split = { device, out, signs, positional, FALSE };
    const char *at = text;

    if (strcmp (device->option, "qemu-commandline") == 0 && take_words (&split, text))
        return g_steal_pointer (&out);
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
    g_ptr_array_extend_and_steal (out, g_steal_pointer (&signs));
    return g_steal_pointer (&out);
}
