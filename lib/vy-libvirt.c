/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions about a connection. */
#include "vy-libvirt-private.h"

#include <stdlib.h>
#include <string.h>

gboolean
vy_conn_is_local (virConnectPtr conn)
{
    char *text = conn ? virConnectGetURI (conn) : NULL;
    g_autoptr (GUri) uri = text ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
    const char *host = uri ? g_uri_get_host (uri) : NULL;
    gboolean local = uri && (!host || *host == '\0' || strcmp (host, "localhost") == 0) &&
                     !g_str_has_prefix (g_uri_get_scheme (uri), "test");

    free (text);
    return local;
}
