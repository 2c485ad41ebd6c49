/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One step of training after the other, under libtorch's autograd.  What is
 * drawn at random comes from the caller, so that a step is a function of the
 * state and of what it is given. */

#include "train-augment.h"
#include "train-loss.h"
#include "train-network.h"
#include "train-optimizer.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <dlfcn.h>
#include <memory>

#include <gmodule.h>

namespace
{

using namespace dot_torch;

/* @compute: numbers of convolutions; @place.dtype of all else. */
struct Trainer
{
  Place          place;
  at::ScalarType compute;
  DotLoss        loss;
  double         penalty;
  TrainNetwork   generator, average, discriminator;
  Adam           generator_adam, discriminator_adam;

  Trainer (const DotNetwork        *g,
           const DotNetwork        *d,
           const Place             &where,
           at::ScalarType           numbers,
           const DotTrainerOptions &options)
      : place (where), compute (numbers), loss (options.loss), penalty (options.penalty),
        generator (g, where), average (g, where), discriminator (d, where),
        generator_adam (generator.flat, options.betas[0]),
        discriminator_adam (discriminator.flat, options.betas[1])
  {
  }
};

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

/*  what comes in  */

Tensor
floats (const Trainer &trainer, const float *values, std::vector<gint64> shape)
{
  if (! values)
    return Tensor ();
  return at::from_blob (const_cast<float *> (values), shape, at::kFloat)
    .to (trainer.place.device, trainer.place.dtype, false, true);
}

/* Samples of a network's input. */
Tensor
samples (const Trainer &trainer, const TrainNetwork &network, const float *values, gsize n)
{
  std::vector<gint64> shape = network.input_shape;

  shape.insert (shape.begin (), (gint64) n);
  return floats (trainer, values, shape);
}

Tensor
labels_of (const Trainer &trainer, const gint32 *labels, gsize n)
{
  if (! labels)
    return Tensor ();
  return at::from_blob (const_cast<gint32 *> (labels), { (gint64) n }, at::kInt)
    .to (trainer.place.device, at::kLong);
}

Tensor
change (const Trainer         &trainer,
        const Tensor          &images,
        const DotTrainerBatch &batch,
        const float           *numbers)
{
  if (batch.augment == DOT_AUGMENT_NONE || ! numbers)
    return images;
  return augmented (images, floats (trainer, numbers, { (gint64) batch.size, DOT_AUGMENT_NUMBERS }),
                    batch.augment);
}

/*  losses  */

/* Pictures for the discriminator, which no gradient goes back through. */
Tensor
make_fakes (Trainer &trainer, const DotTrainerBatch &batch, const Tensor &labels)
{
  c10::NoGradGuard no_grad;
  bool             current = batch.fakes == DOT_FAKES_CURRENT;
  bool             final   = batch.fakes == DOT_FAKES_FINAL;
  TrainNetwork    &network = current ? trainer.generator : trainer.average;
  Tensor           latents = samples (trainer, network, batch.latents, batch.size);

  return network.forward (network.prepare (batch.fakes == DOT_FAKES_AVERAGE, trainer.compute),
                          latents, labels, final ? Statistics::OWN : Statistics::BATCH);
}

/* λ mean (‖∇D‖ − 1)² between real pictures and made ones. */
Tensor
gradient_penalty (Trainer                   &trainer,
                  const std::vector<Tensor> &weights,
                  const DotTrainerBatch     &batch,
                  const Tensor              &real,
                  const Tensor              &fake,
                  const Tensor              &labels,
                  DotTrainerFigures         *figures)
{
  Tensor part  = floats (trainer, batch.mixing, { (gint64) batch.size, 1, 1, 1 });
  Tensor mixed = part * real + (1.0 - part) * fake;
  Tensor slope = slopes (
    [&] (const Tensor &x) {
      return trainer.discriminator.forward (weights, x, labels, Statistics::BATCH);
    },
    mixed);
  Tensor penalty = trainer.penalty * (slope - 1.0).square ().mean ();

  figures->slope   = slope.mean ().item<double> ();
  figures->penalty = penalty.item<double> ();
  return penalty;
}

/* Real and made pictures go through the discriminator together: nothing in it
 * mixes them. */
Tensor
discriminator_objective (Trainer               &trainer,
                         const DotTrainerBatch &batch,
                         bool                   advance,
                         DotTrainerFigures     *figures)
{
  gint64 n           = (gint64) batch.size;
  Tensor labels      = labels_of (trainer, batch.labels, batch.size);
  Tensor fake_labels = labels_of (trainer, batch.fake_labels, batch.size);
  Tensor real = change (trainer, samples (trainer, trainer.discriminator, batch.images, batch.size),
                        batch, batch.real_numbers);
  Tensor fake = change (trainer, make_fakes (trainer, batch, fake_labels), batch,
                        batch.fake_numbers);
  Tensor both = labels.defined () ? at::cat ({ labels, fake_labels }) : Tensor ();
  std::vector<Tensor> weights = trainer.discriminator.prepare (advance, trainer.compute);
  Tensor              scores  = trainer.discriminator
                    .forward (weights, at::cat ({ real, fake }), both, Statistics::BATCH)
                    .view (-1);
  Tensor real_scores = scores.narrow (0, 0, n);
  Tensor fake_scores = scores.narrow (0, n, n);
  Tensor loss        = discriminator_loss (trainer.loss, real_scores, fake_scores);

  figures->loss       = loss.item<double> ();
  figures->real_score = real_scores.mean ().item<double> ();
  figures->fake_score = fake_scores.mean ().item<double> ();
  if (trainer.penalty > 0.0)
    loss = loss + gradient_penalty (trainer, weights, batch, real, fake, labels, figures);
  return loss;
}

std::vector<Tensor>
frozen (TrainNetwork &network, at::ScalarType compute)
{
  c10::NoGradGuard no_grad;

  return network.prepare (false, compute);
}

Tensor
generator_objective (Trainer               &trainer,
                     const DotTrainerBatch &batch,
                     bool                   advance,
                     DotTrainerFigures     *figures)
{
  Tensor labels  = labels_of (trainer, batch.fake_labels, batch.size);
  Tensor latents = samples (trainer, trainer.generator, batch.latents, batch.size);
  Tensor images  = trainer.generator.forward (trainer.generator.prepare (advance, trainer.compute),
                                              latents, labels,
                                             advance ? Statistics::TRACK : Statistics::BATCH);
  Tensor scores  = trainer.discriminator.forward (frozen (trainer.discriminator, trainer.compute),
                                                  change (trainer, images, batch,
                                                          batch.fake_numbers),
                                                  labels, Statistics::BATCH);
  Tensor loss    = generator_loss (trainer.loss, scores);

  figures->loss       = loss.item<double> ();
  figures->fake_score = scores.mean ().item<double> ();
  return loss;
}

/*  steps  */

Tensor
flat_gradient (const Tensor &objective, const TrainNetwork &network)
{
  std::vector<Tensor> rows;

  for (const Tensor &gradient : torch::autograd::grad ({ objective }, network.parameters))
    rows.push_back (gradient.reshape (-1));
  return at::cat (rows);
}

gboolean
trainer_update_discriminator (gpointer               data,
                              const DotTrainerBatch *batch,
                              DotTrainerFigures     *figures,
                              GError               **error)
{
  Trainer &trainer = *static_cast<Trainer *> (data);
  return guarded (error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    *figures        = {};
    Tensor gradient = flat_gradient (discriminator_objective (trainer, *batch, true, figures),
                                     trainer.discriminator);
    c10::NoGradGuard no_grad;

    trainer.discriminator_adam.step (trainer.discriminator.flat, gradient, batch->rate,
                                     batch->update);
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
  return guarded (error, [&] () -> gboolean {
    switch_tf32 (trainer.place);
    *figures                  = {};
    Tensor           gradient = flat_gradient (generator_objective (trainer, *batch, true, figures),
                                               trainer.generator);
    c10::NoGradGuard no_grad;

    trainer.generator_adam.step (trainer.generator.flat, gradient, batch->rate, batch->update);
    trainer.average.flat.lerp_ (trainer.generator.flat, 1.0 - batch->average);
    return TRUE;
  });
}

/*  arrays  */

struct Visit
{
  bool                store;
  DotTrainerArrayFunc func;
  gpointer            user_data;
  GError            **error;
};

bool
visit (const Visit &visit, const std::string &name, Tensor tensor)
{
  Tensor   plain = tensor.detach ().to (at::kCPU, at::kFloat, false, true).contiguous ();
  DotShape shape = { (guint) plain.dim (), {} };

  for (gint64 i = 0; i < plain.dim (); i++)
    shape.axes[i] = (gsize) plain.size (i);
  if (! visit.func (name.c_str (), &shape, plain.data_ptr<float> (), visit.user_data, visit.error))
    return false;

  c10::NoGradGuard no_grad;

  if (visit.store)
    tensor.detach ().copy_ (plain);
  return true;
}

bool
visit_parameters (const Visit                    &to,
                  const std::string              &whose,
                  const std::vector<std::string> &names,
                  const std::vector<Tensor>      &values)
{
  for (size_t i = 0; i < names.size (); i++)
    if (! visit (to, whose + "/" + names[i], values[i]))
      return false;
  return true;
}

bool
visit_network (const Visit &to, const std::string &whose, TrainNetwork &network)
{
  if (! visit_parameters (to, whose, network.names, network.parameters))
    return false;

  for (TrainLayer &layer : network.layers)
    {
      std::string name = whose + "/" + layer.name + "/";

      if ((layer.u.defined () && ! visit (to, name + "u", layer.u)) ||
          (layer.mean.defined () && (! visit (to, name + "avg_mean", layer.mean) ||
                                     ! visit (to, name + "avg_var", layer.variance))))
        return false;
    }
  return true;
}

bool
visit_adam (const Visit &to, const std::string &whose, Adam &adam)
{
  return visit (to, whose + "/first", adam.first) && visit (to, whose + "/second", adam.second);
}

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
           visit_adam (to, "discriminator-adam", trainer.discriminator_adam);
  });
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
  Trainer      &trainer = *static_cast<Trainer *> (data);
  TrainNetwork &network = discriminator ? trainer.discriminator : trainer.generator;
  Visit         to      = { false, func, user_data, error };
  return guarded (error, [&] () -> gboolean {
    *figures         = {};
    Tensor objective = discriminator ? discriminator_objective (trainer, *batch, false, figures)
                                     : generator_objective (trainer, *batch, false, figures);
    return visit_parameters (to, discriminator ? "discriminator" : "generator", network.names,
                             torch::autograd::grad ({ objective }, network.parameters));
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
    copy_out (trainer.discriminator.forward (trainer.discriminator.prepare (false,
                                                                            trainer.place.dtype),
                                             samples (trainer, trainer.discriminator, images, n),
                                             labels_of (trainer, labels, n), Statistics::OWN),
              at::kDouble, scores);
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
  trainer_for_each_array,
  trainer_estimate_statistics,
  trainer_generate,
  trainer_score,
  trainer_gradient,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotTrainerClass *dot_trainer_module (void);

const DotTrainerClass *
dot_trainer_module (void)
{
  return &trainer_class;
}
