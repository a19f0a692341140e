/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One wait, and the conditions that the guest's agent answers. */
#pragma once

#include "vy-wait.h"

typedef enum { VY_WAIT_NOT_YET, VY_WAIT_FULFILLED, VY_WAIT_FAILED } VyWaitAnswer;

typedef struct {
    virConnectPtr conn;
    const char *name;
    const char *condition;
    GCancellable *cancellable;
    virDomainPtr domain; /* while a condition is checked */
} VyWait;

VyWaitAnswer
vy_wait_check_agent (const VyWait *wait, VyWaitResult *result, GError **error);
VyWaitAnswer
vy_wait_check_cloud_init (const VyWait *wait, VyWaitResult *result, GError **error);
