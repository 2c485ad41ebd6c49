/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The training form of a DotNetwork, under autograd. */

#include "train-network.h"

#include "network/retouch.h"

#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>

namespace dot_torch
{

/* Chainer's decay of running statistics is 0.9. */
constexpr double MOMENTUM = 0.1;

/* What normed vectors are divided by is never 0. */
constexpr double TINY = 1e-12;

/* Enough for any start that isn't orthogonal to the first singular vector. */
constexpr int CONVERGE_ROUNDS = 100;

/*  making  */

int
TrainNetwork::add_parameter (const std::string   &name,
                             const DotArray      *array,
                             std::vector<Tensor> &values)
{
  if (! array)
    return -1;
  names.push_back (name);
  values.push_back (tensor_of (array, place));
  return (int) names.size () - 1;
}

/* What the file calls an operation's weight, and its bias. */
static std::pair<const char *, const char *>
parameter_names (const DotOp &op)
{
  if (op.kind == DOT_OP_BATCH_NORM)
    return op.weight->n_dims == 2 ? std::pair ("gammas/W", "betas/W") : std::pair ("gamma", "beta");
  if (op.kind == DOT_OP_ATTENTION)
    return { "gamma", "" };
  return { "W", "b" };
}

/* A start for power iteration where the file has none. */
static Tensor
first_vector (const Tensor &weight)
{
  Tensor u = at::cos (at::arange (1, weight.size (0) + 1, weight.options ()));

  return (u / u.norm ()).unsqueeze (0);
}

void
TrainNetwork::add_layer (const DotOp &op, std::vector<Tensor> &values)
{
  auto [weight, bias] = parameter_names (op);
  TrainLayer layer;

  layer.kind     = op.kind;
  layer.channels = op.channels;
  layer.height   = op.height;
  layer.width    = op.width;
  layer.stride   = op.stride;
  layer.padding  = op.padding;
  layer.limit    = op.limit;
  layer.spectral = op.spectral;
  layer.mean     = tensor_of (op.mean, place);
  layer.variance = tensor_of (op.variance, place);
  layer.u        = tensor_of (op.u, place);
  std::copy_n (op.inputs, DOT_OP_MAX_INPUTS, layer.inputs);
  if (op.layer)
    layer.name = op.layer;

  layer.weight = add_parameter (layer.name + "/" + weight, op.weight, values);
  layer.bias   = add_parameter (layer.name + "/" + bias, op.bias, values);
  if (layer.spectral && ! layer.u.defined ())
    {
      layer.u = first_vector (values[layer.weight]);
      for (int i = 0; i < CONVERGE_ROUNDS; i++)
        spectral_normed (values[layer.weight], layer.u, true);
    }
  layers.push_back (layer);
}

void
TrainNetwork::flatten (const std::vector<Tensor> &values)
{
  std::vector<Tensor> rows;
  gint64              offset = 0;

  for (const Tensor &value : values)
    rows.push_back (value.reshape (-1));
  flat = at::cat (rows);

  for (const Tensor &value : values)
    {
      Tensor leaf = flat.narrow (0, offset, value.numel ()).view (value.sizes ()).detach ();

      offset += value.numel ();
      parameters.push_back (leaf.requires_grad_ ());
    }
}

TrainNetwork::TrainNetwork (const DotNetwork *source, const Place &where, double small)
    : input_shape{ source->channels, source->height, source->width }, place (where), epsilon (small)
{
  c10::NoGradGuard    no_grad;
  std::vector<Tensor> values;

  for (guint i = 0; i < source->n_ops; i++)
    add_layer (source->ops[i], values);
  flatten (values);
}

/*  weights  */

/* W / σ by one power iteration from @u, through which no gradient goes:
 * v = Wᵀu / ‖Wᵀu‖, u' = Wv / ‖Wv‖, σ = u'ᵀ W v. */
Tensor
spectral_normed (const Tensor &weight, Tensor &u, bool advance)
{
  Tensor matrix = weight.reshape ({ weight.size (0), -1 });
  Tensor left, right;

  {
    c10::NoGradGuard no_grad;

    right = at::mv (matrix.t (), u.view (-1));
    right = right / (right.norm () + TINY);
    left  = at::mv (matrix, right);
    left  = left / (left.norm () + TINY);
    if (advance)
      u.copy_ (left.view_as (u));
  }
  return weight / at::dot (left, at::mv (matrix, right));
}

static bool
is_convolution (const TrainLayer &layer)
{
  return layer.kind == DOT_OP_CONV || layer.kind == DOT_OP_DECONV;
}

std::vector<Tensor>
TrainNetwork::prepare (bool advance, at::ScalarType compute)
{
  std::vector<Tensor> weights = parameters;

  for (TrainLayer &layer : layers)
    {
      if (layer.spectral)
        weights[layer.weight] = spectral_normed (weights[layer.weight], layer.u, advance);
      if (is_convolution (layer))
        {
          weights[layer.weight] = weights[layer.weight].to (weights[layer.weight].options ().dtype (
                                                              compute),
                                                            false, false,
                                                            at::MemoryFormat::ChannelsLast);
          if (layer.bias >= 0)
            weights[layer.bias] = weights[layer.bias].to (compute);
        }
    }
  return weights;
}

/* Weights that no gradient goes to. */
std::vector<Tensor>
TrainNetwork::prepare_frozen (at::ScalarType compute)
{
  c10::NoGradGuard no_grad;

  return prepare (false, compute);
}

/* Which parameter is the first of those at the end whose names begin so. */
static size_t
first_of (const TrainNetwork &network, const char *prefix)
{
  size_t first = network.names.size ();

  while (first > 0 && network.names[first - 1].rfind (prefix, 0) == 0)
    first--;
  return first;
}

Tensor
TrainNetwork::tail (const char *prefix) const
{
  gint64 n = 0;

  for (size_t i = first_of (*this, prefix); i < parameters.size (); i++)
    n += parameters[i].numel ();
  return flat.narrow (0, flat.numel () - n, n);
}

Tensor
flat_gradient (const Tensor &objective, const TrainNetwork &network, const char *prefix)
{
  auto                first = network.parameters.begin () + (long) first_of (network, prefix);
  std::vector<Tensor> asked (first, network.parameters.end ());
  std::vector<Tensor> rows;

  for (const Tensor &gradient : torch::autograd::grad ({ objective }, asked))
    rows.push_back (gradient.reshape (-1));

  Tensor all = at::cat (rows);

  if (network.ranks)
    average (*network.ranks, all);
  return all;
}

/* Power iterations from where they are until they change no more, for weights
 * that came otherwise than by small steps. */
void
TrainNetwork::converge ()
{
  c10::NoGradGuard no_grad;

  for (TrainLayer &layer : layers)
    for (int i = 0; layer.spectral && i < CONVERGE_ROUNDS; i++)
      spectral_normed (parameters[layer.weight], layer.u, true);
}

/*  batch norm  */

/* Sums over the batch and the pixels, in float64: the difference of two large
 * numbers comes next. */
static void
gather (TrainLayer &layer, const Tensor &input)
{
  Tensor values = input.detach ().to (at::kDouble);

  layer.sums += values.mean ({ 0, 2, 3 });
  layer.squares += values.square ().mean ({ 0, 2, 3 });
}

void
TrainNetwork::begin_gather ()
{
  gathered = 0;
  for (TrainLayer &layer : layers)
    if (layer.kind == DOT_OP_BATCH_NORM)
      {
        layer.sums    = at::zeros_like (layer.mean, at::kDouble);
        layer.squares = at::zeros_like (layer.mean, at::kDouble);
      }
}

void
TrainNetwork::finish_gather ()
{
  for (TrainLayer &layer : layers)
    if (layer.kind == DOT_OP_BATCH_NORM && gathered > 0)
      {
        Tensor mean = layer.sums / (double) gathered;

        layer.mean.copy_ (mean);
        layer.variance.copy_ ((layer.squares / (double) gathered - mean.square ()).clamp_min (0.0));
      }
}

/* (1, C, 1, 1): over the batch of all ranks and the pixels. */
static Tensor
mean_of_all (Ranks &ranks, const Tensor &values)
{
  return average_of (ranks, values.mean ({ 0, 2, 3 }, true));
}

/* (x − μ) / √(σ² + ε) by the statistics of all ranks' batches, which are as
 * large as this one. */
Tensor
TrainNetwork::norm_together (TrainLayer &layer, const Tensor &input, bool track)
{
  Tensor x        = input.to (place.dtype);
  Tensor mean     = mean_of_all (*ranks, x);
  Tensor centred  = x - mean;
  Tensor variance = mean_of_all (*ranks, centred.square ());

  if (track)
    {
      c10::NoGradGuard no_grad;
      double           n = (double) (ranks->size * x.numel () / x.size (1));

      layer.mean.lerp_ (mean.view (-1), MOMENTUM);
      layer.variance.lerp_ (variance.view (-1) * (n / (n - 1.0)), MOMENTUM);
    }
  return centred * (variance + epsilon).rsqrt ();
}

/* Rows of a table as (B, C, 1, 1). */
static Tensor
rows_of (const Tensor &table, const Tensor &labels, at::ScalarType dtype)
{
  return table.index_select (0, labels).unsqueeze (2).unsqueeze (3).to (dtype);
}

/* γ x + β, a row of each a picture where there are labels. */
static Tensor
scale (const Tensor  &x,
       const Tensor  &gamma,
       const Tensor  &beta,
       const Tensor  &labels,
       at::ScalarType dtype)
{
  if (gamma.dim () == 2)
    return at::addcmul (rows_of (beta, labels, dtype), x.to (dtype),
                        rows_of (gamma, labels, dtype));
  return at::addcmul (beta.view ({ 1, -1, 1, 1 }), x, gamma.view ({ 1, -1, 1, 1 })).to (dtype);
}

Tensor
TrainNetwork::apply_norm (TrainLayer                &layer,
                          const std::vector<Tensor> &weights,
                          const Tensor              &input,
                          const Tensor              &labels,
                          Statistics                 statistics)
{
  const Tensor &gamma       = weights[layer.weight];
  const Tensor &beta        = weights[layer.bias];
  bool          conditional = gamma.dim () == 2;
  double        momentum    = statistics == Statistics::TRACK ? MOMENTUM : 0.0;
  Tensor        none;

  if (statistics == Statistics::GATHER)
    gather (layer, input);
  if (ranks && (statistics == Statistics::BATCH || statistics == Statistics::TRACK))
    return scale (norm_together (layer, input, statistics == Statistics::TRACK), gamma, beta,
                  labels, input.scalar_type ());
  /* The running statistics are given even where they stay as they are: they
   * tell libtorch to keep statistics in float32. */
  Tensor normed = at::batch_norm (input, conditional ? none : gamma, conditional ? none : beta,
                                  layer.mean, layer.variance, statistics != Statistics::OWN,
                                  momentum, epsilon, true);

  return conditional ? scale (normed, gamma, beta, labels, normed.scalar_type ()) : normed;
}

/*  other operations  */

/* x + γ V softmax(Qᵀ K)ᵀ, pixels as columns. */
Tensor
TrainNetwork::apply_attention (const Tensor &gamma, const Tensor *inputs)
{
  Tensor query     = inputs[0].to (place.dtype).flatten (2);
  Tensor key       = inputs[1].to (place.dtype).flatten (2);
  Tensor value     = inputs[2].to (place.dtype).flatten (2);
  Tensor attention = at::softmax (query.transpose (1, 2).matmul (key), 2);
  Tensor mixed     = value.matmul (attention.transpose (1, 2));

  mixed = gamma * mixed.view_as (inputs[3]);
  return inputs[3] + mixed.to (inputs[3].scalar_type ());
}

static Tensor
apply_linear (const TrainLayer          &layer,
              const std::vector<Tensor> &weights,
              const Tensor              &input,
              at::ScalarType             dtype)
{
  Tensor bias = layer.bias >= 0 ? weights[layer.bias] : Tensor ();
  Tensor flat = at::linear (input.to (dtype).flatten (1), weights[layer.weight], bias);

  return flat.view ({ input.size (0), layer.channels, layer.height, layer.width });
}

static Tensor
apply_convolution (const TrainLayer &layer, const std::vector<Tensor> &weights, const Tensor &input)
{
  const Tensor &weight = weights[layer.weight];
  Tensor        bias   = layer.bias >= 0 ? weights[layer.bias] : Tensor ();
  Tensor        x = input.to (weight.scalar_type ()).contiguous (at::MemoryFormat::ChannelsLast);

  if (layer.kind == DOT_OP_CONV)
    return at::conv2d (x, weight, bias, layer.stride, layer.padding);
  return at::conv_transpose2d (x, weight, bias, layer.stride, layer.padding);
}

static Tensor
apply_project (const Tensor &table,
               const Tensor &score,
               const Tensor &features,
               const Tensor &labels)
{
  Tensor rows = table.index_select (0, labels);

  return score + (rows * features.flatten (1)).sum (1).view ({ -1, 1, 1, 1 });
}

static Tensor
apply_concat (const TrainLayer &layer,
              const Tensor     &table,
              const Tensor     &input,
              const Tensor     &labels)
{
  Tensor rows = rows_of (table, labels, input.scalar_type ());

  return at::cat ({ input, rows.expand ({ -1, -1, layer.height, layer.width }) }, 1);
}

Tensor
TrainNetwork::apply (TrainLayer                &layer,
                     const std::vector<Tensor> &weights,
                     const Tensor              *inputs,
                     const Tensor              &labels,
                     Statistics                 statistics)
{
  const Tensor &first = inputs[0];

  switch (layer.kind)
    {
    case DOT_OP_LINEAR:
      return apply_linear (layer, weights, first, place.dtype);
    case DOT_OP_CONV:
    case DOT_OP_DECONV:
      return apply_convolution (layer, weights, first);
    case DOT_OP_BATCH_NORM:
      return apply_norm (layer, weights, first, labels, statistics);
    case DOT_OP_RELU:
      return at::relu (first);
    case DOT_OP_LEAKY_RELU:
      return at::leaky_relu (first, 0.2);
    case DOT_OP_TANH:
      return at::tanh (first.to (place.dtype));
    case DOT_OP_CLAMP:
      return at::clamp (first, -layer.limit, layer.limit);
    case DOT_OP_UPSAMPLE:
      return at::upsample_nearest2d (first, { layer.height, layer.width });
    case DOT_OP_AVERAGE:
      return at::avg_pool2d (first, 2);
    case DOT_OP_ADD:
      return first + inputs[1];
    case DOT_OP_SUM:
      return first.sum ({ 2, 3 }, true, place.dtype);
    case DOT_OP_PROJECT:
      return apply_project (weights[layer.weight], first, inputs[1], labels);
    case DOT_OP_CONCAT:
      return apply_concat (layer, weights[layer.weight], first, labels);
    case DOT_OP_ATTENTION:
      return apply_attention (weights[layer.weight], inputs);
    case DOT_OP_RESHAPE:
      return first.reshape ({ -1, layer.channels, layer.height, layer.width });
    default:
      break;
    }
  TORCH_CHECK (false, "unknown operation");
}

/* Each value is let go after its last use. */
Tensor
TrainNetwork::forward (const std::vector<Tensor> &weights,
                       const Tensor              &input,
                       const Tensor              &labels,
                       Statistics                 statistics,
                       Tensor                    *painted)
{
  std::vector<Tensor> values (layers.size () + 1);
  std::vector<guint>  last (layers.size () + 1, 0);

  for (guint i = 0; i < layers.size (); i++)
    for (guint used : layers[i].inputs)
      last[used] = i;
  if (statistics == Statistics::GATHER)
    gathered++;

  values[0] = input;
  for (guint i = 0; i < layers.size (); i++)
    {
      Tensor inputs[DOT_OP_MAX_INPUTS];

      for (int j = 0; j < DOT_OP_MAX_INPUTS; j++)
        inputs[j] = values[layers[i].inputs[j]];
      if (painted && layers[i].name == DOT_RETOUCH_FIRST)
        *painted = inputs[0];
      values[i + 1] = apply (layers[i], weights, inputs, labels, statistics);
      for (guint used : layers[i].inputs)
        if (last[used] == i)
          values[used] = Tensor ();
    }
  return values.back ();
}

} // namespace dot_torch
