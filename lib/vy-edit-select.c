/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which devices of a domain are meant: by number, by what they have, all. */
#include "vy-edit.h"

#include <string.h>
#include <libxml/c14n.h>

#include "vy-i18n-private.h"
#include "vy-subopt-private.h"
#include "vy-xml.h"

/* The text of an element with its attributes in a fixed order. */
static char *
canonical (xmlNode *node)
{
    g_autoptr (xmlDoc) doc = xmlNewDoc (BAD_CAST "1.0");
    xmlChar *text = NULL;
    char *copy;

    xmlDocSetRootElement (doc, xmlDocCopyNode (node, doc, 1));
    xmlC14NDocDumpMemory (doc, NULL, XML_C14N_1_0, NULL, 0, &text);
    copy = g_strdup ((const char *) text);
    xmlFree (text);
    return copy;
}

/* What leaves no trace in the XML cannot tell devices apart. */
static gboolean
check_selector (const VyDevice *device, const char *text, GError **error)
{
    g_autoptr (GPtrArray) pairs = vy_subopt_split (text, device, error);

    for (guint i = 0; pairs && i < pairs->len; i += 2) {
        guint numbers[VY_SUBOPT_LEVELS];
        const char *key = g_ptr_array_index (pairs, i);
        const VySubopt *row = vy_subopt_find (device, key, numbers);

        if (row && !row->path && !row->set && strchr (key, '.') == NULL)
            return vy_throw (error, VY_ERROR_INVALID,
                             _ ("--%s %s cannot be used to select a device"),
                             device->option, key);
    }
    return pairs != NULL;
}

/* Whether a text would leave a device as it is. */
static gboolean
matches (VyHost *host, xmlNode *domain, xmlNode *node, const VyDevice *device,
         const char *text, gboolean *match, GError **error)
{
    g_autoptr (xmlDoc) doc = xmlCopyDoc (domain->doc, 1);
    g_autofree char *before = canonical (node);
    xmlNode *copy = xmlDocCopyNode (node, doc, 1);
    VySuboptTarget target = { .device = device,
                              .domain = xmlDocGetRootElement (doc),
                              .node = copy,
                              .editing = TRUE,
                              .host = host };
    g_autofree char *after = NULL;

    xmlAddChild (xmlDocGetRootElement (doc), copy);
    if (!check_selector (device, text, error) || !vy_subopt_apply (&target, text, error))
        return FALSE;
    after = canonical (copy);
    *match = strcmp (before, after) == 0;
    return TRUE;
}

static gboolean
select_matching (VyHost *host, xmlNode *domain, GPtrArray *all, const VyDevice *device,
                 const char *text, GPtrArray *found, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        gboolean match = FALSE;

        if (!matches (host, domain, g_ptr_array_index (all, i), device, text, &match,
                      error))
            return FALSE;
        if (match)
            g_ptr_array_add (found, g_ptr_array_index (all, i));
    }
    if (found->len == 0)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("no --%s matches '%s'"),
                         device->option, text);
    return TRUE;
}

/* A number from 1, or from the end; 0 when the text is none. */
static gint64
number_of (const char *text)
{
    char *end = NULL;
    gint64 number = g_ascii_strtoll (text, &end, 10);

    return *text && *end == '\0' ? number : 0;
}

static gboolean
select_number (GPtrArray *all, const VyDevice *device, gint64 number, GPtrArray *found,
               GError **error)
{
    gint64 index = number > 0 ? number - 1 : (gint64) all->len + number;

    if (number == 0 || index < 0 || index >= all->len)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("there is no --%s number %" G_GINT64_FORMAT ": there are %u"),
                         device->option, number, all->len);
    g_ptr_array_add (found, g_ptr_array_index (all, (guint) index));
    return TRUE;
}

GPtrArray *
vy_edit_select (VyHost *host, xmlNode *domain, const VyDevice *device,
                const char *selector, GError **error)
{
    g_autoptr (GPtrArray) found = g_ptr_array_new ();
    g_autoptr (GPtrArray) all = NULL;
    static const char *const only[] = { "1", "-1", "all", "", NULL };
    gboolean ok = TRUE;

    if (*device->element == '\0') {
        if (selector && !g_strv_contains (only, selector)) {
            vy_throw (error, VY_ERROR_USAGE,
                      _ ("--%s is one of its kind: '%s' cannot select"), device->option,
                      selector);
            return NULL;
        }
        g_ptr_array_add (found, domain);
        return g_steal_pointer (&found);
    }
    all = vy_xml_find_all (domain, device->element);
    if (all->len == 0 && g_strcmp0 (selector, "all") == 0)
        return g_steal_pointer (&found);
    if (all->len == 0) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("the domain has no --%s device"),
                  device->option);
        return NULL;
    }
    if (!selector)
        g_ptr_array_add (found, g_ptr_array_index (all, 0));
    else if (*selector == '\0' || strcmp (selector, "all") == 0)
        return g_steal_pointer (&all);
    else if (number_of (selector) != 0 || strcmp (selector, "0") == 0)
        ok = select_number (all, device, number_of (selector), found, error);
    else
        ok = select_matching (host, domain, all, device, selector, found, error);
    return ok ? g_steal_pointer (&found) : NULL;
}
