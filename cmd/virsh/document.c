/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents: read from files, printed whole or by an XPath. */
#include "virsh.h"

#include <errno.h>
#include <fcntl.h>
#include <libxml/xpath.h>
#include <unistd.h>

char *
virsh_read_bytes (const char *path, gsize max, gsize *length, GError **error)
{
    g_autoptr (GByteArray) bytes = g_byte_array_sized_new (4096 + 1);
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    guchar part[4096];
    ssize_t n = fd;

    while (fd >= 0 && bytes->len <= max && (n = read (fd, part, sizeof part)) > 0)
        g_byte_array_append (bytes, part, (guint) n);
    explicit_bzero (part, sizeof part);
    if (n < 0)
        vy_throw_errno (error, errno,
                        fd < 0 ? _ ("Failed to open file '%s'")
                               : _ ("Failed to read file '%s'"),
                        path);
    else if (bytes->len > max)
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is larger than %zu bytes"), path,
                  max);
    if (fd >= 0)
        close (fd);
    if (n < 0 || bytes->len > max)
        return NULL;
    *length = bytes->len;
    g_byte_array_append (bytes, (const guchar *) "", 1);
    return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

char *
virsh_read_file (const char *path, GError **error)
{
    gsize length;

    return virsh_read_bytes (path, VIRSH_FILE_MAX, &length, error);
}

/* @nodes: (nullable): nothing was found, which is no failure */
static void
print_nodes (Cli *cli, xmlNodeSet *nodes, gboolean wrap)
{
    g_autoptr (xmlDoc) outer = vy_xml_new ("nodes");

    for (int i = 0; nodes && i < nodes->nodeNr; i++) {
        if (wrap) {
            xmlAddChild (xmlDocGetRootElement (outer),
                         xmlDocCopyNode (nodes->nodeTab[i], outer, 1));
        } else {
            g_autofree char *text = vy_xml_to_text (nodes->nodeTab[i]);

            cli_print (cli, "%s\n", text);
        }
    }
    if (wrap) {
        g_autofree char *text = vy_xml_to_text (xmlDocGetRootElement (outer));

        cli_print (cli, "%s\n", text);
    }
}

gboolean
virsh_print_xml (Cli *cli, const char *xml, const char *xpath, gboolean wrap,
                 GError **error)
{
    g_autoptr (xmlDoc) doc = NULL;
    xmlXPathContext *context;
    xmlXPathObject *found;
    gboolean ok;

    if (!xpath) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    doc = xmlReadMemory (xml, (int) strlen (xml), NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    if (!doc)
        return vy_throw (error, VY_ERROR_INVALID, _ ("cannot read the XML"));
    context = xmlXPathNewContext (doc);
    context->node = xmlDocGetRootElement (doc);
    found = xmlXPathEval (BAD_CAST xpath, context);
    ok =
        !found || found->type == XPATH_NODESET; /* libxml2 has said what it cannot read */
    if (!ok)
        vy_throw (error, VY_ERROR_INVALID, _ ("internal error: Incorrect xpath '%s'"),
                  xpath);
    else
        print_nodes (cli, found ? found->nodesetval : NULL, wrap);
    xmlXPathFreeObject (found);
    xmlXPathFreeContext (context);
    return ok;
}
