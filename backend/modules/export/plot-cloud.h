/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "export/plot.h"

#include <cairo.h>

/* In CSS pixels. */
#define DOT_PLOT_CLOUD_WIDTH  300.0
#define DOT_PLOT_CLOUD_HEIGHT 316.0

void dot_plot_cloud_draw (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel);
