/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "network.h"

G_BEGIN_DECLS

double dot_network_count_flops (const DotNetwork *network, gboolean merged);

G_END_DECLS
