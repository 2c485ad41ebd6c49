/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#define DOT_PRECISION_RECALL_NEIGHBOURS 3

gboolean dot_precision_recall (const float  *real,
                               gsize         n,
                               const float  *made,
                               gsize         m,
                               gsize         size,
                               guint         neighbours,
                               double       *precision,
                               double       *recall,
                               GCancellable *cancellable,
                               GError      **error);
