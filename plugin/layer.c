/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A picture on its way into an image.  What takes long, enlarging it, happens
 * here, where the person may close the image or stop the run meanwhile; GIMP
 * gets pixels only when there is nothing left to compute. */

#include "config.h"

#include "layer.h"

#include "layer-state.h"
#include "scale.h"

struct _DotLayer
{
  char       *title;
  char       *state;
  guint       candidate;
  int         width;
  int         height;
  GeglBuffer *pixels;
};

static float *
get_float_pixels (const DotFrame *frame)
{
  gsize  n_pixels = (gsize) frame->width * frame->height;
  gsize  stride   = frame->channels == 1 ? 0 : n_pixels;
  float *pixels   = g_new (float, 3 * n_pixels);

  for (gsize i = 0; i < n_pixels; i++)
    for (gsize c = 0; c < 3; c++)
      pixels[3 * i + c] = 0.5f * (frame->image[c * stride + i] + 1.0f);
  return pixels;
}

/* An 8-bit image gets the very bytes that the PNG files get, any other one
 * all that the generator knows. */
static GeglBuffer *
make_buffer (const DotFrame *frame, gboolean fine)
{
  const GeglRectangle area   = { 0, 0, frame->width, frame->height };
  const Babl         *format = babl_format (fine ? "R'G'B' float" : "R'G'B' u8");
  GeglBuffer         *buffer = gegl_buffer_new (&area, format);
  g_autofree gpointer pixels = fine ? (gpointer) get_float_pixels (frame)
                                    : (gpointer) dot_frame_get_pixels (frame);

  gegl_buffer_set (buffer, &area, 0, format, pixels, GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

/**
 * dot_layer_new:
 * @image: (nullable): where it goes, or %NULL for a new image
 * @grace: says when to give up
 *
 * Makes the pixels of a layer of @frame.
 *
 * Returns: (transfer full) (nullable): the layer to be, or %NULL where @grace
 *   was over first
 */
DotLayer *
dot_layer_new (const DotFrame *frame, GimpImage *image, DotScale scale, DotGrace *grace)
{
  gboolean fine = image && gimp_image_get_precision (image) != GIMP_PRECISION_U8_NON_LINEAR;
  g_autoptr (DotLayer) layer = g_new0 (DotLayer, 1);
  GeglBuffer *source;

  layer->title     = g_strdup (frame->title);
  layer->state     = g_strdup (frame->state);
  layer->candidate = frame->candidate;
  dot_scale_get_size (scale, frame, image, &layer->width, &layer->height);

  source        = make_buffer (frame, fine);
  layer->pixels = dot_scale_buffer (source, layer->width, layer->height, grace);
  g_object_unref (source);
  return layer->pixels ? g_steal_pointer (&layer) : NULL;
}

/**
 * dot_layer_get_candidate:
 *
 * Returns: which of the run's pictures it shows
 */
guint
dot_layer_get_candidate (const DotLayer *layer)
{
  return layer->candidate;
}

/**
 * dot_layer_make_image:
 *
 * Returns: (transfer none) (nullable): an image of its size
 */
GimpImage *
dot_layer_make_image (const DotLayer *layer)
{
  return gimp_image_new (layer->width, layer->height, GIMP_RGB);
}

static GimpLayer *
make_empty (const DotLayer *layer, GimpImage *image)
{
  gboolean gray = gimp_image_get_base_type (image) == GIMP_GRAY;

  return gimp_layer_new (image, layer->title, layer->width, layer->height,
                         gray ? GIMP_GRAY_IMAGE : GIMP_RGB_IMAGE, 100.0,
                         gimp_image_get_default_new_layer_mode (image));
}

static void
centre (const DotLayer *layer, GimpLayer *made, GimpImage *image)
{
  gimp_layer_set_offsets (made, (gimp_image_get_width (image) - layer->width) / 2,
                          (gimp_image_get_height (image) - layer->height) / 2);
}

static void
set_pixels (const DotLayer *layer, GimpLayer *made)
{
  GeglBuffer *target = gimp_drawable_get_buffer (GIMP_DRAWABLE (made));

  gegl_buffer_copy (layer->pixels, NULL, GEGL_ABYSS_NONE, target, NULL);
  /* this is what sends the pixels to GIMP */
  g_object_unref (target);
}

/**
 * dot_layer_make:
 *
 * Everything is done before it is in the image: GIMP draws a layer that is
 * there, and all of its group where it is moved.
 *
 * Returns: (transfer none) (nullable): GIMP's layer, to be inserted into
 *   @image, or %NULL where GIMP can't make it
 */
GimpLayer *
dot_layer_make (const DotLayer *layer, GimpImage *image)
{
  GimpLayer *made = make_empty (layer, image);

  if (! made)
    return NULL;

  dot_layer_state_set (made, layer->state);
  centre (layer, made, image);
  set_pixels (layer, made);
  return made;
}

void
dot_layer_free (DotLayer *layer)
{
  g_clear_object (&layer->pixels);
  g_free (layer->title);
  g_free (layer->state);
  g_free (layer);
}
