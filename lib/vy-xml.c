/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML: reading and writing single places by path. */
#include "vy-xml.h"

#include <string.h>

/* The prefixes that libvirt's documents use. */
static const struct {
    const char *prefix;
    const char *uri;
} namespaces[] = {
    { "qemu", "http://libvirt.org/schemas/domain/qemu/1.0" },
    { "lxc", "http://libvirt.org/schemas/domain/lxc/1.0" },
    { "bhyve", "http://libvirt.org/schemas/domain/bhyve/1.0" },
    { "xen", "http://libvirt.org/schemas/domain/xen/1.0" },
    { "libosinfo", "http://libosinfo.org/xmlns/libvirt/domain/1.0" },
    { "dnsmasq", "http://libvirt.org/schemas/network/dnsmasq/1.0" },
};

/* One step of a path. Predicates: [N], or any number of [@attribute='value']. */
typedef struct {
    char *name;
    gboolean is_attribute;
    guint index;        /* from 1; 0: not given */
    GPtrArray *matches; /* attribute, value, attribute, value, … */
} Step;

static void
step_free (Step *step)
{
    g_free (step->name);
    g_ptr_array_unref (step->matches);
    g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* Reads "[2]" or "[@a='b']" at @at. Returns: the place behind it. */
static const char *
parse_predicate (Step *step, const char *at)
{
    const char *close = at + 1;
    char quote = 0;

    for (; *close && (quote || *close != ']'); close++) {
        if (quote && *close == quote)
            quote = 0;
        else if (!quote && (*close == '\'' || *close == '"'))
            quote = *close;
    }
    if (at[1] == '@') {
        const char *equals = memchr (at, '=', (gsize) (close - at));

        if (equals && close - equals >= 3) {
            g_ptr_array_add (step->matches,
                             g_strndup (at + 2, (gsize) (equals - at - 2)));
            g_ptr_array_add (step->matches,
                             g_strndup (equals + 2, (gsize) (close - equals - 3)));
        }
    } else {
        step->index = (guint) g_ascii_strtoull (at + 1, NULL, 10);
    }
    return *close ? close + 1 : close;
}

/* Reads the step at *path and moves *path behind it. Returns: NULL at the end. */
static Step *
next_step (const char **path)
{
    const char *at = *path;
    g_autoptr (Step) step = NULL;
    gsize length;

    while (*at == '/' || (at[0] == '.' && (at[1] == '/' || at[1] == '\0')))
        at++;
    if (*at == '\0')
        return NULL;
    step = g_new0 (Step, 1);
    step->matches = g_ptr_array_new_with_free_func (g_free);
    step->is_attribute = *at == '@';
    if (step->is_attribute)
        at++;
    length = strcspn (at, "/[");
    step->name = g_strndup (at, length);
    at += length;
    while (*at == '[')
        at = parse_predicate (step, at);
    *path = at;
    return g_steal_pointer (&step);
}

static const char *
local_name (const char *name)
{
    const char *colon = strchr (name, ':');

    return colon ? colon + 1 : name;
}

static gboolean
name_matches (const xmlNode *node, const char *name)
{
    const char *colon = strchr (name, ':');

    if (node->type != XML_ELEMENT_NODE ||
        strcmp ((const char *) node->name, local_name (name)) != 0)
        return FALSE;
    if (!colon)
        return node->ns == NULL || node->ns->prefix == NULL;
    return node->ns && node->ns->prefix &&
           strncmp ((const char *) node->ns->prefix, name, (gsize) (colon - name)) == 0 &&
           node->ns->prefix[colon - name] == '\0';
}

static xmlAttr *
find_attribute (xmlNode *node, const char *name)
{
    return xmlHasProp (node, (const xmlChar *) local_name (name));
}

static gboolean
step_matches (xmlNode *node, const Step *step)
{
    if (!name_matches (node, step->name))
        return FALSE;
    for (guint i = 0; i + 1 < step->matches->len; i += 2) {
        xmlChar *value = xmlGetProp (node, g_ptr_array_index (step->matches, i));
        gboolean equal = value && strcmp ((char *) value,
                                          g_ptr_array_index (step->matches, i + 1)) == 0;

        xmlFree (value);
        if (!equal)
            return FALSE;
    }
    return TRUE;
}

/* The child that a step names, or NULL; *count has how many siblings matched before. */
static xmlNode *
find_child (xmlNode *node, const Step *step, guint *count)
{
    guint wanted = MAX (step->index, 1);

    *count = 0;
    for (xmlNode *child = node->children; child; child = child->next)
        if (step_matches (child, step) && ++*count == wanted)
            return child;
    return NULL;
}

static xmlNs *
ensure_namespace (xmlNode *node, const char *name)
{
    const char *colon = strchr (name, ':');
    g_autofree char *prefix = NULL;
    xmlNs *ns;

    if (!colon)
        return NULL;
    prefix = g_strndup (name, (gsize) (colon - name));
    ns = xmlSearchNs (node->doc, node, (const xmlChar *) prefix);
    for (gsize i = 0; !ns && i < G_N_ELEMENTS (namespaces); i++) {
        if (strcmp (namespaces[i].prefix, prefix) == 0) {
            xmlNode *root = node->doc ? xmlDocGetRootElement (node->doc) : node;
            gboolean local = strcmp (prefix, "libosinfo") == 0 || !root;

            ns = xmlNewNs (local ? node : root, (const xmlChar *) namespaces[i].uri,
                           (const xmlChar *) prefix);
        }
    }
    return ns;
}

static gboolean
is_text (const xmlNode *node)
{
    return node && node->type == XML_TEXT_NODE && !xmlIsBlankNode (node);
}

/* What stands before the end tag of an element, or before the element itself, is the
 * indentation of what is added to it. Where that is text, the text is written once more
 * behind the new element: that is what libvirt's own tools make of it, and libvirt
 * reads the text as a whole. */
static void
add_with_text (xmlNode *node, xmlNode *child)
{
    xmlNode *before = is_text (node->last) ? node->last : node->prev;
    xmlChar *text = xmlNodeGetContent (before);

    if (before != node->last)
        xmlNodeAddContent (node, text);
    xmlNodeAddContent (node, BAD_CAST "  ");
    xmlAddChild (node, child);
    xmlNodeAddContent (node, text);
    xmlFree (text);
}

xmlNode *
vy_xml_add (xmlNode *node, const char *name)
{
    xmlNode *child =
        xmlNewDocNode (node->doc, NULL, (const xmlChar *) local_name (name), NULL);
    xmlNode *last = node->last;

    if (is_text (last) || (!last && is_text (node->prev))) {
        add_with_text (node, child);
    } else if (last && xmlIsBlankNode (last) && last->prev) {
        /* the white space before the end tag stays before the end tag */
        xmlAddPrevSibling (last, child);
    } else {
        if (last && xmlIsBlankNode (last)) { /* it was all there was */
            xmlUnlinkNode (last);
            xmlFreeNode (last);
        }
        xmlAddChild (node, child);
    }
    if (strchr (name, ':'))
        xmlSetNs (child, ensure_namespace (child, name));
    return child;
}

static xmlNode *
add_step (xmlNode *node, const Step *step)
{
    xmlNode *child = vy_xml_add (node, step->name);

    for (guint i = 0; i + 1 < step->matches->len; i += 2)
        xmlSetProp (child, g_ptr_array_index (step->matches, i),
                    g_ptr_array_index (step->matches, i + 1));
    return child;
}

xmlNode *
vy_xml_find (xmlNode *node, const char *path)
{
    guint count;

    while (node) {
        g_autoptr (Step) step = next_step (&path);

        if (!step || step->is_attribute)
            return node;
        node = find_child (node, step, &count);
    }
    return NULL;
}

static void
collect (xmlNode *node, const char *path, GPtrArray *found)
{
    g_autoptr (Step) step = next_step (&path);
    guint count = 0;

    if (!step) {
        g_ptr_array_add (found, node);
        return;
    }
    for (xmlNode *child = node->children; child; child = child->next)
        if (step_matches (child, step) && (++count == step->index || step->index == 0))
            collect (child, path, found);
}

GPtrArray *
vy_xml_find_all (xmlNode *node, const char *path)
{
    GPtrArray *found = g_ptr_array_new ();

    collect (node, path, found);
    return found;
}

xmlNode *
vy_xml_ensure (xmlNode *node, const char *path)
{
    for (;;) {
        g_autoptr (Step) step = next_step (&path);
        guint count;
        xmlNode *child;

        if (!step || step->is_attribute)
            return node;
        child = find_child (node, step, &count);
        for (; !child && count < MAX (step->index, 1); count++) {
            xmlNode *made = add_step (node, step);

            if (count + 1 == MAX (step->index, 1))
                child = made;
        }
        node = child;
    }
}

/* The attribute name that a path ends in, or NULL. */
static const char *
attribute_of (const char *path)
{
    const char *slash = strrchr (path, '/');
    const char *last = slash ? slash + 1 : path;

    return *last == '@' ? last + 1 : NULL;
}

char *
vy_xml_get (xmlNode *node, const char *path)
{
    xmlNode *found = vy_xml_find (node, path);
    const char *attribute = attribute_of (path);
    xmlChar *value;
    char *text;

    if (!found)
        return NULL;
    value = attribute ? xmlGetProp (found, (const xmlChar *) local_name (attribute))
                      : xmlNodeGetContent (found);
    if (!value)
        return NULL;
    text = g_strstrip (g_strdup ((const char *) value));
    xmlFree (value);
    return text;
}

gboolean
vy_xml_has (xmlNode *node, const char *path)
{
    xmlNode *found = vy_xml_find (node, path);
    const char *attribute = attribute_of (path);

    return found && (!attribute || find_attribute (found, attribute));
}

gboolean
vy_xml_is (xmlNode *node, const char *path, const char *value)
{
    g_autofree char *found = vy_xml_get (node, path);

    return g_strcmp0 (found, value) == 0;
}

static gboolean
is_empty (const xmlNode *node)
{
    if (node->properties)
        return FALSE;
    for (xmlNode *child = node->children; child; child = child->next)
        if (!xmlIsBlankNode (child))
            return FALSE;
    return TRUE;
}

/* The text of an element goes; what has attributes or elements in it stays. */
static void
remove_content (xmlNode *node)
{
    xmlNode *next;

    for (xmlNode *child = node->children; child; child = next) {
        next = child->next;
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            xmlUnlinkNode (child);
            xmlFreeNode (child);
        }
    }
}

static void
remove_place (xmlNode *top, const char *path)
{
    xmlNode *node = vy_xml_find (top, path);
    const char *attribute = attribute_of (path);
    xmlAttr *found = node && attribute ? find_attribute (node, attribute) : NULL;

    if (!node)
        return;
    if (found)
        xmlRemoveProp (found);
    else if (!attribute)
        remove_content (node);
    while (node != top && is_empty (node)) {
        xmlNode *parent = node->parent;

        vy_xml_remove (node);
        node = parent;
    }
}

void
vy_xml_set (xmlNode *node, const char *path, const char *value)
{
    const char *attribute = attribute_of (path);
    xmlNode *place;

    if (!value) {
        remove_place (node, path);
        return;
    }
    place = vy_xml_ensure (node, path);
    if (attribute) {
        xmlSetProp (place, (const xmlChar *) local_name (attribute),
                    (const xmlChar *) value);
        return;
    }
    xmlNodeSetContent (place, NULL);
    if (*value)
        xmlNodeAddContent (place, (const xmlChar *) value);
}

void
vy_xml_set_number (xmlNode *node, const char *path, guint64 value)
{
    char text[32];

    g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, value);
    vy_xml_set (node, path, text);
}

xmlNode *
vy_xml_copy (xmlNode *node)
{
    return xmlCopyNode (node, 1);
}

void
vy_xml_remove (xmlNode *node)
{
    if (!node)
        return;
    if (node->prev && xmlIsBlankNode (node->prev)) {
        xmlNode *blank = node->prev;

        xmlUnlinkNode (blank);
        xmlFreeNode (blank);
    }
    xmlUnlinkNode (node);
    xmlFreeNode (node);
}
