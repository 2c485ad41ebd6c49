/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "gallery.h"

G_BEGIN_DECLS

GPtrArray *dot_gallery_frames_all (DotGallery *gallery);
GPtrArray *dot_gallery_frames_selected (DotGallery *gallery);

G_END_DECLS
