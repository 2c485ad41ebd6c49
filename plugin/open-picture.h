/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

gboolean dot_open_picture_is_there (GimpImage *image);
GBytes  *dot_open_picture_read (GimpImage *image);

G_END_DECLS
