/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A network described by loose words, as notes and recipes write them for net-define. */
#pragma once

#include "vy-network.h"

G_BEGIN_DECLS

/**
 * vy_network_words_are_loose:
 * @words: (array zero-terminated=1): what stands behind "net-define"
 *
 * Tells the two uses of net-define apart: an XML file and libvirt's own options, or a
 * name and options such as --forward, --dhcp, --outgoing-interface. An option that
 * neither knows counts as the second, unless a file is named beside it.
 *
 * Returns: whether vy_network_settings_from_words() should read @words
 * Since: 0.1
 */
VY_API gboolean vy_network_words_are_loose (const char *const *words);

/**
 * vy_network_settings_from_words:
 * @words: (array zero-terminated=1): what stands behind "net-define"
 * @error: return location for a #GError
 *
 * Reads a network's name and these options in any order: --forward [mode] MODE,
 * --incoming-interface NIC (the host's network card), --outgoing-interface BRIDGE (the
 * bridge of the guests), --masquerade [WORD], --dhcp [WORD or FIRST-LAST], --dns WORD or
 * ADDRESS, --lease-days N, --start [WORD], --autostart [WORD], --persist, --subnet,
 * --domain. "--option=value" is the same; a comma behind a word is ignored.
 *
 * Returns: (transfer full): the settings, for vy_network_settings_resolve(); %NULL with
 *   %VY_ERROR_USAGE or %VY_ERROR_INVALID: the message names the word that cannot be
 *   honoured and lists what is valid, the hint is the nearest "virtyard net create"
 * Since: 0.1
 */
VY_API VyNetworkSettings *
vy_network_settings_from_words (const char *const *words, GError **error);

G_END_DECLS
