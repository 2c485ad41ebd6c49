/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A file of weights as a .safetensors, or as it is. */

#include "convert.h"

#include "base/whole-file.h"
#include "format/safetensors.h"
#include "format/weights-part.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  DotWeights   *weights;
  GHashTable   *rules;
  GCancellable *cancellable;
} Conversion;

/* What isn't an array in the file is one of one number. */
static DotArray *
new_number (double number, GError **error)
{
  gsize     none  = 0;
  DotArray *array = dot_array_new (0, &none, error);

  if (array)
    array->data[0] = (float) number;
  return array;
}

static DotArray *
read_array (const char *key, gpointer user_data, GError **error)
{
  Conversion *conversion = user_data;
  DotShape    shape;
  double      number;

  if (g_cancellable_set_error_if_cancelled (conversion->cancellable, error))
    return NULL;
  if (conversion->rules)
    return dot_key_map_read (g_hash_table_lookup (conversion->rules, key), conversion->weights,
                             error);
  if (! dot_weights_has (conversion->weights, key) &&
      dot_weights_get_attribute (conversion->weights, key, &number))
    return new_number (number, error);
  if (! dot_weights_get_shape (conversion->weights, key, &shape, error))
    return NULL;
  return dot_weights_read (conversion->weights, key, shape.n_dims, shape.axes, error);
}

static gboolean
declare_by_rules (DotSafetensorsWriter *writer, Conversion *conversion, GError **error)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       rule;

  g_hash_table_iter_init (&iter, conversion->rules);
  while (g_hash_table_iter_next (&iter, &key, &rule))
    {
      DotShape shape;

      if (! dot_key_map_get_shape (rule, conversion->weights, &shape, error))
        return FALSE;
      dot_safetensors_writer_declare (writer, key, &shape);
    }
  return TRUE;
}

/* Numbers that networks are computed with; others by themselves are counters. */
static const char *const numbers[] = { ".gamma", ".noise_strength", ".conv_clamp", ".group_size" };

/* Such as aren't arrays in their authors' files: StyleGAN2's. */
static const char *const attributes[] = { "synthesis.b4.conv1.conv_clamp", "b4.conv.conv_clamp",
                                          "b4.mbstd.group_size" };

static gboolean
is_weight (const char *key, const DotShape *shape)
{
  for (guint i = 0; shape->n_dims == 0 && i < G_N_ELEMENTS (numbers); i++)
    if (g_str_has_suffix (key, numbers[i]))
      return TRUE;
  return shape->n_dims > 0;
}

/* All but counters, and what is no array of numbers: no architecture reads
 * them. */
static void
declare_all (DotSafetensorsWriter *writer, Conversion *conversion)
{
  g_auto (GStrv) keys = dot_weights_list_keys (conversion->weights);

  for (guint i = 0; keys[i]; i++)
    {
      DotShape shape;

      if (dot_weights_get_shape (conversion->weights, keys[i], &shape, NULL) &&
          is_weight (keys[i], &shape))
        dot_safetensors_writer_declare (writer, keys[i], &shape);
    }
}

static void
declare_attributes (DotSafetensorsWriter *writer, Conversion *conversion)
{
  const DotShape one = { .n_dims = 0 };
  double         number;

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (! dot_weights_has (conversion->weights, attributes[i]) &&
        dot_weights_get_attribute (conversion->weights, attributes[i], &number))
      dot_safetensors_writer_declare (writer, attributes[i], &one);
}

/* What is written is what was read, bit by bit. */
static gboolean
compare_files (Conversion *conversion, const char *target, GError **error)
{
  g_autoptr (DotWeights) written = dot_weights_open (target, error);
  g_auto (GStrv) keys            = written ? dot_weights_list_keys (written) : NULL;

  for (guint i = 0; keys && keys[i]; i++)
    {
      g_autoptr (DotArray) array = read_array (keys[i], conversion, error);
      g_autoptr (DotArray) copy  = NULL;

      if (! array ||
          ! (copy = dot_weights_read (written, keys[i], array->n_dims, array->shape, error)))
        return FALSE;
      if (array->n_items > 0 &&
          memcmp (array->data, copy->data, array->n_items * sizeof (float)) != 0)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _ ("%s reads otherwise than it was written, at %s: check the disk."), target,
                       keys[i]);
          return FALSE;
        }
    }
  return keys != NULL;
}

static gboolean
copy_file (const char *source, const char *target, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) from         = g_file_new_for_path (source);
  g_autofree char *beside        = g_strdup_printf ("%s.%06X", target, g_random_int () & 0xffffff);
  g_autoptr (GFile) between      = g_file_new_for_path (beside);
  g_autoptr (GFile) to           = g_file_new_for_path (target);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *shown         = g_filename_display_name (target);

  /* Who is killed while it copies leaves no half file of that name. */
  if (g_file_copy (from, between, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL,
                   &local_error) &&
      g_file_move (between, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local_error))
    return TRUE;

  g_unlink (beside);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s can't be written (%s): choose another place or free some space."), shown,
                 local_error->message);
  return FALSE;
}

/**
 * dot_convert_copy:
 * @source: a file that stays as it is: a program
 * @target: the new file
 * @cancellable: (nullable):
 *
 * Copies a file, and reads it back.
 */
gboolean
dot_convert_copy (const char *source, const char *target, GCancellable *cancellable, GError **error)
{
  g_autofree char *from  = NULL;
  g_autofree char *to    = NULL;
  g_autofree char *shown = g_filename_display_name (target);

  if (! copy_file (source, target, cancellable, error) ||
      ! (from = dot_whole_file_get_checksum (source, error)) ||
      ! (to = dot_whole_file_get_checksum (target, error)))
    return FALSE;
  if (strcmp (from, to) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s reads otherwise than it was written: check the disk."), shown);
  return FALSE;
}

/**
 * dot_convert_weights:
 * @source: a file of arrays; of one with several networks those of @role count
 * @role: 0 for the generator, 1 for the discriminator
 * @rules: (nullable): a key map's; without it all arrays keep their names
 * @target: the .safetensors that is written
 * @cancellable: (nullable):
 *
 * Writes the arrays of @source into @target, and reads them back.
 */
gboolean
dot_convert_weights (const char   *source,
                     guint         role,
                     GHashTable   *rules,
                     const char   *target,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (DotSafetensorsWriter) writer = dot_safetensors_writer_new (target);
  g_autoptr (DotWeights) weights          = rules ? dot_weights_open (source, error)
                                                  : dot_weights_part_open (source, role, error);
  Conversion conversion                   = { weights, rules, cancellable };

  if (! weights)
    return FALSE;
  if (! rules)
    {
      declare_all (writer, &conversion);
      declare_attributes (writer, &conversion);
    }
  else if (! declare_by_rules (writer, &conversion, error))
    return FALSE;
  return dot_safetensors_writer_write (writer, read_array, &conversion, error) &&
         compare_files (&conversion, target, error);
}
