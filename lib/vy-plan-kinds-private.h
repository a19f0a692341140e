/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of step kinds that another process can undo. */
#pragma once

#include "vy-plan.h"

/* What the undo of a kind is called with. */
typedef enum {
    VY_UNDO_ALONE,   /* NULL */
    VY_UNDO_MAYBE,   /* the plan's connection, or NULL when it cannot be opened */
    VY_UNDO_CONN,    /* the plan's connection */
    VY_UNDO_PREPARE, /* a VyPrepare whose open() gives it */
} VyUndoContext;

typedef struct {
    const VyStepKind *kind;
    VyUndoContext context;
} VyKnownKind;

/* The row of the kind that the journal calls @name, or NULL. */
const VyKnownKind *vy_plan_kinds_find (const char *name);
