/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotInversionLoss:
 *
 * What falls while a latent is looked for.
 */
typedef struct _DotInversionLoss DotInversionLoss;

DotInversionLoss *dot_inversion_loss_new (DotPair      *pair,
                                          const double *target,
                                          guint         label,
                                          double        share,
                                          GError      **error);
void              dot_inversion_loss_free (DotInversionLoss *loss);
gboolean          dot_inversion_loss_measure (DotInversionLoss *loss,
                                              const float      *images,
                                              gsize             n,
                                              double           *losses,
                                              double           *gradients,
                                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotInversionLoss, dot_inversion_loss_free)

G_END_DECLS
