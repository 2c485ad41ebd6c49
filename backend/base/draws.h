/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_DRAWS_H__
#define __DOT_DRAWS_H__

#include "dot.h"

G_BEGIN_DECLS

/* What a run draws at random; behind DotRandomEnd's own ends. */
typedef enum
{
  DOT_DRAW_WEIGHTS = 16,
  DOT_DRAW_LATENTS,
  DOT_DRAW_LABELS,
  DOT_DRAW_MIXING,
  DOT_DRAW_REAL_AUGMENT,
  DOT_DRAW_FAKE_AUGMENT,
  DOT_DRAW_GENERATOR_LATENTS,
  DOT_DRAW_GENERATOR_LABELS,
  DOT_DRAW_GENERATOR_AUGMENT,
  DOT_DRAW_SAMPLES,
  DOT_DRAW_STATISTICS,
  DOT_DRAW_STATISTICS_LABELS,
  DOT_DRAW_LIPSCHITZ,
  DOT_DRAW_LIPSCHITZ_LABELS
} DotDraw;

void dot_draw_uniform (guint64 seed, DotDraw end, guint64 step, float *values, gsize n);
void dot_draw_normal (guint64 seed, DotDraw end, guint64 step, float *values, gsize n);
void dot_draw_latents (DotPrior prior,
                       guint64  seed,
                       DotDraw  end,
                       guint64  step,
                       float   *values,
                       gsize    n);
void dot_draw_labels (guint64 seed,
                      DotDraw end,
                      guint64 step,
                      guint   n_labels,
                      gint32 *labels,
                      gsize   n);

G_END_DECLS

#endif /* __DOT_DRAWS_H__ */
