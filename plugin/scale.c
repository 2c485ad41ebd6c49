/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures of 64 pixels are small beside a photograph: they can be enlarged
 * on their way into a layer. */

#include "config.h"

#include "scale.h"

/* what GEGL has that is sharp without steps */
#define SAMPLER GEGL_SAMPLER_LOHALO

/* As large as fits, and no smaller than it is. */
static double
fit (const DotFrame *frame, GimpImage *image)
{
  double width  = (double) gimp_image_get_width (image) / frame->width;
  double height = (double) gimp_image_get_height (image) / frame->height;

  return MAX (MIN (width, height), 1.0);
}

/**
 * dot_scale_get_factor:
 * @image: (nullable): where the layer goes, or %NULL for a new image, which
 *   is as large as the picture
 *
 * Returns: how many times as large as the picture its layer is
 */
double
dot_scale_get_factor (DotScale scale, const DotFrame *frame, GimpImage *image)
{
  switch (scale)
    {
    case DOT_SCALE_NONE:
      return 1.0;
    case DOT_SCALE_2:
      return 2.0;
    case DOT_SCALE_4:
      return 4.0;
    case DOT_SCALE_8:
      return 8.0;
    case DOT_SCALE_IMAGE:
      return image ? fit (frame, image) : 1.0;
    }

  return 1.0;
}

static void
scale_buffer (GeglBuffer *source, GeglBuffer *target, double factor)
{
  GeglNode *graph = gegl_node_new ();
  GeglNode *input, *scale, *output;

  input  = gegl_node_new_child (graph, "operation", "gegl:buffer-source", "buffer", source, NULL);
  scale  = gegl_node_new_child (graph, "operation", "gegl:scale-ratio", "x", factor, "y", factor,
                                "sampler", SAMPLER,
                                /* beyond the edge is more of it */
                                "abyss-policy", GEGL_ABYSS_CLAMP, NULL);
  output = gegl_node_new_child (graph, "operation", "gegl:write-buffer", "buffer", target, NULL);
  gegl_node_link_many (input, scale, output, NULL);
  gegl_node_process (output);
  g_object_unref (graph);
}

/**
 * dot_scale_buffer:
 * @target: @factor times as large
 *
 * Copies a picture, enlarged.
 */
void
dot_scale_buffer (GeglBuffer *source, GeglBuffer *target, double factor)
{
  if (factor == 1.0)
    gegl_buffer_copy (source, NULL, GEGL_ABYSS_NONE, target, NULL);
  else
    scale_buffer (source, target, factor);
}
