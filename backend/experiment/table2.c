/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Table 2: one generator, refined by the discriminators of other pairs. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-scores.h"

#define PLACE "Table 2"

static const DotExperimentOption options[] = {
  { "generator", DOT_EXPERIMENT_OPTION_FILE,
    .help = N_ ("Weights of a generator, or a model that has one"), .placeholder = N_ ("FILE|ID") },
  { "discriminator", DOT_EXPERIMENT_OPTION_FILE, .many = TRUE,
    .help        = N_ ("Weights of a discriminator, or a model that has one; once for each of several"),
    .placeholder = N_ ("FILE|ID") },
  { "architecture", DOT_EXPERIMENT_OPTION_TEXT, .help = N_ ("How those files are built (what they say)"),
    .placeholder = N_ ("NAME") },
  { "prior", DOT_EXPERIMENT_OPTION_WORD, .initial = "normal", .enum_type = dot_prior_get_type,
    .help = N_ ("Where their latents come from (normal)") },
  DOT_EXPERIMENT_ENGINE_OPTIONS,
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .initial = "20", .minimum = 1, .maximum = 100000,
    .help = N_ ("How many updates (20)") },
  DOT_EXPERIMENT_TRANSPORT_OPTIONS ("sgd", N_ ("How a gradient becomes an update (sgd)")),
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  DOT_EXPERIMENT_SCORES_COLUMNS (N_ ("Discriminator")),
  { NULL },
};

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  if (! dot_experiment_pairs_cross (experiment, error) ||
      ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  for (guint i = 0; i < experiment->models->len; i++)
    {
      g_autoptr (DotRefineOptions) run = dot_experiment_measure_new_run (experiment, i);

      if (! dot_experiment_measure_check (experiment, run, error))
        return FALSE;
      dot_experiment_add_part (experiment, (const guint[4]) { i }, "discriminator-%u", i + 1);
    }
  return TRUE;
}

static guint
get_updates (DotExperiment *experiment)
{
  return dot_experiment_values_get_count (experiment->values, "updates", 0);
}

/* Without a discriminator the pictures are the same with each: the first part has
 * them. */
static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  guint       first                  = part->place[0] > 0;
  const guint updates[]              = { 0, get_updates (experiment) };
  g_autoptr (DotRefineOptions) run   = dot_experiment_measure_new_run (experiment, part->place[0]);
  const DotExperimentMeasure measure = { part->place[0], run, updates + first,
                                         G_N_ELEMENTS (updates) - first,
                                         DOT_METRIC_IS | DOT_METRIC_FID };

  return dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  const DotExperimentScores bare = { results->pdata[0], 0, "without", "bare", 0.0 };

  dot_experiment_scores_add (experiment, table, &bare);
  for (guint i = 0; i < results->len; i++)
    {
      g_autofree char *name = dot_experiment_pairs_name_file (experiment, "discriminator", i);
      const DotExperimentScores dot = { results->pdata[i], i == 0, name, "dot",
                                        get_updates (experiment) };

      dot_experiment_scores_add (experiment, table, &dot);
    }
  dot_experiment_scores_add_paper (table, PLACE);
  dot_experiment_table_add_note (
    table,
    _ ("The caption of the paper's table says that its generator is SAGAN(ns); its first and "
       "last column are those of SAGAN(hi) in Table 1."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) marks     = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));
  const DotExperimentMark bare = { 0, 0.0, results->pdata[0], 0 };

  plot->x_title = _ ("discriminator");
  dot_plot_add_run (plot, "bare");
  dot_plot_add_run (plot, "dot");
  g_array_append_val (marks, bare);
  for (guint i = 0; i < results->len; i++)
    {
      const DotExperimentMark mark = { 1, i + 1, results->pdata[i], i == 0 };

      g_array_append_val (marks, mark);
    }
  dot_experiment_scores_draw (experiment, plot, marks);
}

const DotExperimentClass dot_experiment_table2 = {
  .name          = "table2",
  .title         = N_ ("Table 2: one generator, refined by the discriminators of other pairs"),
  .needs    = N_ (
    "A generator and discriminators of the same pictures and classes are needed, a "
    "feature network and real pictures, as evaluate takes them. The paper's, of CIFAR-10, "
    "are its authors' and must be downloaded, or trained by dot-refine train."),
  .version       = 1,
  .options       = options,
  .columns       = columns,
  .prepare       = prepare,
  .run_part      = run_part,
  .join          = join,
  .draw          = draw,
};
