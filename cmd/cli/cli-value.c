/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text and JSON of single values, and what prints them. */
#include "cli-private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <json-c/json.h>

void
cli_print (G_GNUC_UNUSED Cli *cli, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    vprintf (format, args);
    va_end (args);
}

void
cli_say (Cli *cli, const char *format, ...)
{
    va_list args;

    if (cli_is_quiet (cli) || cli_is_structured (cli))
        return;
    va_start (args, format);
    vprintf (format, args);
    va_end (args);
}

void
cli_warn (Cli *cli, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    if (cli->completing)
        return;
    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    fflush (stdout);
    if (cli->program->style == CLI_STYLE_VIRSH)
        g_printerr ("%s\n", text);
    else
        g_printerr ("%s: %s\n", cli->program->name, text);
}

struct json_object *
cli_json_string (const char *text)
{
    g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;

    return valid ? json_object_new_string (valid) : NULL;
}

struct json_object *
cli_json_double (double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return json_object_new_double_s (value,
                                     g_ascii_formatd (text, sizeof text, "%.15g", value));
}

struct json_object *
cli_json_strings (const char *const *values)
{
    struct json_object *array = json_object_new_array ();

    for (; values && *values; values++)
        json_object_array_add (array, cli_json_string (*values));
    return array;
}

void
cli_json_print (Cli *cli, struct json_object *json, gboolean one_line)
{
    int flags = JSON_C_TO_STRING_NOSLASHESCAPE;

    if (!one_line)
        flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
    cli_print (cli, "%s\n", json_object_to_json_string_ext (json, flags));
    json_object_put (json);
}

char *
cli_csv_field (const char *text)
{
    g_autoptr (GString) field = NULL;

    if (!text)
        return g_strdup ("");
    if (!text[strcspn (text, ",\"\r\n")])
        return g_strdup (text);
    field = g_string_new (text);
    g_string_replace (field, "\"", "\"\"", 0);
    return g_strdup_printf ("\"%s\"", field->str);
}

size_t
cli_text_width (const char *text)
{
    size_t n = mbstowcs (NULL, text, 0);
    g_autofree wchar_t *wide = NULL;
    int width;

    if (n == (size_t) -1)
        return strlen (text);
    wide = g_new0 (wchar_t, n + 1);
    mbstowcs (wide, text, n + 1);
    width = wcswidth (wide, n);
    return width < 0 ? strlen (text) : (size_t) width;
}
