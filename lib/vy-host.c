/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host: an open connection and what it can do. */
#include "vy-host.h"

#include <string.h>

#include "vy-host-private.h"
#include "vy-i18n-private.h"
#include "vy-interface-private.h"
#include "vy-libvirt-private.h"
#include "vy-xml.h"

#define VERSION_OF_STAND_IN 10000000000UL

struct _VyHost {
    virConnectPtr conn;
    char *uri;
    VyDriver driver;
    gboolean stand_in;
    gboolean has_stand_in_uri;
    gboolean is_predictable;
    guint counts[VY_COUNT_LAST];
    char *display;
    char *authority;
    xmlDoc *capabilities;
    xmlDoc *domcaps_stand_in;
    GHashTable *domcaps; /* "type arch machine emulator" → xmlDoc */
};

static const struct {
    const char *scheme;
    VyDriver driver;
} schemes[] = {
    { "qemu", VY_DRIVER_QEMU },     { "test", VY_DRIVER_TEST },
    { "xen", VY_DRIVER_XEN },       { "lxc", VY_DRIVER_LXC },
    { "bhyve", VY_DRIVER_BHYVE },   { "vz", VY_DRIVER_VZ },
    { "parallels", VY_DRIVER_VZ },  { "openvz", VY_DRIVER_OPENVZ },
    { "vmware", VY_DRIVER_VMWARE }, { "vmwarews", VY_DRIVER_VMWARE },
    { "esx", VY_DRIVER_VMWARE },    { "vpx", VY_DRIVER_VMWARE },
};

static VyDriver
driver_of_uri (const char *uri)
{
    gsize length = strcspn (uri, "+:");

    for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++) {
        if (strlen (schemes[i].scheme) == length &&
            !g_ascii_strncasecmp (uri, schemes[i].scheme, length))
            return schemes[i].driver;
    }
    return VY_DRIVER_OTHER;
}

static gboolean
load_stand_in (const char *path, xmlDoc **doc, GError **error)
{
    if (!path)
        return TRUE;
    *doc = vy_xml_parse_file (path, error);
    return *doc != NULL;
}

VyHost *
vy_host_new (virConnectPtr conn, const VyHostStandIns *stand_ins, GError **error)
{
    static const VyHostStandIns none = { 0 };
    g_autoptr (VyHost) host = g_new0 (VyHost, 1);
    g_autofree char *own = virConnectGetURI (conn);

    if (!stand_ins)
        stand_ins = &none;
    virConnectRef (conn);
    host->conn = conn;
    host->has_stand_in_uri = stand_ins->uri != NULL;
    host->stand_in =
        stand_ins->uri || stand_ins->capabilities || stand_ins->domcapabilities;
    host->uri = g_strdup (stand_ins->uri ? stand_ins->uri : own ? own : "");
    host->driver = driver_of_uri (host->uri);
    host->domcaps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) xmlFreeDoc);
    if (!load_stand_in (stand_ins->capabilities, &host->capabilities, error) ||
        !load_stand_in (stand_ins->domcapabilities, &host->domcaps_stand_in, error))
        return NULL;
    return g_steal_pointer (&host);
}

void
vy_host_free (VyHost *host)
{
    if (!host)
        return;
    virConnectClose (host->conn);
    g_free (host->uri);
    g_free (host->display);
    g_free (host->authority);
    g_clear_pointer (&host->capabilities, xmlFreeDoc);
    g_clear_pointer (&host->domcaps_stand_in, xmlFreeDoc);
    g_clear_pointer (&host->domcaps, g_hash_table_unref);
    g_free (host);
}

virConnectPtr
vy_host_get_conn (VyHost *host)
{
    return host->conn;
}

const char *
vy_host_get_uri (VyHost *host)
{
    return host->uri;
}

void
vy_host_set_display (VyHost *host, const char *display, const char *authority)
{
    g_free (host->display);
    g_free (host->authority);
    host->display = g_strdup (display);
    host->authority = g_strdup (authority);
}

const char *
vy_host_get_display (VyHost *host, const char **authority)
{
    *authority = host->authority;
    return host->display;
}

void
vy_host_set_predictable (VyHost *host, gboolean is_predictable)
{
    host->is_predictable = is_predictable;
}

gboolean
vy_host_is_predictable (VyHost *host)
{
    return host->is_predictable;
}

guint
vy_host_count (VyHost *host, VyCount what)
{
    return ++host->counts[what];
}

VyDriver
vy_host_get_driver (VyHost *host)
{
    return host->driver;
}

/* "qemu+ssh://host/system": there is a name between "//" and the next slash. */
static gboolean
uri_has_server (const char *uri)
{
    const char *slashes = strstr (uri, "://");

    return slashes && slashes[3] && slashes[3] != '/';
}

gboolean
vy_host_is_remote (VyHost *host)
{
    if (host->has_stand_in_uri || host->driver == VY_DRIVER_TEST)
        return uri_has_server (host->uri);
    return !vy_conn_is_local (host->conn);
}

char *
vy_host_find_bridge (VyHost *host)
{
    g_autofree char *name = NULL;

    if (host->is_predictable || vy_host_is_remote (host))
        return NULL;
    name = vy_interface_find_default ();
    return name && vy_interface_has_ports (name) ? g_steal_pointer (&name) : NULL;
}

gboolean
vy_host_is_session (VyHost *host)
{
    const char *path = strstr (host->uri, "://");

    path = path ? strchr (path + 3, '/') : NULL;
    return path && g_str_has_prefix (path, "/session");
}

gboolean
vy_host_is_stand_in (VyHost *host)
{
    return host->has_stand_in_uri;
}

gboolean
vy_host_has_hypervisor (VyHost *host, unsigned long version)
{
    unsigned long own = 0;

    if (host->has_stand_in_uri)
        return version <= VERSION_OF_STAND_IN;
    return virConnectGetVersion (host->conn, &own) == 0 && own >= version;
}

gboolean
vy_host_has_libvirt (VyHost *host, unsigned long version)
{
    unsigned long own = 0;

    return virConnectGetLibVersion (host->conn, &own) == 0 && own >= version;
}

xmlNode *
vy_host_get_capabilities (VyHost *host)
{
    g_autofree char *text = NULL;

    if (host->capabilities)
        return xmlDocGetRootElement (host->capabilities);
    text = virConnectGetCapabilities (host->conn);
    if (text)
        host->capabilities = vy_xml_parse (text, "capabilities", NULL);
    if (!host->capabilities)
        host->capabilities = vy_xml_new ("capabilities");
    return xmlDocGetRootElement (host->capabilities);
}

/* ---- domain capabilities ------------------------------------------------------------
 */

static xmlDoc *
copy_stand_in (VyHost *host, const char *arch)
{
    xmlDoc *copy = xmlCopyDoc (host->domcaps_stand_in, 1);

    if (arch)
        vy_xml_set (xmlDocGetRootElement (copy), "arch", arch);
    return copy;
}

static xmlDoc *
ask_domcaps (VyHost *host, const char *domain_type, const char *arch, const char *machine,
             const char *emulator)
{
    g_autofree char *text = NULL;
    xmlDoc *doc = NULL;

    if (host->domcaps_stand_in)
        return copy_stand_in (host, arch);
    if (!host->stand_in)
        text = virConnectGetDomainCapabilities (host->conn, emulator, arch, machine,
                                                domain_type, 0);
    if (text)
        doc = vy_xml_parse (text, "domain capabilities", NULL);
    return doc ? doc : vy_xml_new ("domainCapabilities");
}

xmlNode *
vy_host_get_domcaps (VyHost *host, const char *domain_type, const char *arch,
                     const char *machine, const char *emulator)
{
    g_autofree char *key =
        g_strdup_printf ("%s %s %s %s", domain_type ? domain_type : "", arch ? arch : "",
                         machine ? machine : "", emulator ? emulator : "");
    xmlDoc *doc = g_hash_table_lookup (host->domcaps, key);

    if (!doc) {
        doc = ask_domcaps (host, domain_type, arch, machine, emulator);
        g_hash_table_insert (host->domcaps, g_steal_pointer (&key), doc);
    }
    return xmlDocGetRootElement (doc);
}

xmlNode *
vy_host_get_domain_domcaps (VyHost *host, xmlNode *domain)
{
    g_autofree char *type = vy_xml_get (domain, "@type");
    g_autofree char *arch = vy_xml_get (domain, "os/type/@arch");
    g_autofree char *machine = vy_xml_get (domain, "os/type/@machine");
    g_autofree char *emulator = vy_xml_get (domain, "devices/emulator");

    return vy_host_get_domcaps (host, type, arch, machine, emulator);
}
