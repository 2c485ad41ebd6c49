/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

/**
 * DotDemoWidget:
 * @name: what it is called on the command line
 * @make: makes it, which may be a window of its own
 * @width: of the window that it is put into, in GTK's pixels; 0 for its own
 * @height: of that window
 */
typedef struct
{
  const char *name;
  GtkWidget *(*make) (DotGallery *gallery);
  int width;
  int height;
} DotDemoWidget;

const DotDemoWidget *dot_demo_widgets_get (gsize *n_widgets);
const DotDemoWidget *dot_demo_widgets_find (const char *name);

G_END_DECLS
