/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain's definition by the texts of options. */
#include "vy-edit.h"

#include <string.h>
#include <libxml/c14n.h>

#include "vy-guest.h"
#include "vy-i18n-private.h"

/* ---- selecting
 * --------------------------------------------------------------------------- */

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

/* Whether a text would leave a device as it is. */
static gboolean
matches (xmlNode *domain, xmlNode *node, const VyDevice *device, const char *text,
         gboolean *match, GError **error)
{
    g_autoptr (xmlDoc) doc = xmlCopyDoc (domain->doc, 1);
    g_autofree char *before = canonical (node);
    xmlNode *copy = xmlDocCopyNode (node, doc, 1);
    VySuboptTarget target = { device, xmlDocGetRootElement (doc), copy, TRUE, NULL, NULL,
                              FALSE };
    g_autofree char *after = NULL;

    xmlAddChild (xmlDocGetRootElement (doc), copy);
    if (!vy_subopt_apply (&target, text, error))
        return FALSE;
    after = canonical (copy);
    *match = strcmp (before, after) == 0;
    return TRUE;
}

static gboolean
select_matching (xmlNode *domain, GPtrArray *all, const VyDevice *device,
                 const char *text, GPtrArray *found, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        gboolean match = FALSE;

        if (!matches (domain, g_ptr_array_index (all, i), device, text, &match, error))
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
vy_edit_select (xmlNode *domain, const VyDevice *device, const char *selector,
                GError **error)
{
    g_autoptr (GPtrArray) found = g_ptr_array_new ();
    g_autoptr (GPtrArray) all = NULL;
    gboolean ok = TRUE;

    if (*device->element == '\0') {
        if (selector && *selector) {
            vy_throw (error, VY_ERROR_USAGE,
                      _ ("--%s is one of its kind: '%s' cannot select"), device->option,
                      selector);
            return NULL;
        }
        g_ptr_array_add (found, domain);
        return g_steal_pointer (&found);
    }
    all = vy_xml_find_all (domain, device->element);
    if (all->len == 0) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("the domain has no --%s device"),
                  device->option);
        return NULL;
    }
    if (!selector || !*selector)
        g_ptr_array_add (found, g_ptr_array_index (all, 0));
    else if (strcmp (selector, "all") == 0)
        return g_steal_pointer (&all);
    else if (number_of (selector) != 0 || strcmp (selector, "0") == 0)
        ok = select_number (all, device, number_of (selector), found, error);
    else
        ok = select_matching (domain, all, device, selector, found, error);
    return ok ? g_steal_pointer (&found) : NULL;
}

/* ---- changing
 * ------------------------------------------------------------------------------ */

static gboolean
change (VyHost *host, xmlNode *domain, const VyDevice *device, const char *selector,
        const char *const *texts, GPtrArray *changed, GError **error)
{
    g_autoptr (GPtrArray) found = NULL;
    gboolean alone = *device->element && !vy_xml_has (domain, device->element);

    /* what there is at most one of is made where it is missing */
    if (alone && !strchr (device->element, '/') && (!selector || !*selector))
        return vy_edit_apply (host, domain, VY_EDIT_ADD, device, NULL, texts, changed,
                              error);
    found = vy_edit_select (domain, device, selector, error);
    for (guint i = 0; found && i < found->len; i++) {
        VySuboptTarget target = { device, domain, g_ptr_array_index (found, i),
                                  TRUE,   NULL,   NULL,
                                  FALSE };

        for (gsize j = 0; texts[j]; j++)
            if (!vy_subopt_apply (&target, texts[j], error))
                return FALSE;
        if (changed)
            g_ptr_array_add (changed, target.node);
    }
    return found != NULL;
}

static gboolean
add (VyHost *host, xmlNode *domain, const VyDevice *device, const char *const *texts,
     GPtrArray *changed, GError **error)
{
    g_autoptr (GHashTable) extra =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    if (!strchr (device->element, '/') && strcmp (device->element, "seclabel") != 0 &&
        strcmp (device->element, "sysinfo") != 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s is no device that can be added"),
                         device->option);
    for (gsize i = 0; texts[i]; i++) {
        xmlNode *node = vy_device_add (domain, device, texts[i], extra, error);

        if (!node || !vy_guest_device_defaults (host, domain, node, error))
            return FALSE;
        if (changed)
            g_ptr_array_add (changed, node);
    }
    return TRUE;
}

static gboolean
take_out (xmlNode *domain, const VyDevice *device, const char *const *texts,
          GPtrArray *changed, GError **error)
{
    gsize last = g_strv_length ((char **) texts) - 1;
    g_autoptr (GPtrArray) found = NULL;

    if (!strchr (device->element, '/'))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--%s is no device that can be removed"), device->option);
    found = vy_edit_select (domain, device, texts[last], error);
    for (guint i = 0; found && i < found->len; i++) {
        xmlNode *node = g_ptr_array_index (found, i);

        if (changed)
            g_ptr_array_add (changed, vy_xml_copy (node));
        vy_xml_remove (node);
    }
    return found != NULL;
}

gboolean
vy_edit_apply (VyHost *host, xmlNode *domain, VyEditAction action, const VyDevice *device,
               const char *selector, const char *const *texts, GPtrArray *changed,
               GError **error)
{
    switch (action) {
    case VY_EDIT_CHANGE:
        return change (host, domain, device, selector, texts, changed, error);
    case VY_EDIT_ADD:
        return add (host, domain, device, texts, changed, error);
    case VY_EDIT_REMOVE:
        return take_out (domain, device, texts, changed, error);
    }
    return FALSE;
}

/* ---- building
 * --------------------------------------------------------------------------------- */

/* Options of the domain whose element stands for itself: --cpu gives <cpu>. */
static xmlNode *
built_element (xmlNode *domain, const VyDevice *device, xmlNode *node)
{
    static const char *const whole[] = { "vcpus",     "memory", "metadata",
                                         "iothreads", "events", NULL };

    if (node != domain)
        return node;
    if (g_strv_contains (whole, device->option) || !device->clear)
        return NULL;
    return vy_xml_find (domain, device->clear);
}

char *
vy_edit_build (VyHost *host, xmlNode *domain, const VyDevice *device, const char *text,
               GError **error)
{
    g_autoptr (xmlDoc) doc = domain ? xmlCopyDoc (domain->doc, 1) : vy_xml_new ("domain");
    xmlNode *root = xmlDocGetRootElement (doc);
    xmlNode *node = vy_device_add (root, device, text, NULL, error);
    xmlNode *built = node ? built_element (root, device, node) : NULL;

    if (!node)
        return NULL;
    if (!built) {
        vy_throw (error, VY_ERROR_USAGE, _ ("--%s is no element that stands by itself"),
                  device->option);
        return NULL;
    }
    if (node != root && !vy_guest_device_defaults (host, root, node, error))
        return NULL;
    return vy_xml_to_string (built);
}
