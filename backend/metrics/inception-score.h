/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#define DOT_INCEPTION_SCORE_SPLITS 10

gboolean dot_inception_score (const float *probabilities,
                              gsize        n,
                              gsize        n_classes,
                              guint        splits,
                              double      *mean,
                              double      *deviation,
                              GError     **error);
