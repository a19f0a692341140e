/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain's definition that is being changed: where it came from, where it goes. */
#include "vy-definition.h"

#include <string.h>

#include "vy-definition-private.h"
#include "vy-diff.h"
#include "vy-edit-private.h"
#include "vy-i18n-private.h"

struct _VyDefinition {
    virDomainPtr domain;
    xmlDoc *doc;
    char *before;
};

static virDomainPtr
lookup (virConnectPtr conn, const char *name)
{
    char *end = NULL;
    gint64 id = g_ascii_strtoll (name, &end, 10);
    virDomainPtr domain = NULL;

    if (*name && *end == '\0' && id > 0 && id < G_MAXINT)
        domain = virDomainLookupByID (conn, (int) id);
    if (!domain)
        domain = virDomainLookupByUUIDString (conn, name);
    if (!domain)
        domain = virDomainLookupByName (conn, name);
    return domain;
}

static VyDefinition *
definition_new (virDomainPtr domain, xmlDoc *doc)
{
    VyDefinition *definition = g_new0 (VyDefinition, 1);

    definition->domain = domain;
    definition->doc = doc;
    definition->before = vy_xml_to_string (xmlDocGetRootElement (doc));
    return definition;
}

VyDefinition *
vy_definition_load (virConnectPtr conn, const char *name, GError **error)
{
    virDomainPtr domain = lookup (conn, name);
    char *text;
    xmlDoc *doc;

    if (!domain) {
        vy_throw_libvirt (error, _ ("cannot find domain '%s'"), name);
        return NULL;
    }
    text = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
    if (!text) /* a read-only connection does not show the secrets */
        text = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
    doc = text ? vy_xml_parse (text, name, error) : NULL;
    if (!text)
        vy_throw_libvirt (error, _ ("cannot read the definition of domain '%s'"), name);
    free (text);
    if (!doc) {
        virDomainFree (domain);
        return NULL;
    }
    return definition_new (domain, doc);
}

VyDefinition *
vy_definition_parse (const char *text, GError **error)
{
    g_autoptr (xmlDoc) doc = vy_xml_parse (text, _ ("the domain"), error);

    if (!doc)
        return NULL;
    if (strcmp ((const char *) xmlDocGetRootElement (doc)->name, "domain") != 0) {
        vy_throw (error, VY_ERROR_INVALID, _ ("the XML is a <%s>, not a <domain>"),
                  (const char *) xmlDocGetRootElement (doc)->name);
        return NULL;
    }
    return definition_new (NULL, g_steal_pointer (&doc));
}

void
vy_definition_free (VyDefinition *definition)
{
    if (definition->domain)
        virDomainFree (definition->domain);
    vy_edit_forget (definition->doc);
    xmlFreeDoc (definition->doc);
    g_free (definition->before);
    g_free (definition);
}

xmlNode *
vy_definition_get_root (VyDefinition *definition)
{
    return xmlDocGetRootElement (definition->doc);
}

virDomainPtr
vy_definition_get_domain (VyDefinition *definition)
{
    return definition->domain;
}

xmlDoc *
vy_definition_parse_before (VyDefinition *definition)
{
    return vy_xml_parse (definition->before, "", NULL);
}

char *
vy_definition_get_name (VyDefinition *definition)
{
    char *name = vy_xml_get (vy_definition_get_root (definition), "name");

    return name ? name : g_strdup ("");
}

char *
vy_definition_get_xml (VyDefinition *definition)
{
    return vy_xml_to_string (vy_definition_get_root (definition));
}

/* What was there before, with the namespaces of now: that they are declared is no change
 * of the domain. */
static char *
before_with_namespaces (VyDefinition *definition)
{
    g_autoptr (xmlDoc) doc = vy_xml_parse (definition->before, "", NULL);
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;

    if (!root)
        return g_strdup (definition->before);
    for (xmlNs *ns = vy_definition_get_root (definition)->nsDef; ns; ns = ns->next)
        if (!xmlSearchNs (doc, root, ns->prefix))
            xmlNewNs (root, ns->href, ns->prefix);
    return vy_xml_to_string (root);
}

char *
vy_definition_diff (VyDefinition *definition)
{
    g_autofree char *before = before_with_namespaces (definition);
    g_autofree char *after = vy_definition_get_xml (definition);

    return vy_diff_unified (before, after, _ ("Original XML"), _ ("Altered XML"));
}

gboolean
vy_definition_define (VyDefinition *definition, virConnectPtr conn, GError **error)
{
    g_autofree char *xml = vy_definition_get_xml (definition);
    g_autofree char *name = vy_definition_get_name (definition);
    virDomainPtr domain = virDomainDefineXML (conn, xml);

    if (!domain)
        return vy_throw_libvirt (error, _ ("cannot define domain '%s'"), name);
    if (definition->domain)
        virDomainFree (definition->domain);
    definition->domain = domain;
    return TRUE;
}

gboolean
vy_definition_revert (VyDefinition *definition, virConnectPtr conn, GError **error)
{
    g_autofree char *name = vy_definition_get_name (definition);
    virDomainPtr domain = virDomainDefineXML (conn, definition->before);

    if (!domain)
        return vy_throw_libvirt (
            error, _ ("cannot bring back the definition of domain '%s'"), name);
    virDomainFree (domain);
    return TRUE;
}

gboolean
vy_definition_start (VyDefinition *definition, virConnectPtr conn, gboolean transient,
                     GError **error)
{
    g_autofree char *name = vy_definition_get_name (definition);

    if (transient) {
        g_autofree char *xml = vy_definition_get_xml (definition);
        virDomainPtr domain = virDomainCreateXML (conn, xml, 0);

        if (!domain)
            return vy_throw_libvirt (error, _ ("cannot start domain '%s'"), name);
        virDomainFree (domain);
        return TRUE;
    }
    if (virDomainCreate (definition->domain) < 0)
        return vy_throw_libvirt (error, _ ("cannot start domain '%s'"), name);
    return TRUE;
}

gboolean
vy_definition_change_live (VyDefinition *definition, VyLiveChange change, xmlNode *device,
                           GError **error)
{
    static int (*const calls[]) (virDomainPtr, const char *, unsigned int) = {
        virDomainUpdateDeviceFlags,
        virDomainAttachDeviceFlags,
        virDomainDetachDeviceFlags,
    };
    g_autofree char *name = vy_definition_get_name (definition);
    g_autofree char *xml = vy_xml_to_string (device);

    if (!definition->domain || virDomainIsActive (definition->domain) != 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("domain '%s' does not run"), name);
    if (calls[change](definition->domain, xml, VIR_DOMAIN_AFFECT_LIVE) < 0)
        return vy_throw_libvirt (error, _ ("cannot change the running domain '%s'"),
                                 name);
    return TRUE;
}
