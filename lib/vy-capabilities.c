/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which kinds of guest a host's capabilities offer. */
#include "vy-host.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-xml.h"

const char *
vy_host_get_arch (VyHost *host)
{
    xmlNode *arch = vy_xml_find (vy_host_get_capabilities (host), "host/cpu/arch");

    return arch && arch->children ? (const char *) arch->children->content : NULL;
}

/* The text of an element as the document holds it: it lives as long as the host. */
static const char *
text_of (xmlNode *node, const char *path)
{
    xmlNode *found = node ? vy_xml_find (node, path) : NULL;

    return found && found->children ? (const char *) found->children->content : NULL;
}

static const char *
attribute_of (xmlNode *node, const char *name)
{
    xmlAttr *attribute = xmlHasProp (node, BAD_CAST name);

    return attribute && attribute->children ? (const char *) attribute->children->content
                                            : NULL;
}

static gboolean
knows_machine (xmlNode *node, const char *machine)
{
    g_autoptr (GPtrArray) machines = vy_xml_find_all (node, "machine");

    for (guint i = 0; i < machines->len; i++) {
        xmlNode *known = machines->pdata[i];

        if (vy_xml_is (known, ".", machine) ||
            !g_strcmp0 (attribute_of (known, "canonical"), machine))
            return TRUE;
    }
    return FALSE;
}

/* Domain types from best to worst where the user does not say; the rest come between. */
static int
rank_of_domain_type (const char *type)
{
    static const char *const best[] = { "kvm", "hvf", "xen" };

    for (gsize i = 0; i < G_N_ELEMENTS (best); i++) {
        if (!g_strcmp0 (type, best[i]))
            return (int) i;
    }
    return G_N_ELEMENTS (best);
}

static xmlNode *
best_domain (xmlNode *guest, const char *domain_type, const char *machine)
{
    g_autoptr (GPtrArray) domains = vy_xml_find_all (guest, "arch/domain");
    xmlNode *arch = vy_xml_find (guest, "arch");
    xmlNode *best = NULL;
    int best_rank = G_MAXINT;

    for (guint i = 0; i < domains->len; i++) {
        const char *type = attribute_of (domains->pdata[i], "type");
        int rank = rank_of_domain_type (type);

        if ((domain_type && g_strcmp0 (type, domain_type)) || rank >= best_rank)
            continue;
        if (machine && !knows_machine (domains->pdata[i], machine) &&
            !knows_machine (arch, machine))
            continue;
        best = domains->pdata[i];
        best_rank = rank;
    }
    return best;
}

static gboolean
is_guest (xmlNode *guest, const char *os_type, const char *arch)
{
    xmlNode *arch_node = vy_xml_find (guest, "arch");

    if (!arch_node || (os_type && g_strcmp0 (text_of (guest, "os_type"), os_type)))
        return FALSE;
    return !arch || !g_strcmp0 (attribute_of (arch_node, "name"), arch);
}

static gboolean
search (VyHost *host, const char *os_type, const char *arch, const char *domain_type,
        const char *machine, VyHostGuest *found)
{
    g_autoptr (GPtrArray) guests =
        vy_xml_find_all (vy_host_get_capabilities (host), "guest");

    for (guint i = 0; i < guests->len; i++) {
        xmlNode *guest = guests->pdata[i];
        xmlNode *domain = is_guest (guest, os_type, arch)
                              ? best_domain (guest, domain_type, machine)
                              : NULL;

        if (!domain)
            continue;
        found->guest = guest;
        found->domain = domain;
        return TRUE;
    }
    return FALSE;
}

static void
fill_found (VyHostGuest *found, const char *machine)
{
    xmlNode *arch = vy_xml_find (found->guest, "arch");

    found->os_type = text_of (found->guest, "os_type");
    found->arch = attribute_of (arch, "name");
    found->domain_type = attribute_of (found->domain, "type");
    found->machine = machine;
    found->emulator = text_of (found->domain, "emulator");
    if (!found->emulator)
        found->emulator = text_of (arch, "emulator");
    found->loader = text_of (found->domain, "loader");
    if (!found->loader)
        found->loader = text_of (arch, "loader");
}

/* "hvm/x86_64 (kvm, qemu)", one after the other, for the message */
static char *
describe_guests (VyHost *host)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GPtrArray) guests =
        vy_xml_find_all (vy_host_get_capabilities (host), "guest");

    for (guint i = 0; i < guests->len; i++) {
        xmlNode *arch = vy_xml_find (guests->pdata[i], "arch");
        g_autoptr (GPtrArray) domains = vy_xml_find_all (guests->pdata[i], "arch/domain");

        if (!arch)
            continue;
        g_string_append_printf (text, "%s%s/%s (", text->len ? ", " : "",
                                text_of (guests->pdata[i], "os_type"),
                                attribute_of (arch, "name"));
        for (guint j = 0; j < domains->len; j++)
            g_string_append_printf (text, "%s%s", j ? ", " : "",
                                    attribute_of (domains->pdata[j], "type"));
        g_string_append_c (text, ')');
    }
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
throw_not_found (VyHost *host, const char *os_type, const char *arch,
                 const char *domain_type, const char *machine, GError **error)
{
    g_autofree char *choices = describe_guests (host);
    const char *const wanted[] = { os_type, arch, domain_type, machine };
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
        if (wanted[i])
            g_string_append_printf (text, " '%s'", wanted[i]);
    }
    vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("host cannot run a guest of kind%s"),
              text->str);
    if (*choices)
        vy_error_set_hint (error, _ ("It offers %s."), choices);
    return FALSE;
}

gboolean
vy_host_find_guest (VyHost *host, const char *os_type, const char *arch,
                    const char *domain_type, const char *machine, VyHostGuest *found,
                    GError **error)
{
    memset (found, 0, sizeof *found);
    if ((!arch && vy_host_get_arch (host) &&
         search (host, os_type, vy_host_get_arch (host), domain_type, machine, found)) ||
        search (host, os_type, arch, domain_type, machine, found)) {
        fill_found (found, machine);
        return TRUE;
    }
    return throw_not_found (host, os_type, arch, domain_type, machine, error);
}
