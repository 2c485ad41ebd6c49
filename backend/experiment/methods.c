/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* All methods on one pair, and settings of the transport, each with as many network
 * evaluations. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-row.h"
#include "experiment-scores.h"

#include "engine/k-eff.h"
#include "method/method.h"

#include <math.h>

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "row", DOT_EXPERIMENT_OPTION_TEXT, .many = TRUE,
    .help        = N_ ("A method with its options, once for each of several (all methods): “dot k-eff=1”"),
    .placeholder = N_ ("METHOD…") },
  { "settings", DOT_EXPERIMENT_OPTION_FLAG,
    .help = N_ (
      "Settings of the transport as further rows: projection, k_eff, optimizer, precision") },
  { "evaluations", DOT_EXPERIMENT_OPTION_COUNT, .initial = "68", .minimum = 1, .maximum = 10000000,
    .help = N_ ("Network evaluations for a picture, forward or back (68: 17 updates of DOT)") },
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "method", N_ ("Method"), -1 },
  { "network", N_ ("Feature network"), -1 },
  { "updates", N_ ("Updates"), 0 },
  { "drawn", N_ ("Draws"), 1 },
  { "accepted", N_ ("Accepted"), 3 },
  { "evaluations", N_ ("Evaluations"), 1 },
  { "fid", N_ ("FID"), 3 },
  { "is", N_ ("Inception score"), 2, TRUE },
  { "precision", N_ ("Precision"), 3 },
  { "recall", N_ ("Recall"), 3 },
  { "score", N_ ("Score of D"), 3 },
  { "seconds", N_ ("Seconds"), 3 },
  { NULL },
};

/* The pictures as they are come first. */
static const char bare[] = "dot updates=0 k-eff=1";

static const char *const methods[] = {
  "dot", "naive", "ddls", "dgflow", "rep", "ex2mcmc", "mh", "drs", "drs percentile=0", "obrs",
};

static const char *const settings[] = {
  "dot projection=paper", "dot projection=none",       "dot k-eff=1",
  "dot optimizer=sgd",    "dot optimizer=sgd k-eff=1", "dot precision=bfloat16",
  "dgflow divergence=js", "dgflow divergence=logd",
};

/*  rows  */

static gboolean
add_row (DotExperiment *experiment, GPtrArray *rows, const char *text, GError **error)
{
  DotExperimentValues *values          = experiment->values;
  g_autoptr (DotRefineOptions) initial = dot_experiment_pairs_get_options (experiment, 0);
  DotExperimentRow *row;

  initial->seed = dot_experiment_values_get_count (values, "seed", 0);
  row           = dot_experiment_row_parse (text, initial,
                                            dot_experiment_values_get_count (values, "evaluations", 0),
                                            error);
  if (! row)
    return FALSE;
  g_ptr_array_add (rows, row);
  return dot_experiment_measure_check (experiment, row->run, error);
}

static gboolean
add_list (DotExperiment     *experiment,
          GPtrArray         *rows,
          const char *const *list,
          guint              n,
          GError           **error)
{
  for (guint i = 0; i < n; i++)
    if (! add_row (experiment, rows, list[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_rows (DotExperiment *experiment, GPtrArray *rows, GError **error)
{
  DotExperimentValues *values = experiment->values;
  guint                given  = dot_experiment_values_get_n (values, "row");

  if (! add_row (experiment, rows, bare, error))
    return FALSE;
  for (guint i = 0; i < given; i++)
    if (! add_row (experiment, rows, dot_experiment_values_get_text (values, "row", i), error))
      return FALSE;
  if (given == 0 && ! add_list (experiment, rows, methods, G_N_ELEMENTS (methods), error))
    return FALSE;
  return ! dot_experiment_values_get_flag (values, "settings") ||
         add_list (experiment, rows, settings, G_N_ELEMENTS (settings), error);
}

static const DotExperimentRow *
get_row (DotExperiment *experiment, guint part)
{
  return ((GPtrArray *) experiment->data)->pdata[part];
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  GPtrArray *rows;

  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, 1, error) ||
      ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  rows             = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_experiment_row_free);
  experiment->data = rows;
  if (! add_rows (experiment, rows, error))
    return FALSE;

  dot_experiment_pairs_identify_calibration (experiment, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      dot_experiment_identify (experiment, "%s", get_row (experiment, i)->text);
      dot_experiment_add_part (experiment, (const guint[4]) { i }, "row-%u", i);
    }
  return TRUE;
}

static void
clear (gpointer data)
{
  g_ptr_array_unref (data);
}

/*  a part  */

/* Constants are found out once for a pair, so they are no part of a method's time. */
static gboolean
find_constants (DotExperiment          *experiment,
                const DotRefineOptions *run,
                GCancellable           *cancellable,
                GError                **error)
{
  DotModel *model = run->resolved;
  DotPair  *pair  = dot_experiment_pairs_load_for (experiment, 0, run, cancellable, error);

  if (! pair)
    return FALSE;
  if (run->updates == 0 || run->k_eff > 0.0 ||
      ! (dot_method_get_class (run->method)->needs & DOT_METHOD_NEEDS_K_EFF))
    return TRUE;
  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    if (dot_k_eff_get (pair, dot_model_get_class (model, i), run->space,
                       dot_experiment_tell_progress, experiment, cancellable, error) == 0.0)
      return FALSE;
  return TRUE;
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  const DotRefineOptions    *run     = get_row (experiment, part->place[0])->run;
  const DotExperimentMeasure measure = { 0, run, &run->updates, 1,
                                         DOT_METRIC_IS | DOT_METRIC_FID | DOT_METRIC_PR };

  return find_constants (experiment, run, cancellable, error) &&
         dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

/*  all parts  */

/* Of an update, or of each draw, whatever becomes of it. */
static double
count_evaluations (const DotExperimentRow *row, double drawn)
{
  return row->passes * (row->is_choice ? drawn : row->run->updates);
}

static void
add_numbers (DotExperimentTable        *table,
             const DotExperimentRow    *row,
             const DotExperimentResult *result,
             guint                      network)
{
  double drawn    = dot_experiment_measure_get (result, "drawn", 0, 0);
  double accepted = dot_experiment_measure_get (result, "accepted", 0, 0);

  dot_experiment_table_add_number (table, row->is_choice ? (double) NAN : row->run->updates);
  dot_experiment_table_add_number (table, drawn);
  dot_experiment_table_add_number (table, drawn > 0.0 ? accepted / drawn : (double) NAN);
  dot_experiment_table_add_number (table, count_evaluations (row, drawn));
  dot_experiment_table_add_number (table, dot_experiment_measure_get (result, "fid", network, 0));
  dot_experiment_table_add_mean (table, dot_experiment_measure_get (result, "is", network, 0),
                                 dot_experiment_measure_get (result, "is_sigma", network, 0));
  dot_experiment_table_add_number (table,
                                   dot_experiment_measure_get (result, "precision", network, 0));
  dot_experiment_table_add_number (table,
                                   dot_experiment_measure_get (result, "recall", network, 0));
  dot_experiment_table_add_number (table, dot_experiment_measure_get (result, "score", 0, 0));
  dot_experiment_table_add_number (table, dot_experiment_result_get_number (result, "seconds"));
}

static const char *
get_title (DotExperiment *experiment, guint row)
{
  return row == 0 ? "bare" : get_row (experiment, row)->text;
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  guint n = MAX (dot_experiment_judges_count (experiment), 1);

  for (guint i = 0; i < results->len; i++)
    for (guint network = 0; network < n; network++)
      {
        g_autofree char *name = dot_experiment_scores_name_network (experiment, network);

        dot_experiment_table_add_text (table, get_title (experiment, i));
        dot_experiment_table_add_text (table, name);
        add_numbers (table, get_row (experiment, i), results->pdata[i], network);
      }
  dot_experiment_table_add_note (
    table,
    _ (
      "Evaluations are passes through a network, forward or back, for a picture; seconds are for a "
      "picture, without what feature networks take. Neither has what is found out once for a "
      "pair: constants and calibration; of the evaluations the pilots of drs and obrs, too."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));

  plot->x_title = _ ("row");
  for (guint i = 0; i < results->len; i++)
    {
      const DotExperimentMark mark = { i, i, results->pdata[i], 0 };

      dot_plot_add_run (plot, get_title (experiment, i));
      g_array_append_val (marks, mark);
    }
  dot_experiment_scores_draw (experiment, plot, marks);
}

const DotExperimentClass dot_experiment_methods = {
  .name  = "methods",
  .title = N_ ("All methods on one pair, at equal network evaluations"),
  .needs = N_ ("A pair is needed that was calibrated (dot-refine calibrate), a feature network and "
               "real pictures, as evaluate takes them."),
  .version  = 1,
  .options  = options,
  .columns  = columns,
  .prepare  = prepare,
  .run_part = run_part,
  .join     = join,
  .draw     = draw,
  .clear    = clear,
};
