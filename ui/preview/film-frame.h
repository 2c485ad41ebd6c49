/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

/**
 * DotFilmState:
 * @DOT_FILM_SHOWN: it is looked at
 * @DOT_FILM_MARKED: it is to be taken
 */
typedef enum
{
  DOT_FILM_SHOWN  = 1 << 0,
  DOT_FILM_MARKED = 1 << 1,
} DotFilmState;

typedef struct _DotFilmFrame DotFilmFrame;

DotFilmFrame *dot_film_frame_new (GtkWidget *widget);
void          dot_film_frame_free (DotFilmFrame *frame);
void          dot_film_frame_forget (DotFilmFrame *frame);
gboolean      dot_film_frame_fit (DotFilmFrame *frame, DotGallery *gallery);
int           dot_film_frame_get_width (DotFilmFrame *frame);
int           dot_film_frame_get_height (DotFilmFrame *frame);
gboolean      dot_film_frame_is_on_badge (DotFilmFrame *frame, double x, double y);
void          dot_film_frame_draw (DotFilmFrame *frame,
                                   cairo_t      *cr,
                                   DotGallery   *gallery,
                                   guint         candidate,
                                   guint         position,
                                   DotFilmState  state);

G_END_DECLS
