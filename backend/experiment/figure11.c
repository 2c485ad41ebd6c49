/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Figure 11: scores against updates, for several step sizes, with the distance term
 * and without. */

#include "experiment-judges.h"
#include "experiment-list.h"
#include "experiment-pairs.h"
#include "experiment-updates.h"
#include "paper-number.h"

#include "metrics/evaluation.h"
#include "metrics/samples.h"
#include "model/model.h"

#include <math.h>

#define PLACE "Figure 11"

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  DOT_EXPERIMENT_ONE_JUDGE_OPTIONS,
  { "rates", DOT_EXPERIMENT_OPTION_NUMBER, .many = TRUE, .initial = "0.01,0.05,0.25",
    .minimum = 1e-9, .maximum = 1e6, .help = N_ ("The sizes of a step (0.01,0.05,0.25)") },
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .many = TRUE,
    .initial = "0,2,4,6,8,10,15,20,30,40,50,60,70,80,90", .maximum = 100000,
    .help = N_ ("After how many updates they are looked at (0,2,4 … 90)") },
  { "optimizer", DOT_EXPERIMENT_OPTION_WORD, .initial = "sgd", .enum_type = dot_optimizer_get_type,
    .help = N_ ("How a gradient becomes an update (sgd)") },
  { "samples", DOT_EXPERIMENT_OPTION_COUNT, .initial = "1000", .minimum = 1, .maximum = 10000000,
    .help = N_ ("How many pictures, of all classes in turn (1000)") },
  { "batch", DOT_EXPERIMENT_OPTION_COUNT, .initial = "50", .minimum = 1, .maximum = 10000,
    .help = N_ ("How many are refined at once (50)") },
  { "seed", DOT_EXPERIMENT_OPTION_COUNT, .initial = "0", .maximum = DOT_MAX_SEED,
    .help = N_ ("Decides the first sample's latent; the next ones follow (0)") },
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "method", N_ ("Method"), -1 },
  { "rate", N_ ("Step size"), 4 },
  { "updates", N_ ("Updates"), 0 },
  { "score", N_ ("Score of D"), 3 },
  { "is", N_ ("Inception score"), 2, TRUE },
  { "fid", N_ ("FID"), 2 },
  { NULL },
};

static const DotMethod methods[] = { DOT_METHOD_DOT, DOT_METHOD_NAIVE };

/* What of a part's lists is drawn. */
static const struct
{
  const char *list;
  const char *sigma;
  const char *title;
  gboolean    judged;
} drawn[] = {
  { "is", "is_sigma", N_ ("Inception score"), TRUE },
  { "fid", NULL, N_ ("FID"), TRUE },
  { "score", NULL, N_ ("Score of the discriminator"), FALSE },
};

/*  preparing  */

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, 1, error) ||
      ! dot_experiment_judges_find (experiment, error))
    return FALSE;

  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    for (guint i = 0; i < dot_experiment_values_get_n (experiment->values, "rates"); i++)
      dot_experiment_add_part (experiment, (const guint[4]) { m, i }, "%s-%s",
                               dot_enum_to_nick (DOT_TYPE_METHOD, methods[m]),
                               dot_experiment_values_get_text (experiment->values, "rates", i));
  return TRUE;
}

/*  a part  */

static DotRefineOptions *
make_run (DotExperiment *experiment, const DotExperimentPart *part)
{
  DotExperimentValues *values = experiment->values;
  DotRefineOptions    *run    = dot_experiment_pairs_get_options (experiment, 0);

  run->method    = methods[part->place[0]];
  run->optimizer = dot_experiment_values_get_word (values, "optimizer");
  run->step_size = dot_experiment_values_get_number (values, "rates", part->place[1]);
  run->seed      = dot_experiment_values_get_count (values, "seed", 0);
  return run;
}

static double
mean_of (const float *values, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += values[i];
  return sum / n;
}

static gboolean
measure (DotExperiment       *experiment,
         const DotSamples    *samples,
         const DotStatistics *reference,
         DotExperimentResult *result,
         GCancellable        *cancellable,
         GError             **error)
{
  g_autofree double *score = g_new (double, samples->n_updates);
  g_autofree double *is    = g_new (double, samples->n_updates);
  g_autofree double *sigma = g_new (double, samples->n_updates);
  g_autofree double *fid   = g_new (double, samples->n_updates);
  DotMetrics         metrics;

  metrics = (samples->n_networks ? DOT_METRIC_IS : 0) | (reference ? DOT_METRIC_FID : 0);
  for (guint u = 0; u < samples->n_updates; u++)
    {
      DotEvaluation evaluation;

      if (! dot_evaluation_compute (&evaluation, samples, 0, u, metrics, reference, NULL,
                                    cancellable, error))
        return FALSE;
      score[u] = mean_of (samples->scores + u * samples->count, samples->count);
      is[u]    = evaluation.is[0];
      sigma[u] = evaluation.is[1];
      fid[u]   = evaluation.fid;
    }
  dot_experiment_result_set (result, "score", score, samples->n_updates);
  dot_experiment_result_set (result, "is", is, samples->n_updates);
  dot_experiment_result_set (result, "is_sigma", sigma, samples->n_updates);
  dot_experiment_result_set (result, "fid", fid, samples->n_updates);
  return TRUE;
}

static void
on_progress (const char *message, double fraction, gpointer experiment)
{
  dot_experiment_tell (experiment, fraction);
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  g_autoptr (DotRefineOptions) run = make_run (experiment, part);
  g_autoptr (GArray) updates       = dot_experiment_updates_list (experiment->values, "updates");
  g_autoptr (DotSamples) samples   = NULL;
  DotFeatures         *network     = NULL;
  const DotStatistics *reference   = NULL;
  DotPair             *pair        = dot_experiment_pairs_load (experiment, 0, cancellable, error);
  DotSamplesOptions    making      = {
            .run       = run,
            .count     = dot_experiment_values_get_count (experiment->values, "samples", 0),
            .batch     = dot_experiment_values_get_count (experiment->values, "batch", 0),
            .updates   = (const guint *) (gconstpointer) updates->data,
            .n_updates = updates->len,
  };

  if (! pair ||
      (dot_experiment_judges_count (experiment) > 0 &&
       ! dot_experiment_judges_load (experiment, 0, dot_experiment_pairs_get (experiment, 0),
                                     &network, &reference, cancellable, error)))
    return FALSE;
  samples = dot_samples_make (pair, &making, &network, network ? 1 : 0, on_progress, experiment,
                              cancellable, error);
  return samples && measure (experiment, samples, reference, result, cancellable, error);
}

/*  all parts  */

static void
add_paper (DotExperimentTable *table)
{
  guint                 n;
  const DotPaperNumber *numbers = dot_paper_number_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (numbers[i].place, PLACE))
      {
        dot_experiment_table_add_text (table, _ ("dot, the paper's, CIFAR-10, large steps"));
        dot_experiment_table_add_number (table, NAN);
        dot_experiment_table_add_number (table, numbers[i].updates);
        dot_experiment_table_add_number (table, NAN);
        dot_experiment_table_add_mean (table, numbers[i].score, numbers[i].score_sigma);
        dot_experiment_table_add_number (table, numbers[i].fid);
      }
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");

  for (guint i = 0; i < results->len; i++)
    for (guint u = 0; u < updates->len; u++)
      {
        const DotExperimentPart   *part = &g_array_index (experiment->parts, DotExperimentPart, i);
        const DotExperimentResult *result = results->pdata[i];

        dot_experiment_table_add_text (table,
                                       dot_enum_to_nick (DOT_TYPE_METHOD, methods[part->place[0]]));
        dot_experiment_table_add_number (table,
                                         dot_experiment_values_get_number (experiment->values,
                                                                           "rates",
                                                                           part->place[1]));
        dot_experiment_table_add_number (table, g_array_index (updates, guint, u));
        dot_experiment_table_add_number (table,
                                         dot_experiment_result_get (result, "score", NULL)[u]);
        dot_experiment_table_add_mean (table, dot_experiment_result_get (result, "is", NULL)[u],
                                       dot_experiment_result_get (result, "is_sigma", NULL)[u]);
        dot_experiment_table_add_number (table, dot_experiment_result_get (result, "fid", NULL)[u]);
      }
  add_paper (table);
  dot_experiment_table_add_note (
    table,
    _ ("The paper's numbers are of other networks and another judge: what can be compared is where "
       "they rise and fall."));
  return TRUE;
}

static void
draw_panel (DotExperiment *experiment, GPtrArray *results, DotPlot *plot, guint what)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");
  DotPlotPanel *panel        = dot_plot_add_panel (plot, _ (drawn[what].title));

  panel->first  = dot_enum_to_nick (DOT_TYPE_METHOD, methods[0]);
  panel->second = dot_enum_to_nick (DOT_TYPE_METHOD, methods[1]);
  panel->wide   = g_str_equal (drawn[what].list, "fid");
  for (guint i = 0; i < results->len; i++)
    {
      const guint  *place  = g_array_index (experiment->parts, DotExperimentPart, i).place;
      GArray       *line   = dot_plot_add_line (panel, place[1], place[0] == 1);
      const double *values = dot_experiment_result_get (results->pdata[i], drawn[what].list, NULL);
      const double *sigma  = NULL;

      if (drawn[what].sigma)
        sigma = dot_experiment_result_get (results->pdata[i], drawn[what].sigma, NULL);
      for (guint u = 0; u < updates->len; u++)
        dot_plot_add_point (line, g_array_index (updates, guint, u), values[u],
                            sigma ? sigma[u] : (double) NAN);
    }
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  DotExperimentValues *values = experiment->values;
  gboolean             judged = dot_experiment_judges_count (experiment) > 0;

  plot->x_title = _ ("updates");
  plot->columns = judged ? 3 : 1;
  for (guint i = 0; i < dot_experiment_values_get_n (values, "rates"); i++)
    dot_plot_add_run (plot, dot_experiment_values_get_text (values, "rates", i));
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    if (judged || ! drawn[i].judged)
      draw_panel (experiment, results, plot, i);
}

const DotExperimentClass dot_experiment_figure11 = {
  .name  = "figure11",
  .title = N_ ("Figure 11: scores against updates for several step sizes, dot and naive"),
  .needs   = N_ ("A pair is needed, and for more than D's scores a feature network and real "
               "pictures, as evaluate takes them; the paper's pair is an SNGAN of CIFAR-10."),
  .version                                                                                  = 1,
  .options  = options,
  .columns  = columns,
  .prepare  = prepare,
  .run_part = run_part,
  .join     = join,
  .draw     = draw,
};
