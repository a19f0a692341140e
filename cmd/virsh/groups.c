/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The groups of commands, in the order of the help. */
#include "complete.h"
#include "shell.h"

/* a name a line */
/* clang-format off */
static const CliCommand *const domain_arrays[] = {
    virsh_domain_lifecycle_commands,
    virsh_domain_define_commands,
    virsh_domain_info_commands,
    virsh_domain_device_commands,
    virsh_domain_save_commands,
    virsh_domain_size_commands,
    virsh_console_commands,
    virsh_await_commands,
    virsh_monitor_event_commands,
    virsh_domain_misc_commands,
    virsh_save_image_commands,
    virsh_migrate_commands,
    virsh_migrate_tune_commands,
    virsh_domain_disk_commands,
    virsh_domain_media_commands,
    virsh_domain_interface_commands,
    virsh_domain_display_commands,
    virsh_domain_block_commands,
    virsh_domain_block_copy_commands,
    virsh_domain_block_info_commands,
    virsh_domain_job_commands,
    virsh_domain_tune_commands,
    virsh_domain_throttle_commands,
    virsh_domain_throttle_group_commands,
    virsh_domain_schedule_commands,
    virsh_domain_vcpu_commands,
    virsh_domain_pin_commands,
    virsh_domain_iothread_commands,
    virsh_domain_metadata_commands,
    virsh_domain_agent_commands,
    virsh_domain_user_commands,
    virsh_domain_settings_commands,
    virsh_domain_memory_device_commands,
    virsh_qemu_commands,
    virsh_send_key_commands,
    virsh_domain_undefine_commands,
    virsh_domain_native_commands,
    virsh_domain_cpu_stats_commands,
    virsh_domain_fd_commands,
    virsh_lxc_commands,
    NULL,
};
static const CliCommand *const monitor_arrays[] = {
    virsh_domain_list_commands,
    virsh_domain_monitor_commands,
    virsh_domain_disk_info_commands,
    virsh_domain_interface_info_commands,
    virsh_domain_stats_commands,
    virsh_domain_time_commands,
    NULL,
};
/* clang-format on */
static const CliCommand *const event_arrays[] = { virsh_domain_event_commands, NULL };
static const CliCommand *const host_arrays[] = { virsh_host_commands,
                                                 virsh_host_cpu_commands,
                                                 virsh_host_memory_commands,
                                                 virsh_host_node_commands, NULL };
static const CliCommand *const checkpoint_arrays[] = { virsh_checkpoint_commands, NULL };
static const CliCommand *const interface_arrays[] = { virsh_interface_commands,
                                                      virsh_interface_bridge_commands,
                                                      NULL };
static const CliCommand *const filter_arrays[] = { virsh_nwfilter_commands, NULL };
static const CliCommand *const network_arrays[] = {
    virsh_network_commands,        virsh_network_define_commands,
    virsh_network_info_commands,   virsh_network_port_commands,
    virsh_network_update_commands, virsh_network_metadata_commands,
    virsh_network_event_commands,  NULL
};
static const CliCommand *const nodedev_arrays[] = { virsh_nodedev_commands,
                                                    virsh_nodedev_update_commands,
                                                    virsh_nodedev_event_commands, NULL };
static const CliCommand *const secret_arrays[] = { virsh_secret_commands,
                                                   virsh_secret_event_commands, NULL };
static const CliCommand *const snapshot_arrays[] = { virsh_snapshot_commands,
                                                     virsh_snapshot_create_commands,
                                                     virsh_snapshot_list_commands, NULL };
static const CliCommand *const backup_arrays[] = { virsh_backup_commands, NULL };
static const CliCommand *const pool_arrays[] = {
    virsh_pool_commands,      virsh_pool_as_commands,      virsh_pool_event_commands,
    virsh_pool_info_commands, virsh_pool_sources_commands, NULL
};
static const CliCommand *const volume_arrays[] = { virsh_volume_commands,
                                                   virsh_volume_create_commands,
                                                   virsh_volume_data_commands, NULL };
static const CliCommand *const shell_arrays[] = { virsh_shell_commands, NULL };

static const CliGroup groups[] = {
    { "domain", N_ ("Domain Management"), domain_arrays },
    { "monitor", N_ ("Domain Monitoring"), monitor_arrays },
    { "events", N_ ("Domain Events"), event_arrays },
    { "host", N_ ("Host and Hypervisor"), host_arrays },
    { "checkpoint", N_ ("Checkpoint"), checkpoint_arrays },
    { "interface", N_ ("Interface"), interface_arrays },
    { "filter", N_ ("Network Filter"), filter_arrays },
    { "network", N_ ("Networking"), network_arrays },
    { "nodedev", N_ ("Node Device"), nodedev_arrays },
    { "secret", N_ ("Secret"), secret_arrays },
    { "snapshot", N_ ("Snapshot"), snapshot_arrays },
    { "backup", N_ ("Backup"), backup_arrays },
    { "pool", N_ ("Storage Pool"), pool_arrays },
    { "volume", N_ ("Storage Volume"), volume_arrays },
    { "virsh", N_ ("Virsh itself"), shell_arrays },
    { 0 },
};

const CliProgram virsh_program = { "virsh",
                                   N_ ("manage domains, networks and storage"),
                                   CLI_STYLE_VIRSH,
                                   groups,
                                   .globals = virsh_globals,
                                   .behind = virsh_output_options,
                                   .values = virsh_option_values };
