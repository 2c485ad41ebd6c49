/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "network/network.h"

G_BEGIN_DECLS

DotNetwork *dot_network_end_new (const DotOp *numbers, GError **error);

G_END_DECLS
