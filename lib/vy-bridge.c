/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions of interfaces that become ports of a bridge, and no longer. */
#include "vy-bridge.h"

#include "vy-i18n-private.h"
#include "vy-xml.h"

/* What says how the device itself is made: it stays with the device. */
static const char *const of_device[] = { "mac", "bond", "vlan" };

static void
move_device_elements (xmlNode *from, xmlNode *to)
{
    for (gsize i = 0; i < G_N_ELEMENTS (of_device); i++) {
        xmlNode *node;

        while ((node = vy_xml_find (from, of_device[i]))) {
            xmlUnlinkNode (node);
            xmlAddChild (to, node);
        }
    }
}

/* The root of the definition, which has to be an interface. */
static xmlDoc *
parse_interface (const char *text, xmlNode **root, GError **error)
{
    g_autoptr (xmlDoc) doc = vy_xml_parse (text, _ ("the interface"), error);

    if (!doc)
        return NULL;
    *root = xmlDocGetRootElement (doc);
    if (!vy_xml_has (*root, "@name") || !vy_xml_has (*root, "@type")) {
        vy_throw (error, VY_ERROR_INVALID,
                  _ ("the interface's XML has no name or no type"));
        return NULL;
    }
    return g_steal_pointer (&doc);
}

char *
vy_bridge_wrap (const char *interface, const VyBridge *bridge, GError **error)
{
    xmlNode *root = NULL, *port;
    g_autoptr (xmlDoc) doc = parse_interface (interface, &root, error);
    g_autofree char *name = doc ? vy_xml_get (root, "@name") : NULL;
    g_autofree char *type = doc ? vy_xml_get (root, "@type") : NULL;

    if (!doc)
        return NULL;
    if (strcmp (type, "bridge") == 0) {
        vy_throw (error, VY_ERROR_STATE, _ ("Existing device %s is already a bridge"),
                  name);
        return NULL;
    }
    port = vy_xml_add (vy_xml_add (root, "bridge"), "interface");
    vy_xml_set (root, "@type", "bridge");
    vy_xml_set (root, "@name", bridge->name);
    vy_xml_set (root, "bridge/@stp", bridge->stp ? "on" : "off");
    if (bridge->stp)
        vy_xml_set_number (root, "bridge/@delay", bridge->delay_s);
    vy_xml_set (port, "@type", type);
    vy_xml_set (port, "@name", name);
    move_device_elements (root, port);
    return vy_xml_to_string (root);
}

/* The only port of a bridge. */
static xmlNode *
only_port (xmlNode *root, GError **error)
{
    g_autofree char *name = vy_xml_get (root, "@name");
    g_autoptr (GPtrArray) ports = NULL;

    if (!vy_xml_is (root, "@type", "bridge")) {
        vy_throw (error, VY_ERROR_STATE, _ ("Device %s is not a bridge"), name);
        return NULL;
    }
    ports = vy_xml_find_all (root, "bridge/interface");
    if (ports->len != 1) {
        vy_throw (error, VY_ERROR_STATE,
                  _ ("bridge %s has %u ports: only a bridge with one port can be undone"),
                  name, ports->len);
        return NULL;
    }
    if (vy_xml_has (ports->pdata[0], "@name") && vy_xml_has (ports->pdata[0], "@type"))
        return ports->pdata[0];
    vy_throw (error, VY_ERROR_INVALID, _ ("Device attached to bridge %s has no name"),
              name);
    return NULL;
}

char *
vy_bridge_unwrap (const char *bridge, char **port_name, GError **error)
{
    xmlNode *root = NULL;
    g_autoptr (xmlDoc) doc = parse_interface (bridge, &root, error);
    xmlNode *port = doc ? only_port (root, error) : NULL;
    g_autofree char *type = NULL;

    if (!port)
        return NULL;
    *port_name = vy_xml_get (port, "@name");
    type = vy_xml_get (port, "@type");
    move_device_elements (port, root);
    vy_xml_remove (vy_xml_find (root, "bridge"));
    vy_xml_set (root, "@type", type);
    vy_xml_set (root, "@name", *port_name);
    return vy_xml_to_string (root);
}
