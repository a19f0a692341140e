/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the host check share. */
#pragma once

#include "vy-hostcheck.h"

typedef struct {
    const char *root;
    gboolean live; /* root is the running machine */
    virConnectPtr conn;
} VyCheckContext;

typedef struct {
    const char *name;
    const char *group;
    void (*look) (const VyCheckContext *context, VyCheck *check);
    gboolean needs_connection;
} VyCheckRow;

/* the tables, each ended by { 0 } */
extern const VyCheckRow vy_checks_cpu[];
extern const VyCheckRow vy_checks_memory[];
extern const VyCheckRow vy_checks_libvirt[];
extern const VyCheckRow vy_checks_network[];
extern const VyCheckRow vy_checks_system[];

/* The content of a file below the root without its last newline, or NULL. */
char *vy_check_read (const VyCheckContext *context, const char *path);
guint64 vy_check_read_number (const VyCheckContext *context, const char *path);
gboolean vy_check_exists (const VyCheckContext *context, const char *path);
/* Names in a directory below the root that start with prefix, sorted; never NULL. */
GStrv vy_check_list (const VyCheckContext *context, const char *path, const char *prefix);

void vy_check_free (gpointer check);
void vy_check_answer (VyCheck *check, VyCheckState state, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void vy_check_fix (VyCheck *check, const char *format, ...) G_GNUC_PRINTF (2, 3);
