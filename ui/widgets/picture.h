/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_PICTURE (dot_picture_get_type ())
G_DECLARE_FINAL_TYPE (DotPicture, dot_picture, DOT, PICTURE, GtkDrawingArea)

GtkWidget *dot_picture_new (void);
void       dot_picture_set_pixbuf (DotPicture *picture, GdkPixbuf *pixbuf);

G_END_DECLS
