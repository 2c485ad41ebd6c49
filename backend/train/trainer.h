/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "projected-heads.h"

G_BEGIN_DECLS

#define DOT_TRAINER_ABI    7
#define DOT_TRAINER_SYMBOL "dot_trainer_module"

/* Numbers of one picture's augmentation, each in (0, 1): brightness,
 * saturation, contrast, two of the translation and two of the cutout. */
#define DOT_AUGMENT_NUMBERS 7

/**
 * DotLoss:
 * @DOT_LOSS_LOGISTIC: equation 5 of the paper, G's non-saturating
 * @DOT_LOSS_HINGE: equation 6
 * @DOT_LOSS_WGAN: equation 7
 */
typedef enum
{
  DOT_LOSS_LOGISTIC,
  DOT_LOSS_HINGE,
  DOT_LOSS_WGAN
} DotLoss;

typedef enum
{
  DOT_AUGMENT_NONE        = 0,
  DOT_AUGMENT_COLOR       = 1 << 0,
  DOT_AUGMENT_TRANSLATION = 1 << 1,
  DOT_AUGMENT_CUTOUT      = 1 << 2
} DotAugment;

/**
 * DotFakes:
 * @DOT_FAKES_CURRENT: of G as it is
 * @DOT_FAKES_AVERAGE: of the averaged G, by the batch's statistics
 * @DOT_FAKES_FINAL: of the averaged G by its own statistics: the one that is
 *   saved
 *
 * Whose pictures the discriminator learns to tell from real ones.
 */
typedef enum
{
  DOT_FAKES_CURRENT,
  DOT_FAKES_AVERAGE,
  DOT_FAKES_FINAL
} DotFakes;

/**
 * DotFeatureNetwork:
 * @path: a TorchScript file, which may run: pictures (B, 3, H, W) in [−1, 1] →
 *   %DOT_FEATURE_MAPS maps of features, the finest first
 * @side: the size that pictures are brought to before, antialiased; 0 where the
 *   network is given them as they are
 */
typedef struct
{
  const char *path;
  guint       side;
} DotFeatureNetwork;

/**
 * DotTrainerProjected:
 * @heads: which the trainer begins from
 * @weight: of it in the generator's loss
 * @betas: of Adam
 *
 * A projected discriminator beside, or instead of, the pair's own.
 */
typedef struct
{
  DotFeatureNetwork        features;
  const DotProjectedHeads *heads;
  double                   weight;
  double                   betas[2];
} DotTrainerProjected;

/**
 * DotTrainerRetouch:
 * @grain, @edges: the root mean square of the finest diagonal detail, and of the
 *   finest detail of rows and columns, that is taken for grain: of Haar's
 *   coefficients, of pictures in [−1, 1]
 * @colors: what the pixels on either side weigh in a pixel's colour
 *
 * What a generator learns that retouches its pictures.
 */
typedef struct
{
  double grain;
  double edges;
  double colors;
} DotTrainerRetouch;

/**
 * DotTrainerOptions:
 * @weight: of the discriminator in the generator's loss, where there is another
 *   one beside it; with 0 it isn't trained
 * @projected: (nullable): the other one
 * @texture: of the distance between the grain of made and of real pictures in
 *   the generator's loss; 0 for none
 * @retouch: what the generator's last layers learn by
 *   dot_trainer_update_retouch()
 * @penalty: λ of the gradient penalty (equations 52 and 53); 0 for none
 * @betas: of Adam, for the generator and for the discriminator
 * @device: where it computes
 * @precision: of convolutions; weights and sums are float32.  float64 is
 *   float64 throughout
 * @n_threads: 0 for as many as the processor has
 * @ranks: (nullable): of dot_ranks_get_handle(): whose batches together are one;
 *   its figures, gradients and batch norms' statistics are those of the whole
 */
typedef struct
{
  DotLoss                    loss;
  double                     weight;
  const DotTrainerProjected *projected;
  double                     texture;
  DotTrainerRetouch          retouch;
  double                     penalty;
  double                     betas[2][2];
  DotDevice                  device;
  DotPrecision               precision;
  guint                      n_threads;
  gpointer                   ranks;
} DotTrainerOptions;

/**
 * DotTrainerBatch:
 * @size: B
 * @update: the number of this update of this network, from 1
 * @rate: Adam's α
 * @projected_rate: that of the projected discriminator
 * @images: (nullable): (B, C, H, W) real ones in [−1, 1], or points (B, 2); for
 *   the generator, too, where it is judged by texture
 * @labels: (nullable): (B) of @images
 * @latents: (B, d)
 * @fake_labels: (nullable): (B) of @latents
 * @mixing: (nullable): (B) in (0, 1): how much of the real picture there is in
 *   that which the gradient penalty is taken at
 * @blur: σ in pixels of a blur of what discriminators see; 0 for none
 * @augment: which augmentations
 * @real_numbers, @fake_numbers: (nullable): (B, %DOT_AUGMENT_NUMBERS)
 * @fakes: whose pictures; for the discriminator
 * @mismatch: what a real picture of another class weighs beside a made one
 * @wrong_labels: (nullable): (B) none of them the picture's own in @labels;
 *   with a @mismatch above 0
 * @average: the decay of G's moving average; for the generator
 *
 * All that one update takes.  Nothing is drawn at random behind it.
 */
typedef struct
{
  gsize         size;
  guint64       update;
  double        rate;
  double        projected_rate;
  const float  *images;
  const gint32 *labels;
  const float  *latents;
  const gint32 *fake_labels;
  const float  *mixing;
  double        blur;
  DotAugment    augment;
  const float  *real_numbers;
  const float  *fake_numbers;
  DotFakes      fakes;
  double        mismatch;
  const gint32 *wrong_labels;
  double        average;
} DotTrainerBatch;

/**
 * DotJudgeFigures:
 * @loss: what was minimised
 * @real_score, @fake_score: mean D
 *
 * Of a projected discriminator: sums over its heads.
 */
typedef struct
{
  double loss;
  double real_score;
  double fake_score;
} DotJudgeFigures;

/**
 * DotTrainerFigures:
 * @loss: what was minimised of the discriminator's loss, or of the generator's
 *   by it, without the penalty
 * @penalty: λ mean (‖∇D‖ − 1)²; 0 where there is none
 * @slope: mean ‖∇D‖ where the penalty was taken; 0 where there is none
 * @real_score, @fake_score: mean D
 * @projected: the same of the projected one; zeros where there is none
 * @texture: the distance between the grain of made and of real pictures; of the
 *   generator, and 0 where it isn't judged by that
 */
typedef struct
{
  double          loss;
  double          penalty;
  double          slope;
  double          real_score;
  double          fake_score;
  DotJudgeFigures projected;
  double          texture;
} DotTrainerFigures;

/**
 * DotTrainerArrayFunc:
 * @name: "generator/block2/c1/W"; before the first slash stands whose it is
 * @shape: how large the array is
 * @values: its numbers; what is written there becomes the trainer's
 *
 * Returns: whether to go on
 */
typedef gboolean (*DotTrainerArrayFunc) (const char     *name,
                                         const DotShape *shape,
                                         float          *values,
                                         gpointer        user_data,
                                         GError        **error);

/**
 * DotTrainerClass:
 * @create: a trainer of two networks in their training form, which may be
 *   freed after, as all else
 * @update_both: an update of the discriminators, then one of the generator, on
 *   the same made pictures: those of the second batch's latents
 * @update_retouch: an update of the layers by which the averaged G retouches its
 *   pictures, by its own statistics
 * @for_each_array: calls @func for each array of the trainer's state: weights,
 *   running statistics, vectors of spectral norms, the averaged G, Adam's
 *   moments.  With @store the trainer takes what @func leaves in them
 * @estimate_statistics: gives the averaged G the batch norm statistics of @n latents, taken
 *   @batch at a time
 * @generate: the averaged G's pictures, by its own statistics
 * @score: D of pictures; the projected one's where the other isn't trained
 * @score_latents: the same D of the averaged G's pictures, by its own
 *   statistics, and its gradients with respect to their latents
 * @gradient: the gradients of an update's loss, without updating anything, in
 *   the order of @for_each_array; for tests
 * @inspect_features: what a feature network makes of @n pictures (n, 3, size,
 *   size)
 *
 * What is loaded at run time: the part of training that computes.
 */
typedef struct
{
  guint abi;
  gpointer (*create) (const DotNetwork        *generator,
                      const DotNetwork        *discriminator,
                      const DotTrainerOptions *options,
                      GError                 **error);
  void (*destroy) (gpointer trainer);
  const char *(*get_device_name) (gpointer trainer);
  gboolean (*update_discriminator) (gpointer               trainer,
                                    const DotTrainerBatch *batch,
                                    DotTrainerFigures     *figures,
                                    GError               **error);
  gboolean (*update_generator) (gpointer               trainer,
                                const DotTrainerBatch *batch,
                                DotTrainerFigures     *figures,
                                GError               **error);
  gboolean (*update_both) (gpointer               trainer,
                           const DotTrainerBatch *discriminator_batch,
                           const DotTrainerBatch *generator_batch,
                           DotTrainerFigures      figures[2],
                           GError               **error);
  gboolean (*update_retouch) (gpointer               trainer,
                              const DotTrainerBatch *batch,
                              DotTrainerFigures     *figures,
                              GError               **error);
  gboolean (*for_each_array) (gpointer            trainer,
                              gboolean            store,
                              DotTrainerArrayFunc func,
                              gpointer            user_data,
                              GError            **error);
  gboolean (*estimate_statistics) (gpointer      trainer,
                                   const float  *latents,
                                   const gint32 *labels,
                                   gsize         n,
                                   gsize         batch,
                                   GError      **error);
  gboolean (*generate) (gpointer      trainer,
                        const float  *latents,
                        const gint32 *labels,
                        gsize         n,
                        float        *images,
                        GError      **error);
  gboolean (*score) (gpointer      trainer,
                     const float  *images,
                     const gint32 *labels,
                     gsize         n,
                     double       *scores,
                     GError      **error);
  gboolean (*score_latents) (gpointer      trainer,
                             const float  *latents,
                             const gint32 *labels,
                             gsize         n,
                             double       *scores,
                             double       *gradients,
                             GError      **error);
  gboolean (*gradient) (gpointer               trainer,
                        gboolean               discriminator,
                        const DotTrainerBatch *batch,
                        DotTrainerFigures     *figures,
                        DotTrainerArrayFunc    func,
                        gpointer               user_data,
                        GError               **error);
  gboolean (*inspect_features) (const DotFeatureNetwork *network,
                                DotDevice                device,
                                const float             *images,
                                gsize                    n,
                                guint                    size,
                                DotFeatureMap            maps[DOT_FEATURE_MAPS],
                                GError                 **error);
} DotTrainerClass;

typedef struct _DotTrainer DotTrainer;

DotTrainer *dot_trainer_new (const DotNetwork        *generator,
                             const DotNetwork        *discriminator,
                             const DotTrainerOptions *options,
                             GError                 **error);
void        dot_trainer_free (DotTrainer *trainer);
const char *dot_trainer_get_device_name (DotTrainer *trainer);
gboolean    dot_trainer_update_discriminator (DotTrainer            *trainer,
                                              const DotTrainerBatch *batch,
                                              DotTrainerFigures     *figures,
                                              GError               **error);
gboolean    dot_trainer_update_generator (DotTrainer            *trainer,
                                          const DotTrainerBatch *batch,
                                          DotTrainerFigures     *figures,
                                          GError               **error);
gboolean    dot_trainer_update_both (DotTrainer            *trainer,
                                     const DotTrainerBatch *discriminator_batch,
                                     const DotTrainerBatch *generator_batch,
                                     DotTrainerFigures      figures[2],
                                     GError               **error);
gboolean    dot_trainer_update_retouch (DotTrainer            *trainer,
                                        const DotTrainerBatch *batch,
                                        DotTrainerFigures     *figures,
                                        GError               **error);
gboolean    dot_trainer_for_each_array (DotTrainer         *trainer,
                                        gboolean            store,
                                        DotTrainerArrayFunc func,
                                        gpointer            user_data,
                                        GError            **error);
gboolean    dot_trainer_estimate_statistics (DotTrainer   *trainer,
                                             const float  *latents,
                                             const gint32 *labels,
                                             gsize         n,
                                             gsize         batch,
                                             GError      **error);
gboolean    dot_trainer_generate (DotTrainer   *trainer,
                                  const float  *latents,
                                  const gint32 *labels,
                                  gsize         n,
                                  float        *images,
                                  GError      **error);
gboolean    dot_trainer_score (DotTrainer   *trainer,
                               const float  *images,
                               const gint32 *labels,
                               gsize         n,
                               double       *scores,
                               GError      **error);
gboolean    dot_trainer_score_latents (DotTrainer   *trainer,
                                       const float  *latents,
                                       const gint32 *labels,
                                       gsize         n,
                                       double       *scores,
                                       double       *gradients,
                                       GError      **error);
gboolean    dot_trainer_gradient (DotTrainer            *trainer,
                                  gboolean               discriminator,
                                  const DotTrainerBatch *batch,
                                  DotTrainerFigures     *figures,
                                  DotTrainerArrayFunc    func,
                                  gpointer               user_data,
                                  GError               **error);
gboolean    dot_trainer_inspect_features (const DotFeatureNetwork *network,
                                          DotDevice                device,
                                          const float             *images,
                                          gsize                    n,
                                          guint                    size,
                                          DotFeatureMap            maps[DOT_FEATURE_MAPS],
                                          GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTrainer, dot_trainer_free)

G_END_DECLS
