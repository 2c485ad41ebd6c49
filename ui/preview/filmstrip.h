/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_FILMSTRIP (dot_filmstrip_get_type ())
G_DECLARE_FINAL_TYPE (DotFilmstrip, dot_filmstrip, DOT, FILMSTRIP, GtkBox)

GtkWidget *dot_filmstrip_new (DotGallery *gallery);
GtkWidget *dot_filmstrip_get_film (DotFilmstrip *strip);
GtkWidget *dot_filmstrip_get_slider (DotFilmstrip *strip);

G_END_DECLS
