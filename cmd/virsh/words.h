/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words that commands take and completion offers. Each list ends with NULL; where libvirt
 * has numbers for them, a word's place is its number or says it. */
#pragma once

/* places: those of the flags in domain-lifecycle.c */
extern const char *const virsh_shutdown_words[];
/* VIR_DOMAIN_NUMATUNE_MEM_* */
extern const char *const virsh_numa_words[];
/* VIR_DOMAIN_PROCESS_SIGNAL_* */
extern const char *const virsh_signal_words[];
/* VIR_DOMAIN_EVENT_ID_* */
extern const char *const virsh_domain_event_words[];
/* VIR_NETWORK_UPDATE_COMMAND_*, but "add", which is at none's place */
extern const char *const virsh_update_command_words[];
/* VIR_NETWORK_UPDATE_SECTION_*, without the first */
extern const char *const virsh_update_section_words[];
/* bits of VIR_CONNECT_LIST_NODE_DEVICES_CAP_* */
extern const char *const virsh_capability_words[];
/* bits from VIR_CONNECT_LIST_STORAGE_POOLS_DIR on */
extern const char *const virsh_pool_type_words[];
/* VIR_STORAGE_VOL_WIPE_ALG_* */
extern const char *const virsh_wipe_words[];

/* The place of @word in @words, or -1. */
int virsh_word_place (const char *const *words, const char *word);
