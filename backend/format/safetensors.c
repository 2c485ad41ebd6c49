/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Reading safetensors: eight bytes that say how long the header is, the
 * header in JSON, and the numbers, little-endian and in C order. */

#include "safetensors.h"

#include "number.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <string.h>

#define LENGTH_SIZE 8
#define MAX_HEADER  (100 * 1000 * 1000)

struct _DotSafetensors
{
  char         *path;
  GMappedFile  *mapping;
  const guint8 *data;
  GHashTable   *tensors;
};

static gboolean
fail (DotSafetensors *file, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is no readable .safetensors file (%s): download or export it again."), file->path,
               reason);
  return FALSE;
}

static gboolean
map_file (DotSafetensors *file, GError **error)
{
  file->mapping = dot_whole_file_map (file->path, error);
  return file->mapping != NULL;
}

static gboolean
read_header (DotSafetensors *file, GError **error)
{
  gsize         size  = g_mapped_file_get_length (file->mapping);
  const guint8 *bytes = (const guint8 *) g_mapped_file_get_contents (file->mapping);
  guint64       length;

  if (size < LENGTH_SIZE)
    return fail (file, _ ("it is cut off"), error);
  memcpy (&length, bytes, LENGTH_SIZE);
  length = GUINT64_FROM_LE (length);
  if (length > MAX_HEADER)
    return fail (file, _ ("its header is longer than 100 MB"), error);
  if (length > size - LENGTH_SIZE)
    return fail (file, _ ("it is cut off"), error);

  file->data    = bytes + LENGTH_SIZE + length;
  file->tensors = dot_safetensors_header_parse ((const char *) bytes + LENGTH_SIZE, length,
                                                size - LENGTH_SIZE - length, file->path, error);
  return file->tensors != NULL;
}

/**
 * dot_safetensors_open:
 *
 * Returns: (transfer full): @path with its header read and checked, its
 *   numbers mapped
 */
DotSafetensors *
dot_safetensors_open (const char *path, GError **error)
{
  g_autoptr (DotSafetensors) file = g_new0 (DotSafetensors, 1);

  file->path = g_strdup (path);
  if (! map_file (file, error) || ! read_header (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
dot_safetensors_close (DotSafetensors *file)
{
  if (file)
    {
      g_clear_pointer (&file->tensors, g_hash_table_unref);
      g_clear_pointer (&file->mapping, g_mapped_file_unref);
      g_free (file->path);
      g_free (file);
    }
}

const char *
dot_safetensors_get_path (DotSafetensors *file)
{
  return file->path;
}

/**
 * dot_safetensors_list_keys:
 *
 * Returns: (transfer full): the names of all arrays
 */
GStrv
dot_safetensors_list_keys (DotSafetensors *file)
{
  guint             n;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (file->tensors, &n);

  return g_strdupv (names);
}

/**
 * dot_safetensors_look_up:
 *
 * Returns: (transfer none) (nullable): the array called @key
 */
const DotSafetensor *
dot_safetensors_look_up (DotSafetensors *file, const char *key)
{
  return g_hash_table_lookup (file->tensors, key);
}

static const DotSafetensor *
require (DotSafetensors *file, const char *key, GError **error)
{
  const DotSafetensor *tensor = dot_safetensors_look_up (file, key);

  if (! tensor)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s: it is another architecture, or damaged; "
                    "give the right file or architecture."),
                 file->path, key);
  return tensor;
}

/**
 * dot_safetensors_get_shape:
 * @shape: (out): of @key
 */
gboolean
dot_safetensors_get_shape (DotSafetensors *file, const char *key, DotShape *shape, GError **error)
{
  const DotSafetensor *tensor = require (file, key, error);

  if (tensor)
    *shape = tensor->shape;
  return tensor != NULL;
}

/**
 * dot_safetensors_read:
 * @n_dims, @shape: what @key must have
 *
 * Returns: (transfer full): the weights under @key, all finite
 */
DotArray *
dot_safetensors_read (DotSafetensors *file,
                      const char     *key,
                      guint           n_dims,
                      const gsize    *shape,
                      GError        **error)
{
  const DotSafetensor *tensor = require (file, key, error);
  g_autoptr (DotArray) array  = NULL;
  DotNumberType type;

  if (! tensor || ! dot_array_check_shape (&tensor->shape, n_dims, shape, file->path, key, error) ||
      ! (array = dot_array_new (n_dims, shape, error)))
    return NULL;

  type = (DotNumberType) { .kind = tensor->kind, .size = tensor->item_size };
  dot_number_read_all (&type, file->data + tensor->begin, tensor->n_items, array->data);
  if (! dot_array_check_finite (array, file->path, key, error))
    return NULL;
  return g_steal_pointer (&array);
}
