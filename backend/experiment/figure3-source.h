/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair of points is measured with: its real points and its constants. */

#pragma once

#include "dot.h"

#include "data/batches.h"
#include "method/calibration.h"

G_BEGIN_DECLS

/**
 * DotFigure3Source:
 * @pair: whose generator makes points of the plane
 * @n: how many points are compared
 * @k_eff: (2) the Lipschitz constants, by the space
 * @calibrated: whether the following is known
 * @calibration: what scores mean
 * @real_scores: (element-type double): of real points
 */
typedef struct
{
  DotPair       *pair;
  DotDataset    *dataset;
  DotBatches    *batches;
  guint          n;
  double         k_eff[2];
  gboolean       calibrated;
  DotCalibration calibration;
  GArray        *real_scores;
} DotFigure3Source;

DotFigure3Source *dot_figure3_source_new (DotPair      *pair,
                                          const char   *data,
                                          guint         n,
                                          guint         seed,
                                          GCancellable *cancellable,
                                          GError      **error);
void              dot_figure3_source_free (DotFigure3Source *source);
gboolean          dot_figure3_source_draw (DotFigure3Source *source,
                                           guint64           number,
                                           double           *points,
                                           GError          **error);
gboolean          dot_figure3_source_calibrate (DotFigure3Source *source,
                                                GCancellable     *cancellable,
                                                GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotFigure3Source, dot_figure3_source_free)

G_END_DECLS
