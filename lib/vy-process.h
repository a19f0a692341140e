/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Child processes: argument vectors only, never a shell. */
#pragma once

#include <gio/gio.h>

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * vy_process_run:
 * @argv: (array zero-terminated=1): program and arguments; a program without a slash is
 *   looked for in PATH
 * @input: (nullable): what the child reads from stdin; %NULL: nothing
 * @output: (out) (optional): what the child wrote to stdout, also when it failed after
 *   that; start with %NULL
 * @error: return location for a #GError
 *
 * Runs a program in the C locale and waits for its end.
 *
 * Returns: %TRUE when it exited with 0; else %FALSE with %VY_ERROR_NOT_FOUND (there is no
 *   such program) or %VY_ERROR_FAILED, whose message has the last line of the child's
 *   stderr
 * Since: 0.1
 */
VY_API gboolean vy_process_run (const char *const *argv, const char *input, char **output,
                                GError **error);

/**
 * VyProcessOutput:
 * @line: what the child wrote up to the next carriage return or newline
 * @data: the caller's data
 */
typedef void (*VyProcessOutput) (const char *line, gpointer data);

/**
 * vy_process_watch:
 * @argv: (array zero-terminated=1): as vy_process_run()
 * @output: (nullable): called for each line of the child's stdout as it comes
 * @data: the caller's data
 * @cancellable: (nullable): ends the child
 * @error: return location for a #GError
 *
 * Runs a program that takes its time, and waits for its end.
 *
 * Returns: as vy_process_run(); %FALSE with %VY_ERROR_CANCELLED once the child has ended
 * Since: 0.1
 */
VY_API gboolean vy_process_watch (const char *const *argv, VyProcessOutput output,
                                  gpointer data, GCancellable *cancellable,
                                  GError **error);

/**
 * vy_process_find:
 * @program: name of a program
 *
 * Returns: (transfer full) (nullable): its path in PATH or in one of the system
 *   directories (/usr/sbin, /sbin) that ordinary users lack there, or %NULL
 * Since: 0.1
 */
VY_API char *vy_process_find (const char *program);

G_END_DECLS
