/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks, which blkdeviotune and groups of disks have in common. */
#pragma once

#include "virsh.h"

typedef struct {
    char *domain, *device, *inbound, *outbound, *group;
    guint64 limit[13], length[6]; /* in the order of the options */
    VirshAffect affect;
} ThrottleArgs;

gboolean virsh_throttle_params (Cli *cli, VirshParams *params, const ThrottleArgs *args,
                                GError **error);

/* An option, after its hidden spelling of old. */
#define VIRSH_THROTTLE(how, field, old, key, kind, meta, text)                           \
    { .name = old, .type = CLI_ALIAS, .flags = CLI_HIDDEN, .alias_of = key },            \
    {                                                                                    \
        key, 0, kind, how, offsetof (ThrottleArgs, field), N_ (meta), N_ (text),         \
            .unit = 1                                                                    \
    }
#define VIRSH_THROTTLE_BYTES(how, i, old, key, text)                                     \
    VIRSH_THROTTLE ((how) | CLI_NUMERIC, limit[i], old, key, CLI_SIZE, "SIZE", text)
#define VIRSH_THROTTLE_COUNT(how, i, old, key, text)                                     \
    VIRSH_THROTTLE (how, limit[i], old, key, CLI_UINT64, "NUMBER", text)
#define VIRSH_THROTTLE_SECONDS(how, i, old, key, text)                                   \
    VIRSH_THROTTLE (how, length[i], old, key, CLI_UINT64, "SECONDS", text)

#define VIRSH_THROTTLE_LIMITS(how)                                                       \
    VIRSH_THROTTLE_BYTES (how, 0, "total_bytes_sec", "total-bytes-sec",                  \
                          "bytes a second, both ways"),                                  \
        VIRSH_THROTTLE_BYTES (how, 1, "read_bytes_sec", "read-bytes-sec",                \
                              "bytes read a second"),                                    \
        VIRSH_THROTTLE_BYTES (how, 2, "write_bytes_sec", "write-bytes-sec",              \
                              "bytes written a second"),                                 \
        VIRSH_THROTTLE_COUNT (how, 3, "total_iops_sec", "total-iops-sec",                \
                              "operations a second"),                                    \
        VIRSH_THROTTLE_COUNT (how, 4, "read_iops_sec", "read-iops-sec",                  \
                              "reads a second"),                                         \
        VIRSH_THROTTLE_COUNT (how, 5, "write_iops_sec", "write-iops-sec",                \
                              "writes a second"),                                        \
        VIRSH_THROTTLE_BYTES (how, 6, "total_bytes_sec_max", "total-bytes-sec-max",      \
                              "bytes a second in a burst, both ways"),                   \
        VIRSH_THROTTLE_BYTES (how, 7, "read_bytes_sec_max", "read-bytes-sec-max",        \
                              "bytes read a second in a burst"),                         \
        VIRSH_THROTTLE_BYTES (how, 8, "write_bytes_sec_max", "write-bytes-sec-max",      \
                              "bytes written a second in a burst"),                      \
        VIRSH_THROTTLE_COUNT (how, 9, "total_iops_sec_max", "total-iops-sec-max",        \
                              "operations a second in a burst"),                         \
        VIRSH_THROTTLE_COUNT (how, 10, "read_iops_sec_max", "read-iops-sec-max",         \
                              "reads a second in a burst"),                              \
        VIRSH_THROTTLE_COUNT (how, 11, "write_iops_sec_max", "write-iops-sec-max",       \
                              "writes a second in a burst"),                             \
        VIRSH_THROTTLE_COUNT (how, 12, "size_iops_sec", "size-iops-sec",                 \
                              "bytes that count as one operation")
#define VIRSH_THROTTLE_GROUP                                                             \
    VIRSH_THROTTLE (CLI_POSITIONAL, group, "group_name", "group-name", CLI_STRING,       \
                    "NAME", "disks with the same group share the limits")
#define VIRSH_THROTTLE_LENGTHS(how)                                                      \
    VIRSH_THROTTLE_SECONDS (how, 0, "total_bytes_sec_max_length",                        \
                            "total-bytes-sec-max-length",                                \
                            "how long a burst of bytes may be"),                         \
        VIRSH_THROTTLE_SECONDS (how, 1, "read_bytes_sec_max_length",                     \
                                "read-bytes-sec-max-length",                             \
                                "how long a burst of bytes read may be"),                \
        VIRSH_THROTTLE_SECONDS (how, 2, "write_bytes_sec_max_length",                    \
                                "write-bytes-sec-max-length",                            \
                                "how long a burst of bytes written may be"),             \
        VIRSH_THROTTLE_SECONDS (how, 3, "total_iops_sec_max_length",                     \
                                "total-iops-sec-max-length",                             \
                                "how long a burst of operations may be"),                \
        VIRSH_THROTTLE_SECONDS (how, 4, "read_iops_sec_max_length",                      \
                                "read-iops-sec-max-length",                              \
                                "how long a burst of reads may be"),                     \
        VIRSH_THROTTLE_SECONDS (how, 5, "write_iops_sec_max_length",                     \
                                "write-iops-sec-max-length",                             \
                                "how long a burst of writes may be")
