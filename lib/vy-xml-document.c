/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML documents: new ones, and out of texts and files. */
#include "vy-xml.h"

#include <string.h>
#include <libxml/parser.h>

#include "vy-i18n-private.h"

xmlDoc *
vy_xml_new (const char *root)
{
    xmlDoc *doc = xmlNewDoc ((const xmlChar *) "1.0");

    xmlDocSetRootElement (doc, xmlNewDocNode (doc, NULL, (const xmlChar *) root, NULL));
    return doc;
}

static xmlDoc *
parse (const char *text, const char *what, int options, GError **error)
{
    gsize length = strlen (text);
    xmlParserCtxt *parser = xmlNewParserCtxt ();
    xmlDoc *doc = NULL;

    if (length < G_MAXINT)
        doc = xmlCtxtReadMemory (parser, text, (int) length, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING | options);
    if (!doc || !xmlDocGetRootElement (doc)) {
        const xmlError *last = xmlCtxtGetLastError (parser);
        g_autofree char *why = g_strdup (last && last->message ? last->message : "");

        vy_throw (error, VY_ERROR_INVALID, _ ("cannot read the XML of %s: line %d: %s"),
                  what, last ? last->line : 0, g_strstrip (why));
        g_clear_pointer (&doc, xmlFreeDoc);
    }
    xmlFreeParserCtxt (parser);
    return doc;
}

static char *
read_stdin (GError **error)
{
    g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
    char *text = NULL;

    g_io_channel_set_encoding (channel, NULL, NULL);
    return g_io_channel_read_to_end (channel, &text, NULL, error) == G_IO_STATUS_NORMAL
               ? text
               : NULL;
}

xmlDoc *
vy_xml_parse (const char *text, const char *what, GError **error)
{
    return parse (text, what, XML_PARSE_NOBLANKS, error);
}

xmlDoc *
vy_xml_parse_exact (const char *text, const char *what, GError **error)
{
    return parse (text, what, 0, error);
}

xmlDoc *
vy_xml_parse_file (const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *what = NULL;
    g_autoptr (GError) local = NULL;

    if (strcmp (path, "-") == 0)
        text = read_stdin (&local);
    else
        g_file_get_contents (path, &text, NULL, &local);
    if (!text) {
        VyError code =
            g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? VY_ERROR_NOT_FOUND
            : g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_ACCES) ? VY_ERROR_DENIED
                                                                        : VY_ERROR_FAILED;

        vy_throw (error, code, "%s", local ? local->message : path);
        return NULL;
    }
    what = g_strdup_printf (_ ("file '%s'"), path);
    return vy_xml_parse (text, what, error);
}
