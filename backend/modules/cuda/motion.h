/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* The transport's step (transport/transport.c) as a GPU makes it: what it does
 * to one coordinate, in double and word by word as there, and where it finds
 * that.  As elements.h it is compiled for both. */

#include "elements.h"

#include "transport/optimizer.h"

G_BEGIN_DECLS

/**
 * DotMotionStep:
 *
 * What decides one update; see #DotAdvance.
 */
typedef struct
{
  DotMethod     method;
  DotOptimizer  optimizer;
  DotProjection projection;
  double        rate;
  double        delta;
  double        clip;
} DotMotionStep;

/**
 * DotMotion:
 * @dimension: d
 * @step: what the next update is to be
 * @origins: (B, d)
 * @k_eff: (B)
 * @points: (B, d)
 * @second_moments: (B, d)
 * @gradients: (B, d) of the score
 * @distances: (B)
 * @latents: (B, d) where the networks take the points from
 * @found: (B, d) where they leave the gradients
 *
 * The points of a plan's samples, all in the GPU's memory.
 */
typedef struct
{
  gsize                dimension;
  const DotMotionStep *step;
  const double        *origins;
  const double        *k_eff;
  double              *points;
  double              *second_moments;
  double              *gradients;
  double              *distances;
  float               *latents;
  const float         *found;
} DotMotion;

/* Coordinate @i, of all samples, of point − origin + δ. */
DOT_ELEMENT double
dot_motion_difference (const DotMotion *m, gsize i)
{
  return m->points[i] - m->origins[i] + m->step->delta;
}

/* The objective's gradient. */
DOT_ELEMENT double
dot_motion_descent (const DotMotion *m, gsize sample, gsize i)
{
  double distance = m->distances[sample];
  double pull     = m->step->method == DOT_METHOD_DOT && distance > 0.0 ? 1.0 / distance : 0.0;

  return pull * dot_motion_difference (m, i) - m->gradients[i] / m->k_eff[sample];
}

/* How much of the point the projection takes from its gradient.  @radial: sum
 * of gradient · point; @square: of point². */
DOT_ELEMENT double
dot_motion_project (const DotMotion *m, double radial, double square)
{
  double divisor = m->step->projection == DOT_PROJECTION_PAPER ? sqrt ((double) m->dimension)
                                                               : square;

  return m->step->projection == DOT_PROJECTION_NONE || divisor == 0.0 ? 0.0 : radial / divisor;
}

/* @factor: of dot_motion_project() */
DOT_ELEMENT void
dot_motion_move (const DotMotion *m, gsize sample, gsize i, double factor)
{
  const DotMotionStep *step  = m->step;
  double               point = m->points[i];
  double               g     = dot_motion_descent (m, sample, i);

  g -= factor * point;
  if (step->optimizer == DOT_OPTIMIZER_ADAM)
    {
      double v = m->second_moments[i];

      v += (1.0 - DOT_ADAM_BETA2) * (g * g - v);
      m->second_moments[i] = v;
      point -= step->rate * g / (sqrt (v) + DOT_ADAM_EPSILON);
    }
  else
    {
      point -= step->rate * g;
    }
  if (step->clip > 0.0)
    point = CLAMP (point, -step->clip, step->clip);
  m->points[i]  = point;
  m->latents[i] = (float) point;
}

/* Once the networks have answered. */
DOT_ELEMENT void
dot_motion_take (const DotMotion *m, gsize i)
{
  m->gradients[i] = m->found[i];
}

void dot_kernel_move (DotContext *context, const DotMotion *motion, gsize batch);
void dot_kernel_distance (DotContext *context, const DotMotion *motion, gsize batch);

G_END_DECLS
