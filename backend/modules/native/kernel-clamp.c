/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers that are kept within a limit. */

#include "view.h"

/**
 * dot_kernel_clamp:
 * @out: may be @in
 *
 * Keeps what is within ±@limit.
 */
void
dot_kernel_clamp (DotContext *context, DotView out, DotView in, gsize items, float limit)
{
  gsize pieces = (items + PIECE - 1) / PIECE;

#pragma omp parallel for schedule(static) if (items > ALONE)
  for (gsize i = 0; i < pieces; i++)
    {
      float  from[PIECE];
      float  to[PIECE];
      gsize  first = i * PIECE;
      gsize  n     = MIN (PIECE, items - first);
      float *y     = view_begin (out, first, to);

      dot_row_clamp (y, view_load (in, first, n, from), limit, n);
      view_store (out, first, n, y);
    }
}

/* What is cut off has at least this size as it is stored. */
static float
stored_limit (DotView view, float limit)
{
  float   rounded = limit;
  guint16 narrow;

  if (view.narrow)
    {
      dot_row_narrow (&narrow, &limit, 1);
      dot_row_widen (&rounded, &narrow, 1);
    }
  return MIN (rounded, limit);
}

/**
 * dot_kernel_clamp_back:
 * @out: the gradient before; may be @gradient
 * @gradient: after
 * @result: what was kept
 * @activation: of what was clamped
 * @accumulate: whether it is added to what @out holds
 *
 * The gradient of dot_kernel_clamp(), and of an activation before it.
 */
void
dot_kernel_clamp_back (DotContext   *context,
                       DotView       out,
                       DotView       gradient,
                       DotView       result,
                       gsize         items,
                       DotActivation activation,
                       float         limit,
                       gboolean      accumulate)
{
  gsize pieces = (items + PIECE - 1) / PIECE;
  float bound  = stored_limit (result, limit);

#pragma omp parallel for schedule(static) if (items > ALONE)
  for (gsize i = 0; i < pieces; i++)
    {
      float        from[PIECE];
      float        kept[PIECE];
      float        to[PIECE];
      gsize        first = i * PIECE;
      gsize        n     = MIN (PIECE, items - first);
      const float *r     = view_load (result, first, n, kept);

      dot_row_clamp_gate (to, view_load (gradient, first, n, from), r, bound, n);
      dot_row_gate (to, to, r, activation, n);
      put_sum (out, first, n, to, accumulate);
    }
}
