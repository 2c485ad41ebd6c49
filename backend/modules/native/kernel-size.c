/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures that change their size: bilinear, or the largest of a window; and
 * channels that are put beside others. */

#include "view.h"

#include "modules/plan/tap.h"

/* @n numbers, which may be more than a piece. */
static void
put_row (DotView out, gsize first, gsize n, const float *row, gboolean accumulate)
{
  for (gsize i = 0; i < n; i += PIECE)
    put_sum (out, first + i, MIN (PIECE, n - i), row + i, accumulate);
}

/*  bilinear  */

/* A row of @out from the two of @in that it lies between. */
static void
resize_row (DotView out, DotView in, const DotSizes *sizes, gsize sample, gsize y)
{
  float  upper[DOT_KERNEL_MAX_ROW];
  float  lower[DOT_KERNEL_MAX_ROW];
  float  mixed[DOT_KERNEL_MAX_ROW];
  gsize  channels = sizes->channels;
  gsize  n        = sizes->width * channels;
  gsize  whole    = sizes->out_width * channels;
  gsize  from     = sample * sizes->height;
  gsize  to       = (sample * sizes->out_height + y) * whole;
  DotTap tap      = dot_tap_find (y, sizes->height, sizes->out_height);
  float *row      = view_begin (out, to, upper);

  dot_row_mix (mixed, view_load (in, (from + tap.first) * n, n, upper),
               view_load (in, (from + tap.second) * n, n, lower), tap.weights, n);
  for (gsize x = 0; x < sizes->out_width; x++)
    {
      tap = dot_tap_find (x, sizes->width, sizes->out_width);
      dot_row_mix (row + x * channels, mixed + tap.first * channels, mixed + tap.second * channels,
                   tap.weights, channels);
    }
  view_store (out, to, whole, row);
}

/**
 * dot_kernel_resize:
 * @sizes: with rows of at most %DOT_KERNEL_MAX_ROW numbers
 *
 * Bilinear, between the centres of pixels.
 */
void
dot_kernel_resize (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  gsize rows = sizes->batch * sizes->out_height;

#pragma omp parallel for schedule(static) if (rows * sizes->out_width * sizes->channels > ALONE)
  for (gsize i = 0; i < rows; i++)
    resize_row (out, in, sizes, i / sizes->out_height, i % sizes->out_height);
}

/* What row @y of the input was given: the rows of the gradient that took from
 * it, each by its weight. */
static void
gather_rows (float *sum, DotView gradient, const DotSizes *sizes, gsize sample, gsize y)
{
  float room[DOT_KERNEL_MAX_ROW];
  gsize n   = sizes->out_width * sizes->channels;
  gsize end = dot_tap_end (y, sizes->height, sizes->out_height);

  memset (sum, 0, n * sizeof (float));
  for (gsize i = dot_tap_begin (y, sizes->height, sizes->out_height); i < end; i++)
    {
      DotTap       tap = dot_tap_find (i, sizes->height, sizes->out_height);
      const float *row;

      if (tap.first != y && tap.second != y)
        continue;
      row = view_load (gradient, (sample * sizes->out_height + i) * n, n, room);
      if (tap.first == y)
        dot_row_axpy (sum, sum, row, tap.weights[0], n);
      if (tap.second == y)
        dot_row_axpy (sum, sum, row, tap.weights[1], n);
    }
}

static void
resize_back_row (DotView         out,
                 DotView         gradient,
                 const DotSizes *sizes,
                 gsize           sample,
                 gsize           y,
                 gboolean        accumulate)
{
  float sum[DOT_KERNEL_MAX_ROW];
  float row[DOT_KERNEL_MAX_ROW];
  gsize channels = sizes->channels;
  gsize n        = sizes->width * channels;

  gather_rows (sum, gradient, sizes, sample, y);
  memset (row, 0, n * sizeof (float));
  for (gsize x = 0; x < sizes->out_width; x++)
    {
      DotTap tap    = dot_tap_find (x, sizes->width, sizes->out_width);
      float *first  = row + tap.first * channels;
      float *second = row + tap.second * channels;

      dot_row_axpy (first, first, sum + x * channels, tap.weights[0], channels);
      dot_row_axpy (second, second, sum + x * channels, tap.weights[1], channels);
    }
  put_row (out, (sample * sizes->height + y) * n, n, row, accumulate);
}

/**
 * dot_kernel_resize_back:
 * @out: of the input's size
 *
 * The gradient of dot_kernel_resize().
 */
void
dot_kernel_resize_back (DotContext     *context,
                        DotView         out,
                        DotView         gradient,
                        const DotSizes *sizes,
                        gboolean        accumulate)
{
  gsize rows = sizes->batch * sizes->height;

#pragma omp parallel for schedule(static) if (rows * sizes->width * sizes->channels > ALONE)
  for (gsize i = 0; i < rows; i++)
    resize_back_row (out, gradient, sizes, i / sizes->height, i % sizes->height, accumulate);
}

/*  the largest of a window  */

/* The largest one. */
#define WINDOW 3

/* The rows of the input that row @y of windows looks at. */
typedef struct
{
  const float *rows[WINDOW];
  gsize        n;
  float        room[WINDOW][DOT_KERNEL_MAX_ROW];
} Windows;

static void
windows_load (Windows *windows, DotView in, const DotSizes *sizes, gsize sample, gsize y)
{
  gsize n = sizes->width * sizes->channels;

  windows->n = MIN (sizes->window, sizes->height - 2 * y);
  for (gsize i = 0; i < windows->n; i++)
    windows->rows[i] = view_load (in, (sample * sizes->height + 2 * y + i) * n, n,
                                  windows->room[i]);
}

/* The largest of window @x, channel by channel, and where it is: row · 3 +
 * column, the first of those that are equal. */
static void
windows_find (const Windows *windows, const DotSizes *sizes, gsize x, float *most, guint32 *at)
{
  gsize channels = sizes->channels;
  gsize wide     = MIN (sizes->window, sizes->width - 2 * x);

  memcpy (most, windows->rows[0] + 2 * x * channels, channels * sizeof (float));
  memset (at, 0, channels * sizeof (guint32));
  for (gsize i = 0; i < windows->n; i++)
    for (gsize j = 0; j < wide; j++)
      if (i + j > 0)
        dot_row_larger (most, at, windows->rows[i] + (2 * x + j) * channels, i * WINDOW + j,
                        channels);
}

static void
max_pool_row (DotView out, DotView in, const DotSizes *sizes, gsize sample, gsize y)
{
  Windows windows;
  float   most[DOT_KERNEL_MAX_ROW];
  guint32 at[DOT_KERNEL_MAX_ROW];
  gsize   n   = sizes->out_width * sizes->channels;
  gsize   to  = (sample * sizes->out_height + y) * n;
  float  *row = view_begin (out, to, most);

  windows_load (&windows, in, sizes, sample, y);
  for (gsize x = 0; x < sizes->out_width; x++)
    windows_find (&windows, sizes, x, row + x * sizes->channels, at);
  view_store (out, to, n, row);
}

/**
 * dot_kernel_max_pool:
 * @sizes: with rows of at most %DOT_KERNEL_MAX_ROW numbers
 *
 * The largest of 3×3 or 2×2 at every second pixel, or of what of them there is.
 */
void
dot_kernel_max_pool (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  gsize rows = sizes->batch * sizes->out_height;

#pragma omp parallel for schedule(static) if (rows * sizes->width * sizes->channels > ALONE)
  for (gsize i = 0; i < rows; i++)
    max_pool_row (out, in, sizes, i / sizes->out_height, i % sizes->out_height);
}

/* Adds the gradient of row @y of windows to the largest of each: @sums has a
 * row for each of theirs. */
static void
spread_windows (float           sums[WINDOW][DOT_KERNEL_MAX_ROW],
                DotView         gradient,
                DotView         in,
                const DotSizes *sizes,
                gsize           sample,
                gsize           y)
{
  Windows      windows;
  float        room[DOT_KERNEL_MAX_ROW];
  float        most[DOT_KERNEL_MAX_ROW];
  guint32      at[DOT_KERNEL_MAX_ROW];
  gsize        channels = sizes->channels;
  gsize        n        = sizes->out_width * channels;
  const float *row      = view_load (gradient, (sample * sizes->out_height + y) * n, n, room);

  windows_load (&windows, in, sizes, sample, y);
  for (gsize x = 0; x < sizes->out_width; x++)
    {
      gsize wide = MIN (sizes->window, sizes->width - 2 * x);

      windows_find (&windows, sizes, x, most, at);
      for (gsize i = 0; i < windows.n; i++)
        for (gsize j = 0; j < wide; j++)
          dot_row_scatter (sums[i] + (2 * x + j) * channels, row + x * channels, at, i * WINDOW + j,
                           channels);
    }
}

/* Windows share a row with those below: it is passed on. */
static void
max_pool_back_sample (DotView         out,
                      DotView         gradient,
                      DotView         in,
                      const DotSizes *sizes,
                      gsize           sample,
                      gboolean        accumulate)
{
  float sums[WINDOW][DOT_KERNEL_MAX_ROW];
  gsize n    = sizes->width * sizes->channels;
  gsize size = n * sizeof (float);

  memset (sums[0], 0, size);
  for (gsize y = 0; y < sizes->out_height; y++)
    {
      gsize first = sample * sizes->height + 2 * y;
      gsize done  = y + 1 < sizes->out_height ? 2 : MIN (sizes->window, sizes->height - 2 * y);

      memset (sums[1], 0, size);
      memset (sums[2], 0, size);
      spread_windows (sums, gradient, in, sizes, sample, y);
      for (gsize i = 0; i < done; i++)
        put_row (out, (first + i) * n, n, sums[i], accumulate);
      memcpy (sums[0], sums[2], size);
    }
}

/**
 * dot_kernel_max_pool_back:
 * @out: of the input's size
 * @in: what dot_kernel_max_pool() took
 *
 * The gradient of that: it goes to the first of the largest.
 */
void
dot_kernel_max_pool_back (DotContext     *context,
                          DotView         out,
                          DotView         gradient,
                          DotView         in,
                          const DotSizes *sizes,
                          gboolean        accumulate)
{
#pragma omp parallel for schedule(static) if (sizes->batch > 1)
  for (gsize i = 0; i < sizes->batch; i++)
    max_pool_back_sample (out, gradient, in, sizes, i, accumulate);
}

/*  channels beside others  */

/**
 * dot_kernel_copy:
 * @in: of @out's precision
 * @accumulate: whether they are added to what @out holds
 *
 * Some channels of each pixel from one place to another.
 */
void
dot_kernel_copy (DotContext    *context,
                 DotView        out,
                 DotView        in,
                 const DotPart *part,
                 gboolean       accumulate)
{
#pragma omp parallel for schedule(static) if (part->pixels * part->channels > ALONE)
  for (gsize i = 0; i < part->pixels; i++)
    for (gsize c = 0; c < part->channels; c += PIECE)
      {
        float        room[PIECE];
        gsize        n     = MIN (PIECE, part->channels - c);
        const float *piece = view_load (in, i * part->in_whole + part->in_first + c, n, room);

        put_sum (out, i * part->out_whole + part->out_first + c, n, piece, accumulate);
      }
}
