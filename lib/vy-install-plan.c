/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plan of an installation. */
#include "vy-install-private.h"

VyPlan *
vy_install_plan (VyInstall *install, GError **error)
{
    g_autofree char *name = vy_xml_get (vy_install_get_domain (install, TRUE), "name");

    vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("cannot install '%s' yet"), name);
    return NULL;
}
