/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine evaluate. */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "dot.h"
#include "metrics/reference.h"
#include "cli-evaluate-arguments.h"
#include "cli-evaluate-results.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "cli.h"

typedef struct
{
  CliEvaluateArguments *arguments;
  CliEvaluateResults    results;
  DotModel             *model;
  DotPair              *pair;
  const DotClass *class; /* NULL: all */
  DotFeatures   *network;
  DotStatistics *reference;
  DotSamples    *samples;
} Run;

/*  private functions  */

/* What can be refused is refused before anything long begins. */
static gboolean
prepare (Run *run, GError **error)
{
  CliEvaluateArguments *arguments    = run->arguments;
  g_autoptr (DotRefineOptions) whole = NULL;

  whole = dot_refine_options_copy (arguments->options);
  whole->seed += arguments->samples.count - 1;
  whole->updates = arguments->samples.updates[arguments->samples.n_updates - 1];
  if (! dot_refine_options_check (arguments->options, error) ||
      ! dot_refine_options_check (whole, error))
    return FALSE;

  run->model = dot_refine_options_find_model (arguments->options, error);
  if (! run->model)
    return FALSE;

  if (arguments->options->class_name)
    {
      run->class = dot_model_find_class (run->model, arguments->options->class_name, error);
      return run->class != NULL;
    }
  return TRUE;
}

/* Shards are for making parts of it, which need no real pictures. */
static gboolean
is_shard (const Run *run)
{
  return run->arguments->samples.shard.count > 0;
}

/* The network, and the real pictures as it sees them. */
static gboolean
load_reference (Run *run, GCancellable *cancellable, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;
  g_auto (GStrv) wnids            = NULL;

  if (! arguments->features)
    return TRUE;

  run->network = dot_features_open (arguments->features, arguments->options->trust,
                                    dot_model_get_image_size (run->model),
                                    arguments->options->device, error);
  if (! run->network)
    return FALSE;
  if (! arguments->against || is_shard (run))
    return TRUE;

  wnids          = cli_evaluate_arguments_list_wnids (run->model, run->class);
  run->reference = dot_reference_load (arguments->against, run->network,
                                       (const char *const *) wnids, CLI_EVALUATE_BATCH,
                                       cli_progress_show_long_phase, cli_progress_show_notice, run,
                                       cancellable, error);
  return run->reference != NULL;
}

/* Statistics of another program have no features: without --metrics what needs
 * them is left out. */
static gboolean
choose_metrics (Run *run, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  if (run->reference && ! run->reference->features && arguments->default_metrics)
    arguments->metrics &= ~(DOT_METRIC_KID | DOT_METRIC_PR);
  return is_shard (run) || dot_evaluation_check (arguments->metrics, run->reference, error);
}

static gboolean
compute_rows (Run *run, GCancellable *cancellable, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  run->results.rows = g_new0 (DotEvaluation, arguments->samples.n_updates);
  for (guint i = 0; i < arguments->samples.n_updates; i++)
    {
      cli_progress_show_long_phase (
        _ ("Comparing"), (double) i / arguments->samples.n_updates, NULL);
      if (! dot_evaluation_compute (&run->results.rows[i], run->samples, i, arguments->metrics,
                                    run->reference, &arguments->kid, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
find_constants (Run *run, GCancellable *cancellable, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  if (! (arguments->metrics & DOT_METRIC_LIPSCHITZ))
    return TRUE;
  run->results.constants = dot_constants_find (run->pair, run->class, arguments->work,
                                               arguments->samples.shard,
                                               cli_progress_show_long_phase, NULL, cancellable,
                                               error);
  return run->results.constants != NULL;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run                  *run       = data;
  CliEvaluateArguments *arguments = run->arguments;
  DotRefineOptions     *options   = arguments->options;

  run->pair = dot_pair_load (run->model, options->engine, options->device, options->precision,
                             cli_progress_show_long_phase, NULL, cancellable, error);
  if (! run->pair || ! load_reference (run, cancellable, error) || ! choose_metrics (run, error))
    return FALSE;

  run->samples = dot_samples_make (run->pair, &arguments->samples, run->network,
                                   cli_progress_show_long_phase, NULL, cancellable, error);
  return run->samples && (is_shard (run) || compute_rows (run, cancellable, error)) &&
         find_constants (run, cancellable, error);
}

static gboolean
execute (Run *run, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  cli_job_keep_memory ();
  if (! prepare (run, error) ||
      ! cli_job_run (compute, run, _ ("Cancelled; the same command goes on from here."), error))
    return FALSE;

  if (is_shard (run))
    cli_evaluate_results_print_shard (&run->results, arguments);
  else
    cli_evaluate_results_print (&run->results, arguments, run->pair, run->reference);
  cli_output_warn (dot_pair_get_warning (run->pair));
  return TRUE;
}

static void
run_clear (Run *run)
{
  cli_evaluate_results_clear (&run->results);
  g_clear_pointer (&run->samples, dot_samples_free);
  g_clear_pointer (&run->reference, dot_statistics_free);
  g_clear_pointer (&run->network, dot_features_close);
  g_clear_pointer (&run->pair, dot_pair_unref);
  g_clear_pointer (&run->model, dot_model_unref);
}

/*  public functions  */

/**
 * cli_evaluate:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Measures a pair's pictures before and after refining.
 *
 * Returns: whether it is done.
 */
gboolean
cli_evaluate (int argc, char **argv, GError **error)
{
  g_autoptr (CliEvaluateArguments) arguments = NULL;
  Run      run                               = { 0 };
  gboolean success;

  arguments = cli_evaluate_arguments_parse (argc, argv, error);
  if (! arguments)
    return FALSE;

  run.arguments = arguments;
  success       = execute (&run, error);
  run_clear (&run);
  return success;
}
