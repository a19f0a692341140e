/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside completion: who knows the values of options. */
#pragma once

#include "virsh.h"

/* Whether @name is one of @patterns, which are separated by blanks. */
gboolean virsh_word_fits (const char *patterns, const char *name);

/* CliProgram.values of virsh. */
gboolean virsh_option_values (Cli *cli, const CliCommand *command, const CliOption *row,
                              CliValues *values);

/* Objects: domains by their state, objects of the host. */
GStrv virsh_complete_active (Cli *cli, const char *typed);
GStrv virsh_complete_inactive (Cli *cli, const char *typed);
GStrv virsh_complete_persistent (Cli *cli, const char *typed);
GStrv virsh_complete_running (Cli *cli, const char *typed);
GStrv virsh_complete_paused (Cli *cli, const char *typed);
GStrv virsh_complete_sleeping (Cli *cli, const char *typed);
GStrv virsh_complete_saved (Cli *cli, const char *typed);
GStrv virsh_complete_with_snapshot (Cli *cli, const char *typed);
GStrv virsh_complete_with_checkpoint (Cli *cli, const char *typed);
GStrv virsh_complete_domain_uuid (Cli *cli, const char *typed);
GStrv virsh_complete_network_persistent (Cli *cli, const char *typed);
GStrv virsh_complete_network_uuid (Cli *cli, const char *typed);
GStrv virsh_complete_pool_persistent (Cli *cli, const char *typed);
GStrv virsh_complete_interface (Cli *cli, const char *typed);
GStrv virsh_complete_interface_active (Cli *cli, const char *typed);
GStrv virsh_complete_interface_inactive (Cli *cli, const char *typed);
GStrv virsh_complete_interface_mac (Cli *cli, const char *typed);
GStrv virsh_complete_filter (Cli *cli, const char *typed);
GStrv virsh_complete_binding (Cli *cli, const char *typed);
GStrv virsh_complete_secret (Cli *cli, const char *typed);
GStrv virsh_complete_device (Cli *cli, const char *typed);

/* What belongs to the domain, pool or network that the line names. */
GStrv virsh_complete_snapshot (Cli *cli, const char *typed);
GStrv virsh_complete_checkpoint (Cli *cli, const char *typed);
GStrv virsh_complete_volume (Cli *cli, const char *typed);
GStrv virsh_complete_volume_key (Cli *cli, const char *typed);
GStrv virsh_complete_port (Cli *cli, const char *typed);
GStrv virsh_complete_lease_mac (Cli *cli, const char *typed);
GStrv virsh_complete_disk (Cli *cli, const char *typed);
GStrv virsh_complete_nic (Cli *cli, const char *typed);
GStrv virsh_complete_nic_mac (Cli *cli, const char *typed);
GStrv virsh_complete_alias (Cli *cli, const char *typed);
GStrv virsh_complete_console (Cli *cli, const char *typed);
GStrv virsh_complete_iothread (Cli *cli, const char *typed);
GStrv virsh_complete_vcpu (Cli *cli, const char *typed);
GStrv virsh_complete_mountpoint (Cli *cli, const char *typed);
GStrv virsh_complete_guest_cpu (Cli *cli, const char *typed);

/* The host's CPUs, NUMA cells and sizes of pages; commands; keys. */
GStrv virsh_complete_cpu (Cli *cli, const char *typed);
GStrv virsh_complete_cpu_online (Cli *cli, const char *typed);
GStrv virsh_complete_cell (Cli *cli, const char *typed);
GStrv virsh_complete_page_size (Cli *cli, const char *typed);
GStrv virsh_complete_command (Cli *cli, const char *typed);
GStrv virsh_complete_key (Cli *cli, const char *typed);
