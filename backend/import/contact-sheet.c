/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair makes, at a glance: a column a class, a row a seed. */

#include "contact-sheet.h"

#include "engine/pair.h"
#include "model/model.h"
#include "refine/pixels.h"

#include "base/intl.h"

#define MAX_COLUMNS 16
#define ROWS        4
#define MAX_CELL    128

static void
put_image (GdkPixbuf   *sheet,
           const float *image,
           guint        channels,
           guint        size,
           guint        column,
           guint        row)
{
  guint cell                   = MIN (size, MAX_CELL);
  g_autoptr (GdkPixbuf) pixbuf = dot_pixels_new_pixbuf (image, channels, size, size);

  gdk_pixbuf_scale (pixbuf, sheet, column * cell, row * cell, cell, cell, column * cell, row * cell,
                    (double) cell / size, (double) cell / size, GDK_INTERP_BILINEAR);
}

/* One class: the latents of seeds 0 … ROWS − 1. */
static gboolean
put_column (GdkPixbuf    *sheet,
            DotPair      *pair,
            guint         label,
            guint         column,
            GCancellable *cancellable,
            GError      **error)
{
  DotModel          *model        = dot_pair_get_model (pair);
  gsize              d            = dot_model_get_latent_size (model);
  gsize              items        = dot_model_get_image_items (model);
  g_autofree double *latents      = g_new (double, ROWS *d);
  g_autofree float  *images       = g_new (float, ROWS *items);
  guint              labels[ROWS] = { label, label, label, label };

  for (guint row = 0; row < ROWS; row++)
    dot_model_draw_latent (model, row, DOT_STREAM_LATENT, 0.0, latents + row * d);
  if (! dot_pair_generate (pair, latents, labels, ROWS, images, cancellable, error))
    return FALSE;

  for (guint row = 0; row < ROWS; row++)
    put_image (sheet, images + row * items, dot_model_get_channels (model),
               dot_model_get_image_size (model), column, row);
  return TRUE;
}

static GdkPixbuf *
draw_sheet (DotPair *pair, GCancellable *cancellable, GError **error)
{
  DotModel *model             = dot_pair_get_model (pair);
  guint     cell              = MIN (dot_model_get_image_size (model), MAX_CELL);
  guint     classes           = dot_model_get_n_classes (model);
  guint     columns           = MIN (classes, MAX_COLUMNS);
  g_autoptr (GdkPixbuf) sheet = NULL;

  sheet = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, columns * cell, ROWS * cell);
  for (guint i = 0; i < columns; i++)
    if (! put_column (sheet, pair, (guint) ((guint64) i * classes / columns), i, cancellable,
                      error))
      return NULL;
  return g_steal_pointer (&sheet);
}

/**
 * dot_contact_sheet_save:
 * @path: of the PNG that is written
 * @cancellable: (nullable):
 *
 * Draws up to 16 of the pair's classes, and saves them.  Of a pair that
 * makes no pictures but points there is no sheet.
 */
gboolean
dot_contact_sheet_save (DotPair *pair, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbuf) sheet    = NULL;
  g_autoptr (GError) local_error = NULL;

  if (dot_model_get_image_size (dot_pair_get_model (pair)) < 2)
    return TRUE;

  sheet = draw_sheet (pair, cancellable, error);
  if (! sheet)
    return FALSE;
  if (gdk_pixbuf_save (sheet, path, "png", &local_error, NULL))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another place or free some space."), path,
               local_error->message);
  return FALSE;
}
