/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps and their records, shared by running and recovering. */
#pragma once

#include "vy-journal-private.h"
#include "vy-plan.h"

typedef enum { STEP_WAITING, STEP_BEGUN, STEP_DONE, STEP_UNDONE } StepState;

/* How the states are called in the journal, in their order; ended by NULL. */
extern const char *const vy_step_state_names[];

struct _VyStepRecord {
    VyPlan *plan; /* NULL in recovery */
    guint number;
    const VyStepKind *kind;
    char *description;
    StepState state;
    GHashTable *values;
    gpointer object;
    GDestroyNotify free_object;
};

VyStepRecord *vy_step_record_new (const VyStepKind *kind, const char *description);
void vy_step_record_free (VyStepRecord *record);
