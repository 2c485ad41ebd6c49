/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The mapping network: from latents and classes to styles.  What a discriminator's
 * makes of the classes alone is a table. */

#include "stylegan2-mapping.h"

#include "stylegan2-layer.h"

#include <math.h>

#define EMBEDDING "mapping.embed"

/* How much slower its layers learn. */
#define RATE 0.01

/* What is added to a mean of squares. */
#define SMALL 1e-8

#define LEAK 0.2

static char *
name_layer (guint layer)
{
  return g_strdup_printf ("mapping.fc%u", layer);
}

/**
 * dot_stylegan2_mapping_describe:
 * @shape: gets the number of classes, or 0
 * @embedding: (out): how long a class's is; 0 without classes
 */
gboolean
dot_stylegan2_mapping_describe (DotWeights   *weights,
                                DotPairShape *shape,
                                guint        *embedding,
                                GError      **error)
{
  *embedding      = 0;
  shape->n_labels = 0;
  if (! dot_weights_has (weights, EMBEDDING ".weight"))
    return TRUE;

  *embedding      = dot_weights_get_axis (weights, EMBEDDING ".weight", 2, 0, error);
  shape->n_labels = *embedding ? dot_weights_get_axis (weights, EMBEDDING ".weight", 2, 1, error)
                               : 0;
  return shape->n_labels > 0;
}

/*  classes  */

/* Divides by the root of the mean of the squares. */
static void
normalize_row (float *row, gsize n)
{
  double sum = 0.0;
  double scale;

  for (gsize i = 0; i < n; i++)
    sum += (double) row[i] * row[i];
  scale = 1.0 / sqrt (sum / n + SMALL);
  for (gsize i = 0; i < n; i++)
    row[i] = (float) (scale * row[i]);
}

/* (labels, length): each class's embedding, of length √length. */
static DotArray *
read_embedding (DotBuilder *builder, gsize length, gsize n_labels)
{
  DotArray *rows = dot_stylegan2_layer_new_array (builder, n_labels, length);
  g_autoptr (DotArray)
    weight = dot_stylegan2_layer_read_rows (builder, EMBEDDING, length, n_labels, 1.0);
  g_autoptr (DotArray) bias = dot_stylegan2_layer_read_bias (builder, EMBEDDING, length, 1.0);

  for (gsize y = 0; ! builder->error && y < n_labels; y++)
    {
      float *row = rows->data + y * length;

      for (gsize i = 0; i < length; i++)
        row[i] = weight->data[i * n_labels + y] + bias->data[i];
      normalize_row (row, length);
    }
  return rows;
}

/* lrelu (W x + b) of a row, in its place. */
static void
apply_layer (float *row, const DotArray *weight, const DotArray *bias, double *made)
{
  gsize n = bias->n_items;

  for (gsize i = 0; i < n; i++)
    {
      made[i] = bias->data[i];
      for (gsize j = 0; j < n; j++)
        made[i] += (double) weight->data[i * n + j] * row[j];
    }
  for (gsize i = 0; i < n; i++)
    row[i] = (float) (made[i] < 0.0 ? LEAK * made[i] : made[i]);
}

/* All rows by the layer that is called so. */
static void
map_classes (DotBuilder *builder, DotArray *rows, const char *layer)
{
  gsize n = rows->shape[1];
  g_autoptr (DotArray)
    weight                  = dot_stylegan2_layer_read_rows (builder, layer, n, n, RATE * G_SQRT2);
  g_autoptr (DotArray) bias = dot_stylegan2_layer_read_bias (builder, layer, n, RATE * G_SQRT2);
  g_autofree double *made   = g_new (double, n);

  for (gsize y = 0; ! builder->error && y < rows->shape[0]; y++)
    apply_layer (rows->data + y * n, weight, bias, made);
}

/**
 * dot_stylegan2_mapping_read_classes:
 * @length: of a class's row
 *
 * Returns: (transfer full) (nullable): (labels, length) what a mapping of classes
 *   alone makes of them; %NULL, or nothing of use, from the first error on
 */
DotArray *
dot_stylegan2_mapping_read_classes (DotBuilder *builder, gsize length, gsize n_labels)
{
  DotArray *rows = read_embedding (builder, length, n_labels);

  for (guint i = 0; ! builder->error; i++)
    {
      g_autofree char *layer = name_layer (i);

      if (! dot_builder_has (builder, layer))
        break;
      map_classes (builder, rows, layer);
    }
  return rows;
}

/*  latents  */

/* z / √(mean of z² + 1e−8). */
static guint
add_length (DotBuilder *builder, gsize n)
{
  g_autoptr (DotArray) weight = dot_stylegan2_layer_new_array (builder, n, n);
  g_autoptr (DotArray) bias   = builder->error ? NULL : dot_array_new (1, &n, &builder->error);

  if (builder->error)
    return 0;
  for (gsize i = 0; i < weight->n_items; i++)
    weight->data[i] = (float) (1.0 / n);
  return dot_network_modulate (builder->network, 0,
                               dot_network_demodulate (builder->network, 0, weight, bias));
}

static guint
add_class (DotBuilder *builder, guint value, const DotPairShape *shape)
{
  gsize length              = dot_stylegan2_layer_get_axis (builder, EMBEDDING, 2, 0);
  g_autoptr (DotArray) rows = read_embedding (builder, length, shape->n_labels);

  return builder->error ? 0 : dot_network_concat (builder->network, value, rows);
}

/**
 * dot_stylegan2_mapping_add:
 *
 * The latents of the network's input, of length √size, and the class's embedding
 * behind them, through the layers.
 *
 * Returns: the number of the style
 */
guint
dot_stylegan2_mapping_add (DotBuilder *builder, const DotPairShape *shape)
{
  guint value = add_length (builder, shape->latent_size);

  if (shape->n_labels > 0)
    value = add_class (builder, value, shape);
  for (guint i = 0; ! builder->error; i++)
    {
      g_autofree char *layer = name_layer (i);

      if (! dot_builder_has (builder, layer))
        break;
      value = dot_stylegan2_layer_add_linear (builder, layer, value, RATE, G_SQRT2);
      value = dot_stylegan2_layer_activate (builder, value, 0.0);
    }
  return value;
}
