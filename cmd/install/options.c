/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: its options */
#include "install.h"
#include "cli-devices.h"

#define STRING(name, letter, field, metavar, help)                                       \
    {                                                                                    \
        name, letter, CLI_STRING, CLI_EMPTY_OK, CLI_ARG (InstallArgs, field), metavar,   \
            help                                                                         \
    }
#define OLD_STRING(name, letter, field, metavar, help)                                   \
    {                                                                                    \
        name, letter, CLI_STRING, CLI_HIDDEN, CLI_ARG (InstallArgs, field), metavar,     \
            help                                                                         \
    }
#define MANY(name, letter, field, metavar, help)                                         \
    {                                                                                    \
        name, letter, CLI_STRINGS, CLI_EMPTY_OK, CLI_ARG (InstallArgs, field), metavar,  \
            help                                                                         \
    }
#define OLD_MANY(name, letter, field, metavar, help)                                     \
    {                                                                                    \
        name, letter, CLI_STRINGS, CLI_HIDDEN, CLI_ARG (InstallArgs, field), metavar,    \
            help                                                                         \
    }
#define FLAG(name, letter, field, help)                                                  \
    {                                                                                    \
        name, letter, CLI_FLAG, 0, CLI_ARG (InstallArgs, field), NULL, help              \
    }
#define OLD_FLAG(name, letter, field, help)                                              \
    {                                                                                    \
        name, letter, CLI_FLAG, CLI_HIDDEN, CLI_ARG (InstallArgs, field), NULL, help     \
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
      CLI_ARG (InstallArgs, unattended), N_ ("OPTIONS"),
      N_ ("install without questions") },
    STRING ("install", 0, install, N_ ("OPTIONS"),
            N_ ("the installer's kernel, system and boot device")),
    STRING ("reinstall", 0, reinstall, N_ ("DOMAIN"),
            N_ ("install a guest again, which keeps its devices")),
    { "cloud-init", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (InstallArgs, cloud_init), N_ ("OPTIONS"),
      N_ ("give data to cloud-init at the first boot") },
    OLD_STRING ("init", 0, init, N_ ("PATH"), N_ ("first program of a container")),
    { "osinfo", 0, CLI_STRINGS, CLI_EMPTY_OK, CLI_ARG (InstallArgs, osinfos), N_ ("OS"),
      N_ ("the operating system: \"virtyard os list\" names them") },
    { "os-variant", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "osinfo" },
    OLD_STRING ("os-type", 0, os_type, N_ ("TYPE"), N_ ("does nothing")),
    OLD_MANY ("file", 'f', file, N_ ("PATH"), N_ ("a disk")),
    OLD_MANY ("file-size", 's', file_size, N_ ("GIB"), N_ ("size of the disk")),
    OLD_FLAG ("nonsparse", 0, nonsparse, N_ ("allocate all of it")),
    OLD_FLAG ("nodisks", 0, nodisks, N_ ("no disk")),
    OLD_FLAG ("nonetworks", 0, nonetworks, N_ ("no network card")),
    OLD_MANY ("bridge", 'b', bridge, N_ ("BRIDGE"), N_ ("a card on a bridge")),
    OLD_MANY ("mac", 'm', mac, N_ ("MAC"), N_ ("hardware address")),
    OLD_FLAG ("vnc", 0, vnc, N_ ("VNC graphics")),
    { "vncport", 0, CLI_INT, CLI_HIDDEN, CLI_ARG (InstallArgs, vncport), N_ ("PORT"),
      N_ ("port of VNC") },
    OLD_STRING ("vnclisten", 0, vnclisten, N_ ("ADDRESS"), N_ ("where VNC listens")),
    OLD_STRING ("keymap", 'k', keymap, N_ ("MAP"), N_ ("keyboard layout")),
    OLD_FLAG ("sdl", 0, sdl, N_ ("SDL graphics")),
    OLD_FLAG ("nographics", 0, nographics, N_ ("no graphics")),
    FLAG ("hvm", 'v', hvm, N_ ("full virtualization")),
    FLAG ("paravirt", 'p', paravirt, N_ ("paravirtualization")),
    FLAG ("container", 0, container, N_ ("a container, no machine")),
    STRING ("virt-type", 0, virt_type, N_ ("TYPE"), N_ ("hypervisor: kvm, qemu, xen, …")),
    STRING ("arch", 0, arch, N_ ("ARCH"), N_ ("architecture of the guest; the host's")),
    STRING ("machine", 0, machine, N_ ("MACHINE"), N_ ("machine type: q35, pc, virt, …")),
    OLD_FLAG ("accelerate", 0, accelerate, N_ ("does nothing")),
    OLD_FLAG ("noapic", 0, noapic, N_ ("without APIC")),
    OLD_FLAG ("noacpi", 0, noacpi, N_ ("without ACPI")),
    FLAG ("autostart", 0, autostart, N_ ("start it with the host")),
    FLAG ("transient", 0, transient, N_ ("leave nothing behind when it is shut down")),
    FLAG ("destroy-on-exit", 0, destroy_on_exit, N_ ("power it off with this program")),
    { "wait", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (InstallArgs, wait), N_ ("MINUTES"),
      N_ ("wait for the end of the installation") },
    OLD_FLAG ("prompt", 0, prompt, N_ ("does nothing")),
    OLD_FLAG ("force", 0, force, N_ ("does nothing")),
    STRING ("autoconsole", 0, autoconsole, N_ ("text|graphical|none"),
            N_ ("what to show of the guest")),
    FLAG ("noautoconsole", 0, noautoconsole, N_ ("show nothing of the guest")),
    FLAG ("noreboot", 0, noreboot, N_ ("do not start it after the installation")),
    { "print-xml", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK,
      CLI_ARG (InstallArgs, print_xml), N_ ("STEP"),
      N_ ("print the XML and make nothing") },
    OLD_STRING ("print-step", 0, print_step, N_ ("STEP"), N_ ("step to print")),
    FLAG ("dry-run", 0, dry_run, N_ ("print the plan and make nothing")),
    MANY ("check", 0, check, N_ ("CHECK=on|off"), N_ ("switch checks on or off")),
    FLAG ("debug", 'd', debug, N_ ("say more of what is done")),
    { "host-capabilities", 0, CLI_STRING, CLI_FILE,
      CLI_ARG (InstallArgs, host_capabilities), N_ ("FILE"),
      N_ ("capabilities of a host that is not here") },
    { "host-domcapabilities", 0, CLI_STRING, CLI_FILE,
      CLI_ARG (InstallArgs, host_domcapabilities), N_ ("FILE"),
      N_ ("domain capabilities of a host that is not here") },
    { "host-uri", 0, CLI_STRING, 0, CLI_ARG (InstallArgs, host_uri), N_ ("URI"),
      N_ ("connection of a host that is not here") },
};

/* Other names of device options. */
static const CliOption aliases[] = {
    { "security", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "seclabel" },
    { "soundhw", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "sound" },
    { "host-device", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "hostdev" },
    { "launchsecurity", 0, CLI_ALIAS, CLI_HIDDEN, .alias_of = "launchSecurity" },
};

CliOption *
install_options (void)
{
    const VyDevice *const *devices = vy_device_list ();
    GArray *all = g_array_new (TRUE, TRUE, sizeof (CliOption));

    g_array_append_vals (all, own_options, G_N_ELEMENTS (own_options));
    for (guint i = 0; i < all->len; i++)
        install_offer_values (&g_array_index (all, CliOption, i));
    for (guint i = 0; devices[i] && i < INSTALL_MAX_DEVICES; i++) {
        CliOption option = { devices[i]->option,
                             0,
                             CLI_STRINGS,
                             CLI_EMPTY_OK,
                             CLI_ARG (InstallArgs, devices) + i * sizeof (char **),
                             N_ ("OPTIONS"),
                             devices[i]->help,
                             cli_complete_subopts };

        if (!strcmp (devices[i]->option, "network"))
            option.letter = 'w';
        if (!strcmp (devices[i]->option, "sound"))
            option.flags |= CLI_OPTIONAL_VALUE;
        g_array_append_val (all, option);
    }
    g_array_append_vals (all, aliases, G_N_ELEMENTS (aliases));
    return (CliOption *) g_array_free (all, FALSE);
}

char ***
install_device_field (InstallArgs *args, const char *option)
{
    const VyDevice *const *devices = vy_device_list ();

    for (guint i = 0; devices[i] && i < INSTALL_MAX_DEVICES; i++) {
        if (!strcmp (devices[i]->option, option))
            return &args->devices[i];
    }
    return NULL;
}
