/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: how the guest gets its system */
#include "install.h"

/* Values of "--install" and "--location", by their keys. */
static GHashTable *
parse_pairs (const char *text, const char *positional)
{
    GHashTable *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);

    for (guint i = 0; words[i]; i++) {
        char *value = strchr (words[i], '=');

        if (!*words[i])
            continue;
        if (!value) {
            g_hash_table_replace (pairs, g_strdup (i ? words[i] : positional),
                                  g_strdup (words[i]));
            continue;
        }
        *value = '\0';
        g_hash_table_replace (pairs, g_strdup (words[i]), g_strdup (value + 1));
    }
    return pairs;
}

static gboolean
is_on (GHashTable *pairs, const char *key)
{
    const char *text = g_hash_table_lookup (pairs, key);
    gboolean on = FALSE;

    return text && vy_boolean_parse (text, &on, NULL) && on;
}

char *
install_os_of (const InstallArgs *args)
{
    g_autoptr (GHashTable) install = parse_pairs (args->install, "os");

    return g_strdup (g_hash_table_lookup (install, "os"));
}

static VyInstallMethod
choose_method (const InstallArgs *args)
{
    if (args->location)
        return VY_INSTALL_LOCATION;
    if (args->cdrom || args->c)
        return VY_INSTALL_CDROM;
    if (args->pxe)
        return VY_INSTALL_PXE;
    return args->import ? VY_INSTALL_IMPORT : VY_INSTALL_NONE;
}

/* A container has nothing to install; a guest may also boot a kernel or a device. */
static gboolean
is_method_said (VyGuest *guest, const InstallArgs *args,
                const VyInstallSettings *settings)
{
    return settings->method != VY_INSTALL_NONE || settings->os || settings->bootdev ||
           settings->kernel || settings->no_install || args->cloud_init ||
           args->unattended || args->reinstall || args->container ||
           vy_guest_boots_something (guest);
}

static gpointer
throw_no_method (GError **error)
{
    vy_throw (error, VY_ERROR_USAGE, _ ("no way to install is given"));
    vy_error_set_hint (error, _ ("Use --location, --cdrom, --pxe, --import or --boot."));
    return NULL;
}

/* A sub-option, and the setting that it goes to. */
typedef struct {
    const char *key;
    const char **place;
} Setting;

/* Returns: how many of the sub-options there are */
static guint
take_settings (GHashTable *pairs, const Setting *settings, gsize n)
{
    guint known = 0;

    for (gsize i = 0; i < n; i++) {
        if (!g_hash_table_contains (pairs, settings[i].key))
            continue;
        *settings[i].place = g_hash_table_lookup (pairs, settings[i].key);
        known++;
    }
    return known;
}

static gboolean
read_cloud_init (GHashTable *pairs, VySeedSettings *seed, GError **error)
{
    const Setting files[] = { { "meta-data", &seed->meta_data },
                              { "user-data", &seed->user_data },
                              { "network-config", &seed->network_config },
                              { "root-password-file", &seed->root_password_file },
                              { "root-ssh-key", &seed->root_ssh_key },
                              { "ssh-key", &seed->root_ssh_key },
                              { "clouduser-ssh-key", &seed->user_ssh_key } };
    guint known = take_settings (pairs, files, G_N_ELEMENTS (files));

    known += g_hash_table_contains (pairs, "root-password-generate") +
             g_hash_table_contains (pairs, "disable");
    if (known != g_hash_table_size (pairs))
        return vy_throw (
            error, VY_ERROR_USAGE,
            _ ("unknown --cloud-init option: there are root-password-generate, "
               "root-password-file, root-ssh-key, clouduser-ssh-key, "
               "user-data, meta-data, network-config, disable"));
    seed->generate_root_password =
        is_on (pairs, "root-password-generate") || g_hash_table_size (pairs) == 0;
    seed->disable = is_on (pairs, "disable") || g_hash_table_size (pairs) == 0;
    return TRUE;
}

static gboolean
read_unattended (GHashTable *pairs, VyUnattendedSettings *answers, GError **error)
{
    const Setting settings[] = { { "profile", &answers->profile },
                                 { "user-login", &answers->user_login },
                                 { "user-password-file", &answers->user_password_file },
                                 { "admin-password-file", &answers->admin_password_file },
                                 { "product-key", &answers->product_key },
                                 { "reg-login", &answers->reg_login } };

    if (take_settings (pairs, settings, G_N_ELEMENTS (settings)) !=
        g_hash_table_size (pairs))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("unknown --unattended option: there are profile, "
                            "admin-password-file, user-login, user-password-file, "
                            "product-key, reg-login"));
    if (!answers->user_login && strcmp (g_get_user_name (), "root"))
        answers->user_login = g_get_user_name ();
    return TRUE;
}

/* "en_GB" of the program's own language, or NULL */
static char *
own_language (void)
{
    const char *name = g_get_language_names ()[0];

    return strcmp (name, "C") && strcmp (name, "POSIX")
               ? g_strndup (name, strcspn (name, ".@"))
               : NULL;
}

VyInstall *
install_prepare (VyGuest *guest, InstallArgs *args, GError **error)
{
    g_autoptr (GHashTable) install = parse_pairs (args->install, "os");
    g_autoptr (GHashTable) location = parse_pairs (args->location, "location");
    g_autoptr (GHashTable) cloud_init = parse_pairs (args->cloud_init, "user-data");
    g_autoptr (GHashTable) unattended = parse_pairs (args->unattended, "profile");
    g_autofree char *language = own_language ();
    VySeedSettings seed = { .name = args->name };
    VyUnattendedSettings answers = { .language = language };
    g_autofree char *extra = args->extra_args ? g_strjoinv (" ", args->extra_args) : NULL;
    VyInstallSettings settings = {
        .method = choose_method (args),
        .media = args->location ? g_hash_table_lookup (location, "location")
                 : args->cdrom  ? args->cdrom
                                : args->c,
        .os = g_hash_table_lookup (install, "os"),
        .tree_kernel = g_hash_table_lookup (location, "kernel"),
        .tree_initrd = g_hash_table_lookup (location, "initrd"),
        .kernel = g_hash_table_lookup (install, "kernel"),
        .initrd = g_hash_table_lookup (install, "initrd"),
        .bootdev = g_hash_table_lookup (install, "bootdev"),
        .kernel_args = g_hash_table_contains (install, "kernel_args")
                           ? g_hash_table_lookup (install, "kernel_args")
                           : extra,
        .overwrite_args = is_on (install, "kernel_args_overwrite"),
        .injections = (const char *const *) args->initrd_inject,
        .live = args->livecd,
        .no_install = is_on (install, "no_install"),
        .transient = args->transient,
        .autostart = args->autostart,
        .no_reboot = args->noreboot,
        .destroy_on_exit = args->destroy_on_exit,
        .is_printed = args->print_xml || args->print_step || args->dry_run,
        .cloud_init =
            args->cloud_init && strcmp (args->cloud_init, "none") ? &seed : NULL,
        .unattended = args->unattended ? &answers : NULL,
    };

    if (settings.cloud_init && !read_cloud_init (cloud_init, &seed, error))
        return NULL;
    if (args->unattended && !read_unattended (unattended, &answers, error))
        return NULL;
    if (!is_method_said (guest, args, &settings) && !args->print_xml)
        return throw_no_method (error);
    return vy_install_new (guest, &settings, error);
}
