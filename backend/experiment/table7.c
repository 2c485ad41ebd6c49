/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Table 7, of the supplement: MH-GAN beside DOT. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-scores.h"

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .initial = "20", .minimum = 1, .maximum = 100000,
    .help = N_ ("How many updates of DOT (20; the paper's ResNets had 10)") },
  { "proposals", DOT_EXPERIMENT_OPTION_COUNT, .initial = "500", .minimum = 1, .maximum = 1000000,
    .help = N_ ("How many draws MH-GAN takes for a picture (500)") },
  DOT_EXPERIMENT_TRANSPORT_OPTIONS ("sgd", N_ ("How a gradient becomes an update (sgd)")),
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  DOT_EXPERIMENT_SCORES_COLUMNS (N_ ("Pair")),
  { NULL },
};

static const DotMethod methods[] = { DOT_METHOD_DOT, DOT_METHOD_MH };

#define N_METHODS G_N_ELEMENTS (methods)

static DotRefineOptions *
make_run (DotExperiment *experiment, const guint place[4])
{
  DotRefineOptions *run = dot_experiment_measure_new_run (experiment, place[0]);

  run->method    = methods[place[1]];
  run->proposals = dot_experiment_values_get_count (experiment->values, "proposals", 0);
  return run;
}

static gboolean
add_part (DotExperiment *experiment, guint pair, guint method, GError **error)
{
  const guint place[4]             = { pair, method };
  g_autoptr (DotRefineOptions) run = make_run (experiment, place);

  run->updates = 1;
  if (! dot_experiment_measure_check (experiment, run, error))
    return FALSE;
  dot_experiment_add_part (experiment, place, "pair-%u-%s", pair + 1,
                           dot_enum_to_nick (DOT_TYPE_METHOD, methods[method]));
  return TRUE;
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, G_MAXUINT, error) ||
      ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  for (guint pair = 0; pair < experiment->models->len; pair++)
    {
      dot_experiment_pairs_identify_calibration (experiment, pair);
      for (guint method = 0; method < N_METHODS; method++)
        if (! add_part (experiment, pair, method, error))
          return FALSE;
    }
  return TRUE;
}

/* DOT's has the pictures as they are, too; a choice is made in one update. */
static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  gboolean    dot       = methods[part->place[1]] == DOT_METHOD_DOT;
  guint       last      = dot_experiment_values_get_count (experiment->values, "updates", 0);
  const guint updates[] = { 0, last };
  const guint choice[]  = { 1 };
  g_autoptr (DotRefineOptions) run   = make_run (experiment, part->place);
  const DotExperimentMeasure measure = { part->place[0], run, dot ? updates : choice,
                                         dot ? G_N_ELEMENTS (updates) : 1,
                                         DOT_METRIC_IS | DOT_METRIC_FID };

  return dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

static void
add_pair (DotExperiment *experiment, GPtrArray *results, guint pair, DotExperimentTable *table)
{
  DotExperimentValues      *values    = experiment->values;
  g_autofree char          *name      = dot_experiment_pairs_get_name (experiment, pair);
  guint                     updates   = dot_experiment_values_get_count (values, "updates", 0);
  guint                     proposals = dot_experiment_values_get_count (values, "proposals", 0);
  gpointer                 *own       = results->pdata + pair * N_METHODS;
  const DotExperimentScores bare      = { own[0], 0, name, "bare", 0.0 };
  const DotExperimentScores dot       = { own[0], 1, name, "dot", updates };
  const DotExperimentScores mh        = { own[1], 0, name, "mh", proposals };

  dot_experiment_scores_add (experiment, table, &bare);
  dot_experiment_scores_add (experiment, table, &dot);
  dot_experiment_scores_add (experiment, table, &mh);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  for (guint pair = 0; pair < experiment->models->len; pair++)
    add_pair (experiment, results, pair, table);
  dot_experiment_scores_add_paper (table, "Table 7");
  dot_experiment_scores_add_paper (table, "Table 1");
  dot_experiment_table_add_note (
    table,
    _ ("Of mh the updates are the draws that its chain had for a picture. The paper's rows are "
       "those of its Table 7, then of Table 1, which has DOT's of the same pairs."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
add_mark (GArray *marks, guint run, guint pair, const DotExperimentResult *result, guint update)
{
  const DotExperimentMark mark = { run, pair + 1, result, update };

  g_array_append_val (marks, mark);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));

  plot->x_title = _ ("pair");
  dot_plot_add_run (plot, "bare");
  dot_plot_add_run (plot, "dot");
  dot_plot_add_run (plot, "mh");
  for (guint pair = 0; pair < experiment->models->len; pair++)
    {
      gpointer *own = results->pdata + pair * N_METHODS;

      add_mark (marks, 0, pair, own[0], 0);
      add_mark (marks, 1, pair, own[0], 1);
      add_mark (marks, 2, pair, own[1], 0);
    }
  dot_experiment_scores_draw (experiment, plot, marks);
}

const DotExperimentClass dot_experiment_table7 = {
  .name          = "table7",
  .title         = N_ ("Table 7: MH-GAN beside DOT"),
  .needs    = N_ (
    "Pairs are needed that were calibrated (dot-refine calibrate), a feature network and "
    "real pictures, as evaluate takes them. The paper's pairs, DCGANs of CIFAR-10 and "
    "STL-10, are its authors' and must be downloaded, or trained by dot-refine train."),
  .version       = 1,
  .options       = options,
  .columns       = columns,
  .prepare       = prepare,
  .run_part      = run_part,
  .join          = join,
  .draw          = draw,
};
