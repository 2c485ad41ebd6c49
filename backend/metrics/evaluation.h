/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "kid.h"
#include "samples.h"
#include "statistics.h"

G_BEGIN_DECLS

typedef enum
{
  DOT_METRIC_FID       = 1 << 0,
  DOT_METRIC_IS        = 1 << 1,
  DOT_METRIC_KID       = 1 << 2,
  DOT_METRIC_PR        = 1 << 3,
  DOT_METRIC_LIPSCHITZ = 1 << 4
} DotMetrics;

/**
 * DotEvaluation:
 * @score: mean of the discriminator's scores
 * @fid: Fréchet distance to the real pictures
 * @is: inception score and its deviation
 * @kid: kernel distance and its deviation
 * @precision: share of the samples that lies among the real pictures
 * @recall: share of the real pictures that lies among the samples
 *
 * The samples after one number of updates, by one network; NaN where it wasn't
 * asked for.
 */
typedef struct
{
  double score;
  double fid;
  double is[2];
  double kid[2];
  double precision;
  double recall;
} DotEvaluation;

gboolean dot_evaluation_check (DotMetrics metrics, const DotStatistics *reference, GError **error);
gboolean dot_evaluation_compute (DotEvaluation       *evaluation,
                                 const DotSamples    *samples,
                                 guint                network,
                                 guint                update,
                                 DotMetrics           metrics,
                                 const DotStatistics *reference,
                                 const DotKidOptions *kid,
                                 GCancellable        *cancellable,
                                 GError             **error);

G_END_DECLS
