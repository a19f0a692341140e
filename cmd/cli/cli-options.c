/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Option rows and Args structs: conversion, defaults, required and exclusive ones. */
#include "cli-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(type, args, row) ((type *) (void *) ((char *) (args) + (row)->offset))

const CliOption *
cli_option_find (const CliOption *options, const char *name)
{
    for (const CliOption *row = options; row && row->name; row++)
        if (strcmp (row->name, name) == 0)
            return row;
    return NULL;
}

const CliOption *
cli_option_resolve (const CliOption *options, const CliOption *row, const char **value)
{
    while (row && row->type == CLI_ALIAS) {
        const char *equals = strchr (row->alias_of, '=');
        g_autofree char *name =
            equals ? g_strndup (row->alias_of, (gsize) (equals - row->alias_of))
                   : g_strdup (row->alias_of);

        if (equals)
            *value = equals + 1;
        row = cli_option_find (options, name);
    }
    return row;
}

gboolean
cli_option_has_value (const CliOption *options, const CliOption *row)
{
    const char *fixed = NULL;
    const CliOption *target = cli_option_resolve (options, row, &fixed);

    return target && target->type != CLI_FLAG && !fixed;
}

gboolean
cli_has (Cli *cli, const char *option)
{
    return g_hash_table_contains (cli->given, option);
}

gpointer
cli_args_new (Cli *cli, const CliCommand *command)
{
    cli->command = command;
    g_hash_table_remove_all (cli->given);
    return g_malloc0 (MAX (command->args_size, 1));
}

void
cli_args_clear (const CliOption *options, gpointer args)
{
    for (const CliOption *row = options; row && row->name; row++) {
        if (row->type == CLI_STRING)
            g_clear_pointer (FIELD (char *, args, row), g_free);
        else if (row->type == CLI_STRINGS)
            g_clear_pointer (FIELD (GStrv, args, row), g_strfreev);
    }
}

void
cli_args_free (const CliCommand *command, gpointer args)
{
    if (!args)
        return;
    cli_args_clear (command->options, args);
    g_free (args);
}

/* ---- conversion of one value ---------------------------------------------------------
 */

static gboolean
bad_value (Cli *cli, const CliOption *row, const char *text, GError **error)
{
    gboolean scaled = row->type == CLI_SIZE;

    if (cli->program->style != CLI_STYLE_VIRSH)
        return vy_throw (error, VY_ERROR_USAGE, _ ("'%s' is not a valid value of --%s"),
                         text, row->name);
    return vy_throw (
        error, VY_ERROR_USAGE,
        scaled ? _ ("Scaled numeric value '%s' for <--%s> option is malformed or out of "
                    "range")
               : _ ("Numeric value '%s' for <%s> option is malformed or out of range"),
        text, row->name);
}

static gboolean
parse_signed (const char *text, gint64 min, gint64 max, gint64 *value)
{
    char *end = NULL;

    errno = 0;
    *value = g_ascii_strtoll (text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *value >= min && *value <= max;
}

static gboolean
set_signed (const CliOption *row, const char *text, gpointer args)
{
    gint64 value;

    if (row->type == CLI_INT) {
        if (!parse_signed (text, G_MININT, G_MAXINT, &value))
            return FALSE;
        *FIELD (int, args, row) = (int) value;
        return TRUE;
    }
    if (!parse_signed (text, G_MININT64, G_MAXINT64, &value))
        return FALSE;
    *FIELD (gint64, args, row) = value;
    return TRUE;
}

/* virsh reads numbers as strtoul() does: after blanks and a plus sign. */
static const char *
skip_plus (const char *text)
{
    const char *digits = text + strspn (text, " \t\n");

    digits += *digits == '+';
    return g_ascii_isdigit (*digits) ? digits : text;
}

/* virsh knows decimal numbers only. */
static gboolean
set_unsigned (Cli *cli, const CliOption *row, const char *text, gpointer args)
{
    gboolean negative = (row->flags & CLI_WRAPS) && *text == '-';
    guint64 max = row->type == CLI_UINT ? G_MAXUINT : G_MAXUINT64, value;

    if (!(cli->program->style == CLI_STYLE_VIRSH
              ? g_ascii_string_to_unsigned (negative ? text + 1 : skip_plus (text), 10, 0,
                                            max, &value, NULL)
              : vy_number_parse (text + negative, max, &value, NULL)))
        return FALSE;
    if (row->type == CLI_UINT)
        *FIELD (guint, args, row) = (guint) value;
    else
        *FIELD (guint64, args, row) = negative ? 0 - value : value;
    return TRUE;
}

static gboolean
set_double (const CliOption *row, const char *text, gpointer args)
{
    char *end = NULL;
    double value;

    errno = 0;
    value = g_ascii_strtod (text, &end);
    if (errno || end == text || *end)
        return FALSE;
    *FIELD (double, args, row) = value;
    return TRUE;
}

static gboolean
set_enum (const CliOption *row, const char *text, gpointer args, GError **error)
{
    g_autofree char *all = NULL;

    for (int i = 0; row->choices[i]; i++)
        if (strcmp (row->choices[i], text) == 0) {
            *FIELD (int, args, row) = i;
            return TRUE;
        }
    all = g_strjoinv (", ", (char **) row->choices);
    return vy_throw (error, VY_ERROR_USAGE,
                     _ ("'%s' is not a valid value of --%s (it can be: %s)"), text,
                     row->name, all);
}

/* virsh knows no fractions, and plain numbers up to the last of 64 bits. */
static gboolean
set_size (Cli *cli, const CliOption *row, const char *text, gpointer args)
{
    guint64 *field = FIELD (guint64, args, row), unit = row->unit ? row->unit : 1;

    if ((row->flags & CLI_UNLIMITED) && text[0] == '-' && g_ascii_isdigit (text[1])) {
        *field = G_MAXUINT64;
        /* what no number of 64 bits can be is none, below zero neither */
        return g_ascii_strtoll (text, NULL, 10) != G_MININT64;
    }
    if (cli->program->style == CLI_STYLE_VIRSH) {
        text = skip_plus (text);
        if (text[strcspn (text, ". ")])
            return FALSE;
        if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64 / unit, field, NULL)) {
            *field *= unit;
            return TRUE;
        }
    }
    return vy_size_parse (text, unit, field, NULL);
}

static gboolean
set_number (Cli *cli, const CliOption *row, const char *text, gpointer args,
            GError **error)
{
    gboolean ok = FALSE;

    if (row->type == CLI_INT || row->type == CLI_INT64)
        ok = set_signed (row, text, args);
    else if (row->type == CLI_UINT || row->type == CLI_UINT64)
        ok = set_unsigned (cli, row, text, args);
    else if (row->type == CLI_SIZE)
        ok = set_size (cli, row, text, args);
    else if (row->type == CLI_TIME)
        ok = vy_duration_parse (text, row->unit ? row->unit : 1000,
                                FIELD (guint64, args, row), NULL);
    else
        ok = set_double (row, text, args);
    return ok || bad_value (cli, row, text, error);
}

static void
append_string (GStrv *list, const char *text)
{
    guint n = *list ? g_strv_length (*list) : 0;

    *list = g_renew (char *, *list, n + 2);
    (*list)[n] = g_strdup (text);
    (*list)[n + 1] = NULL;
}

static gboolean
check_empty (Cli *cli, const CliOption *row, const char *text, GError **error)
{
    CliStyle style = cli->program->style;

    if (*text || style == CLI_STYLE_INSTALL || (row->flags & CLI_EMPTY_OK))
        return TRUE;
    if (row->type != CLI_STRING)
        return TRUE;
    if (style == CLI_STYLE_VIRSH)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("Failed to get option '%s': Option argument is empty"),
                         row->name);
    return vy_throw (error, VY_ERROR_USAGE, _ ("the value of --%s is empty"), row->name);
}

static gboolean
set_value (Cli *cli, const CliOption *row, const char *text, gpointer args,
           GError **error)
{
    if (row->type == CLI_STRINGS) {
        append_string (FIELD (GStrv, args, row), text);
        return TRUE;
    }
    if (row->type == CLI_STRING) {
        g_free (*FIELD (char *, args, row));
        *FIELD (char *, args, row) = g_strdup (text);
        return TRUE;
    }
    if (row->type == CLI_ENUM)
        return set_enum (row, text, args, error);
    return set_number (cli, row, text, args, error);
}

/* A bare "--x" of an option that may have a value: text is "", numbers stay 0. */
static void
set_bare (const CliOption *row, gpointer args)
{
    if (row->type == CLI_STRINGS)
        append_string (FIELD (GStrv, args, row), "");
    if (row->type == CLI_STRING) {
        g_free (*FIELD (char *, args, row));
        *FIELD (char *, args, row) = g_strdup (row->bare_is_null ? NULL : "");
    }
}

gboolean
cli_args_set (Cli *cli, const CliOption *options, gpointer args, const CliOption *row,
              const char *text, GError **error)
{
    const CliOption *target = cli_option_resolve (options, row, &text);

    if (!target)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown option '--%s'"), row->name);
    g_hash_table_add (cli->given, (gpointer) target->name);
    if (target->type == CLI_FLAG) {
        *FIELD (gboolean, args, target) = TRUE;
        return TRUE;
    }
    if (!text && (target->flags & CLI_OPTIONAL_VALUE)) {
        set_bare (target, args);
        return TRUE;
    }
    if (!text)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s needs a value"), row->name);
    return check_empty (cli, target, text, error) &&
           set_value (cli, target, text, args, error);
}

/* ---- the whole ------------------------------------------------------------------------
 */

const CliOption *
cli_args_next_positional (Cli *cli, const CliOption *options)
{
    for (const CliOption *row = options; row && row->name; row++)
        if ((row->flags & CLI_ARGV) ||
            ((row->flags & CLI_POSITIONAL) && !cli_has (cli, row->name)))
            return row;
    return NULL;
}

static gboolean
throw_missing (Cli *cli, const CliCommand *command, const CliOption *row, GError **error)
{
    gboolean word = row->flags & (CLI_POSITIONAL | CLI_ARGV);

    if (cli->program->style == CLI_STYLE_VIRSH)
        return vy_throw (error, VY_ERROR_USAGE,
                         word ? _ ("command '%s' requires <%s> option")
                              : _ ("command '%s' requires --%s option"),
                         command->name, row->name);
    return vy_throw (error, VY_ERROR_USAGE,
                     word ? _ ("%s is missing") : _ ("--%s is missing"),
                     word && row->metavar ? _ (row->metavar) : row->name);
}

static gboolean
check_excludes (Cli *cli, const CliOption *row, GError **error)
{
    g_auto (GStrv) others = g_strsplit (row->excludes, ",", -1);

    for (char **other = others; *other; other++)
        if (cli_has (cli, *other))
            return vy_throw (error, VY_ERROR_USAGE,
                             cli->program->style == CLI_STYLE_VIRSH
                                 ? _ ("Options --%s and --%s are mutually exclusive")
                                 : _ ("--%s and --%s cannot be used together"),
                             row->name, *other);
    return TRUE;
}

static gboolean
is_replaced (Cli *cli, const CliOption *options, const char *name)
{
    for (const CliOption *row = options; row && row->name; row++)
        if (row->replaces && strcmp (row->replaces, name) == 0 &&
            cli_has (cli, row->name))
            return TRUE;
    return FALSE;
}

gboolean
cli_args_finish (Cli *cli, const CliCommand *command, GError **error)
{
    for (const CliOption *row = command->options; row && row->name; row++) {
        gboolean given = cli_has (cli, row->name);

        if ((row->flags & CLI_REQUIRED) && !given &&
            !is_replaced (cli, command->options, row->name))
            return throw_missing (cli, command, row, error);
        if (given && row->excludes && !check_excludes (cli, row, error))
            return FALSE;
    }
    return TRUE;
}
