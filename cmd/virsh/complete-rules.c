/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which values the options of virsh have: the first row that fits a command and one of
 * its options. An option means the same in many commands, so it is said here once. */
#include "complete.h"
#include "words.h"

static const char *const disk_formats[] = { "none", "raw",   "dir", "bochs", "cloop",
                                            "dmg",  "iso",   "vpc", "vdi",   "fat",
                                            "vhd",  "ploop", "cow", "qcow",  "qcow2",
                                            "qed",  "vmdk",  NULL };
static const char *const address_sources[] = { "lease", "agent", "arp", NULL };
static const char *const hostname_sources[] = { "agent", "lease", NULL };
static const char *const perf_events[] = { "cmt",
                                           "mbmt",
                                           "mbml",
                                           "cpu_cycles",
                                           "instructions",
                                           "cache_references",
                                           "cache_misses",
                                           "branch_instructions",
                                           "branch_misses",
                                           "bus_cycles",
                                           "stalled_cycles_frontend",
                                           "stalled_cycles_backend",
                                           "ref_cpu_cycles",
                                           "cpu_clock",
                                           "task_clock",
                                           "page_faults",
                                           "context_switches",
                                           "cpu_migrations",
                                           "page_faults_min",
                                           "page_faults_maj",
                                           "alignment_faults",
                                           "emulation_faults",
                                           NULL };
static const char *const compression_methods[] = { "xbzrle", "mt", NULL };
static const char *const virt_types[] = {
    "none",   "qemu",   "kqemu", "kvm",  "xen",       "lxc",   "uml", "openvz", "test",
    "vmware", "hyperv", "vbox",  "phyp", "parallels", "bhyve", "vz",  "hvf",    NULL
};
static const char *const architectures[] = {
    "none",   "alpha",    "armv6l",   "armv7l",   "armv7b",     "aarch64",      "cris",
    "i686",   "ia64",     "lm32",     "m68k",     "microblaze", "microblazeel", "mips",
    "mipsel", "mips64",   "mips64el", "openrisc", "parisc",     "parisc64",     "ppc",
    "ppcle",  "ppc64",    "ppc64le",  "ppcemb",   "riscv32",    "riscv64",      "s390",
    "s390x",  "sh4",      "sh4eb",    "sparc",    "sparc64",    "unicore32",    "x86_64",
    "xtensa", "xtensaeb", NULL
};
static const char *const stub_drivers[] = { "default", "kvm", "vfio", "xen", NULL };
static const char *const source_modes[] = { "server", "client", NULL };
static const char *const volume_formats[] = { "raw", "qcow2", "qed", "vmdk", "vdi",
                                              "vpc", "luks",  "iso", NULL };
static const char *const cache_modes[] = { "none",       "writethrough", "writeback",
                                           "directsync", "unsafe",       "default",
                                           NULL };
static const char *const io_modes[] = { "native", "threads", "io_uring", NULL };
static const char *const disk_buses[] = { "virtio", "scsi", "sata", "ide",
                                          "usb",    "fdc",  NULL };
static const char *const disk_kinds[] = { "disk", "cdrom", "floppy", "lun", NULL };
static const char *const disk_sources[] = { "file", "block", "network", NULL };
static const char *const disk_modes[] = { "readonly", "shareable", NULL };
static const char *const interface_kinds[] = { "network", "bridge",   "direct", "hostdev",
                                               "user",    "ethernet", NULL };
static const char *const interface_models[] = { "virtio", "e1000", "e1000e", "rtl8139",
                                                NULL };
static const char *const link_states[] = { "up", "down", NULL };
static const char *const display_kinds[] = { "vnc", "spice", "rdp", NULL };
static const char *const domain_formats[] = { "qemu-argv", "lxc-tools",  "xen-xl",
                                              "vmx",       "bhyve-argv", NULL };

enum {
    LIST = 1 << 0,  /* several after commas */
    FILES = 1 << 1, /* left to the shell */
    ROW = 1 << 2,   /* the words that the option's row has */
    OWN = 1 << 3,   /* not what "virsh complete" offers */
};

static const struct {
    const char *commands, *options; /* patterns, separated by blanks */
    CliCompleter complete;
    const char *const *choices;
    unsigned flags;
} rules[] = {
    /* domains, by the state that the command is for */
    { "blockcommit blockcopy blockjob blockpull blockresize "
      "console cpu-stats destroy domdisplay domfsfreeze "
      "domfsthaw domfsinfo domfstrim domhostname domid "
      "domjobabort domjobinfo dump get-user-sshkeys inject-nmi "
      "send-key send-process-signal lxc-enter-namespace "
      "managedsave migrate-* qemu-monitor-command "
      "qemu-agent-command reboot reset save screenshot "
      "set-user-sshkeys set-user-password shutdown ttyconsole "
      "vncdisplay guestvcpus domblkthreshold guestinfo "
      "domblkerror domblkstat domcontrol domifaddr domifstat "
      "dommemstat domtime checkpoint-create checkpoint-create-as "
      "backup-*",
      "domain", virsh_complete_active, NULL, 0 },
    { "start domrename", "domain", virsh_complete_inactive, NULL, 0 },
    { "suspend dompmsuspend", "domain", virsh_complete_running, NULL, 0 },
    { "resume", "domain", virsh_complete_paused, NULL, 0 },
    { "dompmwakeup", "domain", virsh_complete_sleeping, NULL, 0 },
    { "autostart undefine", "domain", virsh_complete_persistent, NULL, 0 },
    { "managedsave-*", "domain", virsh_complete_saved, NULL, 0 },
    { "snapshot-create snapshot-create-as", "domain", cli_complete_domain, NULL, 0 },
    { "snapshot-*", "domain", virsh_complete_with_snapshot, NULL, 0 },
    { "checkpoint-*", "domain", virsh_complete_with_checkpoint, NULL, 0 },
    { "domname", "domain", virsh_complete_domain_uuid, NULL, 0 },
    { "*", "domain", cli_complete_domain, NULL, 0 },

    /* networks and pools */
    { "net-start", "network", cli_complete_network_inactive, NULL, 0 },
    { "net-destroy net-dhcp-leases net-port-*", "network", cli_complete_network_active,
      NULL, 0 },
    { "net-autostart net-undefine", "network", virsh_complete_network_persistent, NULL,
      0 },
    { "net-name", "network", virsh_complete_network_uuid, NULL, 0 },
    { "net-*", "network", cli_complete_network, NULL, 0 },
    { "pool-start pool-delete", "pool", cli_complete_pool_inactive, NULL, 0 },
    { "pool-destroy pool-refresh", "pool", cli_complete_pool_active, NULL, 0 },
    { "pool-autostart", "pool", virsh_complete_pool_persistent, NULL, 0 },
    { "*", "pool inputpool", cli_complete_pool, NULL, 0 },

    /* what is in them */
    { "vol-name vol-pool", "vol", virsh_complete_volume_key, NULL, 0 },
    { "vol-*", "vol", virsh_complete_volume, NULL, 0 },
    { "net-port-*", "port", virsh_complete_port, NULL, 0 },
    { "net-dhcp-leases", "mac", virsh_complete_lease_mac, NULL, 0 },
    { "snapshot-*", "snapshotname", virsh_complete_snapshot, NULL, 0 },
    { "snapshot-list", "from", virsh_complete_snapshot, NULL, 0 },
    { "checkpoint-*", "checkpointname", virsh_complete_checkpoint, NULL, 0 },
    { "checkpoint-list", "from", virsh_complete_checkpoint, NULL, 0 },

    /* other objects of the host */
    { "iface-name", "interface", virsh_complete_interface_mac, NULL, 0 },
    { "iface-start", "interface", virsh_complete_interface_inactive, NULL, 0 },
    { "iface-destroy", "interface", virsh_complete_interface_active, NULL, 0 },
    { "iface-*", "interface", virsh_complete_interface, NULL, 0 },
    { "nwfilter-binding-*", "binding", virsh_complete_binding, NULL, 0 },
    { "nwfilter-*", "nwfilter", virsh_complete_filter, NULL, 0 },
    { "secret-*", "secret", virsh_complete_secret, NULL, 0 },
    { "nodedev-*", "device", virsh_complete_device, NULL, 0 },

    /* devices of a domain */
    { "blkdeviotune domblkinfo domblkstat", "device", virsh_complete_disk, NULL, 0 },
    { "block* change-media", "path", virsh_complete_disk, NULL, 0 },
    { "blockcommit blockpull", "base top", virsh_complete_disk, NULL, 0 },
    { "detach-disk", "target", virsh_complete_disk, NULL, 0 },
    { "domblkthreshold", "dev", virsh_complete_disk, NULL, 0 },
    { "undefine", "storage", virsh_complete_disk, NULL, LIST },
    { "migrate", "migrate-disks", virsh_complete_disk, NULL, LIST },
    { "dom*", "interface", virsh_complete_nic, NULL, 0 },
    { "detach-interface", "mac", virsh_complete_nic_mac, NULL, 0 },
    { "detach-device-alias", "alias", virsh_complete_alias, NULL, 0 },
    { "console", "devname", virsh_complete_console, NULL, 0 },
    { "attach-disk iothreadpin", "iothread", virsh_complete_iothread, NULL, 0 },
    { "iothreadset iothreaddel", "id", virsh_complete_iothread, NULL, 0 },
    { "vcpupin", "vcpu", virsh_complete_vcpu, NULL, 0 },
    { "setvcpu", "vcpulist", virsh_complete_vcpu, NULL, LIST },
    { "guestvcpus", "cpulist", virsh_complete_guest_cpu, NULL, LIST },
    { "vcpupin emulatorpin iothreadpin", "cpulist", virsh_complete_cpu, NULL, LIST },
    { "domfsfreeze domfsthaw domfstrim", "mountpoint", virsh_complete_mountpoint, NULL,
      0 },

    /* the host */
    { "nodecpustats", "cpu", virsh_complete_cpu_online, NULL, 0 },
    { "freecell freepages allocpages", "cellno", virsh_complete_cell, NULL, OWN },
    { "freepages allocpages", "pagesize", virsh_complete_page_size, NULL, 0 },
    { "help", "command", virsh_complete_command, NULL, 0 },

    /* words */
    { "reboot shutdown", "mode", NULL, virsh_shutdown_words, LIST },
    { "dump", "format", NULL, NULL, ROW },
    { "blockcopy", "format", NULL, disk_formats, 0 },
    { "domifaddr", "source", NULL, address_sources, 0 },
    { "domhostname", "source", NULL, hostname_sources, 0 },
    { "perf", "enable disable", NULL, perf_events, LIST },
    { "migrate", "comp-methods", NULL, compression_methods, LIST },
    { "numatune", "mode", NULL, virsh_numa_words, 0 },
    { "dompmsuspend nodesuspend", "target", NULL, NULL, ROW },
    { "send-key", "codeset", NULL, NULL, ROW },
    { "send-process-signal", "signame", NULL, virsh_signal_words, 0 },
    { "set-lifecycle-action", "type action", NULL, NULL, ROW },
    { "domdirtyrate-calc", "mode", NULL, NULL, ROW | LIST },
    { "event", "event", NULL, virsh_domain_event_words, 0 },
    { "net-event pool-event nodedev-event secret-event", "event", NULL, NULL, ROW },
    { "maxvcpus", "type", NULL, virt_types, 0 },
    { "domcapabilities hypervisor-*", "virttype", NULL, virt_types, 0 },
    { "cpu-models domcapabilities hypervisor-*", "arch", NULL, architectures, 0 },
    { "net-update", "command", NULL, virsh_update_command_words, 0 },
    { "net-update", "section", NULL, virsh_update_section_words, 0 },
    { "nodedev-detach", "driver", NULL, stub_drivers, 0 },
    { "nodedev-list", "cap", NULL, virsh_capability_words, LIST },
    { "pool-list pool-create-as pool-define-as", "type", NULL, virsh_pool_type_words,
      LIST },
    { "vol-wipe", "algorithm", NULL, virsh_wipe_words, 0 },
    { "attach-interface", "source-mode", NULL, source_modes, 0 },
    { "send-key", "keycode", virsh_complete_key, NULL, 0 },

    /* words that virsh itself leaves out */
    { "vol-*", "format backing-vol-format", NULL, volume_formats, OWN },
    { "attach-disk", "cache", NULL, cache_modes, OWN },
    { "attach-disk", "io", NULL, io_modes, OWN },
    { "attach-disk", "targetbus", NULL, disk_buses, OWN },
    { "attach-disk", "type", NULL, disk_kinds, OWN },
    { "attach-disk", "sourcetype", NULL, disk_sources, OWN },
    { "attach-disk", "mode", NULL, disk_modes, OWN },
    { "attach-disk", "subdriver", NULL, volume_formats, OWN },
    { "attach-interface detach-interface", "type", NULL, interface_kinds, OWN },
    { "attach-interface", "model", NULL, interface_models, OWN },
    { "domif-setlink", "state", NULL, link_states, OWN },
    { "domdisplay", "type", NULL, display_kinds, OWN },
    { "domxml-*", "format", NULL, domain_formats, OWN },
    { "find-storage-pool-sources*", "type", NULL, virsh_pool_type_words, OWN },

    /* files */
    { "*",
      "file xml xmlfile backupxml checkpointxml dir config "
      "srcSpec srcspec source",
      NULL, NULL, FILES },
};

gboolean
virsh_word_fits (const char *patterns, const char *name)
{
    gsize length = strlen (name);

    for (const char *at = patterns; *at;) {
        gsize n = strcspn (at, " ");
        gboolean open = n > 0 && at[n - 1] == '*';

        if (open ? strncmp (at, name, n - 1) == 0
                 : n == length && strncmp (at, name, n) == 0)
            return TRUE;
        at += n + strspn (at + n, " ");
    }
    return FALSE;
}

gboolean
virsh_option_values (Cli *cli, const CliCommand *command, const CliOption *row,
                     CliValues *values)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
        if (!virsh_word_fits (rules[i].options, row->name) ||
            !virsh_word_fits (rules[i].commands, command->name))
            continue;
        if ((rules[i].flags & OWN) && cli->compatible)
            return FALSE;
        values->complete = rules[i].complete;
        values->choices = rules[i].flags & ROW ? row->choices : rules[i].choices;
        values->list = (rules[i].flags & LIST) != 0;
        values->files = (rules[i].flags & FILES) != 0;
        return TRUE;
    }
    return FALSE;
}
