/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Engines answer for whole networks.  So the part of a discriminator that leads to its
 * maps is made a network of its own, which puts them out side by side as the channels
 * of one picture: to an engine it is a generator whose latents are pictures. */

#include "maps.h"

#include "load.h"
#include "model/model.h"
#include "network-end.h"
#include "pair.h"

#include <string.h>

/* Maps of fewer pixels say where nothing is. */
#define SMALLEST_SIDE 4

struct _DotMaps
{
  DotLoaded loaded;
  guint     channels[DOT_MAPS_MOST];
  guint     n_maps;
};

/*  which maps  */

/* The number of the value of @side × @side that has most channels, the first of them;
 * 0 where there is none. */
static guint
find_richest (const DotNetwork *network, guint side)
{
  guint richest = 0;

  for (guint i = 0; i < network->n_ops; i++)
    {
      const DotOp *op = &network->ops[i];

      if (op->height == side && op->width == side &&
          (richest == 0 || op->channels > network->ops[richest - 1].channels))
        richest = i + 1;
    }
  return richest;
}

/* @values: (out): from the smallest maps on, which know most of what is seen; none is
 *   of the picture's size */
static guint
find_maps (const DotNetwork *network, guint values[DOT_MAPS_MOST])
{
  guint n = 0;

  for (guint side = SMALLEST_SIDE; side < network->height && n < DOT_MAPS_MOST; side++)
    {
      values[n] = find_richest (network, side);
      n += values[n] > 0;
    }
  return n;
}

/*  their network  */

static guint
bring_to_size (DotNetwork *network, guint value)
{
  const DotOp *op = &network->ops[value - 1];

  if (op->height == DOT_MAPS_SIDE)
    return value;
  return dot_network_resize (network, value, DOT_MAPS_SIDE, DOT_MAPS_SIDE);
}

/* (transfer full): @discriminator up to the last of its maps, and these one after the
 * other. */
static DotNetwork *
new_network (const DotNetwork *discriminator, DotMaps *maps)
{
  guint       values[DOT_MAPS_MOST];
  guint       n_ops = 0;
  guint       whole = 0;
  DotNetwork *network;

  maps->n_maps = find_maps (discriminator, values);
  for (guint i = 0; i < maps->n_maps; i++)
    {
      maps->channels[i] = discriminator->ops[values[i] - 1].channels;
      n_ops             = MAX (n_ops, values[i]);
    }

  network = dot_network_start (discriminator, n_ops);
  for (guint i = 0; i < maps->n_maps; i++)
    {
      guint map = bring_to_size (network, values[i]);

      whole = i == 0 ? map : dot_network_join (network, whole, map);
    }
  return network;
}

static DotDevice
find_device (DotPair *pair)
{
  return strcmp (dot_pair_get_device_name (pair), "CPU") == 0 ? DOT_DEVICE_CPU : DOT_DEVICE_CUDA;
}

static gboolean
load (DotMaps *maps, DotPair *pair, const DotNetwork *discriminator, GError **error)
{
  g_autoptr (DotNetwork) network = new_network (discriminator, maps);
  g_autoptr (DotNetwork) end     = NULL;

  if (maps->n_maps == 0)
    return TRUE;

  end = dot_network_end_new (dot_network_get_output (network), error);
  return end && dot_load_engine (network, end, dot_pair_get_engine (pair), find_device (pair),
                                 dot_pair_get_precision (pair), &maps->loaded, error);
}

/**
 * dot_maps_new:
 *
 * Takes the maps of @pair's discriminator: of each size from 4×4 on that of most
 * channels, four at most.
 *
 * Returns: (transfer full): they may be none, where a discriminator has no such maps
 *   or is a program
 */
DotMaps *
dot_maps_new (DotPair *pair, GError **error)
{
  DotModel *model                      = dot_pair_get_model (pair);
  g_autoptr (DotMaps) maps             = g_new0 (DotMaps, 1);
  g_autoptr (DotNetwork) discriminator = NULL;
  DotPairShape shape                   = {
    0,
  };

  if (dot_model_get_script (model))
    return g_steal_pointer (&maps);
  if (! dot_load_networks (model, NULL, &discriminator, &shape, error) ||
      ! load (maps, pair, discriminator, error))
    return NULL;
  return g_steal_pointer (&maps);
}

void
dot_maps_free (DotMaps *maps)
{
  if (maps && maps->loaded.engine)
    maps->loaded.klass->destroy (maps->loaded.engine);
  g_free (maps);
}

/*  asking  */

/**
 * dot_maps_get_channels:
 * @n_maps: (out): how many maps there are
 *
 * Returns: (array length=n_maps): the channels of each
 */
const guint *
dot_maps_get_channels (const DotMaps *maps, guint *n_maps)
{
  *n_maps = maps->n_maps;
  return maps->channels;
}

/**
 * dot_maps_get_items:
 *
 * Returns: how many numbers all maps of a picture are
 */
gsize
dot_maps_get_items (const DotMaps *maps)
{
  gsize channels = 0;

  for (guint i = 0; i < maps->n_maps; i++)
    channels += maps->channels[i];
  return channels * DOT_MAPS_SIDE * DOT_MAPS_SIDE;
}

/**
 * dot_maps_find:
 * @images: (B, C, H, W)
 * @labels: (B)
 * @numbers: (out): (B, channels of all maps, 16, 16)
 *
 * What the discriminator sees in pictures.
 */
gboolean
dot_maps_find (DotMaps      *maps,
               const double *images,
               const guint  *labels,
               gsize         batch,
               float        *numbers,
               GError      **error)
{
  return maps->loaded.klass->generate (maps->loaded.engine, images, labels, batch, numbers, error);
}

/**
 * dot_maps_backward:
 * @images: (B, C, H, W)
 * @cotangents: a gradient with respect to dot_maps_find() of them
 * @labels: (B)
 * @gradients: (out): (B, C, H, W): the same with respect to @images
 */
gboolean
dot_maps_backward (DotMaps      *maps,
                   const double *images,
                   const double *cotangents,
                   const guint  *labels,
                   gsize         batch,
                   double       *gradients,
                   GError      **error)
{
  return maps->loaded.klass->backward (maps->loaded.engine, images, cotangents, labels, batch,
                                       gradients, error);
}
