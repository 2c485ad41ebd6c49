/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A file of weights as a .safetensors.  */

#include "convert.h"

#include "format/safetensors.h"

#include "backend-intl.h"

typedef struct
{
  DotWeights   *weights;
  GHashTable   *rules;
  GCancellable *cancellable;
} Conversion;

static DotArray *
read_array (const char *key,
            gpointer    user_data,
            GError    **error)
{
  Conversion *conversion = user_data;
  DotShape    shape;

  if (g_cancellable_set_error_if_cancelled (conversion->cancellable, error))
    return NULL;
  if (conversion->rules)
    return dot_key_rule_read (g_hash_table_lookup (conversion->rules, key),
                              conversion->weights, error);
  if (! dot_weights_get_shape (conversion->weights, key, &shape, error))
    return NULL;
  return dot_weights_read (conversion->weights, key, shape.n_dims, shape.axes,
                           error);
}

static gboolean
declare_by_rules (DotSafetensorsWriter *writer,
                  Conversion           *conversion,
                  GError              **error)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       rule;

  g_hash_table_iter_init (&iter, conversion->rules);
  while (g_hash_table_iter_next (&iter, &key, &rule))
    {
      DotShape shape;

      if (! dot_key_rule_get_shape (rule, conversion->weights, &shape, error))
        return FALSE;
      dot_safetensors_writer_declare (writer, key, &shape);
    }
  return TRUE;
}

/* All but scalars, which are counters, and what is no array of numbers: no
 * architecture reads them.  */
static void
declare_all (DotSafetensorsWriter *writer,
             Conversion           *conversion)
{
  g_auto (GStrv) keys = dot_weights_list_keys (conversion->weights);

  for (guint i = 0; keys[i]; i++)
    {
      DotShape shape;

      if (dot_weights_get_shape (conversion->weights, keys[i], &shape, NULL)
          && shape.n_dims > 0)
        dot_safetensors_writer_declare (writer, keys[i], &shape);
    }
}

/* What is written is what was read, bit by bit.  */
static gboolean
compare_files (Conversion *conversion,
               const char *target,
               GError    **error)
{
  g_autoptr (DotWeights) written = dot_weights_open (target, error);
  g_auto (GStrv)         keys    = written ? dot_weights_list_keys (written)
                                           : NULL;

  for (guint i = 0; keys && keys[i]; i++)
    {
      g_autoptr (DotArray) array = read_array (keys[i], conversion, error);
      g_autoptr (DotArray) copy  = NULL;

      if (! array
          || ! (copy = dot_weights_read (written, keys[i], array->n_dims,
                                         array->shape, error)))
        return FALSE;
      if (array->n_items > 0
          && memcmp (array->data, copy->data,
                     array->n_items * sizeof (float)) != 0)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _("%s reads otherwise than it was written, at %s: check "
                         "the disk."), target, keys[i]);
          return FALSE;
        }
    }
  return keys != NULL;
}

/**
 * dot_convert_weights:
 * @source: an .npz or a .safetensors
 * @rules: (nullable): a key map's; without it all arrays keep their names
 * @target: the .safetensors that is written
 * @cancellable: (nullable):
 *
 * Writes the arrays of @source into @target, and reads them back.
 */
gboolean
dot_convert_weights (const char   *source,
                     GHashTable   *rules,
                     const char   *target,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (DotSafetensorsWriter) writer  = dot_safetensors_writer_new (target);
  g_autoptr (DotWeights)           weights = dot_weights_open (source, error);
  Conversion conversion = { weights, rules, cancellable };

  if (! weights)
    return FALSE;
  if (! rules)
    declare_all (writer, &conversion);
  else if (! declare_by_rules (writer, &conversion, error))
    return FALSE;

  return dot_safetensors_writer_write (writer, read_array, &conversion, error)
         && compare_files (&conversion, target, error);
}
