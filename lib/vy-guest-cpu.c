/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults: CPU, features, clock, power management. */
#include "vy-cpu-security-private.h"
#include "vy-guest-private.h"

/* ---- cpu ----------------------------------------------------------------------------
 */

/* Features that guard against flaws of processors: a named model has none of them by
 * itself. */
static gboolean
supports_mode (const VyFacts *facts, const char *mode)
{
    g_autofree char *path = g_strdup_printf ("cpu/mode[@name='%s']", mode);

    return vy_domcaps_is_supported (facts->domcaps, path);
}

/* The model of the host's own processor, for hosts too old to say more. */
static void
set_host_cpu_model (const VyFacts *facts)
{
    g_autofree char *model =
        vy_xml_get (vy_host_get_capabilities (facts->host), "host/cpu/model");

    if (!model)
        return;
    vy_xml_set (facts->domain, "cpu/@mode", "custom");
    vy_xml_set (facts->domain, "cpu/@match", "exact");
    vy_xml_set (facts->domain, "cpu/model", model);
}

static void
choose_mode (const VyFacts *facts)
{
    if (facts->is_accelerated && supports_mode (facts, "host-passthrough"))
        vy_xml_set (facts->domain, "cpu/@mode", "host-passthrough");
    else if (facts->is_accelerated && facts->is_x86)
        set_host_cpu_model (facts);
    else if (facts->is_accelerated)
        vy_xml_set (facts->domain, "cpu/@mode", "host-passthrough");
    else if (supports_mode (facts, "maximum"))
        vy_xml_set (facts->domain, "cpu/@mode", "maximum");
}

void
vy_default_cpu (const VyFacts *facts, gboolean secure)
{
    gboolean knows =
        facts->is_x86 || facts->is_arm32 || facts->is_aarch64 || facts->is_riscv;

    if (!facts->is_qemu || !facts->is_hvm)
        return;
    if (knows && g_strcmp0 (facts->arch, "i686") &&
        !vy_xml_has (facts->domain, "cpu/@mode") &&
        !vy_xml_has (facts->domain, "cpu/model"))
        choose_mode (facts);
    if (facts->is_x86 && secure && vy_xml_has (facts->domain, "cpu/model") &&
        !vy_xml_is (facts->domain, "cpu/model", ""))
        vy_cpu_add_security (facts->host, facts->domain);
}

/* ---- features -----------------------------------------------------------------------
 */

static xmlNode *
guest_features (const VyFacts *facts)
{
    VyHostGuest found;

    if (!vy_host_find_guest (facts->host, facts->os_type, facts->arch, facts->type, NULL,
                             &found, NULL))
        return NULL;
    return vy_xml_find (found.guest, "features");
}

static void
switch_on (const VyFacts *facts, xmlNode *offered, const char *name)
{
    g_autofree char *place = g_strconcat ("features/", name, NULL);

    if (offered && vy_xml_has (offered, name) && !vy_xml_has (facts->domain, place))
        vy_xml_ensure (facts->domain, place);
}

static void
add_hyperv (const VyFacts *facts)
{
    static const char *const names[] = { "vpindex", "runtime",     "synic",
                                         "stimer",  "frequencies", "tlbflush",
                                         "ipi",     "evmcs",       "avic" };
    xmlNode *domain = facts->domain;

    if (!vy_domcaps_is_supported (facts->domcaps, "features/hyperv"))
        return;
    vy_xml_fill (domain, "features/hyperv/relaxed/@state", "on");
    vy_xml_fill (domain, "features/hyperv/vapic/@state", "on");
    vy_xml_fill (domain, "features/hyperv/spinlocks/@state", "on");
    if (vy_xml_is (domain, "features/hyperv/spinlocks/@state", "on"))
        vy_xml_fill (domain, "features/hyperv/spinlocks/@retries", "8191");
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *place = g_strdup_printf ("features/hyperv/%s/@state", names[i]);

        if (vy_domcaps_has_value (facts->domcaps, "features/hyperv", "features",
                                  names[i]))
            vy_xml_fill (domain, place, "on");
    }
}

void
vy_default_features (const VyFacts *facts)
{
    xmlNode *offered = guest_features (facts);
    gboolean has_acpi = facts->is_aarch64 || facts->is_loongarch;

    if (!facts->is_hvm && !facts->is_test)
        return;
    if (facts->is_x86 || has_acpi)
        switch_on (facts, offered, "acpi");
    if (facts->is_x86)
        switch_on (facts, offered, "apic");
    if (facts->is_hvm && facts->is_x86 &&
        (facts->is_test || !strcmp (facts->arch, "i686")))
        switch_on (facts, offered, "pae");
    if (facts->is_x86 && facts->driver == VY_DRIVER_XEN)
        vy_xml_fill (facts->domain, "features/pae", "");
    if (!facts->is_x86 || !(facts->is_qemu || facts->is_test))
        return;
    if (vy_facts_has_spice (facts))
        vy_xml_fill (facts->domain, "features/vmport/@state", "off");
    if ((facts->os & OS_WINDOWS) && facts->is_qemu &&
        !((facts->os & OS_BAD_UEFI_HYPERV) && vy_facts_is_uefi (facts)))
        add_hyperv (facts);
    if (facts->is_q35 && vy_xml_is (facts->domain, "os/loader/@secure", "yes"))
        vy_xml_fill (facts->domain, "features/smm/@state", "on");
}

/* ---- clock and power ----------------------------------------------------------------
 */

static void
add_timer (const VyFacts *facts, const char *name, const char *key, const char *value)
{
    xmlNode *timer = vy_xml_add (vy_xml_ensure (facts->domain, "clock"), "timer");

    vy_xml_set (timer, "@name", name);
    vy_xml_set (timer, key, value);
}

void
vy_default_clock (const VyFacts *facts)
{
    gboolean local = (facts->os & (OS_WINDOWS | OS_SOLARIS)) != 0;

    if (!facts->is_hvm)
        return;
    vy_xml_fill (facts->domain, "clock/@offset", local ? "localtime" : "utc");
    if (!facts->is_x86 || !facts->is_qemu || vy_xml_has (facts->domain, "clock/timer"))
        return;
    add_timer (facts, "rtc", "@tickpolicy", "catchup");
    add_timer (facts, "pit", "@tickpolicy", "delay");
    add_timer (facts, "hpet", "@present", "no");
    if (facts->os & OS_WINDOWS)
        add_timer (facts, "hypervclock", "@present", "yes");
}

void
vy_default_pm (const VyFacts *facts)
{
    if (!(facts->is_hvm || facts->is_test) || !facts->is_x86 ||
        !(facts->is_qemu || facts->is_test))
        return;
    vy_xml_fill (facts->domain, "pm/suspend-to-mem/@enabled", "no");
    vy_xml_fill (facts->domain, "pm/suspend-to-disk/@enabled", "no");
}

/* ---- number of cpus -----------------------------------------------------------------
 */

static guint
number_at (xmlNode *node, const char *path)
{
    g_autofree char *text = vy_xml_get (node, path);

    return text ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/* Parts of a topology in the order in which they take what is left: guests rather have
 * cores than sockets. */
static const char *const parts[] = { "@cores", "@sockets", "@dies", "@threads" };

static guint
topology_size (xmlNode *topology)
{
    guint product = 1;

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        guint value = number_at (topology, parts[i]);

        product *= value ? value : 1;
    }
    return product;
}

gboolean
vy_default_topology (const VyFacts *facts, GError **error)
{
    xmlNode *topology = vy_xml_find (facts->domain, "cpu/topology");
    guint n_cpus = number_at (facts->domain, "vcpu");

    if (!topology)
        return TRUE;
    if (n_cpus == 0) {
        n_cpus = topology_size (topology);
        vy_xml_set_number (facts->domain, "vcpu", n_cpus);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        guint product = topology_size (topology);

        if (number_at (topology, parts[i]) == 0)
            vy_xml_set_number (topology, parts[i], MAX (n_cpus / product, 1));
    }
    if (n_cpus != topology_size (topology))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("the topology has %u CPUs, the guest %u"),
                         topology_size (topology), n_cpus);
    return TRUE;
}

/* ---- containers, smbios -------------------------------------------------------------
 */

void
vy_default_container (const VyFacts *facts)
{
    if (facts->is_container)
        vy_xml_fill (facts->domain, "os/init",
                     facts->driver == VY_DRIVER_LXC ? "/bin/sh" : "/sbin/init");
}

static void
default_seclabel (const VyFacts *facts)
{
    xmlNode *label = vy_xml_find (facts->domain, "seclabel");
    g_autofree char *model =
        label ? vy_xml_get (vy_host_get_capabilities (facts->host), "host/secmodel/model")
              : NULL;

    if (model && vy_xml_has (label, "@type"))
        vy_xml_fill (label, "@model", model);
}

void
vy_default_smbios (const VyFacts *facts)
{
    xmlNode *sysinfo = vy_xml_find (facts->domain, "sysinfo");

    default_seclabel (facts);
    if (sysinfo && !sysinfo->children && !sysinfo->properties)
        vy_xml_remove (sysinfo);
    if (vy_xml_is (facts->domain, "sysinfo/@type", "smbios"))
        vy_xml_fill (facts->domain, "os/smbios/@mode", "sysinfo");
}
