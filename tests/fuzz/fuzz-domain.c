/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as the XML of a domain: selected from, edited, converted, and cloned. The
 * first line is an option and its text, the rest the domain. */
#include <string.h>

#include "virtyard.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
size_t LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate (guint8 *data, size_t size, size_t most);

static VyHost *host;

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
    virConnectPtr conn = virConnectOpen ("test:///default");

    g_assert_nonnull (conn);
    host = vy_host_new (conn, NULL, NULL);
    g_assert_nonnull (host);
    return 0;
}

/* What was made can be read again. */
static void
check (xmlDoc *doc)
{
    g_autofree char *text = vy_xml_to_string (xmlDocGetRootElement (doc));
    g_autoptr (xmlDoc) again = vy_xml_parse (text, "the result", NULL);

    g_assert_nonnull (again);
}

static void
edit (const char *xml, const char *option, const char *text)
{
    const VyDevice *device = vy_device_find (option);
    const char *const texts[] = { text, NULL };

    for (int action = VY_EDIT_CHANGE; device && action <= VY_EDIT_REMOVE; action++) {
        g_autoptr (xmlDoc) doc = vy_xml_parse (xml, "a domain", NULL);
        g_autoptr (GPtrArray) changed =
            action == VY_EDIT_REMOVE
                ? g_ptr_array_new_with_free_func ((GDestroyNotify) xmlFreeNode)
                : g_ptr_array_new ();

        vy_edit_apply (host, xmlDocGetRootElement (doc), action, device, NULL, texts,
                       changed, NULL);
        check (doc);
    }
}

static void
select_all (xmlNode *domain, const char *text)
{
    const VyDevice *const *devices = vy_device_list ();

    for (; *devices; devices++) {
        g_autoptr (GPtrArray) all = vy_edit_select (host, domain, *devices, "all", NULL);
        g_autoptr (GPtrArray) last = vy_edit_select (host, domain, *devices, "-1", NULL);
        g_autoptr (GPtrArray) some = vy_edit_select (host, domain, *devices, text, NULL);

        g_assert_true (!all == !last);
        g_assert_true (!some || some->len > 0);
    }
}

static void
convert (const char *xml)
{
    g_autoptr (xmlDoc) doc = vy_xml_parse (xml, "a domain", NULL);

    vy_convert_to_q35 (host, xmlDocGetRootElement (doc), NULL, NULL);
    vy_convert_to_vnc (host, xmlDocGetRootElement (doc), NULL, NULL);
    check (doc);
}

static void
make_clone (const char *xml, gboolean linked)
{
    VyCloneSettings settings = { .original_xml = xml,
                                 .auto_paths = TRUE,
                                 .linked = linked,
                                 .checks = VY_CLONE_CHECK_ALL };
    g_autoptr (VyClone) made = vy_clone_new (host, &settings, NULL);
    g_autoptr (VyPlan) plan = made ? vy_clone_plan (made, NULL) : NULL;
    g_auto (GStrv) images = made ? vy_clone_list_images (made) : NULL;

    g_assert_true (!plan || images);
    if (made)
        check (vy_clone_get_domain (made)->doc);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    char *xml = strchr (text, '\n');
    char *words = text + strcspn (text, " \n");
    g_autoptr (xmlDoc) doc = NULL;

    if (!xml)
        return -1;
    *xml++ = '\0';
    if (*words)
        *words++ = '\0';
    doc = vy_xml_parse (xml, "a domain", NULL);
    if (!doc)
        return 0;
    check (doc);
    select_all (xmlDocGetRootElement (doc), words);
    edit (xml, text, words);
    convert (xml);
    make_clone (xml, FALSE);
    make_clone (xml, TRUE);
    return 0;
}

/* ---- domains that can be read --------------------------------------------------------
 */

static xmlNode *
next_node (xmlNode *node, const xmlNode *root)
{
    if (node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static xmlNode *
any_element (xmlNode *root, guint random)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();

    for (xmlNode *node = root; node; node = next_node (node, root))
        if (node->type == XML_ELEMENT_NODE)
            g_ptr_array_add (all, node);
    return g_ptr_array_index (all, random % all->len);
}

static const char *const values[] = { "",      "0",     "-1",      "18446744073709551616",
                                      "/",     "..",    "network", "volume",
                                      "file",  "yes",   "&<>'\"",  "0x",
                                      "block", "spice", "hvm",     "%" };

static void
change_attribute (xmlNode *node, guint random)
{
    guint n = 0;

    for (xmlAttr *attr = node->properties; attr; attr = attr->next)
        n++;
    for (xmlAttr *attr = node->properties; attr; attr = attr->next)
        if (--n == random % 4) {
            xmlSetProp (node, attr->name,
                        BAD_CAST values[random / 4 % G_N_ELEMENTS (values)]);
            return;
        }
    xmlSetProp (node, BAD_CAST "type", BAD_CAST values[random % G_N_ELEMENTS (values)]);
}

static void
change_tree (xmlNode *root, guint random)
{
    xmlNode *node = any_element (root, random / 8);
    xmlNode *other = any_element (root, random / 64);

    switch (random % 8) {
    case 0:
        if (node != root) {
            xmlUnlinkNode (node);
            xmlFreeNode (node);
        }
        break;
    case 1:
    case 2:
        xmlAddChild (other, xmlCopyNode (node, 1));
        break;
    case 3:
        if (node != root)
            xmlAddNextSibling (node, xmlCopyNode (node, 1));
        break;
    case 4:
        xmlNodeSetContent (node, BAD_CAST "");
        xmlNodeAddContent (node, BAD_CAST values[random / 8 % G_N_ELEMENTS (values)]);
        break;
    default:
        change_attribute (node, random / 8);
    }
}

size_t
LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t most, unsigned seed)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    const char *xml = strchr (text, '\n');
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml + 1, "a domain", NULL) : NULL;
    g_autofree char *tree = NULL;
    g_autoptr (GString) out = NULL;

    if (!doc || seed % 8 == 0)
        return LLVMFuzzerMutate (data, size, most);
    change_tree (xmlDocGetRootElement (doc), seed / 8);
    tree = vy_xml_to_string (xmlDocGetRootElement (doc));
    out = g_string_new_len (text, xml + 1 - text);
    g_string_append (out, tree);
    if (out->len > most)
        return size;
    memcpy (data, out->str, out->len);
    return out->len;
}
