/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/array.h"

G_BEGIN_DECLS

/**
 * DotOpKind:
 * @DOT_OP_LINEAR: y = W x + b; W (channels · height · width, inputs)
 * @DOT_OP_CONV: k×k convolution; W (out, in, k, k), or in groups (out, in /
 *   groups, k, k)
 * @DOT_OP_DECONV: transposed k×k convolution; W (in, out, k, k)
 * @DOT_OP_AFFINE: y = scale[row] · x + shift[row] per channel; weight and
 *   bias are tables (rows, channels), the row being the label, or 0 where
 *   there is one row
 * @DOT_OP_RELU: max (x, 0)
 * @DOT_OP_LEAKY_RELU: max (x, 0.2 x)
 * @DOT_OP_TANH: tanh x
 * @DOT_OP_UPSAMPLE: 2×, nearest neighbour
 * @DOT_OP_RESIZE: to another size, bilinear between the centres of pixels
 *   (align_corners false)
 * @DOT_OP_AVERAGE: mean over 2×2 pixels
 * @DOT_OP_FIR_UP: 2×: zeros between the pixels, then the filter [1, 3, 3, 1] / 4
 *   in both directions
 * @DOT_OP_FIR_DOWN: half the size: the filter [1, 3, 3, 1] / 8 in both directions
 *   at every second pixel; zeros outside
 * @DOT_OP_MAX_POOL: largest of 3×3 or 2×2 pixels at every second one; what of
 *   the last window lies outside isn't looked at
 * @DOT_OP_ADD: sum of both inputs
 * @DOT_OP_JOIN: the channels of the first input, then those of the second
 * @DOT_OP_SUM: sum over the pixels of each channel
 * @DOT_OP_MEAN: mean over the pixels of each channel
 * @DOT_OP_PROJECT: first input + ⟨W[label], second input⟩; W (labels, channels)
 * @DOT_OP_CONCAT: the input, and W[label] at every pixel as further channels
 * @DOT_OP_MODULATE: y = s · x + t per channel: x is the first input, the second
 *   one has s of all channels, then t
 * @DOT_OP_DEMODULATE: of a vector what DOT_OP_MODULATE takes: 1 / √(W x² + 1e−8),
 *   x² being the squares of its first numbers, then b; W (channels, numbers)
 * @DOT_OP_NOISE: x + W[pixel] in each channel; W (height, width)
 * @DOT_OP_CLAMP: x, but at least −limit and at most limit
 * @DOT_OP_ATTENTION: of query, key, value and x (four inputs):
 *   x + W[0] · V softmax(Qᵀ K)ᵀ, the softmax over K's pixels; without W what is
 *   added to x alone, with the value's channels
 * @DOT_OP_RESHAPE: the same numbers as channels × height × width
 * @DOT_OP_BATCH_NORM: of the training form only: γ (x − mean) / √(var + 2e−5)
 *   + β, by the batch's own mean and variance; weight and bias are γ and β,
 *   (channels) or tables (labels, channels)
 *
 * What a network is made of.  An architecture writes a network down once in
 * these words; every engine reads it.
 */
typedef enum
{
  DOT_OP_LINEAR,
  DOT_OP_CONV,
  DOT_OP_DECONV,
  DOT_OP_AFFINE,
  DOT_OP_RELU,
  DOT_OP_LEAKY_RELU,
  DOT_OP_TANH,
  DOT_OP_UPSAMPLE,
  DOT_OP_RESIZE,
  DOT_OP_AVERAGE,
  DOT_OP_FIR_UP,
  DOT_OP_FIR_DOWN,
  DOT_OP_MAX_POOL,
  DOT_OP_ADD,
  DOT_OP_JOIN,
  DOT_OP_SUM,
  DOT_OP_MEAN,
  DOT_OP_PROJECT,
  DOT_OP_CONCAT,
  DOT_OP_MODULATE,
  DOT_OP_DEMODULATE,
  DOT_OP_NOISE,
  DOT_OP_CLAMP,
  DOT_OP_ATTENTION,
  DOT_OP_RESHAPE,
  DOT_OP_BATCH_NORM
} DotOpKind;

/**
 * DotForm:
 * @DOT_FORM_INFERENCE: spectral norms divided out and batch norms folded to an
 *   affine operation
 * @DOT_FORM_TRAINING: weights as they are in the file, with their names, and
 *   how they are normed
 */
typedef enum
{
  DOT_FORM_INFERENCE,
  DOT_FORM_TRAINING
} DotForm;

#define DOT_BATCH_NORM_EPSILON 2e-5
#define DOT_DEMODULATE_EPSILON 1e-8

#define DOT_OP_MAX_INPUTS 4

/**
 * DotOp:
 * @inputs: numbers of values; 0 is the network's input, n + 1 what operation
 *   n puts out
 * @channels, @height, @width: of the output; a vector is channels × 1 × 1
 * @window: of the largest: 3 or 2
 * @stride, @padding: of a convolution; zeros on all sides
 * @groups: of a convolution: into how many its channels are cut, each of which
 *   sees its own alone; else 1
 * @limit: of a clamp
 * @weight, @bias: (nullable): as @kind says
 * @layer: (nullable): what the names of its weights begin with; of the training
 *   form, as all that follows
 * @spectral: whether @weight is to be divided by its spectral norm
 * @u: (nullable): the vector of that norm's power iteration, where the file
 *   has one
 * @mean, @variance: (nullable): a batch norm's running statistics
 */
typedef struct
{
  DotOpKind kind;
  guint     inputs[DOT_OP_MAX_INPUTS];
  guint     channels;
  guint     height;
  guint     width;
  guint     window;
  guint     stride;
  guint     padding;
  guint     groups;
  double    limit;
  DotArray *weight;
  DotArray *bias;
  char     *layer;
  gboolean  spectral;
  DotArray *u;
  DotArray *mean;
  DotArray *variance;
} DotOp;

/**
 * DotNetwork:
 * @ops: the operations, each after those it takes from; the last is the output
 * @n_ops: how many
 * @channels, @height, @width: of the input
 *
 * A generator or a discriminator, with its weights, in the form that it was
 * read in (#DotForm).
 */
typedef struct
{
  DotOp *ops;
  guint  n_ops;
  guint  channels;
  guint  height;
  guint  width;
} DotNetwork;

DotNetwork *dot_network_new (guint channels, guint height, guint width);
void        dot_network_free (DotNetwork *network);
guint       dot_network_linear (DotNetwork *network,
                                guint       input,
                                DotArray   *weight,
                                DotArray   *bias,
                                guint       height,
                                guint       width);
guint       dot_network_conv (DotNetwork *network,
                              guint       input,
                              DotArray   *weight,
                              DotArray   *bias,
                              guint       stride);
guint       dot_network_conv_valid (DotNetwork *network,
                                    guint       input,
                                    DotArray   *weight,
                                    DotArray   *bias,
                                    guint       stride);
guint       dot_network_conv_padded (DotNetwork *network,
                                     guint       input,
                                     DotArray   *weight,
                                     DotArray   *bias,
                                     guint       stride,
                                     guint       padding);
guint       dot_network_deconv (DotNetwork *network,
                                guint       input,
                                DotArray   *weight,
                                DotArray   *bias,
                                guint       stride);
guint       dot_network_deconv_padded (DotNetwork *network,
                                       guint       input,
                                       DotArray   *weight,
                                       DotArray   *bias,
                                       guint       stride,
                                       guint       padding);
guint       dot_network_affine (DotNetwork *network, guint input, DotArray *scale, DotArray *shift);
guint       dot_network_batch_norm (DotNetwork *network,
                                    guint       input,
                                    DotArray   *gamma,
                                    DotArray   *beta,
                                    DotArray   *mean,
                                    DotArray   *variance);
guint       dot_network_unary (DotNetwork *network, DotOpKind kind, guint input);
guint       dot_network_max_pool (DotNetwork *network, guint input, guint window);
guint       dot_network_resize (DotNetwork *network, guint input, guint height, guint width);
guint       dot_network_add (DotNetwork *network, guint first, guint second);
guint       dot_network_join (DotNetwork *network, guint first, guint second);
guint dot_network_project (DotNetwork *network, guint score, guint features, DotArray *weight);
guint dot_network_concat (DotNetwork *network, guint input, DotArray *weight);
guint dot_network_modulate (DotNetwork *network, guint input, guint rows);
guint dot_network_demodulate (DotNetwork *network, guint input, DotArray *weight, DotArray *bias);
guint dot_network_noise (DotNetwork *network, guint input, DotArray *pixels);
guint dot_network_clamp (DotNetwork *network, guint input, double limit);
guint dot_network_attention (DotNetwork *network,
                             guint       query,
                             guint       key,
                             guint       value,
                             guint       input,
                             DotArray   *gamma);
guint dot_network_attend (DotNetwork *network, guint query, guint key, guint value);
guint dot_network_reshape (DotNetwork *network,
                           guint       input,
                           guint       channels,
                           guint       height,
                           guint       width);
DotNetwork *dot_network_start (const DotNetwork *whole, guint n_ops);
DotNetwork *dot_network_chain (const DotNetwork *first, const DotNetwork *second, guint n_ops);
void dot_network_name (DotNetwork *network, const char *layer, gboolean spectral, DotArray *u);
const DotOp *dot_network_get_output (const DotNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotNetwork, dot_network_free)

G_END_DECLS
