/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "builder.h"

G_BEGIN_DECLS

void dot_biggan_colours_swap (DotBuilder *builder, gboolean taken);

G_END_DECLS
