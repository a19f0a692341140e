/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plan of a change that has more than one step. */
#include "vy-edit.h"

#include "vy-definition-private.h"
#include "vy-i18n-private.h"
#include "vy-install-private.h"

static gboolean
makes_volume (xmlNode *node)
{
    GHashTable *extra = node->_private;

    return xmlStrEqual (node->name, BAD_CAST "disk") && extra &&
           g_hash_table_contains (extra, "new.path");
}

gboolean
vy_edit_makes_volumes (GPtrArray *changed)
{
    for (guint i = 0; i < changed->len; i++)
        if (makes_volume (g_ptr_array_index (changed, i)))
            return TRUE;
    return FALSE;
}

static void
add_start (VyPlan *plan, xmlNode *domain, gboolean define)
{
    if (define)
        vy_definition_add_start (plan, domain);
    else
        vy_step_record_set (vy_install_add_domain_step (plan, &vy_step_domain_create,
                                                        domain, _ ("start domain")),
                            "transient", "yes");
}

/* The same device in the definition as it was, or NULL. */
static xmlNode *
find_before (xmlDoc *before, xmlNode *device)
{
    g_autofree char *path = g_strconcat ("devices/", (const char *) device->name, NULL);
    g_autoptr (GPtrArray) all = vy_xml_find_all (xmlDocGetRootElement (before), path);
    guint place = 0;

    for (xmlNode *node = device->prev; node; node = node->prev)
        place += xmlStrEqual (node->name, device->name) != 0;
    return place < all->len ? all->pdata[place] : NULL;
}

static gboolean
add_live (VyPlan *plan, VyDefinition *definition, VyEditAction action, xmlNode *device,
          GError **error)
{
    xmlNode *domain = vy_definition_get_root (definition);
    g_autoptr (xmlDoc) before = NULL;
    xmlNode *old;

    if (device == domain)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("this option cannot be changed while the domain runs"));
    switch (action) {
    case VY_EDIT_ADD:
        vy_definition_add_attach (plan, domain, device);
        return TRUE;
    case VY_EDIT_REMOVE:
        vy_definition_add_detach (plan, domain, device);
        return TRUE;
    case VY_EDIT_CHANGE:
        break;
    }
    before = vy_definition_parse_before (definition);
    old = before ? find_before (before, device) : NULL;
    if (!old)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("this option cannot be changed while the domain runs"));
    vy_definition_add_update (plan, domain, old, device);
    return TRUE;
}

VyPlan *
vy_edit_plan (VyHost *host, VyDefinition *definition, VyEditAction action,
              GPtrArray *changed, guint steps, GError **error)
{
    xmlNode *domain = vy_definition_get_root (definition);
    g_autofree char *name = vy_definition_get_name (definition);
    g_autofree char *title = g_strdup_printf (_ ("change domain '%s'"), name);
    g_autoptr (VyPlan) plan =
        vy_plan_new (title, vy_host_get_uri (host), vy_host_get_conn (host));

    for (guint i = 0; i < changed->len; i++) {
        xmlNode *node = g_ptr_array_index (changed, i);

        if (action != VY_EDIT_REMOVE && makes_volume (node) &&
            !vy_install_add_volume (plan, host, node, error))
            return NULL;
    }
    for (guint i = 0; (steps & VY_EDIT_LIVE) && i < changed->len; i++)
        if (!add_live (plan, definition, action, g_ptr_array_index (changed, i), error))
            return NULL;
    if (steps & VY_EDIT_DEFINE)
        vy_definition_add_redefine (plan, domain);
    if (steps & VY_EDIT_START)
        add_start (plan, domain, (steps & VY_EDIT_DEFINE) != 0);
    return g_steal_pointer (&plan);
}
