/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Can a domain move to another host? Everything that is in the way, at once. */
#pragma once

#include "vy-hostcheck.h"

G_BEGIN_DECLS

/**
 * VyMigrationSettings:
 * @flags: VIR_MIGRATE_* that the migration will have
 * @name: (nullable): the domain's name on the other host, %NULL: the one it has
 * @uri: (nullable): where the hypervisor sends its data, %NULL: libvirt chooses by name
 *
 * The migration that is asked about.
 */
typedef struct {
    unsigned flags;
    const char *name;
    const char *uri;
} VyMigrationSettings;

/**
 * vy_migration_check:
 * @domain: a domain; its connection may be read-only
 * @target: a connection to the other host
 * @settings: what the migration will be like
 * @error: return location for a #GError
 *
 * Looks for what would make a migration fail, or damage the guest. Nothing is changed on
 * either host.
 *
 * Returns: (transfer full) (element-type VyCheck): the answers, which
 *   vy_hostcheck_count() counts; %NULL with an error when the domain cannot be read
 * Since: 0.1
 */
VY_API GPtrArray *
vy_migration_check (virDomainPtr domain, virConnectPtr target,
                    const VyMigrationSettings *settings, GError **error);

G_END_DECLS
