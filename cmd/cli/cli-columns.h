/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What cli-columns-module.c does: laying out cells in columns. */
#pragma once

#include <virtyard.h>

/* Cells of rows with as many columns each, for people. */
typedef struct {
    guint n_columns;
    const gboolean *right;    /* of each column: whether its cells stand at the right */
    const char *const *cells; /* row after row */
    gsize n_rows;
} CliCells;

/* The lines, with three spaces between columns; to be freed with free(), never NULL. */
#define CLI_COLUMNS_RENDER "cli_columns_render"
typedef char *(*CliColumnsRender) (const CliCells *cells);
