/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records: one object, field by field, as lines, JSON, CSV or plain. */
#include "cli-private.h"

#include <stdarg.h>
#include <string.h>

#include <json-c/json.h>

typedef struct {
    char *key;
    char *label; /* NULL: not in text */
    char *text;  /* for people; NULL: no value */
    char *raw;   /* for CSV and plain; NULL: no value */
    struct json_object *json;
} Field;

struct _CliRecord {
    GPtrArray *fields;
};

static void
field_free (gpointer data)
{
    Field *field = data;

    g_free (field->key);
    g_free (field->label);
    g_free (field->text);
    g_free (field->raw);
    json_object_put (field->json);
    g_free (field);
}

CliRecord *
cli_record_new (void)
{
    CliRecord *record = g_new0 (CliRecord, 1);

    record->fields = g_ptr_array_new_with_free_func (field_free);
    return record;
}

void
cli_record_free (CliRecord *record)
{
    if (!record)
        return;
    g_ptr_array_unref (record->fields);
    g_free (record);
}

/* Takes @raw and @json. */
static Field *
add_field (CliRecord *record, const char *key, const char *label, char *raw,
           struct json_object *json)
{
    Field *field = g_new0 (Field, 1);

    field->key = g_strdup (key);
    field->label = g_strdup (label);
    field->text = g_strdup (raw);
    field->raw = raw;
    field->json = json;
    g_ptr_array_add (record->fields, field);
    return field;
}

void
cli_record_string (CliRecord *record, const char *key, const char *label,
                   const char *value)
{
    add_field (record, key, label, g_strdup (value), cli_json_string (value));
}

void
cli_record_int (CliRecord *record, const char *key, const char *label, gint64 value)
{
    add_field (record, key, label, g_strdup_printf ("%" G_GINT64_FORMAT, value),
               json_object_new_int64 (value));
}

void
cli_record_uint (CliRecord *record, const char *key, const char *label, guint64 value)
{
    add_field (record, key, label, g_strdup_printf ("%" G_GUINT64_FORMAT, value),
               json_object_new_uint64 (value));
}

void
cli_record_bool (CliRecord *record, const char *key, const char *label, gboolean value)
{
    Field *field = add_field (record, key, label, g_strdup (value ? "true" : "false"),
                              json_object_new_boolean (value));

    g_free (field->text);
    field->text = g_strdup (value ? _ ("yes") : _ ("no"));
}

void
cli_record_double (CliRecord *record, const char *key, const char *label, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (text, sizeof text, "%.15g", value);
    add_field (record, key, label, g_strdup (text), cli_json_double (value));
}

void
cli_record_strings (CliRecord *record, const char *key, const char *label,
                    const char *const *value)
{
    char *raw = value ? g_strjoinv (",", (char **) value) : NULL;

    add_field (record, key, label, raw, cli_json_strings (value));
}

void
cli_record_null (CliRecord *record, const char *key, const char *label)
{
    add_field (record, key, label, NULL, NULL);
}

static struct json_object *
to_json (CliRecord *record)
{
    struct json_object *object = json_object_new_object ();

    for (guint i = 0; i < record->fields->len; i++) {
        const Field *field = g_ptr_array_index (record->fields, i);

        json_object_object_add (object, field->key, json_object_get (field->json));
    }
    return object;
}

void
cli_record_record (CliRecord *record, const char *key, CliRecord *value)
{
    add_field (record, key, NULL, NULL, to_json (value));
    cli_record_free (value);
}

static struct json_object *
array_of (GPtrArray *records)
{
    struct json_object *array = json_object_new_array ();

    for (guint i = 0; i < records->len; i++)
        json_object_array_add (array, to_json (g_ptr_array_index (records, i)));
    return array;
}

void
cli_record_records (CliRecord *record, const char *key, GPtrArray *values)
{
    add_field (record, key, NULL, NULL, array_of (values));
    g_ptr_array_unref (values);
}

void
cli_record_text (CliRecord *record, const char *format, ...)
{
    Field *field = g_ptr_array_index (record->fields, record->fields->len - 1);
    va_list args;

    g_free (field->text);
    va_start (args, format);
    field->text = g_strdup_vprintf (format, args);
    va_end (args);
}

/* ---- printing
 * ---------------------------------------------------------------------------
 */

static gboolean
is_chosen (GStrv columns, const Field *field)
{
    return !columns || g_strv_contains ((const char *const *) columns, field->key);
}

static gboolean
check_columns (CliRecord *record, GStrv columns, GError **error)
{
    for (char **key = columns; key && *key; key++) {
        gboolean found = FALSE;

        for (guint i = 0; i < record->fields->len && !found; i++) {
            const Field *field = g_ptr_array_index (record->fields, i);

            found = strcmp (field->key, *key) == 0;
        }
        if (!found)
            return vy_throw (error, VY_ERROR_USAGE, _ ("there is no column '%s'"), *key);
    }
    return TRUE;
}

static void
keep_chosen (CliRecord *record, GStrv columns)
{
    for (guint i = record->fields->len; i-- > 0;)
        if (!is_chosen (columns, g_ptr_array_index (record->fields, i)))
            g_ptr_array_remove_index (record->fields, i);
}

static const Field *
field_find (const CliRecord *record, const char *key)
{
    for (guint i = 0; i < record->fields->len; i++) {
        const Field *field = g_ptr_array_index (record->fields, i);

        if (strcmp (field->key, key) == 0)
            return field;
    }
    return NULL;
}

/* Every key of the records, once, in the order of their first appearance. */
static GPtrArray *
keys_of (GPtrArray *records)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    GPtrArray *keys = g_ptr_array_new ();

    for (guint r = 0; r < records->len; r++) {
        const CliRecord *record = g_ptr_array_index (records, r);

        for (guint i = 0; i < record->fields->len; i++) {
            const Field *field = g_ptr_array_index (record->fields, i);

            if (g_hash_table_add (seen, field->key))
                g_ptr_array_add (keys, field->key);
        }
    }
    return keys;
}

static const char *
raw_of (const Field *field)
{
    if (!field || field->raw || !field->json)
        return field ? field->raw : NULL;
    return json_object_get_string (field->json);
}

static void
print_csv (Cli *cli, GPtrArray *records)
{
    g_autoptr (GPtrArray) keys = keys_of (records);

    for (guint i = 0; !cli_is_quiet (cli) && i < keys->len; i++) {
        g_autofree char *key = cli_csv_field (g_ptr_array_index (keys, i));

        cli_print (cli, "%s%s", key, i + 1 < keys->len ? "," : "\n");
    }
    for (guint r = 0; r < records->len; r++)
        for (guint i = 0; i < keys->len; i++) {
            const Field *field =
                field_find (g_ptr_array_index (records, r), g_ptr_array_index (keys, i));
            g_autofree char *text = cli_csv_field (raw_of (field));

            cli_print (cli, "%s%s", text, i + 1 < keys->len ? "," : "\n");
        }
}

static void
print_csv_one (Cli *cli, CliRecord *record)
{
    g_autoptr (GPtrArray) records = g_ptr_array_new ();

    g_ptr_array_add (records, record);
    print_csv (cli, records);
}

static void
print_plain (Cli *cli, CliRecord *record)
{
    for (guint i = 0; i < record->fields->len; i++) {
        const Field *field = g_ptr_array_index (record->fields, i);
        const char *raw = field->raw || !field->json
                              ? field->raw
                              : json_object_get_string (field->json);

        cli_print (cli, "%s=%s\n", field->key, raw ? raw : "");
    }
}

/* TRUE: printed as --format says. */
static gboolean
print_structured (Cli *cli, CliRecord *record)
{
    if (cli->globals.format == CLI_FORMAT_JSON)
        cli_json_print (cli, to_json (record), FALSE);
    else if (cli->globals.format == CLI_FORMAT_CSV)
        print_csv_one (cli, record);
    else if (cli->globals.format == CLI_FORMAT_PLAIN)
        print_plain (cli, record);
    else
        return FALSE;
    return TRUE;
}

static gboolean
prepare (Cli *cli, CliRecord *record, GError **error)
{
    g_auto (GStrv) columns =
        cli->globals.columns ? g_strsplit (cli->globals.columns, ",", -1) : NULL;

    for (char **key = columns; key && *key; key++)
        g_strstrip (*key);
    if (!check_columns (record, columns, error))
        return FALSE;
    keep_chosen (record, columns);
    return TRUE;
}

static void
print_label (Cli *cli, const char *label, int width)
{
    int gap = width - 1 - (int) cli_text_width (label);

    cli_print (cli, "%s:%*s", label, MAX (gap, 0), "");
}

gboolean
cli_print_record (Cli *cli, CliRecord *record, int label_width, GError **error)
{
    if (!prepare (cli, record, error))
        return FALSE;
    if (print_structured (cli, record))
        return TRUE;
    for (guint i = 0; i < record->fields->len; i++) {
        const Field *field = g_ptr_array_index (record->fields, i);

        if (!field->label)
            continue;
        print_label (cli, _ (field->label), label_width);
        cli_print (cli, " %s\n", field->text ? field->text : "-");
    }
    return TRUE;
}

gboolean
cli_print_record_pairs (Cli *cli, CliRecord *record, const char *separator,
                        GError **error)
{
    if (!prepare (cli, record, error))
        return FALSE;
    if (print_structured (cli, record))
        return TRUE;
    for (guint i = 0; i < record->fields->len; i++) {
        const Field *field = g_ptr_array_index (record->fields, i);

        if (field->label)
            cli_print (cli, "%s%s%s\n", _ (field->label), separator,
                       field->text ? field->text : "-");
    }
    return TRUE;
}

gboolean
cli_print_record_line (Cli *cli, CliRecord *record, GError **error)
{
    if (!prepare (cli, record, error))
        return FALSE;
    if (cli->globals.format == CLI_FORMAT_JSON)
        cli_json_print (cli, to_json (record), TRUE);
    else
        print_structured (cli, record);
    return cli_flush_output (cli, error);
}

/* Not every record has every key: --columns takes what is there. */
static void
keep_all_chosen (Cli *cli, GPtrArray *records)
{
    g_auto (GStrv) columns =
        cli->globals.columns ? g_strsplit (cli->globals.columns, ",", -1) : NULL;

    for (guint i = 0; columns && i < records->len; i++)
        keep_chosen (g_ptr_array_index (records, i), columns);
}

gboolean
cli_print_records (Cli *cli, GPtrArray *records, G_GNUC_UNUSED GError **error)
{
    keep_all_chosen (cli, records);
    if (cli->globals.format == CLI_FORMAT_JSON)
        cli_json_print (cli, array_of (records), FALSE);
    else if (cli->globals.format == CLI_FORMAT_CSV)
        print_csv (cli, records);
    else
        for (guint i = 0; i < records->len; i++) {
            cli_print (cli, "%s", i ? "\n" : "");
            print_plain (cli, g_ptr_array_index (records, i));
        }
    return TRUE;
}
