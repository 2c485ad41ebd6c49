/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "position.h"

#include "parasite.h"

/* Where a run's group goes in an open image: just above the active layer.
 * After a run that is a layer inside the run's own group, and the next run
 * goes above that group, not into it.  A parasite tells such groups. */
#define PARASITE_NAME "dot-refine-run"

static gboolean
is_run (GimpItem *item)
{
  g_autofree char *mark = dot_parasite_get (item, PARASITE_NAME);

  return mark != NULL;
}

/* The group of the run that @item is a part of, or @item. */
static GimpItem *
find_run (GimpItem *item)
{
  for (GimpItem *at = item; at; at = gimp_item_get_parent (at))
    if (is_run (at))
      return at;
  return item;
}

/**
 * dot_position_find:
 * @parent: (out) (nullable): the group that the run's goes into, if any
 *
 * Returns: where in @parent the run's group goes
 */
int
dot_position_find (GimpImage *image, GimpLayer **parent)
{
  g_autofree GimpLayer **selected = gimp_image_get_selected_layers (image);
  GimpItem              *below;
  GimpItem              *group;

  *parent = NULL;
  if (! selected || ! selected[0])
    return 0;

  below = find_run (GIMP_ITEM (selected[0]));
  group = gimp_item_get_parent (below);
  if (group)
    *parent = GIMP_LAYER (group);
  return gimp_image_get_item_position (image, below);
}

/**
 * dot_position_mark:
 * @group: will hold all layers of a run; not in the image yet, where GIMP
 *   couldn't undo this
 *
 * Has further runs go above the group.
 */
void
dot_position_mark (GimpLayer *group)
{
  dot_parasite_set (GIMP_ITEM (group), PARASITE_NAME, "1");
}
