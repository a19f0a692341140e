/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion inside the texts of device options: "path=/x,bus=vir". */
#include <string.h>

#include "cli-devices.h"
#include "cli-private.h"

/* Sub-options whose values are names of objects. */
static const struct {
    const char *option, *key;
    CliCompleter complete;
} objects[] = {
    { "network", "network", cli_complete_network },
    { "network", "source.network", cli_complete_network },
    { "disk", "pool", cli_complete_pool },
    { "disk", "source.pool", cli_complete_pool },
};

static GStrv
names_of (Cli *cli, const VyDevice *device, const char *key, const char *typed)
{
    for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
        if (strcmp (objects[i].option, device->option) == 0 &&
            strcmp (objects[i].key, key) == 0)
            return objects[i].complete (cli, typed);
    return NULL;
}

static void
take (GPtrArray *found, const char *before, GStrv words, const char *behind)
{
    for (char **word = words; word && *word; word++)
        if (**word)
            g_ptr_array_add (found, g_strconcat (before, *word, behind, NULL));
}

/* @front: what stands before the value: "path=/x,bus=". */
static void
offer_values (Cli *cli, GPtrArray *found, const VyDevice *device, const char *key,
              const char *front, const char *typed)
{
    const VySubopt *row = vy_device_find_row (device, key);
    g_auto (GStrv) words = row ? vy_subopt_list_values (device, row, FALSE) : NULL;
    g_auto (GStrv) names = row ? names_of (cli, device, key, typed) : NULL;

    take (found, front, words, NULL);
    take (found, front, names, NULL);
}

/* Keys that the text has already are not offered again; a number begins at 0. */
static void
offer_keys (GPtrArray *found, const VyDevice *device, const char *before)
{
    g_auto (GStrv) keys = vy_device_keys (device);
    g_auto (GStrv) pieces = g_strsplit (before, ",", -1);

    for (char **piece = pieces; *piece; piece++)
        (*piece)[strcspn (*piece, "=")] = '\0';
    for (char **key = keys; *key; key++) {
        GString *name = g_string_new (*key);

        g_string_replace (name, "[0-9]*", "0", 0);
        if (!g_strv_contains ((const char *const *) pieces, name->str))
            g_ptr_array_add (found, g_strconcat (before, name->str, "=", NULL));
        g_string_free (name, TRUE);
    }
}

GStrv
cli_complete_subopts (Cli *cli, const char *typed)
{
    const VyDevice *device = vy_device_find (cli->completed);
    const char *comma = strrchr (typed, ',');
    const char *piece = comma ? comma + 1 : typed;
    const char *equals = strchr (piece, '=');
    gsize length = (gsize) ((equals ? equals + 1 : piece) - typed);
    g_autofree char *front = g_strndup (typed, length);
    GPtrArray *found = g_ptr_array_new ();

    if (device && equals) {
        g_autofree char *key = g_strndup (piece, (gsize) (equals - piece));

        offer_values (cli, found, device, key, front, equals + 1);
    } else if (device) {
        const char *first = device->positional ? device->positional : "";
        g_autofree char *key = g_strndup (first, strcspn (first, " "));

        if (!comma && *key)
            offer_values (cli, found, device, key, "", typed);
        offer_keys (found, device, front);
    }
    g_ptr_array_add (found, NULL);
    return (GStrv) g_ptr_array_free (found, FALSE);
}
