/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults: type, architecture, machine and firmware. */
#include "vy-guest-private.h"

/* ---- machine ------------------------------------------------------------------------
 */

static gboolean
offers_machine (const VyHostGuest *found, const char *machine)
{
    g_autofree char *place = NULL;
    g_autoptr (GPtrArray) own = vy_xml_find_all (found->domain, "machine");
    g_autoptr (GPtrArray) common = vy_xml_find_all (found->guest, "arch/machine");

    for (guint i = 0; i < own->len; i++) {
        if (vy_xml_is (own->pdata[i], ".", machine))
            return TRUE;
    }
    for (guint i = 0; i < common->len; i++) {
        if (vy_xml_is (common->pdata[i], ".", machine))
            return TRUE;
    }
    return FALSE;
}

static const struct {
    const char *prefix;
    const char *machine;
} machines_by_arch[] = {
    { "aarch64", "virt" },   { "armv7l", "virt" },           { "armv6l", "versatilepb" },
    { "ppc64", "pseries" },  { "s390x", "s390-ccw-virtio" }, { "riscv", "virt" },
    { "loongarch", "virt" },
};

static char *
choose_machine (VyHost *host, const VyHostGuest *found, guint os, gboolean uefi)
{
    gboolean is_x86 =
        !g_strcmp0 (found->arch, "x86_64") || !g_strcmp0 (found->arch, "i686");
    char *first;

    for (gsize i = 0; i < G_N_ELEMENTS (machines_by_arch); i++) {
        if (g_str_has_prefix (found->arch, machines_by_arch[i].prefix) &&
            offers_machine (found, machines_by_arch[i].machine))
            return g_strdup (machines_by_arch[i].machine);
    }
    if (is_x86 && vy_host_get_driver (host) == VY_DRIVER_QEMU &&
        ((os & OS_Q35) || uefi) && offers_machine (found, "q35"))
        return g_strdup ("q35");
    first = vy_xml_get (found->domain, "machine");
    return first ? first : vy_xml_get (found->guest, "arch/machine");
}

static gboolean
needs_smm (const char *loader)
{
    return loader && (strstr (loader, "secboot") || strstr (loader, ".ms.fd"));
}

/* Where libvirt does not choose the firmware, the one there is may need a q35 machine. */
static gboolean
needs_secure_boot_machine (VyHost *host, xmlNode *domain, const VyHostGuest *found)
{
    xmlNode *domcaps;
    g_autofree char *loader = NULL;

    if (!vy_xml_is (domain, "os/@firmware", "efi"))
        return FALSE;
    domcaps = vy_host_get_domcaps (host, found->domain_type, found->arch, "q35",
                                   found->emulator);
    if (vy_domcaps_has_value (domcaps, "os", "firmware", "efi"))
        return FALSE;
    loader = vy_domcaps_get_uefi_loader (domcaps);
    return needs_smm (loader);
}

gboolean
vy_default_machine (VyHost *host, xmlNode *domain, GError **error)
{
    g_autofree char *os_type = vy_xml_get (domain, "os/type");
    g_autofree char *arch = vy_xml_get (domain, "os/type/@arch");
    g_autofree char *type = vy_xml_get (domain, "@type");
    g_autofree char *machine = vy_xml_get (domain, "os/type/@machine");
    g_autofree char *os_id =
        vy_xml_get (domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *chosen = NULL;
    VyHostGuest found;

    if (!vy_host_find_guest (host, os_type && *os_type ? os_type : NULL, arch, type,
                             machine, &found, error))
        return FALSE;
    vy_xml_set (domain, "@type", found.domain_type);
    vy_xml_set (domain, "os/type", found.os_type);
    vy_xml_set (domain, "os/type/@arch", found.arch);
    chosen = machine ? g_strdup (machine)
                     : choose_machine (host, &found, vy_os_traits (os_id),
                                       needs_secure_boot_machine (host, domain, &found));
    vy_xml_set (domain, "os/type/@machine", chosen);
    if (vy_host_get_driver (host) != VY_DRIVER_VZ &&
        !g_str_has_prefix (found.os_type, "xen"))
        vy_xml_fill (domain, "devices/emulator", found.emulator);
    if (found.loader && !vy_xml_has (domain, "os/kernel") &&
        vy_host_get_driver (host) == VY_DRIVER_XEN && !g_strcmp0 (found.os_type, "hvm"))
        vy_xml_fill (domain, "os/loader", found.loader);
    return TRUE;
}

/* ---- firmware -----------------------------------------------------------------------
 */

static gboolean
wants_uefi (const VyFacts *facts)
{
    if (facts->is_virt || facts->driver == VY_DRIVER_BHYVE)
        return TRUE;
    return facts->is_x86 && facts->is_q35 && (facts->os & OS_NEEDS_UEFI);
}

static gboolean
has_own_firmware (const VyFacts *facts)
{
    static const char *const places[] = { "os/@firmware", "os/loader", "os/nvram",
                                          "os/loader/@type", "os/firmware" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        if (vy_xml_has (facts->domain, places[i]))
            return TRUE;
    }
    return FALSE;
}

/* Where libvirt cannot choose the firmware by itself, its file is named. */
static gboolean
set_uefi (const VyFacts *facts, gboolean must, GError **error)
{
    g_autofree char *loader = NULL;

    if (vy_domcaps_has_value (facts->domcaps, "os", "firmware", "efi")) {
        vy_xml_set (facts->domain, "os/@firmware", "efi");
        return TRUE;
    }
    vy_xml_set (facts->domain, "os/@firmware", NULL);
    loader = vy_domcaps_get_uefi_loader (facts->domcaps);
    if (!loader) {
        if (must)
            vy_throw (error, VY_ERROR_UNSUPPORTED,
                      _ ("host has no UEFI firmware for '%s' guests"), facts->arch);
        return !must;
    }
    vy_xml_set (facts->domain, "os/loader", loader);
    vy_xml_set (facts->domain, "os/loader/@readonly", "yes");
    vy_xml_set (facts->domain, "os/loader/@type", "pflash");
    if (facts->is_q35 && needs_smm (loader))
        vy_xml_set (facts->domain, "os/loader/@secure", "yes");
    return TRUE;
}

gboolean
vy_default_firmware (const VyFacts *facts, gboolean no_uefi, GError **error)
{
    if (vy_xml_is (facts->domain, "os/@firmware", "efi")) {
        if (vy_xml_has (facts->domain, "os/loader"))
            return TRUE;
        return set_uefi (facts, TRUE, error);
    }
    if (no_uefi || has_own_firmware (facts) || vy_xml_has (facts->domain, "os/kernel") ||
        !wants_uefi (facts))
        return TRUE;
    return set_uefi (facts, FALSE, error);
}

/* ---- launch security ----------------------------------------------------------------
 */

gboolean
vy_default_launch_security (const VyFacts *facts, GError **error)
{
    xmlNode *node = vy_xml_find (facts->domain, "launchSecurity");
    g_autofree char *type = node ? vy_xml_get (node, "@type") : NULL;
    gboolean encrypted;

    if (!type)
        return TRUE;
    if (!strcmp (type, "sev"))
        vy_xml_fill (facts->domain, "launchSecurity/policy",
                     vy_xml_has (facts->domcaps, "features/sev/maxESGuests") ? "0x07"
                                                                             : "0x03");
    encrypted = g_str_has_prefix (type, "sev") || !strcmp (type, "tdx");
    if (encrypted && (!facts->is_q35 || !vy_facts_is_uefi (facts)))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("launch security '%s' needs a q35 machine with UEFI"), type);
    return TRUE;
}
