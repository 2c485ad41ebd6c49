/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DotSlice:
 * @bytes: (array length=size) (transfer none): not terminated
 *
 * Bytes that lie in a mapped file.
 */
typedef struct
{
  const guint8 *bytes;
  gsize         size;
} DotSlice;

gboolean dot_slice_take (DotSlice *from, guint64 size, DotSlice *taken);
gboolean dot_slice_take_number (DotSlice *from, guint size, guint64 *number);
gboolean dot_slice_take_line (DotSlice *from, DotSlice *line);
gboolean dot_slice_is (const DotSlice *slice, const char *text);
gboolean dot_slice_ends_with (const DotSlice *slice, const char *text);
guint    dot_slice_hash (gconstpointer slice);
gboolean dot_slice_equal (gconstpointer a, gconstpointer b);
char    *dot_slice_to_line (const DotSlice *slice);

G_END_DECLS
