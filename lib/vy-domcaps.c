/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions about domain capabilities: features, firmware, device models. */
#include "vy-domcaps.h"

#include "vy-xml.h"

gboolean
vy_domcaps_is_supported (xmlNode *domcaps, const char *path)
{
    xmlNode *node = vy_xml_find (domcaps, path);

    return node && vy_xml_is (node, "@supported", "yes");
}

GStrv
vy_domcaps_get_values (xmlNode *domcaps, const char *path, const char *name)
{
    g_autofree char *place = g_strdup_printf ("%s/enum[@name='%s']", path, name);
    g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
    xmlNode *node = vy_xml_find (domcaps, place);
    g_autoptr (GPtrArray) found = node ? vy_xml_find_all (node, "value") : NULL;

    for (guint i = 0; found && i < found->len; i++) {
        g_autofree char *value = vy_xml_get (found->pdata[i], ".");

        g_strv_builder_add (values, value);
    }
    return g_strv_builder_end (values);
}

gboolean
vy_domcaps_has_value (xmlNode *domcaps, const char *path, const char *name,
                      const char *value)
{
    g_auto (GStrv) values = vy_domcaps_get_values (domcaps, path, name);

    return g_strv_contains ((const char *const *) values, value);
}

gboolean
vy_domcaps_has_spice (VyHost *host, xmlNode *domcaps)
{
    const char *arch = vy_host_get_arch (host);

    if (vy_domcaps_is_supported (domcaps, "devices/graphics"))
        return vy_domcaps_has_value (domcaps, "devices/graphics", "type", "spice");
    if (vy_host_get_driver (host) != VY_DRIVER_QEMU &&
        vy_host_get_driver (host) != VY_DRIVER_TEST)
        return FALSE;
    return !g_strcmp0 (arch, "x86_64") || !g_strcmp0 (arch, "i686");
}

gboolean
vy_domcaps_has_spicevmc (VyHost *host, xmlNode *domcaps)
{
    if (vy_domcaps_is_supported (domcaps, "devices/channel"))
        return vy_domcaps_has_value (domcaps, "devices/channel", "type", "spicevmc");
    return vy_domcaps_has_spice (host, domcaps);
}

gboolean
vy_domcaps_has_usb_redirection (VyHost *host, xmlNode *domcaps)
{
    if (vy_domcaps_is_supported (domcaps, "devices/redirdev"))
        return vy_domcaps_has_value (domcaps, "devices/redirdev", "bus", "usb");
    return vy_domcaps_has_spice (host, domcaps);
}

/* How UEFI firmware files are called where packages put them, by architecture. */
static const struct {
    const char *arch;
    const char *patterns[8];
} uefi_files[] = {
    { "x86_64",
      { "*OVMF_CODE*.fd", "*ovmf-x64*code*.fd", "*ovmf-x86_64*code*",
        "*uefi-x86_64*code*", "*BHYVE_UEFI*", "*edk2-x86_64*.fd", "*/OVMF.fd" } },
    { "i686",
      { "*ovmf-ia32*code*.fd", "*OVMF32_CODE*.fd", "*edk2-i386*.fd", "*ia32*OVMF*" } },
    { "aarch64",
      { "*AAVMF_CODE*.fd", "*aarch64*QEMU_EFI*", "*QEMU_EFI-pflash*", "*edk2-aarch64*",
        "*qemu-uefi-aarch64*", "*qemu-efi-aarch64*" } },
    { "armv7l", { "*AAVMF32_CODE*.fd", "*arm/QEMU_EFI*", "*edk2-arm-code*" } },
    { "riscv64", { "*riscv*CODE*.fd", "*riscv64*code*" } },
    { "loongarch64", { "*loongarch64*", "*LOONGARCH*" } },
};

static gboolean
is_uefi_file (const char *arch, const char *file)
{
    for (gsize i = 0; i < G_N_ELEMENTS (uefi_files); i++) {
        if (g_strcmp0 (uefi_files[i].arch, arch))
            continue;
        for (const char *const *p = uefi_files[i].patterns; *p; p++) {
            if (g_pattern_match_simple (*p, file))
                return TRUE;
        }
    }
    return FALSE;
}

char *
vy_domcaps_get_uefi_loader (xmlNode *domcaps)
{
    g_autofree char *arch = vy_xml_get (domcaps, "arch");
    g_autoptr (GPtrArray) files = vy_xml_find_all (domcaps, "os/loader/value");

    for (guint i = 0; i < files->len; i++) {
        g_autofree char *file = vy_xml_get (files->pdata[i], ".");

        if (is_uefi_file (arch, file))
            return g_steal_pointer (&file);
    }
    return NULL;
}
