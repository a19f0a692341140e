/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change volumes; their context is the connection. */
#pragma once

#include "vy-plan.h"

extern const VyStepKind vy_step_volume_create; /* pool, name, xml, metadata */
extern const VyStepKind vy_step_volume_clone;  /* pool, name, xml, source, reflink */
extern const VyStepKind vy_step_volume_upload; /* pool, name, file */
extern const VyStepKind vy_step_volume_delete; /* path; cannot be undone */
extern const VyStepKind vy_step_volume_resize; /* path, size and before in bytes */

/* Deletes the volume that a step made; its begun says that it is the step's own. */
gboolean
vy_volume_undo_create (gpointer context, const VyStepRecord *record, GError **error);
