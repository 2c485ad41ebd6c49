/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotGalleryRow:
 *
 * All candidates after one update.
 */
typedef struct _DotGalleryRow DotGalleryRow;

DotGalleryRow *dot_gallery_row_new (GPtrArray *frames);
guint          dot_gallery_row_get_update (const DotGalleryRow *row);
guint          dot_gallery_row_get_n_candidates (const DotGalleryRow *row);
DotFrame      *dot_gallery_row_get_frame (const DotGalleryRow *row, guint candidate);
GdkPixbuf     *dot_gallery_row_get_picture (DotGalleryRow *row, guint candidate);
void           dot_gallery_row_free (gpointer row);

G_END_DECLS
