/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The generator's batch norms, at test time: ((x − mean) / √(variance + ε)) ·
 * (1 + G c) + B c, where the condition c is the class's embedding and the
 * block's own chunk of the latent, or a 1 at the class.  The linear operations on
 * chunks are written down as ones on the whole latent, zero elsewhere. */

#include "biggan-norm.h"

#include <math.h>

/* What a batch norm does before it is modulated: x · scale + shift. */
typedef struct
{
  double *scale;
  double *shift;
} Statistics;

static void
statistics_clear (Statistics *statistics)
{
  g_free (statistics->scale);
  g_free (statistics->shift);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Statistics, statistics_clear)

/* Returns: %FALSE from the first error on */
static gboolean
statistics_read (Statistics           *statistics,
                 DotBuilder           *builder,
                 const DotBigganNames *names,
                 const char           *norm,
                 gsize                 channels)
{
  g_autoptr (DotArray) mean     = dot_builder_read (builder, norm, names->mean, 1, &channels);
  g_autoptr (DotArray) variance = dot_builder_read (builder, norm, names->variance, 1, &channels);

  dot_builder_check_variance (builder, norm, names->variance, variance);
  if (builder->error)
    return FALSE;

  statistics->scale = g_new (double, channels);
  statistics->shift = g_new (double, channels);
  for (gsize c = 0; c < channels; c++)
    {
      statistics->scale[c] = 1.0 / sqrt (variance->data[c] + builder->epsilon);
      statistics->shift[c] = -mean->data[c] * statistics->scale[c];
    }
  return TRUE;
}

/*  a condition of chunks  */

/* A row that makes a number of the condition: the file's columns are the class's
 * embedding, then the block's chunk. */
static void
put_row (const DotBigganCondition *condition, guint block, float *row, const double *from)
{
  for (gsize i = 0; i < condition->embedding; i++)
    row[condition->latent + i] = (float) from[i];
  for (gsize i = 0; i < condition->chunk; i++)
    row[(block + 1) * condition->chunk + i] = (float) from[condition->embedding + i];
}

/* Scales and shifts of x itself, linear in the condition. */
static void
fill_rows (const DotBigganCondition *condition,
           guint                     block,
           const Statistics         *statistics,
           const DotArray           *gain,
           const DotArray           *bias,
           DotArray                 *weight,
           DotArray                 *constant)
{
  gsize              channels = gain->shape[0];
  gsize              columns  = gain->shape[1];
  g_autofree double *row      = g_new (double, columns);

  for (gsize c = 0; c < channels; c++)
    {
      const float *g     = gain->data + c * columns;
      const float *b     = bias->data + c * columns;
      double       scale = statistics->scale[c];
      double       shift = statistics->shift[c];

      for (gsize i = 0; i < columns; i++)
        row[i] = scale * g[i];
      put_row (condition, block, weight->data + c * weight->shape[1], row);
      for (gsize i = 0; i < columns; i++)
        row[i] = shift * g[i] + b[i];
      put_row (condition, block, weight->data + (channels + c) * weight->shape[1], row);
      constant->data[c]            = (float) scale;
      constant->data[channels + c] = (float) shift;
    }
}

/* (transfer full) (nullable): the weight of a linear operation on the condition. */
static DotArray *
read_linear (const DotBigganCondition *condition,
             const DotBigganWalk      *walk,
             const char               *layer,
             gsize                     channels)
{
  DotBuilder *builder = condition->builder;
  gsize       shape[] = { channels, condition->embedding + condition->chunk };
  DotArray   *weight  = dot_builder_read_weight (builder, layer, 2, shape);

  dot_builder_normalize (builder, layer, weight, walk->names->spectral);
  return weight;
}

static guint
add_modulation (const DotBigganCondition *condition,
                const DotBigganWalk      *walk,
                const char               *part,
                const Statistics         *statistics,
                guint                     input)
{
  DotBuilder      *builder     = condition->builder;
  gsize            channels    = dot_builder_channels (builder, input);
  gsize            shape[]     = { 2 * channels, condition->latent + condition->embedding };
  g_autofree char *gain        = dot_biggan_walk_name_part (walk, part, ".gain");
  g_autofree char *bias        = dot_biggan_walk_name_part (walk, part, ".bias");
  g_autoptr (DotArray) gains   = read_linear (condition, walk, gain, channels);
  g_autoptr (DotArray) biases  = read_linear (condition, walk, bias, channels);
  g_autoptr (DotArray) weight  = NULL;
  g_autoptr (DotArray) numbers = NULL;
  guint rows;

  if (builder->error || ! (weight = dot_array_new (2, shape, &builder->error)) ||
      ! (numbers = dot_array_new (1, shape, &builder->error)))
    return 0;

  fill_rows (condition, walk->index, statistics, gains, biases, weight, numbers);
  rows = dot_network_linear (builder->network, condition->value, weight, numbers, 1, 1);
  return dot_network_modulate (builder->network, input, rows);
}

/*  a condition of the class alone  */

/* (transfer full) (nullable): rows for columns. */
static DotArray *
transpose (const DotArray *matrix, GError **error)
{
  gsize     rows       = matrix->shape[0];
  gsize     columns    = matrix->shape[1];
  DotArray *transposed = dot_array_new (2, (gsize[]) { columns, rows }, error);

  for (gsize i = 0; transposed && i < matrix->n_items; i++)
    transposed->data[i % columns * rows + i / columns] = matrix->data[i];
  return transposed;
}

/* (transfer full) (nullable): (classes, channels).  An embedding isn't normed. */
static DotArray *
read_table (const DotBigganCondition *condition,
            const DotBigganWalk      *walk,
            const char               *layer,
            gsize                     channels)
{
  DotBuilder *builder         = condition->builder;
  g_autoptr (DotArray) linear = NULL;

  if (walk->names->by_class)
    return dot_builder_read_weight (builder, layer, 2, (gsize[]) { condition->n_labels, channels });

  linear = dot_builder_read_weight (builder, layer, 2, (gsize[]) { channels, condition->n_labels });
  dot_builder_normalize (builder, layer, linear, walk->names->spectral);
  return builder->error ? NULL : transpose (linear, &builder->error);
}

static guint
add_table (const DotBigganCondition *condition,
           const DotBigganWalk      *walk,
           const char               *part,
           const Statistics         *statistics,
           guint                     input)
{
  DotBuilder      *builder   = condition->builder;
  gsize            channels  = dot_builder_channels (builder, input);
  g_autofree char *gain      = dot_biggan_walk_name_part (walk, part, ".gain");
  g_autofree char *bias      = dot_biggan_walk_name_part (walk, part, ".bias");
  g_autoptr (DotArray) scale = read_table (condition, walk, gain, channels);
  g_autoptr (DotArray) shift = read_table (condition, walk, bias, channels);

  if (builder->error)
    return 0;

  for (gsize i = 0; i < scale->n_items; i++)
    {
      double gained = 1.0 + scale->data[i];

      shift->data[i] = (float) (shift->data[i] + statistics->shift[i % channels] * gained);
      scale->data[i] = (float) (statistics->scale[i % channels] * gained);
    }
  return dot_network_affine (builder->network, input, scale, shift);
}

/**
 * dot_biggan_norm_add:
 * @part: of the block
 *
 * Returns: the number of the output
 */
guint
dot_biggan_norm_add (const DotBigganCondition *condition,
                     const DotBigganWalk      *walk,
                     const char               *part,
                     guint                     input)
{
  DotBuilder      *builder       = condition->builder;
  gsize            channels      = dot_builder_channels (builder, input);
  g_autofree char *norm          = dot_biggan_walk_name_part (walk, part, walk->names->norm);
  g_auto (Statistics) statistics = { NULL };

  if (! statistics_read (&statistics, builder, walk->names, norm, channels))
    return 0;
  return condition->embedding ? add_modulation (condition, walk, part, &statistics, input)
                              : add_table (condition, walk, part, &statistics, input);
}

/*  without a condition  */

/**
 * dot_biggan_norm_add_last:
 *
 * The batch norm before the generator's last convolution, whose gain and bias
 * are numbers of their own.
 *
 * Returns: the number of the output
 */
guint
dot_biggan_norm_add_last (DotBuilder *builder, const DotBigganNames *names, guint input)
{
  const char *norm               = names->last_norm;
  gsize       channels           = dot_builder_channels (builder, input);
  g_auto (Statistics) statistics = { NULL };
  g_autoptr (DotArray) gain      = dot_builder_read (builder, norm, names->gain, 1, &channels);
  g_autoptr (DotArray) bias      = dot_builder_read (builder, norm, ".bias", 1, &channels);

  if (! statistics_read (&statistics, builder, names, norm, channels))
    return 0;

  for (gsize c = 0; c < channels; c++)
    {
      bias->data[c] = (float) (bias->data[c] + gain->data[c] * statistics.shift[c]);
      gain->data[c] = (float) (gain->data[c] * statistics.scale[c]);
    }
  return dot_network_affine (builder->network, input, gain, bias);
}
