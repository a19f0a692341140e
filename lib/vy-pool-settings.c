/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools: libvirt's document out of settings. */
#include <stddef.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"
#include "vy-xml.h"

typedef struct {
    const char *path;
    size_t offset;
} Place;

#define PLACE(path, field)                                                               \
    {                                                                                    \
        path, offsetof (VyPoolSettings, field)                                           \
    }
/* In the order of libvirt's documents. */
static const Place places_before[] = {
    PLACE ("@type", type),
    PLACE ("name", name),
    PLACE ("source/host/@name", host),
    PLACE ("source/dir/@path", dir),
    PLACE ("source/device/@path", device),
    PLACE ("source/initiator/iqn/@name", initiator),
};
static const Place places_behind[] = {
    PLACE ("source/format/@type", source_format),
    PLACE ("source/name", source_name),
};

static void
set_places (xmlNode *root, const VyPoolSettings *settings, const Place *places, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        const char *value =
            *(const char *const *) ((const char *) settings + places[i].offset);

        if (value)
            vy_xml_set (root, places[i].path, value);
    }
}

/* Only one of the ways to say what a fibre channel adapter is made on. */
static void
set_parent (xmlNode *adapter, const VyPoolSettings *settings)
{
    if (settings->adapter_parent) {
        vy_xml_set (adapter, "@parent", settings->adapter_parent);
    } else if (settings->adapter_parent_wwnn && settings->adapter_parent_wwpn) {
        vy_xml_set (adapter, "@parent_wwnn", settings->adapter_parent_wwnn);
        vy_xml_set (adapter, "@parent_wwpn", settings->adapter_parent_wwpn);
    } else if (settings->adapter_parent_fabric_wwn) {
        vy_xml_set (adapter, "@parent_fabric_wwn", settings->adapter_parent_fabric_wwn);
    }
}

static void
set_adapter (xmlNode *root, const VyPoolSettings *settings)
{
    gboolean fibre = settings->adapter_wwnn && settings->adapter_wwpn;
    xmlNode *adapter;

    if (!fibre && !settings->adapter_name)
        return;
    adapter = vy_xml_ensure (root, "source/adapter");
    vy_xml_set (adapter, "@type", fibre ? "fc_host" : "scsi_host");
    if (!fibre) {
        vy_xml_set (adapter, "@name", settings->adapter_name);
        return;
    }
    set_parent (adapter, settings);
    vy_xml_set (adapter, "@wwnn", settings->adapter_wwnn);
    vy_xml_set (adapter, "@wwpn", settings->adapter_wwpn);
}

static void
set_login (xmlNode *source, const VyPoolSettings *settings)
{
    if (!settings->auth_type || !settings->auth_user ||
        (!settings->secret_usage && !settings->secret_uuid))
        return;
    vy_xml_set (source, "auth/@type", settings->auth_type);
    vy_xml_set (source, "auth/@username", settings->auth_user);
    if (settings->secret_usage)
        vy_xml_set (source, "auth/secret/@usage", settings->secret_usage);
    else
        vy_xml_set (source, "auth/secret/@uuid", settings->secret_uuid);
}

gboolean
vy_pool_settings_check (const VyPoolSettings *settings, GError **error)
{
    gboolean secret = settings->secret_usage || settings->secret_uuid;
    gboolean login = settings->auth_type || settings->auth_user || secret;
    gboolean fibre = settings->adapter_wwnn && settings->adapter_wwpn;
    gboolean source = settings->host || settings->dir || settings->device ||
                      settings->source_name || settings->source_format ||
                      settings->initiator || settings->adapter_name || fibre;

    if (login && (!settings->auth_type || !settings->auth_user || !secret))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a login is a type, a user and a secret"));
    if (!fibre && (settings->adapter_wwnn || settings->adapter_wwpn))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a fibre channel adapter is a WWNN and a WWPN"));
    if (!fibre && (settings->adapter_parent || settings->adapter_parent_wwnn ||
                   settings->adapter_parent_wwpn || settings->adapter_parent_fabric_wwn))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("only a fibre channel adapter has a parent"));
    if (!source && (login || settings->protocol_version))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("login and protocol need a source that they are for"));
    return TRUE;
}

char *
vy_pool_to_xml (const VyPoolSettings *settings)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("pool");
    xmlNode *root = xmlDocGetRootElement (doc);
    gboolean described =
        settings->source_format || settings->source_name; /* stand behind the login */

    set_places (root, settings, places_before, G_N_ELEMENTS (places_before));
    set_adapter (root, settings);
    if (described || vy_xml_has (root, "source"))
        set_login (vy_xml_ensure (root, "source"), settings);
    set_places (root, settings, places_behind, G_N_ELEMENTS (places_behind));
    if (settings->protocol_version && vy_xml_has (root, "source"))
        vy_xml_set (root, "source/protocol/@ver", settings->protocol_version);
    if (settings->target)
        vy_xml_set (root, "target/path", settings->target);
    return vy_xml_to_quoted (root);
}

char *
vy_pool_source_to_xml (const char *host, const char *port, const char *initiator)
{
    g_autoptr (xmlDoc) doc = vy_xml_new ("source");
    xmlNode *root = xmlDocGetRootElement (doc);

    vy_xml_set (root, "host/@name", host);
    if (port)
        vy_xml_set (root, "host/@port", port);
    if (initiator)
        vy_xml_set (root, "initiator/iqn/@name", initiator);
    return vy_xml_to_quoted (root);
}
