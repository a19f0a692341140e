/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The steps of the preparation, one function each. */
#pragma once

#include "vy-hostprepare.h"

/* Package managers, and how each is asked. */
typedef struct {
    const char *program;
    const char *family;     /* whose package names: "debian", "fedora", "suse" */
    const char *install[5]; /* words before the packages' names */
    const char *remove[5];
    const char *query[4]; /* asks whether one package is there: status 0 */
} VyPackageManager;

/* The manager of the host below @root, or NULL with @error. */
const VyPackageManager *vy_packages_manager (const char *root, GError **error);
gboolean vy_packages_add_steps (VyPlan *plan, const VyPrepare *prepare, GError **error);
gboolean
vy_packages_add_repository (VyPlan *plan, const VyPrepare *prepare, GError **error);
/* libvirt's objects named "default" */
extern const VyStepKind vy_step_default_network;
extern const VyStepKind vy_step_default_pool;
gboolean vy_prepare_add_network (VyPlan *plan, const VyPrepare *prepare, GError **error);
gboolean vy_prepare_add_pool (VyPlan *plan, const VyPrepare *prepare, GError **error);
