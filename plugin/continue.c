/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Each layer that the filter makes carries its state in a parasite; those
 * of the selected ones are where the next run can begin. */

#include "config.h"

#include "continue.h"

#include "layers.h"

static char *
get_parasite_text (GimpItem *item)
{
  GimpParasite *parasite = gimp_item_get_parasite (item, DOT_PARASITE_NAME);
  const char   *data;
  char         *text;
  guint32       size;

  if (! parasite)
    return NULL;

  data = gimp_parasite_get_data (parasite, &size);
  text = g_strndup (data, size);
  gimp_parasite_free (parasite);
  return text;
}

/**
 * dot_continue_read_states:
 * @image: (nullable): the open image
 *
 * Returns: (transfer full): the states that the selected layers carry; those
 *   that are none of the filter's have none; ended by %NULL
 */
GStrv
dot_continue_read_states (GimpImage *image)
{
  g_autofree GimpLayer **selected = NULL;
  GStrvBuilder          *builder  = g_strv_builder_new ();
  GStrv                  states;

  if (image && gimp_image_is_valid (image))
    selected = gimp_image_get_selected_layers (image);

  for (guint i = 0; selected && selected[i]; i++)
    {
      g_autofree char *state = get_parasite_text (GIMP_ITEM (selected[i]));

      if (state)
        g_strv_builder_add (builder, state);
    }

  states = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return states;
}
