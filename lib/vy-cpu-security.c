/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU features that close holes, for guests with a CPU model of their own. */
#include "vy-cpu-security-private.h"

#include <libvirt/libvirt.h>

#include "vy-xml.h"

static const char *const features[] = {
    "ibpb", "md-clear", "spec-ctrl", "ssbd", "virt-ssbd",
};

static gboolean requires (xmlNode *cpu, const char *name)
{
    g_autoptr (GPtrArray) all = vy_xml_find_all (cpu, "feature");

    for (guint i = 0; i < all->len; i++)
        if (vy_xml_is (g_ptr_array_index (all, i), "@name", name))
            return !vy_xml_is (g_ptr_array_index (all, i), "@policy", "disable");
    return FALSE;
}

/* The host's model with all the features that its name stands for. */
static xmlDoc *
expand_host_model (VyHost *host, xmlNode *mode, const char *arch)
{
    xmlNode *cpu = vy_xml_copy (mode);
    g_autofree char *text = NULL;
    char *expanded;
    xmlDoc *doc;

    xmlNodeSetName (cpu, BAD_CAST "cpu");
    while (cpu->properties)
        xmlRemoveProp (cpu->properties);
    vy_xml_set (cpu, "arch", arch);
    text = vy_xml_to_string (cpu);
    xmlFreeNode (cpu);
    expanded = virConnectBaselineCPU (vy_host_get_conn (host), (const char *[]){ text },
                                      1, VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES);
    doc = expanded ? vy_xml_parse (expanded, "cpu", NULL) : NULL;
    free (expanded);
    return doc;
}

static gboolean
has_feature (xmlNode *cpu, const char *name)
{
    g_autofree char *place = g_strdup_printf ("feature[@name='%s']", name);

    return vy_xml_has (cpu, place);
}

/* Before those that were asked for by name. */
static void
add_feature (xmlNode *cpu, xmlNode *first, const char *name)
{
    xmlNode *feature = vy_xml_add (cpu, "feature");

    vy_xml_set (feature, "@policy", "require");
    vy_xml_set (feature, "@name", name);
    if (first)
        xmlAddPrevSibling (first, feature);
}

void
vy_cpu_add_security (VyHost *host, xmlNode *domain)
{
    xmlNode *domcaps = vy_host_get_domain_domcaps (host, domain);
    xmlNode *mode =
        domcaps ? vy_xml_find (domcaps, "cpu/mode[@name='host-model']") : NULL;
    g_autofree char *own = vy_xml_get (domain, "os/type/@arch");
    const char *arch = own ? own : vy_host_get_arch (host);
    g_autoptr (xmlDoc) expanded = NULL;
    xmlNode *cpu, *first;

    if (!mode || (g_strcmp0 (arch, "x86_64") != 0 && g_strcmp0 (arch, "i686") != 0))
        return;
    expanded = expand_host_model (host, mode, arch);
    cpu = vy_xml_ensure (domain, "cpu");
    first = vy_xml_find (cpu, "feature");
    for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
        if (!has_feature (cpu, features[i]) &&
            (requires (mode, features[i]) ||
             (expanded && requires (xmlDocGetRootElement (expanded), features[i]))))
            add_feature (cpu, first, features[i]);
}

void
vy_cpu_forget_model (xmlNode *domain)
{
    static const char *const parts[] = { "cpu/model", "cpu/vendor", "cpu/feature" };

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        while (vy_xml_has (domain, parts[i]))
            vy_xml_remove (vy_xml_find (domain, parts[i]));
    if (vy_xml_has (domain, "cpu/@check"))
        vy_xml_set (domain, "cpu/@check", NULL);
}
