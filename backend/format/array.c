/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "array.h"

#include "backend-intl.h"

/**
 * dot_array_new:
 *
 * Returns: (transfer full): an array of zeros, or %NULL with
 *   %DOT_ERROR_NO_MEMORY, also where the shape's product overflows
 */
DotArray *
dot_array_new (guint        n_dims,
               const gsize *shape,
               GError     **error)
{
  DotArray *array = g_new0 (DotArray, 1);
  gboolean  fits  = n_dims <= DOT_ARRAY_MAX_DIMS;

  g_atomic_ref_count_init (&array->ref_count);
  array->n_dims  = n_dims;
  array->n_items = 1;
  for (guint i = 0; fits && i < n_dims; i++)
    {
      array->shape[i] = shape[i];
      fits = g_size_checked_mul (&array->n_items, array->n_items, shape[i]);
    }
  if (fits)
    array->data = g_try_new0 (float, MAX (array->n_items, 1));

  if (! array->data)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _("There is not enough memory for the model's weights: "
                     "close other programs or take a smaller model."));
      g_free (array);
      return NULL;
    }

  return array;
}

DotArray *
dot_array_ref (DotArray *array)
{
  g_atomic_ref_count_inc (&array->ref_count);
  return array;
}

void
dot_array_unref (DotArray *array)
{
  if (array && g_atomic_ref_count_dec (&array->ref_count))
    {
      g_free (array->data);
      g_free (array);
    }
}

/**
 * dot_shape_to_string:
 *
 * Returns: (transfer full): "(64, 3, 3)", for messages
 */
char *
dot_shape_to_string (guint        n_dims,
                     const gsize *shape)
{
  GString *text = g_string_new ("(");

  for (guint i = 0; i < n_dims; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i ? ", " : "", shape[i]);
  g_string_append (text, n_dims == 1 ? ",)" : ")");

  return g_string_free (text, FALSE);
}
