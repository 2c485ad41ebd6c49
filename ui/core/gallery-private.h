/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_GALLERY_PRIVATE_H__
#define __DOT_GALLERY_PRIVATE_H__

#include "gallery.h"

G_BEGIN_DECLS

/* The smallest and the largest of some numbers; lowest > highest while there
 * is none. */
typedef struct
{
  double lowest;
  double highest;
} DotGalleryRange;

/* @selected: set of candidates; @marked: set of positions */
struct _DotGallery
{
  GObject parent_instance;

  GPtrArray      *rows;
  guint           n_updates;
  DotGalleryRange scores;
  DotGalleryRange distances;

  guint    position;
  guint    candidate;
  gboolean comparing;

  GHashTable *selected;
  GHashTable *marked;
};

void dot_gallery_emit_changed (DotGallery *gallery, DotGalleryChange change);

G_END_DECLS

#endif /* __DOT_GALLERY_PRIVATE_H__ */
