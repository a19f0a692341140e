/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU features that close holes, for guests with a CPU model of their own. */
#pragma once

#include "vy-host.h"

/* Takes the model with its vendor and features out of a domain's <cpu>: a mode says all
 * that they would say. */
void vy_cpu_forget_model (xmlNode *domain);
/* Adds to a domain's <cpu> the features against known holes that the host has. */
void vy_cpu_add_security (VyHost *host, xmlNode *domain);
