/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A person's picture as a model would make it. */

#include "inversion-target.h"

#include "data/decode.h"
#include "model/model.h"

#include "base/intl.h"
#include "base/whole-file.h"

#define RED   0.299
#define GREEN 0.587
#define BLUE  0.114

static gboolean
check_pictures (DotModel *model, const char *name, GError **error)
{
  guint channels = dot_model_get_channels (model);

  if ((channels == 1 || channels == 3) && dot_model_get_image_size (model) > 1)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s makes points, and %s shows pictures: give a pair that makes some."),
               dot_model_get_id (model), name);
  return FALSE;
}

static GBytes *
read_bytes (const char *path, const char *name, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);

  if (! file)
    return NULL;
  if (g_mapped_file_get_length (file) <= DOT_DECODE_MAX_BYTES)
    return g_mapped_file_get_bytes (file);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is larger than 64 MB: make it smaller or remove it."), name);
  return NULL;
}

static guint8 *
decode_pixels (GBytes *bytes, const char *name, guint side, GError **error)
{
  g_autofree guint8 *pixels = g_new (guint8, 3 * (gsize) side * side);
  gsize              size;
  gconstpointer      data = g_bytes_get_data (bytes, &size);

  if (! dot_decode_picture (size > 0 ? data : "", size, name, side, pixels, error))
    return NULL;
  return g_steal_pointer (&pixels);
}

static double *
target_from_pixels (const guint8 *pixels, guint channels, guint side)
{
  gsize   plane  = (gsize) side * side;
  double *target = g_new (double, channels *plane);

  for (gsize i = 0; i < channels * plane; i++)
    {
      double value = pixels[i];

      if (channels == 1)
        value = RED * value + GREEN * pixels[plane + i] + BLUE * pixels[2 * plane + i];
      target[i] = value / 127.5 - 1.0;
    }
  return target;
}

/**
 * dot_inversion_target_decode:
 * @bytes: of a file of any kind of picture that can be read
 * @name: for a message
 *
 * Decodes its middle square at the size of the model's pictures.
 *
 * Returns: (transfer full): (C, H, W) in [−1, 1]
 */
double *
dot_inversion_target_decode (GBytes *bytes, const char *name, DotModel *model, GError **error)
{
  guint              side   = dot_model_get_image_size (model);
  g_autofree guint8 *pixels = NULL;

  if (! check_pictures (model, name, error) ||
      ! (pixels = decode_pixels (bytes, name, side, error)))
    return NULL;
  return target_from_pixels (pixels, dot_model_get_channels (model), side);
}

/**
 * dot_inversion_target_read:
 * @path: of such a file
 *
 * Returns: (transfer full): dot_inversion_target_decode() of what is in it
 */
double *
dot_inversion_target_read (const char *path, DotModel *model, GError **error)
{
  g_autofree char *name    = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = NULL;

  if (! check_pictures (model, name, error) || ! (bytes = read_bytes (path, name, error)))
    return NULL;
  return dot_inversion_target_decode (bytes, name, model, error);
}
