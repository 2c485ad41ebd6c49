/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_ZOOM_VIEW (dot_zoom_view_get_type ())
G_DECLARE_FINAL_TYPE (DotZoomView, dot_zoom_view, DOT, ZOOM_VIEW, GtkBox)

GtkWidget *dot_zoom_view_new (DotGallery *gallery);
guint      dot_zoom_view_get_zoom (DotZoomView *view);
void       dot_zoom_view_set_zoom (DotZoomView *view, guint zoom);
void       dot_zoom_view_step (DotZoomView *view, int steps);
gboolean   dot_zoom_view_get_smooth (DotZoomView *view);
void       dot_zoom_view_set_smooth (DotZoomView *view, gboolean smooth);
GtkWidget *dot_zoom_view_get_canvas (DotZoomView *view);

G_END_DECLS
