/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking up what a command names; states in words; documents. */
#include "object.h"

#include <errno.h>
#include <fcntl.h>
#include <libxml/xpath.h>
#include <unistd.h>

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
    if ((by & VIRSH_BY_ID) && vy_number_parse (name, G_MAXINT, &id, NULL)) {
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
    if (!domain && virGetLastErrorCode () == VIR_ERR_NO_DOMAIN)
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

char *
virsh_read_bytes (const char *path, gsize max, gsize *length, GError **error)
{
    g_autoptr (GByteArray) bytes = g_byte_array_sized_new (4096 + 1);
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    guchar part[4096];
    ssize_t n = fd;

    while (fd >= 0 && bytes->len <= max && (n = read (fd, part, sizeof part)) > 0)
        g_byte_array_append (bytes, part, (guint) n);
    explicit_bzero (part, sizeof part);
    if (n < 0)
        vy_throw_errno (error, errno,
                        fd < 0 ? _ ("Failed to open file '%s'")
                               : _ ("Failed to read file '%s'"),
                        path);
    else if (bytes->len > max)
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is larger than %zu bytes"), path,
                  max);
    if (fd >= 0)
        close (fd);
    if (n < 0 || bytes->len > max)
        return NULL;
    *length = bytes->len;
    g_byte_array_append (bytes, (const guchar *) "", 1);
    return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

char *
virsh_read_file (const char *path, GError **error)
{
    gsize length;

    return virsh_read_bytes (path, VIRSH_FILE_MAX, &length, error);
}

const char *
virsh_domain_state (int state)
{
    static const char *const names[] = { N_ ("no state"),    N_ ("running"),
                                         N_ ("idle"),        N_ ("paused"),
                                         N_ ("in shutdown"), N_ ("shut off"),
                                         N_ ("crashed"),     N_ ("pmsuspended") };

    return state >= 0 && state < (int) G_N_ELEMENTS (names) ? _ (names[state])
                                                            : _ ("no state");
}

const char *
virsh_domain_reason (int state, int reason)
{
    static const char *const running[] = {
        "unknown",       "booted",   "migrated",           "restored",
        "from snapshot", "unpaused", "migration canceled", "save canceled",
        "event wakeup",  "crashed",  "post-copy",          "post-copy failed"
    };
    static const char *const paused[] = { "unknown",       "user",
                                          "migrating",     "saving",
                                          "dumping",       "I/O error",
                                          "watchdog",      "from snapshot",
                                          "shutting down", "creating snapshot",
                                          "crashed",       "starting up",
                                          "post-copy",     "post-copy failed",
                                          "api error" };
    static const char *const shutdown[] = { "unknown", "user" };
    static const char *const shutoff[] = { "unknown", "shutdown",      "destroyed",
                                           "crashed", "migrated",      "saved",
                                           "failed",  "from snapshot", "daemon" };
    static const char *const crashed[] = { "unknown", "panicked" };
    static const struct {
        const char *const *names;
        int n;
    } reasons[] = { [VIR_DOMAIN_RUNNING] = { running, G_N_ELEMENTS (running) },
                    [VIR_DOMAIN_PAUSED] = { paused, G_N_ELEMENTS (paused) },
                    [VIR_DOMAIN_SHUTDOWN] = { shutdown, G_N_ELEMENTS (shutdown) },
                    [VIR_DOMAIN_SHUTOFF] = { shutoff, G_N_ELEMENTS (shutoff) },
                    [VIR_DOMAIN_CRASHED] = { crashed, G_N_ELEMENTS (crashed) } };

    if (state < 0 || state >= (int) G_N_ELEMENTS (reasons) || reason < 0 ||
        reason >= reasons[state].n)
        return "unknown";
    return reasons[state].names[reason];
}

/* ---- documents
 * --------------------------------------------------------------------------- */

/* @nodes: (nullable): nothing was found, which is no failure */
static void
print_nodes (Cli *cli, xmlNodeSet *nodes, gboolean wrap)
{
    g_autoptr (xmlDoc) outer = vy_xml_new ("nodes");

    for (int i = 0; nodes && i < nodes->nodeNr; i++) {
        if (wrap) {
            xmlAddChild (xmlDocGetRootElement (outer),
                         xmlDocCopyNode (nodes->nodeTab[i], outer, 1));
        } else {
            g_autofree char *text = vy_xml_to_text (nodes->nodeTab[i]);

            cli_print (cli, "%s\n", text);
        }
    }
    if (wrap) {
        g_autofree char *text = vy_xml_to_text (xmlDocGetRootElement (outer));

        cli_print (cli, "%s\n", text);
    }
}

gboolean
virsh_print_xml (Cli *cli, const char *xml, const char *xpath, gboolean wrap,
                 GError **error)
{
    g_autoptr (xmlDoc) doc = NULL;
    xmlXPathContext *context;
    xmlXPathObject *found;
    gboolean ok;

    if (!xpath) {
        cli_print (cli, "%s", xml);
        return TRUE;
    }
    doc = xmlReadMemory (xml, (int) strlen (xml), NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    if (!doc)
        return vy_throw (error, VY_ERROR_INVALID, _ ("cannot read the XML"));
    context = xmlXPathNewContext (doc);
    context->node = xmlDocGetRootElement (doc);
    found = xmlXPathEval (BAD_CAST xpath, context);
    ok =
        !found || found->type == XPATH_NODESET; /* libxml2 has said what it cannot read */
    if (!ok)
        vy_throw (error, VY_ERROR_INVALID, _ ("the xpath '%s' finds no nodes"), xpath);
    else if (found && (wrap || (found->nodesetval && found->nodesetval->nodeNr > 0)))
        print_nodes (cli, found->nodesetval, wrap);
    xmlXPathFreeObject (found);
    xmlXPathFreeContext (context);
    return ok;
}
