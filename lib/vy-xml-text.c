/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML as text: indented, as it was read, and with the quotes that libvirt uses. */
#include "vy-xml.h"

#include <libxml/xmlsave.h>

static char *
buffer_take (xmlBuffer *buffer)
{
    char *text = g_strdup ((const char *) xmlBufferContent (buffer));

    xmlBufferFree (buffer);
    return text;
}

char *
vy_xml_to_string (xmlNode *node)
{
    xmlBuffer *buffer = xmlBufferCreate ();
    xmlSaveCtxt *save =
        xmlSaveToBuffer (buffer, "UTF-8", XML_SAVE_FORMAT | XML_SAVE_NO_DECL);
    char *text;

    xmlSaveTree (save, node);
    xmlSaveClose (save);
    text = g_strconcat ((const char *) xmlBufferContent (buffer), "\n", NULL);
    xmlBufferFree (buffer);
    return text;
}

char *
vy_xml_to_text (xmlNode *node)
{
    xmlBuffer *buffer = xmlBufferCreate ();

    xmlNodeDump (buffer, node->doc, node, 0, 1);
    return buffer_take (buffer);
}

static void
append_escaped (GString *text, xmlChar *value)
{
    g_autofree char *escaped =
        g_markup_escape_text (value ? (const char *) value : "", -1);
    g_auto (GStrv) parts = g_strsplit (escaped, "&#39;", -1);
    g_autofree char *joined = g_strjoinv ("&apos;", parts);

    g_string_append (text, joined);
    xmlFree (value);
}

static void
append_attribute (GString *text, const xmlAttr *attribute)
{
    g_string_append (text, " ");
    if (attribute->ns && attribute->ns->prefix)
        g_string_append_printf (text, "%s:", (const char *) attribute->ns->prefix);
    g_string_append_printf (text, "%s='", (const char *) attribute->name);
    append_escaped (text, xmlNodeGetContent ((const xmlNode *) attribute));
    g_string_append (text, "'");
}

static void
append_declarations (GString *text, const xmlNode *node)
{
    for (const xmlNs *ns = node->nsDef; ns; ns = ns->next) {
        g_string_append_printf (text, " xmlns%s%s='", ns->prefix ? ":" : "",
                                ns->prefix ? (const char *) ns->prefix : "");
        append_escaped (text, xmlStrdup (ns->href));
        g_string_append (text, "'");
    }
}

static void
append_name (GString *text, const xmlNode *node)
{
    if (node->ns && node->ns->prefix)
        g_string_append_printf (text, "%s:", (const char *) node->ns->prefix);
    g_string_append (text, (const char *) node->name);
}

static void
append_element (GString *text, xmlNode *node, int level)
{
    xmlNode *child = xmlFirstElementChild (node);

    g_string_append_printf (text, "%*s<", level * 2, "");
    append_name (text, node);
    append_declarations (text, node);
    for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        append_attribute (text, attribute);
    if (!node->children) {
        g_string_append (text, "/>\n");
        return;
    }
    g_string_append (text, child ? ">\n" : ">");
    for (xmlNode *each = child; each; each = xmlNextElementSibling (each))
        append_element (text, each, level + 1);
    if (!child)
        append_escaped (text, xmlNodeGetContent (node));
    g_string_append_printf (text, "%*s</", child ? level * 2 : 0, "");
    append_name (text, node);
    g_string_append (text, ">\n");
}

char *
vy_xml_to_quoted (xmlNode *node)
{
    GString *text = g_string_new (NULL);

    append_element (text, node, 0);
    return g_string_free (text, FALSE);
}
