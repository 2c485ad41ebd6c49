/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine calibrate. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-calibration.h"
#include "cli-evaluate-arguments.h"
#include "cli-job.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli-run-arguments.h"
#include "cli-table.h"
#include "cli.h"

#include "base/json.h"
#include "engine/calibration-cache.h"
#include "engine/pair.h"
#include "metrics/calibrate.h"

#define SAMPLES 500

static struct
{
  char *against;
  char *real_scores;
  char *samples;
  char *out;
} texts;

static const GOptionEntry entries[] = {
  { "against", 0, 0, G_OPTION_ARG_FILENAME, &texts.against,
    N_ ("Real pictures: a folder, a tar or FILE.tar:FOLDER"), N_ ("PATH") },
  { "real-scores", 0, 0, G_OPTION_ARG_FILENAME, &texts.real_scores,
    N_ ("Scores of real pictures instead, or labels and scores"), N_ ("FILE.npy") },
  { "samples", 0, 0, G_OPTION_ARG_STRING, &texts.samples,
    N_ ("How many pictures of a class, at most (500)"), N_ ("NUMBER") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &texts.out,
    N_ ("Write what is found here, too: a model's calibration.ini"), N_ ("FILE.ini") },
  { NULL },
};

static const CliColumn columns[] = {
  { N_ ("Class"), FALSE },    { N_ ("Real"), TRUE },  { N_ ("Generated"), TRUE }, { N_ ("Slope"), TRUE },
  { N_ ("Intercept"), TRUE }, { N_ ("Brier"), TRUE }, { N_ ("Z of D"), TRUE },
};

static const CliColumn curve_columns[] = {
  { N_ ("Chance to be real"), TRUE },
  { N_ ("Share that is real"), TRUE },
  { N_ ("Pictures"), TRUE },
};

typedef struct
{
  DotRefineOptions   *run;
  DotCalibrateOptions options;
  DotModel           *model;
  DotPair            *pair;
  GArray             *results; /* of DotCalibrateResult */
} Run;

/*  private functions  */

static gboolean
parse (int argc, char **argv, Run *run, GError **error)
{
  g_autofree GOptionEntry *all     = cli_run_arguments_join (entries, CLI_RUN_PAIR);
  guint                    samples = SAMPLES;

  if (! cli_parse_arguments (&argc, &argv, all,
                             _ (
                               "Finds out what a pair's scores mean, for the methods that must know "
                               "it, by real pictures."),
                             _ ("What is found is kept. The discriminator should not have been "
                                "trained on these pictures."),
                             error) ||
      ! cli_run_arguments_read (run->run, error) ||
      ! cli_parse_uint ("--samples", texts.samples, 1, &samples, error))
    return FALSE;

  run->options = (DotCalibrateOptions) {
    .against     = texts.against,
    .real_scores = texts.real_scores,
    .samples     = samples,
    .batch       = CLI_EVALUATE_BATCH,
    .progress    = cli_progress_show_long_phase,
    .notice      = cli_progress_show_notice,
  };
  if (! texts.against == ! texts.real_scores)
    cli_parse_usage_error (error, _ ("Either --against or --real-scores is needed"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  run->pair = dot_pair_load (run->model, run->run->engine, run->run->device, run->run->precision,
                             cli_progress_show_long_phase, NULL, cancellable, error);
  if (run->pair)
    run->results = dot_calibrate (run->pair, &run->options, cancellable, error);
  return run->results != NULL;
}

static void
add_row (CliTable *table, const DotCalibrateResult *result)
{
  cli_table_add (table, "%s", result->klass ? result->klass->name : _ ("all"));
  cli_table_add (table, "%zu", result->calibration.n_real);
  cli_table_add (table, "%zu", result->calibration.n_generated);
  cli_table_add (table, "%.4f", result->calibration.slope);
  cli_table_add (table, "%.4f", result->calibration.intercept);
  cli_table_add (table, "%.4f", result->calibration.brier);
  cli_table_add (table, "%.2f", result->z);
}

static void
print_curve (const DotCalibration *calibration)
{
  g_autoptr (CliTable) table = cli_table_new (curve_columns, G_N_ELEMENTS (curve_columns));

  for (guint i = 0; i < DOT_CALIBRATION_BINS; i++)
    if (calibration->bins[i].n > 0)
      {
        cli_table_add (table, "%.3f", calibration->bins[i].chance);
        cli_table_add (table, "%.3f", calibration->bins[i].real);
        cli_table_add (table, "%zu", calibration->bins[i].n);
      }
  cli_print ("\n");
  cli_table_print (table);
}

static void
print_text (const GArray *results)
{
  g_autoptr (CliTable) table = cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < results->len; i++)
    add_row (table, &g_array_index (results, DotCalibrateResult, i));
  cli_table_print (table);
  print_curve (&g_array_index (results, DotCalibrateResult, 0).calibration);
}

static void
print_json (DotModel *model, const GArray *results)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "model", dot_model_get_id (model));
  dot_json_write_begin_array (builder, "calibrations");
  for (guint i = 0; i < results->len; i++)
    {
      const DotCalibrateResult *result = &g_array_index (results, DotCalibrateResult, i);

      json_builder_begin_object (builder);
      dot_json_write_string (builder, "class", result->klass ? result->klass->name : NULL);
      cli_calibration_add_members (builder, &result->calibration);
      dot_json_write_double (builder, "z", result->z);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static gboolean
execute (Run *run, GError **error)
{
  run->model = dot_refine_options_find_model (run->run, error);
  if (! run->model || ! cli_job_run (compute, run, _ ("Cancelled."), error) ||
      (texts.out && ! dot_calibration_cache_export (run->model, texts.out, error)))
    return FALSE;

  if (cli_run_arguments_as_json ())
    print_json (run->model, run->results);
  else
    print_text (run->results);
  return TRUE;
}

/*  public functions  */

/**
 * cli_calibrate:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Finds out what a pair's scores mean.
 *
 * Returns: whether it is done.
 */
gboolean
cli_calibrate (int argc, char **argv, GError **error)
{
  Run      run = { .run = dot_refine_options_new () };
  gboolean success;

  success = parse (argc, argv, &run, error) && execute (&run, error);
  g_clear_pointer (&run.results, g_array_unref);
  g_clear_pointer (&run.pair, dot_pair_unref);
  g_clear_pointer (&run.model, dot_model_unref);
  dot_refine_options_free (run.run);
  return success;
}
