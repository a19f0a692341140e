/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Option rows for the devices of a domain, out of the library's tables. */
#include "cli-devices.h"

#include <string.h>

/* What the command line adds to the tables: a letter, another spelling, a bare form. */
static const struct {
    const char *option;
    char letter;
    const char *alias;
    gboolean bare;
} extras[] = {
    { "network", 'w' },
    { "seclabel", 0, "security" },
    { "hostdev", 0, "host-device" },
    { "launchSecurity", 0, "launchsecurity" },
    { "sound", 0, "soundhw", TRUE },
};

static void
add_row (GArray *rows, const VyDevice *device, size_t offset)
{
    CliOption row = { .name = device->option,
                      .type = CLI_STRINGS,
                      .flags = CLI_EMPTY_OK,
                      .offset = offset,
                      .metavar = N_ ("OPTIONS"),
                      .help = device->help,
                      .complete = cli_complete_subopts };
    const char *alias = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (extras); i++) {
        if (strcmp (extras[i].option, device->option) != 0)
            continue;
        row.letter = extras[i].letter;
        row.flags |= extras[i].bare ? CLI_OPTIONAL_VALUE : 0;
        alias = extras[i].alias;
    }
    g_array_append_val (rows, row);
    if (alias) {
        CliOption other = { .name = alias,
                            .type = CLI_ALIAS,
                            .flags = CLI_HIDDEN,
                            .help = device->help,
                            .alias_of = device->option };

        g_array_append_val (rows, other);
    }
}

CliOption *
cli_devices_options (const CliOption *own, size_t offset)
{
    GArray *rows = g_array_new (TRUE, TRUE, sizeof (CliOption));
    const VyDevice *const *devices = vy_device_list ();

    for (; own->name; own++)
        g_array_append_val (rows, *own);
    for (gsize i = 0; devices[i]; i++)
        add_row (rows, devices[i], offset + i * sizeof (char **));
    return (CliOption *) (gpointer) g_array_free (rows, FALSE);
}

char **
cli_devices_texts (char ***devices, const VyDevice *device)
{
    const VyDevice *const *all = vy_device_list ();

    for (gsize i = 0; all[i]; i++)
        if (all[i] == device)
            return devices[i];
    return NULL;
}

gboolean
cli_devices_print_listings (Cli *cli, char ***devices)
{
    const VyDevice *const *all = vy_device_list ();
    gboolean found = FALSE;

    for (gsize i = 0; all[i]; i++)
        for (char **text = devices[i]; text && *text; text++) {
            g_auto (GStrv) keys = NULL;

            if (!vy_device_is_listing (*text))
                continue;
            found = TRUE;
            keys = vy_device_keys (all[i]);
            cli_print (cli, _ ("--%s options:\n"), all[i]->option);
            for (char **key = keys; *key; key++)
                cli_print (cli, "  %s\n", *key);
            cli_print (cli, "\n");
        }
    return found;
}
