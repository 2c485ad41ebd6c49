/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The libtorch module: an interpreter of DotNetwork, and the class that it and
 * the scripts' engine answer through.  Every function that C calls goes
 * through guarded(), so that no exception leaves this folder. */

#include "torch-engine.h"

#include <ATen/Context.h>
#include <torch/version.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/intl.h"

#include <gmodule.h>

namespace
{

using namespace dot_torch;

struct Op
{
  DotOpKind kind;
  guint     inputs[DOT_OP_MAX_INPUTS];
  gint64    channels, height, width, window, stride, padding, groups;
  double    limit;
  Tensor    weight, bias;
};

struct Network
{
  std::vector<Op> ops;
};

struct NetworkEngine : Engine
{
  Network generator, discriminator;

  Tensor generate (const Tensor &latents, const Tensor &labels) override;
  Tensor discriminate (const Tensor &images, const Tensor &labels) override;
  guint  add_blend (guint first, guint second, double amount) override;
};

/*  creating  */

Network
compile (const DotNetwork *source, const Place &place)
{
  Network network;

  for (guint i = 0; i < source->n_ops; i++)
    {
      const DotOp &op = source->ops[i];

      Op copy = { op.kind,
                  {},
                  op.channels,
                  op.height,
                  op.width,
                  op.window,
                  op.stride,
                  op.padding,
                  op.groups,
                  op.limit,
                  tensor_of (op.weight, place),
                  tensor_of (op.bias, place) };

      std::copy_n (op.inputs, DOT_OP_MAX_INPUTS, copy.inputs);
      network.ops.push_back (copy);
    }
  return network;
}

std::vector<gint64>
input_shape (const DotNetwork *network)
{
  return { network->channels, network->height, network->width };
}

/*  computing  */

/* Row @labels of a table, or its only row, as (B or 1, C, 1, 1). */
Tensor
table_rows (const Tensor &table, const Tensor &labels)
{
  Tensor rows = table.dim () == 1 ? table.unsqueeze (0) : table.index_select (0, labels);

  return rows.unsqueeze (2).unsqueeze (3);
}

Tensor
apply_linear (const Op &op, const Tensor &input)
{
  Tensor flat = torch::linear (input.flatten (1), op.weight, op.bias);

  return flat.view ({ input.size (0), op.channels, op.height, op.width });
}

Tensor
apply_project (const Op &op, const Tensor &score, const Tensor &features, const Tensor &labels)
{
  Tensor rows    = op.weight.index_select (0, labels);
  Tensor product = (rows * features.flatten (1)).sum (1);

  return score + product.view ({ -1, 1, 1, 1 });
}

Tensor
apply_concat (const Op &op, const Tensor &input, const Tensor &labels)
{
  Tensor rows = table_rows (op.weight, labels);

  return torch::cat ({ input, rows.expand ({ -1, -1, op.height, op.width }) }, 1);
}

/* [1, 3, 3, 1] / 8 in both directions, for each of the input's channels. */
Tensor
filter_for (const Tensor &input)
{
  Tensor row = torch::tensor ({ 0.125, 0.375, 0.375, 0.125 }, input.options ());

  return torch::outer (row, row).expand ({ input.size (1), 1, 4, 4 });
}

/* s · x + t of each sample: @rows has s of all channels, then t. */
Tensor
apply_modulate (const Tensor &input, const Tensor &rows)
{
  std::vector<Tensor> halves = rows.view ({ input.size (0), -1, 1, 1 }).chunk (2, 1);

  return torch::addcmul (halves[1], input, halves[0]);
}

/* 1 / √(W x² + ε) of the first numbers of @input, then the bias. */
Tensor
apply_demodulate (const Op &op, const Tensor &input)
{
  Tensor squares = input.flatten (1).narrow (1, 0, op.weight.size (1)).square ();
  Tensor scales  = torch::rsqrt (torch::linear (squares, op.weight) + DOT_DEMODULATE_EPSILON);
  Tensor shifts  = op.bias.unsqueeze (0).expand_as (scales);

  return torch::cat ({ scales, shifts }, 1).view ({ -1, op.channels, 1, 1 });
}

/* x + γ V softmax(Qᵀ K)ᵀ, pixels as columns; without γ what is added alone. */
Tensor
apply_attention (const Op     &op,
                 const Tensor &query,
                 const Tensor &key,
                 const Tensor &value,
                 const Tensor &input)
{
  Tensor energy    = query.flatten (2).transpose (1, 2).matmul (key.flatten (2));
  Tensor attention = torch::softmax (energy, 2);
  Tensor mixed     = value.flatten (2).matmul (attention.transpose (1, 2));

  if (! op.weight.defined ())
    return mixed.view ({ input.size (0), op.channels, op.height, op.width });
  return input + op.weight * mixed.view_as (input);
}

/* What has neither weights nor a second input. */
Tensor
apply_unary (const Op &op, const Tensor &input)
{
  switch (op.kind)
    {
    case DOT_OP_RELU:
      return torch::relu (input);
    case DOT_OP_LEAKY_RELU:
      return torch::leaky_relu (input, 0.2);
    case DOT_OP_TANH:
      return torch::tanh (input);
    case DOT_OP_UPSAMPLE:
      return torch::upsample_nearest2d (input, { op.height, op.width });
    case DOT_OP_RESIZE:
      return torch::upsample_bilinear2d (input, { op.height, op.width }, false);
    case DOT_OP_AVERAGE:
      return torch::avg_pool2d (input, 2);
    case DOT_OP_FIR_UP:
      return torch::conv_transpose2d (input, 4.0 * filter_for (input), {}, 2, 1, 0, input.size (1));
    case DOT_OP_FIR_DOWN:
      return torch::conv2d (input, filter_for (input), {}, 2, 1, 1, input.size (1));
    case DOT_OP_CLAMP:
      return torch::clamp (input, -op.limit, op.limit);
    case DOT_OP_MAX_POOL:
      return torch::max_pool2d (input, op.window, 2, 0, 1, true);
    case DOT_OP_SUM:
      return input.sum ({ 2, 3 }, true);
    case DOT_OP_MEAN:
      return input.mean ({ 2, 3 }, true);
    default:
      break;
    }
  TORCH_CHECK (false, "unknown operation");
}

using Inputs = std::array<Tensor, DOT_OP_MAX_INPUTS>;

Tensor
apply (const Op &op, const Inputs &inputs, const Tensor &labels)
{
  const Tensor &first  = inputs[0];
  const Tensor &second = inputs[1];

  switch (op.kind)
    {
    case DOT_OP_LINEAR:
      return apply_linear (op, first);
    case DOT_OP_CONV:
      return torch::conv2d (first, op.weight, op.bias, op.stride, op.padding, 1, op.groups);
    case DOT_OP_DECONV:
      return torch::conv_transpose2d (first, op.weight, op.bias, op.stride, op.padding);
    case DOT_OP_AFFINE:
      return torch::addcmul (table_rows (op.bias, labels), first, table_rows (op.weight, labels));
    case DOT_OP_ADD:
      return first + second;
    case DOT_OP_JOIN:
      return torch::cat ({ first, second }, 1);
    case DOT_OP_PROJECT:
      return apply_project (op, first, second, labels);
    case DOT_OP_CONCAT:
      return apply_concat (op, first, labels);
    case DOT_OP_MODULATE:
      return apply_modulate (first, second);
    case DOT_OP_DEMODULATE:
      return apply_demodulate (op, first);
    case DOT_OP_NOISE:
      return first + op.weight;
    case DOT_OP_ATTENTION:
      return apply_attention (op, first, second, inputs[2], inputs[3]);
    case DOT_OP_RESHAPE:
      return first.reshape ({ -1, op.channels, op.height, op.width });
    default:
      return apply_unary (op, first);
    }
}

/* For each value the last operation that takes it. */
std::vector<guint>
last_uses (const Network &network)
{
  std::vector<guint> last (network.ops.size () + 1, 0);

  for (guint i = 0; i < network.ops.size (); i++)
    for (guint input : network.ops[i].inputs)
      last[input] = i;
  return last;
}

/* Values are let go after their last use: the peak of memory is what a
 * forward pass needs, or what autograd keeps. */
Tensor
forward (const Network &network, const Tensor &input, const Tensor &labels)
{
  std::vector<Tensor> values (network.ops.size () + 1);
  std::vector<guint>  last = last_uses (network);

  values[0] = input;
  for (guint i = 0; i < network.ops.size (); i++)
    {
      const Op &op = network.ops[i];
      Inputs    inputs;

      for (int j = 0; j < DOT_OP_MAX_INPUTS; j++)
        inputs[j] = values[op.inputs[j]];
      values[i + 1] = apply (op, inputs, labels);
      for (guint used : op.inputs)
        if (last[used] == i)
          values[used] = Tensor ();
    }
  return values.back ();
}

Tensor
labels_tensor (const Engine &engine, const guint *labels, gsize batch)
{
  std::vector<gint64> rows (labels, labels + batch);

  return torch::tensor (rows, torch::kInt64).to (engine.place.device);
}

Tensor
input_tensor (const Engine &engine, std::vector<gint64> shape, const double *values, gsize batch)
{
  shape.insert (shape.begin (), (gint64) batch);
  return torch::from_blob (const_cast<double *> (values), shape, torch::kFloat64)
    .to (engine.place.device, engine.place.dtype, false, true);
}

Tensor
NetworkEngine::generate (const Tensor &latents, const Tensor &labels)
{
  return forward (generator, latents, labels);
}

Tensor
NetworkEngine::discriminate (const Tensor &images, const Tensor &labels)
{
  return forward (discriminator, images, labels);
}

template <typename T>
void
copy_out (const Tensor &tensor, torch::Dtype dtype, T *values)
{
  Tensor plain = tensor.detach ().to (torch::kCPU, dtype).contiguous ();

  memcpy (values, plain.data_ptr<T> (), plain.numel () * sizeof (T));
}

/* The scores of @images, and with @gradients theirs with respect to @input. */
void
score_and_gradient (Engine       &engine,
                    const Tensor &input,
                    const Tensor &images,
                    const Tensor &labels,
                    double       *scores,
                    double       *gradients)
{
  Tensor score = engine.discriminate (images, labels);

  if (gradients)
    {
      Tensor gradient = torch::autograd::grad ({ score.sum () }, { input })[0];

      copy_out (gradient, torch::kFloat64, gradients);
    }
  copy_out (score, torch::kFloat64, scores);
}

/*  the class  */

char *
engine_describe ()
{
  return g_strdup_printf ("libtorch %s%s", TORCH_VERSION, torch::hasCUDA () ? ", CUDA" : "");
}

gpointer
engine_create (const DotNetwork *generator,
               const DotNetwork *discriminator,
               DotDevice         device,
               DotPrecision      precision,
               GError          **error)
{
  return guarded (error, [&] () -> gpointer {
    auto engine = std::make_unique<NetworkEngine> ();

    engine->place         = choose_place (device, precision);
    engine->generator     = compile (generator, engine->place);
    engine->discriminator = compile (discriminator, engine->place);
    engine->latent_shape  = input_shape (generator);
    engine->image_shape   = input_shape (discriminator);
    return static_cast<Engine *> (engine.release ());
  });
}

gpointer
engine_create_scripts (const DotScript *script,
                       DotDevice        device,
                       DotPrecision     precision,
                       GError         **error)
{
  return guarded (error, [&] () -> gpointer {
    return script_engine_new (*script, choose_place (device, precision)).release ();
  });
}

void
engine_destroy (gpointer data)
{
  delete static_cast<Engine *> (data);
}

const char *
engine_get_device_name (gpointer data)
{
  return static_cast<Engine *> (data)->place.name.c_str ();
}

bool
has_rows (const Op &op)
{
  return op.kind == DOT_OP_PROJECT || op.kind == DOT_OP_CONCAT ||
         (op.kind == DOT_OP_AFFINE && op.weight.dim () == 2);
}

Tensor
with_blend (const Tensor &table, guint first, guint second, double amount)
{
  Tensor row = table[first] * (1.0 - amount) + table[second] * amount;

  return torch::cat ({ table, row.unsqueeze (0) });
}

/* Returns the number of the new row; tables have equally many. */
guint
append_blend (Network &network, guint first, guint second, double amount)
{
  guint rows = 0;

  for (Op &op : network.ops)
    if (has_rows (op))
      {
        rows      = op.weight.size (0);
        op.weight = with_blend (op.weight, first, second, amount);
        if (op.bias.defined ())
          op.bias = with_blend (op.bias, first, second, amount);
      }
  return rows;
}

/* Copies share their tensors: only when both are done do they count. */
guint
NetworkEngine::add_blend (guint first, guint second, double amount)
{
  Network new_generator     = generator;
  Network new_discriminator = discriminator;
  guint   label             = append_blend (new_generator, first, second, amount);

  append_blend (new_discriminator, first, second, amount);
  generator     = std::move (new_generator);
  discriminator = std::move (new_discriminator);
  return label;
}

gboolean
engine_add_blend (gpointer data,
                  guint    first,
                  guint    second,
                  double   amount,
                  guint   *label,
                  GError **error)
{
  Engine &engine = *static_cast<Engine *> (data);
  return guarded (error, [&] () -> gboolean {
    torch::NoGradGuard no_grad;

    *label = engine.add_blend (first, second, amount);
    return TRUE;
  });
}

gboolean
engine_generate (gpointer      data,
                 const double *latents,
                 const guint  *labels,
                 gsize         batch,
                 float        *images,
                 GError      **error)
{
  Engine &engine = *static_cast<Engine *> (data);
  return guarded (error, [&] () -> gboolean {
    torch::NoGradGuard no_grad;

    switch_tf32 (engine.place);
    Tensor y = labels_tensor (engine, labels, batch);
    Tensor z = input_tensor (engine, engine.latent_shape, latents, batch);

    copy_out (engine.generate (z, y), torch::kFloat32, images);
    return TRUE;
  });
}

gboolean
engine_score (gpointer      data,
              const double *latents,
              const guint  *labels,
              gsize         batch,
              double       *scores,
              double       *gradients,
              float        *images,
              GError      **error)
{
  Engine &engine = *static_cast<Engine *> (data);
  return guarded (error, [&] () -> gboolean {
    torch::AutoGradMode grad_mode (gradients != nullptr);

    switch_tf32 (engine.place);
    Tensor y = labels_tensor (engine, labels, batch);
    Tensor z = input_tensor (engine, engine.latent_shape, latents, batch);

    if (gradients)
      z.requires_grad_ ();
    Tensor x = engine.generate (z, y);

    score_and_gradient (engine, z, x, y, scores, gradients);
    if (images)
      copy_out (x, torch::kFloat32, images);
    return TRUE;
  });
}

gboolean
engine_discriminate (gpointer      data,
                     const double *images,
                     const guint  *labels,
                     gsize         batch,
                     double       *scores,
                     double       *gradients,
                     GError      **error)
{
  Engine &engine = *static_cast<Engine *> (data);
  return guarded (error, [&] () -> gboolean {
    torch::AutoGradMode grad_mode (gradients != nullptr);

    switch_tf32 (engine.place);
    Tensor y = labels_tensor (engine, labels, batch);
    Tensor x = input_tensor (engine, engine.image_shape, images, batch);

    if (gradients)
      x.requires_grad_ ();
    score_and_gradient (engine, x, x, y, scores, gradients);
    return TRUE;
  });
}

gboolean
engine_backward (gpointer      data,
                 const double *latents,
                 const double *cotangents,
                 const guint  *labels,
                 gsize         batch,
                 double       *gradients,
                 GError      **error)
{
  Engine &engine = *static_cast<Engine *> (data);
  return guarded (error, [&] () -> gboolean {
    torch::AutoGradMode grad_mode (true);

    switch_tf32 (engine.place);
    Tensor y = labels_tensor (engine, labels, batch);
    Tensor z = input_tensor (engine, engine.latent_shape, latents, batch).requires_grad_ ();
    Tensor x = engine.generate (z, y);
    Tensor c = input_tensor (engine, engine.image_shape, cotangents, batch).view_as (x);

    copy_out (torch::autograd::grad ({ x }, { z }, { c })[0], torch::kFloat64, gradients);
    return TRUE;
  });
}

const DotEngineClass torch_engine = {
  .abi             = DOT_ENGINE_ABI,
  .describe        = engine_describe,
  .create          = engine_create,
  .create_scripts  = engine_create_scripts,
  .destroy         = engine_destroy,
  .get_device_name = engine_get_device_name,
  .add_blend       = engine_add_blend,
  .generate        = engine_generate,
  .score           = engine_score,
  .discriminate    = engine_discriminate,
  .backward        = engine_backward,
  .advance         = nullptr,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotEngineClass *dot_engine_module (void);

const DotEngineClass *
dot_engine_module (void)
{
  return &torch_engine;
}
