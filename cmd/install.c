/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: make a guest and install its system */
#include <string.h>

#include "cli.h"
#include "vy-subopt.h"
#include "vy-units.h"

#define MAX_DEVICES 64

typedef struct {
    char *name, *cpuset, *uuid, *description, *c, *cdrom, *location, *unattended,
        *install;
    char *reinstall, *cloud_init, *init, *osinfo, *vnclisten, *keymap, *virt_type, *arch;
    char *machine, *wait, *autoconsole, *print_xml, *print_step, *os_type;
    char *host_capabilities, *host_domcapabilities, *host_uri;
    gboolean pxe, import, livecd, nonsparse, nodisks, nonetworks, vnc, sdl, nographics,
        hvm;
    gboolean paravirt, container, accelerate, noapic, noacpi, autostart, transient;
    gboolean destroy_on_exit, prompt, force, noautoconsole, noreboot, dry_run, debug;
    gboolean check_cpu;
    int vncport;
    char **ram, **extra_args, **initrd_inject, **file, **file_size, **bridge, **mac;
    char **soundhw, **host_device, **check, **osinfos;
    char **devices[MAX_DEVICES];
} Args;

#define STRING(name, letter, field, metavar, help)                                       \
    {                                                                                    \
        name, letter, CLI_STRING, CLI_EMPTY_OK, CLI_ARG (Args, field), metavar, help     \
    }
#define OLD_STRING(name, letter, field, metavar, help)                                   \
    {                                                                                    \
        name, letter, CLI_STRING, CLI_HIDDEN, CLI_ARG (Args, field), metavar, help       \
    }
#define MANY(name, letter, field, metavar, help)                                         \
    {                                                                                    \
        name, letter, CLI_STRINGS, CLI_EMPTY_OK, CLI_ARG (Args, field), metavar, help    \
    }
#define OLD_MANY(name, letter, field, metavar, help)                                     \
    {                                                                                    \
        name, letter, CLI_STRINGS, CLI_HIDDEN, CLI_ARG (Args, field), metavar, help      \
    }
#define FLAG(name, letter, field, help)                                                  \
    {                                                                                    \
        name, letter, CLI_FLAG, 0, CLI_ARG (Args, field), NULL, help                     \
    }
#define OLD_FLAG(name, letter, field, help)                                              \
    {                                                                                    \
        name, letter, CLI_FLAG, CLI_HIDDEN, CLI_ARG (Args, field), NULL, help            \
    }

static const CliOption own_options[] = {
    STRING ("name", 'n', name, N_ ("NAME"), N_ ("name of the guest")),
    OLD_MANY ("ram", 'r', ram, N_ ("MIB"), N_ ("memory, in MiB")),
    OLD_STRING ("cpuset", 0, cpuset, N_ ("LIST"), N_ ("host CPUs to run on")),
    OLD_FLAG ("check-cpu", 0, check_cpu, N_ ("does nothing")),
    OLD_STRING ("uuid", 'u', uuid, N_ ("UUID"), N_ ("UUID of the guest")),
    OLD_STRING ("description", 0, description, N_ ("TEXT"), N_ ("what it is for")),
    OLD_STRING ("c", 'c', c, N_ ("ISO|URI"), N_ ("CD-ROM image, or connection")),
    STRING ("cdrom", 0, cdrom, N_ ("ISO"), N_ ("boot an installer from a CD-ROM image")),
    STRING ("location", 'l', location, N_ ("TREE|ISO|URL"),
            N_ ("boot the kernel of an install tree")),
    FLAG ("pxe", 0, pxe, N_ ("boot an installer from the network")),
    FLAG ("import", 0, import, N_ ("the disk has a system already")),
    OLD_FLAG ("livecd", 0, livecd, N_ ("the CD-ROM stays in")),
    MANY ("extra-args", 'x', extra_args, N_ ("ARGS"),
          N_ ("arguments of the installer's kernel")),
    MANY ("initrd-inject", 0, initrd_inject, N_ ("FILE"),
          N_ ("a file to put into the installer's initrd")),
    { "unattended", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (Args, unattended), N_ ("OPTIONS"), N_ ("install without questions") },
    STRING ("install", 0, install, N_ ("OPTIONS"), N_ ("how to install")),
    STRING ("reinstall", 0, reinstall, N_ ("DOMAIN"), N_ ("install a guest again")),
    { "cloud-init", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (Args, cloud_init), N_ ("OPTIONS"), N_ ("data for cloud-init") },
    OLD_STRING ("init", 0, init, N_ ("PATH"), N_ ("first program of a container")),
    { "osinfo", 0, CLI_STRINGS, CLI_EMPTY_OK, CLI_ARG (Args, osinfos), N_ ("OS"),
      N_ ("the operating system: \"virtyard os list\" names them") },
    { "os-variant", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "osinfo" },
    OLD_STRING ("os-type", 0, os_type, N_ ("TYPE"), N_ ("does nothing")),
    OLD_MANY ("soundhw", 0, soundhw, N_ ("MODEL"), N_ ("a sound card")),
    OLD_MANY ("host-device", 0, host_device, N_ ("DEVICE"), N_ ("a device of the host")),
    OLD_MANY ("file", 'f', file, N_ ("PATH"), N_ ("a disk")),
    OLD_MANY ("file-size", 's', file_size, N_ ("GIB"), N_ ("size of the disk")),
    OLD_FLAG ("nonsparse", 0, nonsparse, N_ ("allocate all of it")),
    OLD_FLAG ("nodisks", 0, nodisks, N_ ("no disk")),
    OLD_FLAG ("nonetworks", 0, nonetworks, N_ ("no network card")),
    OLD_MANY ("bridge", 'b', bridge, N_ ("BRIDGE"), N_ ("a card on a bridge")),
    OLD_MANY ("mac", 'm', mac, N_ ("MAC"), N_ ("hardware address")),
    OLD_FLAG ("vnc", 0, vnc, N_ ("VNC graphics")),
    { "vncport", 0, CLI_INT, CLI_HIDDEN, CLI_ARG (Args, vncport), N_ ("PORT"),
      N_ ("port of VNC") },
    OLD_STRING ("vnclisten", 0, vnclisten, N_ ("ADDRESS"), N_ ("where VNC listens")),
    OLD_STRING ("keymap", 'k', keymap, N_ ("MAP"), N_ ("keyboard layout")),
    OLD_FLAG ("sdl", 0, sdl, N_ ("SDL graphics")),
    OLD_FLAG ("nographics", 0, nographics, N_ ("no graphics")),
    FLAG ("hvm", 'v', hvm, N_ ("full virtualization")),
    FLAG ("paravirt", 'p', paravirt, N_ ("paravirtualization")),
    FLAG ("container", 0, container, N_ ("a container")),
    STRING ("virt-type", 0, virt_type, N_ ("TYPE"), N_ ("kvm, qemu, xen, …")),
    STRING ("arch", 0, arch, N_ ("ARCH"), N_ ("architecture")),
    STRING ("machine", 0, machine, N_ ("MACHINE"), N_ ("machine type")),
    OLD_FLAG ("accelerate", 0, accelerate, N_ ("does nothing")),
    OLD_FLAG ("noapic", 0, noapic, N_ ("without APIC")),
    OLD_FLAG ("noacpi", 0, noacpi, N_ ("without ACPI")),
    FLAG ("autostart", 0, autostart, N_ ("start it with the host")),
    FLAG ("transient", 0, transient, N_ ("nothing is left when it is shut down")),
    FLAG ("destroy-on-exit", 0, destroy_on_exit, N_ ("power it off with this program")),
    { "wait", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK, CLI_ARG (Args, wait),
      N_ ("MINUTES"), N_ ("wait for the end of the installation") },
    OLD_FLAG ("prompt", 0, prompt, N_ ("does nothing")),
    OLD_FLAG ("force", 0, force, N_ ("does nothing")),
    STRING ("autoconsole", 0, autoconsole, N_ ("text|graphical|none"),
            N_ ("what to show of the guest")),
    FLAG ("noautoconsole", 0, noautoconsole, N_ ("show nothing of the guest")),
    FLAG ("noreboot", 0, noreboot, N_ ("do not start it after the installation")),
    { "print-xml", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (Args, print_xml), N_ ("STEP"), N_ ("print the XML and make nothing") },
    OLD_STRING ("print-step", 0, print_step, N_ ("STEP"), N_ ("step to print")),
    FLAG ("dry-run", 0, dry_run, N_ ("make nothing")),
    MANY ("check", 0, check, N_ ("CHECK=on|off"), N_ ("switch checks on or off")),
    FLAG ("debug", 'd', debug, N_ ("say more of what is done")),
    { "host-capabilities", 0, CLI_STRING, CLI_FILE, CLI_ARG (Args, host_capabilities),
      N_ ("FILE"), N_ ("capabilities of a host that is not here") },
    { "host-domcapabilities", 0, CLI_STRING, CLI_FILE,
      CLI_ARG (Args, host_domcapabilities), N_ ("FILE"),
      N_ ("domain capabilities of a host that is not here") },
    { "host-uri", 0, CLI_STRING, 0, CLI_ARG (Args, host_uri), N_ ("URI"),
      N_ ("connection of a host that is not here") },
};

/* Other names of device options. */
static const CliOption aliases[] = {
    { "security", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "seclabel" },
    { "launchsecurity", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "launchSecurity" },
};

/* The options of this program, and one for each device table. */
static CliOption *
make_options (void)
{
    const VyDevice *const *devices = vy_device_list ();
    GArray *all = g_array_new (TRUE, TRUE, sizeof (CliOption));

    g_array_append_vals (all, own_options, G_N_ELEMENTS (own_options));
    for (guint i = 0; devices[i] && i < MAX_DEVICES; i++) {
        CliOption option = { devices[i]->option,
                             0,
                             CLI_STRINGS,
                             CLI_EMPTY_OK,
                             CLI_ARG (Args, devices) + i * sizeof (char **),
                             N_ ("OPTIONS"),
                             devices[i]->help };

        if (!strcmp (devices[i]->option, "network"))
            option.letter = 'w';
        if (!strcmp (devices[i]->option, "sound"))
            option.flags |= CLI_OPTIONAL_VALUE;
        g_array_append_val (all, option);
    }
    g_array_append_vals (all, aliases, G_N_ELEMENTS (aliases));
    return (CliOption *) g_array_free (all, FALSE);
}

static char ***
device_field (Args *args, const char *option)
{
    const VyDevice *const *devices = vy_device_list ();

    for (guint i = 0; devices[i] && i < MAX_DEVICES; i++) {
        if (!strcmp (devices[i]->option, option))
            return &args->devices[i];
    }
    return NULL;
}

/* ---- lists of sub-options ----------------------------------------------------------
 */

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

static gboolean
print_listings (Cli *cli, Args *args)
{
    const VyDevice *const *devices = vy_device_list ();
    gboolean any = print_keys (cli, "install", args->install, install_keys) |
                   print_keys (cli, "cloud-init", args->cloud_init, cloud_init_keys);

    for (guint i = 0; devices[i] && i < MAX_DEVICES; i++) {
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

/* ---- deprecated spellings -----------------------------------------------------------
 */

static void
append (char ***list, char *text)
{
    guint n = *list ? g_strv_length (*list) : 0;

    *list = g_renew (char *, *list, n + 2);
    (*list)[n] = text;
    (*list)[n + 1] = NULL;
}

static gboolean
translate_files (Args *args, GError **error)
{
    char ***disks = device_field (args, "disk");
    guint n_sizes = args->file_size ? g_strv_length (args->file_size) : 0;

    if (args->file && *disks)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--file and --disk exclude each other"));
    if (args->nodisks && (args->file || *disks))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--nodisks and disks exclude each other"));
    for (guint i = 0; args->file && args->file[i]; i++)
        append (disks,
                g_strdup_printf ("%s%s%s%s", args->file[i], i < n_sizes ? ",size=" : "",
                                 i < n_sizes ? args->file_size[i] : "",
                                 args->nonsparse ? ",sparse=no" : ""));
    if (args->nodisks)
        append (disks, g_strdup ("none"));
    return TRUE;
}

static void
translate_graphics (Cli *cli, Args *args)
{
    char ***graphics = device_field (args, "graphics");
    g_autoptr (GString) text = g_string_new ("vnc");

    if (args->sdl)
        append (graphics, g_strdup ("sdl"));
    if (args->nographics)
        append (graphics, g_strdup ("none"));
    if (!args->vnc)
        return;
    if (cli_has (cli, "vncport"))
        g_string_append_printf (text, ",port=%d", args->vncport);
    if (args->vnclisten)
        g_string_append_printf (text, ",listen=%s", args->vnclisten);
    if (args->keymap)
        g_string_append_printf (text, ",keymap=%s", args->keymap);
    append (graphics, g_strdup (text->str));
}

static void
translate_networks (Args *args)
{
    char ***networks = device_field (args, "network");
    guint n_macs = args->mac ? g_strv_length (args->mac) : 0;
    guint n;

    for (char **bridge = args->bridge; bridge && *bridge; bridge++)
        append (networks, g_strconcat ("bridge=", *bridge, NULL));
    n = *networks ? g_strv_length (*networks) : 0;
    for (; n < n_macs; n++)
        append (networks, g_strdup ("default"));
    for (guint i = 0; i < n_macs; i++) {
        char *old = (*networks)[i];

        (*networks)[i] = g_strconcat (old, ",mac=", args->mac[i], NULL);
        g_free (old);
    }
    if (args->nonetworks)
        append (networks, g_strdup ("none"));
}

static gboolean
translate (Cli *cli, Args *args, GError **error)
{
    if (!translate_files (args, error))
        return FALSE;
    translate_graphics (cli, args);
    translate_networks (args);
    for (char **text = args->ram; text && *text && !*device_field (args, "memory");
         text++)
        append (device_field (args, "memory"), g_strdup (*text));
    for (char **text = args->soundhw; text && *text; text++)
        append (device_field (args, "sound"), g_strdup (*text));
    for (char **text = args->host_device; text && *text; text++)
        append (device_field (args, "hostdev"), g_strdup (*text));
    if (args->cpuset)
        append (device_field (args, "vcpus"),
                g_strconcat ("cpuset=", args->cpuset, NULL));
    if (args->init)
        append (device_field (args, "boot"), g_strconcat ("init=", args->init, NULL));
    if (args->noacpi)
        append (device_field (args, "features"), g_strdup ("acpi=off"));
    if (args->noapic)
        append (device_field (args, "features"), g_strdup ("apic=off"));
    return TRUE;
}

/* ---- the guest ----------------------------------------------------------------------
 */

static gboolean
add_metadata (VyGuest *guest, const char *key, const char *value, GError **error)
{
    g_autofree char *text = value ? g_strdup_printf ("%s=%s", key, value) : NULL;

    return !text || vy_guest_add_option (guest, "metadata", text, error);
}

static gboolean
add_devices (VyGuest *guest, Args *args, GError **error)
{
    const VyDevice *const *devices = vy_device_list ();

    for (guint i = 0; devices[i] && i < MAX_DEVICES; i++) {
        for (char **text = args->devices[i]; text && *text; text++) {
            const char *value = **text ? *text : "default";

            if (!vy_guest_add_option (guest, devices[i]->option, value, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
add_checks (VyGuest *guest, Args *args, GError **error)
{
    if (args->force && !vy_guest_set_check (guest, "path_in_use", FALSE, error))
        return FALSE;
    for (char **text = args->check; text && *text; text++) {
        g_auto (GStrv) words = g_strsplit (*text, ",", -1);

        for (guint i = 0; words[i]; i++) {
            char *value = strchr (words[i], '=');
            gboolean on = TRUE;

            if (value)
                *value++ = '\0';
            if (value && !vy_boolean_parse (value, &on, error))
                return FALSE;
            if (!vy_guest_set_check (guest, words[i], on, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
build_guest (VyGuest *guest, Args *args, GError **error)
{
    const char *os_type = args->hvm         ? "hvm"
                          : args->paravirt  ? "xen"
                          : args->container ? "exe"
                                            : NULL;

    vy_guest_set_machine (guest, os_type, args->arch, args->virt_type, args->machine);
    for (guint i = 0; args->osinfos && args->osinfos[i]; i++) {
        if (!args->osinfos[i + 1] &&
            !vy_guest_set_osinfo (guest, args->osinfos[i], error))
            return FALSE;
    }
    if (!add_metadata (guest, "name", args->name, error) ||
        !add_metadata (guest, "uuid", args->uuid, error) ||
        !add_metadata (guest, "description", args->description, error) ||
        !add_checks (guest, args, error) || !add_devices (guest, args, error))
        return FALSE;
    return TRUE;
}

/* ---- the installation ---------------------------------------------------------------
 */

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

static VyInstallMethod
choose_method (const Args *args)
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
is_method_said (VyGuest *guest, const Args *args, const VyInstallSettings *settings)
{
    return settings->method != VY_INSTALL_NONE || settings->bootdev || settings->kernel ||
           settings->no_install || args->cloud_init || args->unattended ||
           args->reinstall || args->container || vy_guest_boots_something (guest);
}

static gpointer
throw_no_method (GError **error)
{
    vy_throw (error, VY_ERROR_USAGE, _ ("no way to install is given"));
    vy_error_set_hint (error, _ ("Use --location, --cdrom, --pxe, --import or --boot."));
    return NULL;
}

/* Sub-options of --cloud-init, and where they go. */
static gboolean
read_cloud_init (GHashTable *pairs, VySeedSettings *seed, GError **error)
{
    const struct {
        const char *key;
        const char **place;
    } files[] = { { "meta-data", &seed->meta_data },
                  { "user-data", &seed->user_data },
                  { "network-config", &seed->network_config },
                  { "root-password-file", &seed->root_password_file },
                  { "root-ssh-key", &seed->root_ssh_key },
                  { "ssh-key", &seed->root_ssh_key },
                  { "clouduser-ssh-key", &seed->user_ssh_key } };
    guint known = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
        *files[i].place = g_hash_table_contains (pairs, files[i].key)
                              ? g_hash_table_lookup (pairs, files[i].key)
                              : *files[i].place;
        known += g_hash_table_contains (pairs, files[i].key);
    }
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

static VyInstall *
make_install (VyGuest *guest, Args *args, GError **error)
{
    g_autoptr (GHashTable) install = parse_pairs (args->install, "os");
    g_autoptr (GHashTable) location = parse_pairs (args->location, "location");
    g_autoptr (GHashTable) cloud_init = parse_pairs (args->cloud_init, "user-data");
    VySeedSettings seed = { .name = args->name };
    g_autofree char *extra = args->extra_args ? g_strjoinv (" ", args->extra_args) : NULL;
    VyInstallSettings settings = {
        .method = choose_method (args),
        .media = args->location ? g_hash_table_lookup (location, "location")
                 : args->cdrom  ? args->cdrom
                                : args->c,
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
        .cloud_init =
            args->cloud_init && strcmp (args->cloud_init, "none") ? &seed : NULL,
    };

    if (settings.cloud_init && !read_cloud_init (cloud_init, &seed, error))
        return NULL;
    if (!is_method_said (guest, args, &settings) && !args->print_xml)
        return throw_no_method (error);
    return vy_install_new (guest, &settings, error);
}

/* ---- printing -----------------------------------------------------------------------
 */

static void
print_domain (Cli *cli, xmlNode *domain)
{
    g_autofree char *text = domain ? vy_xml_to_string (domain) : NULL;

    if (text)
        cli_print (cli, "%s", text);
}

static gboolean
print_steps (Cli *cli, Args *args, VyInstall *install, GError **error)
{
    const char *step = args->print_xml && *args->print_xml ? args->print_xml
                       : args->print_step                  ? args->print_step
                                                           : "all";
    xmlNode *first = vy_install_get_domain (install, FALSE);
    xmlNode *final = vy_install_get_domain (install, TRUE);

    if (strcmp (step, "all") && strcmp (step, "1") && strcmp (step, "2"))
        return vy_throw (error, VY_ERROR_INVALID, _ ("there is no step '%s'"), step);
    if (!strcmp (step, "2") && !first)
        return vy_throw (error, VY_ERROR_INVALID, _ ("there is no second step"));
    if (strcmp (step, "2"))
        print_domain (cli, first ? first : final);
    if (strcmp (step, "1") && first)
        print_domain (cli, final);
    return TRUE;
}

/* ---- running ------------------------------------------------------------------------
 */

static gboolean
check_options (Args *args, GError **error)
{
    static const char *const consoles[] = { "text", "graphical", "none", "default",
                                            NULL };

    if (args->autoconsole && *args->autoconsole &&
        !g_strv_contains (consoles, args->autoconsole))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--autoconsole is one of text, graphical and none"));
    if (args->c && args->cdrom)
        return vy_throw (error, VY_ERROR_USAGE, _ ("-c and --cdrom exclude each other"));
    if (args->cloud_init && args->unattended)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--cloud-init and --unattended exclude each other"));
    if (args->unattended)
        return vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("--unattended cannot be used"));
    if (args->reinstall)
        return vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("--reinstall cannot be used"));
    if (args->extra_args && !args->location)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--extra-args needs --location"));
    if (args->initrd_inject && !args->location)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--initrd-inject needs --location"));
    return TRUE;
}

/* Milliseconds to wait, 0: for ever; FALSE: not at all. */
static gboolean
wants_wait (const Args *args, guint64 *timeout_ms)
{
    double minutes = args->wait && *args->wait ? g_ascii_strtod (args->wait, NULL) : -1;

    *timeout_ms = minutes > 0 ? (guint64) (minutes * 60 * 1000) : 0;
    if (args->wait)
        return minutes != 0;
    return !args->noautoconsole && g_strcmp0 (args->autoconsole, "none");
}

static gboolean
follow (Cli *cli, Args *args, VyInstall *install, GError **error)
{
    xmlNode *final = vy_install_get_domain (install, TRUE);
    g_autofree char *name = vy_xml_get (final, "name");
    guint64 timeout_ms;

    if (!vy_install_has_phase (install)) {
        cli_say (cli, _ ("Domain '%s' started\n"), name);
        return TRUE;
    }
    if (!wants_wait (args, &timeout_ms)) {
        cli_say (cli, _ ("Domain '%s' is being installed\n"), name);
        return TRUE;
    }
    if (!vy_install_wait (install, timeout_ms, cli_cancellable (cli), error))
        return FALSE;
    cli_say (cli,
             args->noreboot ? _ ("Domain '%s' installed\n")
                            : _ ("Domain '%s' installed and started\n"),
             name);
    return TRUE;
}

static void
warn_of_memory (Cli *cli, VyInstall *install)
{
    guint64 bytes = vy_install_get_raised_memory (install);
    g_autofree char *size = vy_size_format (bytes);

    if (bytes)
        cli_warn (cli, _ ("the guest has %s of memory while its installer runs"), size);
}

static gboolean
run_install (Cli *cli, gpointer data, GError **error)
{
    Args *args = data;
    VyHostStandIns stand_ins = { args->host_capabilities, args->host_domcapabilities,
                                 args->host_uri };
    virConnectPtr conn;
    g_autoptr (VyHost) host = NULL;
    g_autoptr (VyGuest) guest = NULL;
    g_autoptr (VyInstall) install = NULL;
    g_autoptr (VyPlan) plan = NULL;

    if (print_listings (cli, args))
        return TRUE;
    if (!check_options (args, error) || !translate (cli, args, error))
        return FALSE;
    conn = cli_conn (cli, error);
    if (!conn || !(host = vy_host_new (conn, &stand_ins, error)))
        return FALSE;
    guest = vy_guest_new (host);
    if (!build_guest (guest, args, error))
        return FALSE;
    install = make_install (guest, args, error);
    if (!install)
        return FALSE;
    if (args->print_xml || args->print_step)
        return print_steps (cli, args, install, error);
    warn_of_memory (cli, install);
    plan = vy_install_plan (install, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    if (!args->dry_run && vy_install_get_root_password (install))
        cli_print (cli, _ ("Password for first root login is: %s\n"),
                   vy_install_get_root_password (install));
    return args->dry_run || follow (cli, args, install, error);
}

int
main (int argc, char **argv)
{
    static CliCommand commands[] = {
        { "virt-install", N_ ("make a guest and install its system"), NULL, sizeof (Args),
          run_install },
        { 0 },
    };
    static const CliCommand *const all_commands[] = { commands, NULL };
    static const CliGroup groups[] = {
        { "install", N_ ("Install"), all_commands },
        { 0 },
    };
    static const CliProgram program = { "virt-install",
                                        N_ ("make a guest and install its system"),
                                        CLI_STYLE_INSTALL, groups, TRUE };
    g_autofree CliOption *options = make_options ();

    commands[0].options = options;
    return cli_main (&program, argc, argv);
}
