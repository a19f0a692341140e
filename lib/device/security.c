/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Security labels, key wrapping, launch security. */
#include "device-private.h"

/* SELinux has labels of three parts or more, DAC those of two; without a label the host's
 * first security driver is meant. */
static char *
guess_model (const VySuboptTarget *target)
{
    g_autofree char *label = vy_xml_get (target->node, "label");
    g_auto (GStrv) parts = g_strsplit (label ? label : "", ":", 3);

    if (!label)
        return vy_xml_get (vy_host_get_capabilities (target->host),
                           "host/secmodel/model");
    if (g_strv_length (parts) == 3)
        return g_strdup ("selinux");
    return g_strv_length (parts) == 2 ? g_strdup ("dac") : NULL;
}

/* Where neither type nor model is said, libvirt chooses both. */
static gboolean
finish_seclabel (VySuboptTarget *target, G_GNUC_UNUSED GError **error)
{
    xmlNode *node = target->node;
    g_autofree char *model = NULL;

    if (target->editing || !target->host ||
        (!vy_xml_has (node, "@type") && !vy_xml_has (node, "@model")))
        return TRUE;
    if (!vy_xml_has (node, "@type"))
        vy_xml_set (node, "@type", "dynamic");
    if (!vy_xml_has (node, "@model") && (model = guess_model (target)))
        vy_xml_set (node, "@model", model);
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

static const VyPlace seclabel_places[] = {
    { ".", "0.6.1" },
    { "@type", NULL, "dynamic static none" },
    { "@model", NULL, "selinux apparmor dac" },
    { "@relabel", "0.9.0" },
    { 0 },
};

static const VySubopt *const seclabel_tables[] = { seclabel_rows, NULL };

const VyDevice vy_device_seclabel = {
    .option = "seclabel",
    .help = N_ ("security label"),
    .element = "seclabel",
    .rows = seclabel_tables,
    .places = seclabel_places,
    .finish = finish_seclabel,
};

static const VySubopt keywrap_rows[] = {
    { "cipher%.name", "keywrap/cipher%/@name", VY_STRING, .flags = VY_COMMAS },
    { "cipher%.state", "keywrap/cipher%/@state", VY_ONOFF, .flags = VY_COMMAS },
    { 0 },
};

static const VyPlace keywrap_places[] = {
    { "keywrap", "1.2.17" },
    { "keywrap/cipher%/@name", NULL, "aes dea" },
    { 0 },
};

static const VySubopt *const keywrap_tables[] = { keywrap_rows, NULL };

const VyDevice vy_device_keywrap = {
    .option = "keywrap",
    .help = N_ ("s390 key wrapping"),
    .element = "",
    .clear = "keywrap",
    .rows = keywrap_tables,
    .places = keywrap_places,
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

static const VyPlace launchsecurity_places[] = {
    { "launchSecurity", "4.4.0" },
    { "launchSecurity/@type", NULL, "sev sev-snp@10.5.0 tdx@11.6.0 s390-pv" },
    { "launchSecurity/@kernelHashes", "8.0.0" },
    { "launchSecurity/guestVisibleWorkarounds", "10.5.0" },
    { "launchSecurity/idBlock", "10.5.0" },
    { "launchSecurity/idAuth", "10.5.0" },
    { "launchSecurity/hostData", "10.5.0" },
    { "launchSecurity/@authorKey", "10.5.0" },
    { "launchSecurity/@vcek", "10.5.0" },
    { "launchSecurity/mrConfigId", "11.6.0" },
    { "launchSecurity/mrOwner", "11.6.0" },
    { "launchSecurity/mrOwnerConfig", "11.6.0" },
    { "launchSecurity/quoteGenerationService", "11.6.0" },
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
    .places = launchsecurity_places,
};
