/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"
#include "network/script.h"
#include "transport/latent.h"

G_BEGIN_DECLS

const char      *dot_model_get_checksum (DotModel *model, guint file);
double           dot_model_get_k_eff (DotModel *model, guint label);
const char      *dot_model_get_discriminator_architecture (DotModel *model);
gboolean         dot_model_ignores_class (DotModel *model);
double           dot_model_get_truncation (DotModel *model);
double           dot_model_get_psi (DotModel *model);
double           dot_model_get_deviation (DotModel *model);
void             dot_model_draw_latent (DotModel *model,
                                        guint32   seed,
                                        DotStream stream,
                                        double    truncation,
                                        double   *latent);
const DotScript *dot_model_get_script (DotModel *model);
GStrv            dot_model_get_files (DotModel *model);
gboolean         dot_model_is_trusted (DotModel *model);
gboolean         dot_model_is_package (DotModel *model);
gboolean         dot_model_is_promised (DotModel *model, guint file);
DotModel        *dot_model_files_new_described (const char *generator,
                                                const char *discriminator,
                                                const char *architecture,
                                                DotPrior    prior,
                                                const char *description,
                                                GError    **error);
DotModel        *dot_model_new_from_files (const char *generator,
                                           const char *discriminator,
                                           const char *architecture,
                                           DotPrior    prior,
                                           GError    **error);
gboolean         dot_model_has_labels (DotModel *model);
gboolean         dot_model_has_relative_scores (DotModel *model);
void             dot_model_set_trusted (DotModel *model, gboolean trusted);
const char      *dot_model_get_generator (DotModel *model);
const char      *dot_model_get_discriminator (DotModel *model);
gsize            dot_model_get_image_items (DotModel *model);
guint            dot_model_get_latent_size (DotModel *model);

G_END_DECLS
