/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The synthesis network, which paints what a style says.
 *
 * A style scales what goes into each convolution; what comes out is divided by
 * the length that the weights then have.  So a convolution's weights are the same
 * for all pictures. */

#include "stylegan2-generator.h"

#include "stylegan2-layer.h"
#include "stylegan2-mapping.h"

#include "base/intl.h"

#include <math.h>

#define MEAN_STYLE "mapping.w_avg"

/* @style: its value, and how long it is
 * @psi: how much of its distance from the mean it keeps
 * @limit: of what is behind activations; 0: none */
typedef struct
{
  DotBuilder *builder;
  guint       style;
  gsize       length;
  double      psi;
  double      limit;
} Synthesis;

static char *
name_layer (guint size, const char *part)
{
  return g_strdup_printf ("synthesis.b%u.%s", size, part);
}

/*  describing  */

static gboolean
has_size (DotWeights *weights, guint size)
{
  g_autofree char *key = name_layer (size, "torgb.weight");

  return dot_weights_has (weights, key);
}

static guint
find_size (DotWeights *weights)
{
  guint size = DOT_STYLEGAN2_FIRST_SIZE;

  while (size < DOT_STYLEGAN2_LAST_SIZE && has_size (weights, 2 * size))
    size *= 2;
  return size;
}

/**
 * dot_stylegan2_generator_describe:
 * @shape: of what it says of a pair
 */
gboolean
dot_stylegan2_generator_describe (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint embedding;
  guint inputs;

  if (dot_weights_get_axis (weights, "synthesis.b4.const", 3, 0, error) == 0 ||
      ! dot_stylegan2_mapping_describe (weights, shape, &embedding, error))
    return FALSE;

  shape->image_size = find_size (weights);
  shape->channels   = dot_weights_get_axis (weights, "synthesis.b4.torgb.weight", 4, 0, error);
  inputs            = dot_weights_get_axis (weights, "mapping.fc0.weight", 2, 1, error);
  if (shape->channels == 0 || inputs == 0)
    return FALSE;
  if (embedding < inputs)
    {
      shape->latent_size = inputs - embedding;
      return TRUE;
    }
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s doesn't fit (%s): give the right file or architecture."),
               dot_weights_get_path (weights), "mapping.fc0",
               _ ("it leaves nothing for the latent"));
  return FALSE;
}

/*  styles  */

/* What a layer makes of styles: scales of its @channels, times @gain.
 * @weight, @bias: (out): (channels, length), (channels) */
static void
read_scales (const Synthesis *synthesis,
             const char      *layer,
             gsize            channels,
             double           gain,
             DotArray       **weight,
             DotArray       **bias)
{
  DotBuilder      *builder  = synthesis->builder;
  gsize            length   = synthesis->length;
  g_autofree char *affine   = g_strconcat (layer, ".affine", NULL);
  g_autoptr (DotArray) mean = dot_builder_read (builder, MEAN_STYLE, "", 1, &length);

  *weight = dot_stylegan2_layer_read_rows (builder, affine, channels, length, gain);
  *bias   = dot_stylegan2_layer_read_bias (builder, affine, channels, gain);
  for (gsize c = 0; ! builder->error && synthesis->psi != 1.0 && c < channels; c++)
    {
      float *row = (*weight)->data + c * length;
      double sum = 0.0;

      for (gsize i = 0; i < length; i++)
        {
          sum += (double) row[i] * mean->data[i];
          row[i] = (float) (synthesis->psi * row[i]);
        }
      (*bias)->data[c] = (float) ((*bias)->data[c] + (1.0 - synthesis->psi) * sum);
    }
}

/* @array: (nullable): gets as many zeros behind it */
static DotArray *
add_zeros (DotBuilder *builder, const DotArray *array)
{
  gsize     shape[DOT_ARRAY_MAX_DIMS] = { 0 };
  DotArray *longer;

  if (builder->error)
    return NULL;
  memcpy (shape, array->shape, array->n_dims * sizeof (gsize));
  shape[0] *= 2;
  longer = dot_array_new (array->n_dims, shape, &builder->error);
  if (longer)
    memcpy (longer->data, array->data, array->n_items * sizeof (float));
  return longer;
}

/* The scales that a layer makes of the style, and shifts of 0. */
static guint
add_scales (const Synthesis *synthesis, const char *layer, gsize channels, double gain)
{
  DotBuilder *builder         = synthesis->builder;
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;
  g_autoptr (DotArray) rows   = NULL;
  g_autoptr (DotArray) shifts = NULL;

  read_scales (synthesis, layer, channels, gain, &weight, &bias);
  rows   = add_zeros (builder, weight);
  shifts = add_zeros (builder, bias);
  if (builder->error)
    return 0;
  return dot_network_linear (builder->network, synthesis->style, rows, shifts, 1, 1);
}

/*  the first pixels  */

/* Always the same, scaled by the style: one linear operation.
 * @scales: (out): the value of the scales themselves */
static guint
add_start (const Synthesis *synthesis, const char *layer, guint *scales)
{
  DotBuilder *builder             = synthesis->builder;
  gsize       size                = DOT_STYLEGAN2_FIRST_SIZE;
  gsize       pixels              = size * size;
  gsize       length              = synthesis->length;
  gsize       channels            = dot_stylegan2_layer_get_axis (builder, layer, 4, 1);
  gsize       n                   = channels * pixels;
  g_autoptr (DotArray) image      = dot_builder_read (builder, "synthesis.b4.const", "", 3,
                                                      (gsize[]) { channels, size, size });
  g_autoptr (DotArray) whole      = dot_stylegan2_layer_new_array (builder, n, length);
  g_autoptr (DotArray) whole_bias = builder->error ? NULL : dot_array_new (1, &n, &builder->error);
  g_autoptr (DotArray) weight     = NULL;
  g_autoptr (DotArray) bias       = NULL;

  read_scales (synthesis, layer, channels, 1.0, &weight, &bias);
  if (builder->error)
    return 0;
  for (gsize i = 0; i < n; i++)
    {
      whole_bias->data[i] = image->data[i] * bias->data[i / pixels];
      for (gsize j = 0; j < length; j++)
        whole->data[i * length + j] = image->data[i] * weight->data[i / pixels * length + j];
    }
  *scales = dot_network_linear (builder->network, synthesis->style, weight, bias, 1, 1);
  return dot_network_linear (builder->network, synthesis->style, whole, whole_bias, size, size);
}

/*  layers  */

/* ∑ W² over the window, of each output and input. */
static DotArray *
sum_squares (DotBuilder *builder, const DotArray *weight)
{
  gsize     window = weight ? weight->shape[2] * weight->shape[3] : 1;
  DotArray *sums   = dot_stylegan2_layer_new_array (builder, weight ? weight->shape[0] : 0,
                                                  weight ? weight->shape[1] : 0);

  for (gsize i = 0; sums && i < sums->n_items; i++)
    {
      double sum = 0.0;

      for (gsize k = 0; k < window; k++)
        sum += (double) weight->data[i * window + k] * weight->data[i * window + k];
      sums->data[i] = (float) sum;
    }
  return sums;
}

/* What the weights' length divides, and the bias. */
static guint
add_demodulation (DotBuilder     *builder,
                  const char     *layer,
                  guint           input,
                  guint           scales,
                  const DotArray *weight)
{
  g_autoptr (DotArray) sums = sum_squares (builder, weight);
  g_autoptr (DotArray)
    bias = dot_stylegan2_layer_read_bias (builder, layer, weight ? weight->shape[0] : 0, G_SQRT2);

  if (builder->error)
    return 0;
  return dot_network_modulate (builder->network, input,
                               dot_network_demodulate (builder->network, scales, sums, bias));
}

/* The noise that is always the same, where it is used. */
static guint
add_noise (DotBuilder *builder, const char *layer, guint input, gsize size)
{
  g_autofree char *key          = g_strconcat (layer, ".noise_strength", NULL);
  gsize            one          = 1;
  g_autoptr (DotArray) strength = NULL;
  g_autoptr (DotArray) pixels   = NULL;

  if (! dot_weights_has (builder->weights, key))
    return input;
  strength = dot_builder_read (builder, key, "", 0, &one);
  pixels   = dot_builder_read (builder, layer, ".noise_const", 2, (gsize[]) { size, size });
  if (builder->error || strength->data[0] == 0.0f)
    return input;

  for (gsize i = 0; i < pixels->n_items; i++)
    pixels->data[i] = (float) (G_SQRT2 * strength->data[0] * pixels->data[i]);
  return dot_network_noise (builder->network, input, pixels);
}

/* @weight: (nullable): (out, in, 3, 3)
 * @transposed: whether the result is (in, out, 3, 3)
 *
 * Returns: (transfer full) (nullable): that times √2 */
static DotArray *
arrange (DotBuilder *builder, const DotArray *weight, gboolean transposed)
{
  gsize     out     = weight ? weight->shape[0] : 0;
  gsize     in      = weight ? weight->shape[1] : 0;
  gsize     window  = 9;
  gsize     shape[] = { transposed ? in : out, transposed ? out : in, 3, 3 };
  DotArray *used    = builder->error ? NULL : dot_array_new (4, shape, &builder->error);

  for (gsize i = 0; used && i < used->n_items; i++)
    {
      gsize pair = i / window;
      gsize from = transposed ? pair % out * in + pair / out : pair;

      used->data[i] = (float) (G_SQRT2 * weight->data[from * window + i % window]);
    }
  return used;
}

/* @weight: (nullable): (out, in, 3, 3), times √2
 * @doubles: whether the picture becomes twice as large */
static guint
add_convolution (DotBuilder     *builder,
                 const char     *layer,
                 guint           input,
                 const DotArray *weight,
                 gboolean        doubles)
{
  g_autofree char *filter   = g_strconcat (layer, ".resample_filter", NULL);
  g_autoptr (DotArray) used = NULL;

  if (doubles)
    dot_builder_check_filter (builder, filter);
  used = arrange (builder, weight, doubles);
  if (builder->error)
    return 0;
  if (! doubles)
    return dot_network_conv (builder->network, input, used, NULL, 1);
  input = dot_network_deconv_padded (builder->network, input, used, NULL, 2, 0);
  return dot_stylegan2_layer_filter (builder, input, 1, 4.0);
}

/* A convolution whose input is scaled already, by what is demodulated by. */
static guint
add_scaled_layer (const Synthesis *synthesis,
                  const char      *layer,
                  guint            input,
                  guint            scales,
                  guint            size,
                  gboolean         doubles)
{
  DotBuilder *builder = synthesis->builder;
  gsize       in      = dot_builder_channels (builder, input);
  gsize       out     = dot_stylegan2_layer_get_axis (builder, layer, 4, 0);
  g_autoptr (DotArray)
    weight    = dot_stylegan2_layer_read (builder, layer, 4, (gsize[]) { out, in, 3, 3 }, 1.0);
  guint value = add_convolution (builder, layer, input, weight, doubles);

  value = add_demodulation (builder, layer, value, scales, weight);
  value = add_noise (builder, layer, value, size);
  return dot_stylegan2_layer_activate (builder, value, synthesis->limit);
}

static guint
add_layer (const Synthesis *synthesis, const char *layer, guint input, guint size, gboolean doubles)
{
  DotBuilder *builder = synthesis->builder;
  guint       scales  = add_scales (synthesis, layer, dot_builder_channels (builder, input), 1.0);

  if (builder->error)
    return 0;
  input = dot_network_modulate (builder->network, input, scales);
  return add_scaled_layer (synthesis, layer, input, scales, size, doubles);
}

/* 1×1 to the colours, without demodulation. */
static guint
add_colours (const Synthesis *synthesis, const char *layer, guint input)
{
  DotBuilder *builder  = synthesis->builder;
  gsize       channels = dot_builder_channels (builder, input);
  guint       scales   = add_scales (synthesis, layer, channels, 1.0 / sqrt (MAX (channels, 1)));

  if (builder->error)
    return 0;
  input = dot_network_modulate (builder->network, input, scales);
  input = dot_builder_conv (builder, layer, input, 1, 1, DOT_SPECTRAL_NONE);
  if (dot_builder_channels (builder, input) != 3)
    dot_builder_fail (builder, layer, _ ("a picture has three colours"));
  return dot_stylegan2_layer_clamp (builder, input, synthesis->limit);
}

/*  the network  */

/* @image: (inout): of half the size, then of @size */
static guint
add_block (const Synthesis *synthesis, guint size, guint input, guint *image)
{
  DotBuilder      *builder = synthesis->builder;
  g_autofree char *conv0   = name_layer (size, "conv0");
  g_autofree char *conv1   = name_layer (size, "conv1");
  g_autofree char *colours = name_layer (size, "torgb");
  g_autofree char *filter  = name_layer (size, "resample_filter");
  gboolean         first   = size == DOT_STYLEGAN2_FIRST_SIZE;
  guint            value;
  guint            scales = 0;

  if (first)
    {
      input  = add_start (synthesis, conv1, &scales);
      value  = add_scaled_layer (synthesis, conv1, input, scales, size, FALSE);
      *image = add_colours (synthesis, colours, value);
      return value;
    }
  dot_builder_check_filter (builder, filter);
  value  = add_layer (synthesis, conv0, input, size, TRUE);
  value  = add_layer (synthesis, conv1, value, size, FALSE);
  *image = dot_builder_apply (builder, DOT_OP_FIR_UP, *image);
  *image = dot_builder_add (builder, colours, *image, add_colours (synthesis, colours, value));
  return value;
}

/**
 * dot_stylegan2_generator_read:
 * @shape: of the pair
 *
 * Returns: (transfer full): the generator, to compute with
 */
DotNetwork *
dot_stylegan2_generator_read (DotWeights *weights, const DotPairShape *shape, GError **error)
{
  DotBuilder builder;
  Synthesis  synthesis = { .builder = &builder, .psi = shape->psi > 0.0 ? shape->psi : 1.0 };
  guint      value     = 0;
  guint      image     = 0;

  dot_stylegan2_layer_init (&builder, weights, shape->latent_size, 1);
  synthesis.style  = dot_stylegan2_mapping_add (&builder, shape);
  synthesis.length = dot_builder_channels (&builder, synthesis.style);
  synthesis.limit  = dot_stylegan2_layer_get_limit (&builder, "synthesis.b4.conv1");
  for (guint size = DOT_STYLEGAN2_FIRST_SIZE; size <= shape->image_size; size *= 2)
    value = add_block (&synthesis, size, value, &image);
  return dot_builder_finish (&builder, error);
}
