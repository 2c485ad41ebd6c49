/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "continue.h"

#include "layers.h"

/*  Each layer that the filter makes carries its state in a parasite; the
 *  selected one's is where the next run can begin.
 */

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
 * dot_continue_read_state:
 * @image: (nullable): the open image
 *
 * Returns: (nullable) (transfer full): the state that the selected layer
 *   carries, or %NULL where it is none of the filter's
 */
char *
dot_continue_read_state (GimpImage *image)
{
  g_autofree GimpLayer **selected = NULL;

  if (image)
    selected = gimp_image_get_selected_layers (image);

  return selected && selected[0] ? get_parasite_text (GIMP_ITEM (selected[0]))
                                 : NULL;
}
