/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "plot-frame.h"

G_BEGIN_DECLS

void dot_plot_drawing_get_frame (GtkWidget *widget, DotGallery *gallery, DotPlotFrame *frame);
int  dot_plot_drawing_get_width (GtkWidget *widget);
void dot_plot_drawing_draw (GtkWidget *widget, DotGallery *gallery, cairo_t *cr);

G_END_DECLS
