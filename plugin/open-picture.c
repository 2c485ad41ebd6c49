/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an open image shows, for the latent of it to be looked for: without the
 * layers of earlier runs, which cover what they came from. */

#include "config.h"

#include "open-picture.h"

#include "layer-state.h"

/* GIMP makes none that is larger. */
#define MAX_SIDE 1024

/* Of what can be seen in an image. */
typedef struct
{
  gboolean ours;
  gboolean others;
} Seen;

/* Where @hide is set the filter's own layers can't be seen afterwards. */
static void
look (GimpItem **items, gboolean hide, Seen *seen)
{
  for (guint i = 0; items && items[i]; i++)
    {
      g_autofree GimpItem **children = NULL;
      g_autofree char      *state    = NULL;

      if (! gimp_item_get_visible (items[i]))
        continue;

      if (gimp_item_is_group (items[i]))
        {
          children = gimp_item_get_children (items[i]);
          look (children, hide, seen);
          continue;
        }
      state = dot_layer_state_get (GIMP_LAYER (items[i]));
      if (state && hide)
        gimp_item_set_visible (items[i], FALSE);
      seen->ours |= state != NULL;
      seen->others |= state == NULL;
    }
}

static Seen
look_at_image (GimpImage *image, gboolean hide)
{
  g_autofree GimpLayer **layers = gimp_image_get_layers (image);
  Seen                   seen   = { FALSE, FALSE };

  look ((GimpItem **) layers, hide, &seen);
  return seen;
}

/* As PNG: a small one that is quickly made. */
static GBytes *
encode (GdkPixbuf *pixbuf)
{
  char *bytes = NULL;
  gsize size;

  if (! gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", NULL, "compression", "1", NULL))
    return NULL;
  return g_bytes_new_take (bytes, size);
}

/* GIMP scales what is larger. */
static GBytes *
read_all (GimpImage *image)
{
  int side                     = MAX (gimp_image_get_width (image), gimp_image_get_height (image));
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  side   = MIN (side, MAX_SIDE);
  pixbuf = gimp_image_get_thumbnail (image, side, side, GIMP_PIXBUF_KEEP_ALPHA);
  return pixbuf ? encode (pixbuf) : NULL;
}

/**
 * dot_open_picture_is_there:
 * @image: (nullable):
 *
 * Returns: whether it has something to see
 */
gboolean
dot_open_picture_is_there (GimpImage *image)
{
  g_autofree GimpLayer **layers = NULL;

  if (! image || ! gimp_image_is_valid (image))
    return FALSE;

  layers = gimp_image_get_layers (image);
  return layers && layers[0];
}

/**
 * dot_open_picture_read:
 * @image: (nullable): isn't changed
 *
 * Returns: (transfer full) (nullable): a file of what it shows, the filter's own layers
 *   left out where there are others
 */
GBytes *
dot_open_picture_read (GimpImage *image)
{
  GimpImage *copy;
  GBytes    *bytes;
  Seen       seen;

  if (! dot_open_picture_is_there (image))
    return NULL;

  seen = look_at_image (image, FALSE);
  copy = seen.ours && seen.others ? gimp_image_duplicate (image) : NULL;
  if (! copy)
    return read_all (image);

  look_at_image (copy, TRUE);
  bytes = read_all (copy);
  gimp_image_delete (copy);
  return bytes;
}
