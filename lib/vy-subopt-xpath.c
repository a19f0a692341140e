/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options that name a place of the XML themselves, and clearing. */
#include "vy-subopt-private.h"

#include <string.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "vy-i18n-private.h"

/* "x[N]" makes as many as are missing. */
#define MOST_ELEMENTS 1024
/* Bytes of a name: parsers refuse longer ones sooner or later. */
#define LONGEST_NAME 1000

/* Options that are about the domain as a whole. */
static gboolean
is_about_domain (const VyDevice *device)
{
    static const char *const options[] = { "vcpus",  "memory", "metadata", "iothreads",
                                           "events", "xml",    NULL };

    return g_strv_contains (options, device->option);
}

gboolean
vy_subopt_clear (VySuboptTarget *target, GError **error)
{
    const VyDevice *device = target->device;

    if (is_about_domain (device))
        return vy_throw (
            error, VY_ERROR_INVALID,
            _ ("--%s is about the whole domain, which clearxml cannot clear"),
            device->option);
    if (*device->element == '\0') {
        vy_xml_remove (vy_xml_find (target->domain, device->clear));
        return TRUE;
    }
    while (target->node->children)
        vy_xml_remove (target->node->children);
    while (target->node->properties)
        xmlRemoveProp (target->node->properties);
    if (strcmp (device->option, "sysinfo") == 0)
        vy_xml_set (target->node, "@type", "smbios");
    return TRUE;
}

/* One change by XPath; the keys "xpathN.create" and "xpathN.value" belong together. */
typedef struct {
    const char *set, *value, *create, *delete;
} Change;

static gboolean
is_simple (const char *path)
{
    return !strstr (path, "//") && !strchr (path, '*') && !strchr (path, '(');
}

/* Whether the predicate at @at, which ends at @end, can be made: "[2]", "[@a='b']". */
static gboolean
is_predicate (const char *at, const char *end)
{
    const char *equals = memchr (at, '=', (gsize) (end - at));
    g_autofree char *name = NULL;

    if (at[1] != '@')
        return end - at > 1 && strspn (at + 1, "0123456789") == (gsize) (end - at - 1) &&
               g_ascii_strtoull (at + 1, NULL, 10) <= MOST_ELEMENTS;
    if (!equals || end - equals < 3 || !strchr ("'\"", equals[1]) || end[-1] != equals[1])
        return FALSE;
    name = g_strndup (at + 2, (gsize) (equals - at - 2));
    return strlen (name) <= LONGEST_NAME && xmlValidateQName (BAD_CAST name, 0) == 0;
}

static const char *
predicate_end (const char *at)
{
    char quote = 0;

    for (at++; *at && (quote || *at != ']'); at++) {
        if (quote && *at == quote)
            quote = 0;
        else if (!quote && (*at == '\'' || *at == '"'))
            quote = *at;
    }
    return *at ? at : NULL;
}

/* Whether every step of a path has a name that an element or attribute can have. */
static gboolean
are_names (const char *path)
{
    for (const char *at = path; *at;) {
        gboolean attribute = *at == '@';
        gsize length = strcspn (at, "/[");
        g_autofree char *name = g_strndup (at + attribute, length - attribute);

        if (length > LONGEST_NAME ||
            (strcmp (name, ".") != 0 && xmlValidateQName (BAD_CAST name, 0) != 0))
            return FALSE;
        for (at += length; *at == '['; at++) {
            const char *end = predicate_end (at);

            if (!end || attribute || !is_predicate (at, end))
                return FALSE;
            at = end;
        }
        if (*at && (*at != '/' || attribute))
            return FALSE;
        at += *at == '/';
    }
    return TRUE;
}

/* Paths that start at the root element name it: "/domain/x", "./x", "x". */
static const char *
below_root (const VySuboptTarget *target, const char *path, xmlNode **start)
{
    *start = target->node;
    if (*path != '/' || path[1] == '/')
        return path;
    *start = target->domain;
    path++;
    path += strcspn (path, "/");
    return *path == '/' ? path + 1 : path;
}

/* Whether a node can be changed without what the options stand for going with it. */
static gboolean
may_change (const VySuboptTarget *target, const xmlNode *node, gboolean remove)
{
    if (node->type == XML_ATTRIBUTE_NODE)
        return TRUE;
    if (node->type != XML_ELEMENT_NODE && node->type != XML_TEXT_NODE &&
        node->type != XML_CDATA_SECTION_NODE && node->type != XML_COMMENT_NODE &&
        node->type != XML_PI_NODE)
        return FALSE;
    if (node == target->node)
        return !remove;
    for (const xmlNode *above = target->node; above; above = above->parent)
        if (above == node)
            return FALSE;
    return TRUE;
}

/* What is wrong with a path is said by the one error. */
static void
ignore_error (G_GNUC_UNUSED void *data, G_GNUC_UNUSED xmlError *error)
{
}

/* The first place that an XPath finds, or NULL; @bad: it is no XPath, or finds a
 * namespace, which is not a part of the document but of the answer. */
static xmlNode *
find_place (const VySuboptTarget *target, const char *path, gboolean *bad)
{
    xmlXPathContext *context = xmlXPathNewContext (target->domain->doc);
    xmlXPathObject *found;
    xmlNode *node = NULL;

    xmlXPathRegisterNs (context, BAD_CAST "qemu",
                        BAD_CAST "http://libvirt.org/schemas/domain/qemu/1.0");
    context->node = target->node;
    context->error = ignore_error;
    found = xmlXPathEvalExpression (BAD_CAST path, context);
    *bad = !found;
    if (found && found->nodesetval && found->nodesetval->nodeNr > 0)
        node = found->nodesetval->nodeTab[0];
    if (node && node->type == XML_NAMESPACE_DECL) {
        *bad = TRUE;
        node = NULL;
    }
    xmlXPathFreeObject (found);
    xmlXPathFreeContext (context);
    return node;
}

/* Elements that were left without anything go as well. */
static void
prune (const VySuboptTarget *target, xmlNode *node)
{
    while (node && node != target->node && node != target->domain &&
           node->type == XML_ELEMENT_NODE && !node->properties && !node->children &&
           may_change (target, node, TRUE)) {
        xmlNode *above = node->parent;

        vy_xml_remove (node);
        node = above;
    }
}

static void
write_place (const VySuboptTarget *target, xmlNode *node, const char *value)
{
    xmlNode *above = node->parent;

    if (node->type != XML_ATTRIBUTE_NODE) {
        xmlNodeSetContent (node, BAD_CAST "");
        xmlNodeAddContent (node, BAD_CAST value);
        if (!*value)
            prune (target, node);
    } else if (*value) {
        xmlSetNsProp (above, node->ns, node->name, BAD_CAST value);
    } else {
        xmlRemoveProp ((xmlAttr *) node);
        prune (target, above);
    }
}

static void
delete_place (xmlNode *node)
{
    if (node->type == XML_ATTRIBUTE_NODE)
        xmlRemoveProp ((xmlAttr *) node);
    else
        vy_xml_remove (node);
}

static gboolean
bad_xpath (const VySuboptTarget *target, const char *path, GError **error)
{
    return vy_throw (error, VY_ERROR_INVALID, _ ("--%s: '%s' is not a place in the XML"),
                     target->device->option, path);
}

/* Where a path that is not there yet has to be made, or NULL. */
static const char *
new_place (const VySuboptTarget *target, const char *path, xmlNode **start)
{
    const char *below = below_root (target, path, start);

    return is_simple (below) && *below && are_names (below) ? below : NULL;
}

static gboolean
apply_set (const VySuboptTarget *target, const char *path, const char *value,
           GError **error)
{
    gboolean bad;
    xmlNode *start, *found = find_place (target, path, &bad);
    const char *below;

    if (bad || (found && !may_change (target, found, FALSE)))
        return bad_xpath (target, path, error);
    if (found) {
        write_place (target, found, value);
        return TRUE;
    }
    below = new_place (target, path, &start);
    if (!below)
        return bad_xpath (target, path, error);
    if (*value)
        vy_xml_set (start, below, value);
    return TRUE;
}

static gboolean
apply_create (const VySuboptTarget *target, const char *path, GError **error)
{
    gboolean bad;
    xmlNode *start, *found = find_place (target, path, &bad);
    const char *below = found || bad ? NULL : new_place (target, path, &start);

    if (bad || (!found && !below))
        return bad_xpath (target, path, error);
    if (below && strchr (below, '@') && !strchr (below, '['))
        vy_xml_set (start, below, "");
    else if (below)
        vy_xml_ensure (start, below);
    return TRUE;
}

static gboolean
apply_delete (const VySuboptTarget *target, const char *path, GError **error)
{
    gboolean bad;
    xmlNode *found = find_place (target, path, &bad);

    if (bad || (found && !may_change (target, found, TRUE)))
        return bad_xpath (target, path, error);
    if (found)
        delete_place (found);
    return TRUE;
}

/* One thing is done for each number. */
static gboolean
apply_change (const VySuboptTarget *target, const Change *change, GError **error)
{
    const char *equals = change->set ? strrchr (change->set, '=') : NULL;
    g_autofree char *path = NULL;

    if (change->delete &&*change->delete)
        return apply_delete (target, change->delete, error);
    if (change->create && *change->create)
        return apply_create (target, change->create, error);
    if (!change->set)
        return TRUE;
    if (change->value && *change->value)
        return apply_set (target, change->set, change->value, error);
    /* the "=" of a predicate is followed by "]" */
    if (!equals || strchr (equals, ']'))
        return vy_throw (error, VY_ERROR_INVALID, _ ("--%s: '%s' is not XPATH=VALUE"),
                         target->device->option, change->set);
    path = g_strndup (change->set, (gsize) (equals - change->set));
    return apply_set (target, path, equals + 1, error);
}

static void
note (Change *change, const char *what, const char *value)
{
    const char **place = strcmp (what, "set") == 0      ? &change->set
                         : strcmp (what, "value") == 0  ? &change->value
                         : strcmp (what, "create") == 0 ? &change->create
                                                        : &change->delete;

    *place = value ? value : "";
}

static int
compare_numbers (gconstpointer a, gconstpointer b, G_GNUC_UNUSED gpointer data)
{
    return strcmp (a, b);
}

/* Options of the domain that stand for one element of it: paths start there. */
static xmlNode *
own_element (const VySuboptTarget *target, GPtrArray *pairs)
{
    gboolean used = FALSE;

    for (guint i = 0; i < pairs->len; i += 2)
        used |= g_str_has_prefix (g_ptr_array_index (pairs, i), "xpath");
    if (!used || *target->device->element || !target->device->clear ||
        is_about_domain (target->device))
        return target->node;
    return vy_xml_ensure (target->domain, target->device->clear);
}

gboolean
vy_subopt_apply_xpaths (VySuboptTarget *target, GPtrArray *pairs, GError **error)
{
    xmlNode *before = target->node;
    gboolean ok = TRUE;
    g_autoptr (GTree) changes = g_tree_new_full (compare_numbers, NULL, g_free, g_free);

    for (guint i = 0; i < pairs->len; i += 2) {
        const char *key = g_ptr_array_index (pairs, i);
        const char *dot = strchr (key, '.');
        g_autofree char *number = dot ? g_strndup (key, (gsize) (dot - key)) : NULL;
        Change *change;

        if (!dot || !g_str_has_prefix (key, "xpath"))
            continue;
        change = g_tree_lookup (changes, number);
        if (!change) {
            change = g_new0 (Change, 1);
            g_tree_insert (changes, g_steal_pointer (&number), change);
        }
        note (change, dot + 1, g_ptr_array_index (pairs, i + 1));
    }
    for (guint i = 0; i < pairs->len; i += 2)
        if (g_str_has_prefix (pairs->pdata[i], "xpath") && pairs->pdata[i + 1] &&
            !vy_subopt_check_text (target, pairs->pdata[i], pairs->pdata[i + 1], error))
            return FALSE;
    target->node = own_element (target, pairs);
    for (GTreeNode *node = g_tree_node_first (changes); ok && node;
         node = g_tree_node_next (node))
        ok = apply_change (target, g_tree_node_value (node), error);
    target->node = before;
    return ok;
}
