/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotTransportOptions:
 * @method: with the distance term, or naive
 * @optimizer: Chainer's Adam (β₁ 0, β₂ 0.9) or SGD
 * @projection: of the gradient; %DOT_PROJECTION_NONE but for normal priors
 * @step_size: Adam's α or SGD's ε
 * @delta: δ
 * @clip: points are clipped to [−clip, clip] after a step; 0: they are not
 * @updates: N
 * @k_eff: (B) the Lipschitz constant of each point's objective
 * @first_update: how many updates were made before; 0 for a new run
 * @start_points: (nullable): (B, d) where those came to; %NULL for @origins
 * @start_moments: (nullable): (B, d) Adam's v then
 */
typedef struct
{
  DotMethod     method;
  DotOptimizer  optimizer;
  DotProjection projection;
  double        step_size;
  double        delta;
  double        clip;
  guint         updates;
  const double *k_eff;
  guint         first_update;
  const double *start_points;
  const double *start_moments;
} DotTransportOptions;

/**
 * DotAdvance:
 * @options: how points move
 * @rate: of this update: Adam's α √(1 − β₂ᵗ), or SGD's ε
 * @dimension: d, the size of a point
 * @origins: (B, d)
 * @points: (inout): (B, d)
 * @second_moments: (inout): (B, d) Adam's v
 * @gradients: (inout): (B, d) of the score, as before a step is made
 * @distances: (inout): (B) ‖point − origin + δ‖₂
 * @scores: (out): (B)
 * @marks: (inout): (B) 0 at first; by them who makes updates knows which
 *   points are those that it left
 *
 * One update of all points: a step from where they are, and the answers where
 * they come to.
 */
typedef struct
{
  const DotTransportOptions *options;
  double                     rate;
  gsize                      dimension;
  const double              *origins;
  double                    *points;
  double                    *second_moments;
  double                    *gradients;
  double                    *distances;
  double                    *scores;
  guint64                   *marks;
} DotAdvance;

/**
 * DotScoreFunction:
 * @data: for the functions
 * @dimension: d, the size of a point
 * @score: the critic's score of each of @batch points, (batch, d), and,
 *   unless @gradients is %NULL, its gradient with respect to the point
 * @advance: (nullable): makes an update by itself, as the transport would with
 *   @score: for those who keep the points at hand
 *
 * All that the transport knows of a pair: z ↦ D(G(z|y)|y) in latent space,
 * x ↦ D(x|y) in target space, or any closed form in a test.
 */
typedef struct
{
  gpointer data;
  gsize    dimension;
  gboolean (*score) (gpointer      data,
                     const double *points,
                     gsize         batch,
                     double       *scores,
                     double       *gradients,
                     GError      **error);
  gboolean (*advance) (gpointer data, const DotAdvance *advance, gsize batch, GError **error);
} DotScoreFunction;

/**
 * DotTransportState:
 * @drawn: (nullable): (B) how many points were proposed, where some are refused
 * @accepted: (nullable): (B) how many of those were accepted
 *
 * The state after @update updates; the arrays are the transport's own.
 */
typedef struct
{
  guint         update;
  const double *points;
  const double *scores;
  const double *gradients;
  const double *distances;
  const double *second_moments;
  const guint  *drawn;
  const guint  *accepted;
} DotTransportState;

typedef gboolean (*DotTransportFunc) (const DotTransportState *state,
                                      gpointer                 user_data,
                                      GError                 **error);

gboolean dot_transport (const DotScoreFunction    *function,
                        const DotTransportOptions *options,
                        const double              *origins,
                        gsize                      batch,
                        DotTransportFunc           callback,
                        gpointer                   user_data,
                        GCancellable              *cancellable,
                        GError                   **error);

G_END_DECLS
