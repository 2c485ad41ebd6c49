/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "modules/plan/native-engine.h"

G_BEGIN_DECLS

gboolean dot_advance_points (gpointer          engine,
                             const DotAdvance *advance,
                             const guint      *labels,
                             gsize             first,
                             gsize             batch,
                             float            *images,
                             GError          **error);

G_END_DECLS
