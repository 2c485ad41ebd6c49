/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Starting weights, the same on every machine, in the layout of the Chainer
 * snapshots.  Which layers an architecture has, and with the initialisers of
 * the authors' own trainings, stands with the architecture. */

#include "initial.h"

#include "spectral-norm.h"
#include "base/random.h"

#include "base/intl.h"

#include <math.h>

/* A pair to measure with has numbers that neither vanish nor explode where they
 * go through many layers. */

/* What relu leaves of the mean square, and back. */
#define AFTER_RELU 2.0

/* Pictures away from tanh's ends, where nothing would depend on the latent. */
#define IMAGE_VARIANCE 0.04

/* Spectral norms make the discriminator's numbers small: its biases must not
 * drown them. */
#define BIAS       0.1
#define SMALL_BIAS 0.01

/* How far batch norms are from doing nothing. */
#define NORM_SPREAD 0.1

/* Power iterations for the vector that training keeps beside a weight. */
#define SPECTRAL_ROUNDS 5

/*  arrays  */

static void
add (DotInitialArrays *arrays, const char *layer, const char *name, const DotArray *array)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  arrays->n_arrays++;
  if (! arrays->error)
    dot_npz_writer_add (arrays->writer, key, array->data, array->n_dims, array->shape,
                        &arrays->error);
}

/* Returns: whether the arrays are only listed */
static gboolean
list_only (DotInitialArrays *arrays,
           const char       *layer,
           const char       *name,
           guint             n_dims,
           const gsize      *shape)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  if (arrays->list)
    arrays->list (key, n_dims, shape, arrays->user_data);
  return arrays->list != NULL;
}

static DotArray *
new_array (DotInitialArrays *arrays, guint n_dims, const gsize *shape)
{
  if (arrays->error || g_cancellable_set_error_if_cancelled (arrays->cancellable, &arrays->error))
    return NULL;
  return dot_array_new (n_dims, shape, &arrays->error);
}

/* To measure with. */
static void
draw (const DotInitialArrays *arrays, double mean, double deviation, DotArray *array)
{
  double two[2];

  for (gsize i = 0; i < array->n_items; i++)
    {
      if (i % 2 == 0)
        dot_random_coordinates (DOT_PRIOR_NORMAL, arrays->n_arrays, DOT_STREAM_LATENT,
                                (guint32) (i / 2), 0, two);
      array->data[i] = (float) (mean + deviation * two[i % 2]);
    }
}

/* A training begins from @mean itself. */
static void
add_around (DotInitialArrays *arrays,
            const char       *layer,
            const char       *name,
            guint             n_dims,
            const gsize      *shape,
            double            mean,
            double            deviation)
{
  g_autoptr (DotArray) array = NULL;

  if (list_only (arrays, layer, name, n_dims, shape) ||
      ! (array = new_array (arrays, n_dims, shape)))
    return;
  if (arrays->for_bench)
    draw (arrays, mean, deviation, array);
  else
    for (gsize i = 0; i < array->n_items; i++)
      array->data[i] = (float) mean;
  add (arrays, layer, name, array);
}

static void
fill_for_bench (const DotInitialArrays *arrays, const DotInitialLayer *layer, DotArray *array)
{
  gsize  window = MAX (layer->kernel, 1) * MAX (layer->kernel, 1);
  double gain   = layer->kernel > 1 ? AFTER_RELU : 1.0;

  if (layer->image)
    gain *= IMAGE_VARIANCE;
  draw (arrays, 0.0, sqrt (gain / (layer->in * window)), array);
}

static void
fill_for_training (const DotInitialArrays *arrays, const DotInitialLayer *layer, DotArray *array)
{
  gsize  window = MAX (layer->kernel, 1) * MAX (layer->kernel, 1);
  double in     = (double) (array->shape[1] * window);
  double out    = (double) (array->shape[0] * window);
  double scale  = layer->scale;
  double shift  = 0.0;

  if (layer->spread == DOT_INITIAL_GLOROT)
    {
      dot_random_uniform (arrays->seed, DOT_STREAM_WEIGHTS, arrays->n_arrays, array->data,
                          array->n_items);
      scale *= 2.0 * sqrt (6.0 / (in + out));
      shift = -0.5 * scale;
    }
  else
    {
      dot_random_normal (arrays->seed, DOT_STREAM_WEIGHTS, arrays->n_arrays, array->data,
                         array->n_items);
      if (layer->spread == DOT_INITIAL_LECUN)
        scale /= sqrt (in);
    }
  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) (scale * array->data[i] + shift);
}

/* To begin with any direction will do: the training's own power iteration goes
 * on from it. */
static void
add_vector (DotInitialArrays *arrays, const char *layer, gsize rows, const DotArray *weight)
{
  gsize shape[]          = { 1, rows };
  g_autoptr (DotArray) u = NULL;

  if (list_only (arrays, layer, "u", 2, shape) || ! (u = new_array (arrays, 2, shape)))
    return;
  if (arrays->for_bench)
    dot_spectral_norm_vector (weight, SPECTRAL_ROUNDS, u->data);
  else
    dot_random_normal (arrays->seed, DOT_STREAM_WEIGHTS, arrays->n_arrays, u->data, u->n_items);
  add (arrays, layer, "u", u);
}

/*  layers  */

/**
 * dot_initial_layer_resize:
 *
 * Returns: a layer like @layer of other sizes
 */
DotInitialLayer
dot_initial_layer_resize (DotInitialLayer layer, gsize out, gsize in, gsize kernel)
{
  layer.out    = out;
  layer.in     = in;
  layer.kernel = kernel;
  return layer;
}

/* (nullable) (transfer full): the weight, unless it is only listed */
static DotArray *
add_weight (DotInitialArrays      *arrays,
            const DotInitialLayer *layer,
            const char            *name,
            guint                  n_dims,
            const gsize           *shape)
{
  DotArray *array = NULL;

  if (list_only (arrays, name, "W", n_dims, shape) || ! (array = new_array (arrays, n_dims, shape)))
    return NULL;
  if (arrays->for_bench)
    fill_for_bench (arrays, layer, array);
  else
    fill_for_training (arrays, layer, array);
  add (arrays, name, "W", array);
  return array;
}

/**
 * dot_initial_add_layer:
 * @format: the layer's name
 */
void
dot_initial_add_layer (DotInitialArrays      *arrays,
                       const DotInitialLayer *layer,
                       const char            *format,
                       ...)
{
  gsize shape[] = { layer->transposed ? layer->in : layer->out,
                    layer->transposed ? layer->out : layer->in, layer->kernel, layer->kernel };
  g_autofree char *name      = NULL;
  g_autoptr (DotArray) array = NULL;
  va_list arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  array = add_weight (arrays, layer, name, layer->kernel ? 4 : 2, shape);
  if (layer->has_bias)
    add_around (arrays, name, "b", 1, &layer->out, 0.0, layer->spectral ? SMALL_BIAS : BIAS);
  if (layer->spectral)
    add_vector (arrays, name, shape[0], array);
}

/**
 * dot_initial_add_norm:
 * @labels: rows of a conditional batch norm's tables; 0 of a plain one
 * @variance: of what comes in, after a training
 *
 * A batch norm that does nothing but norm.
 */
void
dot_initial_add_norm (DotInitialArrays *arrays,
                      gsize             labels,
                      gsize             channels,
                      double            variance,
                      const char       *format,
                      ...)
{
  gsize            table[] = { labels, channels };
  guint            n_dims  = labels ? 2 : 1;
  const gsize     *shape   = labels ? table : table + 1;
  g_autofree char *name    = NULL;
  va_list          arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  add_around (arrays, name, labels ? "gammas/W" : "gamma", n_dims, shape, 1.0, NORM_SPREAD);
  add_around (arrays, name, labels ? "betas/W" : "beta", n_dims, shape, 0.0, NORM_SPREAD);
  add_around (arrays, name, "avg_mean", 1, &channels, 0.0, NORM_SPREAD);
  add_around (arrays, name, "avg_var", 1, &channels, arrays->for_bench ? variance : 1.0, 0.0);
}

/**
 * dot_initial_add_attention:
 *
 * Self-attention "sa1", which begins as doing nothing: its gamma is 0.
 */
void
dot_initial_add_attention (DotInitialArrays *arrays, gsize channels)
{
  DotInitialLayer layer = { .out      = channels / 8,
                            .in       = channels,
                            .kernel   = 1,
                            .has_bias = TRUE,
                            .spectral = TRUE,
                            .spread   = DOT_INITIAL_LECUN,
                            .scale    = 1.0 };
  gsize           one   = 1;

  dot_initial_add_layer (arrays, &layer, "sa1/query_conv");
  dot_initial_add_layer (arrays, &layer, "sa1/key_conv");
  layer.out = channels;
  dot_initial_add_layer (arrays, &layer, "sa1/value_conv");
  add_around (arrays, "sa1", "gamma", 1, &one, 0.0, 0.0);
}

/*  pairs  */

/**
 * dot_initial_get_width:
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Returns: the width that the authors gave it
 */
guint
dot_initial_get_width (const DotInitial *initial, guint image_size, guint file)
{
  return image_size == 32 && initial->widths_at_32[file] > 0 ? initial->widths_at_32[file]
                                                             : initial->widths[file];
}

static gboolean
has_size (const DotInitial *initial, guint image_size)
{
  for (const guint *size = initial->image_sizes; *size; size++)
    if (*size == image_size)
      return TRUE;
  return FALSE;
}

static const char *
find_problem (const DotInitial *initial, const DotInitialSizes *sizes)
{
  if (! has_size (initial, sizes->image_size))
    return _ (initial->size_problem);
  if (! initial->takes_labels && sizes->n_labels > 0)
    return _ ("only sngan-projection takes labels: leave labels out");
  if (! initial->takes_attention && sizes->attention)
    return _ ("attention is for dcgan and resnet: leave it out");
  if (sizes->widths[0] % initial->width_unit || sizes->widths[1] % initial->width_unit)
    return _ ("widths must be multiples of 32 with this architecture");
  return NULL;
}

/**
 * dot_initial_check:
 *
 * Whether there is a pair in such sizes.
 */
gboolean
dot_initial_check (const DotInitial *initial, const DotInitialSizes *sizes, GError **error)
{
  const char *problem = find_problem (initial, sizes);

  if (! problem)
    return TRUE;

  /* Translators: %s says what is wrong with a configuration's key */
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("There is no such pair to begin with (%s)."), problem);
  return FALSE;
}

/**
 * dot_initial_fill:
 * @sizes: which dot_initial_check() agrees with
 * @file: 0 for the generator, 1 for the discriminator
 * @writer: of an .npz, to which all is added
 * @cancellable: (nullable):
 */
gboolean
dot_initial_fill (const DotInitial      *initial,
                  const DotInitialSizes *sizes,
                  guint                  file,
                  DotNpzWriter          *writer,
                  GCancellable          *cancellable,
                  GError               **error)
{
  DotInitialArrays arrays = { .writer      = writer,
                              .seed        = sizes->seed,
                              .n_arrays    = sizes->for_bench ? 0 : file << 16,
                              .for_bench   = sizes->for_bench,
                              .cancellable = cancellable };

  initial->fill[file](&arrays, sizes);
  if (! arrays.error)
    return TRUE;

  g_propagate_error (error, arrays.error);
  return FALSE;
}

/**
 * dot_initial_list:
 * @sizes: which dot_initial_check() agrees with
 * @file: 0 for the generator, 1 for the discriminator
 * @list: (scope call):
 *
 * Lists the arrays that a pair of such sizes begins with, in the order of the
 * layers.
 */
void
dot_initial_list (const DotInitial      *initial,
                  const DotInitialSizes *sizes,
                  guint                  file,
                  DotInitialFunc         list,
                  gpointer               user_data)
{
  DotInitialArrays arrays = { .list = list, .user_data = user_data };

  initial->fill[file](&arrays, sizes);
}

/**
 * dot_initial_write:
 * @sizes: which dot_initial_check() agrees with
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Writes starting weights.
 */
gboolean
dot_initial_write (const DotInitial      *initial,
                   const DotInitialSizes *sizes,
                   guint                  file,
                   const char            *path,
                   GError               **error)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);

  return writer && dot_initial_fill (initial, sizes, file, writer, NULL, error) &&
         dot_npz_writer_close (writer, error);
}
