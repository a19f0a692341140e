/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that change the host's own files, settings and services. */
#pragma once

#include "vy-plan.h"

/* Writes "value" to the file "path" of /proc or /sys; undo writes "before". */
extern const VyStepKind vy_step_setting_write;
/* Replaces the text of "path" by "text"; the old file is kept as PATH.virtyard-before
 * when "backup" is set; undo puts the old text back, or removes a file that was not
 * there. */
extern const VyStepKind vy_step_text_replace;
/* Runs the words of "argv" (separated by newlines); undo runs those of "undo_argv". */
extern const VyStepKind vy_step_command;

/* Adds the step that merges lines "KEY = V" or "w PATH …" into a file: a line for the
 * same setting is replaced, others are kept. */
gboolean vy_hoststeps_merge_file (VyPlan *plan, const char *path, const char *lines,
                                  GError **error);
/* Adds a step that makes @path hold @text; nothing when it does already. */
VyStepRecord *vy_hoststeps_replace_text (VyPlan *plan, const char *path, const char *text,
                                         const char *description);
/* Adds a step that runs a program; @undo (nullable) is how it is taken back. */
void vy_hoststeps_command (VyPlan *plan, const char *const *argv, const char *const *undo,
                           const char *description);
