/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair's scores mean, as it was measured before, in the person's cache. */

#include "calibration-cache.h"

#include "pair-cache.h"

#include <math.h>

#define KIND "calibration"

/* "all", or "label3". */
static char *
find_group (DotModel *model, const DotClass *klass)
{
  g_autoptr (GString) group = g_string_new ("all");

  if (klass)
    g_string_printf (group, "label%u", klass->label);
  dot_pair_cache_append_settings (group, model);
  return g_string_free (g_steal_pointer (&group), FALSE);
}

/* (transfer full) (nullable): a list of finite numbers */
static GArray *
get_list (GKeyFile *file, const char *group, const char *key)
{
  gsize              n       = 0;
  g_autofree double *values  = g_key_file_get_double_list (file, group, key, &n, NULL);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < n; i++)
    if (! isfinite (values[i]))
      return NULL;
  if (n > 0)
    g_array_append_vals (numbers, values, (guint) n);
  return g_steal_pointer (&numbers);
}

static gboolean
read_bins (DotCalibration *calibration, GKeyFile *file, const char *group)
{
  g_autoptr (GArray) numbers = get_list (file, group, "curve");

  if (! numbers || numbers->len != 3 * DOT_CALIBRATION_BINS)
    return FALSE;
  for (guint i = 0; i < DOT_CALIBRATION_BINS; i++)
    {
      const double *bin = &g_array_index (numbers, double, 3 * i);

      if (! (bin[0] >= 0.0 && bin[0] <= G_MAXINT32))
        return FALSE;
      calibration->bins[i].n      = (gsize) bin[0];
      calibration->bins[i].chance = bin[1];
      calibration->bins[i].real   = bin[2];
    }
  return TRUE;
}

/**
 * dot_calibration_cache_look_up:
 * @klass: (nullable): %NULL for all classes together
 * @calibration: (out)
 * @real: (out) (nullable): the real pictures' scores
 *
 * Returns: whether it was measured
 */
gboolean
dot_calibration_cache_look_up (DotModel       *model,
                               const DotClass *klass,
                               DotCalibration *calibration,
                               GArray        **real)
{
  g_autoptr (GKeyFile) file = dot_pair_cache_load (model, KIND);
  g_autofree char *group    = find_group (model, klass);
  g_autoptr (GArray) scores = get_list (file, group, "real-scores");
  guint64 generated         = g_key_file_get_uint64 (file, group, "generated", NULL);

  if (! scores || scores->len == 0 || generated == 0 || ! read_bins (calibration, file, group))
    return FALSE;

  calibration->slope       = g_key_file_get_double (file, group, "slope", NULL);
  calibration->intercept   = g_key_file_get_double (file, group, "intercept", NULL);
  calibration->brier       = g_key_file_get_double (file, group, "brier", NULL);
  calibration->n_real      = scores->len;
  calibration->n_generated = generated;
  if (real)
    *real = g_steal_pointer (&scores);
  return isfinite (calibration->slope) && isfinite (calibration->intercept) &&
         isfinite (calibration->brier);
}

/**
 * dot_calibration_cache_find:
 *
 * As dot_calibration_cache_look_up(), for the class itself where that was measured,
 * else for all classes together.
 */
gboolean
dot_calibration_cache_find (DotModel       *model,
                            const DotClass *klass,
                            DotCalibration *calibration,
                            GArray        **real)
{
  if (dot_calibration_cache_look_up (model, klass, calibration, real))
    return TRUE;
  if (real)
    g_clear_pointer (real, g_array_unref);
  return dot_calibration_cache_look_up (model, NULL, calibration, real);
}

typedef struct
{
  const char           *group;
  const DotCalibration *calibration;
  const double         *real;
} Entry;

static void
set_entry (GKeyFile *file, gpointer data)
{
  const Entry          *entry       = data;
  const DotCalibration *calibration = entry->calibration;
  double                curve[3 * DOT_CALIBRATION_BINS];

  for (guint i = 0; i < DOT_CALIBRATION_BINS; i++)
    {
      curve[3 * i]     = (double) calibration->bins[i].n;
      curve[3 * i + 1] = calibration->bins[i].chance;
      curve[3 * i + 2] = calibration->bins[i].real;
    }
  g_key_file_set_double (file, entry->group, "slope", calibration->slope);
  g_key_file_set_double (file, entry->group, "intercept", calibration->intercept);
  g_key_file_set_double (file, entry->group, "brier", calibration->brier);
  g_key_file_set_uint64 (file, entry->group, "generated", calibration->n_generated);
  g_key_file_set_double_list (file, entry->group, "curve", curve, G_N_ELEMENTS (curve));
  g_key_file_set_double_list (file, entry->group, "real-scores", (double *) entry->real,
                              calibration->n_real);
}

/**
 * dot_calibration_cache_store:
 * @klass: (nullable): %NULL for all classes together
 * @real: (n_real) the real pictures' scores
 */
void
dot_calibration_cache_store (DotModel             *model,
                             const DotClass       *klass,
                             const DotCalibration *calibration,
                             const double         *real)
{
  g_autofree char *group = find_group (model, klass);

  dot_pair_cache_change (model, KIND, set_entry, &(Entry) { group, calibration, real });
}

static void
remove_groups (GKeyFile *file, gpointer data)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i]; i++)
    g_key_file_remove_group (file, groups[i], NULL);
}

/**
 * dot_calibration_cache_clear:
 *
 * Forgets all that was measured.
 */
void
dot_calibration_cache_clear (DotModel *model)
{
  dot_pair_cache_change (model, KIND, remove_groups, NULL);
}

/**
 * dot_calibration_cache_describe:
 *
 * Returns: (transfer full): a checksum of all that was measured
 */
char *
dot_calibration_cache_describe (DotModel *model)
{
  g_autoptr (GKeyFile) file = dot_pair_cache_load (model, KIND);
  g_autofree char *text     = g_key_file_to_data (file, NULL, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/**
 * dot_calibration_cache_export:
 * @path: (type filename): gets all that was measured
 *
 * Writes what a model's folder may bring along as calibration.ini.
 *
 * Returns: whether it is written
 */
gboolean
dot_calibration_cache_export (DotModel *model, const char *path, GError **error)
{
  return dot_pair_cache_export (model, KIND, path, error);
}
