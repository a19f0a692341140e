/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lists of words.h. */
#include "words.h"

#include <string.h>

const char *const virsh_shutdown_words[] = { "acpi",   "agent",    "initctl",
                                             "signal", "paravirt", NULL };
const char *const virsh_numa_words[] = { "strict", "preferred", "interleave",
                                         "restrictive", NULL };
const char *const virsh_signal_words[] = {
    "nop",  "hup",  "int",  "quit", "ill",  "trap", "abrt",   "bus",  "fpe",   "kill",
    "usr1", "segv", "usr2", "pipe", "alrm", "term", "stkflt", "chld", "cont",  "stop",
    "tstp", "ttin", "ttou", "urg",  "xcpu", "xfsz", "vtalrm", "prof", "winch", "poll",
    "pwr",  "sys",  "rt0",  "rt1",  "rt2",  "rt3",  "rt4",    "rt5",  "rt6",   "rt7",
    "rt8",  "rt9",  "rt10", "rt11", "rt12", "rt13", "rt14",   "rt15", "rt16",  "rt17",
    "rt18", "rt19", "rt20", "rt21", "rt22", "rt23", "rt24",   "rt25", "rt26",  "rt27",
    "rt28", "rt29", "rt30", "rt31", "rt32", NULL
};
const char *const virsh_domain_event_words[] = { "lifecycle",
                                                 "reboot",
                                                 "rtc-change",
                                                 "watchdog",
                                                 "io-error",
                                                 "graphics",
                                                 "io-error-reason",
                                                 "control-error",
                                                 "block-job",
                                                 "disk-change",
                                                 "tray-change",
                                                 "pm-wakeup",
                                                 "pm-suspend",
                                                 "balloon-change",
                                                 "pm-suspend-disk",
                                                 "device-removed",
                                                 "block-job-2",
                                                 "tunable",
                                                 "agent-lifecycle",
                                                 "device-added",
                                                 "migration-iteration",
                                                 "job-completed",
                                                 "device-removal-failed",
                                                 "metadata-change",
                                                 "block-threshold",
                                                 "memory-failure",
                                                 "memory-device-size-change",
                                                 NULL };
const char *const virsh_update_command_words[] = { "add",      "modify",    "delete",
                                                   "add-last", "add-first", NULL };
const char *const virsh_update_section_words[] = { "bridge",
                                                   "domain",
                                                   "ip",
                                                   "ip-dhcp-host",
                                                   "ip-dhcp-range",
                                                   "forward",
                                                   "forward-interface",
                                                   "forward-pf",
                                                   "portgroup",
                                                   "dns-host",
                                                   "dns-txt",
                                                   "dns-srv",
                                                   NULL };
const char *const virsh_capability_words[] = {
    "system",      "pci",        "usb_device", "usb",     "net",    "scsi_host",
    "scsi_target", "scsi",       "storage",    "fc_host", "vports", "scsi_generic",
    "drm",         "mdev_types", "mdev",       "ccw",     "css",    "vdpa",
    "ap_card",     "ap_queue",   "ap_matrix",  "vpd",     NULL
};
const char *const virsh_pool_type_words[] = {
    "dir", "fs",       "netfs",   "logical", "disk",     "iscsi",        "scsi", "mpath",
    "rbd", "sheepdog", "gluster", "zfs",     "vstorage", "iscsi-direct", NULL
};
const char *const virsh_wipe_words[] = { "zero",    "nnsa",     "dod",       "bsi",
                                         "gutmann", "schneier", "pfitzner7", "pfitzner33",
                                         "random",  "trim",     NULL };

int
virsh_word_place (const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (strcmp (words[i], word) == 0)
            return i;
    return -1;
}
