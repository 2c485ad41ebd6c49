/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The pairs of an experiment: models first, in the order in which they were given,
 * then those of two files each. */

#include "experiment-pairs.h"

#include "engine/calibration-cache.h"
#include "engine/pair.h"
#include "model/model.h"

static DotRefineOptions *
make_options (DotExperiment *experiment)
{
  DotExperimentValues *values  = experiment->values;
  DotRefineOptions    *options = dot_refine_options_new ();

  options->trust     = dot_experiment_values_get_flag (values, "trust");
  options->engine    = dot_experiment_values_get_word (values, "engine");
  options->device    = dot_experiment_values_get_word (values, "device");
  options->precision = dot_experiment_values_get_word (values, "precision");
  return options;
}

static DotModel *
find_named (DotExperiment *experiment, guint i, GError **error)
{
  g_autoptr (DotRefineOptions) options = make_options (experiment);

  g_free (options->model);
  options->model = g_strdup (dot_experiment_values_get_text (experiment->values, "model", i));
  return dot_refine_options_find_model (options, error);
}

static DotModel *
find_files (DotExperiment *experiment, guint generator, guint discriminator, GError **error)
{
  DotExperimentValues *values          = experiment->values;
  g_autoptr (DotRefineOptions) options = make_options (experiment);

  options->generator = g_strdup (dot_experiment_values_get_text (values, "generator", generator));
  options->discriminator = g_strdup (
    dot_experiment_values_get_text (values, "discriminator", discriminator));
  g_free (options->architecture);
  options->architecture = g_strdup (dot_experiment_values_get_text (values, "architecture", 0));
  if (! options->architecture)
    options->architecture = g_strdup (experiment->class->architecture);
  options->prior = dot_experiment_values_get_word (values, "prior");
  return dot_refine_options_find_model (options, error);
}

static gboolean
check_files (DotExperiment *experiment, GError **error)
{
  guint generators     = dot_experiment_values_get_n (experiment->values, "generator");
  guint discriminators = dot_experiment_values_get_n (experiment->values, "discriminator");

  if (generators == discriminators)
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ (
                 "%u of --generator and %u of --discriminator are no pairs: give as many of each."),
               generators, discriminators);
  return FALSE;
}

/* What is in the files decides, not where they lie. */
static void
identify (DotExperiment *experiment, DotModel *model)
{
  dot_experiment_identify (experiment, "%s %s %s %s %d %g", dot_model_get_checksum (model, 0),
                           dot_model_get_checksum (model, 1), dot_model_get_architecture (model),
                           dot_model_get_id (model), dot_model_get_prior (model),
                           dot_model_get_truncation (model));
}

/**
 * dot_experiment_pairs_find:
 *
 * Finds the models that the options name and puts them into the experiment, those of
 * files after the others.  None may be named.
 */
gboolean
dot_experiment_pairs_find (DotExperiment *experiment, GError **error)
{
  guint named = dot_experiment_values_get_n (experiment->values, "model");
  guint files = dot_experiment_values_get_n (experiment->values, "generator");

  if (! check_files (experiment, error))
    return FALSE;
  for (guint i = 0; i < named + files; i++)
    {
      DotModel *model = i < named ? find_named (experiment, i, error)
                                  : find_files (experiment, i - named, i - named, error);

      if (! model)
        return FALSE;
      g_ptr_array_add (experiment->models, model);
      identify (experiment, model);
    }
  return TRUE;
}

/**
 * dot_experiment_pairs_cross:
 *
 * As dot_experiment_pairs_find(), but the one generator with each discriminator.
 */
gboolean
dot_experiment_pairs_cross (DotExperiment *experiment, GError **error)
{
  guint n = dot_experiment_values_get_n (experiment->values, "discriminator");

  if (dot_experiment_values_get_n (experiment->values, "generator") == 0 || n == 0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("The experiment %s needs --generator once and --discriminator for each of "
                      "those that refine its pictures."),
                   experiment->class->name);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      DotModel *model = find_files (experiment, 0, i, error);

      if (! model)
        return FALSE;
      g_ptr_array_add (experiment->models, model);
      identify (experiment, model);
    }
  return TRUE;
}

/**
 * dot_experiment_pairs_identify_calibration:
 *
 * Adds what pair @i's scores mean to what decides the parts' numbers.
 */
void
dot_experiment_pairs_identify_calibration (DotExperiment *experiment, guint i)
{
  g_autofree char *calibration = dot_calibration_cache_describe (experiment->models->pdata[i]);

  dot_experiment_identify (experiment, "%s", calibration);
}

/**
 * dot_experiment_pairs_need:
 *
 * Returns: %FALSE where there are fewer than @least or more than @most pairs
 */
gboolean
dot_experiment_pairs_need (DotExperiment *experiment, guint least, guint most, GError **error)
{
  guint n = experiment->models->len;

  if (n < least)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 ngettext ("The experiment %s needs %u pair: give --model, or --generator and "
                           "--discriminator.",
                           "The experiment %s needs %u pairs: give --model, or --generator and "
                           "--discriminator, for each.",
                           least),
                 experiment->class->name, least);
  else if (n > most)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 ngettext ("The experiment %s takes %u pair: leave out some of the %u.",
                           "The experiment %s takes %u pairs: leave out some of the %u.", most),
                 experiment->class->name, most, n);
  else
    return TRUE;
  return FALSE;
}

/**
 * dot_experiment_pairs_name_file:
 * @option: one of paths or ids
 *
 * Returns: (transfer full): its value @i as it was given, to be shown
 */
char *
dot_experiment_pairs_name_file (DotExperiment *experiment, const char *option, guint i)
{
  return g_filename_display_name (dot_experiment_values_get_text (experiment->values, option, i));
}

/**
 * dot_experiment_pairs_get_name:
 *
 * Returns: (transfer full): pair @i's id, or its generator's file
 */
char *
dot_experiment_pairs_get_name (DotExperiment *experiment, guint i)
{
  guint named = dot_experiment_values_get_n (experiment->values, "model");

  if (i < named)
    return g_strdup (dot_model_get_id (experiment->models->pdata[i]));
  return dot_experiment_pairs_name_file (experiment, "generator", i - named);
}

/**
 * dot_experiment_pairs_get:
 *
 * Returns: (transfer none): pair @i's model
 */
DotModel *
dot_experiment_pairs_get (DotExperiment *experiment, guint i)
{
  return experiment->models->pdata[i];
}

/**
 * dot_experiment_pairs_get_options:
 * @i: of the experiment's models
 *
 * Returns: (transfer full): the defaults of a refinement, with that model
 */
DotRefineOptions *
dot_experiment_pairs_get_options (DotExperiment *experiment, guint i)
{
  DotRefineOptions *options = make_options (experiment);

  options->resolved = dot_model_ref (experiment->models->pdata[i]);
  return options;
}

/**
 * dot_experiment_pairs_load_for:
 * @i: of the experiment's models
 * @run: which says what computes it, and how exactly
 *
 * The last one stays in memory.
 *
 * Returns: (transfer none): it
 */
DotPair *
dot_experiment_pairs_load_for (DotExperiment          *experiment,
                               guint                   i,
                               const DotRefineOptions *run,
                               GCancellable           *cancellable,
                               GError                **error)
{
  if (experiment->pair && experiment->loaded == i && experiment->precision == run->precision)
    return experiment->pair;

  g_clear_pointer (&experiment->pair, dot_pair_unref);
  experiment->loaded    = i;
  experiment->precision = run->precision;
  experiment->pair      = dot_pair_load (experiment->models->pdata[i], run->engine, run->device,
                                         run->precision, dot_experiment_tell_progress, experiment,
                                         cancellable, error);
  return experiment->pair;
}

/**
 * dot_experiment_pairs_load:
 * @i: of the experiment's models
 *
 * As dot_experiment_pairs_load_for(), for the experiment's own options.
 *
 * Returns: (transfer none): it
 */
DotPair *
dot_experiment_pairs_load (DotExperiment *experiment,
                           guint          i,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (DotRefineOptions) options = make_options (experiment);

  return dot_experiment_pairs_load_for (experiment, i, options, cancellable, error);
}
