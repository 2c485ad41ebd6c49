/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far pictures are from the one that is looked for: their pixels, and what the
 * discriminator sees in them. */

#include "inversion-loss.h"

#include "engine/maps.h"
#include "engine/pair.h"
#include "map-distance.h"
#include "model/model.h"
#include "picture-distance.h"

#include "base/intl.h"

#include <math.h>

/* Pictures whose maps are in memory at once. */
#define CHUNK 8

#define PIXELS ((gsize) DOT_MAPS_SIDE * DOT_MAPS_SIDE)

struct _DotInversionLoss
{
  DotModel     *model;
  const double *target; /* (C, H, W) */
  double        share;
  gsize         items;
  DotMaps      *maps;
  gsize         n_numbers;
  guint         labels[CHUNK];
  float        *target_numbers;
  double       *images; /* of a chunk, as all that follows */
  double       *image_gradients;
  float        *numbers;
  double       *number_gradients;
};

/*  memory  */

static gboolean
allocate (DotInversionLoss *loss, GError **error)
{
  loss->target_numbers   = g_try_new (float, loss->n_numbers);
  loss->images           = g_try_new (double, CHUNK * loss->items);
  loss->image_gradients  = g_try_new (double, CHUNK * loss->items);
  loss->numbers          = g_try_new (float, CHUNK * loss->n_numbers);
  loss->number_gradients = g_try_new (double, CHUNK * loss->n_numbers);
  if (loss->target_numbers && loss->images && loss->image_gradients && loss->numbers &&
      loss->number_gradients)
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                       _ ("There is not enough memory: close other programs, "
                          "or ask for fewer candidates or a smaller model."));
  return FALSE;
}

static gboolean
prepare_maps (DotInversionLoss *loss, DotPair *pair, GError **error)
{
  loss->maps = dot_maps_new (pair, error);
  if (! loss->maps)
    return FALSE;
  loss->n_numbers = dot_maps_get_items (loss->maps);
  if (loss->n_numbers == 0)
    return TRUE;
  return allocate (loss, error) &&
         dot_maps_find (loss->maps, loss->target, loss->labels, 1, loss->target_numbers, error);
}

/**
 * dot_inversion_loss_new:
 * @target: (C, H, W): stays the caller's, and must stay
 * @label: what it shows
 * @share: of what the discriminator sees; 0: pixels alone, as for a discriminator that
 *   can't be looked into
 *
 * Returns: (transfer full): the distance to @target
 */
DotInversionLoss *
dot_inversion_loss_new (DotPair      *pair,
                        const double *target,
                        guint         label,
                        double        share,
                        GError      **error)
{
  g_autoptr (DotInversionLoss) loss = g_new0 (DotInversionLoss, 1);

  loss->model  = dot_pair_get_model (pair);
  loss->target = target;
  loss->share  = share;
  loss->items  = dot_model_get_image_items (loss->model);
  for (guint i = 0; i < CHUNK; i++)
    loss->labels[i] = label;
  if (share > 0.0 && ! prepare_maps (loss, pair, error))
    return NULL;
  return g_steal_pointer (&loss);
}

void
dot_inversion_loss_free (DotInversionLoss *loss)
{
  if (! loss)
    return;

  dot_maps_free (loss->maps);
  g_free (loss->target_numbers);
  g_free (loss->images);
  g_free (loss->image_gradients);
  g_free (loss->numbers);
  g_free (loss->number_gradients);
  g_free (loss);
}

/*  measuring  */

static void
measure_pixels (const DotInversionLoss *loss,
                const float            *images,
                gsize                   n,
                double                 *losses,
                double                 *gradients)
{
  g_autofree double *unused = gradients ? NULL : g_new (double, loss->items);

  for (gsize b = 0; b < n; b++)
    losses[b] = dot_picture_distance_loss (images + b * loss->items, loss->target,
                                           dot_model_get_channels (loss->model),
                                           dot_model_get_image_size (loss->model),
                                           gradients ? gradients + b * loss->items : unused);
}

/* Of one picture: the mean over its maps. */
static double
compare_maps (const DotInversionLoss *loss, const float *maps, double *gradients)
{
  guint        n_maps;
  const guint *channels = dot_maps_get_channels (loss->maps, &n_maps);
  gsize        first    = 0;
  double       sum      = 0.0;

  for (guint i = 0; i < n_maps; i++)
    {
      sum += dot_map_distance_loss (maps + first, loss->target_numbers + first, channels[i], PIXELS,
                                    loss->share / n_maps, gradients ? gradients + first : NULL);
      first += channels[i] * PIXELS;
    }
  return sum;
}

static gboolean
add_number_gradients (DotInversionLoss *loss, gsize n, double *gradients, GError **error)
{
  if (! dot_maps_backward (loss->maps, loss->images, loss->number_gradients, loss->labels, n,
                           loss->image_gradients, error))
    return FALSE;
  for (gsize i = 0; i < n * loss->items; i++)
    gradients[i] += loss->image_gradients[i];
  return TRUE;
}

/* @n: at most a chunk */
static gboolean
add_maps (DotInversionLoss *loss,
          const float      *images,
          gsize             n,
          double           *losses,
          double           *gradients,
          GError          **error)
{
  for (gsize i = 0; i < n * loss->items; i++)
    loss->images[i] = images[i];
  if (! dot_maps_find (loss->maps, loss->images, loss->labels, n, loss->numbers, error))
    return FALSE;
  for (gsize b = 0; b < n; b++)
    losses[b] += compare_maps (loss, loss->numbers + b * loss->n_numbers,
                               gradients ? loss->number_gradients + b * loss->n_numbers : NULL);
  return ! gradients || add_number_gradients (loss, n, gradients, error);
}

/**
 * dot_inversion_loss_measure:
 * @images: (n, C, H, W)
 * @losses: (out): (n); infinite where a picture is no numbers
 * @gradients: (out) (nullable): (n, C, H, W) of each loss with respect to its picture
 */
gboolean
dot_inversion_loss_measure (DotInversionLoss *loss,
                            const float      *images,
                            gsize             n,
                            double           *losses,
                            double           *gradients,
                            GError          **error)
{
  measure_pixels (loss, images, n, losses, gradients);
  for (gsize b = 0; loss->n_numbers > 0 && b < n; b += CHUNK)
    if (! add_maps (loss, images + b * loss->items, MIN (CHUNK, n - b), losses + b,
                    gradients ? gradients + b * loss->items : NULL, error))
      return FALSE;
  for (gsize b = 0; b < n; b++)
    losses[b] = isnan (losses[b]) ? INFINITY : losses[b];
  return TRUE;
}
