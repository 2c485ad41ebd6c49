/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "retouch.h"

#include "initial.h"

#include "format/weights.h"

#define COLORS 3
#define KERNEL 3

/* Another part of the random numbers than the networks' own arrays have. */
#define FIRST_ARRAY (2u << 16)

static gboolean
copy_array (DotWeights *weights, const char *key, DotNpzWriter *writer, GError **error)
{
  DotShape shape;
  g_autoptr (DotArray) array = NULL;

  if (! dot_weights_get_shape (weights, key, &shape, error))
    return FALSE;
  array = dot_weights_read (weights, key, shape.n_dims, shape.axes, error);
  return array && dot_npz_writer_add (writer, key, array->data, shape.n_dims, shape.axes, error);
}

static gboolean
copy_others (DotWeights *weights, DotNpzWriter *writer, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) keys = dot_weights_list_keys (weights);

  for (guint i = 0; keys[i]; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        (! g_str_has_prefix (keys[i], DOT_RETOUCH_PREFIX) &&
         ! copy_array (weights, keys[i], writer, error)))
      return FALSE;
  return TRUE;
}

/* Layers that do nothing yet, as the second one's weights are 0. */
static gboolean
add_layers (DotNpzWriter *writer, guint width, guint64 seed, GError **error)
{
  DotInitialArrays arrays = { .writer = writer, .seed = seed, .n_arrays = FIRST_ARRAY };
  DotInitialLayer  layer  = { .has_bias = TRUE, .scale = 1.0 };

  layer = dot_initial_layer_resize (layer, width, COLORS, KERNEL);
  dot_initial_add_layer (&arrays, &layer, DOT_RETOUCH_FIRST);
  layer       = dot_initial_layer_resize (layer, COLORS, width, KERNEL);
  layer.scale = 0.0;
  dot_initial_add_layer (&arrays, &layer, DOT_RETOUCH_SECOND);
  if (! arrays.error)
    return TRUE;

  g_propagate_error (error, arrays.error);
  return FALSE;
}

/**
 * dot_retouch_write:
 * @source: a generator's weights; what retouching there is in them is left out
 * @target: the .npz that is written
 * @width: channels between the two layers
 * @seed: of the first layer's random weights
 * @cancellable: (nullable):
 *
 * Writes the weights of a generator that retouches its pictures, and doesn't
 * know how yet: they are still those of @source.
 */
gboolean
dot_retouch_write (const char   *source,
                   const char   *target,
                   guint         width,
                   guint64       seed,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (DotWeights) weights  = dot_weights_open (source, error);
  g_autoptr (DotNpzWriter) writer = weights ? dot_npz_writer_new (target, error) : NULL;

  return writer && copy_others (weights, writer, cancellable, error) &&
         add_layers (writer, width, seed, error) && dot_npz_writer_close (writer, error);
}
