/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change networks. Each undo finds its network by UUID. */
#include "vy-network-steps-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"

static virNetworkPtr
find (gpointer context, const VyStepRecord *record, GError **error)
{
    const char *uuid = vy_step_record_get (record, "uuid");
    virNetworkPtr network = uuid ? virNetworkLookupByUUIDString (context, uuid) : NULL;

    if (!network)
        vy_throw_libvirt (error, _ ("cannot find network '%s'"),
                          vy_step_record_get (record, "name"));
    return network;
}

/* For undo: gone is as good as undone. */
static gboolean
find_for_undo (gpointer context, const VyStepRecord *record, virNetworkPtr *network,
               GError **error)
{
    g_autoptr (GError) local = NULL;

    *network = find (context, record, &local);
    if (*network || g_error_matches (local, VY_ERROR, VY_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
}

/* Asking the handle for its name would forget libvirt's error: the record has it. */
static gboolean
throw_network (GError **error, const char *format, const VyStepRecord *record)
{
    return vy_throw_libvirt (error, format, vy_step_record_get (record, "name"));
}

static gboolean
apply_define (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virNetwork) network =
        virNetworkDefineXML (context, vy_step_record_get (record, "xml"));

    return network || vy_throw_libvirt (error, _ ("cannot define network '%s'"),
                                        vy_step_record_get (record, "name"));
}

static gboolean
undo_define (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virNetwork) network = NULL;

    if (!find_for_undo (context, record, &network, error))
        return FALSE;
    if (!network || virNetworkIsPersistent (network) == 0 ||
        virNetworkUndefine (network) == 0)
        return TRUE;
    return throw_network (error, _ ("cannot undefine network '%s'"), record);
}

const VyStepKind vy_step_network_define = { "network-define", apply_define, undo_define };

static gboolean
apply_start (gpointer context, VyStepRecord *record,
             G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virNetwork) network = find (context, record, error);

    if (!network)
        return FALSE;
    if (virNetworkIsActive (network) == 1)
        return TRUE;
    vy_step_record_set (record, "started", "yes");
    return virNetworkCreate (network) == 0 ||
           throw_network (error, _ ("cannot start network '%s'"), record);
}

static gboolean
undo_start (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virNetwork) network = NULL;

    if (!vy_step_record_get (record, "started"))
        return TRUE;
    if (!find_for_undo (context, record, &network, error))
        return FALSE;
    if (!network || virNetworkIsActive (network) == 0 || virNetworkDestroy (network) == 0)
        return TRUE;
    return throw_network (error, _ ("cannot stop network '%s'"), record);
}

const VyStepKind vy_step_network_start = { "network-start", apply_start, undo_start };

static gboolean
apply_autostart (gpointer context, VyStepRecord *record,
                 G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virNetwork) network = find (context, record, error);
    int before = 0;

    if (!network)
        return FALSE;
    if (virNetworkGetAutostart (network, &before) == 0 && before)
        return TRUE;
    vy_step_record_set (record, "set", "yes");
    return virNetworkSetAutostart (network, 1) == 0 ||
           throw_network (error, _ ("cannot set the autostart of network '%s'"), record);
}

static gboolean
undo_autostart (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virNetwork) network = NULL;

    if (!vy_step_record_get (record, "set"))
        return TRUE;
    if (!find_for_undo (context, record, &network, error))
        return FALSE;
    if (!network || virNetworkSetAutostart (network, 0) == 0)
        return TRUE;
    return throw_network (error, _ ("cannot unset the autostart of network '%s'"),
                          record);
}

const VyStepKind vy_step_network_autostart = { "network-autostart", apply_autostart,
                                               undo_autostart };

/* Keeps the document, so that undo can make the network again. */
static gboolean
remember_xml (virNetworkPtr network, VyStepRecord *record, unsigned flags, GError **error)
{
    char *xml = virNetworkGetXMLDesc (network, flags);

    if (!xml && flags) /* not every driver knows them */
        xml = virNetworkGetXMLDesc (network, 0);
    if (!xml)
        return throw_network (error, _ ("cannot read network '%s'"), record);
    vy_step_record_set (record, "xml", xml);
    free (xml);
    return TRUE;
}

static gboolean
apply_stop (gpointer context, VyStepRecord *record,
            G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virNetwork) network = find (context, record, error);

    if (!network)
        return FALSE;
    if (virNetworkIsPersistent (network) == 0 &&
        !remember_xml (network, record, 0, error))
        return FALSE;
    vy_step_record_set (record, "stopped", "yes");
    return virNetworkDestroy (network) == 0 ||
           throw_network (error, _ ("cannot stop network '%s'"), record);
}

static gboolean
undo_stop (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virNetwork) network = NULL;
    const char *xml = vy_step_record_get (record, "xml");

    if (!vy_step_record_get (record, "stopped"))
        return TRUE;
    if (!find_for_undo (context, record, &network, error))
        return FALSE;
    if (!network && xml)
        network = virNetworkCreateXML (context, xml);
    if (network && (virNetworkIsActive (network) == 1 || virNetworkCreate (network) == 0))
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot start network '%s' again"),
                             vy_step_record_get (record, "name"));
}

const VyStepKind vy_step_network_stop = { "network-stop", apply_stop, undo_stop };

static gboolean
apply_undefine (gpointer context, VyStepRecord *record,
                G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virNetwork) network = find (context, record, error);
    int autostart = 0;

    if (!network || !remember_xml (network, record, VIR_NETWORK_XML_INACTIVE, error))
        return FALSE;
    if (virNetworkGetAutostart (network, &autostart) == 0 && autostart)
        vy_step_record_set (record, "autostart", "yes");
    return virNetworkUndefine (network) == 0 ||
           throw_network (error, _ ("cannot undefine network '%s'"), record);
}

static gboolean
undo_undefine (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virNetwork) network = NULL;
    const char *xml = vy_step_record_get (record, "xml");

    if (!xml)
        return TRUE;
    network = virNetworkDefineXML (context, xml);
    if (network && (!vy_step_record_get (record, "autostart") ||
                    virNetworkSetAutostart (network, 1) == 0))
        return TRUE;
    return vy_throw_libvirt (error, _ ("cannot define network '%s' again"),
                             vy_step_record_get (record, "name"));
}

const VyStepKind vy_step_network_undefine = { "network-undefine", apply_undefine,
                                              undo_undefine };
