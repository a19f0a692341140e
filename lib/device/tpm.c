/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* TPMs. */
#include "device-private.h"

static gboolean
set_type (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
          const char *value, G_GNUC_UNUSED GError **error)
{
    if (value && *value == '/') {
        vy_xml_set (target->node, "backend/device/@path", value);
        return TRUE;
    }
    vy_xml_set (target->node, path, value);
    return TRUE;
}

static const VySubopt tpm_rows[] = {
    { "model", "@model", VY_STRING },
    { "backend.type", "backend/@type", VY_STRING, .alias = "type", .set = set_type },
    { "backend.version", "backend/@version", VY_STRING, .alias = "version" },
    { "backend.device.path", "backend/device/@path", VY_STRING, .alias = "path" },
    { "backend.encryption.secret", "backend/encryption/@secret", VY_STRING },
    { "backend.persistent_state", "backend/@persistent_state", VY_YESNO },
    { "backend.debug", "backend/@debug", VY_STRING },
    { "backend.source.type", "backend/source/@type", VY_STRING },
    { "backend.source.path", "backend/source/@path", VY_STRING },
    { "backend.profile.source", "backend/profile/@source", VY_STRING },
    { "backend.profile.removeDisabled", "backend/profile/@removeDisabled", VY_STRING },
    { "backend.active_pcr_banks.sha1", "backend/active_pcr_banks/sha1", VY_PRESENCE },
    { "backend.active_pcr_banks.sha256", "backend/active_pcr_banks/sha256", VY_PRESENCE },
    { "backend.active_pcr_banks.sha384", "backend/active_pcr_banks/sha384", VY_PRESENCE },
    { "backend.active_pcr_banks.sha512", "backend/active_pcr_banks/sha512", VY_PRESENCE },
    { 0 },
};

static const VyPlace tpm_places[] = {
    { ".", "1.0.5" },
    { "@model", NULL, "tpm-crb tpm-tis tpm-spapr spapr-tpm-proxy" },
    { "backend/@type", NULL, "emulator passthrough external" },
    { "backend/@version", "4.5.0", "2.0 1.2" },
    { "backend/encryption", "5.6.0" },
    { "backend/@persistent_state", "7.0.0" },
    { "backend/source", "9.0.0" },
    { "backend/source/@type", NULL, "unix" },
    { "backend/active_pcr_banks", "7.10.0" },
    { "backend/profile", "10.10.0" },
    { 0 },
};

static const VySubopt *const tpm_tables[] = { tpm_rows, vy_rows_address, NULL };

const VyDevice vy_device_tpm = {
    .option = "tpm",
    .help = N_ ("a TPM"),
    .element = "devices/tpm",
    .positional = "backend.type",
    .rows = tpm_tables,
    .places = tpm_places,
    .unique = TRUE,
};
