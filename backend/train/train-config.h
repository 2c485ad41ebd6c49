/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "data/dataset.h"
#include "trainer.h"

G_BEGIN_DECLS

/**
 * DotTrainProjected:
 * @features: (nullable): the feature network; %NULL where there is no projected
 *   judge
 * @side: the size that pictures are brought to before it; 0 for none
 * @initial: (nullable): a file to go on from, in place of random weights
 * @weight: of it in the generator's loss
 * @rate, @finish_rate: Adam's α
 *
 * What is said of a projected discriminator.
 */
typedef struct
{
  char  *features;
  guint  side;
  char  *initial;
  double weight;
  double rate;
  double finish_rate;
  double betas[2];
} DotTrainProjected;

/**
 * DotTrainRefined:
 * @share: of a batch's latents that are refined; 0 for none
 * @updates: N of each
 * @rate: Adam's α
 * @k_eff: the constant of all classes
 *
 * How the discriminator that is trained alone refines what it is shown.
 */
typedef struct
{
  double share;
  guint  updates;
  double rate;
  double k_eff;
} DotTrainRefined;

/**
 * DotTrainConfig:
 * @folder: that of the file, from which paths in it go out
 * @initial: (nullable): files of a pair to go on from, in place of random
 *   weights
 * @projected: a second judge
 * @blur_sigma: of what judges see at the beginning, in pixels; 0 for none
 * @blur_pictures: how many pictures it takes to go away
 * @retouch_width: channels between the two layers by which the generator learns
 *   to retouch its pictures, and learns nothing else; 0 where it learns from
 *   judges
 * @critic: whether dcgan's critic is spectrally normed
 * @labels: whether the pair is to be conditional
 * @rates: Adam's α for the generator and for the discriminator
 * @steps: updates of the generator
 * @n_dis: updates of the discriminator to one of the generator
 * @decay_from: the step from which the rates fall, in a straight line, to 0 at
 *   the last one; 0 for never
 * @mismatch: what a real picture of another class weighs beside a made one, in
 *   what discriminators learn; 0 for none
 * @finish_steps: updates of the discriminator alone, at the end, against the
 *   averaged generator
 * @finish_decay: whether their rates fall to 0
 * @refined: what following the discriminator makes of the generator's pictures,
 *   which it then learns to tell from real ones
 * @log_every, @save_every, @samples_every, @evaluate_every, @weights_every: steps; 0
 *   for never
 * @evaluate_features: (nullable): the feature network that measures
 * @evaluate_samples: how many pictures are measured
 * @evaluate_against: (nullable): real pictures or their statistics; %NULL for
 *   the training's own
 * @checksum: of all that the numbers of a run depend on
 *
 * What a configuration file says (docs/train.md).
 */
typedef struct
{
  char             *folder;
  char             *id;
  char             *title;
  char             *license;
  char             *provenance;
  char             *architecture;
  char             *initial[2];
  guint             image_size;
  guint             latent_size;
  guint             widths[2];
  DotPrior          prior;
  gboolean          labels;
  gboolean          attention;
  gboolean          spectral;
  char             *data_kind;
  char             *data_path;
  char             *data_part;
  char            **data_classes;
  gboolean          data_flip;
  DotTrainerOptions trainer;
  DotTrainProjected projected;
  double            blur_sigma;
  guint             blur_pictures;
  guint             retouch_width;
  guint             batch;
  guint             steps;
  guint             n_dis;
  double            rates[2];
  guint             decay_from;
  double            average;
  DotAugment        augment;
  DotFakes          fakes;
  double            mismatch;
  guint             finish_steps;
  double            finish_rate;
  DotAugment        finish_augment;
  double            finish_mismatch;
  gboolean          finish_decay;
  DotTrainRefined   refined;
  guint64           seed;
  guint             log_every;
  guint             save_every;
  guint             samples_every;
  guint             evaluate_every;
  guint             weights_every;
  char             *evaluate_features;
  guint             evaluate_samples;
  char             *evaluate_against;
  char             *checksum;
} DotTrainConfig;

DotTrainConfig *dot_train_config_read (const char *path, GError **error);
void            dot_train_config_free (DotTrainConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTrainConfig, dot_train_config_free)

G_END_DECLS
