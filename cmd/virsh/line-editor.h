/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What line-editor-module.c does: lines from a terminal, with history and completion. */
#pragma once

#include <virtyard.h>

typedef struct {
    /* What may stand for the last word of the line; *files: or a file's name. */
    GStrv (*candidates) (const char *line, gboolean *files);
    const char *history; /* a file; need not be there */
    int history_lines;
} VirshLineEditor;

#define VIRSH_LINE_EDITOR "virsh_line_editor"
typedef struct {
    /* @editor has to stay */
    void (*start) (const VirshLineEditor *editor);
    /* A line, to be freed with free(); NULL at the end. Ctrl-C begins a new one. */
    char *(*next) (const char *prompt);
    void (*remember) (const char *line);
    /* Writes the history, and frees what is left. */
    void (*finish) (void);
} VirshLineEditorCalls;
