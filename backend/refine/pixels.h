/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* The key of the text chunk that has a state. */
#define DOT_PIXELS_STATE "dot-refine"

guint8    *dot_pixels_from_image (const float *image, guint channels, guint width, guint height);
GdkPixbuf *dot_pixels_new_pixbuf (const float *image, guint channels, guint width, guint height);
gboolean   dot_pixels_encode (GdkPixbuf  *pixbuf,
                              const char *title,
                              const char *state,
                              char      **bytes,
                              gsize      *size,
                              GError    **error);

G_END_DECLS
