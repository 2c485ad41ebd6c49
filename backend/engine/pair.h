/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "transport/transport.h"

G_BEGIN_DECLS

DotModel     *dot_pair_get_model (DotPair *pair);
const char   *dot_pair_get_device_name (DotPair *pair);
DotEngine     dot_pair_get_engine (DotPair *pair);
DotPrecision  dot_pair_get_precision (DotPair *pair);
double        dot_pair_get_flops (DotPair *pair);
gboolean      dot_pair_is_checked (DotPair *pair);
void          dot_pair_take_warning (DotPair *pair, char *warning);
const double *dot_pair_recall_scores (DotPair *pair, const char *what, gsize n);
void     dot_pair_remember_scores (DotPair *pair, const char *what, const double *scores, gsize n);
gboolean dot_pair_generate (DotPair      *pair,
                            const double *latents,
                            const guint  *labels,
                            gsize         batch,
                            float        *images,
                            GCancellable *cancellable,
                            GError      **error);
gboolean dot_pair_score (DotPair      *pair,
                         const double *latents,
                         const guint  *labels,
                         gsize         batch,
                         double       *scores,
                         double       *gradients,
                         float        *images,
                         GCancellable *cancellable,
                         GError      **error);
gboolean dot_pair_discriminate (DotPair      *pair,
                                const double *images,
                                const guint  *labels,
                                gsize         batch,
                                double       *scores,
                                double       *gradients,
                                GCancellable *cancellable,
                                GError      **error);
gboolean dot_pair_backward (DotPair      *pair,
                            const double *latents,
                            const double *cotangents,
                            const guint  *labels,
                            gsize         batch,
                            double       *gradients,
                            GCancellable *cancellable,
                            GError      **error);
const DotClass *dot_pair_blend (DotPair        *pair,
                                const DotClass *first,
                                const DotClass *second,
                                double          amount,
                                GError        **error);

/* What a pair is asked in a refinement only. */
gboolean dot_pair_can_advance (DotPair *pair);
gboolean dot_pair_advance (DotPair          *pair,
                           const DotAdvance *advance,
                           const guint      *labels,
                           gsize             batch,
                           float            *images,
                           GCancellable     *cancellable,
                           GError          **error);

G_END_DECLS
