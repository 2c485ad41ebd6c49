/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

int  dot_position_find (GimpImage *image, GimpLayer **parent);
void dot_position_mark (GimpLayer *group);

G_END_DECLS
