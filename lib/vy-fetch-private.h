/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Downloads: the module's side. */
#pragma once

#include "vy-fetch.h"

/* Gets pieces as they come; FALSE with @error ends the download. */
typedef gboolean (*VyFetchSink) (const void *piece, gsize size, gpointer data,
                                 GError **error);

typedef struct {
    const char *url;
    VyFetchSink sink; /* NULL: only asks whether it is there */
    gpointer sink_data;
    VyFetchProgress progress;
    gpointer progress_data;
    GCancellable *cancellable;
    guint timeout_s; /* for all of it; 0: as long as something comes */
} VyFetchJob;

/* What vy-fetch-module.c exports. */
#define VY_FETCH_RUN "vy_fetch_run"
typedef gboolean (*VyFetchRun) (const VyFetchJob *job, GError **error);
