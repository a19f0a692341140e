/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Security labels, key wrapping, launch security. */
#include "device-private.h"

#include "vy-subopt-private.h"

/* The host's first security driver, unless the type is "none". */
static gboolean
finish_seclabel (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    xmlNode *capabilities = target->host ? vy_host_get_capabilities (target->host) : NULL;
    g_autoptr (GPtrArray) models =
        capabilities ? vy_xml_find_all (capabilities, "host/secmodel") : NULL;
    gboolean none = vy_xml_is (target->node, "@type", "none");

    if (target->editing || !models || vy_subopt_is_raw (target))
        return TRUE;
    if (!vy_xml_has (target->node, "@type"))
        vy_xml_set (target->node, "@type", "dynamic");
    if (models->len && !vy_xml_has (target->node, "@model")) {
        xmlNode *from = g_ptr_array_index (models, none ? models->len - 1 : 0);
        g_autofree char *model = vy_xml_get (from, "model");

        vy_xml_set (target->node, "@model", model);
    }
    return TRUE;
}

static const VySubopt seclabel_rows[] = {
    { "type", "@type", VY_STRING },
    { "model", "@model", VY_STRING },
    { "relabel", "@relabel", VY_YESNO },
    { "label", "label", VY_STRING, .flags = VY_COMMAS },
    { "baselabel", "baselabel", VY_STRING, .flags = VY_COMMAS },
    { 0 },
};

static const VySubopt *const seclabel_tables[] = { seclabel_rows, NULL };

const VyDevice vy_device_seclabel = {
    .option = "seclabel",
    .help = N_ ("security label"),
    .element = "seclabel",
    .rows = seclabel_tables,
    .finish = finish_seclabel,
};

static const VySubopt keywrap_rows[] = {
    { "cipher%.name", "keywrap/cipher%/@name", VY_STRING, .flags = VY_COMMAS },
    { "cipher%.state", "keywrap/cipher%/@state", VY_ONOFF, .flags = VY_COMMAS },
    { 0 },
};

static const VySubopt *const keywrap_tables[] = { keywrap_rows, NULL };

const VyDevice vy_device_keywrap = {
    .option = "keywrap",
    .help = N_ ("s390 key wrapping"),
    .element = "",
    .clear = "keywrap",
    .rows = keywrap_tables,
};

static const VySubopt launchsecurity_rows[] = {
    { "type", "launchSecurity/@type", VY_STRING },
    { "cbitpos", "launchSecurity/cbitpos", VY_INT },
    { "reducedPhysBits", "launchSecurity/reducedPhysBits", VY_INT },
    { "policy", "launchSecurity/policy", VY_STRING },
    { "session", "launchSecurity/session", VY_STRING },
    { "dhCert", "launchSecurity/dhCert", VY_STRING },
    { "guestVisibleWorkarounds", "launchSecurity/guestVisibleWorkarounds", VY_STRING },
    { "idBlock", "launchSecurity/idBlock", VY_STRING },
    { "idAuth", "launchSecurity/idAuth", VY_STRING },
    { "hostData", "launchSecurity/hostData", VY_STRING },
    { "kernelHashes", "launchSecurity/@kernelHashes", VY_YESNO },
    { "authorKey", "launchSecurity/@authorKey", VY_YESNO },
    { "vcek", "launchSecurity/@vcek", VY_YESNO },
    { "mrConfigId", "launchSecurity/mrConfigId", VY_STRING },
    { "mrOwner", "launchSecurity/mrOwner", VY_STRING },
    { "mrOwnerConfig", "launchSecurity/mrOwnerConfig", VY_STRING },
    { "quoteGenerationService", "launchSecurity/quoteGenerationService", VY_PRESENCE },
    { "quoteGenerationSocket", "launchSecurity/quoteGenerationService/@path", VY_STRING },
    { 0 },
};

static const VySubopt *const launchsecurity_tables[] = { launchsecurity_rows, NULL };

const VyDevice vy_device_launchsecurity = {
    .option = "launchSecurity",
    .help = N_ ("confidential guests"),
    .element = "",
    .clear = "launchSecurity",
    .positional = "type",
    .rows = launchsecurity_tables,
};
