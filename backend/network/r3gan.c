/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* R3GAN (Huang, Gokaslan, Kuleshov and Tompkin, "The GAN is dead; long live the
 * GAN! A modern GAN baseline", NeurIPS 2024), in the names of its authors' files.
 * How many stages, blocks, channels and groups there are is read from the file.
 *
 * There are no norms.  What is linear at both ends is written down as one
 * operation: from the latent and the class's embedding to 4×4 pixels, and from a
 * channel's pixels to the class's share of the score. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#include <string.h>

#define EMBEDDING    "Model.EmbeddingLayer"
#define TO_COLOURS   "Model.AggregationLayer.Layer"
#define FROM_COLOURS "Model.ExtractionLayer.Layer"
#define FIRST_SIZE   4
#define MAX_STAGES   9

/*  names  */

static char *
name_layer (guint stage, guint layer, const char *part)
{
  return g_strdup_printf ("Model.MainLayers.%u.Layers.%u%s", stage, layer, part);
}

static gboolean
has_layer (DotWeights *weights, guint stage, guint layer, const char *part)
{
  g_autofree char *key = name_layer (stage, layer, part);

  return dot_weights_has (weights, key);
}

static gboolean
has_block (DotWeights *weights, guint stage, guint layer)
{
  return has_layer (weights, stage, layer, ".LinearLayer2.Layer.weight");
}

/* @first: the layer that a stage's blocks begin with */
static guint
count_stages (DotWeights *weights, guint first)
{
  guint n = 0;

  while (n < MAX_STAGES && has_block (weights, n, first))
    n++;
  return n;
}

/*  describing  */

static guint
get_axis (DotWeights *weights, const char *layer, guint n_dims, guint axis, GError **error)
{
  g_autofree char *key = g_strconcat (layer, ".weight", NULL);

  return dot_weights_get_axis (weights, key, n_dims, axis, error);
}

static gboolean
has_classes (DotWeights *weights)
{
  return dot_weights_has (weights, EMBEDDING ".weight");
}

/* @embedding: (out): how long a class's is; 0 without classes */
static gboolean
describe_classes (DotWeights *weights, DotPairShape *shape, guint *embedding, GError **error)
{
  *embedding      = 0;
  shape->n_labels = 0;
  if (! has_classes (weights))
    return TRUE;

  *embedding      = get_axis (weights, EMBEDDING, 2, 0, error);
  shape->n_labels = *embedding ? get_axis (weights, EMBEDDING, 2, 1, error) : 0;
  return shape->n_labels > 0;
}

static gboolean
fail (DotWeights *weights, const char *layer, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s doesn't fit (%s): give the right file or architecture."),
               dot_weights_get_path (weights), layer, reason);
  return FALSE;
}

static gboolean
describe_generator_r3gan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  g_autofree char *linear = name_layer (0, 0, ".LinearLayer");
  g_autofree char *block  = name_layer (0, 1, ".LinearLayer2.Layer");
  guint            embedding;
  guint            inputs;

  shape->channels   = 3;
  shape->image_size = FIRST_SIZE << (MAX (count_stages (weights, 1), 1) - 1);
  inputs            = get_axis (weights, linear, 2, 1, error);
  if (inputs == 0 || get_axis (weights, block, 4, 0, error) == 0 ||
      get_axis (weights, TO_COLOURS, 4, 0, error) == 0 ||
      ! describe_classes (weights, shape, &embedding, error))
    return FALSE;
  if (embedding >= inputs)
    return fail (weights, linear, _ ("it leaves nothing for the latent"), error);

  shape->latent_size = inputs - embedding;
  return TRUE;
}

static gboolean
describe_discriminator_r3gan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  g_autofree char *block = name_layer (0, 0, ".LinearLayer2.Layer");
  guint            embedding;

  shape->channels   = 3;
  shape->image_size = FIRST_SIZE << (MAX (count_stages (weights, 0), 1) - 1);
  return get_axis (weights, FROM_COLOURS, 4, 0, error) > 0 &&
         get_axis (weights, block, 4, 0, error) > 0 &&
         describe_classes (weights, shape, &embedding, error);
}

/*  layers  */

/* A convolution with stride 1, of 3×3 pixels in as many groups as its weight
 * says.
 * @bias: (nullable): the name of its bias */
static guint
add_conv (DotBuilder *builder, const char *layer, const char *bias, guint input, gsize size)
{
  gsize in   = dot_builder_channels (builder, input);
  gsize out  = builder->error ? 0 : get_axis (builder->weights, layer, 4, 0, &builder->error);
  gsize each = builder->error ? 0 : get_axis (builder->weights, layer, 4, 1, &builder->error);
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) shift  = NULL;

  if (size == 1 || each == 0)
    each = in;
  else if (in % each != 0 || out % (in / each) != 0)
    dot_builder_fail (builder, layer, _ ("its channels don't make whole groups"));
  weight = dot_builder_read (builder, layer, ".weight", 4, (gsize[]) { out, each, size, size });
  if (bias)
    shift = dot_builder_read (builder, bias, "", 1, &out);
  if (builder->error)
    return 0;
  return dot_network_conv (builder->network, input, weight, shift, 1);
}

/* x + c3 (lrelu (c2 (lrelu (c1 x + b1)) + b2)) */
static guint
add_block (DotBuilder *builder, guint stage, guint layer, guint input)
{
  g_autofree char *block = name_layer (stage, layer, "");
  g_autofree char *c1    = name_layer (stage, layer, ".LinearLayer1.Layer");
  g_autofree char *c2    = name_layer (stage, layer, ".LinearLayer2.Layer");
  g_autofree char *c3    = name_layer (stage, layer, ".LinearLayer3.Layer");
  g_autofree char *b1    = name_layer (stage, layer, ".NonLinearity1.Bias");
  g_autofree char *b2    = name_layer (stage, layer, ".NonLinearity2.Bias");
  guint            value = add_conv (builder, c1, b1, input, 1);

  value = dot_builder_apply (builder, DOT_OP_LEAKY_RELU, value);
  value = add_conv (builder, c2, b2, value, 3);
  value = dot_builder_apply (builder, DOT_OP_LEAKY_RELU, value);
  value = add_conv (builder, c3, NULL, value, 1);
  return dot_builder_add (builder, block, value, input);
}

/* All blocks of a stage from @layer on, which is then the layer behind them. */
static guint
add_blocks (DotBuilder *builder, guint stage, guint *layer, guint input)
{
  for (; ! builder->error && has_block (builder->weights, stage, *layer); ++*layer)
    input = add_block (builder, stage, *layer, input);
  return input;
}

/* The 1×1 convolution to other widths; without it they stay. */
static guint
add_width (DotBuilder *builder, guint stage, guint layer, guint input)
{
  g_autofree char *conv = name_layer (stage, layer, ".LinearLayer.Layer");

  return dot_builder_has (builder, conv) ? add_conv (builder, conv, NULL, input, 1) : input;
}

/* Doubles or halves the picture, where the file's filter is the one we have. */
static guint
add_filter (DotBuilder *builder, guint stage, guint layer, guint input, DotOpKind kind)
{
  g_autofree char *name = name_layer (stage, layer, ".Resampler.Kernel");

  dot_builder_check_filter (builder, name);
  return dot_builder_apply (builder, kind, input);
}

static DotArray *
new_table (DotBuilder *builder, gsize rows, gsize columns)
{
  return builder->error ? NULL : dot_array_new (2, (gsize[]) { rows, columns }, &builder->error);
}

/* (nullable): (embedding, classes), as the file has it */
static DotArray *
read_embedding (DotBuilder *builder, gsize length, gsize n_labels)
{
  return dot_builder_read (builder, EMBEDDING, ".weight", 2, (gsize[]) { length, n_labels });
}

static void
init_builder (DotBuilder *builder, DotWeights *weights, guint channels, guint size)
{
  dot_builder_init (builder, weights, DOT_FORM_INFERENCE, channels, size, size);
  builder->names = (DotBuilderNames) { ".weight", ".bias", ".u" };
}

/*  generator  */

/* The class's embedding behind the latent. */
static guint
add_condition (DotBuilder *builder, gsize length, gsize n_labels)
{
  g_autoptr (DotArray) embedding = NULL;
  g_autoptr (DotArray) rows      = NULL;

  if (length == 0)
    return 0;
  embedding = read_embedding (builder, length, n_labels);
  rows      = new_table (builder, n_labels, length);
  if (builder->error)
    return 0;

  for (gsize i = 0; i < rows->n_items; i++)
    rows->data[i] = embedding->data[i % length * n_labels + i / length];
  return dot_network_concat (builder->network, 0, rows);
}

/* Basis · (L [z, E y]): of each channel 4×4 pixels times a number, which are one
 * linear operation. */
static guint
add_start (DotBuilder *builder, const DotPairShape *shape)
{
  gsize            pixels   = FIRST_SIZE * FIRST_SIZE;
  g_autofree char *layer    = name_layer (0, 0, ".LinearLayer");
  g_autofree char *name     = name_layer (0, 0, ".Basis");
  gsize            channels = get_axis (builder->weights, layer, 2, 0, &builder->error);
  gsize inputs = builder->error ? 0 : get_axis (builder->weights, layer, 2, 1, &builder->error);
  g_autoptr (DotArray)
    linear = dot_builder_read (builder, layer, ".weight", 2, (gsize[]) { channels, inputs });
  g_autoptr (DotArray)
    basis = dot_builder_read (builder, name, "", 3, (gsize[]) { channels, FIRST_SIZE, FIRST_SIZE });
  g_autoptr (DotArray) whole = new_table (builder, channels * pixels, inputs);
  guint condition = add_condition (builder, inputs - shape->latent_size, shape->n_labels);

  if (builder->error)
    return 0;
  for (gsize i = 0; i < whole->n_items; i++)
    whole->data[i] = basis->data[i / inputs] *
                     linear->data[i / inputs / pixels * inputs + i % inputs];
  return dot_network_linear (builder->network, condition, whole, NULL, FIRST_SIZE, FIRST_SIZE);
}

/* Its picture is what the last convolution says, without a tanh. */
static DotNetwork *
read_generator_r3gan (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  guint      stages = count_stages (weights, 1);
  DotBuilder builder;
  guint      value;

  init_builder (&builder, weights, shape->latent_size, 1);
  value = add_start (&builder, shape);
  for (guint stage = 0; stage < stages; stage++)
    {
      guint layer = 1;

      if (stage > 0)
        {
          value = add_width (&builder, stage, 0, value);
          value = add_filter (&builder, stage, 0, value, DOT_OP_FIR_UP);
        }
      value = add_blocks (&builder, stage, &layer, value);
    }
  value = add_conv (&builder, TO_COLOURS, NULL, value, 1);
  if (dot_builder_channels (&builder, value) != 3)
    dot_builder_fail (&builder, TO_COLOURS, _ ("a picture has three colours"));
  return dot_builder_finish (&builder, error);
}

/*  discriminator  */

/* ⟨E y, L x⟩ for each class: Eᵀ L, of (embedding, classes) and (embedding,
 * channels). */
static DotArray *
make_class_rows (DotBuilder *builder, const DotArray *embedding, const DotArray *linear)
{
  gsize              n_labels = embedding->shape[1];
  gsize              channels = linear->shape[1];
  DotArray          *rows     = new_table (builder, n_labels, channels);
  g_autofree double *sum      = g_new (double, channels);

  for (gsize y = 0; rows && y < n_labels; y++)
    {
      memset (sum, 0, channels * sizeof (double));
      for (gsize i = 0; i < embedding->shape[0]; i++)
        {
          double       factor = embedding->data[i * n_labels + y];
          const float *row    = linear->data + i * channels;

          for (gsize c = 0; c < channels; c++)
            sum[c] += factor * row[c];
        }
      for (gsize c = 0; c < channels; c++)
        rows->data[y * channels + c] = (float) sum[c];
    }
  return rows;
}

/* A pair with classes scores by the class's row alone: what a projection adds
 * that to is 0. */
static void
add_classes (DotBuilder *builder, const char *layer, guint features, gsize n_labels)
{
  gsize channels = dot_builder_channels (builder, features);
  gsize length   = builder->error ? 0 : get_axis (builder->weights, layer, 2, 0, &builder->error);
  g_autoptr (DotArray) embedding = read_embedding (builder, length, n_labels);
  g_autoptr (DotArray)
    linear = dot_builder_read (builder, layer, ".weight", 2, (gsize[]) { length, channels });
  g_autoptr (DotArray) zero = new_table (builder, 1, channels);
  g_autoptr (DotArray) rows = builder->error ? NULL : make_class_rows (builder, embedding, linear);

  if (rows)
    dot_network_project (builder->network,
                         dot_network_linear (builder->network, features, zero, NULL, 1, 1),
                         features, rows);
}

/* Of each channel 4×4 pixels become a number, and these the score. */
static void
add_end (DotBuilder *builder, guint stage, guint layer, guint input, gsize n_labels)
{
  g_autofree char *basis      = name_layer (stage, layer, ".Basis");
  g_autofree char *linear     = name_layer (stage, layer, ".LinearLayer");
  gsize            channels   = dot_builder_channels (builder, input);
  gsize            shape[]    = { channels, 1, FIRST_SIZE, FIRST_SIZE };
  g_autoptr (DotArray) window = dot_builder_read (builder, basis, ".weight", 4, shape);
  guint features;

  if (builder->error)
    return;
  features = dot_network_conv_valid (builder->network, input, window, NULL, 1);
  if (n_labels > 0)
    add_classes (builder, linear, features, n_labels);
  else
    dot_builder_score (builder, linear, features, DOT_SPECTRAL_NONE);
}

static DotNetwork *
read_discriminator_r3gan (DotWeights         *weights,
                          const DotPairShape *shape,
                          DotForm             form,
                          GError            **error)
{
  guint      stages = count_stages (weights, 0);
  DotBuilder builder;
  guint      value;

  init_builder (&builder, weights, 3, shape->image_size);
  value = add_conv (&builder, FROM_COLOURS, NULL, 0, 1);
  for (guint stage = 0; stage < stages; stage++)
    {
      guint layer = 0;

      value = add_blocks (&builder, stage, &layer, value);
      if (stage + 1 < stages)
        {
          value = add_filter (&builder, stage, layer, value, DOT_OP_FIR_DOWN);
          value = add_width (&builder, stage, layer, value);
        }
      else
        add_end (&builder, stage, layer, value, shape->n_labels);
    }
  return dot_builder_finish (&builder, error);
}

const DotArchitecture dot_r3gan = {
  .name                   = "r3gan",
  .label                  = N_ ("R3GAN"),
  .named                  = TRUE,
  .relative_scores        = TRUE,
  .describe_generator     = describe_generator_r3gan,
  .describe_discriminator = describe_discriminator_r3gan,
  .read_generator         = read_generator_r3gan,
  .read_discriminator     = read_discriminator_r3gan,
};
