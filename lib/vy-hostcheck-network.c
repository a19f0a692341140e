/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host check: dnsmasq, the bridge helper, forwarding and firewalls. */
#include "vy-hostcheck-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-process.h"

static void
look_dnsmasq (const VyCheckContext *context, VyCheck *check)
{
    static const char *const places[] = { "usr/sbin/dnsmasq", "sbin/dnsmasq",
                                          "usr/bin/dnsmasq" };
    gboolean found = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        found |= vy_check_exists (context, places[i]);
    if (!found) {
        vy_check_answer (check, VY_CHECK_FAIL,
                         _ ("not installed: networks get neither DHCP nor DNS"));
        vy_check_fix (check, "virtyard host prepare packages");
    } else if (!vy_check_exists (context, "etc/resolv.conf")) {
        vy_check_answer (check, VY_CHECK_WARN,
                         _ ("installed, but there is no /etc/resolv.conf to read"));
        vy_check_fix (check, "touch /etc/resolv.conf");
    } else {
        vy_check_answer (check, VY_CHECK_OK, _ ("installed"));
    }
}

static void
look_bridge_helper (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *acl = vy_check_read (context, "etc/qemu/bridge.conf");

    if (!acl)
        acl = vy_check_read (context, "etc/qemu-kvm/bridge.conf");
    if (acl && strstr (acl, "allow ")) {
        vy_check_answer (check, VY_CHECK_OK, "%s", g_strdelimit (acl, "\n", ';'));
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN,
                     _ ("no bridge is allowed to ordinary users (qemu:///session)"));
    vy_check_fix (check,
                  "mkdir -p /etc/qemu && echo 'allow virbr0' >> /etc/qemu/bridge.conf");
}

static void
look_forwarding (const VyCheckContext *context, VyCheck *check)
{
    if (vy_check_read_number (context, "proc/sys/net/ipv4/ip_forward") == 1) {
        vy_check_answer (check, VY_CHECK_OK, _ ("on"));
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN,
                     _ ("off: NAT and routed networks do not reach the outside"));
    vy_check_fix (check, "sysctl -w net.ipv4.ip_forward=1");
}

/* Whether a base chain on the forward hook of `nft list chains` drops by policy. */
static gboolean
nft_drops (const char *chains)
{
    for (const char *at = chains; at && (at = strstr (at, "hook forward")); at++) {
        const char *end = strchr (at, '\n');
        g_autofree char *line = end ? g_strndup (at, (gsize) (end - at)) : g_strdup (at);

        if (strstr (line, "policy drop"))
            return TRUE;
    }
    return FALSE;
}

static void
look_firewall (const VyCheckContext *context, VyCheck *check)
{
    static const char *const iptables[] = { "iptables", "-S", "FORWARD", NULL };
    static const char *const nft[] = { "nft", "list", "chains", NULL };
    g_autofree char *rules = NULL;
    g_autofree char *chains = NULL;
    gboolean drops;

    if (!context->live) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("not the running machine"));
        return;
    }
    if (!vy_process_run (iptables, NULL, &rules, NULL) &
        !vy_process_run (nft, NULL, &chains, NULL)) {
        vy_check_answer (check, VY_CHECK_SKIP,
                         _ ("neither iptables nor nft can be asked"));
        return;
    }
    drops = (rules && strstr (rules, "-P FORWARD DROP")) || nft_drops (chains);
    if (!drops) {
        vy_check_answer (check, VY_CHECK_OK, _ ("forwarded packets are not dropped"));
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN,
                     rules && strstr (rules, "DOCKER")
                         ? _ ("Docker makes the firewall drop forwarded packets: guests "
                              "do not reach the outside")
                         : _ ("forwarded packets are dropped by policy"));
    vy_check_fix (check,
                  "iptables -I FORWARD -i virbr0 -j ACCEPT; iptables -I FORWARD -o "
                  "virbr0 -j ACCEPT");
}

const VyCheckRow vy_checks_network[] = {
    { "dnsmasq", "network", look_dnsmasq },
    { "bridge-helper", "network", look_bridge_helper },
    { "forwarding", "network", look_forwarding },
    { "firewall", "network", look_firewall },
    { 0 },
};
