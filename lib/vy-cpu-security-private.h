/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU features that close holes, for guests with a CPU model of their own. */
#pragma once

#include "vy-host.h"

/* Adds to a domain's <cpu> the features against known holes that the host has. */
void vy_cpu_add_security (VyHost *host, xmlNode *domain);
