/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "plot-frame.h"

#include <math.h>

/**
 * dot_plot_frame_measure:
 * @gallery: whose scores and distances are to fit
 *
 * Sets what @frame's axes go to.
 */
void
dot_plot_frame_measure (DotPlotFrame *frame, DotGallery *gallery)
{
  double lowest, highest;

  frame->last      = MAX (dot_gallery_get_n_updates (gallery), 1);
  frame->scores    = (DotPlotScale) { 0.0, 0.0 };
  frame->distances = (DotPlotScale) { 0.0, 0.0 };

  if (dot_gallery_get_score_range (gallery, &lowest, &highest))
    frame->scores = (DotPlotScale) { lowest, highest };
  /* a distance says something next to none at all */
  if (dot_gallery_get_distance_range (gallery, &lowest, &highest))
    frame->distances.high = highest;
}

double
dot_plot_frame_get_x (const DotPlotFrame *frame, double update)
{
  return frame->left + update / frame->last * frame->width;
}

/**
 * dot_plot_frame_get_y:
 * @scale: one of @frame's
 *
 * Returns: how high @number is; the middle where all are the same
 */
double
dot_plot_frame_get_y (const DotPlotFrame *frame, const DotPlotScale *scale, double number)
{
  double range = scale->high - scale->low;
  double share = range > 0.0 ? (number - scale->low) / range : 0.5;

  return frame->top + (1.0 - share) * frame->height;
}

/* The first position whose update is not before @update; the last where there
 * is none. */
static guint
search (DotGallery *gallery, double update)
{
  guint first = 0;
  guint end   = dot_gallery_get_n_positions (gallery) - 1;

  while (first < end)
    {
      guint middle = (first + end) / 2;

      if (dot_gallery_get_update (gallery, middle) < update)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

/**
 * dot_plot_frame_find_position:
 * @gallery: one with pictures
 * @x: on the screen
 *
 * Returns: the position whose update is next to @x
 */
guint
dot_plot_frame_find_position (const DotPlotFrame *frame, DotGallery *gallery, double x)
{
  double update = (x - frame->left) / MAX (frame->width, 1.0) * frame->last;
  guint  after  = search (gallery, update);

  if (after > 0 && update - dot_gallery_get_update (gallery, after - 1) <
                     fabs (dot_gallery_get_update (gallery, after) - update))
    return after - 1;
  return after;
}
