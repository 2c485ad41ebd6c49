/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where batches of samples are kept, and of what options they are. */

#include "samples-work.h"

#include "dot-enums.h"

#include "engine/calibration-cache.h"
#include "engine/pair-cache.h"
#include "engine/pair.h"
#include "method/method.h"
#include "model/model.h"

#include "base/intl.h"

/* What a method has beside what all have. */
static void
describe_method (const DotRefineOptions *run, DotModel *model, GString *text)
{
  g_autofree char *calibration = NULL;
  guint            n;
  const DotOption *table = dot_option_list (&n);

  if (dot_method_is_transport (run->method))
    return;
  for (guint i = 0; i < n; i++)
    if (table[i].methods && dot_option_is_of (&table[i], run->method))
      g_string_append_printf (text, " %.17g", dot_option_get_number (&table[i], run));
  if (! (dot_method_get_class (run->method)->needs & DOT_METHOD_NEEDS_CALIBRATION))
    return;
  calibration = dot_calibration_cache_describe (model);
  g_string_append_printf (text, " %s", calibration);
}

/* All that decides the numbers. */
static char *
describe (DotPair                 *pair,
          const DotSamplesOptions *options,
          DotFeatures *const      *networks,
          guint                    n_networks)
{
  const DotRefineOptions *run   = options->run;
  DotModel               *model = dot_pair_get_model (pair);
  g_autoptr (GString) text      = g_string_new (NULL);

  g_string_append_printf (text, "2 %s %s %s %s %d %s %" G_GINT64_FORMAT " %zu %zu",
                          dot_model_get_checksum (model, 0), dot_model_get_checksum (model, 1),
                          dot_model_get_architecture (model), dot_model_get_id (model),
                          dot_model_get_prior (model), run->class_name ? run->class_name : "*",
                          run->seed, options->batch, options->count);
  g_string_append_printf (text, " %d %d %d %d %.17g %.17g %.17g %.17g %d %d %s", run->method,
                          run->space, run->optimizer, run->projection, run->step_size, run->k_eff,
                          run->delta, run->truncation, dot_pair_get_engine (pair),
                          dot_pair_get_precision (pair), dot_pair_get_device_name (pair));
  if (n_networks == 0)
    g_string_append (text, " -");
  for (guint i = 0; i < n_networks; i++)
    g_string_append_printf (text, " %s", dot_features_get_checksum (networks[i]));
  dot_pair_cache_append_settings (text, model);
  describe_method (run, model, text);
  for (guint i = 0; i < options->n_updates; i++)
    g_string_append_printf (text, " %u", options->updates[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
list_updates (const DotSamplesOptions *options)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < options->n_updates; i++)
    g_string_append_printf (text, "%s%u", i ? "," : "", options->updates[i]);
  return g_string_free (text, FALSE);
}

/* What a person tells two of them apart by. */
static char *
summarize (DotPair *pair, const DotSamplesOptions *options)
{
  g_autofree char *updates = list_updates (options);
  g_autofree char *text    = NULL;

  text = g_strdup_printf (_ ("%s, method %s, seed %lld, samples %zu, batch %zu, updates %s"),
                          dot_model_get_id (dot_pair_get_model (pair)),
                          dot_enum_to_nick (DOT_TYPE_METHOD, options->run->method),
                          (long long) options->run->seed, options->count, options->batch, updates);
  return dot_line_from_text (text);
}

/* By its first sample. */
static char *
name_batch (gsize part, gpointer data)
{
  const DotSamplesOptions *options = data;

  return g_strdup_printf ("batch-%08zu.npz", part * options->batch);
}

/* The person's, or one in the cache that is these samples' own. */
static char *
find_folder (const DotSamplesOptions *options, const char *identity)
{
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, identity, -1);

  if (options->work)
    return g_strdup (options->work);
  return g_build_filename (g_get_user_cache_dir (), "dot-refine", "evaluate", key, NULL);
}

/**
 * dot_samples_work_open:
 * @options: must live as long as what is returned
 *
 * Returns: (transfer full): the folder whose part k is batch k
 */
DotWorkFolder *
dot_samples_work_open (DotPair                 *pair,
                       const DotSamplesOptions *options,
                       DotFeatures *const      *networks,
                       guint                    n_networks,
                       GError                 **error)
{
  g_autofree char *identity    = describe (pair, options, networks, n_networks);
  g_autofree char *description = summarize (pair, options);
  g_autofree char *path        = find_folder (options, identity);
  DotWork          work        = {
                    .identity    = identity,
                    .description = description,
                    .shard       = options->shard,
                    .n_parts     = dot_samples_options_count_batches (options),
                    .name        = name_batch,
                    .user_data   = (gpointer) options,
  };

  return dot_work_folder_open (path, &work, error);
}
