/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#define RUN_LATENT 3

/* Candidates of a run that nothing computed: candidate c has the seed
 * seed + c, after update u the score u + c / 10 and pixels whose red says u,
 * green c; its latent starts at c + 0.1. */
GPtrArray *run_frames_new (guint update, guint count, guint width, guint height, int seed);
