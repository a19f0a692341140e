/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change a domain which is there: its definition, its devices, its start. */
#include "vy-definition-private.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"

static virDomainPtr
find_domain (virConnectPtr conn, const VyStepRecord *record)
{
    return virDomainLookupByUUIDString (conn, vy_step_record_get (record, "uuid"));
}

static gboolean
throw_domain (GError **error, const char *format, const VyStepRecord *record)
{
    return vy_throw_libvirt (error, format, vy_step_record_get (record, "name"));
}

/* For undo: a domain that is gone has nothing left to undo. */
static gboolean
find_begun (virConnectPtr conn, const VyStepRecord *record, virDomainPtr *domain,
            GError **error)
{
    *domain = NULL;
    if (!vy_step_record_get (record, "begun"))
        return TRUE;
    *domain = find_domain (conn, record);
    return *domain || virGetLastErrorCode () == VIR_ERR_NO_DOMAIN ||
           throw_domain (error, _ ("cannot find domain '%s'"), record);
}

/* ---- the definition -----------------------------------------------------------------
 */

/* What a step has in this process only: both documents with their secrets. */
typedef struct {
    char *before;
    char *after;
} Documents;

static void
documents_free (gpointer data)
{
    Documents *documents = data;

    free (documents->before);
    g_free (documents->after);
    g_free (documents);
}

static gboolean
apply_redefine (gpointer context, VyStepRecord *record,
                G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    Documents *documents = vy_step_record_get_object (record);
    g_autoptr (virDomain) before = find_domain (context, record);
    g_autoptr (virDomain) after = NULL;
    char *plain;

    if (!before)
        return throw_domain (error, _ ("cannot find domain '%s'"), record);
    plain = virDomainGetXMLDesc (before, VIR_DOMAIN_XML_INACTIVE);
    documents->before =
        virDomainGetXMLDesc (before, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
    vy_step_record_set (record, "xml", plain);
    vy_step_record_set (record, "begun", plain ? "yes" : NULL);
    free (plain);
    after = virDomainDefineXML (context, documents->after);
    if (!after)
        return throw_domain (error, _ ("cannot define domain '%s'"), record);
    if (vy_step_record_get (record, "autostart") && virDomainSetAutostart (after, 1) < 0)
        return throw_domain (error, _ ("cannot set the autostart of domain '%s'"),
                             record);
    return TRUE;
}

static gboolean
undo_redefine (gpointer context, const VyStepRecord *record, GError **error)
{
    const Documents *documents = vy_step_record_get_object (record);
    const char *xml = documents && documents->before ? documents->before
                                                     : vy_step_record_get (record, "xml");
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (virDomain) again = NULL;

    if (!find_begun (context, record, &domain, error))
        return FALSE;
    if (!domain)
        return TRUE;
    again = virDomainDefineXML (context, xml);
    return again ||
           throw_domain (error, _ ("cannot bring back the definition of domain '%s'"),
                         record);
}

const VyStepKind vy_step_domain_redefine = { "domain-redefine", apply_redefine,
                                             undo_redefine };

/* ---- devices ------------------------------------------------------------------------
 */

/* How many devices of this kind the running domain has: -1 when that cannot be known. */
static int
count_devices (virDomainPtr domain, const VyStepRecord *record)
{
    char *text = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "", NULL) : NULL;
    g_autofree char *path =
        g_strconcat ("devices/", vy_step_record_get (record, "element"), NULL);
    g_autoptr (GPtrArray) all =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), path) : NULL;

    free (text);
    return all ? (int) all->len : -1;
}

typedef int (*DeviceCall) (virDomainPtr domain, const char *xml, unsigned flags);

static gboolean
apply_device (virConnectPtr conn, VyStepRecord *record, DeviceCall call, const char *xml,
              GError **error)
{
    g_autoptr (virDomain) domain = find_domain (conn, record);
    g_autofree char *before =
        g_strdup_printf ("%d", domain ? count_devices (domain, record) : -1);

    vy_step_record_set (record, "count", before);
    vy_step_record_set (record, "begun", "yes");
    if (domain && call (domain, xml, VIR_DOMAIN_AFFECT_LIVE) == 0)
        return TRUE;
    throw_domain (error, _ ("cannot change the running domain '%s'"), record);
    vy_step_record_set (record, "begun", NULL);
    return FALSE;
}

/* @change: how the number of devices tells that the step was done; 0: nothing tells it */
static gboolean
undo_device (virConnectPtr conn, const VyStepRecord *record, DeviceCall call,
             const char *xml, int change, GError **error)
{
    const char *before = vy_step_record_get (record, "count");
    g_autoptr (virDomain) domain = NULL;

    if (!find_begun (conn, record, &domain, error))
        return FALSE;
    if (!domain || virDomainIsActive (domain) == 0)
        return TRUE;
    if (change && before && count_devices (domain, record) != atoi (before) + change)
        return TRUE;
    return call (domain, xml, VIR_DOMAIN_AFFECT_LIVE) == 0 ||
           throw_domain (error, _ ("cannot undo the change of the running domain '%s'"),
                         record);
}

static gboolean
apply_attach (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return apply_device (context, record, virDomainAttachDeviceFlags,
                         vy_step_record_get (record, "device"), error);
}

static gboolean
undo_attach (gpointer context, const VyStepRecord *record, GError **error)
{
    return undo_device (context, record, virDomainDetachDeviceFlags,
                        vy_step_record_get (record, "device"), 1, error);
}

const VyStepKind vy_step_device_attach = { "device-attach", apply_attach, undo_attach };

static gboolean
apply_detach (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    return apply_device (context, record, virDomainDetachDeviceFlags,
                         vy_step_record_get (record, "device"), error);
}

static gboolean
undo_detach (gpointer context, const VyStepRecord *record, GError **error)
{
    return undo_device (context, record, virDomainAttachDeviceFlags,
                        vy_step_record_get (record, "device"), -1, error);
}

const VyStepKind vy_step_device_detach = { "device-detach", apply_detach, undo_detach };

static gboolean
apply_update (gpointer context, VyStepRecord *record,
              G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    const Documents *documents = vy_step_record_get_object (record);

    return apply_device (context, record, virDomainUpdateDeviceFlags, documents->after,
                         error);
}

/* Another process has no secrets: a device that may have one stays as it runs. */
static gboolean
undo_update (gpointer context, const VyStepRecord *record, GError **error)
{
    const Documents *documents = vy_step_record_get_object (record);
    const char *xml =
        documents ? documents->before : vy_step_record_get (record, "device");

    return !xml ||
           undo_device (context, record, virDomainUpdateDeviceFlags, xml, 0, error);
}

const VyStepKind vy_step_device_update = { "device-update", apply_update, undo_update };

/* ---- the start ----------------------------------------------------------------------
 */

static gboolean
apply_start (gpointer context, VyStepRecord *record,
             G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virDomain) domain = find_domain (context, record);

    vy_step_record_set (record, "begun", "yes");
    if (domain && virDomainCreate (domain) == 0)
        return TRUE;
    throw_domain (error, _ ("cannot start domain '%s'"), record);
    vy_step_record_set (record, "begun", NULL);
    return FALSE;
}

static gboolean
undo_start (gpointer context, const VyStepRecord *record, GError **error)
{
    g_autoptr (virDomain) domain = NULL;

    if (!find_begun (context, record, &domain, error))
        return FALSE;
    return !domain || virDomainIsActive (domain) == 0 || virDomainDestroy (domain) == 0 ||
           throw_domain (error, _ ("cannot stop domain '%s'"), record);
}

const VyStepKind vy_step_domain_start = { "domain-start", apply_start, undo_start };

/* ---- the plan -----------------------------------------------------------------------
 */

static VyStepRecord *
add_step (VyPlan *plan, xmlNode *domain, const VyStepKind *kind, const char *format)
{
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *uuid = vy_xml_get (domain, "uuid");
    g_autofree char *description = g_strdup_printf (format, name);
    VyStepRecord *record = vy_plan_add (plan, kind, description);

    vy_step_record_set (record, "name", name);
    vy_step_record_set (record, "uuid", uuid);
    return record;
}

static VyStepRecord *
add_device_step (VyPlan *plan, xmlNode *domain, const VyStepKind *kind,
                 const char *format, xmlNode *device)
{
    VyStepRecord *record = add_step (plan, domain, kind, format);

    vy_step_record_set (record, "element", (const char *) device->name);
    return record;
}

void
vy_definition_add_attach (VyPlan *plan, xmlNode *domain, xmlNode *device)
{
    g_autofree char *xml = vy_xml_to_string (device);

    vy_step_record_set (add_device_step (plan, domain, &vy_step_device_attach,
                                         _ ("add the device to the running domain '%s'"),
                                         device),
                        "device", xml);
}

void
vy_definition_add_detach (VyPlan *plan, xmlNode *domain, xmlNode *device)
{
    g_autofree char *xml = vy_xml_to_string (device);

    vy_step_record_set (
        add_device_step (plan, domain, &vy_step_device_detach,
                         _ ("take the device from the running domain '%s'"), device),
        "device", xml);
}

void
vy_definition_add_update (VyPlan *plan, xmlNode *domain, xmlNode *before, xmlNode *device)
{
    Documents *documents = g_new0 (Documents, 1);
    g_autofree char *xml = vy_xml_to_string (before);
    VyStepRecord *record =
        add_device_step (plan, domain, &vy_step_device_update,
                         _ ("change the device of the running domain '%s'"), device);

    documents->before = strdup (xml);
    documents->after = vy_xml_to_string (device);
    vy_plan_add_object (plan, record, documents, documents_free);
    if (!xmlStrEqual (device->name, BAD_CAST "graphics"))
        vy_step_record_set (record, "device", xml);
}

VyStepRecord *
vy_definition_add_redefine (VyPlan *plan, xmlNode *domain)
{
    Documents *documents = g_new0 (Documents, 1);
    VyStepRecord *record = add_step (plan, domain, &vy_step_domain_redefine,
                                     _ ("change the definition of domain '%s'"));

    documents->after = vy_xml_to_string (domain);
    vy_plan_add_object (plan, record, documents, documents_free);
    return record;
}

void
vy_definition_add_start (VyPlan *plan, xmlNode *domain)
{
    add_step (plan, domain, &vy_step_domain_start, _ ("start domain '%s'"));
}
