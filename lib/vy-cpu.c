/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptions of processors, in the documents that have some. */
#include "vy-cpu.h"

#include <string.h>
#include <libxml/parser.h>

#include "vy-i18n-private.h"
#include "vy-xml.h"

/* Where they are. */
static const char *const places[] = {
    "cpu",
    "domain/cpu",
    "capabilities/host/cpu",
    "domainCapabilities/cpu/mode[@name='host-model'][@supported='yes']",
};

/* What stands before the first element of a document cannot stand inside one. */
static const char *
after_declaration (const char *text)
{
    const char *end = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;

    return end ? end + strlen ("?>") : text;
}

/* The first mistake says most: the others come of it. */
static void
keep_first (void *data, xmlError *found)
{
    xmlParserCtxt *parser = data;
    xmlError *first = parser->_private;

    if (first->code == XML_ERR_OK)
        xmlCopyError (found, first);
}

static gboolean
throw_syntax (const xmlError *first, const char *what, GError **error)
{
    g_autofree char *message = g_strdup (first->message ? first->message : "");

    return vy_throw (error, VY_ERROR_INVALID, "%s:%d: %s", what, first->line,
                     g_strstrip (message));
}

/* The elements of @text, which need not be a single one, inside the root of a document.
 */
static xmlDoc *
parse (const char *text, const char *what, GError **error)
{
    static const char begin[] = "<container>", end[] = "</container>";
    const char *elements = after_declaration (text);
    xmlParserCtxt *parser =
        xmlCreatePushParserCtxt (NULL, NULL, begin, strlen (begin), NULL);
    xmlError first = { 0 };
    xmlDoc *doc;

    xmlCtxtUseOptions (parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOBLANKS |
                                   XML_PARSE_NOWARNING);
    parser->_private = &first;
    parser->sax->serror = keep_first;
    xmlParseChunk (parser, elements, (int) MIN (strlen (elements), G_MAXINT), FALSE);
    xmlParseChunk (parser, end, strlen (end), TRUE);
    doc = parser->myDoc;
    if (!parser->wellFormed) {
        g_clear_pointer (&doc, xmlFreeDoc);
        throw_syntax (&first, what, error);
    }
    xmlResetError (&first);
    xmlFreeParserCtxt (parser);
    return doc;
}

/* The mode of a hypervisor is a processor by another name. */
static void
make_cpu (xmlNode *node)
{
    if (strcmp ((const char *) node->name, "mode") != 0)
        return;
    xmlNodeSetName (node, (const xmlChar *) "cpu");
    while (node->properties)
        xmlRemoveProp (node->properties);
}

GStrv
vy_cpu_read (const char *text, const char *what, GError **error)
{
    g_autoptr (xmlDoc) doc = parse (text, what, error);
    g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
    guint n = 0;

    if (!doc)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autoptr (GPtrArray) nodes =
            vy_xml_find_all (xmlDocGetRootElement (doc), places[i]);

        for (guint j = 0; j < nodes->len; j++) {
            g_autofree char *xml = NULL;

            make_cpu (nodes->pdata[j]);
            xml = vy_xml_to_string (nodes->pdata[j]);
            g_strv_builder_add (found, xml);
        }
        n += nodes->len;
    }
    if (n > 0)
        return g_strv_builder_end (found);
    vy_throw (
        error, VY_ERROR_INVALID,
        _ ("'%s' has no <cpu> element: it is neither a processor, nor a domain, nor "
           "capabilities"),
        what);
    return NULL;
}
