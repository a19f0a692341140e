/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libsmartcols: cells in columns. */
#include "cli-columns.h"

#include <stdlib.h>
#include <string.h>
#include <libsmartcols/libsmartcols.h>

VY_API char *cli_columns_render (const CliCells *cells);

static struct libscols_table *
new_table (const CliCells *cells)
{
    struct libscols_table *table = scols_new_table ();

    scols_table_enable_noheadings (table, 1);
    scols_table_set_column_separator (table, "   ");
    scols_table_set_termforce (table, SCOLS_TERMFORCE_NEVER);
    for (guint c = 0; c < cells->n_columns; c++) /* a name would widen it */
        scols_table_new_column (table, "", 0, cells->right[c] ? SCOLS_FL_RIGHT : 0);
    return table;
}

char *
cli_columns_render (const CliCells *cells)
{
    struct libscols_table *table = new_table (cells);
    char *text = NULL;

    for (gsize r = 0; r < cells->n_rows; r++) {
        struct libscols_line *line = scols_table_new_line (table, NULL);

        for (guint c = 0; c < cells->n_columns; c++)
            scols_line_set_data (line, c, cells->cells[r * cells->n_columns + c]);
    }
    scols_print_table_to_string (table, &text);
    scols_unref_table (table);
    return text ? text : strdup ("");
}
