/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whom a change is for: --config, --live, --current, --persistent */
#include "virsh.h"

gboolean
virsh_exclusive (gboolean one, const char *one_name, gboolean other,
                 const char *other_name, GError **error)
{
    return !one || !other ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("Options --%s and --%s are mutually exclusive"), one_name,
                     other_name);
}

gboolean
virsh_affect (const VirshAffect *affect, unsigned *flags, GError **error)
{
    *flags = (affect->config || affect->persistent ? VIR_DOMAIN_AFFECT_CONFIG : 0u) |
             (affect->live ? VIR_DOMAIN_AFFECT_LIVE : 0u);
    return virsh_exclusive (affect->persistent, "persistent", affect->current, "current",
                            error) &&
           virsh_exclusive (affect->current, "current", affect->live, "live", error) &&
           virsh_exclusive (affect->current, "current", affect->config, "config", error);
}

gboolean
virsh_affect_is_plain (const VirshAffect *affect)
{
    return !affect->config && !affect->live && !affect->current;
}

unsigned
virsh_affect_running (const VirshAffect *affect, virDomainPtr domain, unsigned flags)
{
    return affect->persistent && virDomainIsActive (domain) == 1
               ? flags | VIR_DOMAIN_AFFECT_LIVE
               : flags;
}

unsigned
virsh_flags (const VirshFlag *rows, gsize n)
{
    unsigned flags = 0;

    for (gsize i = 0; i < n; i++)
        flags |= rows[i].given ? rows[i].flag : 0;
    return flags;
}

const char *
virsh_affect_text (const VirshAffect *affect, gboolean active)
{
    if (affect->config && affect->live)
        return _ ("persistent config and live state");
    if (affect->config)
        return _ ("persistent config");
    return affect->live || active ? _ ("live state") : _ ("persistent config");
}
