/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Table 1: pairs as they are, and refined. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-scores.h"

#define PLACE "Table 1"

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .initial = "20", .minimum = 1, .maximum = 100000,
    .help = N_ ("How many updates (20; the paper's ResNets had 10)") },
  DOT_EXPERIMENT_TRANSPORT_OPTIONS ("sgd", N_ ("How a gradient becomes an update (sgd)")),
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  DOT_EXPERIMENT_SCORES_COLUMNS (N_ ("Pair")),
  { NULL },
};

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, G_MAXUINT, error) ||
      ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  for (guint i = 0; i < experiment->models->len; i++)
    {
      g_autoptr (DotRefineOptions) run = dot_experiment_measure_new_run (experiment, i);

      if (! dot_experiment_measure_check (experiment, run, error))
        return FALSE;
      dot_experiment_add_part (experiment, (const guint[4]) { i }, "pair-%u", i + 1);
    }
  return TRUE;
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  guint       pair      = part->place[0];
  guint       last      = dot_experiment_values_get_count (experiment->values, "updates", 0);
  const guint updates[] = { 0, last };
  g_autoptr (DotRefineOptions) run   = dot_experiment_measure_new_run (experiment, pair);
  const DotExperimentMeasure measure = { pair, run, updates, G_N_ELEMENTS (updates),
                                         DOT_METRIC_IS | DOT_METRIC_FID };

  return dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  guint last = dot_experiment_values_get_count (experiment->values, "updates", 0);

  for (guint i = 0; i < results->len; i++)
    {
      g_autofree char          *name = dot_experiment_pairs_get_name (experiment, i);
      const DotExperimentScores bare = { results->pdata[i], 0, name, "bare", 0.0 };
      const DotExperimentScores dot  = { results->pdata[i], 1, name, "dot", last };

      dot_experiment_scores_add (experiment, table, &bare);
      dot_experiment_scores_add (experiment, table, &dot);
    }
  dot_experiment_scores_add_paper (table, PLACE);
  dot_experiment_table_add_note (
    table, _ ("The paper's numbers are of 50,000 pictures by the Inception network of 2015: only "
              "what refining changes can be compared with those of another network."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));

  plot->x_title = _ ("pair");
  dot_plot_add_run (plot, "bare");
  dot_plot_add_run (plot, "dot");
  for (guint i = 0; i < results->len; i++)
    for (guint u = 0; u < 2; u++)
      {
        const DotExperimentMark mark = { u, i + 1, results->pdata[i], u };

        g_array_append_val (marks, mark);
      }
  dot_experiment_scores_draw (experiment, plot, marks);
}

const DotExperimentClass dot_experiment_table1 = {
  .name          = "table1",
  .title         = N_ ("Table 1: pairs as they are, and refined by DOT"),
  .needs    = N_ (
    "Pairs are needed, a feature network and real pictures, as evaluate takes them. The "
    "paper's pairs, DCGANs and ResNets of CIFAR-10 and STL-10, are its authors' and must "
    "be downloaded, or trained by dot-refine train with models/train/."),
  .version       = 1,
  .options       = options,
  .columns       = columns,
  .prepare       = prepare,
  .run_part      = run_part,
  .join          = join,
  .draw          = draw,
};
