/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: applying the texts of options by their tables. */
#include "vy-subopt-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-units.h"

static gboolean
set_value (VySuboptTarget *target, const VySubopt *row, const char *path,
           const char *value, GError **error)
{
    if (row->set)
        return row->set (target, row, path, value, error);
    if (!path) {
        if (target->extra)
            g_hash_table_replace (
                target->extra, g_strconcat (target->device->option, ".", row->key, NULL),
                g_strdup (value));
    } else if (row->type == VY_PRESENCE) {
        if (value && strcmp (value, "yes") == 0)
            vy_xml_ensure (target->node, path);
        else
            vy_xml_remove (vy_xml_find (target->node, path));
    } else {
        vy_xml_set (target->node, path, value);
    }
    return TRUE;
}

static gboolean
apply_row (VySuboptTarget *target, const VySubopt *row, const char *key,
           const char *value, const guint numbers[VY_SUBOPT_LEVELS], GError **error)
{
    g_autofree char *path =
        row->path ? vy_subopt_fill_numbers (row->path, numbers) : NULL;
    g_autofree char *written = NULL;

    if (!value) {
        if (row->type < VY_PRESENCE)
            return vy_throw (error, VY_ERROR_INVALID, _ ("--%s %s: a value is missing"),
                             target->device->option, key);
        value = "yes";
    }
    if ((row->flags & VY_SKIP_DEFAULT) && strcmp (value, "default") == 0)
        return TRUE;
    if (*value) {
        written = vy_subopt_canonical (target, row, key, value, error);
        if (!written)
            return FALSE;
    }
    return set_value (target, row, path, written, error);
}

/* ---- whole texts
 * ------------------------------------------------------------------------------ */

static gboolean
unknown_key (const VySuboptTarget *target, const char *key, GError **error)
{
    g_auto (GStrv) keys = vy_device_keys (target->device);
    g_autofree char *nearest = vy_subopt_nearest (key, (const char *const *) keys);

    vy_throw (error, VY_ERROR_INVALID, _ ("unknown --%s option '%s'"),
              target->device->option, key);
    if (nearest)
        vy_error_set_hint (error, _ ("did you mean '%s'? --%s=? lists all"), nearest,
                           target->device->option);
    else
        vy_error_set_hint (error, _ ("--%s=? lists all"), target->device->option);
    return FALSE;
}

static gboolean
check_keys (const VySuboptTarget *target, GPtrArray *pairs, GError **error)
{
    guint numbers[VY_SUBOPT_LEVELS];

    for (guint i = 0; i < pairs->len; i += 2)
        if (!vy_subopt_find (target->device, g_ptr_array_index (pairs, i), numbers))
            return unknown_key (target, g_ptr_array_index (pairs, i), error);
    return TRUE;
}

static gboolean
apply_table (VySuboptTarget *target, const VySubopt *rows, GPtrArray *pairs,
             GError **error)
{
    for (const VySubopt *row = rows; row->key; row++) {
        for (guint i = 0; i < pairs->len; i += 2) {
            const char *key = g_ptr_array_index (pairs, i);
            guint numbers[VY_SUBOPT_LEVELS] = { 0 };
            guint ignored[VY_SUBOPT_LEVELS];

            if (vy_subopt_row_matches (row, key, numbers) &&
                vy_subopt_find (target->device, key, ignored) == row &&
                !apply_row (target, row, key, g_ptr_array_index (pairs, i + 1), numbers,
                            error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
clear_node (VySuboptTarget *target, GPtrArray *pairs, GError **error)
{
    for (guint i = 0; i < pairs->len; i += 2) {
        const char *value = g_ptr_array_index (pairs, i + 1);
        gboolean truth = TRUE;

        if (strcmp (g_ptr_array_index (pairs, i), "clearxml") != 0)
            continue;
        if (value && !vy_boolean_parse (value, &truth, error))
            return FALSE;
        if (truth && !vy_subopt_clear (target, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_empty (const xmlNode *node)
{
    return !node->properties && !node->children;
}

/* "cell1" names the second cell; without a first one it stands alone. */
static void
prune_below (xmlNode *top, const char *path)
{
    const char *mark = strchr (path, '%');
    g_autofree char *step = mark ? g_strndup (path, (gsize) (mark - path)) : NULL;
    g_autoptr (GPtrArray) all = mark ? vy_xml_find_all (top, step) : NULL;

    for (guint i = 0; all && i < all->len; i++) {
        xmlNode *node = g_ptr_array_index (all, i);

        if (mark[1] == '/' && strchr (mark, '@') != mark + 2)
            prune_below (node, mark + 2);
        if (is_empty (node))
            vy_xml_remove (node);
    }
}

static void
prune_numbered (VySuboptTarget *target, GPtrArray *pairs)
{
    for (guint i = 0; i < pairs->len; i += 2) {
        guint numbers[VY_SUBOPT_LEVELS] = { 0 };
        const VySubopt *row =
            vy_subopt_find (target->device, g_ptr_array_index (pairs, i), numbers);

        if (row->path && strchr (row->path, '%'))
            prune_below (target->node, row->path);
    }
}

static gboolean
has_key (GPtrArray *pairs, const char *key)
{
    for (guint i = 0; i < pairs->len; i += 2)
        if (strcmp (g_ptr_array_index (pairs, i), key) == 0)
            return TRUE;
    return FALSE;
}

gboolean
vy_subopt_apply (VySuboptTarget *target, const char *text, GError **error)
{
    g_autoptr (GPtrArray) pairs = vy_subopt_split (text, target->device, error);

    if (!pairs || !check_keys (target, pairs, error) ||
        !clear_node (target, pairs, error))
        return FALSE;
    target->pairs = pairs;
    target->ordered = FALSE;
    for (const VySubopt *const *rows = target->device->rows; *rows; rows++)
        if (!apply_table (target, *rows, pairs, error))
            return FALSE;
    if (target->device->finish && !target->device->finish (target, error))
        return FALSE;
    prune_numbered (target, pairs);
    if (target->editing && target->node != target->domain && is_empty (target->node) &&
        !has_key (pairs, "clearxml")) {
        vy_xml_remove (target->node);
        target->node = target->domain;
        return TRUE;
    }
    return vy_subopt_apply_xpaths (target, pairs, error);
}

/* What a domain has once besides its devices goes on being filled. */
static xmlNode *
find_only (xmlNode *domain, const VyDevice *device)
{
    gboolean once = device->unique && !strchr (device->element, '/');

    return once ? vy_xml_find (domain, device->element) : NULL;
}

xmlNode *
vy_device_add (VyHost *host, xmlNode *domain, const VyDevice *device, const char *text,
               GHashTable *extra, GError **error)
{
    VySuboptTarget target = {
        .device = device, .domain = domain, .node = domain, .extra = extra, .host = host
    };
    gboolean is_new = FALSE;

    if (*device->element) {
        const char *slash = strrchr (device->element, '/');
        g_autofree char *parent =
            slash ? g_strndup (device->element, (gsize) (slash - device->element))
                  : g_strdup (".");

        target.node = find_only (domain, device);
        is_new = !target.node;
        if (is_new)
            target.node = vy_xml_add (vy_xml_ensure (domain, parent),
                                      slash ? slash + 1 : device->element);
    }
    if (vy_subopt_apply (&target, text, error))
        return target.node;
    if (is_new)
        vy_xml_remove (target.node);
    return NULL;
}
