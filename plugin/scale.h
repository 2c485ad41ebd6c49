/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"

G_BEGIN_DECLS

double dot_scale_get_factor (DotScale scale, const DotFrame *frame, GimpImage *image);
void   dot_scale_buffer (GeglBuffer *source, GeglBuffer *target, double factor);

G_END_DECLS
