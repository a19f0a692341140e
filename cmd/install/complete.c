/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: what may stand as the values of its own options */
#include "install.h"

#include <string.h>

/* "key=value,ke": keys that are not there yet. */
static GStrv
complete_keys (Cli *cli, const char *typed)
{
    const char *const *keys = install_keys_of (cli_completed (cli));
    const char *comma = strrchr (typed, ',');
    g_autofree char *front = g_strndup (typed, comma ? (gsize) (comma + 1 - typed) : 0);
    g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

    for (; keys && *keys; keys++) {
        g_autofree char *whole = g_strconcat (front, *keys, "=", NULL);

        if (!strstr (front, *keys))
            g_strv_builder_add (found, whole);
    }
    return g_strv_builder_end (found);
}

/* The words that libvirt knows for the same thing in the domain. */
static GStrv
words_of (const char *key)
{
    const VyDevice *boot = vy_device_find ("boot");
    const VySubopt *row = vy_device_find_row (boot, key);

    return row ? vy_subopt_list_values (boot, row, FALSE) : NULL;
}

static GStrv
complete_arch (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return words_of ("arch");
}

static GStrv
complete_virt_type (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return words_of ("domain_type");
}

static GStrv
complete_machine (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED const char *typed)
{
    return words_of ("machine");
}

static const char *const consoles[] = { "text", "graphical", "none", NULL };

static const struct {
    const char *option;
    CliCompleter complete;
    const char *const *choices;
    unsigned flags;
} offers[] = {
    { "osinfo", cli_complete_os },
    { "reinstall", cli_complete_domain_inactive },
    { "arch", complete_arch },
    { "virt-type", complete_virt_type },
    { "machine", complete_machine },
    { "check", complete_keys },
    { "install", complete_keys },
    { "cloud-init", complete_keys },
    { "unattended", complete_keys },
    { "autoconsole", NULL, consoles },
    { "cdrom", NULL, NULL, CLI_FILE },
    { "location", NULL, NULL, CLI_FILE },
    { "initrd-inject", NULL, NULL, CLI_FILE },
};

void
install_offer_values (CliOption *row)
{
    for (gsize i = 0; i < G_N_ELEMENTS (offers); i++) {
        if (strcmp (offers[i].option, row->name) != 0)
            continue;
        row->complete = offers[i].complete;
        row->choices = offers[i].choices;
        row->flags |= offers[i].flags;
    }
}
