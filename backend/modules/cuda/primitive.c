/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What every kind of primitive is asked. */

#include "cuda-context.h"

void
dot_primitive_free (DotPrimitive *primitive)
{
  if (! primitive)
    return;

  if (primitive->clear)
    primitive->clear (primitive);
  g_free (primitive);
}

gsize
dot_primitive_get_scratch_size (const DotPrimitive *primitive)
{
  return primitive->scratch_size;
}

/**
 * dot_primitive_place:
 *
 * Says where in the GPU's memory an argument is.
 */
gboolean
dot_primitive_place (DotPrimitive *primitive, DotArgument argument, gpointer data, GError **error)
{
  primitive->places[argument] = data;
  return TRUE;
}

/**
 * dot_primitive_run:
 *
 * Has the GPU compute it, in its order; every argument must have its place.
 */
gboolean
dot_primitive_run (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  return primitive->run (primitive, context, error);
}
