/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_PREVIEW (dot_preview_get_type ())
G_DECLARE_FINAL_TYPE (DotPreview, dot_preview, DOT, PREVIEW, GtkBox)

GtkWidget *dot_preview_new (DotGallery *gallery);

G_END_DECLS
