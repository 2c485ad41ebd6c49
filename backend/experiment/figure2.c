/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Figure 2: inception scores and Lipschitz constants against training steps. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-scores.h"

#include "engine/k-eff.h"
#include "model/model.h"

#include <math.h>
#include <string.h>

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "steps", DOT_EXPERIMENT_OPTION_COUNT, .many = TRUE, .maximum = G_MAXINT32,
    .help = N_ ("The pairs' training steps, in their order (the last number in their names)") },
  { "trials", DOT_EXPERIMENT_OPTION_COUNT, .initial = "10", .minimum = 1, .maximum = 10000,
    .help = N_ ("How many estimates of a constant, each of other latents (10)") },
  { "latent-pairs", DOT_EXPERIMENT_OPTION_COUNT, .initial = "100", .minimum = 1, .maximum = 100000,
    .help = N_ ("How many pairs of latents an estimate has (100)") },
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "step", N_ ("Step"), 0 },
  { "pair", N_ ("Pair"), -1 },
  { "network", N_ ("Feature network"), -1 },
  { "is", N_ ("Inception score"), 2, TRUE },
  { "fid", N_ ("FID"), 3 },
  { "image_k_eff", "K_eff", 4, TRUE },
  { "k_eff", "k_eff", 4, TRUE },
  { NULL },
};

/* The constants, as lists of a part's trials. */
static const struct
{
  const char *list;
  DotSpace    space;
  const char *title;
} constants[] = {
  { "image_k_eff", DOT_SPACE_TARGET, N_ ("Lipschitz constant of D (K_eff)") },
  { "k_eff", DOT_SPACE_LATENT, N_ ("Lipschitz constant of D∘G (k_eff)") },
};

/*  training steps  */

/* The last number in a name: 850000 of "ResNetGenerator_850000.npz"; −1: there is none. */
static gint64
find_number (const char *name)
{
  const char *dot = strrchr (name, '.');
  const char *end = dot ? dot : name + strlen (name);
  const char *begin;

  while (end > name && ! g_ascii_isdigit (end[-1]))
    end--;
  for (begin = end; begin > name && g_ascii_isdigit (begin[-1]);)
    begin--;
  return begin < end ? g_ascii_strtoll (begin, NULL, 10) : -1;
}

/* Of a file, else of the folder that it is in. */
static gint64
find_step (DotExperiment *experiment, guint pair)
{
  g_autofree char *path   = dot_experiment_pairs_get_name (experiment, pair);
  g_autofree char *base   = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *around = g_path_get_basename (folder);
  gint64           step   = find_number (base);

  return step >= 0 ? step : find_number (around);
}

static double
get_step (DotExperiment *experiment, guint pair)
{
  if (dot_experiment_values_get_n (experiment->values, "steps") > 0)
    return dot_experiment_values_get_number (experiment->values, "steps", pair);
  return find_step (experiment, pair);
}

static gboolean
check_steps (DotExperiment *experiment, GError **error)
{
  guint given = dot_experiment_values_get_n (experiment->values, "steps");
  guint n     = experiment->models->len;

  if (given > 0 && given != n)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("--steps has %u numbers for %u pairs: give the training step of each, in "
                      "their order."),
                   given, n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (get_step (experiment, i) < 0)
      {
        g_autofree char *name = dot_experiment_pairs_get_name (experiment, i);

        g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                     _ ("The name %s has no training step: give that of each pair with --steps."),
                     name);
        return FALSE;
      }
  return TRUE;
}

static int
compare_steps (gconstpointer a, gconstpointer b, gpointer experiment)
{
  double first  = get_step (experiment, *(const guint *) a);
  double second = get_step (experiment, *(const guint *) b);

  return (first > second) - (first < second);
}

/* (transfer full) (element-type guint): the pairs, by their steps */
static GArray *
sort_pairs (DotExperiment *experiment)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < experiment->models->len; i++)
    g_array_append_val (pairs, i);
  g_array_sort_with_data (pairs, compare_steps, experiment);
  return pairs;
}

/*  parts  */

/* Pictures as they are: no constant is needed. */
static DotRefineOptions *
make_run (DotExperiment *experiment, guint pair)
{
  DotRefineOptions *run = dot_experiment_pairs_get_options (experiment, pair);

  run->seed  = dot_experiment_values_get_count (experiment->values, "seed", 0);
  run->k_eff = 1.0;
  return run;
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, G_MAXUINT, error) ||
      ! check_steps (experiment, error) || ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  for (guint i = 0; i < experiment->models->len; i++)
    {
      g_autoptr (DotRefineOptions) run = make_run (experiment, i);

      if (! dot_experiment_measure_check (experiment, run, error))
        return FALSE;
      dot_experiment_add_part (experiment, (const guint[4]) { i }, "pair-%u", i + 1);
    }
  return TRUE;
}

static gboolean
estimate (DotExperiment       *experiment,
          DotPair             *pair,
          guint                constant,
          DotExperimentResult *result,
          GCancellable        *cancellable,
          GError             **error)
{
  guint trials = dot_experiment_values_get_count (experiment->values, "trials", 0);
  guint pairs  = dot_experiment_values_get_count (experiment->values, "latent-pairs", 0);
  g_autofree double *found = g_new (double, trials);

  for (guint i = 0; i < trials; i++)
    {
      found[i] = dot_k_eff_estimate_trial (pair, constants[constant].space, i, pairs, cancellable,
                                           error);
      if (found[i] == 0.0)
        return FALSE;
    }
  dot_experiment_result_set (result, constants[constant].list, found, trials);
  return TRUE;
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  const guint update                 = 0;
  g_autoptr (DotRefineOptions) run   = make_run (experiment, part->place[0]);
  const DotExperimentMeasure measure = { part->place[0], run, &update, 1,
                                         DOT_METRIC_IS | DOT_METRIC_FID };
  DotPair *pair = dot_experiment_pairs_load_for (experiment, part->place[0], run, cancellable,
                                                 error);

  if (! pair)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    if (! estimate (experiment, pair, i, result, cancellable, error))
      return FALSE;
  return dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

/*  all parts  */

static void
add_row (DotExperiment             *experiment,
         guint                      pair,
         guint                      network,
         const DotExperimentResult *result,
         DotExperimentTable        *table)
{
  g_autofree char *name  = dot_experiment_pairs_get_name (experiment, pair);
  g_autofree char *judge = dot_experiment_scores_name_network (experiment, network);

  dot_experiment_table_add_number (table, get_step (experiment, pair));
  dot_experiment_table_add_text (table, name);
  dot_experiment_table_add_text (table, judge);
  dot_experiment_table_add_mean (table, dot_experiment_measure_get (result, "is", network, 0),
                                 dot_experiment_measure_get (result, "is_sigma", network, 0));
  dot_experiment_table_add_number (table, dot_experiment_measure_get (result, "fid", network, 0));
  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    {
      gsize         n;
      const double *found = dot_experiment_result_get (result, constants[i].list, &n);

      dot_experiment_table_add_mean_of (table, found, n);
    }
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  g_autoptr (GArray) pairs = sort_pairs (experiment);
  guint n                  = MAX (dot_experiment_judges_count (experiment), 1);

  for (guint i = 0; i < pairs->len; i++)
    for (guint network = 0; network < n; network++)
      {
        guint pair = g_array_index (pairs, guint, i);

        add_row (experiment, pair, network, results->pdata[pair], table);
      }
  dot_experiment_table_add_note (
    table,
    _ (
      "The paper shows its figure without numbers. Deviations are those of ten parts of the pictures, "
      "and of the trials of a constant."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
draw_constant (DotExperiment *experiment, GPtrArray *results, DotPlot *plot, guint constant)
{
  g_autoptr (GArray) pairs = sort_pairs (experiment);
  DotPlotPanel *panel      = dot_plot_add_panel (plot, _ (constants[constant].title));
  GArray       *line       = dot_plot_add_line (panel, 0, FALSE);

  panel->wide = TRUE;
  for (guint i = 0; i < pairs->len; i++)
    {
      guint         pair = g_array_index (pairs, guint, i);
      gsize         n;
      const double *found = dot_experiment_result_get (results->pdata[pair],
                                                       constants[constant].list, &n);
      double        sigma, mean = dot_experiment_table_mean_of (found, n, &sigma);

      dot_plot_add_point (line, get_step (experiment, pair), mean, sigma);
    }
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) pairs = sort_pairs (experiment);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));

  plot->x_title = _ ("training step");
  for (guint i = 0; i < pairs->len; i++)
    {
      guint                   pair = g_array_index (pairs, guint, i);
      const DotExperimentMark mark = { 0, get_step (experiment, pair), results->pdata[pair], 0 };

      g_array_append_val (marks, mark);
    }
  dot_experiment_scores_draw (experiment, plot, marks);
  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    draw_constant (experiment, results, plot, i);
}

const DotExperimentClass dot_experiment_figure2 = {
  .name  = "figure2",
  .title = N_ ("Figure 2: inception scores, K_eff and k_eff against training steps"),
  .needs   = N_ ("Pairs of several steps of one training are needed, and for inception scores a "
               "feature network; the paper's snapshots, of CIFAR-10 and STL-10, must be made by "
               "trainings (dot-refine train, whose own curves have the same numbers)."),
  .version                                                                                      = 1,
  .options  = options,
  .columns  = columns,
  .prepare  = prepare,
  .run_part = run_part,
  .join     = join,
  .draw     = draw,
};
