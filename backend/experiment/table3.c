/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Table 3: a conditional pair after some numbers of updates, with the constant 1 and
 * with that of each class. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-measure.h"
#include "experiment-pairs.h"
#include "experiment-scores.h"
#include "experiment-updates.h"

#define PLACE "Table 3"

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_JUDGE_OPTIONS,
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .many = TRUE, .initial = "0,4,16,32", .maximum = 100000,
    .help = N_ ("After how many updates they are looked at (0,4,16,32)") },
  { "trials", DOT_EXPERIMENT_OPTION_COUNT, .initial = "2", .minimum = 1, .maximum = 1000,
    .help = N_ ("How often each constant is tried, each time with other seeds (2)") },
  DOT_EXPERIMENT_TRANSPORT_OPTIONS ("adam", N_ ("How a gradient becomes an update (adam)")),
  DOT_EXPERIMENT_SAMPLE_OPTIONS,
  { NULL },
};

static const DotExperimentColumn columns[] = {
  DOT_EXPERIMENT_SCORES_COLUMNS (N_ ("Setting")),
  { NULL },
};

/* As the paper calls them. */
static const struct
{
  double      k_eff;
  const char *word;
  const char *setting;
} constants[] = {
  { 1.0, "1", "k_eff 1, trial %u" },
  { 0.0, "estimated", "k_eff estimated, trial %u" },
};

/* Each trial has seeds of its own, the same for both constants' first, second … one. */
static DotRefineOptions *
make_run (DotExperiment *experiment, const guint place[4])
{
  DotRefineOptions *run   = dot_experiment_measure_new_run (experiment, 0);
  guint             count = dot_experiment_values_get_count (experiment->values, "samples", 0);

  run->k_eff = constants[place[0]].k_eff;
  run->seed += (gint64) place[1] * count;
  return run;
}

static gboolean
add_parts (DotExperiment *experiment, GError **error)
{
  guint trials = dot_experiment_values_get_count (experiment->values, "trials", 0);

  for (guint k = 0; k < G_N_ELEMENTS (constants); k++)
    for (guint t = 0; t < trials; t++)
      {
        const guint place[4]             = { k, t };
        g_autoptr (DotRefineOptions) run = make_run (experiment, place);

        if (! dot_experiment_measure_check (experiment, run, error))
          return FALSE;
        dot_experiment_add_part (experiment, place, "k-eff-%s-trial-%u", constants[k].word, t + 1);
      }
  return TRUE;
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  return dot_experiment_pairs_find (experiment, error) &&
         dot_experiment_pairs_need (experiment, 1, 1, error) &&
         dot_experiment_judges_find (experiment, error) && add_parts (experiment, error);
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  g_autoptr (DotRefineOptions) run   = make_run (experiment, part->place);
  g_autoptr (GArray) updates         = dot_experiment_updates_list (experiment->values, "updates");
  const DotExperimentMeasure measure = { 0, run, (const guint *) (gconstpointer) updates->data,
                                         updates->len, DOT_METRIC_IS | DOT_METRIC_FID };

  return dot_experiment_measure (experiment, &measure, result, cancellable, error);
}

/* Trials are counted on from constant to constant, as in the paper. */
static char *
name_setting (DotExperiment *experiment, guint part)
{
  guint k = g_array_index (experiment->parts, DotExperimentPart, part).place[0];

  return g_strdup_printf (constants[k].setting, part + 1);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");

  for (guint i = 0; i < results->len; i++)
    {
      g_autofree char *setting = name_setting (experiment, i);

      for (guint u = 0; u < updates->len; u++)
        {
          const DotExperimentScores scores = { results->pdata[i], u, setting, "dot",
                                               g_array_index (updates, guint, u) };

          dot_experiment_scores_add (experiment, table, &scores);
        }
    }
  dot_experiment_scores_add_paper (table, PLACE);
  dot_experiment_table_add_note (
    table, _ ("The paper's pair has 1,000 classes of 128 pixels, and its numbers are of 50,000 "
              "pictures by the Inception network of 2015."));
  return dot_experiment_scores_note (experiment, results, table, error);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");
  g_autoptr (GArray) marks   = g_array_new (FALSE, FALSE, sizeof (DotExperimentMark));

  plot->x_title = _ ("updates");
  for (guint i = 0; i < results->len; i++)
    {
      g_autofree char *setting = name_setting (experiment, i);

      dot_plot_add_run (plot, setting);
      for (guint u = 0; u < updates->len; u++)
        {
          const DotExperimentMark mark = { i, g_array_index (updates, guint, u), results->pdata[i],
                                           u };

          g_array_append_val (marks, mark);
        }
    }
  dot_experiment_scores_draw (experiment, plot, marks);
}

const DotExperimentClass dot_experiment_table3 = {
  .name          = "table3",
  .title         = N_ ("Table 3: a conditional pair after 0, 4, 16 and 32 updates, k_eff 1 and estimated"),
  .needs    = N_ (
    "A conditional pair is needed, a feature network and real pictures, as evaluate takes "
    "them. The paper's is the public SNGAN with projection of ImageNet at 128 pixels, "
    "which must be downloaded: “dot-refine models” says what to fetch."),
  .version       = 1,
  .options       = options,
  .columns       = columns,
  .prepare       = prepare,
  .run_part      = run_part,
  .join          = join,
  .draw          = draw,
};
