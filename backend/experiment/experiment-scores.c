/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Inception scores and FIDs as rows, ours and the paper's, and as points. */

#include "experiment-scores.h"

#include "experiment-judges.h"
#include "experiment-measure.h"
#include "paper-number.h"

#include <math.h>

#define NOTHING "–"

/* What is drawn, a panel each for each feature network. */
static const struct
{
  const char *list;
  const char *sigma;
  const char *title;
} drawn[] = {
  { "is", "is_sigma", N_ ("Inception score") },
  { "fid", NULL, N_ ("FID") },
};

/**
 * dot_experiment_scores_name_network:
 *
 * Returns: (transfer full): what a feature network's file is called
 */
char *
dot_experiment_scores_name_network (DotExperiment *experiment, guint network)
{
  const char      *path = dot_experiment_values_get_text (experiment->values, "features", network);
  g_autofree char *base = path ? g_path_get_basename (path) : g_strdup (NOTHING);

  return g_filename_display_name (base);
}

static char *
name_data (DotExperiment *experiment)
{
  const char      *path = dot_experiment_values_get_text (experiment->values, "against", 0);
  g_autofree char *base = path ? g_path_get_basename (path) : g_strdup (NOTHING);

  return g_filename_display_name (base);
}

/**
 * dot_experiment_scores_add:
 *
 * Adds a row for each feature network; one without numbers where there is none.
 */
void
dot_experiment_scores_add (DotExperiment             *experiment,
                           DotExperimentTable        *table,
                           const DotExperimentScores *scores)
{
  g_autofree char *data = name_data (experiment);
  guint            n    = MAX (dot_experiment_judges_count (experiment), 1);

  for (guint i = 0; i < n; i++)
    {
      const DotExperimentResult *result  = scores->result;
      guint                      update  = scores->update;
      g_autofree char           *network = dot_experiment_scores_name_network (experiment, i);

      dot_experiment_table_add_text (table, "ours");
      dot_experiment_table_add_text (table, scores->what);
      dot_experiment_table_add_text (table, data);
      dot_experiment_table_add_text (table, network);
      dot_experiment_table_add_text (table, scores->method);
      dot_experiment_table_add_number (table, scores->updates);
      dot_experiment_table_add_mean (table, dot_experiment_measure_get (result, "is", i, update),
                                     dot_experiment_measure_get (result, "is_sigma", i, update));
      dot_experiment_table_add_number (table,
                                       dot_experiment_measure_get (result, "fid", i, update));
    }
}

/* "DCGAN SNGAN(hi)", or what else decides. */
static char *
name_pair (const DotPaperNumber *number)
{
  if (number->setting[0])
    return g_strdup (number->setting);
  return g_strconcat (number->networks, number->gan[0] ? " " : "", number->gan, NULL);
}

/**
 * dot_experiment_scores_add_paper:
 * @place: "Table 1"
 *
 * Adds the paper's rows, which Inception v3 looked at.
 */
void
dot_experiment_scores_add_paper (DotExperimentTable *table, const char *place)
{
  guint                 n;
  const DotPaperNumber *numbers = dot_paper_number_list (&n);

  for (guint i = 0; i < n; i++)
    {
      const DotPaperNumber *number = &numbers[i];
      g_autofree char      *what   = name_pair (number);

      if (! g_str_equal (number->place, place))
        continue;
      dot_experiment_table_add_text (table, "paper");
      dot_experiment_table_add_text (table, what);
      dot_experiment_table_add_text (table, number->data);
      dot_experiment_table_add_text (table, "Inception v3");
      dot_experiment_table_add_text (table, number->method);
      dot_experiment_table_add_number (table, number->updates < 0 ? (double) NAN : number->updates);
      dot_experiment_table_add_mean (table, number->score, number->score_sigma);
      dot_experiment_table_add_number (table, number->fid);
    }
}

static char *
list_diverged (DotExperiment *experiment, GPtrArray *results, guint *n)
{
  GString *names = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < results->len; i++)
    if (! dot_experiment_measure_is_finite (results->pdata[i]))
      g_string_append_printf (names, "%s%s", (*n)++ ? ", " : "",
                              g_array_index (experiment->parts, DotExperimentPart, i).name);
  return g_string_free (names, FALSE);
}

/**
 * dot_experiment_scores_note:
 *
 * Notes which parts diverged.
 *
 * Returns: %FALSE where all did
 */
gboolean
dot_experiment_scores_note (DotExperiment      *experiment,
                            GPtrArray          *results,
                            DotExperimentTable *table,
                            GError            **error)
{
  guint            n;
  g_autofree char *names    = list_diverged (experiment, results, &n);
  g_autofree char *sentence = NULL;

  if (n == 0)
    return TRUE;

  sentence = g_strdup_printf (_ ("Steps of %s came to numbers that aren't finite: take a smaller "
                                 "step size, or check the model."),
                              names);
  if (n < results->len)
    {
      dot_experiment_table_add_note (table, sentence);
      return TRUE;
    }
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NOT_FINITE, sentence);
  return FALSE;
}

/*  drawing  */

static void
add_panel (DotExperiment *experiment, DotPlot *plot, const GArray *marks, guint what, guint network)
{
  g_autofree char *name  = dot_experiment_scores_name_network (experiment, network);
  g_autofree char *title = NULL;
  DotPlotPanel    *panel;

  title = dot_experiment_judges_count (experiment) > 1
            ? g_strdup_printf ("%s, %s", _ (drawn[what].title), name)
            : g_strdup (_ (drawn[what].title));
  panel = dot_plot_add_panel (plot, title);
  for (guint run = 0; run < MAX (plot->runs->len, 1); run++)
    {
      GArray *line = dot_plot_add_line (panel, run, FALSE);

      for (guint i = 0; i < marks->len; i++)
        {
          const DotExperimentMark *mark  = &g_array_index (marks, DotExperimentMark, i);
          double                   sigma = NAN;

          if (mark->run != run)
            continue;
          if (drawn[what].sigma)
            sigma = dot_experiment_measure_get (mark->result, drawn[what].sigma, network,
                                                mark->update);
          dot_plot_add_point (line, mark->x,
                              dot_experiment_measure_get (mark->result, drawn[what].list, network,
                                                          mark->update),
                              sigma);
        }
    }
}

/**
 * dot_experiment_scores_draw:
 * @plot: with its runs and what goes to the right
 * @marks: (element-type DotExperimentMark):
 *
 * Adds a panel of inception scores and one of FIDs for each feature network, with a
 * line a run.
 */
void
dot_experiment_scores_draw (DotExperiment *experiment, DotPlot *plot, const GArray *marks)
{
  guint n = MAX (dot_experiment_judges_count (experiment), 1);

  plot->columns = G_N_ELEMENTS (drawn);
  for (guint network = 0; network < n; network++)
    for (guint what = 0; what < G_N_ELEMENTS (drawn); what++)
      add_panel (experiment, plot, marks, what, network);
}
