/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What looks at pictures: feature networks, and the real pictures as they see them. */

#include "experiment-judges.h"

#include "metrics/reference.h"
#include "model/model.h"

#define BATCH 50

/* A network for pictures of one size, and what it saw of a model's classes. */
typedef struct
{
  guint          judge;
  DotModel      *model;
  DotFeatures   *network;
  DotStatistics *reference; /* where there are real pictures */
} Judge;

static void
judge_free (gpointer data)
{
  Judge *judge = data;

  g_clear_pointer (&judge->reference, dot_statistics_free);
  g_clear_pointer (&judge->network, dot_features_close);
  g_clear_pointer (&judge->model, dot_model_unref);
  g_free (judge);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Judge, judge_free)

/**
 * dot_experiment_judges_count:
 *
 * Returns: how many feature networks there are; without any only scores are known
 */
guint
dot_experiment_judges_count (const DotExperiment *experiment)
{
  return dot_experiment_values_get_n (experiment->values, "features");
}

/* Where pictures lie in a folder or a tar, that they are others is seen by their
 * names, sizes and times; of statistics by what is in the file. */
static gboolean
identify_against (DotExperiment *experiment, const char *against, GError **error)
{
  g_autofree char *path          = NULL;
  g_autofree char *identity      = NULL;
  g_autoptr (DotDataset) dataset = NULL;
  DotDatasetOptions options;

  if (g_str_has_suffix (against, ".npz"))
    return dot_experiment_identify_file (experiment, against, error);

  path = g_canonicalize_filename (against, NULL);
  dot_dataset_options_init (&options);
  options.path = path;
  options.lazy = TRUE;
  dataset      = dot_dataset_open (&options, error);
  if (! dataset)
    return FALSE;
  identity = dot_dataset_get_identity (dataset);
  dot_experiment_identify (experiment, "%s", identity);
  return TRUE;
}

/**
 * dot_experiment_judges_find:
 *
 * Looks at the options, and adds what is in their files to what decides the parts'
 * numbers.  None may be given.
 */
gboolean
dot_experiment_judges_find (DotExperiment *experiment, GError **error)
{
  DotExperimentValues *values  = experiment->values;
  const char          *against = dot_experiment_values_get_text (values, "against", 0);

  if (against && dot_experiment_judges_count (experiment) == 0)
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                           _ ("What --against has is seen by a network: give --features."));
      return FALSE;
    }
  for (guint i = 0; i < dot_experiment_judges_count (experiment); i++)
    if (! dot_experiment_identify_file (experiment,
                                        dot_experiment_values_get_text (values, "features", i),
                                        error))
      return FALSE;
  return ! against || identify_against (experiment, against, error);
}

/*  loading  */

static Judge *
find_judge (DotExperiment *experiment, guint judge, DotModel *model)
{
  for (guint i = 0; experiment->judges && i < experiment->judges->len; i++)
    {
      Judge *loaded = experiment->judges->pdata[i];

      if (loaded->judge == judge && loaded->model == model)
        return loaded;
    }
  return NULL;
}

static GStrv
list_wnids (DotModel *model)
{
  g_autoptr (GStrvBuilder) wnids = g_strv_builder_new ();

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      const DotClass *klass = dot_model_get_class (model, i);

      if (klass->wnid)
        g_strv_builder_add (wnids, klass->wnid);
    }
  return g_strv_builder_end (wnids);
}

static void
tell_notice (const char *sentence, gpointer data)
{
  const DotExperiment *experiment = data;

  if (experiment->notice)
    experiment->notice (sentence, experiment->user_data);
}

static gboolean
load_reference (DotExperiment *experiment, Judge *judge, GCancellable *cancellable, GError **error)
{
  const char *against  = dot_experiment_values_get_text (experiment->values, "against", 0);
  g_auto (GStrv) wnids = list_wnids (judge->model);

  if (! against)
    return TRUE;
  judge->reference = dot_reference_load (against, judge->network, (const char *const *) wnids,
                                         BATCH, dot_experiment_tell_progress, tell_notice,
                                         experiment, cancellable, error);
  return judge->reference != NULL;
}

static Judge *
load_judge (DotExperiment *experiment,
            guint          number,
            DotModel      *model,
            GCancellable  *cancellable,
            GError       **error)
{
  DotExperimentValues *values = experiment->values;
  g_autoptr (Judge) judge     = g_new0 (Judge, 1);

  judge->judge   = number;
  judge->model   = dot_model_ref (model);
  judge->network = dot_features_open (dot_experiment_values_get_text (values, "features", number),
                                      dot_experiment_values_get_flag (values, "trust"),
                                      dot_model_get_image_size (model),
                                      dot_experiment_values_get_word (values, "device"), error);
  if (! judge->network || ! load_reference (experiment, judge, cancellable, error))
    return NULL;

  if (! experiment->judges)
    experiment->judges = g_ptr_array_new_with_free_func (judge_free);
  g_ptr_array_add (experiment->judges, judge);
  return g_steal_pointer (&judge);
}

/**
 * dot_experiment_judges_load:
 * @judge: which of the feature networks
 * @model: whose pictures it looks at
 * @network: (out) (transfer none):
 * @reference: (out) (transfer none) (nullable): the real pictures of its classes
 *
 * They stay in memory.
 */
gboolean
dot_experiment_judges_load (DotExperiment        *experiment,
                            guint                 judge,
                            DotModel             *model,
                            DotFeatures         **network,
                            const DotStatistics **reference,
                            GCancellable         *cancellable,
                            GError              **error)
{
  Judge *loaded = find_judge (experiment, judge, model);

  if (! loaded)
    loaded = load_judge (experiment, judge, model, cancellable, error);
  if (! loaded)
    return FALSE;
  *network   = loaded->network;
  *reference = loaded->reference;
  return TRUE;
}
