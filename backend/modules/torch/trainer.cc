/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One step of training after the other, under libtorch's autograd.  What is
 * drawn at random comes from the caller, so that a step is a function of the
 * state and of what it is given. */

#include "train-arrays.h"
#include "train-objective.h"
#include "train-retouch.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <dlfcn.h>

#include <gmodule.h>

namespace
{

using namespace dot_torch;

/*  creating  */

bool
multiplies_bfloat16 (const Place &place)
{
  if (place.device.is_cuda ())
    return true;
#if defined(__x86_64__)
  return __builtin_cpu_supports ("avx512bf16");
#else
  return false;
#endif
}

at::ScalarType
choose_numbers (DotPrecision precision, Place &place)
{
  if (precision == DOT_PRECISION_FLOAT64)
    return at::kDouble;

  place.dtype = at::kFloat;
  if (precision == DOT_PRECISION_BFLOAT16 ||
      (precision == DOT_PRECISION_AUTO && multiplies_bfloat16 (place)))
    return at::kBFloat16;
  return at::kFloat;
}

/* OpenBLAS has threads of its own beside libtorch's, which wait spinning: on a
 * busy machine that costs many times what they save. */
void
keep_blas_quiet ()
{
  using SetThreads = void (*) (int);
  auto set = reinterpret_cast<SetThreads> (dlsym (RTLD_DEFAULT, "openblas_set_num_threads"));

  if (set)
    set (1);
}

gpointer
trainer_create (const DotNetwork        *generator,
                const DotNetwork        *discriminator,
                const DotTrainerOptions *options,
                GError                 **error)
{
  return guarded (error, [&] () -> gpointer {
    Place          place   = choose_place (options->device, options->precision);
    at::ScalarType numbers = choose_numbers (options->precision, place);

    keep_blas_quiet ();
    if (options->n_threads > 0)
      at::set_num_threads ((int) options->n_threads);
    return new Trainer (generator, discriminator, place, numbers, *options);
  });
}

void
trainer_destroy (gpointer data)
{
  delete static_cast<Trainer *> (data);
}

const char *
trainer_get_device_name (gpointer data)
{
  return static_cast<Trainer *> (data)->place.name.c_str ();
}

/*  steps  */

/* Figures are means over the batch, so those of the whole one are the ranks'
 * mean. */
void
average_figures (const Trainer &trainer, DotTrainerFigures *figures, gint64 n)
{
  static_assert (sizeof (DotTrainerFigures) % sizeof (double) == 0);
  gint64 n_doubles = n * (gint64) (sizeof (DotTrainerFigures) / sizeof (double));
  Tensor all       = at::from_blob (figures, { n_doubles }, at::kDouble);

  if (trainer.ranks)
    average (*trainer.ranks, all);
}

void
update_projected (Trainer               &trainer,
                  const DotTrainerBatch &batch,
                  const Shown           &shown,
                  DotTrainerFigures     *figures)
{
  std::vector<Tensor> losses = projected_objectives (trainer, shown, true, figures);

  for (size_t i = 0; i < losses.size (); i++)
    {
      Head            &head     = trainer.projected->heads[i];
      Tensor           gradient = flat_gradient (losses[i], head.network);
      c10::NoGradGuard no_grad;

      head.adam.step (head.network.flat, gradient, batch.projected_rate, batch.update);
    }
}

/* All that are trained, against the pictures in @made. */
void
update_discriminators (Trainer               &trainer,
                       const DotTrainerBatch &batch,
                       const Tensor          &made,
                       DotTrainerFigures     *figures)
{
  Shown shown = show (trainer, batch, made);

  if (trainer.weight > 0.0)
    {
      Tensor gradient = flat_gradient (discriminator_objective (trainer, batch, shown, true,
                                                                figures),
                                       trainer.discriminator);
      c10::NoGradGuard no_grad;

      trainer.discriminator_adam.step (trainer.discriminator.flat, gradient, batch.rate,
                                       batch.update);
    }
  if (trainer.projected)
    update_projected (trainer, batch, shown, figures);
}

/* The generator that made @images, and its average. */
void
update_generator (Trainer               &trainer,
                  const DotTrainerBatch &batch,
                  const Tensor          &images,
                  DotTrainerFigures     *figures)
{
  Tensor           gradient = flat_gradient (generator_objective (trainer, batch, images, figures),
                                             trainer.generator);
  c10::NoGradGuard no_grad;

  trainer.generator_adam.step (trainer.generator.flat, gradient, batch.rate, batch.update);
  trainer.average.flat.lerp_ (trainer.generator.flat, 1.0 - batch.average);
}

gboolean
trainer_update_discriminator (gpointer               data,
                              const DotTrainerBatch *batch,
                              DotTrainerFigures     *figures,
                              GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded_together (trainer.ranks, error, [&] () -> gboolean {
    Tensor labels = labels_of (trainer, batch->fake_labels, batch->size);

    switch_tf32 (trainer.place);
    *figures = {};
    update_discriminators (trainer, *batch, make_fakes (trainer, *batch, labels), figures);
    average_figures (trainer, figures, 1);
    return TRUE;
  });
}

gboolean
trainer_update_generator (gpointer               data,
                          const DotTrainerBatch *batch,
                          DotTrainerFigures     *figures,
                          GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded_together (trainer.ranks, error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    *figures = {};
    update_generator (trainer, *batch, make_images (trainer, *batch, true), figures);
    average_figures (trainer, figures, 1);
    return TRUE;
  });
}

gboolean
trainer_update_both (gpointer               data,
                     const DotTrainerBatch *discriminator_batch,
                     const DotTrainerBatch *generator_batch,
                     DotTrainerFigures      figures[2],
                     GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded_together (trainer.ranks, error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    figures[0] = figures[1] = {};
    Tensor images           = make_images (trainer, *generator_batch, true);

    update_discriminators (trainer, *discriminator_batch, images.detach (), &figures[0]);
    update_generator (trainer, *generator_batch, images, &figures[1]);
    average_figures (trainer, figures, 2);
    return TRUE;
  });
}

gboolean
trainer_update_retouch (gpointer               data,
                        const DotTrainerBatch *batch,
                        DotTrainerFigures     *figures,
                        GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded_together (trainer.ranks, error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    *figures = {};
    update_retouch (trainer, *batch, figures);
    average_figures (trainer, figures, 1);
    return TRUE;
  });
}

/*  arrays  */

gboolean
trainer_for_each_array (gpointer            data,
                        gboolean            store,
                        DotTrainerArrayFunc func,
                        gpointer            user_data,
                        GError            **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  Visit    to      = { (bool) store, func, user_data, error };
  return guarded (error, [&] () -> gboolean {
    return visit_network (to, "generator", trainer.generator) &&
           visit_network (to, "average", trainer.average) &&
           visit_network (to, "discriminator", trainer.discriminator) &&
           visit_adam (to, "generator-adam", trainer.generator_adam) &&
           visit_adam (to, "discriminator-adam", trainer.discriminator_adam) &&
           (trainer.retouch_adam.first.numel () == 0 ||
            visit_adam (to, "retouch-adam", trainer.retouch_adam)) &&
           (! trainer.projected || visit_projected (to, *trainer.projected));
  });
}

bool
visit_gradient (const Visit        &to,
                const std::string  &whose,
                const Tensor       &objective,
                const TrainNetwork &network)
{
  return visit_parameters (to, whose, network.names,
                           torch::autograd::grad ({ objective }, network.parameters));
}

bool
visit_discriminator_gradients (Trainer               &trainer,
                               const DotTrainerBatch &batch,
                               const Visit           &to,
                               DotTrainerFigures     *figures)
{
  Tensor labels = labels_of (trainer, batch.fake_labels, batch.size);
  Shown  shown  = show (trainer, batch, make_fakes (trainer, batch, labels));

  if (trainer.weight > 0.0 &&
      ! visit_gradient (to, "discriminator",
                        discriminator_objective (trainer, batch, shown, false, figures),
                        trainer.discriminator))
    return false;
  if (! trainer.projected)
    return true;

  std::vector<Tensor> losses = projected_objectives (trainer, shown, false, figures);

  for (size_t i = 0; i < losses.size (); i++)
    if (! visit_gradient (to, "projected", losses[i], trainer.projected->heads[i].network))
      return false;
  return true;
}

gboolean
trainer_gradient (gpointer               data,
                  gboolean               discriminator,
                  const DotTrainerBatch *batch,
                  DotTrainerFigures     *figures,
                  DotTrainerArrayFunc    func,
                  gpointer               user_data,
                  GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  Visit    to      = { false, func, user_data, error };
  return guarded (error, [&] () -> gboolean {
    *figures = {};
    if (discriminator)
      return visit_discriminator_gradients (trainer, *batch, to, figures);
    return visit_gradient (to, "generator",
                           generator_objective (trainer, *batch,
                                                make_images (trainer, *batch, false), figures),
                           trainer.generator);
  });
}

/*  the averaged generator  */

gboolean
trainer_estimate_statistics (gpointer      data,
                             const float  *latents,
                             const gint32 *labels,
                             gsize         n,
                             gsize         batch,
                             GError      **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded (error, [&] () -> gboolean {
    c10::NoGradGuard no_grad;

    switch_tf32 (trainer.place);
    trainer.average.converge ();
    std::vector<Tensor> weights = trainer.average.prepare (false, trainer.place.dtype);
    Tensor              z       = samples (trainer, trainer.average, latents, n);
    Tensor              y       = labels_of (trainer, labels, n);

    trainer.average.begin_gather ();
    for (gsize i = 0; i + batch <= n; i += batch)
      trainer.average.forward (weights, z.narrow (0, (gint64) i, (gint64) batch),
                               y.defined () ? y.narrow (0, (gint64) i, (gint64) batch) : y,
                               Statistics::GATHER);
    trainer.average.finish_gather ();
    return TRUE;
  });
}

template <typename T>
void
copy_out (const Tensor &tensor, at::ScalarType dtype, T *values)
{
  Tensor plain = tensor.detach ().to (at::kCPU, dtype).contiguous ();

  memcpy (values, plain.data_ptr<T> (), plain.numel () * sizeof (T));
}

gboolean
trainer_generate (gpointer      data,
                  const float  *latents,
                  const gint32 *labels,
                  gsize         n,
                  float        *images,
                  GError      **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded (error, [&] () -> gboolean {
    c10::NoGradGuard no_grad;

    switch_tf32 (trainer.place);
    copy_out (trainer.average.forward (trainer.average.prepare (false, trainer.place.dtype),
                                       samples (trainer, trainer.average, latents, n),
                                       labels_of (trainer, labels, n), Statistics::OWN),
              at::kFloat, images);
    return TRUE;
  });
}

/* The discriminator's; where that isn't trained, the other judge's. */
Tensor
score (Trainer &trainer, const Tensor &images, const Tensor &labels)
{
  if (trainer.weight > 0.0 || ! trainer.projected)
    return trainer.discriminator
      .forward (trainer.discriminator.prepare_frozen (trainer.place.dtype), images, labels,
                Statistics::OWN)
      .view (-1);
  return trainer.projected->scores (images, labels, Statistics::OWN);
}

gboolean
trainer_score (gpointer      data,
               const float  *images,
               const gint32 *labels,
               gsize         n,
               double       *scores,
               GError      **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded (error, [&] () -> gboolean {
    c10::NoGradGuard no_grad;

    switch_tf32 (trainer.place);
    copy_out (score (trainer, samples (trainer, trainer.discriminator, images, n),
                     labels_of (trainer, labels, n)),
              at::kDouble, scores);
    return TRUE;
  });
}

gboolean
trainer_score_latents (gpointer      data,
                       const float  *latents,
                       const gint32 *labels,
                       gsize         n,
                       double       *scores,
                       double       *gradients,
                       GError      **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded (error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    Tensor y      = labels_of (trainer, labels, n);
    Tensor z      = samples (trainer, trainer.average, latents, n).requires_grad_ ();
    Tensor images = trainer.average.forward (trainer.average.prepare_frozen (trainer.compute), z, y,
                                             Statistics::OWN);
    Tensor found  = score (trainer, images, y);

    copy_out (found, at::kDouble, scores);
    copy_out (torch::autograd::grad ({ found.sum () }, { z })[0], at::kDouble, gradients);
    return TRUE;
  });
}

/*  feature networks  */

gboolean
trainer_inspect_features (const DotFeatureNetwork *network,
                          DotDevice                device,
                          const float             *images,
                          gsize                    n,
                          guint                    size,
                          DotFeatureMap            maps[DOT_FEATURE_MAPS],
                          GError                 **error)
{
  return guarded (error, [&] () -> gboolean {
    c10::NoGradGuard no_grad;
    Place            place = choose_place (device, DOT_PRECISION_FLOAT32);
    FeatureMaps      features (*network, place, at::kFloat);
    Tensor           x = at::from_blob (const_cast<float *> (images),
                                        { (gint64) n, 3, (gint64) size, (gint64) size }, at::kFloat)
                 .to (place.device);
    std::vector<Tensor> found = features.compute (x);

    for (size_t i = 0; i < found.size (); i++)
      maps[i] = { (guint) found[i].size (1), (guint) found[i].size (2), (guint) found[i].size (3),
                  found[i].to (at::kDouble).square ().mean ().sqrt ().item<double> () };
    return TRUE;
  });
}

const DotTrainerClass trainer_class = {
  DOT_TRAINER_ABI,
  trainer_create,
  trainer_destroy,
  trainer_get_device_name,
  trainer_update_discriminator,
  trainer_update_generator,
  trainer_update_both,
  trainer_update_retouch,
  trainer_for_each_array,
  trainer_estimate_statistics,
  trainer_generate,
  trainer_score,
  trainer_score_latents,
  trainer_gradient,
  trainer_inspect_features,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotTrainerClass *dot_trainer_module (void);

const DotTrainerClass *
dot_trainer_module (void)
{
  return &trainer_class;
}
