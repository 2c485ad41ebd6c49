/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* From what a generator makes to what files and widgets show. */

#include "pixels.h"

#include "base/intl.h"
#include "format/png.h"

#include <math.h>

/**
 * dot_pixels_from_image:
 * @image: (channels, height, width) in [−1, 1]
 * @channels: 3, or 1, which is gray
 *
 * Returns: (transfer full): (height, width, 3) 8-bit sRGB
 */
guint8 *
dot_pixels_from_image (const float *image, guint channels, guint width, guint height)
{
  gsize   plane  = (gsize) width * height;
  gsize   stride = channels == 1 ? 0 : plane;
  guint8 *bytes  = g_new (guint8, 3 * plane);

  for (gsize i = 0; i < plane; i++)
    for (gsize c = 0; c < 3; c++)
      {
        float value = (image[c * stride + i] + 1.0f) * 127.5f;

        bytes[3 * i + c] = (guint8) lrintf (CLAMP (value, 0.0f, 255.0f));
      }
  return bytes;
}

static void
free_bytes (guchar *bytes, gpointer data)
{
  g_free (bytes);
}

/**
 * dot_pixels_new_pixbuf:
 *
 * Returns: (transfer full): the same as a pixbuf
 */
GdkPixbuf *
dot_pixels_new_pixbuf (const float *image, guint channels, guint width, guint height)
{
  guint8 *bytes = dot_pixels_from_image (image, channels, width, height);

  return gdk_pixbuf_new_from_data (bytes, GDK_COLORSPACE_RGB, FALSE, 8, width, height, 3 * width,
                                   free_bytes, NULL);
}

/**
 * dot_pixels_encode:
 * @title: (nullable): text chunk Title
 * @state: (nullable): text chunk dot-refine
 * @bytes: (out) (transfer full): a PNG; g_free() it
 */
gboolean
dot_pixels_encode (GdkPixbuf  *pixbuf,
                   const char *title,
                   const char *state,
                   char      **bytes,
                   gsize      *size,
                   GError    **error)
{
  static const char *const keys[]  = { "Software", "Title", DOT_PIXELS_STATE, NULL };
  const char *const        texts[] = { "DOT Refine " DOT_VERSION, title, state };
  g_autoptr (GError) reason        = NULL;
  g_autofree char *plain           = NULL;
  GByteArray      *png;

  if (! gdk_pixbuf_save_to_buffer (pixbuf, &plain, size, "png", &reason, NULL))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("A picture can't be made a PNG (%s): free some memory."), reason->message);
      return FALSE;
    }
  png    = dot_png_add_texts ((const guint8 *) plain, *size, keys, texts);
  *size  = png->len;
  *bytes = (char *) g_byte_array_free (png, FALSE);
  return TRUE;
}
