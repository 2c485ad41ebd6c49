/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_SCROLL_AREA (dot_scroll_area_get_type ())
G_DECLARE_DERIVABLE_TYPE (DotScrollArea, dot_scroll_area, DOT, SCROLL_AREA, GtkDrawingArea)

struct _DotScrollAreaClass
{
  GtkDrawingAreaClass parent_class;
};

void   dot_scroll_area_set_content (DotScrollArea *area, double width, double height);
double dot_scroll_area_get_x (DotScrollArea *area);
double dot_scroll_area_get_y (DotScrollArea *area);
void   dot_scroll_area_set_x (DotScrollArea *area, double x);
void   dot_scroll_area_set_y (DotScrollArea *area, double y);
void   dot_scroll_area_show_x (DotScrollArea *area, double x, double width);

G_END_DECLS
