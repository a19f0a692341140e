/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting until a domain is what one needs it to be. */
#pragma once

#include <gio/gio.h>
#include <libvirt/libvirt.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyWaitResult:
 * @domain: name of the domain
 * @condition: what was waited for
 * @value: (nullable): the address or state that fulfils it
 * @source: who said so: "lease", "agent", "arp", "ssh", "libvirt", "cloud-init"
 * @waited_ms: how long it took, in milliseconds
 *
 * What a wait ended with.
 */
typedef struct {
    char *domain;
    char *condition;
    char *value;
    char *source;
    guint64 waited_ms;
} VyWaitResult;

/**
 * vy_wait_result_free:
 * @result: (transfer full): a result
 *
 * Since: 0.1
 */
VY_API void vy_wait_result_free (VyWaitResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyWaitResult, vy_wait_result_free)

/**
 * vy_wait_list_conditions:
 *
 * Returns: (transfer none) (array zero-terminated=1): the words for conditions; those
 *   that end in "=" take a value
 * Since: 0.1
 */
VY_API const char *const *vy_wait_list_conditions (void);

/**
 * vy_wait_check_condition:
 * @condition: a condition
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_USAGE, which lists what is valid
 * Since: 0.1
 */
VY_API gboolean vy_wait_check_condition (const char *condition, GError **error);

/**
 * vy_wait_for:
 * @conn: an open connection; conditions that ask the guest's agent (agent, cloud-init,
 *   and ip where nothing else knows one) need one that is not read-only
 * @domain: name of a domain
 * @condition: "ip", "ipv4", "ipv6": it has an address; "ssh": an SSH server answers at
 *   one; "agent": the guest's agent answers; "cloud-init": cloud-init is done; "running",
 *   "shutdown", "status=STATE": it is in this state; "deleted": it is not defined any
 * more
 * @cancellable: (nullable): ends the wait
 * @error: return location for a #GError
 *
 * Waits. A domain that does not run yet is waited for as well.
 *
 * Returns: (transfer full): what fulfilled the condition; %NULL with
 *   %VY_ERROR_NOT_FOUND (no such domain), %VY_ERROR_UNSUPPORTED (it has no agent, or the
 *   agent may not tell), %VY_ERROR_FAILED (cloud-init ended with errors),
 *   %VY_ERROR_NO_CONNECTION, or %VY_ERROR_CANCELLED, whose message says what was
 *   missing
 * Since: 0.1
 */
VY_API VyWaitResult *
vy_wait_for (virConnectPtr conn, const char *domain, const char *condition,
             GCancellable *cancellable, GError **error);

G_END_DECLS
