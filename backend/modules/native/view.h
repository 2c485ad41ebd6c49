/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* Numbers of either precision, taken a piece at a time. */

#include "row.h"

#include <string.h>

G_BEGIN_DECLS

/* Floats that a piece has at most. */
#define PIECE (2 * DOT_KERNEL_MAX_CHANNELS)

/* Below so many numbers other threads aren't worth waking. */
#define ALONE 131072

static inline gpointer
view_at (DotView view, gsize first)
{
  return view.narrow ? (gpointer) ((guint16 *) view.data + first)
                     : (gpointer) ((float *) view.data + first);
}

/* The numbers as floats: where they are, or widened into @piece. */
static inline const float *
view_load (DotView view, gsize first, gsize n, float *piece)
{
  if (! view.narrow)
    return view_at (view, first);

  dot_row_widen (piece, view_at (view, first), n);
  return piece;
}

/* Where to put numbers: in their place, or in @piece, for view_store(). */
static inline float *
view_begin (DotView view, gsize first, float *piece)
{
  return view.narrow ? piece : view_at (view, first);
}

static inline void
view_store (DotView view, gsize first, gsize n, const float *piece)
{
  if (view.narrow)
    dot_row_narrow (view_at (view, first), piece, n);
}

/* @sum, with what @out holds where it is added to that. */
static inline void
put_sum (DotView out, gsize first, gsize n, const float *sum, gboolean accumulate)
{
  float  held[PIECE];
  float *y = view_begin (out, first, held);

  if (accumulate)
    dot_row_axpy (y, view_load (out, first, n, held), sum, 1.0f, n);
  else
    memcpy (y, sum, n * sizeof (float));
  view_store (out, first, n, y);
}

G_END_DECLS
