/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/gallery.h"

G_BEGIN_DECLS

char *dot_picture_text_caption (DotGallery *gallery, guint candidate, guint position);
char *dot_picture_text_short (DotGallery *gallery, guint candidate, guint position);
char *dot_picture_text_help (DotGallery *gallery, guint candidate, guint position);

G_END_DECLS
