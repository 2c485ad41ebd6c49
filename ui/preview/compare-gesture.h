/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

void dot_compare_gesture_add (GtkWidget *widget, DotGallery *gallery);

G_END_DECLS
