/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hardware addresses of network cards: read, and who has them. */
#include "vy-mac-private.h"

#include <stdlib.h>

#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-xml.h"

gboolean
vy_mac_check (const char *text, GError **error)
{
    static const char form[] = "xx:xx:xx:xx:xx:xx";
    gsize n = 0;

    while (form[n] && (form[n] == 'x' ? g_ascii_isxdigit (text[n]) : text[n] == ':'))
        n++;
    if (form[n] || text[n])
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a MAC address"), text);
    if (g_ascii_xdigit_value (text[1]) & 1)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' is the address of a group, not of a card"), text);
    return TRUE;
}

static gboolean
has_mac (virDomainPtr domain, const char *mac)
{
    char *text = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, _ ("domain"), NULL) : NULL;
    g_autoptr (GPtrArray) cards =
        doc ? vy_xml_find_all (xmlDocGetRootElement (doc), "devices/interface") : NULL;

    free (text);
    for (guint i = 0; cards && i < cards->len; i++) {
        g_autofree char *other =
            vy_xml_get (g_ptr_array_index (cards, i), "mac/@address");

        if (other && g_ascii_strcasecmp (other, mac) == 0)
            return TRUE;
    }
    return FALSE;
}

char *
vy_mac_find_user (VyHost *host, const char *mac)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (vy_host_get_conn (host), &domains, 0);
    char *user = NULL;

    for (int i = 0; i < n; i++) {
        g_autoptr (virDomain) domain = domains[i];

        if (!user && has_mac (domain, mac))
            user = g_strdup (virDomainGetName (domain));
    }
    free (domains);
    return user;
}
