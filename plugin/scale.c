/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures of 64 pixels are small beside a photograph: they can be enlarged
 * on their way into a layer. */

#include "config.h"

#include "scale.h"

#include "core/layer-plan.h"

/* what GEGL has that is sharp without steps */
#define SAMPLER GEGL_SAMPLER_LOHALO

/* How many pixels are computed before one looks up: less than a tenth of a
 * second's. */
#define PIXELS (1 << 16)

/* How long the rest of a layer may take after Stop, in milliseconds. */
#define GRACE 300

/**
 * dot_scale_get_size:
 * @image: (nullable): where the layer goes, or %NULL for a new image, which
 *   is as large as the picture
 * @width: (out): of the layer
 * @height: (out): of the layer
 */
void
dot_scale_get_size (DotScale        scale,
                    const DotFrame *frame,
                    GimpImage      *image,
                    int            *width,
                    int            *height)
{
  *width  = frame->width;
  *height = frame->height;
  dot_layer_plan_size (scale, image ? gimp_image_get_width (image) : 0,
                       image ? gimp_image_get_height (image) : 0, width, height);
}

static GeglNode *
make_graph (GeglBuffer *source, int width, int height, GeglNode **end)
{
  GeglNode *graph = gegl_node_new ();
  GeglNode *input;

  input = gegl_node_new_child (graph, "operation", "gegl:buffer-source", "buffer", source, NULL);
  *end  = gegl_node_new_child (graph, "operation", "gegl:scale-ratio", "x",
                               (double) width / gegl_buffer_get_width (source), "y",
                               (double) height / gegl_buffer_get_height (source), "sampler", SAMPLER,
                               /* beyond the edge is more of it */
                               "abyss-policy", GEGL_ABYSS_CLAMP, NULL);
  gegl_node_link (input, *end);
  return graph;
}

/* Returns: whether all of it is there */
static gboolean
fill (GeglBuffer *target, GeglNode *node, DotGrace *grace)
{
  GeglRectangle area = *gegl_buffer_get_extent (target);
  int           end  = area.height;
  int           rows = MAX (PIXELS / area.width, 1);

  for (area.y = 0; area.y < end; area.y += rows)
    {
      area.height = MIN (rows, end - area.y);
      if (dot_grace_is_over (grace, GRACE))
        return FALSE;
      gegl_node_blit_buffer (node, target, &area, 0, GEGL_ABYSS_NONE);
    }

  return TRUE;
}

/**
 * dot_scale_buffer:
 * @width: of the result
 * @height: of the result
 * @grace: says when to give up
 *
 * Copies a picture, enlarged.
 *
 * Returns: (transfer full) (nullable): the copy, or %NULL where @grace was over
 *   first
 */
GeglBuffer *
dot_scale_buffer (GeglBuffer *source, int width, int height, DotGrace *grace)
{
  const GeglRectangle area = { 0, 0, width, height };
  GeglBuffer         *target;
  GeglNode           *graph;
  GeglNode           *end;

  if (width == gegl_buffer_get_width (source) && height == gegl_buffer_get_height (source))
    return dot_grace_is_over (grace, GRACE) ? NULL : g_object_ref (source);

  target = gegl_buffer_new (&area, gegl_buffer_get_format (source));
  graph  = make_graph (source, width, height, &end);
  if (! fill (target, end, grace))
    g_clear_object (&target);
  g_object_unref (graph);
  return target;
}
