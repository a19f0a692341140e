/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Defaults of one device. */
#include "vy-guest.h"

gboolean
vy_guest_device_defaults (G_GNUC_UNUSED VyHost *host, G_GNUC_UNUSED xmlNode *domain,
                          G_GNUC_UNUSED xmlNode *device, G_GNUC_UNUSED GError **error)
{
    return TRUE;
}
