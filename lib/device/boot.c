/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Boot order, firmware, kernel; id maps of containers. */
#include "device-private.h"

/* The devices in the order in which they were given, whatever that of the rows. */
static gboolean
set_order (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
           G_GNUC_UNUSED const char *path, G_GNUC_UNUSED const char *value,
           G_GNUC_UNUSED GError **error)
{
    static const char *const devices[] = { "hd", "cdrom", "fd", "network", NULL };
    xmlNode *os = vy_xml_ensure (target->domain, "os");

    if (vy_xml_has (os, "boot") && target->ordered)
        return TRUE;
    vy_xml_set (target->domain, "os/boot", NULL);
    for (xmlNode *boot; (boot = vy_xml_find (target->domain, "os/boot"));)
        vy_xml_remove (boot);
    os = vy_xml_ensure (target->domain, "os");
    for (guint i = 0; i < target->pairs->len; i += 2)
        if (g_strv_contains (devices, g_ptr_array_index (target->pairs, i)))
            vy_xml_set (vy_xml_add (os, "boot"), "@dev",
                        g_ptr_array_index (target->pairs, i));
    target->ordered = TRUE;
    return TRUE;
}

static gboolean
set_uefi (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    if (target->extra)
        g_hash_table_replace (target->extra, g_strdup ("boot.uefi"), g_strdup ("yes"));
    if (g_strcmp0 (value, "no") == 0) {
        vy_xml_set (target->domain, path, NULL);
        vy_xml_set (target->domain, "os/loader", NULL);
        vy_xml_set (target->domain, "os/nvram", NULL);
        if (vy_xml_find (target->domain, "os/firmware"))
            vy_xml_remove (vy_xml_find (target->domain, "os/firmware"));
        return TRUE;
    }
    vy_xml_set (target->domain, path, "efi");
    return TRUE;
}

/* A machine type with a version becomes that without: the newest one. */
static gboolean
set_refresh (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
             const char *value, GError **error)
{
    static const struct {
        const char *prefix, *machine;
    } families[] = {
        { "pc-i440fx-", "pc" },    { "pc-q35-", "q35" },
        { "pc-", "pc" },           { "virt-", "virt" },
        { "pseries-", "pseries" }, { "s390-ccw-virtio-", "s390-ccw-virtio" }
    };
    g_autofree char *machine = vy_xml_get (target->domain, path);
    gboolean found = FALSE;

    for (gsize i = 0; machine && !found && g_strcmp0 (value, "yes") == 0 &&
                      i < G_N_ELEMENTS (families);
         i++) {
        if (!g_str_has_prefix (machine, families[i].prefix))
            continue;
        vy_xml_set (target->domain, path, families[i].machine);
        found = TRUE;
    }
    if (!found && g_strcmp0 (value, "yes") == 0)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--boot refresh-machine-type: '%s' has no newer version"),
                         machine ? machine : "");
    if (target->extra)
        g_hash_table_replace (target->extra, g_strdup ("boot.refresh-machine-type"),
                              g_strdup (value));
    return TRUE;
}

static gboolean
set_firmware_feature (VySuboptTarget *target, const VySubopt *row,
                      G_GNUC_UNUSED const char *path, const char *value,
                      G_GNUC_UNUSED GError **error)
{
    const char *dot = strchr (row->key, '.');
    g_autofree char *place = g_strdup_printf ("os/firmware/feature[@name='%s']/@enabled",
                                              dot ? dot + 1 : "enrolled-keys");

    vy_xml_set (target->domain, place, value);
    return TRUE;
}

static gboolean
set_initargs (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
              G_GNUC_UNUSED const char *path, const char *value, GError **error)
{
    g_auto (GStrv) words = NULL;

    while (vy_xml_has (target->domain, "os/initarg"))
        vy_xml_set (target->domain, "os/initarg", NULL);
    if (!value)
        return TRUE;
    if (!g_shell_parse_argv (value, NULL, &words, NULL))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--boot initargs: '%s' is no list of "
                            "words"),
                         value);
    for (char **word = words; *word; word++)
        vy_xml_set (vy_xml_add (vy_xml_ensure (target->domain, "os"), "initarg"), ".",
                    *word);
    return TRUE;
}

static const VySubopt boot_rows[] = {
    { "hd", NULL, VY_BOOL, .set = set_order },
    { "cdrom", NULL, VY_BOOL, .set = set_order },
    { "fd", NULL, VY_BOOL, .set = set_order },
    { "network", NULL, VY_BOOL, .set = set_order },
    { "refresh-machine-type", "os/type/@machine", VY_BOOL, .set = set_refresh },
    { "os_type", "os/type", VY_STRING },
    { "arch", "os/type/@arch", VY_STRING },
    { "machine", "os/type/@machine", VY_STRING },
    { "bootloader", "bootloader", VY_STRING },
    { "bootloader_args", "bootloader_args", VY_STRING },
    { "domain_type", "@type", VY_STRING },
    { "emulator", "devices/emulator", VY_STRING },
    { "uefi", "os/@firmware", VY_BOOL, .set = set_uefi },
    { "secure-boot", "os/firmware/feature", VY_BOOL, .set = set_firmware_feature },
    { "loader", "os/loader", VY_STRING },
    { "loader.readonly", "os/loader/@readonly", VY_YESNO, .alias = "loader_ro" },
    { "loader.type", "os/loader/@type", VY_STRING, .alias = "loader_type" },
    { "loader.secure", "os/loader/@secure", VY_YESNO, .alias = "loader_secure" },
    { "loader.stateless", "os/loader/@stateless", VY_YESNO },
    { "firmware", "os/@firmware", VY_STRING },
    { "firmware.feature%.enabled", "os/firmware/feature%/@enabled", VY_YESNO },
    { "firmware.feature%.name", "os/firmware/feature%/@name", VY_STRING },
    { "firmware.secure-boot", "os/firmware/feature", VY_BOOL,
      .set = set_firmware_feature },
    { "firmware.enrolled-keys", "os/firmware/feature", VY_BOOL,
      .set = set_firmware_feature },
    { "nvram", "os/nvram", VY_PATH },
    { "nvram.template", "os/nvram/@template", VY_STRING, .alias = "nvram_template" },
    { "boot%.dev", "os/boot%/@dev", VY_STRING },
    { "bootmenu.enable", "os/bootmenu/@enable", VY_YESNO, .alias = "menu" },
    { "bootmenu.timeout", "os/bootmenu/@timeout", VY_INT },
    { "bios.useserial", "os/bios/@useserial", VY_YESNO, .alias = "useserial" },
    { "bios.rebootTimeout", "os/bios/@rebootTimeout", VY_INT, .alias = "rebootTimeout" },
    { "smbios.mode", "os/smbios/@mode", VY_STRING, .alias = "smbios_mode" },
    { "nvram.templateFormat", "os/nvram/@templateFormat", VY_STRING },
    { "kernel", "os/kernel", VY_PATH },
    { "initrd", "os/initrd", VY_PATH },
    { "cmdline", "os/cmdline", VY_STRING, .alias = "extra_args kernel_args",
      .flags = VY_COMMAS },
    { "dtb", "os/dtb", VY_PATH },
    { "acpi.table", "os/acpi/table", VY_PATH },
    { "acpi.table.type", "os/acpi/table/@type", VY_STRING },
    { "init", "os/init", VY_STRING },
    { "initargs", "os/initarg", VY_STRING, .set = set_initargs },
    { "initarg%", "os/initarg%", VY_STRING },
    { "initenv%", "os/initenv%", VY_STRING },
    { "initenv%.name", "os/initenv%/@name", VY_STRING },
    { "initdir", "os/initdir", VY_STRING },
    { "inituser", "os/inituser", VY_STRING },
    { "initgroup", "os/initgroup", VY_STRING },
    { 0 },
};

static const VyPlace boot_places[] = {
    { "@type", NULL,
      "kvm qemu xen lxc hvf bhyve vz test vmware hyperv vbox openvz phyp uml kqemu" },
    { "os/type", NULL, "hvm xen xenpvh exe linux" },
    { "os/type/@machine", NULL, "q35 pc virt xenpv xenfv xenpvh" },
    { "os/type/@arch", NULL,
      "x86_64 aarch64 armv7l i686 ppc64le ppc64 riscv64 s390x ia64 alpha armv6l cris "
      "lm32 m68k microblaze microblazeel mips mipsel mips64 mips64el openrisc parisc "
      "parisc64 ppc ppcemb riscv32 s390 sh4 sh4eb sparc sparc64 unicore32 xtensa "
      "xtensaeb" },
    { "bootloader", "0.1.0" },
    { "bootloader_args", "0.2.3" },
    { "os/@firmware", "5.2.0", "efi bios" },
    { "os/firmware/feature%", "7.2.0" },
    { "os/firmware/feature%/@name", NULL, "secure-boot enrolled-keys" },
    { "os/loader", "0.1.0" },
    { "os/loader/@readonly", "1.2.8" },
    { "os/loader/@type", "1.2.8", "pflash rom" },
    { "os/loader/@secure", "2.1.0" },
    { "os/loader/@stateless", "8.6.0" },
    { "os/nvram", "1.2.8" },
    { "os/nvram/@templateFormat", "10.10.0", "raw qcow2" },
    { "os/boot%", "0.1.3" },
    { "os/boot%/@dev", NULL, "hd cdrom network fd" },
    { "os/bootmenu", "0.8.3" },
    { "os/bootmenu/@timeout", "1.2.8" },
    { "os/bios", "0.9.4" },
    { "os/bios/@rebootTimeout", "0.10.2" },
    { "os/smbios", "0.8.7" },
    { "os/smbios/@mode", NULL, "emulate host sysinfo" },
    { "os/dtb", "1.0.4" },
    { "os/acpi", "1.3.5" },
    { "os/acpi/table/@type", NULL, "slic" },
    { 0 },
};

static const VySubopt *const boot_tables[] = { boot_rows, NULL };

const VyDevice vy_device_boot = {
    .option = "boot",
    .help = N_ ("boot order, firmware, kernel"),
    .element = "",
    .clear = "os",
    .rows = boot_tables,
    .places = boot_places,
};

static const VySubopt idmap_rows[] = {
    { "uid.start", "idmap/uid/@start", VY_INT, .alias = "uid_start" },
    { "uid.target", "idmap/uid/@target", VY_INT, .alias = "uid_target" },
    { "uid.count", "idmap/uid/@count", VY_INT, .alias = "uid_count" },
    { "gid.start", "idmap/gid/@start", VY_INT, .alias = "gid_start" },
    { "gid.target", "idmap/gid/@target", VY_INT, .alias = "gid_target" },
    { "gid.count", "idmap/gid/@count", VY_INT, .alias = "gid_count" },
    { 0 },
};

static const VyPlace idmap_places[] = {
    { "idmap", "1.1.1" },
    { 0 },
};

static const VySubopt *const idmap_tables[] = { idmap_rows, NULL };

const VyDevice vy_device_idmap = {
    .option = "idmap",
    .help = N_ ("user and group ids of a container"),
    .element = "",
    .clear = "idmap",
    .rows = idmap_tables,
    .places = idmap_places,
};
