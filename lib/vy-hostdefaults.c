/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The network and the storage pool that are called default. */
#include <string.h>

#include "vy-hostprepare-private.h"
#include "vy-i18n-private.h"

static const char network_xml[] =
    "<network><name>default</name><uuid>%s</uuid><forward mode='nat'/>"
    "<bridge name='virbr0' stp='on' delay='0'/>"
    "<ip address='192.168.122.1' netmask='255.255.255.0'>"
    "<dhcp><range start='192.168.122.2' "
    "end='192.168.122.254'/></dhcp></ip></network>";

static const char pool_xml[] =
    "<pool type='dir'><name>default</name><uuid>%s</uuid><target>"
    "<path>/var/lib/libvirt/images</path>"
    "<permissions><mode>0711</mode></permissions></target></pool>";

static virConnectPtr
open_connection (gpointer context, GError **error)
{
    const VyPrepare *prepare = context;

    if (prepare && prepare->open)
        return prepare->open (prepare->open_data, error);
    vy_throw (error, VY_ERROR_NO_CONNECTION, _ ("there is no connection to libvirt"));
    return NULL;
}

/* The document of a new object, whose UUID is in the journal before it is made. */
static char *
new_document (VyStepRecord *record, const char *format)
{
    g_autofree char *uuid = g_uuid_string_random ();

    vy_step_record_set (record, "uuid", uuid);
    vy_step_record_set (record, "defined", "yes");
    return g_strdup_printf (format, uuid);
}

/* Whether an object is the one that the step made. */
static gboolean
is_own (const VyStepRecord *record, const char *uuid)
{
    return vy_step_record_get (record, "defined") &&
           g_strcmp0 (uuid, vy_step_record_get (record, "uuid")) == 0;
}

/* Notes what this step does before it does it, so that only that is taken back. */
static gboolean
apply_network (gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    virConnectPtr conn = open_connection (context, error);
    virNetworkPtr network = conn ? virNetworkLookupByName (conn, "default") : NULL;
    gboolean done;

    if (!conn)
        return FALSE;
    if (!network) {
        g_autofree char *xml = new_document (record, network_xml);

        network = virNetworkDefineXML (conn, xml);
    }
    if (!network)
        return vy_throw_libvirt (error, _ ("cannot define the network 'default'"));
    if (virNetworkIsActive (network) == 0)
        vy_step_record_set (record, "started", "yes");
    done = (virNetworkIsActive (network) == 1 || virNetworkCreate (network) == 0) &&
           virNetworkSetAutostart (network, 1) == 0;
    if (!done)
        vy_throw_libvirt (error, _ ("cannot start the network 'default'"));
    virNetworkFree (network);
    return done;
}

static gboolean
undo_network (gpointer context, const VyStepRecord *record, GError **error)
{
    virConnectPtr conn = open_connection (context, error);
    virNetworkPtr network = conn ? virNetworkLookupByName (conn, "default") : NULL;
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    gboolean own;

    if (!conn)
        return FALSE;
    if (!network)
        return TRUE;
    virNetworkGetUUIDString (network, uuid);
    own = is_own (record, uuid);
    if ((own || !vy_step_record_get (record, "defined")) &&
        vy_step_record_get (record, "started") && virNetworkIsActive (network) == 1)
        virNetworkDestroy (network);
    if (own)
        virNetworkUndefine (network);
    virNetworkFree (network);
    return TRUE;
}

const VyStepKind vy_step_default_network = { "default-network", apply_network,
                                             undo_network };

static gboolean
apply_pool (gpointer context, VyStepRecord *record,
            G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    virConnectPtr conn = open_connection (context, error);
    virStoragePoolPtr pool = conn ? virStoragePoolLookupByName (conn, "default") : NULL;
    gboolean done;

    if (!conn)
        return FALSE;
    if (!pool) {
        g_autofree char *xml = new_document (record, pool_xml);

        pool = virStoragePoolDefineXML (conn, xml, 0);
        if (pool)
            virStoragePoolBuild (pool, 0); /* the directory may be there already */
    }
    if (!pool)
        return vy_throw_libvirt (error, _ ("cannot define the storage pool 'default'"));
    if (virStoragePoolIsActive (pool) == 0)
        vy_step_record_set (record, "started", "yes");
    done = (virStoragePoolIsActive (pool) == 1 || virStoragePoolCreate (pool, 0) == 0) &&
           virStoragePoolSetAutostart (pool, 1) == 0;
    if (!done)
        vy_throw_libvirt (error, _ ("cannot start the storage pool 'default'"));
    virStoragePoolFree (pool);
    return done;
}

static gboolean
undo_pool (gpointer context, const VyStepRecord *record, GError **error)
{
    virConnectPtr conn = open_connection (context, error);
    virStoragePoolPtr pool = conn ? virStoragePoolLookupByName (conn, "default") : NULL;
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    gboolean own;

    if (!conn)
        return FALSE;
    if (!pool)
        return TRUE;
    virStoragePoolGetUUIDString (pool, uuid);
    own = is_own (record, uuid);
    if ((own || !vy_step_record_get (record, "defined")) &&
        vy_step_record_get (record, "started") && virStoragePoolIsActive (pool) == 1)
        virStoragePoolDestroy (pool);
    if (own)
        virStoragePoolUndefine (pool);
    virStoragePoolFree (pool);
    return TRUE;
}

const VyStepKind vy_step_default_pool = { "default-pool", apply_pool, undo_pool };

gboolean
vy_prepare_add_network (VyPlan *plan, G_GNUC_UNUSED const VyPrepare *prepare,
                        G_GNUC_UNUSED GError **error)
{
    vy_plan_add (plan, &vy_step_default_network,
                 _ ("have the network 'default' active and started at boot"));
    return TRUE;
}

gboolean
vy_prepare_add_pool (VyPlan *plan, G_GNUC_UNUSED const VyPrepare *prepare,
                     G_GNUC_UNUSED GError **error)
{
    vy_plan_add (plan, &vy_step_default_pool,
                 _ ("have the storage pool 'default' active and started at boot"));
    return TRUE;
}
