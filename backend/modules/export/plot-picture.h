/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "export/plot.h"

#include <cairo.h>

/* In CSS pixels. */
#define DOT_PLOT_PICTURE_WIDTH  144.0
#define DOT_PLOT_PICTURE_HEIGHT 164.0

void dot_plot_picture_draw (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel);
