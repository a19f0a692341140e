/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: lists of sub-options */
#include "install.h"

#include <string.h>

static const char *const check_keys[] = { "path_in_use", "disk_size", "path_exists",
                                          "mac_in_use",  "all",       NULL };

static const char *const install_keys[] = { "bootdev",    "kernel",
                                            "initrd",     "kernel_args",
                                            "os",         "kernel_args_overwrite",
                                            "no_install", NULL };

static const char *const cloud_init_keys[] = { "clouduser-ssh-key",
                                               "disable",
                                               "meta-data",
                                               "network-config",
                                               "root-password-file",
                                               "root-password-generate",
                                               "root-ssh-key",
                                               "user-data",
                                               NULL };

static const char *const unattended_keys[] = {
    "admin-password-file", "product-key",        "profile", "reg-login",
    "user-login",          "user-password-file", NULL
};

const char *const *
install_keys_of (const char *option)
{
    static const struct {
        const char *option;
        const char *const *keys;
    } all[] = { { "check", check_keys },
                { "install", install_keys },
                { "cloud-init", cloud_init_keys },
                { "unattended", unattended_keys } };

    for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        if (!strcmp (all[i].option, option))
            return all[i].keys;
    return NULL;
}

static gboolean
print_keys (Cli *cli, const char *option, const char *text, const char *const *keys)
{
    if (!text || !vy_device_is_listing (text))
        return FALSE;
    cli_print (cli, "--%s options:\n", option);
    for (; *keys; keys++)
        cli_print (cli, "  %s\n", *keys);
    return TRUE;
}

gboolean
install_print_listings (Cli *cli, InstallArgs *args)
{
    const VyDevice *const *devices = vy_device_list ();
    gboolean any = print_keys (cli, "install", args->install, install_keys) |
                   print_keys (cli, "cloud-init", args->cloud_init, cloud_init_keys) |
                   print_keys (cli, "unattended", args->unattended, unattended_keys);

    for (guint i = 0; devices[i] && i < INSTALL_MAX_DEVICES; i++) {
        for (char **text = args->devices[i]; text && *text; text++) {
            g_auto (GStrv) keys = NULL;

            if (!vy_device_is_listing (*text))
                continue;
            keys = vy_device_keys (devices[i]);
            any = TRUE;
            cli_print (cli, "--%s options:\n", devices[i]->option);
            for (char **key = keys; *key; key++)
                cli_print (cli, "  %s\n", *key);
            cli_print (cli, "\n");
        }
    }
    for (char **text = args->check; text && *text; text++) {
        if (!vy_device_is_listing (*text))
            continue;
        any = TRUE;
        cli_print (cli, "--check options:\n");
        for (const char *const *key = check_keys; *key; key++)
            cli_print (cli, "  %s\n", *key);
    }
    return any;
}
