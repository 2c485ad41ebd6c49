/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "biggan-walk.h"

G_BEGIN_DECLS

guint dot_biggan_attention_add (DotBuilder *builder, const DotBigganWalk *walk, guint input);

G_END_DECLS
