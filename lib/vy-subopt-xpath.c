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

static gboolean
may_change_all (const VySuboptTarget *target, const xmlNodeSet *nodes, gboolean remove)
{
    for (int i = 0; i < nodes->nodeNr; i++)
        if (!may_change (target, nodes->nodeTab[i], remove))
            return FALSE;
    return TRUE;
}

/* What is wrong with a path is said by the one error. */
static void
ignore_error (G_GNUC_UNUSED void *data, G_GNUC_UNUSED xmlError *error)
{
}

/* All places an XPath finds are set, or removed. Returns: how many, -1: it cannot be. */
static int
change_found (const VySuboptTarget *target, const char *path, const char *value)
{
    xmlXPathContext *context = xmlXPathNewContext (target->domain->doc);
    xmlXPathObject *found;
    int n;

    xmlXPathRegisterNs (context, BAD_CAST "qemu",
                        BAD_CAST "http://libvirt.org/schemas/domain/qemu/1.0");
    context->node = target->node;
    context->error = ignore_error;
    found = xmlXPathEvalExpression (BAD_CAST path, context);
    n = found && found->nodesetval ? found->nodesetval->nodeNr : found ? 0 : -1;
    if (n > 0 && !may_change_all (target, found->nodesetval, !value))
        n = -1;
    for (int i = n; i-- > 0;) {
        xmlNode *node = found->nodesetval->nodeTab[i];

        if (value) {
            xmlNodeSetContent (node, BAD_CAST "");
            xmlNodeAddContent (node, BAD_CAST value);
        } else if (node->type == XML_ATTRIBUTE_NODE) {
            xmlRemoveProp ((xmlAttr *) node);
        } else {
            vy_xml_remove (node);
        }
        found->nodesetval->nodeTab[i] = NULL;
    }
    xmlXPathFreeObject (found);
    xmlXPathFreeContext (context);
    return n;
}

static gboolean
bad_xpath (const VySuboptTarget *target, const char *path, GError **error)
{
    return vy_throw (error, VY_ERROR_INVALID, _ ("--%s: '%s' is not a place in the XML"),
                     target->device->option, path);
}

static gboolean
apply_set (const VySuboptTarget *target, const char *path, const char *value,
           GError **error)
{
    xmlNode *start;
    const char *below;
    int found = change_found (target, path, value ? value : "");

    if (found < 0)
        return bad_xpath (target, path, error);
    if (found > 0)
        return TRUE;
    below = below_root (target, path, &start);
    if (!is_simple (below) || *below == '\0' || !are_names (below))
        return bad_xpath (target, path, error);
    vy_xml_set (start, below, value ? value : "");
    return TRUE;
}

static gboolean
apply_change (const VySuboptTarget *target, const Change *change, GError **error)
{
    if (change->delete &&change_found (target, change->delete, NULL) < 0)
        return bad_xpath (target, change->delete, error);
    if (change->set) {
        const char *equals = strrchr (change->set, '=');
        g_autofree char *path = NULL;

        /* the "=" of a predicate is followed by "]" */
        if (!change->value && equals && !strchr (equals, ']'))
            path = g_strndup (change->set, (gsize) (equals - change->set));
        if (!apply_set (target, path ? path : change->set,
                        change->value ? change->value
                        : path        ? equals + 1
                                      : NULL,
                        error))
            return FALSE;
    }
    if (change->create)
        return apply_set (target, change->create, change->value, error);
    return TRUE;
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
