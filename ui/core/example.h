/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dot.h"

G_BEGIN_DECLS

/* How many there are at most. */
#define DOT_EXAMPLES 3

/**
 * DotExample:
 * @class_name: what it shows
 * @seed: where it starts
 * @picture: (nullable): what that looks like
 *
 * A run that is worth a first look.
 */
typedef struct
{
  char      *class_name;
  guint      seed;
  GdkPixbuf *picture;
} DotExample;

GPtrArray *dot_example_list (DotModel *model);

G_END_DECLS
