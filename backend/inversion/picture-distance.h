/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double dot_picture_distance_measure (const float *image, const double *target, gsize n);
double dot_picture_distance_loss (const float  *image,
                                  const double *target,
                                  guint         channels,
                                  guint         side,
                                  double       *gradient);

G_END_DECLS
