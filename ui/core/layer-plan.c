/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How many layers a run makes, and how large they are, before it begins. */

#include "config.h"

#include "layer-plan.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* A run that goes on from layers has its first step there already. */
static guint64
count_kept (const DotRefineOptions *options)
{
  guint    updates = options->updates;
  guint    every   = MAX (options->keep_every, 1);
  gboolean goes_on = options->states && ! options->to_state;

  if (updates == 0)
    return 1;
  return (goes_on ? 0 : 1) + (guint64) updates / every + (updates % every ? 1 : 0);
}

/**
 * dot_layer_plan_count:
 *
 * Returns: how many pictures are kept of a run with @options, of all
 *   candidates together
 */
guint64
dot_layer_plan_count (const DotRefineOptions *options)
{
  gboolean goes_on = options->states && ! options->to_state;
  guint    count   = goes_on ? g_strv_length (options->states) : options->count;

  return count * count_kept (options);
}

/* As large as fits, and no smaller than it is. */
static double
fit (int image_width, int image_height, int width, int height)
{
  return MAX (MIN ((double) image_width / width, (double) image_height / height), 1.0);
}

/**
 * dot_layer_plan_size:
 * @image_width: of the image that gets the layers; 0 where there is none, and
 *   a new one is as large as they are
 * @image_height: of that image
 * @width: (inout): a picture's, which becomes its layer's
 * @height: (inout): the same
 */
void
dot_layer_plan_size (DotScale scale, int image_width, int image_height, int *width, int *height)
{
  static const double factors[] = {
    [DOT_SCALE_NONE] = 1.0, [DOT_SCALE_2] = 2.0,     [DOT_SCALE_4] = 4.0,
    [DOT_SCALE_8] = 8.0,    [DOT_SCALE_IMAGE] = 1.0,
  };
  double factor = factors[scale];

  if (scale == DOT_SCALE_IMAGE)
    factor = fit (image_width, image_height, *width, *height);
  *width  = (int) lround (factor * *width);
  *height = (int) lround (factor * *height);
}

/**
 * dot_layer_plan_text:
 * @n_layers: 0 where the person chooses them later
 *
 * Returns: (transfer full): "17 layers of 64 × 64 pixels", translated
 */
char *
dot_layer_plan_text (guint64 n_layers, int width, int height)
{
  if (n_layers == 0)
    /* TRANSLATORS: width and height; layers come later, those that are chosen */
    return g_strdup_printf (_ ("Layers of %d × %d pixels, which you choose"), width, height);

  /* TRANSLATORS: how many layers, their width and height */
  return g_strdup_printf (ngettext ("%u layer of %d × %d pixels", "%u layers of %d × %d pixels",
                                    (gulong) n_layers),
                          (guint) MIN (n_layers, G_MAXUINT), width, height);
}
