/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: values as they are written, and where. */
#include "vy-subopt-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-units.h"

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
char *
vy_subopt_canonical (const VySuboptTarget *target, const VySubopt *row, const char *key,
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
char *
vy_subopt_fill_numbers (const char *path, const guint numbers[VY_SUBOPT_LEVELS])
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
