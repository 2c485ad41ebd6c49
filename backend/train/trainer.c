/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The part of training that computes, behind the module that is loaded for
 * it. */

#include "trainer.h"

#include "base/module.h"

#define MODULE "dotrefine-torch.so"

struct _DotTrainer
{
  const DotTrainerClass *klass;
  gpointer               trainer;
};

/**
 * dot_trainer_new:
 * @generator, @discriminator: in their training form
 *
 * Returns: (transfer full): a trainer, or %NULL with @error
 */
DotTrainer *
dot_trainer_new (const DotNetwork        *generator,
                 const DotNetwork        *discriminator,
                 const DotTrainerOptions *options,
                 GError                 **error)
{
  const DotTrainerClass *klass;
  gpointer               trainer = NULL;
  DotTrainer            *self;

  klass = dot_module_load (MODULE, DOT_TRAINER_SYMBOL, DOT_TRAINER_ABI, error);
  if (klass)
    trainer = klass->create (generator, discriminator, options, error);
  if (! trainer)
    return NULL;

  self          = g_new0 (DotTrainer, 1);
  self->klass   = klass;
  self->trainer = trainer;
  return self;
}

void
dot_trainer_free (DotTrainer *trainer)
{
  if (trainer)
    {
      trainer->klass->destroy (trainer->trainer);
      g_free (trainer);
    }
}

/**
 * dot_trainer_get_device_name:
 *
 * Returns: "CPU" or the GPU's name
 */
const char *
dot_trainer_get_device_name (DotTrainer *trainer)
{
  return trainer->klass->get_device_name (trainer->trainer);
}

/**
 * dot_trainer_update_discriminator:
 * @figures: (out): of before the update
 */
gboolean
dot_trainer_update_discriminator (DotTrainer            *trainer,
                                  const DotTrainerBatch *batch,
                                  DotTrainerFigures     *figures,
                                  GError               **error)
{
  return trainer->klass->update_discriminator (trainer->trainer, batch, figures, error);
}

/**
 * dot_trainer_update_generator:
 * @figures: (out): of before the update
 *
 * One step of the generator, then of its moving average.
 */
gboolean
dot_trainer_update_generator (DotTrainer            *trainer,
                              const DotTrainerBatch *batch,
                              DotTrainerFigures     *figures,
                              GError               **error)
{
  return trainer->klass->update_generator (trainer->trainer, batch, figures, error);
}

/**
 * dot_trainer_update_both:
 * @discriminator_batch: whose latents aren't looked at
 * @generator_batch: which makes the pictures; its labels are those of the
 *   discriminators' made pictures, too
 * @figures: (out): of the discriminators' update, then of the generator's
 *
 * An update of the discriminators, and one of the generator on the same made
 * pictures.
 */
gboolean
dot_trainer_update_both (DotTrainer            *trainer,
                         const DotTrainerBatch *discriminator_batch,
                         const DotTrainerBatch *generator_batch,
                         DotTrainerFigures      figures[2],
                         GError               **error)
{
  return trainer->klass->update_both (trainer->trainer, discriminator_batch, generator_batch,
                                      figures, error);
}

/**
 * dot_trainer_update_retouch:
 * @batch: its latents, their labels and its rate
 * @figures: (out): of before the update: the mean square of what is left to learn
 *
 * One step of the layers by which the averaged generator retouches its pictures;
 * nothing else of it changes.
 */
gboolean
dot_trainer_update_retouch (DotTrainer            *trainer,
                            const DotTrainerBatch *batch,
                            DotTrainerFigures     *figures,
                            GError               **error)
{
  return trainer->klass->update_retouch (trainer->trainer, batch, figures, error);
}

/**
 * dot_trainer_for_each_array:
 * @store: whether the trainer takes what @func leaves in the arrays
 * @func: (scope call):
 *
 * All that a resumed run needs, but for the numbers of updates.
 */
gboolean
dot_trainer_for_each_array (DotTrainer         *trainer,
                            gboolean            store,
                            DotTrainerArrayFunc func,
                            gpointer            user_data,
                            GError            **error)
{
  return trainer->klass->for_each_array (trainer->trainer, store, func, user_data, error);
}

/**
 * dot_trainer_estimate_statistics:
 * @latents: (n, d)
 * @labels: (nullable): (n)
 * @batch: at a time
 *
 * Estimates the batch norms' statistics of the averaged G anew.  An average
 * of weights is another network, and no average of other networks' statistics
 * is its own.
 */
gboolean
dot_trainer_estimate_statistics (DotTrainer   *trainer,
                                 const float  *latents,
                                 const gint32 *labels,
                                 gsize         n,
                                 gsize         batch,
                                 GError      **error)
{
  return trainer->klass->estimate_statistics (trainer->trainer, latents, labels, n, batch, error);
}

/**
 * dot_trainer_generate:
 * @images: (out): (n, C, H, W) of the averaged G, in float32
 */
gboolean
dot_trainer_generate (DotTrainer   *trainer,
                      const float  *latents,
                      const gint32 *labels,
                      gsize         n,
                      float        *images,
                      GError      **error)
{
  return trainer->klass->generate (trainer->trainer, latents, labels, n, images, error);
}

/**
 * dot_trainer_score:
 * @scores: (out): (n) D of the pictures, in float32
 */
gboolean
dot_trainer_score (DotTrainer   *trainer,
                   const float  *images,
                   const gint32 *labels,
                   gsize         n,
                   double       *scores,
                   GError      **error)
{
  return trainer->klass->score (trainer->trainer, images, labels, n, scores, error);
}

/**
 * dot_trainer_score_latents:
 * @latents: (n, d)
 * @labels: (nullable): (n)
 * @scores: (out): (n) D(G(z|y)|y) of the averaged G, by its own statistics
 * @gradients: (out): (n, d) of the scores with respect to the latents
 *
 * What the transport asks of a pair, of the one in training.
 */
gboolean
dot_trainer_score_latents (DotTrainer   *trainer,
                           const float  *latents,
                           const gint32 *labels,
                           gsize         n,
                           double       *scores,
                           double       *gradients,
                           GError      **error)
{
  return trainer->klass->score_latents (trainer->trainer, latents, labels, n, scores, gradients,
                                        error);
}

/**
 * dot_trainer_gradient:
 * @discriminator: whether that update's, or the generator's
 * @func: (scope call): told each gradient; the order and the names are those
 *   of dot_trainer_for_each_array()
 *
 * What an update would follow, for tests; nothing is changed.
 */
gboolean
dot_trainer_gradient (DotTrainer            *trainer,
                      gboolean               discriminator,
                      const DotTrainerBatch *batch,
                      DotTrainerFigures     *figures,
                      DotTrainerArrayFunc    func,
                      gpointer               user_data,
                      GError               **error)
{
  return trainer->klass->gradient (trainer->trainer, discriminator, batch, figures, func, user_data,
                                   error);
}

/**
 * dot_trainer_inspect_features:
 * @images: (n, 3, size, size) in [−1, 1]
 * @maps: (out): what the network makes of them
 *
 * Runs a feature network, to know what heads it needs.
 */
gboolean
dot_trainer_inspect_features (const DotFeatureNetwork *network,
                              DotDevice                device,
                              const float             *images,
                              gsize                    n,
                              guint                    size,
                              DotFeatureMap            maps[DOT_FEATURE_MAPS],
                              GError                 **error)
{
  const DotTrainerClass *klass;

  klass = dot_module_load (MODULE, DOT_TRAINER_SYMBOL, DOT_TRAINER_ABI, error);
  return klass && klass->inspect_features (network, device, images, n, size, maps, error);
}
