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
  GPtrArray  *networks;
  DotSamples *samples;
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

static CliEvaluateBlock *
get_block (const Run *run, guint network)
{
  return &g_array_index (run->results.blocks, CliEvaluateBlock, network);
}

/* All networks, before any long look at real pictures. */
static gboolean
open_networks (Run *run, GError **error)
{
  const CliEvaluateArguments *arguments = run->arguments;

  run->networks = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_features_close);
  for (char **path = arguments->features; *path; path++)
    {
      DotFeatures *network = dot_features_open (*path, arguments->options->trust,
                                                dot_model_get_image_size (run->model),
                                                arguments->options->device, error);

      if (! network)
        return FALSE;
      g_ptr_array_add (run->networks, network);
    }
  return TRUE;
}

/* The real pictures as each network sees them. */
static gboolean
load_references (Run *run, GCancellable *cancellable, GError **error)
{
  const CliEvaluateArguments *arguments = run->arguments;
  g_auto (GStrv) wnids = cli_evaluate_arguments_list_wnids (run->model, run->class);

  if (! arguments->against || is_shard (run))
    return TRUE;
  for (guint i = 0; i < run->networks->len; i++)
    {
      CliEvaluateBlock *block = get_block (run, i);

      block->reference = dot_reference_load (arguments->against, run->networks->pdata[i],
                                             (const char *const *) wnids, CLI_EVALUATE_BATCH,
                                             cli_progress_show_long_phase, cli_progress_show_notice,
                                             run, cancellable, error);
      if (! block->reference)
        return FALSE;
    }
  return TRUE;
}

/* Statistics of another program have no features: without --metrics what needs
 * them is left out. */
static gboolean
choose_metrics (Run *run, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  for (guint i = 0; i < run->results.blocks->len; i++)
    {
      const DotStatistics *reference = get_block (run, i)->reference;

      if (reference && ! reference->features && arguments->default_metrics)
        arguments->metrics &= ~(DOT_METRIC_KID | DOT_METRIC_PR);
      if (! is_shard (run) && ! dot_evaluation_check (arguments->metrics, reference, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compute_row (Run *run, guint network, guint update, GCancellable *cancellable, GError **error)
{
  const CliEvaluateArguments *arguments = run->arguments;
  const CliEvaluateBlock     *block     = get_block (run, network);
  guint                       n         = arguments->samples.n_updates;
  double                      done      = network * n + update;

  cli_progress_show_long_phase (_ ("Comparing"), done / (run->results.blocks->len * n), NULL);
  return dot_evaluation_compute (&block->rows[update], run->samples, network, update,
                                 arguments->metrics, block->reference, &arguments->kid, cancellable,
                                 error);
}

static gboolean
compute_rows (Run *run, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < run->results.blocks->len; i++)
    for (guint j = 0; j < run->arguments->samples.n_updates; j++)
      if (! compute_row (run, i, j, cancellable, error))
        return FALSE;
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
  if (! run->pair || ! open_networks (run, error) || ! load_references (run, cancellable, error) ||
      ! choose_metrics (run, error))
    return FALSE;

  run->samples = dot_samples_make (run->pair, &arguments->samples,
                                   (DotFeatures *const *) run->networks->pdata, run->networks->len,
                                   cli_progress_show_long_phase, NULL, cancellable, error);
  return run->samples && (is_shard (run) || compute_rows (run, cancellable, error)) &&
         find_constants (run, cancellable, error);
}

static gboolean
execute (Run *run, GError **error)
{
  CliEvaluateArguments *arguments = run->arguments;

  cli_job_keep_memory ();
  cli_evaluate_results_init (&run->results, arguments);
  if (! prepare (run, error) ||
      ! cli_job_run (compute, run, _ ("Cancelled; the same command goes on from here."), error))
    return FALSE;

  if (is_shard (run))
    cli_evaluate_results_print_shard (&run->results, arguments);
  else
    cli_evaluate_results_print (&run->results, arguments, run->pair);
  cli_output_warn (dot_pair_get_warning (run->pair));
  return TRUE;
}

static void
run_clear (Run *run)
{
  cli_evaluate_results_clear (&run->results);
  g_clear_pointer (&run->samples, dot_samples_free);
  g_clear_pointer (&run->networks, g_ptr_array_unref);
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
