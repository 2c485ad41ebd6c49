/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Each layer carries its state; those of the selected ones are where the next
 * run can begin. */

#include "config.h"

#include "layer-state.h"

#include "parasite.h"

#define PARASITE_NAME "dot-refine-state"

/**
 * dot_layer_state_set:
 * @layer: isn't in the image yet, where GIMP couldn't undo this
 * @state: (nullable): all that is needed to go on from it
 */
void
dot_layer_state_set (GimpLayer *layer, const char *state)
{
  dot_parasite_set (GIMP_ITEM (layer), PARASITE_NAME, state);
}

/**
 * dot_layer_state_get:
 *
 * Returns: (transfer full) (nullable): what @layer carries; others than the filter's have
 *   none
 */
char *
dot_layer_state_get (GimpLayer *layer)
{
  return dot_parasite_get (GIMP_ITEM (layer), PARASITE_NAME);
}

/**
 * dot_layer_state_list:
 * @image: (nullable): the open image
 *
 * Returns: (transfer full): the states that the selected layers carry; those
 *   that are none of the filter's have none; ended by %NULL
 */
GStrv
dot_layer_state_list (GimpImage *image)
{
  g_autofree GimpLayer **selected = NULL;
  GStrvBuilder          *builder  = g_strv_builder_new ();
  GStrv                  states;

  if (image && gimp_image_is_valid (image))
    selected = gimp_image_get_selected_layers (image);

  for (guint i = 0; selected && selected[i]; i++)
    {
      g_autofree char *state = dot_layer_state_get (selected[i]);

      if (state)
        g_strv_builder_add (builder, state);
    }

  states = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return states;
}
