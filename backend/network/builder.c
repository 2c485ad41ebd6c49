/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "builder.h"

#include "base/intl.h"

#include <math.h>

#define SHAPE(...)                                      \
  G_N_ELEMENTS (((gsize[]) { __VA_ARGS__ })), (gsize[]) \
  {                                                     \
    __VA_ARGS__                                         \
  }

/**
 * dot_builder_init:
 *
 * Begins a network whose input has the given size.
 */
void
dot_builder_init (DotBuilder *builder,
                  DotWeights *weights,
                  DotForm     form,
                  guint       channels,
                  guint       height,
                  guint       width)
{
  builder->weights = weights;
  builder->form    = form;
  builder->names   = (DotBuilderNames) { "/W", "/b", "/u" };
  builder->epsilon = DOT_BATCH_NORM_EPSILON;
  builder->network = dot_network_new (channels, height, width);
  builder->error   = NULL;
}

/**
 * dot_builder_finish:
 *
 * Returns: (transfer full): the network, or %NULL and the first error
 */
DotNetwork *
dot_builder_finish (DotBuilder *builder, GError **error)
{
  if (! builder->error)
    return g_steal_pointer (&builder->network);

  g_propagate_error (error, g_steal_pointer (&builder->error));
  g_clear_pointer (&builder->network, dot_network_free);
  return NULL;
}

/* The size of a value; 0 is the network's input. */
static DotOp
builder_value (DotBuilder *builder, guint value)
{
  DotNetwork *network = builder->network;

  if (value > 0)
    return network->ops[value - 1];
  return (
    DotOp) { .channels = network->channels, .height = network->height, .width = network->width };
}

guint
dot_builder_channels (DotBuilder *builder, guint value)
{
  return builder_value (builder, value).channels;
}

/**
 * dot_builder_items:
 *
 * Returns: how many numbers a value has
 */
gsize
dot_builder_items (DotBuilder *builder, guint value)
{
  DotOp op = builder_value (builder, value);

  return (gsize) op.channels * op.height * op.width;
}

/**
 * dot_builder_find_weight:
 *
 * Returns: (transfer full): what a layer's weight is called in that file; where
 *   there is none, what it would be called
 */
char *
dot_builder_find_weight (const DotBuilderNames *names, DotWeights *weights, const char *layer)
{
  g_autofree char *key   = g_strconcat (layer, names->weight, NULL);
  g_autofree char *plain = names->plain ? g_strconcat (layer, names->plain, NULL) : NULL;

  if (plain && ! dot_weights_has (weights, key) && dot_weights_has (weights, plain))
    return g_steal_pointer (&plain);
  return g_steal_pointer (&key);
}

/**
 * dot_builder_has:
 *
 * Returns: whether the file has a weight of that layer
 */
gboolean
dot_builder_has (DotBuilder *builder, const char *layer)
{
  g_autofree char *key = dot_builder_find_weight (&builder->names, builder->weights, layer);

  return dot_weights_has (builder->weights, key);
}

/**
 * dot_builder_read:
 * @name: what follows the layer's: "block3/c1" and "/W" make "block3/c1/W"
 *
 * Returns: (transfer full) (nullable): an array of the file's; %NULL from the
 *   first error on
 */
DotArray *
dot_builder_read (DotBuilder  *builder,
                  const char  *layer,
                  const char  *name,
                  guint        n_dims,
                  const gsize *shape)
{
  g_autofree char *key = g_strconcat (layer, name, NULL);

  if (builder->error)
    return NULL;
  return dot_weights_read (builder->weights, key, n_dims, shape, &builder->error);
}

/**
 * dot_builder_read_weight:
 *
 * Returns: (transfer full) (nullable): a layer's weight; %NULL from the first
 *   error on
 */
DotArray *
dot_builder_read_weight (DotBuilder *builder, const char *layer, guint n_dims, const gsize *shape)
{
  g_autofree char *key = NULL;

  if (builder->error)
    return NULL;
  key = dot_builder_find_weight (&builder->names, builder->weights, layer);
  return dot_weights_read (builder->weights, key, n_dims, shape, &builder->error);
}

static guint
read_axis (DotBuilder *builder, const char *layer, guint n_dims, guint axis)
{
  g_autofree char *key = NULL;

  if (builder->error)
    return 0;
  key = dot_builder_find_weight (&builder->names, builder->weights, layer);
  return dot_weights_get_axis (builder->weights, key, n_dims, axis, &builder->error);
}

/* In the training form the operation that was added last keeps its layer's
 * name, and the vector of its norm where the file has one: that of model.py
 * doesn't. */
static guint
finish_layer (DotBuilder *builder, const char *layer, DotSpectral spectral)
{
  const DotOp     *op    = dot_network_get_output (builder->network);
  g_autofree char *key   = g_strconcat (layer, builder->names.vector, NULL);
  g_autoptr (DotArray) u = NULL;

  if (builder->form == DOT_FORM_INFERENCE)
    return builder->network->n_ops;

  if (spectral != DOT_SPECTRAL_NONE && dot_weights_has (builder->weights, key))
    u = dot_builder_read (builder, layer, builder->names.vector, SHAPE (1, op->weight->shape[0]));
  dot_network_name (builder->network, layer, spectral != DOT_SPECTRAL_NONE, u);
  return builder->network->n_ops;
}

/*  layers  */

/**
 * dot_builder_conv:
 * @size: k; the padding is 1 but for 1×1
 * @stride: 1 or 2
 *
 * A k×k convolution; how many channels come out is read from the file.
 */
guint
dot_builder_conv (DotBuilder *builder,
                  const char *layer,
                  guint       input,
                  guint       size,
                  guint       stride,
                  DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  guint in                    = dot_builder_channels (builder, input);
  guint out                   = read_axis (builder, layer, 4, 0);

  weight = dot_builder_read_weight (builder, layer, SHAPE (out, in, size, size));
  bias   = dot_builder_read (builder, layer, builder->names.bias, SHAPE (out));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_conv (builder->network, input, weight, bias, stride);
  return finish_layer (builder, layer, spectral);
}

/**
 * dot_builder_conv_valid:
 *
 * A k×k convolution without padding and without a norm.
 */
guint
dot_builder_conv_valid (DotBuilder *builder,
                        const char *layer,
                        guint       input,
                        guint       size,
                        guint       stride)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  guint in                    = dot_builder_channels (builder, input);
  guint out                   = read_axis (builder, layer, 4, 0);

  weight = dot_builder_read_weight (builder, layer, SHAPE (out, in, size, size));
  bias   = dot_builder_read (builder, layer, builder->names.bias, SHAPE (out));
  if (builder->error)
    return 0;
  dot_network_conv_valid (builder->network, input, weight, bias, stride);
  return finish_layer (builder, layer, DOT_SPECTRAL_NONE);
}

/**
 * dot_builder_conv_bare:
 *
 * A k×k convolution with stride 1 and without bias.
 */
guint
dot_builder_conv_bare (DotBuilder *builder,
                       const char *layer,
                       guint       input,
                       guint       size,
                       DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  guint in                    = dot_builder_channels (builder, input);
  guint out                   = read_axis (builder, layer, 4, 0);

  weight = dot_builder_read_weight (builder, layer, SHAPE (out, in, size, size));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_conv (builder->network, input, weight, NULL, 1);
  return finish_layer (builder, layer, spectral);
}

/**
 * dot_builder_conv_scaled:
 * @key: of its weight, which stands alone
 * @scale: what the weight is multiplied with
 *
 * A k×k convolution with stride 1, without bias and without a norm.
 */
guint
dot_builder_conv_scaled (DotBuilder *builder,
                         const char *key,
                         guint       input,
                         guint       size,
                         double      scale)
{
  g_autoptr (DotArray) weight = NULL;
  guint in                    = dot_builder_channels (builder, input);
  guint out;

  if (builder->error)
    return 0;
  out = dot_weights_get_axis (builder->weights, key, 4, 0, &builder->error);
  if (out)
    weight = dot_weights_read (builder->weights, key, SHAPE (out, in, size, size), &builder->error);
  if (builder->error)
    return 0;

  for (gsize i = 0; i < weight->n_items; i++)
    weight->data[i] = (float) (scale * weight->data[i]);
  return dot_network_conv (builder->network, input, weight, NULL, 1);
}

/**
 * dot_builder_deconv:
 *
 * A transposed k×k convolution with padding 1; its weight is (in, out, k, k),
 * and the spectral norm is that of the matrix (in, out · k · k).
 */
guint
dot_builder_deconv (DotBuilder *builder,
                    const char *layer,
                    guint       input,
                    guint       size,
                    guint       stride,
                    DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  guint in                    = dot_builder_channels (builder, input);
  guint out                   = read_axis (builder, layer, 4, 1);

  weight = dot_builder_read_weight (builder, layer, SHAPE (in, out, size, size));
  bias   = dot_builder_read (builder, layer, builder->names.bias, SHAPE (out));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_deconv (builder->network, input, weight, bias, stride);
  return finish_layer (builder, layer, spectral);
}

static guint
add_linear (DotBuilder *builder,
            const char *layer,
            guint       input,
            gboolean    has_bias,
            DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  DotOp value                 = builder_value (builder, input);
  gsize in                    = (gsize) value.channels * value.height * value.width;
  guint out                   = read_axis (builder, layer, 2, 0);

  weight = dot_builder_read_weight (builder, layer, SHAPE (out, in));
  if (has_bias)
    bias = dot_builder_read (builder, layer, builder->names.bias, SHAPE (out));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_linear (builder->network, input, weight, bias, 1, 1);
  return finish_layer (builder, layer, spectral);
}

/**
 * dot_builder_linear:
 *
 * W x + b on the flat input; how many numbers come out is read from the
 * file.
 */
guint
dot_builder_linear (DotBuilder *builder, const char *layer, guint input, DotSpectral spectral)
{
  return add_linear (builder, layer, input, TRUE, spectral);
}

/**
 * dot_builder_fail:
 * @reason: what doesn't fit, in a few words
 */
void
dot_builder_fail (DotBuilder *builder, const char *layer, const char *reason)
{
  if (! builder->error)
    builder->error = g_error_new (DOT_ERROR, DOT_ERROR_INVALID_FILE,
                                  _ ("%s: %s doesn't fit (%s): give the right "
                                     "file or architecture."),
                                  dot_weights_get_path (builder->weights), layer, reason);
}

/**
 * dot_builder_score:
 *
 * The linear layer that a discriminator ends with: one number comes out.
 * It may be without a bias.
 */
guint
dot_builder_score (DotBuilder *builder, const char *layer, guint input, DotSpectral spectral)
{
  g_autofree char *bias     = g_strconcat (layer, builder->names.bias, NULL);
  gboolean         has_bias = dot_weights_has (builder->weights, bias);
  guint            score    = add_linear (builder, layer, input, has_bias, spectral);

  if (dot_builder_channels (builder, score) != 1)
    dot_builder_fail (builder, layer, _ ("a score is one number"));
  return score;
}

/**
 * dot_builder_score_map:
 *
 * A k×k convolution that gives each pixel a score, and the mean of these.
 */
guint
dot_builder_score_map (DotBuilder *builder,
                       const char *layer,
                       guint       input,
                       guint       size,
                       DotSpectral spectral)
{
  guint map = dot_builder_conv (builder, layer, input, size, 1, spectral);

  if (dot_builder_channels (builder, map) != 1)
    dot_builder_fail (builder, layer, _ ("a score is one number"));
  return dot_builder_apply (builder, DOT_OP_MEAN, map);
}

/**
 * dot_builder_project:
 *
 * score + ⟨W[label], features⟩, the projection discriminator's last term.
 */
guint
dot_builder_project (DotBuilder *builder,
                     const char *layer,
                     guint       score,
                     guint       features,
                     guint       labels,
                     DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  guint channels              = dot_builder_channels (builder, features);

  weight = dot_builder_read_weight (builder, layer, SHAPE (labels, channels));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_project (builder->network, score, features, weight);
  return finish_layer (builder, layer, spectral);
}

/**
 * dot_builder_concat:
 *
 * The input with W[label] appended at every pixel.
 */
guint
dot_builder_concat (DotBuilder *builder,
                    const char *layer,
                    guint       input,
                    guint       labels,
                    DotSpectral spectral)
{
  g_autoptr (DotArray) weight = NULL;
  guint channels              = read_axis (builder, layer, 2, 1);

  weight = dot_builder_read_weight (builder, layer, SHAPE (labels, channels));
  dot_builder_normalize (builder, layer, weight, spectral);
  if (builder->error)
    return 0;
  dot_network_concat (builder->network, input, weight);
  return finish_layer (builder, layer, spectral);
}

/*  batch norm  */

/* gammas/W and betas/W of a conditional batch norm, gamma and beta (one row)
 * of a plain one. */
static DotArray *
read_gain (DotBuilder *builder, const char *layer, const char *name, guint channels, guint labels)
{
  g_autofree char *table = g_strdup_printf ("/%ss/W", name);
  g_autofree char *plain = g_strdup_printf ("/%s", name);

  if (labels > 0)
    return dot_builder_read (builder, layer, table, SHAPE (labels, channels));
  return dot_builder_read (builder, layer, plain, SHAPE (channels));
}

/* γ (x − mean) / √(var + ε) + β as one scale and one shift a channel, in the
 * place of γ and β. */
static void
fold_batch_norm (DotArray       *gamma,
                 DotArray       *beta,
                 const DotArray *mean,
                 const DotArray *variance,
                 double          epsilon)
{
  for (gsize i = 0; i < gamma->n_items; i++)
    {
      gsize  c     = i % mean->n_items;
      double scale = gamma->data[i] / sqrt (variance->data[c] + epsilon);

      beta->data[i]  = (float) (beta->data[i] - scale * mean->data[c]);
      gamma->data[i] = (float) scale;
    }
}

/**
 * dot_builder_check_variance:
 * @name: what follows the layer's
 * @variance: (nullable):
 */
void
dot_builder_check_variance (DotBuilder     *builder,
                            const char     *layer,
                            const char     *name,
                            const DotArray *variance)
{
  for (gsize i = 0; variance && i < variance->n_items; i++)
    if (variance->data[i] < 0.0f)
      {
        g_clear_error (&builder->error);
        builder->error = g_error_new (DOT_ERROR, DOT_ERROR_INVALID_FILE,
                                      _ ("%s: %s%s holds a negative variance: download "
                                         "or export the file again."),
                                      dot_weights_get_path (builder->weights), layer, name);
        return;
      }
}

/**
 * dot_builder_check_filter:
 * @key: of the filter that doubles or halves a picture, 4×4
 *
 * Others than the one that we have are refused.
 */
void
dot_builder_check_filter (DotBuilder *builder, const char *key)
{
  static const float taps[]   = { 1.0f, 3.0f, 3.0f, 1.0f };
  gsize              size[]   = { G_N_ELEMENTS (taps), G_N_ELEMENTS (taps) };
  g_autoptr (DotArray) kernel = dot_builder_read (builder, key, "", 2, size);

  for (gsize i = 0; kernel && i < kernel->n_items; i++)
    if (fabsf (64.0f * kernel->data[i] - taps[i / 4] * taps[i % 4]) > 1e-4f)
      dot_builder_fail (builder, key, _ ("its filter isn't [1, 3, 3, 1]"));
}

/**
 * dot_builder_batch_norm:
 * @labels: rows of its tables, or 0 for a batch norm without labels
 *
 * Batch norm: at test time, folded into an affine operation, or as it is
 * trained.
 */
guint
dot_builder_batch_norm (DotBuilder *builder, const char *layer, guint input, guint labels)
{
  g_autoptr (DotArray) gamma    = NULL;
  g_autoptr (DotArray) beta     = NULL;
  g_autoptr (DotArray) mean     = NULL;
  g_autoptr (DotArray) variance = NULL;
  guint channels                = dot_builder_channels (builder, input);

  gamma    = read_gain (builder, layer, "gamma", channels, labels);
  beta     = read_gain (builder, layer, "beta", channels, labels);
  mean     = dot_builder_read (builder, layer, "/avg_mean", SHAPE (channels));
  variance = dot_builder_read (builder, layer, "/avg_var", SHAPE (channels));
  dot_builder_check_variance (builder, layer, "/avg_var", variance);
  if (builder->error)
    return 0;

  if (builder->form == DOT_FORM_TRAINING)
    {
      dot_network_batch_norm (builder->network, input, gamma, beta, mean, variance);
      return finish_layer (builder, layer, DOT_SPECTRAL_NONE);
    }
  fold_batch_norm (gamma, beta, mean, variance, builder->epsilon);
  return dot_network_affine (builder->network, input, gamma, beta);
}

/**
 * dot_builder_attention:
 *
 * Self-attention (Zhang et al., "Self-attention generative adversarial
 * networks", ICML 2019): x + γ V softmax(Qᵀ K)ᵀ over all pixels, where the
 * query Q and the key K are 1×1 convolutions to an eighth of the channels
 * and the value V one to all of them, all spectrally normed.
 */
guint
dot_builder_attention (DotBuilder *builder, const char *layer, guint input)
{
  g_autofree char *query_key = g_strdup_printf ("%s/query_conv", layer);
  g_autofree char *key_key   = g_strdup_printf ("%s/key_conv", layer);
  g_autofree char *value_key = g_strdup_printf ("%s/value_conv", layer);
  g_autoptr (DotArray) gamma = NULL;
  guint query, key, value;

  query = dot_builder_conv (builder, query_key, input, 1, 1, DOT_SPECTRAL_ITERATED);
  key   = dot_builder_conv (builder, key_key, input, 1, 1, DOT_SPECTRAL_ITERATED);
  value = dot_builder_conv (builder, value_key, input, 1, 1, DOT_SPECTRAL_ITERATED);
  gamma = dot_builder_read (builder, layer, "/gamma", SHAPE (1));
  if (dot_builder_channels (builder, query) != dot_builder_channels (builder, key) ||
      dot_builder_channels (builder, value) != dot_builder_channels (builder, input))
    dot_builder_fail (builder, layer, _ ("query, key and value don't match"));
  if (builder->error)
    return 0;
  dot_network_attention (builder->network, query, key, value, input, gamma);
  return finish_layer (builder, layer, DOT_SPECTRAL_NONE);
}

/*  without weights  */

/**
 * dot_builder_reshape:
 *
 * Reads the input, channels first, as pixels of the given size.
 */
guint
dot_builder_reshape (DotBuilder *builder, guint input, guint height, guint width)
{
  DotOp value = builder_value (builder, input);
  gsize items = (gsize) value.channels * value.height * value.width;

  if (items % ((gsize) height * width) != 0)
    dot_builder_fail (builder, "W", _ ("its rows don't make whole pixels"));
  if (builder->error)
    return 0;
  return dot_network_reshape (builder->network, input, items / ((gsize) height * width), height,
                              width);
}

guint
dot_builder_apply (DotBuilder *builder, DotOpKind kind, guint input)
{
  if (builder->error)
    return 0;
  return dot_network_unary (builder->network, kind, input);
}

/**
 * dot_builder_max_pool:
 * @window: 3 or 2
 */
guint
dot_builder_max_pool (DotBuilder *builder, guint input, guint window)
{
  if (builder->error)
    return 0;
  return dot_network_max_pool (builder->network, input, window);
}

/**
 * dot_builder_resize:
 * @side: height and width of what comes out
 *
 * Bilinear, where the input has not that size already.
 */
guint
dot_builder_resize (DotBuilder *builder, guint input, guint side)
{
  DotOp value = builder_value (builder, input);

  if (builder->error || (value.height == side && value.width == side))
    return input;
  return dot_network_resize (builder->network, input, side, side);
}

/**
 * dot_builder_join:
 * @block: what is joined, for messages
 *
 * The channels of one value, then those of another.
 */
guint
dot_builder_join (DotBuilder *builder, const char *block, guint first, guint second)
{
  DotOp a = builder_value (builder, first);
  DotOp b = builder_value (builder, second);

  if (a.height != b.height || a.width != b.width)
    dot_builder_fail (builder, block, _ ("its branches have different sizes"));
  if (builder->error)
    return 0;
  return dot_network_join (builder->network, first, second);
}

/**
 * dot_builder_add:
 * @block: what is added up, for messages
 *
 * The sum of a residual block's two branches.
 */
guint
dot_builder_add (DotBuilder *builder, const char *block, guint first, guint second)
{
  DotOp a = builder_value (builder, first);
  DotOp b = builder_value (builder, second);

  if (a.channels != b.channels || a.height != b.height || a.width != b.width)
    dot_builder_fail (builder, block, _ ("its branches have different sizes"));
  if (builder->error)
    return 0;
  return dot_network_add (builder->network, first, second);
}
