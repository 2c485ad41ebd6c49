/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/gallery.h"
#include "widgets/scroll-area.h"

G_BEGIN_DECLS

#define DOT_TYPE_FILM (dot_film_get_type ())
G_DECLARE_FINAL_TYPE (DotFilm, dot_film, DOT, FILM, DotScrollArea)

GtkWidget *dot_film_new (DotGallery *gallery);
void       dot_film_get_place (DotFilm *film, guint position, GdkRectangle *place);

G_END_DECLS
