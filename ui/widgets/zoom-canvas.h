/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "scroll-area.h"

G_BEGIN_DECLS

#define DOT_TYPE_ZOOM_CANVAS (dot_zoom_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DotZoomCanvas, dot_zoom_canvas, DOT, ZOOM_CANVAS, DotScrollArea)

GtkWidget *dot_zoom_canvas_new (void);
void       dot_zoom_canvas_set_pixbuf (DotZoomCanvas *canvas, GdkPixbuf *pixbuf);
void       dot_zoom_canvas_set_zoom (DotZoomCanvas *canvas, guint zoom, double x, double y);
void       dot_zoom_canvas_set_smooth (DotZoomCanvas *canvas, gboolean smooth);
double     dot_zoom_canvas_get_scale (DotZoomCanvas *canvas);

G_END_DECLS
