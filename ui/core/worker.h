/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotWorkerFuncs:
 * @progress: something is being done; @fraction of it is done
 * @step: a step that is to be kept is finished; @frames has a #DotFrame for
 *   each candidate
 * @done: nothing follows; @error is %NULL where all went well, and @pair is
 *   what was loaded, for another run, or %NULL where none was
 *
 * What a worker tells, in the order in which it happens, in the main thread.
 */
typedef struct
{
  void (*progress) (const char *message, double fraction, gpointer user_data);
  void (*step) (GPtrArray *frames, gpointer user_data);
  void (*done) (DotPair *pair, const GError *error, gpointer user_data);
} DotWorkerFuncs;

typedef struct _DotWorker DotWorker;

DotWorker *dot_worker_start (const DotRefineOptions *options,
                             DotPair                *pair,
                             gboolean                with_start,
                             const DotWorkerFuncs   *funcs,
                             gpointer                user_data,
                             GCancellable           *cancellable);
void       dot_worker_add_pending (DotWorker *worker);
void       dot_worker_remove_pending (DotWorker *worker);
void       dot_worker_join (DotWorker *worker);

G_END_DECLS
