/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-explain: what the sub-options of virt-install and virt-xml set */
#include <string.h>

#include "cli-devices.h"
#include "cli-private.h"
#include "vy-subopt.h"

typedef struct {
    char **devices[CLI_MAX_DEVICES];
} Args;

typedef struct {
    char *option;
    char *key;
    char *sets;
    char *values;
    GStrv choices;
    const char *since;
    char *alias;
    gboolean first; /* it may be said without its name */
} Row;

static const CliColumn columns[] = {
    { "option", N_ ("Option"), CLI_COL_STRING, offsetof (Row, option) },
    { "suboption", N_ ("Sub-option"), CLI_COL_STRING, offsetof (Row, key) },
    { "sets", N_ ("Sets"), CLI_COL_STRING, offsetof (Row, sets) },
    { "values", N_ ("Values"), CLI_COL_STRING, offsetof (Row, values) },
    { "choices", N_ ("Choices"), CLI_COL_STRINGS, offsetof (Row, choices),
      .extra = TRUE },
    { "since", N_ ("libvirt"), CLI_COL_STRING, offsetof (Row, since) },
    { "aliases", N_ ("Also called"), CLI_COL_STRING, offsetof (Row, alias) },
    { "positional", N_ ("Name may be left out"), CLI_COL_BOOL, offsetof (Row, first),
      .extra = TRUE },
    { 0 },
};

static void
free_row (gpointer data)
{
    Row *row = data;

    g_free (row->option);
    g_free (row->key);
    g_free (row->sets);
    g_free (row->values);
    g_strfreev (row->choices);
    g_free (row->alias);
    g_free (row);
}

static const char *const kinds[] = {
    [VY_STRING] = N_ ("text"),     [VY_INT] = N_ ("a number"),
    [VY_PATH] = N_ ("a path"),     [VY_PRESENCE] = N_ ("yes or no: the element is there"),
    [VY_YESNO] = N_ ("yes or no"), [VY_ONOFF] = N_ ("on or off"),
    [VY_BOOL] = N_ ("yes or no"),
};

/* The words that libvirt knows, "virtio (10.4.0)" if they came late; else their kind. */
static char *
make_values (const VyDevice *device, const VySubopt *row)
{
    g_auto (GStrv) words =
        row->type == VY_STRING ? vy_subopt_list_values (device, row, TRUE) : NULL;

    for (char **word = words; word && *word; word++) {
        char *mark = strchr (*word, '@');
        char *whole =
            mark ? g_strdup_printf ("%.*s (%s)", (int) (mark - *word), *word, mark + 1)
                 : NULL;

        if (!whole)
            continue;
        g_free (*word);
        *word = whole;
    }
    return words ? g_strjoinv (", ", words) : g_strdup (_ (kinds[row->type]));
}

/* "source.host0.name" is a name of "source.host%.name". */
static gboolean
is_name (const char *pattern, const char *name)
{
    for (; *pattern; pattern++) {
        if (*pattern == '%')
            name += strspn (name, "0123456789");
        else if (*pattern != *name++)
            return FALSE;
    }
    return !*name;
}

static gboolean
is_word (const char *words, const char *name)
{
    g_auto (GStrv) list = g_strsplit (words ? words : "", " ", -1);

    for (char **word = list; *word; word++)
        if (is_name (*word, name))
            return TRUE;
    return FALSE;
}

/* Where it goes in the domain: "devices/disk/driver/@cache"; "N" stands for numbers. */
static char *
make_place (const VyDevice *device, const VySubopt *row)
{
    GString *place = NULL;

    if (!row->path)
        return NULL;
    place = g_string_new (device->element);
    g_string_append_printf (place, "%s%s", place->len && *row->path ? "/" : "",
                            row->path);
    g_string_replace (place, "%", "[N]", 0);
    return g_string_free (place, FALSE);
}

static void
add_row (GPtrArray *rows, const VyDevice *device, const VySubopt *subopt)
{
    Row *row = g_new0 (Row, 1);
    GString *key = g_string_new (subopt->key);

    g_string_replace (key, "%", "N", 0);
    row->option = g_strconcat ("--", device->option, NULL);
    row->key = g_string_free (key, FALSE);
    row->sets = make_place (device, subopt);
    row->values = make_values (device, subopt);
    row->choices = vy_subopt_list_values (device, subopt, FALSE);
    row->since = vy_subopt_get_since (device, subopt);
    row->alias = g_strdup (subopt->alias);
    row->first = is_word (device->positional, subopt->key);
    g_ptr_array_add (rows, row);
}

static guint
add_matching (GPtrArray *rows, const VyDevice *device, const char *name)
{
    guint found = 0;

    for (const VySubopt *const *table = device->rows; *table; table++) {
        for (const VySubopt *row = *table; row->key; row++) {
            if (*name && !is_name (row->key, name) && !is_word (row->alias, name))
                continue;
            add_row (rows, device, row);
            found++;
        }
    }
    return found;
}

static gboolean
explain (GPtrArray *rows, const VyDevice *device, const char *text, GError **error)
{
    g_autofree char *name = vy_device_is_listing (text)
                                ? g_strdup ("")
                                : g_strndup (text, strcspn (text, "="));
    g_auto (GStrv) keys = NULL;
    const char *near;

    if (add_matching (rows, device, name) > 0 || vy_device_is_listing (text))
        return TRUE;
    keys = vy_device_keys (device);
    near = cli_nearest (name, (const char *const *) keys);
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("unknown --%s option '%s'"), device->option,
              name);
    if (near)
        vy_error_set_hint (error, _ ("did you mean '%s'?"), near);
    return FALSE;
}

static gboolean
run_explain (Cli *cli, gpointer data, GError **error)
{
    Args *args = data;
    const VyDevice *const *devices = vy_device_list ();
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
    gboolean is_named = FALSE;

    for (guint i = 0; devices[i]; i++) {
        char **texts = cli_devices_texts (args->devices, devices[i]);

        is_named |= texts && *texts;
        for (; texts && *texts; texts++)
            if (!explain (rows, devices[i], *texts, error))
                return FALSE;
    }
    if (is_named)
        return cli_print_table (cli, columns, rows, error);
    vy_throw (error, VY_ERROR_USAGE, _ ("no option is named"));
    vy_error_set_hint (error, _ ("virtyard explain --disk driver.cache"));
    return FALSE;
}

int
main (int argc, char **argv)
{
    static const CliOption own[] = { { 0 } };
    static CliCommand commands[] = {
        { "virtyard-explain", N_ ("say what a sub-option of virt-install sets"), NULL,
          sizeof (Args), run_explain, CLI_NO_CONNECTION },
        { 0 },
    };
    static const CliCommand *const all_commands[] = { commands, NULL };
    static const CliGroup groups[] = {
        { "explain", N_ ("Explain"), all_commands },
        { 0 },
    };
    static const CliProgram program = { "virtyard-explain",
                                        N_ ("say what a sub-option of virt-install sets"),
                                        CLI_STYLE_NATIVE, groups, .single = TRUE };
    g_autofree CliOption *options = cli_devices_options (own, CLI_ARG (Args, devices));

    commands[0].options = options;
    return cli_main (&program, argc, argv);
}
