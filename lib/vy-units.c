/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers with units: sizes, durations. */
#include "vy-units.h"

#include <math.h>
#include <string.h>

#include "vy-i18n-private.h"

static const char size_letters[] = "kmgtpe";

/* The factor that a size suffix stands for, 0 for one that is not known. */
static guint64
size_unit (const char *suffix, guint64 default_unit)
{
    const char *letter;
    guint64 base, unit = 1;

    if (*suffix == '\0')
        return default_unit;
    if (g_ascii_strcasecmp (suffix, "b") == 0 ||
        g_ascii_strcasecmp (suffix, "byte") == 0 ||
        g_ascii_strcasecmp (suffix, "bytes") == 0)
        return 1;
    letter = strchr (size_letters, g_ascii_tolower (*suffix));
    if (!letter)
        return 0;
    if (suffix[1] == '\0' || g_ascii_strcasecmp (suffix + 1, "ib") == 0)
        base = 1024;
    else if (g_ascii_strcasecmp (suffix + 1, "b") == 0)
        base = 1000;
    else
        return 0;
    for (long i = letter - size_letters; i >= 0; i--)
        unit *= base;
    return unit;
}

gboolean
vy_size_parse (const char *text, guint64 default_unit, guint64 *bytes, GError **error)
{
    char *end = NULL;
    double number;
    guint64 whole, unit;

    if (!g_ascii_isdigit (*text) && *text != '.')
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a size"), text);
    whole = g_ascii_strtoull (text, &end, 10);
    if (whole == G_MAXUINT64)
        return vy_throw (error, VY_ERROR_INVALID, _ ("size '%s' is too large"), text);
    number = (double) whole;
    if (*end == '.')
        number = g_ascii_strtod (text, &end);
    while (*end == ' ')
        end++;
    unit = size_unit (end, default_unit);
    if (unit == 0 || end == text || (number != floor (number) && unit == 1))
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a size"), text);
    if (number * (double) unit >= (double) G_MAXINT64)
        return vy_throw (error, VY_ERROR_INVALID, _ ("size '%s' is too large"), text);
    *bytes = number == (double) whole ? whole * unit : (guint64) (number * (double) unit);
    return TRUE;
}

char *
vy_size_format (guint64 bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double number = (double) bytes;
    gsize unit = 0;
    char digits[32];

    while (number >= 1024 && unit + 1 < G_N_ELEMENTS (units)) {
        number /= 1024;
        unit++;
    }
    g_ascii_formatd (digits, sizeof digits, "%.2f", number);
    if (strchr (digits, '.')) {
        char *last = digits + strlen (digits) - 1;

        while (*last == '0')
            *last-- = '\0';
        if (*last == '.')
            *last = '\0';
    }
    return g_strdup_printf ("%s %s", digits, units[unit]);
}

static guint64
duration_unit (const char *text, gsize length)
{
    static const struct {
        const char *suffix;
        guint64 milliseconds;
    } units[] = { { "ms", 1 },      { "s", 1000 },    { "sec", 1000 },  { "m", 60000 },
                  { "min", 60000 }, { "h", 3600000 }, { "d", 86400000 } };

    for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
        if (strlen (units[i].suffix) == length &&
            strncmp (units[i].suffix, text, length) == 0)
            return units[i].milliseconds;
    return 0;
}

gboolean
vy_duration_parse (const char *text, guint64 default_unit_ms, guint64 *milliseconds,
                   GError **error)
{
    const char *at = text;
    double total = 0;

    do {
        char *end = NULL;
        double number;
        gsize letters = 0;
        guint64 unit;

        if (!g_ascii_isdigit (*at))
            break;
        number = g_ascii_strtod (at, &end);
        while (g_ascii_isalpha (end[letters]))
            letters++;
        unit = letters == 0 ? default_unit_ms : duration_unit (end, letters);
        if (unit == 0 || (letters == 0 && (*end != '\0' || at != text)))
            break;
        total += number * (double) unit;
        at = end + letters;
    } while (*at != '\0');

    if (*at != '\0' || at == text || total >= (double) G_MAXINT64)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' is not a duration such as 90s, 2m or 1h"), text);
    *milliseconds = (guint64) total;
    return TRUE;
}

gboolean
vy_number_parse (const char *text, guint64 max, guint64 *value, GError **error)
{
    gboolean hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    g_autoptr (GError) local = NULL;

    if (!g_ascii_string_to_unsigned (hex ? text + 2 : text, hex ? 16 : 10, 0, max, value,
                                     &local)) {
        if (local->code == G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS)
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("'%s' is not between 0 and %" G_GUINT64_FORMAT), text,
                             max);
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a number"), text);
    }
    return TRUE;
}

gboolean
vy_boolean_parse (const char *text, gboolean *value, GError **error)
{
    static const char *const yes[] = { "yes", "on", "true", "1", "y", "t", NULL };
    static const char *const no[] = { "no", "off", "false", "0", "n", "f", NULL };
    g_autofree char *lower = g_ascii_strdown (text, -1);

    if (!g_strv_contains (yes, lower) && !g_strv_contains (no, lower))
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is neither yes nor no"), text);
    *value = g_strv_contains (yes, lower);
    return TRUE;
}
