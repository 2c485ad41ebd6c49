/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures that are doubled and halved by the filter [1, 3, 3, 1] in both
 * directions: first the rows, then what lies beside each other in them.  Each is
 * the other's gradient. */

#include "view.h"

/* Numbers of a row that are filtered at once, with those beside them. */
#define ROOM (2 * PIECE)

/* factor · (3 · near + far); @far: (nullable): outside of the picture */
static void
put_taps (float *out, const float *near, const float *far, float factor, gsize n)
{
  dot_row_scale (out, near, 3.0f * factor, n);
  if (far)
    dot_row_axpy (out, out, far, factor, n);
}

static void
add_taps (float *out, const float *near, const float *far, float factor, gsize n)
{
  dot_row_axpy (out, out, near, 3.0f * factor, n);
  if (far)
    dot_row_axpy (out, out, far, factor, n);
}

/* Some pixels of a row of the smaller picture.
 * @first, @end: of them
 * @sizes: of the smaller picture */
typedef struct
{
  const DotSizes *sizes;
  gsize           sample;
  gsize           y;
  gsize           first;
  gsize           end;
} Piece;

/*  to twice the size  */

static const float *
load_small (DotView in, const Piece *piece, gsize y, gsize first, gsize end, float *room)
{
  const DotSizes *s  = piece->sizes;
  gsize           at = ((piece->sample * s->height + y) * s->width + first) * s->channels;

  return view_load (in, at, (end - first) * s->channels, room);
}

/* The pixels of the larger picture's row 2 y, or with @lower of the one below. */
static void
up_piece (DotView      out,
          DotView      in,
          const Piece *piece,
          guint        lower,
          float        factor,
          gboolean     accumulate)
{
  const DotSizes *s      = piece->sizes;
  gsize           c      = s->channels;
  gsize           first  = piece->first > 0 ? piece->first - 1 : 0;
  gsize           end    = MIN (piece->end + 1, s->width);
  gboolean        beside = lower ? piece->y + 1 < s->height : piece->y > 0;
  float           rooms[2][ROOM];
  float           mixed[ROOM];
  float           row[PIECE];
  const float    *far = NULL;

  if (beside)
    far = load_small (in, piece, lower ? piece->y + 1 : piece->y - 1, first, end, rooms[1]);
  put_taps (mixed, load_small (in, piece, piece->y, first, end, rooms[0]), far, 1.0f,
            (end - first) * c);
  for (gsize x = piece->first; x < piece->end; x++)
    {
      const float *near = mixed + (x - first) * c;
      float       *to   = row + 2 * (x - piece->first) * c;

      put_taps (to, near, x > 0 ? near - c : NULL, factor, c);
      put_taps (to + c, near, x + 1 < s->width ? near + c : NULL, factor, c);
    }
  put_sum (out,
           (((piece->sample * s->height + piece->y) * 2 + lower) * s->width + piece->first) * 2 * c,
           2 * (piece->end - piece->first) * c, row, accumulate);
}

/**
 * dot_kernel_fir_up:
 * @sizes: of the smaller picture, of at most %DOT_KERNEL_MAX_CHANNELS
 *
 * Each pixel is @factor times what [1, 3, 3, 1] makes, in both directions, of the
 * pixels with zeros between them: 3 times the nearest, and the next one.
 */
void
dot_kernel_fir_up (DotContext     *context,
                   DotView         out,
                   DotView         in,
                   const DotSizes *sizes,
                   float           factor,
                   gboolean        accumulate)
{
  gsize rows = 2 * sizes->batch * sizes->height;
  gsize step = CLAMP (PIECE / 2 / sizes->channels, 1, sizes->width);

#pragma omp parallel for schedule(static) if (2 * rows * sizes->width * sizes->channels > ALONE)
  for (gsize i = 0; i < rows; i++)
    for (gsize x = 0; x < sizes->width; x += step)
      {
        Piece piece = { sizes, i / 2 / sizes->height, i / 2 % sizes->height, x,
                        MIN (x + step, sizes->width) };

        up_piece (out, in, &piece, i % 2, factor, accumulate);
      }
}

/*  to half the size  */

static const float *
load_large (DotView in, const Piece *piece, gsize y, gsize first, gsize end, float *room)
{
  const DotSizes *s  = piece->sizes;
  gsize           at = ((piece->sample * s->height * 2 + y) * s->width * 2 + first) * s->channels;

  return view_load (in, at, (end - first) * s->channels, room);
}

/* Of the four rows what lies above the pixels, and between. */
static void
mix_rows (float *mixed, DotView in, const Piece *piece, gsize first, gsize end)
{
  gsize        n = (end - first) * piece->sizes->channels;
  gsize        y = 2 * piece->y;
  float        rooms[2][ROOM];
  const float *far = NULL;

  if (piece->y > 0)
    far = load_large (in, piece, y - 1, first, end, rooms[1]);
  put_taps (mixed, load_large (in, piece, y, first, end, rooms[0]), far, 1.0f, n);

  far = NULL;
  if (piece->y + 1 < piece->sizes->height)
    far = load_large (in, piece, y + 2, first, end, rooms[1]);
  add_taps (mixed, load_large (in, piece, y + 1, first, end, rooms[0]), far, 1.0f, n);
}

static void
down_piece (DotView out, DotView in, const Piece *piece, float factor, gboolean accumulate)
{
  const DotSizes *s     = piece->sizes;
  gsize           c     = s->channels;
  gsize           first = piece->first > 0 ? 2 * piece->first - 1 : 0;
  gsize           end   = MIN (2 * piece->end + 1, 2 * s->width);
  float           mixed[ROOM];
  float           row[PIECE];

  mix_rows (mixed, in, piece, first, end);
  for (gsize x = piece->first; x < piece->end; x++)
    {
      const float *near = mixed + (2 * x - first) * c;
      float       *to   = row + (x - piece->first) * c;

      put_taps (to, near, x > 0 ? near - c : NULL, factor, c);
      add_taps (to, near + c, x + 1 < s->width ? near + 2 * c : NULL, factor, c);
    }
  put_sum (out, ((piece->sample * s->height + piece->y) * s->width + piece->first) * c,
           (piece->end - piece->first) * c, row, accumulate);
}

/**
 * dot_kernel_fir_down:
 * @sizes: of the smaller picture, of at most %DOT_KERNEL_MAX_CHANNELS
 *
 * Each pixel is @factor times what [1, 3, 3, 1] makes, in both directions, of the
 * 4×4 pixels around its place.
 */
void
dot_kernel_fir_down (DotContext     *context,
                     DotView         out,
                     DotView         in,
                     const DotSizes *sizes,
                     float           factor,
                     gboolean        accumulate)
{
  gsize rows = sizes->batch * sizes->height;
  gsize step = CLAMP (ROOM / 2 / sizes->channels, 2, sizes->width + 1) - 1;

#pragma omp parallel for schedule(static) if (4 * rows * sizes->width * sizes->channels > ALONE)
  for (gsize i = 0; i < rows; i++)
    for (gsize x = 0; x < sizes->width; x += step)
      {
        Piece piece = { sizes, i / sizes->height, i % sizes->height, x,
                        MIN (x + step, sizes->width) };

        down_piece (out, in, &piece, factor, accumulate);
      }
}
