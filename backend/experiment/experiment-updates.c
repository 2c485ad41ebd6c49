/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers of updates, as they were given. */

#include "experiment-updates.h"

static int
compare (gconstpointer a, gconstpointer b)
{
  guint one   = *(const guint *) a;
  guint other = *(const guint *) b;

  return (one > other) - (one < other);
}

/**
 * dot_experiment_updates_list:
 * @name: of an option that is counts
 *
 * Returns: (transfer full) (element-type guint): ascending, each once
 */
GArray *
dot_experiment_updates_list (const DotExperimentValues *values, const char *name)
{
  GArray *updates = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < dot_experiment_values_get_n (values, name); i++)
    {
      guint update = dot_experiment_values_get_count (values, name, i);

      g_array_append_val (updates, update);
    }
  g_array_sort (updates, compare);
  for (guint i = updates->len; i-- > 1;)
    if (g_array_index (updates, guint, i) == g_array_index (updates, guint, i - 1))
      g_array_remove_index (updates, i);
  return updates;
}
