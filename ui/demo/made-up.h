/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/gallery.h"

G_BEGIN_DECLS

/**
 * DotMadeUp:
 * @candidates: how many pictures there are
 * @updates: how many updates the run has
 * @size: of a picture, in pixels
 *
 * A run that never was.
 */
typedef struct
{
  guint candidates;
  guint updates;
  guint size;
} DotMadeUp;

void dot_made_up_add (const DotMadeUp *run, DotGallery *gallery, guint update);

G_END_DECLS
