/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking up what a command names; failures that are kept until they are told. */
#include "object.h"

static virErrorPtr kept;

void
virsh_keep_failure (void)
{
    g_clear_pointer (&kept, virFreeError);
    /* without an error libvirt's copy is not initialised */
    if (virGetLastErrorCode () != VIR_ERR_OK)
        kept = virSaveLastError ();
}

gboolean
virsh_has_kept (void)
{
    return kept != NULL;
}

gboolean
virsh_throw_kept (GError **error, char *message)
{
    g_autofree char *text = message;

    vy_throw_saved_libvirt (error, kept, "%s", text);
    g_clear_pointer (&kept, virFreeError);
    return FALSE;
}

/* As C reads a number: white space and a sign may stand before it. */
static gboolean
read_id (const char *name, guint64 *id)
{
    name += strspn (name, " \t\n\v\f\r");
    name += *name == '+';
    return g_ascii_isdigit (*name) &&
           g_ascii_string_to_unsigned (name, 10, 0, G_MAXINT, id, NULL);
}

virDomainPtr
virsh_domain (Cli *cli, const char *name, GError **error)
{
    return virsh_domain_by (cli, name, VIRSH_BY_ID | VIRSH_BY_UUID | VIRSH_BY_NAME,
                            error);
}

virDomainPtr
virsh_domain_by (Cli *cli, const char *name, unsigned by, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    virDomainPtr domain = NULL;
    guint64 id;

    if (!conn)
        return NULL;
    virsh_debug_found (cli, "domain", name);
    if ((by & VIRSH_BY_ID) && read_id (name, &id)) {
        virsh_debug_trying (cli, "domain", "looks like ID");
        domain = virDomainLookupByID (conn, (int) id);
    }
    if (!domain && (by & VIRSH_BY_UUID) && strlen (name) == VIR_UUID_STRING_BUFLEN - 1) {
        virsh_debug_trying (cli, "domain", "trying as domain UUID");
        domain = virDomainLookupByUUIDString (conn, name);
    }
    if (!domain && (by & VIRSH_BY_NAME)) {
        virsh_debug_trying (cli, "domain", "trying as domain NAME");
        domain = virDomainLookupByName (conn, name);
    }
    /* none at all: it was not asked, as no way fits the name */
    if (!domain && (virGetLastErrorCode () == VIR_ERR_NO_DOMAIN ||
                    virGetLastErrorCode () == VIR_ERR_OK))
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("failed to get domain '%s'"), name);
    else if (!domain)
        virsh_fail (error, _ ("failed to get domain '%s'"), name);
    return domain;
}

virNetworkPtr
virsh_network (Cli *cli, const char *name, GError **error)
{
    return virsh_object (cli, &virsh_network_kind, name, error);
}

virStoragePoolPtr
virsh_pool (Cli *cli, const char *name, GError **error)
{
    return virsh_object (cli, &virsh_pool_kind, name, error);
}

/* A path or key leads to a volume of any pool: whether it is one of @pool. */
static gboolean
is_in_pool (virStorageVolPtr volume, virStoragePoolPtr pool)
{
    g_autoptr (virStoragePool) its = virStoragePoolLookupByVolume (volume);
    char one[VIR_UUID_STRING_BUFLEN] = "", other[VIR_UUID_STRING_BUFLEN] = "";

    return its && virStoragePoolGetUUIDString (its, one) == 0 &&
           virStoragePoolGetUUIDString (pool, other) == 0 && strcmp (one, other) == 0;
}

virStorageVolPtr
virsh_volume (Cli *cli, const char *name, const char *pool_name, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (virStoragePool) pool = NULL;
    virStorageVolPtr volume = NULL;

    if (!conn || (pool_name && !(pool = virsh_pool (cli, pool_name, error))))
        return NULL;
    if (pool && virStoragePoolIsActive (pool) != 1) {
        vy_throw (error, VY_ERROR_STATE, _ ("pool '%s' is not active"), pool_name);
        return NULL;
    }
    virsh_debug_found (cli, "vol", name);
    if (pool)
        virsh_debug_trying (cli, "vol", "trying as vol name");
    if (pool && (volume = virStorageVolLookupByName (pool, name)))
        return volume;
    virsh_debug_trying (cli, "vol", "trying as vol key");
    volume = virStorageVolLookupByKey (conn, name);
    if (!volume) {
        virsh_debug_trying (cli, "vol", "trying as vol path");
        volume = virStorageVolLookupByPath (conn, name);
    }
    if (!volume) {
        virsh_fail (error, _ ("failed to get vol '%s'"), name);
        if (!pool_name)
            vy_error_set_hint (error, _ ("a volume's name needs its pool beside it"));
    } else if (pool && !is_in_pool (volume, pool)) {
        g_clear_pointer (&volume, virStorageVolFree);
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("volume '%s' is not in pool '%s'"), name,
                  pool_name);
    }
    return volume;
}
