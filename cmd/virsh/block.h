/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What commands that begin a block job have in common, and the wait for its end. */
#pragma once

#include "virsh.h"

typedef struct {
    char *domain, *path, *bandwidth;
    int timeout_s;
    gboolean bytes, wait, verbose, async;
} VirshBlockArgs;

#define VIRSH_BANDWIDTH(Args, field)                                                     \
    {                                                                                    \
        "bandwidth", 0, CLI_STRING, CLI_POSITIONAL | CLI_NUMERIC,                        \
            offsetof (Args, field.bandwidth), N_ ("RATE"),                               \
            N_ ("how much a second, in MiB or with its unit")                            \
    }
#define VIRSH_BLOCK_TIMEOUT(Args, field)                                                 \
    {                                                                                    \
        "timeout", 0, CLI_INT, CLI_POSITIONAL, offsetof (Args, field.timeout_s),         \
            N_ ("SECONDS"), N_ ("give up after this many seconds")                       \
    }

typedef enum {
    VIRSH_BLOCK_COMPLETED,
    VIRSH_BLOCK_READY,
    VIRSH_BLOCK_ABORTED
} VirshBlockEnd;

typedef struct _VirshBlockWatch VirshBlockWatch;
/* @bandwidth: in MiB/s, with --bytes in bytes/s; 0 when none was given */
gboolean
virsh_block_bandwidth (const VirshBlockArgs *args, gulong *bandwidth, GError **error);
/* --timeout has to be a time, and --async and --verbose need the wait. */
gboolean
virsh_block_check (Cli *cli, const VirshBlockArgs *args, gboolean waits, GError **error);
/* The domain, on a connection that tells of its jobs when @waits. */
virDomainPtr
virsh_block_domain (Cli *cli, const VirshBlockArgs *args, gboolean waits, GError **error);
/* Before the job begins: @title is what stands before its progress. */
VirshBlockWatch *virsh_block_watch_new (Cli *cli, virDomainPtr domain,
                                        const VirshBlockArgs *args, const char *title);
/* Until the job is over, both sides are the same, or the time is over; then the job is
 * aborted, as it is by a signal. FALSE with @error: it failed. */
gboolean
virsh_block_watch_wait (VirshBlockWatch *watch, VirshBlockEnd *end, GError **error);
void virsh_block_watch_free (VirshBlockWatch *watch);
/* What is to be done when both sides are the same: the guest goes on with the other one,
 * or with its own and the job ends, or the job goes on. */
typedef struct {
    gboolean pivot, end;
    const char *ended, *ready; /* translated */
} VirshBlockFinish;
gboolean virsh_block_finish (Cli *cli, virDomainPtr domain, const VirshBlockArgs *args,
                             const VirshBlockFinish *finish, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VirshBlockWatch, virsh_block_watch_free)
void virsh_block_progress (const char *title, guint64 done, guint64 total);
