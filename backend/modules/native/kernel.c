/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What stands between the convolutions: passes over channels-last pixels, cut
 * into pieces that stay in the first cache and shared out to the threads. */

#include "view.h"

/*  tables of channels, repeated to a piece  */

/* How pixels are cut: @pieces of @size numbers; a table of channels holds for
 * one piece, or where the channels are more than a piece, for a part. */
typedef struct
{
  gsize size;
  gsize pieces;
  gsize items;
} Cut;

static Cut
cut_pixels (DotPixels pixels)
{
  Cut cut = { .items = pixels.count * pixels.channels };

  cut.size = pixels.channels <= PIECE ? PIECE / pixels.channels * pixels.channels : PIECE;
  /* A part of the channels only where they can be cut into equal ones. */
  if (pixels.channels > PIECE)
    while (pixels.channels % cut.size)
      cut.size--;
  cut.pieces = (cut.items + cut.size - 1) / cut.size;
  return cut;
}

static gsize
cut_length (const Cut *cut, gsize piece)
{
  return MIN (cut->size, cut->items - piece * cut->size);
}

static const float *
repeat_table (float *place, const float *table, DotPixels pixels, const Cut *cut)
{
  if (! table || pixels.channels > PIECE)
    return table;
  for (gsize i = 0; i < cut->size; i += pixels.channels)
    memcpy (place + i, table, pixels.channels * sizeof (float));
  return place;
}

static const float *
table_at (const float *table, DotPixels pixels, const Cut *cut, gsize piece)
{
  if (! table || pixels.channels <= PIECE)
    return table;
  return table + piece * cut->size % pixels.channels;
}

/*  affine operations  */

static void
affine_piece (DotView       out,
              DotView       in,
              gsize         first,
              gsize         n,
              const float  *scale,
              const float  *shift,
              DotActivation activation)
{
  float        from[PIECE];
  float        to[PIECE];
  const float *x = view_load (in, first, n, from);
  float       *y = view_begin (out, first, to);

  if (scale)
    {
      dot_row_affine (y, x, scale, shift, n);
      x = y;
    }
  dot_row_activate (y, x, activation, n);
  view_store (out, first, n, y);
}

/**
 * dot_kernel_affine:
 * @out: may be @in, or of the other precision
 * @scale: (nullable): one number a channel
 * @shift: (nullable): with @scale
 *
 * out = activation (scale · in + shift).
 */
void
dot_kernel_affine (DotContext   *context,
                   DotView       out,
                   DotView       in,
                   DotPixels     pixels,
                   const float  *scale,
                   const float  *shift,
                   DotActivation activation)
{
  Cut          cut = cut_pixels (pixels);
  float        scales[PIECE];
  float        shifts[PIECE];
  const float *s = repeat_table (scales, scale, pixels, &cut);
  const float *t = repeat_table (shifts, shift, pixels, &cut);

#pragma omp parallel for schedule(static) if (cut.items > ALONE)
  for (gsize i = 0; i < cut.pieces; i++)
    affine_piece (out, in, i * cut.size, cut_length (&cut, i), table_at (s, pixels, &cut, i),
                  table_at (t, pixels, &cut, i), activation);
}

static void
back_piece (DotView       out,
            DotView       gradient,
            DotView       result,
            gsize         first,
            gsize         n,
            const float  *scale,
            DotActivation activation,
            gboolean      accumulate)
{
  float        from[PIECE];
  float        sum[PIECE];
  float        to[PIECE];
  const float *g = view_load (gradient, first, n, from);
  float       *y = accumulate ? to : view_begin (out, first, to);

  if (activation != DOT_ACTIVATION_NONE)
    {
      dot_row_gate (y, g, view_load (result, first, n, sum), activation, n);
      g = y;
    }
  if (scale)
    {
      dot_row_multiply (y, g, scale, n);
      g = y;
    }
  if (accumulate)
    {
      y = view_begin (out, first, sum);
      dot_row_axpy (y, view_load (out, first, n, sum), g, 1.0f, n);
    }
  else if (g != y)
    memcpy (y, g, n * sizeof (float));
  view_store (out, first, n, y);
}

/**
 * dot_kernel_back:
 * @out: the gradient before; may be @gradient
 * @gradient: after
 * @result: what the operation put out; not looked at without an activation
 * @scale: (nullable): one number a channel
 * @accumulate: whether it is added to what @out holds
 *
 * The gradient of dot_kernel_affine().
 */
void
dot_kernel_back (DotContext   *context,
                 DotView       out,
                 DotView       gradient,
                 DotView       result,
                 DotPixels     pixels,
                 const float  *scale,
                 DotActivation activation,
                 gboolean      accumulate)
{
  Cut          cut = cut_pixels (pixels);
  float        scales[PIECE];
  const float *s = repeat_table (scales, scale, pixels, &cut);

#pragma omp parallel for schedule(static) if (cut.items > ALONE)
  for (gsize i = 0; i < cut.pieces; i++)
    back_piece (out, gradient, result, i * cut.size, cut_length (&cut, i),
                table_at (s, pixels, &cut, i), activation, accumulate);
}

/**
 * dot_kernel_add:
 * @out: may be @first
 *
 * out = first + factor · second.
 */
void
dot_kernel_add (DotContext *context,
                DotView     out,
                DotView     first,
                DotView     second,
                gsize       items,
                float       factor)
{
  gsize pieces = (items + PIECE - 1) / PIECE;

#pragma omp parallel for schedule(static) if (items > ALONE)
  for (gsize i = 0; i < pieces; i++)
    {
      float  a[PIECE];
      float  b[PIECE];
      gsize  start = i * PIECE;
      gsize  n     = MIN (PIECE, items - start);
      float *y     = view_begin (out, start, a);

      dot_row_axpy (y, view_load (first, start, n, a), view_load (second, start, n, b), factor, n);
      view_store (out, start, n, y);
    }
}

/*  halving and doubling  */

/* How many pixels of the smaller picture make a piece: two of the larger are
 * one of them. */
static gsize
pixels_at_once (gsize width, gsize channels)
{
  return CLAMP (PIECE / 2 / channels, 1, width);
}

/* @pixels of a row of the smaller picture, from two rows of the larger. */
static void
pool_piece (DotView  out,
            DotView  in,
            gsize    to,
            gsize    from,
            gsize    stride,
            gsize    pixels,
            gsize    channels,
            float    factor,
            gboolean accumulate)
{
  float        upper[PIECE];
  float        lower[PIECE];
  gsize        n = 2 * pixels * channels;
  const float *a = view_load (in, from, n, upper);
  const float *b = view_load (in, from + stride, n, lower);

  dot_row_axpy (lower, a, b, 1.0f, n);
  dot_row_halve (upper, lower, factor, pixels, channels);
  put_sum (out, to, pixels * channels, upper, accumulate);
}

/**
 * dot_kernel_pool:
 * @rows: of @out, of all samples
 * @width: of @out
 * @channels: at most %DOT_KERNEL_MAX_CHANNELS
 *
 * Each pixel is @factor times the sum of the 2×2 that lie there: the mean
 * with a quarter, the gradient of dot_kernel_unpool() with one.
 */
void
dot_kernel_pool (DotContext *context,
                 DotView     out,
                 DotView     in,
                 gsize       rows,
                 gsize       width,
                 gsize       channels,
                 float       factor,
                 gboolean    accumulate)
{
  gsize stride = 2 * width * channels;
  gsize step   = pixels_at_once (width, channels);

#pragma omp parallel for schedule(static) if (rows * stride > ALONE)
  for (gsize y = 0; y < rows; y++)
    for (gsize x = 0; x < width; x += step)
      pool_piece (out, in, (y * width + x) * channels, 2 * y * stride + 2 * x * channels, stride,
                  MIN (step, width - x), channels, factor, accumulate);
}

static void
unpool_piece (DotView  out,
              DotView  in,
              gsize    to,
              gsize    from,
              gsize    stride,
              gsize    pixels,
              gsize    channels,
              float    factor,
              gboolean accumulate)
{
  float        small[PIECE];
  float        large[PIECE];
  gsize        n = pixels * channels;
  const float *x = view_load (in, from, n, small);

  dot_row_double (large, x, factor, pixels, channels);
  put_sum (out, to, 2 * n, large, accumulate);
  put_sum (out, to + stride, 2 * n, large, accumulate);
}

/**
 * dot_kernel_unpool:
 * @rows: of @in, of all samples
 * @width: of @in
 * @channels: at most %DOT_KERNEL_MAX_CHANNELS
 *
 * Each pixel is put in 2×2, @factor times.
 */
void
dot_kernel_unpool (DotContext *context,
                   DotView     out,
                   DotView     in,
                   gsize       rows,
                   gsize       width,
                   gsize       channels,
                   float       factor,
                   gboolean    accumulate)
{
  gsize stride = 2 * width * channels;
  gsize step   = pixels_at_once (width, channels);

#pragma omp parallel for schedule(static) if (rows * stride > ALONE)
  for (gsize y = 0; y < rows; y++)
    for (gsize x = 0; x < width; x += step)
      unpool_piece (out, in, 2 * y * stride + 2 * x * channels, (y * width + x) * channels, stride,
                    MIN (step, width - x), channels, factor, accumulate);
}

/*  further channels  */

static void
copy_items (DotView out, gsize to, DotView in, gsize from, gsize n)
{
  gsize size = in.narrow ? sizeof (guint16) : sizeof (float);

  memcpy (view_at (out, to), view_at (in, from), n * size);
}

/**
 * dot_kernel_concat:
 * @pixels: of @in, which is of @out's precision
 * @further: (n_further): channels that are the same at each pixel
 */
void
dot_kernel_concat (DotContext  *context,
                   DotView      out,
                   DotView      in,
                   DotPixels    pixels,
                   const float *further,
                   gsize        n_further)
{
  gsize   whole = pixels.channels + n_further;
  DotView table = { (gpointer) further, FALSE };

  for (gsize i = 0; i < pixels.count; i++)
    {
      copy_items (out, i * whole, in, i * pixels.channels, pixels.channels);
      if (out.narrow)
        dot_row_narrow (view_at (out, i * whole + pixels.channels), further, n_further);
      else
        copy_items (out, i * whole + pixels.channels, table, 0, n_further);
    }
}

/**
 * dot_kernel_slice:
 * @pixels: of @out, which is of @in's precision
 *
 * The gradient of dot_kernel_concat(): the further channels fall out.
 */
void
dot_kernel_slice (DotContext *context,
                  DotView     out,
                  DotView     in,
                  DotPixels   pixels,
                  gsize       n_further,
                  gboolean    accumulate)
{
  gsize whole = pixels.channels + n_further;

  for (gsize i = 0; i < pixels.count; i++)
    for (gsize c = 0; c < pixels.channels; c += PIECE)
      {
        float piece[PIECE];
        gsize n = MIN (PIECE, pixels.channels - c);

        if (view_load (in, i * whole + c, n, piece) != piece)
          memcpy (piece, view_at (in, i * whole + c), n * sizeof (float));
        put_sum (out, i * pixels.channels + c, n, piece, accumulate);
      }
}

/*  the score  */

static DotView
sample_of (DotView view, gsize sample, gsize items)
{
  return (DotView) { view_at (view, sample * items), view.narrow };
}

/* ⟨weight, in⟩ of a sample, summed in double over the pixels. */
static double
score_sample (DotView in, DotPixels pixels, const DotHead *head)
{
  gsize  items = pixels.count * pixels.channels;
  gsize  size  = MIN (pixels.channels, PIECE);
  double sum   = 0.0;

  for (gsize first = 0; first < items;)
    {
      float piece[PIECE];
      gsize n = MIN (size, pixels.channels - first % pixels.channels);

      sum += dot_row_dot (view_load (in, first, n, piece), head->weight + first % head->period, n);
      first += n;
    }
  return sum;
}

/**
 * dot_kernel_dot:
 * @scores: (batch): ⟨weight, in⟩ + bias + shift
 * @pixels: of one sample
 */
void
dot_kernel_dot (DotContext    *context,
                double        *scores,
                DotView        in,
                gsize          batch,
                DotPixels      pixels,
                const DotHead *head)
{
  gsize items = pixels.count * pixels.channels;

  for (gsize i = 0; i < batch; i++)
    scores[i] = head->bias + (head->shift ? *head->shift : 0.0) +
                score_sample (sample_of (in, i, items), pixels, head);
}

static void
spread_sample (DotView out, DotPixels pixels, const DotHead *head)
{
  for (gsize i = 0; i < pixels.count; i++)
    {
      gsize        first = i * pixels.channels;
      const float *row   = head->weight + first % head->period;

      if (out.narrow)
        dot_row_narrow (view_at (out, first), row, pixels.channels);
      else
        memcpy (view_at (out, first), row, pixels.channels * sizeof (float));
    }
}

/**
 * dot_kernel_spread:
 * @pixels: of one sample
 *
 * The gradient of dot_kernel_dot(): the weight at each pixel.
 */
void
dot_kernel_spread (DotContext    *context,
                   DotView        out,
                   gsize          batch,
                   DotPixels      pixels,
                   const DotHead *head)
{
  gsize items = pixels.count * pixels.channels;

  for (gsize i = 0; i < batch; i++)
    spread_sample (sample_of (out, i, items), pixels, head);
}

/*  attention  */

static void
softmax_back_row (DotView out, DotView gradient, DotView result, gsize first, gsize columns)
{
  double sum = 0.0;

  for (gsize c = 0; c < columns; c += PIECE)
    {
      float a[PIECE];
      float b[PIECE];
      gsize n = MIN (PIECE, columns - c);

      sum += dot_row_dot (view_load (gradient, first + c, n, a),
                          view_load (result, first + c, n, b), n);
    }
  for (gsize c = 0; c < columns; c += PIECE)
    {
      float        a[PIECE];
      float        b[PIECE];
      float        y[PIECE];
      gsize        n = MIN (PIECE, columns - c);
      const float *g = view_load (gradient, first + c, n, a);
      const float *p = view_load (result, first + c, n, b);

      for (gsize i = 0; i < n; i++)
        y[i] = p[i] * (g[i] - (float) sum);
      put_sum (out, first + c, n, y, FALSE);
    }
}

/**
 * dot_kernel_softmax_back:
 * @out: (rows, columns) may be @gradient
 * @result: of the softmax over each row
 *
 * out = p ⊙ (g − ⟨g, p⟩).
 */
void
dot_kernel_softmax_back (DotContext *context,
                         DotView     out,
                         DotView     gradient,
                         DotView     result,
                         gsize       rows,
                         gsize       columns)
{
#pragma omp parallel for schedule(static) if (rows * columns > ALONE)
  for (gsize i = 0; i < rows; i++)
    softmax_back_row (out, gradient, result, i * columns, columns);
}
