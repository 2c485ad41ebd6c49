/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotTrainRow:
 * @step: updates of the generator, and of the discriminator alone after those
 * @k_eff, @image_k_eff: Lipschitz estimates in latent space (equation 26) and
 *   in image space, and their deviations; NaN where there is none
 * @inception_score: and its deviation; NaN where it wasn't computed
 * @fid: NaN where it wasn't computed
 * @has_projected: whether there is a projected judge, which the four numbers of
 *   the next are of
 * @has_texture: whether the generator is judged by texture, which the next
 *   number is of
 * @seconds: of computing, since the run began or went on
 *
 * A row of the log; means over the steps since the row before.
 */
typedef struct
{
  guint64  step;
  double   discriminator_loss;
  double   generator_loss;
  double   penalty;
  double   slope;
  double   real_score;
  double   fake_score;
  double   k_eff[2];
  double   image_k_eff[2];
  double   inception_score[2];
  double   fid;
  gboolean has_projected;
  double   projected_discriminator_loss;
  double   projected_generator_loss;
  double   projected_real_score;
  double   projected_fake_score;
  gboolean has_texture;
  double   texture_loss;
  double   seconds;
} DotTrainRow;

gboolean dot_train_log_cut (const char        *path,
                            const DotTrainRow *form,
                            guint64            step,
                            GError           **error);
gboolean dot_train_log_add (const char *path, const DotTrainRow *row, GError **error);

G_END_DECLS
