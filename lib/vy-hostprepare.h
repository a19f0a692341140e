/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making a machine a KVM host: packages, services, sshd, repository, network, pool. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-plan.h"

G_BEGIN_DECLS

/**
 * VyPrepare:
 * @root: directory that is changed as "/"; programs run only on "/"
 * @steps: (array zero-terminated=1) (nullable): names of the wanted steps, %NULL:
 * packages, services, network, pool and sshd
 * @desktop: also the packages of a desktop and the graphical target
 * @local_repo: (nullable): an ISO image or a directory with packages, for the step
 *   "local-repo"
 * @open: (nullable): opens the connection that the steps network and pool need; called
 *   while the plan runs, after the services were started
 * @open_data: what @open is called with
 *
 * What vy_hostprepare_plan() is to do.
 */
typedef struct {
    const char *root;
    const char *const *steps;
    gboolean desktop;
    const char *local_repo;
    virConnectPtr (*open) (gpointer data, GError **error);
    gpointer open_data;
} VyPrepare;

/**
 * vy_hostprepare_steps:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all steps
 * Since: 0.1
 */
VY_API const char *const *vy_hostprepare_steps (void);

/**
 * vy_hostprepare_plan:
 * @prepare: what to do; it must outlive the plan
 * @error: return location for a #GError
 *
 * Makes the plan. What is as it should be already gets no step. The package manager is
 * the host's own: apt-get, dnf, yum or zypper, by what is installed.
 *
 * Returns: (transfer full): the plan; %NULL with %VY_ERROR_USAGE (unknown step),
 *   %VY_ERROR_UNSUPPORTED (no known package manager) or %VY_ERROR_NOT_FOUND (no such
 *   repository source)
 * Since: 0.1
 */
VY_API VyPlan *vy_hostprepare_plan (const VyPrepare *prepare, GError **error);

G_END_DECLS
