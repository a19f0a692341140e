/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows and columns: virsh's table, JSON, CSV, plain. */
#include "cli-columns.h"
#include "cli-private.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <json-c/json.h>

#define FIELD(type, row, column)                                                         \
    (*(const type *) (const void *) ((const char *) (row) + (column)->offset))

/* ---- cells ----------------------------------------------------------------------------
 */

static char *
time_text (gint64 seconds)
{
    time_t moment = (time_t) seconds;
    char text[64];
    struct tm tm;

    if (seconds == CLI_NO_INT || !localtime_r (&moment, &tm))
        return NULL;
    strftime (text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
    return g_strdup (text);
}

static char *
unsigned_text (guint64 value, gboolean raw, CliColumnType type)
{
    if (value == CLI_NO_UINT)
        return NULL;
    if (type == CLI_COL_SIZE && !raw)
        return vy_size_format (value);
    return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

static char *
signed_text (gint64 value)
{
    return value == CLI_NO_INT ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
double_text (double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return g_strdup (g_ascii_formatd (text, sizeof text, "%.15g", value));
}

static char *
bool_text (gboolean value, gboolean raw)
{
    if (raw)
        return g_strdup (value ? "true" : "false");
    return g_strdup (value ? _ ("yes") : _ ("no"));
}

/* @raw: for CSV and plain; NULL where there is no value */
static char *
cell_text (const CliColumn *column, gconstpointer row, gboolean raw)
{
    char **list;

    switch (column->type) {
    case CLI_COL_STRING:
        return g_strdup (FIELD (char *, row, column));
    case CLI_COL_STRINGS:
        list = FIELD (GStrv, row, column);
        return list ? g_strjoinv (",", list) : NULL;
    case CLI_COL_BOOL:
        return bool_text (FIELD (gboolean, row, column), raw);
    case CLI_COL_DOUBLE:
        return double_text (FIELD (double, row, column));
    case CLI_COL_TIME:
        return raw ? signed_text (FIELD (gint64, row, column))
                   : time_text (FIELD (gint64, row, column));
    case CLI_COL_INT:
        return signed_text (FIELD (gint64, row, column));
    case CLI_COL_UINT:
    case CLI_COL_SIZE:
        return unsigned_text (FIELD (guint64, row, column), raw, column->type);
    }
    return NULL;
}

static struct json_object *
cell_json (const CliColumn *column, gconstpointer row)
{
    gint64 number;

    switch (column->type) {
    case CLI_COL_STRING:
        return cli_json_string (FIELD (char *, row, column));
    case CLI_COL_STRINGS:
        return cli_json_strings ((const char *const *) FIELD (GStrv, row, column));
    case CLI_COL_BOOL:
        return json_object_new_boolean (FIELD (gboolean, row, column));
    case CLI_COL_DOUBLE:
        return cli_json_double (FIELD (double, row, column));
    case CLI_COL_INT:
    case CLI_COL_TIME:
        number = FIELD (gint64, row, column);
        return number == CLI_NO_INT ? NULL : json_object_new_int64 (number);
    case CLI_COL_UINT:
    case CLI_COL_SIZE:
        number = (gint64) FIELD (guint64, row, column);
        return (guint64) number == CLI_NO_UINT
                   ? NULL
                   : json_object_new_uint64 ((guint64) number);
    }
    return NULL;
}

/* ---- which columns --------------------------------------------------------------------
 */

static const CliColumn *
column_find (const CliColumn *columns, const char *key)
{
    for (const CliColumn *column = columns; column->key; column++)
        if (strcmp (column->key, key) == 0)
            return column;
    return NULL;
}

static gboolean
throw_column (const CliColumn *columns, const char *key, GError **error)
{
    g_autoptr (GString) all = g_string_new (NULL);

    for (const CliColumn *column = columns; column->key; column++)
        g_string_append_printf (all, "%s%s", all->len ? ", " : "", column->key);
    vy_throw (error, VY_ERROR_USAGE, _ ("there is no column '%s'"), key);
    vy_error_set_hint (error, _ ("the columns are: %s"), all->str);
    return FALSE;
}

static GPtrArray *
columns_named (const CliColumn *columns, const char *list, GError **error)
{
    g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
    g_auto (GStrv) keys = g_strsplit (list, ",", -1);

    for (char **key = keys; *key; key++) {
        const CliColumn *column = column_find (columns, g_strstrip (*key));

        if (!column) {
            throw_column (columns, *key, error);
            return NULL;
        }
        g_ptr_array_add (chosen, (gpointer) column);
    }
    return g_steal_pointer (&chosen);
}

static GPtrArray *
columns_chosen (Cli *cli, const CliColumn *columns, GError **error)
{
    g_autoptr (GPtrArray) chosen = NULL;
    gboolean all =
        cli->globals.format == CLI_FORMAT_JSON || cli->globals.format == CLI_FORMAT_CSV;

    if (cli->globals.columns)
        return columns_named (columns, cli->globals.columns, error);
    chosen = g_ptr_array_new ();
    for (const CliColumn *column = columns; column->key; column++)
        if (all || !column->extra)
            g_ptr_array_add (chosen, (gpointer) column);
    return g_steal_pointer (&chosen);
}

/* ---- printers
 * --------------------------------------------------------------------------
 */

static void
print_json (Cli *cli, GPtrArray *columns, GPtrArray *rows)
{
    struct json_object *array = json_object_new_array ();

    for (guint i = 0; i < rows->len; i++) {
        struct json_object *object = json_object_new_object ();

        for (guint c = 0; c < columns->len; c++) {
            const CliColumn *column = g_ptr_array_index (columns, c);

            json_object_object_add (object, column->key,
                                    cell_json (column, g_ptr_array_index (rows, i)));
        }
        json_object_array_add (array, object);
    }
    cli_json_print (cli, array, FALSE);
}

static void
print_csv (Cli *cli, GPtrArray *columns, GPtrArray *rows)
{
    for (guint c = 0; !cli_is_quiet (cli) && c < columns->len; c++) {
        const CliColumn *column = g_ptr_array_index (columns, c);

        cli_print (cli, "%s%s", column->key, c + 1 < columns->len ? "," : "\n");
    }
    for (guint i = 0; i < rows->len; i++)
        for (guint c = 0; c < columns->len; c++) {
            g_autofree char *text = cell_text (g_ptr_array_index (columns, c),
                                               g_ptr_array_index (rows, i), TRUE);
            g_autofree char *field = cli_csv_field (text);

            cli_print (cli, "%s%s", field, c + 1 < columns->len ? "," : "\n");
        }
}

/* One row a line, raw values, tabs between them; no heading: for cut and read. */
static void
print_plain (Cli *cli, GPtrArray *columns, GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++)
        for (guint c = 0; c < columns->len; c++) {
            g_autofree char *text = cell_text (g_ptr_array_index (columns, c),
                                               g_ptr_array_index (rows, i), TRUE);

            cli_print (cli, "%s%s", text ? g_strdelimit (text, "\t\n", ' ') : "",
                       c + 1 < columns->len ? "\t" : "\n");
        }
}

static char *
cell_for_people (const CliColumn *column, gconstpointer row)
{
    char *text = column->text ? column->text (row) : cell_text (column, row, FALSE);

    return text ? text : g_strdup ("-");
}

static void
add_cells (GPtrArray *cells, GPtrArray *columns, gconstpointer row)
{
    for (guint c = 0; c < columns->len; c++) {
        const CliColumn *column = g_ptr_array_index (columns, c);

        g_ptr_array_add (cells, row ? cell_for_people (column, row)
                                    : g_strdup (_ (column->title)));
    }
}

/* The heading is a line like the others, so that it stands even above no rows. */
static char *
render (GPtrArray *columns, GPtrArray *rows, gboolean heading, GError **error)
{
    CliColumnsRender function =
        (CliColumnsRender) vy_module_symbol ("columns", CLI_COLUMNS_RENDER, error);
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    g_autofree gboolean *right = g_new0 (gboolean, columns->len);
    CliCells table = { columns->len, right, NULL, rows->len + (heading ? 1 : 0) };

    for (guint c = 0; c < columns->len; c++)
        right[c] = ((const CliColumn *) g_ptr_array_index (columns, c))->right;
    if (heading)
        add_cells (cells, columns, NULL);
    for (guint i = 0; i < rows->len; i++)
        add_cells (cells, columns, g_ptr_array_index (rows, i));
    table.cells = (const char *const *) cells->pdata;
    return function ? function (&table) : NULL;
}

static size_t
widest_of (char **lines)
{
    size_t widest = 0;

    for (; *lines; lines++)
        widest = MAX (widest, cli_text_width (*lines));
    return widest;
}

static gboolean
print_text (Cli *cli, GPtrArray *columns, GPtrArray *rows, GError **error)
{
    gboolean heading = !cli_is_quiet (cli);
    char *text = render (columns, rows, heading, error);
    g_auto (GStrv) lines = text ? g_strsplit (text, "\n", -1) : NULL;
    g_autofree char *rule = lines ? g_strnfill (widest_of (lines) + 3, '-') : NULL;

    free (text);
    if (!lines)
        return FALSE;
    for (char **line = lines; *line && (**line || line[1]); line++) {
        cli_print (cli, " %s\n", *line);
        if (heading && line == lines)
            cli_print (cli, "%s\n", rule);
    }
    /* the virsh shell ends every command with one by itself */
    if (heading && cli->program->style != CLI_STYLE_VIRSH)
        cli_print (cli, "\n");
    return TRUE;
}

gboolean
cli_print_table (Cli *cli, const CliColumn *columns, GPtrArray *rows, GError **error)
{
    g_autoptr (GPtrArray) chosen = columns_chosen (cli, columns, error);

    if (!chosen)
        return FALSE;
    if (cli->globals.format == CLI_FORMAT_JSON)
        print_json (cli, chosen, rows);
    else if (cli->globals.format == CLI_FORMAT_CSV)
        print_csv (cli, chosen, rows);
    else if (cli->globals.format == CLI_FORMAT_PLAIN)
        print_plain (cli, chosen, rows);
    else
        return print_text (cli, chosen, rows, error);
    return TRUE;
}
