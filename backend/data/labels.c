/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which class has which label. */

#include "labels.h"

#include "base/intl.h"

/**
 * dot_labels_new:
 * @names: (array zero-terminated=1): of all classes, used where the options
 *   don't name some
 *
 * Fills in @dataset's names.
 *
 * Returns: (transfer full): from a class's name, which stays the dataset's, to
 *   its label
 */
GHashTable *
dot_labels_new (DotDataset              *dataset,
                const DotDatasetOptions *options,
                const char *const       *names,
                GError                 **error)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

  if (options->classes)
    names = options->classes;
  for (guint i = 0; names[i]; i++)
    {
      char *name = g_strdup (names[i]);

      g_ptr_array_add (dataset->names, name);
      if (! g_hash_table_insert (labels, name, GUINT_TO_POINTER (i)))
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                       _ ("The class “%s” is given twice: give each once."), name);
          return NULL;
        }
    }
  return g_steal_pointer (&labels);
}

/**
 * dot_labels_check:
 *
 * Returns: whether there is an item of each label
 */
gboolean
dot_labels_check (const DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  g_autofree gboolean *found = g_new0 (gboolean, dataset->names->len);

  for (guint i = 0; i < dataset->labels->len; i++)
    found[g_array_index (dataset->labels, guint32, i)] = TRUE;
  for (guint i = 0; i < dataset->names->len; i++)
    if (! found[i])
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                     _ ("%s has no pictures of the class “%s”: leave it out, or check its name."),
                     options->path, dot_dataset_get_label_name (dataset, i));
        return FALSE;
      }
  return TRUE;
}
