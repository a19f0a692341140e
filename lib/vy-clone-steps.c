/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps of clones: devices that are filled, domains that make way. */
#include "vy-clone-private.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

#include "vy-image-private.h"
#include "vy-process.h"

/* ---- devices ------------------------------------------------------------------------
 */

static gboolean
apply_fill (G_GNUC_UNUSED gpointer context, VyStepRecord *record,
            GCancellable *cancellable, GError **error)
{
    g_auto (GStrv) argv = g_strsplit (vy_step_record_get (record, "argv"), "\n", -1);

    if (vy_process_watch ((const char *const *) argv, vy_image_on_progress, record,
                          cancellable, error))
        return TRUE;
    g_prefix_error (error, _ ("cannot fill '%s': "), vy_step_record_get (record, "path"));
    return FALSE;
}

/* What was on a device cannot be brought back. */
const VyStepKind vy_step_block_fill = { "block-fill", apply_fill, NULL };

/* ---- a domain that makes way --------------------------------------------------------
 */

static gboolean
throw_replace (GError **error, const char *format, const VyStepRecord *record)
{
    return vy_throw_libvirt (error, format, vy_step_record_get (record, "name"));
}

/* What is needed to bring it back; secrets stay out of the journal. */
static gboolean
note_domain (virDomainPtr domain, VyStepRecord *record, GError **error)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    char *plain = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
    int autostart = 0;
    int persistent = virDomainIsPersistent (domain);
    int active = virDomainIsActive (domain);

    if (!plain || persistent < 0 || active < 0 ||
        virDomainGetUUIDString (domain, uuid) < 0) {
        free (plain);
        return throw_replace (error, _ ("cannot read domain '%s'"), record);
    }
    virDomainGetAutostart (domain, &autostart);
    vy_step_record_set (record, "xml", plain);
    vy_step_record_set (record, "uuid", uuid);
    vy_step_record_set (record, "autostart", autostart ? "yes" : NULL);
    vy_step_record_set (record, "active", active ? "yes" : NULL);
    vy_step_record_set (record, "persistent", persistent ? "yes" : NULL);
    vy_step_record_set (record, "begun", "yes");
    free (plain);
    return TRUE;
}

static gboolean
remove_domain (virDomainPtr domain, const VyStepRecord *record, GError **error)
{
    /* drivers refuse flags that they do not know; what they stand for is kept */
    static const unsigned tries[] = { VIR_DOMAIN_UNDEFINE_KEEP_NVRAM, 0 };

    if (vy_step_record_get (record, "active") && virDomainDestroy (domain) < 0)
        return throw_replace (error, _ ("cannot stop domain '%s'"), record);
    if (!vy_step_record_get (record, "persistent"))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
        if (virDomainUndefineFlags (domain, tries[i]) == 0)
            return TRUE;
    return throw_replace (error, _ ("cannot undefine domain '%s'"), record);
}

static gboolean
bring_back (virConnectPtr conn, const VyStepRecord *record, GError **error)
{
    const char *uuid = vy_step_record_get (record, "uuid");
    const char *secret = vy_step_record_get_object (record);
    const char *xml = secret ? secret : vy_step_record_get (record, "xml");
    gboolean active = vy_step_record_get (record, "active") != NULL;
    g_autoptr (virDomain) domain = virDomainLookupByUUIDString (conn, uuid);

    if (!domain && vy_step_record_get (record, "persistent"))
        domain = virDomainDefineXML (conn, xml);
    else if (!domain)
        domain = virDomainCreateXML (conn, xml, 0);
    if (!domain)
        return throw_replace (error, _ ("cannot bring domain '%s' back"), record);
    if (vy_step_record_get (record, "autostart"))
        virDomainSetAutostart (domain, 1);
    if (active && virDomainIsActive (domain) == 0 && virDomainCreate (domain) < 0)
        return throw_replace (error, _ ("cannot start domain '%s' again"), record);
    return TRUE;
}

static gboolean
undo_replace (gpointer context, const VyStepRecord *record, GError **error)
{
    return !vy_step_record_get (record, "begun") || bring_back (context, record, error);
}

static gboolean
apply_replace (gpointer context, VyStepRecord *record,
               G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
    g_autoptr (virDomain) domain =
        virDomainLookupByName (context, vy_step_record_get (record, "name"));

    if (!domain && virGetLastErrorCode () == VIR_ERR_NO_DOMAIN)
        return TRUE; /* it went by itself */
    if (!domain || !note_domain (domain, record, error))
        return domain ? FALSE : throw_replace (error, _ ("cannot find '%s'"), record);
    if (remove_domain (domain, record, error))
        return TRUE;
    bring_back (context, record, NULL);
    return FALSE;
}

const VyStepKind vy_step_domain_replace = { "domain-replace", apply_replace,
                                            undo_replace };
