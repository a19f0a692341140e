/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change networks; "uuid" says which. Their context is the connection. */
#pragma once

#include "vy-plan.h"

extern const VyStepKind vy_step_network_define; /* also "xml" */
extern const VyStepKind vy_step_network_start;
extern const VyStepKind vy_step_network_autostart;
extern const VyStepKind vy_step_network_stop;
extern const VyStepKind vy_step_network_undefine;
