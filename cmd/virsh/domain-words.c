/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* States of domains in words. */
#include "virsh.h"

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
