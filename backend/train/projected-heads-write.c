/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A projected discriminator that begins from random weights, the same on every
 * machine. */

#include "projected-heads.h"

#include "network/initial.h"

#include "base/random.h"

#include <math.h>

/* Behind those of a generator and of a discriminator, so that none of their
 * random numbers are drawn again. */
#define FIRST_ARRAY (2u << 16)

/* Channels of a map's mixture are so many times its number, from 1; those of a
 * head, and of what is compared with a label's. */
#define MIXTURE_WIDTH 64
#define HEAD_WIDTH    128
#define LABEL_WIDTH   64

/* A head halves its map until it is of this size. */
#define SMALL_SIDE 8

static const DotInitialLayer normed = { .has_bias = TRUE,
                                        .spectral = TRUE,
                                        .spread   = DOT_INITIAL_LECUN,
                                        .scale    = 1.0 };

static gsize
get_width (guint map)
{
  return (gsize) MIXTURE_WIDTH * (map + 1);
}

static void
add_array (DotInitialArrays *arrays, const char *key, guint n_dims, const gsize *shape, float *data)
{
  arrays->n_arrays++;
  if (! arrays->error)
    dot_npz_writer_add (arrays->writer, key, data, n_dims, shape, &arrays->error);
}

/* Each map is brought to a mean square of 1. */
static void
add_scale (DotInitialArrays *arrays, const DotFeatureMap maps[DOT_FEATURE_MAPS])
{
  gsize n_maps = DOT_FEATURE_MAPS;
  float scale[DOT_FEATURE_MAPS];

  for (guint i = 0; i < DOT_FEATURE_MAPS; i++)
    scale[i] = maps[i].root_mean_square > 0.0 ? (float) (1.0 / maps[i].root_mean_square) : 1.0f;
  add_array (arrays, "mix/scale", 1, &n_maps, scale);
}

/* Numbers that keep the mean square. */
static void
add_mixing (DotInitialArrays *arrays, const char *key, gsize out, gsize in, gsize side)
{
  gsize             shape[]   = { out, in, side, side };
  gsize             n         = out * in * side * side;
  double            deviation = 1.0 / sqrt ((double) (in * side * side));
  g_autofree float *values    = g_new (float, n);

  dot_random_normal (arrays->seed, DOT_STREAM_WEIGHTS, arrays->n_arrays, values, n);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) (deviation * values[i]);
  add_array (arrays, key, 4, shape, values);
}

static void
add_all_mixing (DotInitialArrays *arrays, const DotFeatureMap maps[DOT_FEATURE_MAPS])
{
  add_scale (arrays, maps);
  for (guint i = 0; i < DOT_FEATURE_MAPS; i++)
    {
      g_autofree char *ccm = g_strdup_printf ("mix/ccm%u", i);
      g_autofree char *csm = g_strdup_printf ("mix/csm%u", i);

      add_mixing (arrays, ccm, get_width (i), maps[i].channels, 1);
      if (i + 1 < DOT_FEATURE_MAPS)
        add_mixing (arrays, csm, get_width (i), get_width (i + 1), 3);
    }
}

static void
add_head (DotInitialArrays *arrays, guint head, const DotFeatureMap *map, guint n_labels)
{
  guint           side  = MIN (map->height, map->width);
  gsize           in    = get_width (head);
  DotInitialLayer layer = normed;

  for (guint i = 0; i == 0 || side > SMALL_SIDE; i++)
    {
      gsize kernel = side > SMALL_SIDE ? 4 : 3;

      layer = dot_initial_layer_resize (normed, HEAD_WIDTH, in, kernel);
      dot_initial_add_layer (arrays, &layer, "head%u/c%u", head, i);
      dot_initial_add_norm (arrays, 0, HEAD_WIDTH, 1.0, "head%u/b%u", head, i);
      side = kernel == 4 ? side / 2 : side;
      in   = HEAD_WIDTH;
    }
  layer = dot_initial_layer_resize (normed, 1, HEAD_WIDTH, 3);
  dot_initial_add_layer (arrays, &layer, "head%u/out", head);
  if (n_labels == 0)
    return;

  layer = dot_initial_layer_resize (normed, LABEL_WIDTH, HEAD_WIDTH, 3);
  dot_initial_add_layer (arrays, &layer, "head%u/p", head);
  layer          = dot_initial_layer_resize (normed, n_labels, LABEL_WIDTH, 0);
  layer.has_bias = layer.spectral = FALSE;
  dot_initial_add_layer (arrays, &layer, "head%u/emb", head);
}

/**
 * dot_projected_heads_write:
 * @path: the .npz
 * @maps: what the feature network makes of real pictures
 * @n_labels: 0 for none
 *
 * Writes a projected discriminator that knows nothing yet.
 */
gboolean
dot_projected_heads_write (const char         *path,
                           const DotFeatureMap maps[DOT_FEATURE_MAPS],
                           guint               n_labels,
                           guint64             seed,
                           GError            **error)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);
  DotInitialArrays arrays         = { .writer = writer, .seed = seed, .n_arrays = FIRST_ARRAY };

  if (! writer)
    return FALSE;

  add_all_mixing (&arrays, maps);
  for (guint i = 0; i < DOT_FEATURE_MAPS; i++)
    add_head (&arrays, i, &maps[i], n_labels);
  if (arrays.error)
    {
      g_propagate_error (error, arrays.error);
      return FALSE;
    }
  return dot_npz_writer_close (writer, error);
}
