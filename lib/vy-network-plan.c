/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans that make and delete networks. */
#include "vy-network-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-hostbridge.h"
#include "vy-i18n-private.h"
#include "vy-network-steps-private.h"

static VyStepRecord *
add_step (VyPlan *plan, const VyStepKind *kind, const char *uuid, const char *format,
          const char *name)
{
    g_autofree char *description = g_strdup_printf (format, name);
    VyStepRecord *record = vy_plan_add (plan, kind, description);

    vy_step_record_set (record, "uuid", uuid);
    vy_step_record_set (record, "name", name);
    return record;
}

static char *
describe (const VyNetworkSettings *settings)
{
    const char *mode = vy_network_mode_to_string (settings->mode);

    if (settings->subnet)
        return g_strdup_printf (_ ("define network '%s' (%s, %s, bridge %s)"),
                                settings->name, mode, settings->subnet,
                                settings->bridge ? settings->bridge : "-");
    return g_strdup_printf (_ ("define network '%s' (%s %s)"), settings->name, mode,
                            settings->mode == VY_NETWORK_MACVTAP ? settings->device
                                                                 : settings->bridge);
}

gboolean
vy_network_add_create (VyPlan *plan, G_GNUC_UNUSED virConnectPtr conn,
                       const VyNetworkSettings *settings, GError **error)
{
    g_autofree char *xml = vy_network_settings_to_xml (settings, error);
    g_autofree char *description = NULL;
    VyStepRecord *record;

    if (!xml)
        return FALSE;
    if (settings->uplink) {
        VyHostBridge bridge = { settings->root, settings->bridge, settings->uplink };

        if (!vy_hostbridge_add (plan, &bridge, error))
            return FALSE;
    }
    description = describe (settings);
    record = vy_plan_add (plan, &vy_step_network_define, description);
    vy_step_record_set (record, "uuid", settings->uuid);
    vy_step_record_set (record, "name", settings->name);
    vy_step_record_set (record, "xml", xml);
    if (settings->start)
        add_step (plan, &vy_step_network_start, settings->uuid, _ ("start network '%s'"),
                  settings->name);
    if (settings->autostart)
        add_step (plan, &vy_step_network_autostart, settings->uuid,
                  _ ("start network '%s' with the host"), settings->name);
    return TRUE;
}

static VyPlan *
new_plan (virConnectPtr conn, const char *format, const char *name)
{
    g_autofree char *title = g_strdup_printf (format, name);
    char *uri = virConnectGetURI (conn);
    VyPlan *plan = vy_plan_new (title, uri, conn);

    free (uri);
    return plan;
}

VyPlan *
vy_network_plan_create (virConnectPtr conn, const VyNetworkSettings *settings,
                        GError **error)
{
    g_autoptr (VyPlan) plan = new_plan (conn, _ ("create network '%s'"), settings->name);

    if (!vy_network_add_create (plan, conn, settings, error))
        return NULL;
    return g_steal_pointer (&plan);
}

/* Whether an interface of the domain refers to the network. */
static gboolean
domain_refers (virDomainPtr domain, const char *network)
{
    char *xml = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("domain"), NULL) : NULL;
    g_autoptr (GPtrArray) sources = NULL;

    free (xml);
    if (!doc)
        return FALSE;
    sources = vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface/source");
    for (guint i = 0; i < sources->len; i++)
        if (vy_xml_is (g_ptr_array_index (sources, i), "@network", network))
            return TRUE;
    return FALSE;
}

static gboolean
check_unused (virConnectPtr conn, const char *name, GError **error)
{
    g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *list = NULL;
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (conn, &domains, 0);

    if (n < 0)
        return vy_throw_libvirt (error, _ ("cannot list the domains"));
    for (int i = 0; i < n; i++) {
        if (domain_refers (domains[i], name))
            g_ptr_array_add (users,
                             g_strdup_printf ("'%s'", virDomainGetName (domains[i])));
        virDomainFree (domains[i]);
    }
    free (domains);
    if (users->len == 0)
        return TRUE;
    g_ptr_array_add (users, NULL);
    list = g_strjoinv (", ", (char **) users->pdata);
    vy_throw (error, VY_ERROR_STATE, _ ("network '%s' is used by %s %s"), name,
              users->len == 2 ? _ ("domain") : _ ("domains"), list);
    vy_error_set_hint (error, _ ("use --force to delete it all the same"));
    return FALSE;
}

VyPlan *
vy_network_plan_delete (virConnectPtr conn, const char *name, gboolean force,
                        GError **error)
{
    g_autoptr (virNetwork) network = vy_network_lookup (conn, name, error);
    g_autoptr (VyPlan) plan = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!network || virNetworkGetUUIDString (network, uuid) < 0)
        return NULL;
    name = virNetworkGetName (network);
    if (!force && !check_unused (conn, name, error))
        return NULL;
    plan = new_plan (conn, _ ("delete network '%s'"), name);
    if (virNetworkIsActive (network) == 1)
        add_step (plan, &vy_step_network_stop, uuid, _ ("stop network '%s'"), name);
    if (virNetworkIsPersistent (network) == 1)
        add_step (plan, &vy_step_network_undefine, uuid, _ ("undefine network '%s'"),
                  name);
    return g_steal_pointer (&plan);
}
