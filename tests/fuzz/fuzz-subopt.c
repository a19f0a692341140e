/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as the sub-options of any device: first line the option, the rest the texts.
 */
#include "virtyard.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
add_each (GStrv lines)
{
    const VyDevice *device = vy_device_find (lines[0]);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    g_autoptr (GHashTable) extra =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    xmlNode *root = xmlDocGetRootElement (doc);
    g_autofree char *text = NULL;
    g_autofree char *again = NULL;
    g_autoptr (xmlDoc) read = NULL;

    if (!device)
        return;
    for (char **line = lines + 1; *line; line++) {
        xmlNode *node = vy_device_add (NULL, root, device, *line, extra, NULL);
        VySuboptTarget target = { .device = device,
                                  .domain = root,
                                  .node = node,
                                  .editing = TRUE,
                                  .extra = extra };

        if (node)
            vy_subopt_apply (&target, *line, NULL);
    }
    /* what was made can be read */
    text = vy_xml_to_string (root);
    read = vy_xml_parse (text, "the result", NULL);
    g_assert_nonnull (read);
    again = vy_xml_to_string (xmlDocGetRootElement (read));
    g_assert_nonnull (again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_auto (GStrv) lines = NULL;

    if (!g_utf8_validate (text, -1, NULL))
        return -1;
    lines = g_strsplit (text, "\n", 16);
    if (lines[0])
        add_each (lines);
    return 0;
}
