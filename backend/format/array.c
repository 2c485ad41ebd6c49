/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "array.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

/* Of a float: all ones in a NaN or an infinity. */
#define EXPONENT 0x7f800000u

#define BLOCK 1024

/* An array without data; %NULL where the shape's product overflows. */
static DotArray *
array_alloc (guint n_dims, const gsize *shape)
{
  DotArray *array = g_new0 (DotArray, 1);
  gboolean  fits  = n_dims <= DOT_ARRAY_MAX_DIMS;

  g_atomic_ref_count_init (&array->ref_count);
  array->n_dims  = n_dims;
  array->n_items = 1;
  for (guint i = 0; fits && i < n_dims; i++)
    {
      array->shape[i] = shape[i];
      fits            = g_size_checked_mul (&array->n_items, array->n_items, shape[i]);
    }
  if (! fits)
    g_clear_pointer (&array, g_free);
  return array;
}

/**
 * dot_array_new:
 *
 * Returns: (transfer full): an array of zeros, or %NULL with
 *   %DOT_ERROR_NO_MEMORY, also where the shape's product overflows
 */
DotArray *
dot_array_new (guint n_dims, const gsize *shape, GError **error)
{
  DotArray *array = array_alloc (n_dims, shape);

  if (array)
    array->data = array->storage = g_try_new0 (float, MAX (array->n_items, 1));
  if (array && array->data)
    return array;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the model's weights: "
                  "close other programs or take a smaller model."));
  g_free (array);
  return NULL;
}

/**
 * dot_array_adopt:
 * @bytes: (transfer full): holds the array's floats, as this computer has
 *   them, from @offset on, which is a multiple of four
 * @shape: whose product must be how many floats there are
 *
 * Returns: (transfer full): an array around them, without a copy
 */
DotArray *
dot_array_adopt (guint8 *bytes, gsize offset, guint n_dims, const gsize *shape)
{
  DotArray *array = array_alloc (n_dims, shape);

  g_return_val_if_fail (array != NULL, NULL);

  array->storage = bytes;
  array->data    = (float *) (bytes + offset);
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
      g_free (array->storage);
      g_free (array);
    }
}

/* A block at once, without a branch, is a vector instruction's work. */
static gboolean
is_finite_block (const float *values)
{
  guint32 found = 0;

  for (gsize i = 0; i < BLOCK; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof (bits));
      found |= (bits & EXPONENT) == EXPONENT;
    }
  return ! found;
}

/**
 * dot_array_check_finite:
 * @path, @key: where @array comes from, for the message
 */
gboolean
dot_array_check_finite (const DotArray *array, const char *path, const char *key, GError **error)
{
  gsize i = 0;

  while (i + BLOCK <= array->n_items && is_finite_block (array->data + i))
    i += BLOCK;
  while (i < array->n_items && isfinite (array->data[i]))
    i++;
  if (i == array->n_items)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s holds a NaN or an infinity: its training "
                  "failed, take an earlier snapshot."),
               path, key);
  return FALSE;
}

/**
 * dot_array_check_shape:
 * @found: what the file has
 * @n_dims, @shape: what it must have
 * @path, @key: where it comes from, for the message
 */
gboolean
dot_array_check_shape (const DotShape *found,
                       guint           n_dims,
                       const gsize    *shape,
                       const char     *path,
                       const char     *key,
                       GError        **error)
{
  g_autofree char *has   = NULL;
  g_autofree char *needs = NULL;
  gboolean         same  = found->n_dims == n_dims;

  for (guint i = 0; same && i < n_dims; i++)
    same = found->axes[i] == shape[i];
  if (same)
    return TRUE;

  has   = dot_array_shape_to_string (found->n_dims, found->axes);
  needs = dot_array_shape_to_string (n_dims, shape);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s has shape %s where %s is needed: it is another architecture, or damaged; "
                  "give the right file or architecture."),
               path, key, has, needs);
  return FALSE;
}

/**
 * dot_array_shape_to_string:
 *
 * Returns: (transfer full): "(64, 3, 3)", for messages
 */
char *
dot_array_shape_to_string (guint n_dims, const gsize *shape)
{
  GString *text = g_string_new ("(");

  for (guint i = 0; i < n_dims; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i ? ", " : "", shape[i]);
  g_string_append (text, n_dims == 1 ? ",)" : ")");
  return g_string_free (text, FALSE);
}
