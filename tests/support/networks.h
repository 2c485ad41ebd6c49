/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "network/network.h"

/* Small random networks that have every operation. */
#define NETWORKS_LATENT 3
#define NETWORKS_LABELS 4
#define NETWORKS_SIZE   8

DotNetwork *networks_make_generator (void);
DotNetwork *networks_make_modulated (void);
DotNetwork *networks_make_filtering (void);
DotNetwork *networks_make_styled (void);
DotNetwork *networks_make_discriminator (void);
DotNetwork *networks_make_grouped_judge (void);
DotNetwork *networks_make_judge (void);
DotNetwork *networks_make_halving_judge (void);
