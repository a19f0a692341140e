/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facts about a guest that its defaults follow from. */
#include "vy-guest-private.h"

static gboolean
starts_with_any (const char *text, const char *const *prefixes)
{
    for (; text && *prefixes; prefixes++) {
        if (g_str_has_prefix (text, *prefixes))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_any (const char *text, const char *const *words)
{
    return text && g_strv_contains (words, text);
}

static void
read_arch (VyFacts *facts)
{
    static const char *const x86[] = { "x86_64", "i686", "i586", "i486", "i386", NULL };
    static const char *const riscv[] = { "riscv64", "riscv32", NULL };
    static const char *const ppc64[] = { "ppc64", "ppc64le", NULL };
    static const char *const q35[] = { "q35", "pc-q35", NULL };
    static const char *const virt[] = { "virt", NULL };

    facts->is_x86 = is_any (facts->arch, x86);
    facts->is_arm32 = facts->arch && g_str_has_prefix (facts->arch, "armv");
    facts->is_aarch64 = !g_strcmp0 (facts->arch, "aarch64");
    facts->is_ppc64 = is_any (facts->arch, ppc64);
    facts->is_s390x = !g_strcmp0 (facts->arch, "s390x");
    facts->is_riscv = is_any (facts->arch, riscv);
    facts->is_loongarch = !g_strcmp0 (facts->arch, "loongarch64");
    facts->is_q35 = facts->is_x86 && starts_with_any (facts->machine, q35);
    facts->is_virt = (facts->is_arm32 || facts->is_aarch64 || facts->is_riscv ||
                      facts->is_loongarch) &&
                     starts_with_any (facts->machine, virt);
}

void
vy_facts_init (VyFacts *facts, VyHost *host, xmlNode *domain)
{
    g_autofree char *os_id =
        vy_xml_get (domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");

    memset (facts, 0, sizeof *facts);
    facts->host = host;
    facts->domain = domain;
    facts->devices = vy_xml_ensure (domain, "devices");
    facts->domcaps = vy_host_get_domain_domcaps (host, domain);
    facts->driver = vy_host_get_driver (host);
    facts->os = vy_os_traits (os_id);
    facts->type = vy_xml_get (domain, "@type");
    facts->os_type = vy_xml_get (domain, "os/type");
    facts->arch = vy_xml_get (domain, "os/type/@arch");
    facts->machine = vy_xml_get (domain, "os/type/@machine");
    facts->is_qemu = facts->driver == VY_DRIVER_QEMU;
    facts->is_test = facts->driver == VY_DRIVER_TEST;
    facts->is_accelerated =
        !g_strcmp0 (facts->type, "kvm") || !g_strcmp0 (facts->type, "hvf");
    facts->is_hvm = !g_strcmp0 (facts->os_type, "hvm");
    facts->is_container = !g_strcmp0 (facts->os_type, "exe");
    facts->is_xenpv = facts->os_type && (!strcmp (facts->os_type, "xen") ||
                                         !strcmp (facts->os_type, "linux") ||
                                         !strcmp (facts->os_type, "xenpvh"));
    read_arch (facts);
}

void
vy_facts_clear (VyFacts *facts)
{
    g_clear_pointer (&facts->type, g_free);
    g_clear_pointer (&facts->os_type, g_free);
    g_clear_pointer (&facts->arch, g_free);
    g_clear_pointer (&facts->machine, g_free);
}

gboolean
vy_facts_has_device (const VyFacts *facts, const char *path)
{
    return vy_xml_find (facts->devices, path) != NULL;
}

gboolean
vy_facts_has_graphics (const VyFacts *facts)
{
    return vy_facts_has_device (facts, "graphics");
}

gboolean
vy_facts_has_spice (const VyFacts *facts)
{
    return vy_facts_has_device (facts, "graphics[@type='spice']");
}

gboolean
vy_facts_has_gl (const VyFacts *facts)
{
    g_autoptr (GPtrArray) all = vy_xml_find_all (facts->devices, "graphics");

    for (guint i = 0; i < all->len; i++) {
        if (vy_xml_is (all->pdata[i], "gl/@enable", "yes"))
            return TRUE;
    }
    return FALSE;
}

gboolean
vy_facts_is_uefi (const VyFacts *facts)
{
    return vy_xml_is (facts->domain, "os/@firmware", "efi") ||
           vy_xml_is (facts->domain, "os/loader/@type", "pflash");
}

gboolean
vy_facts_orders_devices (const VyFacts *facts)
{
    return facts->is_qemu || facts->is_test;
}

void
vy_xml_fill (xmlNode *node, const char *path, const char *value)
{
    if (value && !vy_xml_has (node, path))
        vy_xml_set (node, path, value);
}

xmlNode *
vy_facts_add (const VyFacts *facts, const char *name)
{
    return vy_xml_add (facts->devices, name);
}
