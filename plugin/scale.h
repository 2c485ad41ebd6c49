/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"
#include "grace.h"

G_BEGIN_DECLS

void        dot_scale_get_size (DotScale        scale,
                                const DotFrame *frame,
                                GimpImage      *image,
                                int            *width,
                                int            *height);
GeglBuffer *dot_scale_buffer (GeglBuffer *source, int width, int height, DotGrace *grace);

G_END_DECLS
