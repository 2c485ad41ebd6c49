/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "candidates.h"
#include "transport/transport.h"

G_BEGIN_DECLS

/**
 * DotRefineMethod:
 * @dimension: of a point: d, or C·H·W in target space
 * @origins: (B, dimension) where candidates begin
 * @images: (out): (B, C, H, W) of where they are, whenever @report is called
 * @clip: what holds the points; 0: nothing does
 *
 * A run of a method, as dot_refine() has prepared it.
 */
typedef struct
{
  DotPair                *pair;
  const DotRefineOptions *options;
  const DotCandidates    *candidates;
  gsize                   dimension;
  const double           *origins;
  float                  *images;
  double                  clip;
  DotTransportFunc        report;
  gpointer                report_data;
  DotProgressFunc         progress;
  gpointer                user_data;
  GCancellable           *cancellable;
} DotRefineMethod;

gboolean dot_refine_method_check (DotModel *model, const DotRefineOptions *options, GError **error);
gboolean dot_refine_method_run (const DotRefineMethod *run, GError **error);

G_END_DECLS
