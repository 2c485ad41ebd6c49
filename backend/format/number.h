/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DotNumberType:
 * @kind: 'f' floating point, 'h' bfloat16, 'i' signed, 'u' unsigned, 'b' bool
 * @size: in bytes
 * @big_endian: whether the highest byte comes first
 *
 * How numbers lie in a file.
 */
typedef struct
{
  char     kind;
  guint    size;
  gboolean big_endian;
} DotNumberType;

float    dot_number_read (const DotNumberType *type, const guint8 *item);
gboolean dot_number_is_float (const DotNumberType *type);
void dot_number_read_all (const DotNumberType *type, const guint8 *items, gsize n, float *values);

G_END_DECLS
