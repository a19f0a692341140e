/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change a domain which is there; their context is the connection. */
#pragma once

#include "vy-definition.h"
#include "vy-plan.h"

extern const VyStepKind vy_step_domain_redefine; /* name, uuid, autostart; documents */
extern const VyStepKind vy_step_device_attach;   /* name, uuid, device, element */
extern const VyStepKind vy_step_device_detach;   /* name, uuid, device, element */
extern const VyStepKind vy_step_device_update;   /* name, uuid, device, element; both */
extern const VyStepKind vy_step_domain_start;    /* name, uuid */

/* They add steps for a <domain> that is there. */
VyStepRecord *vy_definition_add_redefine (VyPlan *plan, xmlNode *domain);
void vy_definition_add_attach (VyPlan *plan, xmlNode *domain, xmlNode *device);
void vy_definition_add_detach (VyPlan *plan, xmlNode *domain, xmlNode *device);
void vy_definition_add_update (VyPlan *plan, xmlNode *domain, xmlNode *before,
                               xmlNode *device);
/* The definition as it was loaded. */
xmlDoc *vy_definition_parse_before (VyDefinition *definition);
void vy_definition_add_start (VyPlan *plan, xmlNode *domain);
