/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_PICTURE_ROOM (dot_picture_room_get_type ())
G_DECLARE_FINAL_TYPE (DotPictureRoom, dot_picture_room, DOT, PICTURE_ROOM, GtkContainer)

GtkWidget *dot_picture_room_new (GtkWidget *candidates, GtkWidget *large);

G_END_DECLS
