/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "architecture.h"

G_BEGIN_DECLS

/**
 * DotArchitectureArray:
 * @name: its key in the file
 * @axes: its shape: numbers, "z" for those of a latent, "classes" for the rows of
 *   the label tables, and multiples and fractions of "ch", the file's width
 * @when: (nullable): which of the architecture's networks has it, translated;
 *   %NULL where all do
 *
 * An array that a network of an architecture is read from.
 */
typedef struct
{
  char       *name;
  GStrv       axes;
  const char *when;
} DotArchitectureArray;

guint      dot_architecture_arrays_choose_size (const DotArchitecture *architecture,
                                                guint                  image_size,
                                                GError               **error);
GPtrArray *dot_architecture_arrays_list (const DotArchitecture *architecture,
                                         guint                  image_size,
                                         guint                  file);

G_END_DECLS
