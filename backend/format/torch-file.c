/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Networks as PyTorch's users keep them (.pth, .pt, .ckpt, .pkl): pickles, which
 * are programs.  Here they are read as data: see pickle.c. */

#include "torch-file.h"

#include "file-kind.h"
#include "torch-file-legacy.h"
#include "torch-file-names.h"
#include "torch-file-plain.h"
#include "torch-file-zip.h"

#include "base/intl.h"
#include "base/whole-file.h"

struct _DotTorchFile
{
  char             *path;
  GMappedFile      *mapping;
  DotPickleArena    arena;
  DotTorchFileNames names;
};

static DotPickleValue *
load_root (DotTorchFile *file, GError **error)
{
  DotSlice whole = { (const guint8 *) g_mapped_file_get_contents (file->mapping),
                     g_mapped_file_get_length (file->mapping) };

  switch ((int) dot_file_kind_find (file->path))
    {
    case DOT_FILE_KIND_CHECKPOINT:
      return dot_torch_file_zip_load (file->path, &whole, &file->arena, error);
    case DOT_FILE_KIND_OLD_CHECKPOINT:
      return dot_torch_file_legacy_load (file->path, &whole, &file->arena, error);
    default:
      return dot_torch_file_plain_load (file->path, &whole, &file->arena, error);
    }
}

static gboolean
read_names (DotTorchFile *file, GError **error)
{
  DotPickleValue *root = file->mapping ? load_root (file, error) : NULL;

  return root && dot_torch_file_names_init (&file->names, root, file->path, error);
}

/**
 * dot_torch_file_open:
 * @path: of a zip by torch.save(), what it wrote before that, or any other pickle
 *
 * Returns: (transfer full): the file, mapped, with the names and places of its
 *   arrays; none of their numbers are read yet, and nothing of it is run
 */
DotTorchFile *
dot_torch_file_open (const char *path, GError **error)
{
  g_autoptr (DotTorchFile) file = g_new0 (DotTorchFile, 1);

  file->path = g_strdup (path);
  dot_pickle_value_arena_init (&file->arena);
  file->mapping = dot_whole_file_map (path, error);
  if (! read_names (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
dot_torch_file_close (DotTorchFile *file)
{
  if (file)
    {
      dot_torch_file_names_clear (&file->names);
      dot_pickle_value_arena_clear (&file->arena);
      g_clear_pointer (&file->mapping, g_mapped_file_unref);
      g_free (file->path);
      g_free (file);
    }
}

const char *
dot_torch_file_get_path (DotTorchFile *file)
{
  return file->path;
}

/**
 * dot_torch_file_list_keys:
 *
 * Returns: (transfer full): the names of all arrays, in the order of the file
 */
GStrv
dot_torch_file_list_keys (DotTorchFile *file)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < file->names.keys->len; i++)
    g_strv_builder_add (keys, file->names.keys->pdata[i]);
  return g_strv_builder_end (keys);
}

/* (nullable) */
static const DotTensor *
find_tensor (DotTorchFile *file, const char *key)
{
  const DotPickleValue *value = g_hash_table_lookup (file->names.values, key);

  return value && value->kind == DOT_PICKLE_TENSOR ? value->tensor : NULL;
}

gboolean
dot_torch_file_has (DotTorchFile *file, const char *key)
{
  return find_tensor (file, key) != NULL;
}

static const DotTensor *
require (DotTorchFile *file, const char *key, GError **error)
{
  const DotTensor *tensor = find_tensor (file, key);

  if (! tensor)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s: it is another architecture, or damaged; "
                    "give the right file or architecture."),
                 file->path, key);
  return tensor;
}

/**
 * dot_torch_file_get_shape:
 * @shape: (out): of @key
 */
gboolean
dot_torch_file_get_shape (DotTorchFile *file, const char *key, DotShape *shape, GError **error)
{
  const DotTensor *tensor = require (file, key, error);

  if (tensor)
    *shape = tensor->shape;
  return tensor != NULL;
}

/**
 * dot_torch_file_read:
 * @n_dims, @shape: what @key must have
 *
 * Returns: (transfer full): the weights under @key, all finite
 */
DotArray *
dot_torch_file_read (DotTorchFile *file,
                     const char   *key,
                     guint         n_dims,
                     const gsize  *shape,
                     GError      **error)
{
  const DotTensor *tensor    = require (file, key, error);
  g_autoptr (DotArray) array = NULL;

  if (! tensor || ! dot_array_check_shape (&tensor->shape, n_dims, shape, file->path, key, error) ||
      ! (array = dot_array_new (n_dims, shape, error)))
    return NULL;

  dot_tensor_read (tensor, array->data);
  if (! dot_array_check_finite (array, file->path, key, error))
    return NULL;
  return g_steal_pointer (&array);
}

/*  what lies beside the arrays  */

/**
 * dot_torch_file_get_number:
 * @name: of an entry, or of an object's attribute: "step", "G_ema/z_dim"
 * @number: (out):
 *
 * Returns: whether there is such a number; true and false are 1 and 0
 */
gboolean
dot_torch_file_get_number (DotTorchFile *file, const char *name, double *number)
{
  const DotPickleValue *value = g_hash_table_lookup (file->names.values, name);

  if (value && value->kind == DOT_PICKLE_REAL)
    *number = value->real;
  else if (value && (value->kind == DOT_PICKLE_INTEGER || value->kind == DOT_PICKLE_BOOLEAN))
    *number = (double) value->integer;
  else
    return FALSE;
  return TRUE;
}

/**
 * dot_torch_file_get_text:
 * @name: as of a number; of an object: "G_ema", "G_ema/mapping"
 *
 * Returns: (transfer full) (nullable): a text's first words, or the name of an
 *   object's class
 */
char *
dot_torch_file_get_text (DotTorchFile *file, const char *name)
{
  const DotPickleValue *value = g_hash_table_lookup (file->names.values, name);

  if (value && value->kind == DOT_PICKLE_TEXT)
    return dot_slice_to_line (&value->text);
  if (value && value->kind == DOT_PICKLE_OBJECT)
    return dot_slice_to_line (&value->name);
  return NULL;
}
