/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "core/gallery.h"

G_BEGIN_DECLS

/**
 * DotPlotScale:
 * @low: the number at the bottom
 * @high: the number at the top
 *
 * One of the two axes that go up.
 */
typedef struct
{
  double low;
  double high;
} DotPlotScale;

/**
 * DotPlotFrame:
 * @left, @top, @width, @height: where the curves are, in GTK's pixels
 * @last: the update at the right; 0 is at the left
 * @scores: on the left
 * @distances: on the right
 *
 * Where numbers are on the screen.
 */
typedef struct
{
  double       left;
  double       top;
  double       width;
  double       height;
  double       last;
  DotPlotScale scores;
  DotPlotScale distances;
} DotPlotFrame;

void   dot_plot_frame_measure (DotPlotFrame *frame, DotGallery *gallery);
double dot_plot_frame_get_x (const DotPlotFrame *frame, double update);
double dot_plot_frame_get_y (const DotPlotFrame *frame, const DotPlotScale *scale, double number);
guint  dot_plot_frame_find_position (const DotPlotFrame *frame, DotGallery *gallery, double x);

G_END_DECLS
