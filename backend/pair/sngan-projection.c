/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* The generators and discriminators of SNGAN with projection (Miyato and
 * Koyama, "cGANs with projection discriminator", ICLR 2018), in the layout
 * of their Chainer snapshots, 32 to 256 pixels.  How many blocks and
 * channels there are is read from the file.
 */

#include "architecture.h"

#include "spectral-norm.h"

#include "backend-intl.h"

#include <math.h>

#define BATCH_NORM_EPSILON 2e-5
#define FIRST_SIZE         4
#define MAX_BLOCKS         10
#define MAX_CHANNELS       65536

#define SHAPE(...) \
  G_N_ELEMENTS (((gsize[]) { __VA_ARGS__ })), (gsize[]) { __VA_ARGS__ }

/* "block3" and "c1/W" make "block3/c1/W".  */
static DotArray *
read_weight (DotNpz      *npz,
             const char  *layer,
             const char  *name,
             guint        n_dims,
             const gsize *shape,
             GError     **error)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  return dot_npz_read (npz, key, n_dims, shape, error);
}

static gboolean
has_layer (DotNpz     *npz,
           const char *layer)
{
  g_autofree char *key = g_strdup_printf ("%s/W", layer);

  return dot_npz_has (npz, key);
}

/* The size of one axis of a weight, between 1 and MAX_CHANNELS.  */
static guint
axis_size (DotNpz     *npz,
           const char *key,
           guint       n_dims,
           guint       axis,
           GError    **error)
{
  DotNpyHeader header;

  if (! dot_npz_get_header (npz, key, &header, error))
    return 0;
  if (header.n_dims != n_dims || header.shape[axis] < 1
      || header.shape[axis] > MAX_CHANNELS * FIRST_SIZE * FIRST_SIZE)
    {
      g_autofree char *shape
        = dot_shape_to_string (header.n_dims, header.shape);

      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _("%s: %s has shape %s, which is not sngan-projection: "
                     "give the right file or architecture."),
                   dot_npz_get_path (npz), key, shape);
      return 0;
    }
  return header.shape[axis];
}

/* The last N for which a layer blockN is there, counting up from @first.  */
static guint
last_block (DotNpz *npz,
            guint   first)
{
  guint n = first;

  for (;; n++)
    {
      g_autofree char *layer = g_strdup_printf ("block%u/c1", n);

      if (n == MAX_BLOCKS || ! has_layer (npz, layer))
        return n - 1;
    }
}

/* The labels of both files must be as many; 0 where there are none.  */
static gboolean
describe_labels (DotNpz       *generator,
                 DotNpz       *discriminator,
                 DotPairShape *shape,
                 GError      **error)
{
  const char *gammas = "block2/b1/gammas/W";
  guint       labels = 0;

  if (dot_npz_has (generator, gammas)
      && ! (shape->n_labels = axis_size (generator, gammas, 2, 0, error)))
    return FALSE;
  if (dot_npz_has (discriminator, "l_y/W")
      && ! (labels = axis_size (discriminator, "l_y/W", 2, 0, error)))
    return FALSE;
  if (labels == shape->n_labels)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s has %u classes and %s has %u: give two files of the same "
                 "training."), dot_npz_get_path (generator), shape->n_labels,
               dot_npz_get_path (discriminator), labels);
  return FALSE;
}

/* At every image size both networks end with the same block number: 4 at 32
 * pixels, 5 at 64, 6 at 128, 7 at 256.  */
static gboolean
describe_size (DotNpz       *generator,
               DotNpz       *discriminator,
               DotPairShape *shape,
               GError      **error)
{
  guint blocks        = last_block (generator, 2);
  guint discriminated = last_block (discriminator, 1);

  shape->image_size = FIRST_SIZE << (blocks - 1);
  if (blocks == discriminated)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s makes images of %u pixels, for which %s has %u blocks "
                 "instead of %u: give two files that match."),
               dot_npz_get_path (generator), shape->image_size,
               dot_npz_get_path (discriminator), discriminated, blocks);
  return FALSE;
}

static gboolean
describe_sngan (DotNpz       *generator,
                DotNpz       *discriminator,
                DotPairShape *shape,
                GError      **error)
{
  memset (shape, 0, sizeof (*shape));
  shape->latent_size = axis_size (generator, "l1/W", 2, 1, error);

  return shape->latent_size > 0
         && axis_size (generator, "block2/c1/W", 4, 0, error) > 0
         && axis_size (discriminator, "block1/c1/W", 4, 0, error) > 0
         && describe_labels (generator, discriminator, shape, error)
         && describe_size (generator, discriminator, shape, error);
}

/*  layers: each reads its weights and appends itself; 0 says that it failed  */

static guint
add_conv (DotNetwork *network,
          DotNpz     *npz,
          const char *layer,
          guint       input,
          guint       in,
          guint       out,
          guint       size,
          gboolean    spectral,
          GError    **error)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  g_autoptr (DotArray) u      = NULL;

  weight = read_weight (npz, layer, "W", SHAPE (out, in, size, size), error);
  bias   = weight ? read_weight (npz, layer, "b", SHAPE (out), error) : NULL;
  if (! bias)
    return 0;

  if (spectral)
    {
      u = read_weight (npz, layer, "u", SHAPE (1, out), error);
      if (! u)
        return 0;
      dot_spectral_normalize (weight, u);
    }
  return dot_network_conv (network, input, weight, bias);
}

/* gammas/W and betas/W of a conditional batch norm, gamma and beta (one row)
 * of a plain one.  */
static gboolean
read_gain (DotNpz     *npz,
           const char *layer,
           guint       channels,
           guint       labels,
           DotArray  **gamma,
           DotArray  **beta,
           GError    **error)
{
  if (labels > 0)
    {
      *gamma = read_weight (npz, layer, "gammas/W", SHAPE (labels, channels),
                            error);
      *beta = *gamma ? read_weight (npz, layer, "betas/W",
                                    SHAPE (labels, channels), error)
                     : NULL;
    }
  else
    {
      *gamma = read_weight (npz, layer, "gamma", SHAPE (channels), error);
      *beta  = *gamma ? read_weight (npz, layer, "beta", SHAPE (channels), error)
                      : NULL;
    }
  return *beta != NULL;
}

/* γ (x − mean) / √(var + ε) + β as one scale and one shift a channel, in the
 * place of γ and β.  */
static void
fold_batch_norm (DotArray       *gamma,
                 DotArray       *beta,
                 const DotArray *mean,
                 const DotArray *variance)
{
  for (gsize i = 0; i < gamma->n_items; i++)
    {
      gsize  c = i % mean->n_items;
      double scale
        = gamma->data[i] / sqrt (variance->data[c] + BATCH_NORM_EPSILON);

      beta->data[i]  = (float) (beta->data[i] - scale * mean->data[c]);
      gamma->data[i] = (float) scale;
    }
}

static gboolean
check_variance (DotNpz         *npz,
                const char     *layer,
                const DotArray *variance,
                GError        **error)
{
  for (gsize i = 0; i < variance->n_items; i++)
    if (variance->data[i] < 0.0f)
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                     _("%s: %s/avg_var holds a negative variance: download or "
                       "export the file again."), dot_npz_get_path (npz), layer);
        return FALSE;
      }
  return TRUE;
}

/* Batch norm and the relu that always follows it.  */
static guint
add_batch_norm_relu (DotNetwork *network,
                     DotNpz     *npz,
                     const char *layer,
                     guint       input,
                     guint       channels,
                     guint       labels,
                     GError    **error)
{
  g_autoptr (DotArray) gamma    = NULL;
  g_autoptr (DotArray) beta     = NULL;
  g_autoptr (DotArray) mean     = NULL;
  g_autoptr (DotArray) variance = NULL;
  guint                value;

  if (! read_gain (npz, layer, channels, labels, &gamma, &beta, error))
    return 0;
  mean     = read_weight (npz, layer, "avg_mean", SHAPE (channels), error);
  variance = mean ? read_weight (npz, layer, "avg_var", SHAPE (channels), error)
                  : NULL;
  if (! variance || ! check_variance (npz, layer, variance, error))
    return 0;

  fold_batch_norm (gamma, beta, mean, variance);
  value = dot_network_affine (network, input, gamma, beta);
  return dot_network_unary (network, DOT_OP_RELU, value);
}

static guint
conv_channels (DotNpz     *npz,
               const char *layer,
               GError    **error)
{
  g_autofree char *key = g_strdup_printf ("%s/W", layer);

  return axis_size (npz, key, 4, 0, error);
}

/*  generator  */

/* Residual: b1, relu, up, c1, b2, relu, c2; shortcut: up, c_sc.  */
static guint
add_generator_block (DotNetwork *network,
                     DotNpz     *npz,
                     guint       number,
                     guint       input,
                     guint       labels,
                     GError    **error)
{
  g_autofree char *b1   = g_strdup_printf ("block%u/b1", number);
  g_autofree char *b2   = g_strdup_printf ("block%u/b2", number);
  g_autofree char *c1   = g_strdup_printf ("block%u/c1", number);
  g_autofree char *c2   = g_strdup_printf ("block%u/c2", number);
  g_autofree char *c_sc = g_strdup_printf ("block%u/c_sc", number);
  guint            in   = network->ops[input - 1].channels;
  guint            out  = conv_channels (npz, c1, error);
  guint            value;
  guint            shortcut;

  if (out == 0
      || ! (value = add_batch_norm_relu (network, npz, b1, input, in, labels,
                                         error)))
    return 0;
  value = dot_network_unary (network, DOT_OP_UPSAMPLE, value);
  if (! (value = add_conv (network, npz, c1, value, in, out, 3, FALSE, error))
      || ! (value = add_batch_norm_relu (network, npz, b2, value, out, labels,
                                         error))
      || ! (value = add_conv (network, npz, c2, value, out, out, 3, FALSE,
                              error)))
    return 0;

  shortcut = dot_network_unary (network, DOT_OP_UPSAMPLE, input);
  if (! (shortcut = add_conv (network, npz, c_sc, shortcut, in, out, 1, FALSE,
                              error)))
    return 0;
  return dot_network_add (network, value, shortcut);
}

/* l1: the latent to 4×4 pixels, channels first.  */
static guint
add_generator_input (DotNetwork *network,
                     DotNpz     *npz,
                     guint       latent_size,
                     GError    **error)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  gsize                outputs = axis_size (npz, "l1/W", 2, 0, error);

  if (outputs == 0)
    return 0;
  /* A remainder makes a shape that the file can't have.  */
  outputs -= outputs % (FIRST_SIZE * FIRST_SIZE);

  weight = dot_npz_read (npz, "l1/W", SHAPE (outputs, latent_size), error);
  bias   = weight ? dot_npz_read (npz, "l1/b", SHAPE (outputs), error) : NULL;
  if (! bias)
    return 0;
  return dot_network_linear (network, 0, weight, bias, FIRST_SIZE, FIRST_SIZE);
}

static gboolean
build_generator (DotNetwork         *network,
                 DotNpz             *npz,
                 const DotPairShape *shape,
                 GError            **error)
{
  guint            last = last_block (npz, 2);
  g_autofree char *bn   = g_strdup_printf ("b%u", last + 1);
  g_autofree char *l    = g_strdup_printf ("l%u", last + 1);
  g_autofree char *c    = g_strdup_printf ("c%u", last + 1);
  /* The 32-pixel generator calls its last convolution c5.  */
  const char      *conv = has_layer (npz, c) ? c : l;
  guint            value;
  guint            channels;

  if (! (value = add_generator_input (network, npz, shape->latent_size, error)))
    return FALSE;
  for (guint number = 2; number <= last; number++)
    if (! (value = add_generator_block (network, npz, number, value,
                                        shape->n_labels, error)))
      return FALSE;

  channels = network->ops[value - 1].channels;
  if (! (value = add_batch_norm_relu (network, npz, bn, value, channels, 0,
                                      error))
      || ! (value = add_conv (network, npz, conv, value, channels, 3, 3, FALSE,
                              error)))
    return FALSE;

  dot_network_unary (network, DOT_OP_TANH, value);
  return TRUE;
}

static DotNetwork *
read_generator_sngan (DotNpz             *npz,
                      const DotPairShape *shape,
                      GError            **error)
{
  g_autoptr (DotNetwork) network = dot_network_new (shape->latent_size, 1, 1);

  if (! build_generator (network, npz, shape, error))
    return NULL;
  return g_steal_pointer (&network);
}

/*  discriminator  */

/* The residual branch: [relu], c1, relu, c2, [average].  */
static guint
add_discriminator_residual (DotNetwork *network,
                            DotNpz     *npz,
                            guint       number,
                            guint       input,
                            gboolean    down,
                            GError    **error)
{
  g_autofree char *c1     = g_strdup_printf ("block%u/c1", number);
  g_autofree char *c2     = g_strdup_printf ("block%u/c2", number);
  guint            in     = input ? network->ops[input - 1].channels : 3;
  guint            middle = conv_channels (npz, c1, error);
  guint            out    = middle ? conv_channels (npz, c2, error) : 0;
  guint            value  = input;

  if (out == 0)
    return 0;
  if (number > 1)
    value = dot_network_unary (network, DOT_OP_RELU, value);
  if (! (value = add_conv (network, npz, c1, value, in, middle, 3, TRUE, error)))
    return 0;
  value = dot_network_unary (network, DOT_OP_RELU, value);
  if (! (value = add_conv (network, npz, c2, value, middle, out, 3, TRUE,
                           error)))
    return 0;
  return down ? dot_network_unary (network, DOT_OP_AVERAGE, value) : value;
}

/* The shortcut: average, then c_sc in the first block; c_sc, then average in
 * the others; nothing at all in a block without c_sc.  */
static guint
add_discriminator_shortcut (DotNetwork *network,
                            DotNpz     *npz,
                            guint       number,
                            guint       input,
                            guint       out,
                            GError    **error)
{
  g_autofree char *c_sc  = g_strdup_printf ("block%u/c_sc", number);
  guint            in    = input ? network->ops[input - 1].channels : 3;
  guint            value = input;

  if (number == 1)
    value = dot_network_unary (network, DOT_OP_AVERAGE, value);
  if (! (value = add_conv (network, npz, c_sc, value, in, out, 1, TRUE, error)))
    return 0;
  if (number > 1)
    value = dot_network_unary (network, DOT_OP_AVERAGE, value);
  return value;
}

static gboolean
check_plain_block (DotNetwork *network,
                   DotNpz     *npz,
                   guint       number,
                   guint       input,
                   guint       value,
                   GError    **error)
{
  if (input
      && network->ops[input - 1].channels == network->ops[value - 1].channels)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s: block%u changes the channels but has no shortcut c_sc: "
                 "give the right file or architecture."),
               dot_npz_get_path (npz), number);
  return FALSE;
}

/* A block that pools has a convolution in its shortcut; a plain one, none. */
static guint
add_discriminator_block (DotNetwork *network,
                         DotNpz     *npz,
                         guint       number,
                         guint       input,
                         GError    **error)
{
  g_autofree char *c_sc  = g_strdup_printf ("block%u/c_sc", number);
  gboolean         down  = has_layer (npz, c_sc);
  guint            value = add_discriminator_residual (network, npz, number,
                                                       input, down, error);
  guint            shortcut = input;

  if (! value)
    return 0;
  if (down)
    shortcut = add_discriminator_shortcut (network, npz, number, input,
                                           network->ops[value - 1].channels,
                                           error);
  else if (! check_plain_block (network, npz, number, input, value, error))
    return 0;

  if (down && ! shortcut)
    return 0;
  return dot_network_add (network, value, shortcut);
}

static DotArray *
read_normalized_matrix (DotNpz     *npz,
                        const char *layer,
                        gsize       rows,
                        gsize       columns,
                        GError    **error)
{
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) u      = NULL;

  weight = read_weight (npz, layer, "W", SHAPE (rows, columns), error);
  u      = weight ? read_weight (npz, layer, "u", SHAPE (1, rows), error) : NULL;
  if (! u)
    return NULL;

  dot_spectral_normalize (weight, u);
  return g_steal_pointer (&weight);
}

/* linear (h) + ⟨l_y[y], h⟩.  The 32-pixel discriminator's linear layer has
 * no bias.  */
static gboolean
add_score (DotNetwork *network,
           DotNpz     *npz,
           const char *layer,
           guint       features,
           guint       labels,
           GError    **error)
{
  gsize                channels = network->ops[features - 1].channels;
  g_autofree char     *bias_key = g_strdup_printf ("%s/b", layer);
  g_autoptr (DotArray) weight   = NULL;
  g_autoptr (DotArray) bias     = NULL;
  g_autoptr (DotArray) embed    = NULL;
  guint                score;

  weight = read_normalized_matrix (npz, layer, 1, channels, error);
  if (! weight)
    return FALSE;
  if (dot_npz_has (npz, bias_key)
      && ! (bias = dot_npz_read (npz, bias_key, SHAPE (1), error)))
    return FALSE;
  score = dot_network_linear (network, features, weight, bias, 1, 1);

  if (labels > 0)
    {
      embed = read_normalized_matrix (npz, "l_y", labels, channels, error);
      if (! embed)
        return FALSE;
      dot_network_project (network, score, features, embed);
    }
  return TRUE;
}

static gboolean
build_discriminator (DotNetwork         *network,
                     DotNpz             *npz,
                     const DotPairShape *shape,
                     GError            **error)
{
  guint            last  = last_block (npz, 1);
  g_autofree char *score = g_strdup_printf ("l%u", last + 1);
  guint            value = 0;

  for (guint number = 1; number <= last; number++)
    if (! (value = add_discriminator_block (network, npz, number, value,
                                            error)))
      return FALSE;

  value = dot_network_unary (network, DOT_OP_RELU, value);
  value = dot_network_unary (network, DOT_OP_SUM, value);
  return add_score (network, npz, score, value, shape->n_labels, error);
}

static DotNetwork *
read_discriminator_sngan (DotNpz             *npz,
                          const DotPairShape *shape,
                          GError            **error)
{
  g_autoptr (DotNetwork) network
    = dot_network_new (3, shape->image_size, shape->image_size);

  if (! build_discriminator (network, npz, shape, error))
    return NULL;
  return g_steal_pointer (&network);
}

const DotArchitecture dot_sngan_projection = {
  .name               = "sngan-projection",
  .describe           = describe_sngan,
  .read_generator     = read_generator_sngan,
  .read_discriminator = read_discriminator_sngan,
};
