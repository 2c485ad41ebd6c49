/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Random weights of layers, scaled so that what goes through many of them
 * neither vanishes nor explodes, and the same on every machine. */

#include "random-arrays.h"

#include "spectral-norm.h"
#include "transport/latent.h"

#include <math.h>

/* How far batch norms are from doing nothing. */
#define SPREAD 0.1

/* Power iterations for the vector that training keeps beside a weight. */
#define SPECTRAL_ROUNDS 5

static DotArray *
draw (DotRandomArrays *arrays,
      guint            n_dims,
      const gsize     *shape,
      double           mean,
      double           deviation,
      GError         **error)
{
  g_autoptr (DotArray) array = NULL;
  g_autofree double *values  = NULL;

  if (g_cancellable_set_error_if_cancelled (arrays->cancellable, error))
    return NULL;

  array = dot_array_new (n_dims, shape, error);
  if (! array)
    return NULL;

  values = g_new (double, array->n_items);
  dot_latent_draw (DOT_PRIOR_NORMAL, arrays->n_arrays, DOT_STREAM_LATENT, values, array->n_items);
  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) (mean + deviation * values[i]);
  return g_steal_pointer (&array);
}

static gboolean
add (DotRandomArrays *arrays,
     const char      *layer,
     const char      *name,
     const DotArray  *array,
     GError         **error)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  arrays->n_arrays++;
  return dot_npz_writer_add (arrays->writer, key, array->data, array->n_dims, array->shape, error);
}

static gboolean
add_drawn (DotRandomArrays *arrays,
           const char      *layer,
           const char      *name,
           guint            n_dims,
           const gsize     *shape,
           double           mean,
           double           deviation,
           GError         **error)
{
  g_autoptr (DotArray) array = draw (arrays, n_dims, shape, mean, deviation, error);

  return array && add (arrays, layer, name, array, error);
}

static gboolean
add_vector (DotRandomArrays *arrays, const char *layer, const DotArray *weight, GError **error)
{
  gsize shape[]          = { 1, weight->shape[0] };
  g_autoptr (DotArray) u = dot_array_new (2, shape, error);

  if (! u)
    return FALSE;

  dot_spectral_vector (weight, SPECTRAL_ROUNDS, u->data);
  return add (arrays, layer, "u", u, error);
}

/**
 * dot_random_arrays_add_layer:
 *
 * Adds a linear layer or a convolution.
 */
gboolean
dot_random_arrays_add_layer (DotRandomArrays *arrays, const DotRandomLayer *layer, GError **error)
{
  gsize  window               = MAX (layer->kernel, 1) * MAX (layer->kernel, 1);
  gsize  shape[]              = { layer->out, layer->in, layer->kernel, layer->kernel };
  double deviation            = sqrt (layer->gain / (layer->in * window));
  g_autoptr (DotArray) weight = draw (arrays, layer->kernel ? 4 : 2, shape, 0.0, deviation, error);

  return weight && add (arrays, layer->name, "W", weight, error) &&
         (layer->bias == 0.0 ||
          add_drawn (arrays, layer->name, "b", 1, shape, 0.0, layer->bias, error)) &&
         (! layer->spectral || add_vector (arrays, layer->name, weight, error));
}

/**
 * dot_random_arrays_add_norm:
 * @labels: rows of a conditional batch norm's tables; 0 of one without labels
 * @variance: of what it will get
 *
 * Adds a batch norm.
 */
gboolean
dot_random_arrays_add_norm (DotRandomArrays *arrays,
                            const char      *name,
                            gsize            labels,
                            gsize            channels,
                            double           variance,
                            GError         **error)
{
  gsize        table[] = { labels, channels };
  guint        n_dims  = labels ? 2 : 1;
  const gsize *shape   = labels ? table : table + 1;

  return add_drawn (arrays, name, labels ? "gammas/W" : "gamma", n_dims, shape, 1.0, SPREAD,
                    error) &&
         add_drawn (arrays, name, labels ? "betas/W" : "beta", n_dims, shape, 0.0, SPREAD, error) &&
         add_drawn (arrays, name, "avg_mean", 1, &channels, 0.0, SPREAD, error) &&
         add_drawn (arrays, name, "avg_var", 1, &channels, variance, 0.0, error);
}
