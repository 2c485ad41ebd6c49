/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_SCORE_PLOT (dot_score_plot_get_type ())
G_DECLARE_FINAL_TYPE (DotScorePlot, dot_score_plot, DOT, SCORE_PLOT, GtkDrawingArea)

GtkWidget *dot_score_plot_new (DotGallery *gallery);
double     dot_score_plot_get_x (DotScorePlot *plot, guint when);

G_END_DECLS
