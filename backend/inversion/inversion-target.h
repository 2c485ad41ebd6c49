/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

double *dot_inversion_target_read (const char *path, DotModel *model, GError **error);
double *dot_inversion_target_decode (GBytes     *bytes,
                                     const char *name,
                                     DotModel   *model,
                                     GError    **error);

G_END_DECLS
