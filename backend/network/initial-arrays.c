/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Starting weights, the same on every machine. */

#include "initial-arrays.h"

#include "base/random.h"

#include <math.h>

static void
add (DotFreshArrays *arrays, const char *layer, const char *name, const DotArray *array)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  arrays->n_arrays++;
  if (! arrays->error)
    dot_npz_writer_add (arrays->writer, key, array->data, array->n_dims, array->shape,
                        &arrays->error);
}

static DotArray *
new_array (DotFreshArrays *arrays, guint n_dims, const gsize *shape)
{
  return arrays->error ? NULL : dot_array_new (n_dims, shape, &arrays->error);
}

static void
add_constant (DotFreshArrays *arrays,
              const char     *layer,
              const char     *name,
              guint           n_dims,
              const gsize    *shape,
              float           value)
{
  g_autoptr (DotArray) array = new_array (arrays, n_dims, shape);

  for (gsize i = 0; array && i < array->n_items; i++)
    array->data[i] = value;
  if (array)
    add (arrays, layer, name, array);
}

static void
fill (DotFreshArrays *arrays, const DotFreshLayer *layer, DotArray *array)
{
  gsize  window = MAX (layer->kernel, 1) * MAX (layer->kernel, 1);
  double in     = (double) (array->shape[1] * window);
  double out    = (double) (array->shape[0] * window);
  double scale  = layer->scale;
  double shift  = 0.0;

  if (layer->spread == DOT_FRESH_GLOROT)
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
      if (layer->spread == DOT_FRESH_LECUN)
        scale /= sqrt (in);
    }
  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) (scale * array->data[i] + shift);
}

/* Any direction will do: the training's own power iteration goes on from
 * it. */
static void
add_vector (DotFreshArrays *arrays, const char *layer, gsize rows)
{
  gsize shape[]          = { 1, rows };
  g_autoptr (DotArray) u = new_array (arrays, 2, shape);

  if (! u)
    return;
  dot_random_normal (arrays->seed, DOT_STREAM_WEIGHTS, arrays->n_arrays, u->data, rows);
  add (arrays, layer, "u", u);
}

/**
 * dot_fresh_arrays_add_layer:
 * @format: the layer's name
 */
void
dot_fresh_arrays_add_layer (DotFreshArrays      *arrays,
                            const DotFreshLayer *layer,
                            const char          *format,
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

  array = new_array (arrays, layer->kernel ? 4 : 2, shape);
  if (! array)
    return;
  fill (arrays, layer, array);
  add (arrays, name, "W", array);
  if (layer->has_bias)
    add_constant (arrays, name, "b", 1, &layer->out, 0.0f);
  if (layer->spectral)
    add_vector (arrays, name, shape[0]);
}

/**
 * dot_fresh_arrays_add_norm:
 * @labels: rows of a conditional batch norm's tables; 0 of a plain one
 *
 * A batch norm that does nothing but norm.
 */
void
dot_fresh_arrays_add_norm (DotFreshArrays *arrays,
                           gsize           labels,
                           gsize           channels,
                           const char     *format,
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

  add_constant (arrays, name, labels ? "gammas/W" : "gamma", n_dims, shape, 1.0f);
  add_constant (arrays, name, labels ? "betas/W" : "beta", n_dims, shape, 0.0f);
  add_constant (arrays, name, "avg_mean", 1, &channels, 0.0f);
  add_constant (arrays, name, "avg_var", 1, &channels, 1.0f);
}

/**
 * dot_fresh_arrays_add_attention:
 *
 * Self-attention "sa1", which begins as doing nothing: its gamma is 0.
 */
void
dot_fresh_arrays_add_attention (DotFreshArrays *arrays, gsize channels)
{
  DotFreshLayer layer = { .out      = channels / 8,
                          .in       = channels,
                          .kernel   = 1,
                          .has_bias = TRUE,
                          .spectral = TRUE,
                          .spread   = DOT_FRESH_LECUN,
                          .scale    = 1.0 };
  gsize         one   = 1;

  dot_fresh_arrays_add_layer (arrays, &layer, "sa1/query_conv");
  dot_fresh_arrays_add_layer (arrays, &layer, "sa1/key_conv");
  layer.out = channels;
  dot_fresh_arrays_add_layer (arrays, &layer, "sa1/value_conv");
  add_constant (arrays, "sa1", "gamma", 1, &one, 0.0f);
}
