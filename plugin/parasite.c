/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Texts that GIMP keeps for the filter: at a layer, or in the person's profile,
 * and from there to the next start. */

#include "config.h"

#include "parasite.h"

#include <string.h>

/**
 * dot_parasite_get:
 * @item: (nullable): a layer, or %NULL for the profile
 *
 * Returns: (transfer full) (nullable): the text of this name
 */
char *
dot_parasite_get (GimpItem *item, const char *name)
{
  GimpParasite *parasite = item ? gimp_item_get_parasite (item, name) : gimp_get_parasite (name);
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
 * dot_parasite_set:
 * @item: (nullable): a layer that isn't in the image yet, where GIMP couldn't
 *   undo this, or %NULL for the profile
 * @text: (nullable): the text, or none
 */
void
dot_parasite_set (GimpItem *item, const char *name, const char *text)
{
  GimpParasite *parasite;

  if (! text)
    {
      if (item)
        gimp_item_detach_parasite (item, name);
      else
        gimp_detach_parasite (name);
      return;
    }

  parasite = gimp_parasite_new (name, GIMP_PARASITE_PERSISTENT, strlen (text), text);
  if (item)
    gimp_item_attach_parasite (item, parasite);
  else
    gimp_attach_parasite (parasite);
  gimp_parasite_free (parasite);
}
