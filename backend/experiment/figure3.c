/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Figure 3: points of the plane, moved by their discriminator, and how far they are
 * from real ones. */

#include "experiment-list.h"
#include "experiment-pairs.h"
#include "figure3-method.h"
#include "paper-number.h"

#include "metrics/emd.h"
#include "model/model.h"

#include "base/intl.h"

#include <math.h>

#define PLACE    "Figure 3"
#define REAL     "real"
#define COMPARED "compared points"
#define COLUMNS  4

/* With fewer the error of a mean isn't known. */
#define ENOUGH_TRIALS 10

/* Points a trial draws: those that all are compared with, and others. */
#define BATCHES 2

static const char *const known_data[] = { "gaussians-25", "swiss-roll" };

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("uniform", N_ ("Where their latents come from (uniform)")),
  { "data", DOT_EXPERIMENT_OPTION_TEXT, .many = TRUE,
    .help = N_ ("What a pair's real points are: gaussians-25 or swiss-roll, one for each pair, in "
                "their order (one, then the other)"),
    .placeholder = N_ ("NAME") },
  { "trials", DOT_EXPERIMENT_OPTION_COUNT, .initial = "100", .minimum = 1, .maximum = 100000,
    .help = N_ ("How many trials (100)") },
  { "points", DOT_EXPERIMENT_OPTION_COUNT, .initial = "1000", .minimum = 2, .maximum = 5000,
    .help = N_ ("How many points are compared in each (1000)") },
  { "all", DOT_EXPERIMENT_OPTION_FLAG, .help = N_ ("All methods, not the paper's only") },
  { "seed", DOT_EXPERIMENT_OPTION_COUNT, .initial = "0", .maximum = DOT_MAX_SEED,
    .help = N_ ("Decides all that is drawn (0)") },
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "data", N_ ("Data"), -1 },
  { "method", N_ ("Method"), -1 },
  { "emd", N_ ("EMD"), 3, TRUE },
  { "paper", N_ ("Paper"), 3, TRUE },
  { NULL },
};

/* @sources: one a pair, made when it is first needed
 * @n_methods: of the table, which are made */
typedef struct
{
  GPtrArray              *data;
  GPtrArray              *sources;
  const DotFigure3Method *methods;
  guint                   n_methods;
} Figure;

static void
free_source (gpointer source)
{
  if (source)
    dot_figure3_source_free (source);
}

static void
clear (gpointer data)
{
  Figure *figure = data;

  g_ptr_array_unref (figure->data);
  g_ptr_array_unref (figure->sources);
  g_free (figure);
}

/*  preparing  */

static gboolean
check_name (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_data); i++)
    if (g_str_equal (name, known_data[i]))
      return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("--data can't be “%s”: give gaussians-25 or swiss-roll."), name);
  return FALSE;
}

/* Without --data the first pair is of the first set, the second of the second. */
static gboolean
find_data (DotExperiment *experiment, Figure *figure, GError **error)
{
  guint given = dot_experiment_values_get_n (experiment->values, "data");
  guint n     = experiment->models->len;

  if (given > 0 && given != n)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("--data must stand as often as there are pairs: give %u of it, not %u."), n,
                   given);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      const char *name = given ? dot_experiment_values_get_text (experiment->values, "data", i)
                               : known_data[i % G_N_ELEMENTS (known_data)];

      if (! check_name (name, error))
        return FALSE;
      g_ptr_array_add (figure->data, g_strdup (name));
      g_ptr_array_add (figure->sources, NULL);
    }
  return TRUE;
}

static gboolean
check_model (DotExperiment *experiment, guint i, GError **error)
{
  DotModel *model = dot_experiment_pairs_get (experiment, i);

  if (dot_model_get_problem (model))
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, dot_model_get_problem (model));
  else if (dot_model_get_channels (model) != 2)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s makes pictures, and %s is of points of the plane: give a pair that was "
                    "trained on those, as by models/train/gaussians-25.json."),
                 dot_model_get_id (model), experiment->class->name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_seeds (DotExperiment *experiment, GError **error)
{
  DotExperimentValues *values = experiment->values;
  guint                seed   = dot_experiment_values_get_count (values, "seed", 0);
  guint                points = dot_experiment_values_get_count (values, "trials", 0) *
                 dot_experiment_values_get_count (values, "points", 0);

  if ((gint64) seed + points - 1 <= DOT_MAX_SEED)
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("--seed %u leaves no room for %u latents below %d: give a smaller one."), seed,
               points, DOT_MAX_SEED);
  return FALSE;
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  Figure *figure = g_new0 (Figure, 1);
  guint   trials = dot_experiment_values_get_count (experiment->values, "trials", 0);

  figure->data     = g_ptr_array_new_with_free_func (g_free);
  figure->sources  = g_ptr_array_new_with_free_func (free_source);
  figure->methods  = dot_figure3_method_list (&figure->n_methods);
  experiment->data = figure;
  if (! dot_experiment_values_get_flag (experiment->values, "all"))
    figure->n_methods = DOT_FIGURE3_METHOD_PAPER;
  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, 16, error) ||
      ! find_data (experiment, figure, error) || ! check_seeds (experiment, error))
    return FALSE;

  for (guint i = 0; i < experiment->models->len; i++)
    {
      if (! check_model (experiment, i, error))
        return FALSE;
      for (guint trial = 0; trial < trials; trial++)
        dot_experiment_add_part (experiment, (const guint[4]) { i, trial }, "%u-%s-trial-%05u",
                                 i + 1, (const char *) figure->data->pdata[i], trial);
    }
  return TRUE;
}

/*  a trial  */

static DotFigure3Source *
find_source (DotExperiment *experiment, guint i, GCancellable *cancellable, GError **error)
{
  Figure              *figure = experiment->data;
  DotExperimentValues *values = experiment->values;
  DotPair             *pair;

  if (figure->sources->pdata[i])
    return figure->sources->pdata[i];
  pair = dot_experiment_pairs_load (experiment, i, cancellable, error);
  if (! pair)
    return NULL;
  figure->sources->pdata[i] = dot_figure3_source_new (pair, figure->data->pdata[i],
                                                      dot_experiment_values_get_count (values,
                                                                                       "points", 0),
                                                      dot_experiment_values_get_count (values,
                                                                                       "seed", 0),
                                                      cancellable, error);
  return figure->sources->pdata[i];
}

/* @points: (1 + rows, n, 2): those that all are compared with, then a row's each
 * @emd: (rows) */
typedef struct
{
  double       *points;
  double       *emd;
  guint         n;
  GCancellable *cancellable;
  GMutex        lock;
  GError       *error;
} Comparison;

static double *
get_points (const Comparison *comparison, guint set)
{
  return comparison->points + 2 * (gsize) comparison->n * set;
}

/* A row's, in a thread of its own. */
static void
compare (gpointer row, gpointer data)
{
  Comparison *comparison   = data;
  guint       set          = GPOINTER_TO_UINT (row);
  g_autoptr (GError) error = NULL;

  if (dot_emd (comparison->points, comparison->n, get_points (comparison, set), comparison->n, 2,
               DOT_COST_SQUARED, &comparison->emd[set - 1], comparison->cancellable, &error))
    return;
  g_mutex_lock (&comparison->lock);
  if (! comparison->error)
    comparison->error = g_steal_pointer (&error);
  g_mutex_unlock (&comparison->lock);
}

/* The rows don't wait for each other: the network simplex has one thread. */
static gboolean
compare_all (Comparison *comparison, guint rows, GError **error)
{
  GThreadPool *pool = g_thread_pool_new (compare, comparison,
                                         (int) MIN (rows, g_get_num_processors ()), FALSE, NULL);

  g_mutex_init (&comparison->lock);
  for (guint set = 1; set <= rows; set++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (set), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&comparison->lock);
  if (! comparison->error)
    return TRUE;
  g_propagate_error (error, comparison->error);
  return FALSE;
}

static gboolean
make_points (DotExperiment           *experiment,
             const DotExperimentPart *part,
             DotFigure3Source        *source,
             Comparison              *comparison,
             GError                 **error)
{
  const Figure *figure = experiment->data;
  guint32       seed   = dot_experiment_values_get_count (experiment->values, "seed", 0) +
                 part->place[1] * comparison->n;

  for (guint i = 0; i < BATCHES; i++)
    if (! dot_figure3_source_draw (source, BATCHES * (guint64) part->place[1] + i,
                                   get_points (comparison, i), error))
      return FALSE;
  for (guint m = 0; m < figure->n_methods; m++)
    {
      if (! dot_figure3_method_run (&figure->methods[m], source, seed,
                                    get_points (comparison, BATCHES + m), comparison->cancellable,
                                    error))
        return FALSE;
      dot_experiment_tell (experiment, (m + 1.0) / (figure->n_methods + 1.0));
    }
  return TRUE;
}

/* Row 0 is other real points, row m + 1 method m. */
static const char *
get_row_name (const Figure *figure, guint row)
{
  return row == 0 ? REAL : figure->methods[row - 1].name;
}

static char *
name_points (const char *row)
{
  return g_strconcat (row, " points", NULL);
}

/* The first trial is drawn. */
static void
keep (const Figure           *figure,
      const DotFigure3Source *source,
      const Comparison       *comparison,
      gboolean                points,
      DotExperimentResult    *result)
{
  dot_experiment_result_set (result, "k_eff", source->k_eff, G_N_ELEMENTS (source->k_eff));
  if (points)
    dot_experiment_result_set (result, COMPARED, comparison->points, 2 * comparison->n);
  for (guint row = 0; row <= figure->n_methods; row++)
    {
      const char      *name = get_row_name (figure, row);
      g_autofree char *list = name_points (name);

      dot_experiment_result_set_number (result, name, comparison->emd[row]);
      if (points)
        dot_experiment_result_set (result, list, get_points (comparison, row + 1),
                                   2 * comparison->n);
    }
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  const Figure     *figure     = experiment->data;
  guint             rows       = figure->n_methods + 1;
  DotFigure3Source *source     = find_source (experiment, part->place[0], cancellable, error);
  Comparison        comparison = { .cancellable = cancellable };
  gboolean          done;

  if (! source)
    return FALSE;
  comparison.n      = source->n;
  comparison.points = g_new (double, 2 * (gsize) source->n * (rows + 1));
  comparison.emd    = g_new (double, rows);

  done = make_points (experiment, part, source, &comparison, error) &&
         compare_all (&comparison, rows, error);
  if (done)
    keep (figure, source, &comparison, part->place[1] == 0, result);
  g_free (comparison.points);
  g_free (comparison.emd);
  return done;
}

/*  all trials  */

/* Returns: (transfer full): a row's numbers, (trials) */
static double *
collect (DotExperiment *experiment, GPtrArray *results, guint pair, const char *row, guint *n)
{
  guint   trials = dot_experiment_values_get_count (experiment->values, "trials", 0);
  double *values = g_new (double, trials);

  *n = trials;
  for (guint i = 0; i < trials; i++)
    values[i] = dot_experiment_result_get_number (results->pdata[pair * trials + i], row);
  return values;
}

static void
add_row (DotExperiment      *experiment,
         GPtrArray          *results,
         DotExperimentTable *table,
         guint               pair,
         guint               row)
{
  const Figure         *figure = experiment->data;
  const char           *data   = figure->data->pdata[pair];
  const char           *paper  = row > 0 ? figure->methods[row - 1].paper : NULL;
  const DotPaperNumber *number = NULL;
  g_autofree double    *values = NULL;
  guint                 n;

  if (paper)
    number = dot_paper_number_find (PLACE, data, NULL, NULL, paper, NULL, -1);
  values = collect (experiment, results, pair, get_row_name (figure, row), &n);
  dot_experiment_table_add_text (table, data);
  dot_experiment_table_add_text (table, get_row_name (figure, row));
  dot_experiment_table_add_mean_of (table, values, n);
  dot_experiment_table_add_mean (table, number ? number->score : (double) NAN,
                                 number ? number->score_sigma : (double) NAN);
}

/* Trials share their latents and their real points, so that the difference of two rows
 * is known better than either. */
static void
find_difference (const double *one, const double *other, guint n, double *mean, double *error)
{
  double sum = 0.0;

  *mean = 0.0;
  for (guint i = 0; i < n; i++)
    *mean += (one[i] - other[i]) / n;
  for (guint i = 0; i < n; i++)
    sum += pow (one[i] - other[i] - *mean, 2.0);
  *error = n > 1 ? sqrt (sum / (n - 1) / n) : (double) NAN;
}

static void
add_gain (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, guint pair)
{
  const Figure      *figure = experiment->data;
  guint              n;
  g_autofree double *bare = collect (experiment, results, pair, figure->methods[0].name, &n);
  g_autofree double *dot  = collect (experiment, results, pair, figure->methods[1].name, &n);
  g_autofree char   *text = NULL;
  double             mean, error;

  find_difference (dot, bare, n, &mean, &error);
  if (n < ENOUGH_TRIALS)
    text = g_strdup_printf (_ ("%s: so few trials don't tell whether DOT brings points nearer."),
                            (const char *) figure->data->pdata[pair]);
  else if (fabs (mean) <= 2.0 * error)
    text = g_strdup_printf (_ ("%s: DOT is not better than G beyond the noise (EMD %+.4f ± %.4f, "
                               "twice the error of the mean)."),
                            (const char *) figure->data->pdata[pair], mean, 2.0 * error);
  else
    text = g_strdup_printf (mean < 0.0 ? _ (
                                           "%s: DOT brings points nearer to the real ones (EMD %+.4f "
                                           "± %.4f, twice the error of the mean).")
                                       : _ (
                                           "%s: DOT takes points away from the real ones (EMD %+.4f "
                                           "± %.4f, twice the error of the mean)."),
                            (const char *) figure->data->pdata[pair], mean, 2.0 * error);
  dot_experiment_table_add_note (table, text);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  const Figure *figure = experiment->data;

  for (guint pair = 0; pair < experiment->models->len; pair++)
    for (guint row = 0; row <= figure->n_methods; row++)
      add_row (experiment, results, table, pair, row);

  for (guint pair = 0; pair < experiment->models->len; pair++)
    add_gain (experiment, results, table, pair);
  dot_experiment_table_add_note (
    table,
    _ ("EMD is of squared distances, with real points drawn at random; “real” is that of other "
       "real points, and nothing can be expected to be nearer than those."));
  if (figure->n_methods > DOT_FIGURE3_METHOD_PAPER)
    dot_experiment_table_add_note (
      table,
      _ ("MH-GAN, DRS, OBRS and REP-GAN take D for a density ratio; the critic of a WGAN-GP "
         "needn't be one, whatever the calibration, and where it isn't they leave modes out."));
  return TRUE;
}

/*  drawing  */

static void
add_cloud (DotPlotPanel *panel, guint run, const DotExperimentResult *result, const char *name)
{
  gsize         n;
  const double *points = dot_experiment_result_get (result, name, &n);
  GArray       *cloud  = dot_plot_add_line (panel, run, FALSE);

  for (gsize i = 0; i + 1 < n; i += 2)
    dot_plot_add_point (cloud, points[i], points[i + 1], NAN);
}

static void
draw_row (DotExperiment *experiment, GPtrArray *results, DotPlot *plot, guint pair, guint row)
{
  const Figure      *figure = experiment->data;
  const char        *name   = get_row_name (figure, row);
  g_autofree char   *list   = name_points (name);
  g_autofree char   *title  = NULL;
  guint              n;
  g_autofree double *values = collect (experiment, results, pair, name, &n);
  double             mean   = 0.0;
  DotPlotPanel      *panel;

  for (guint i = 0; i < n; i++)
    mean += values[i] / n;
  title = g_strdup_printf (_ ("%s, %s: EMD %.3f"), (const char *) figure->data->pdata[pair], name,
                           mean);
  panel = dot_plot_add_panel (plot, title);
  if (row > 0)
    add_cloud (panel, 0, results->pdata[pair * n], COMPARED);
  add_cloud (panel, row > 0, results->pdata[pair * n], list);
}

/* Each pair begins a line. */
static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  const Figure *figure = experiment->data;

  plot->form    = DOT_PLOT_CLOUDS;
  plot->columns = COLUMNS;
  dot_plot_add_run (plot, _ ("real points"));
  dot_plot_add_run (plot, _ ("generated points"));
  for (guint pair = 0; pair < experiment->models->len; pair++)
    {
      while (plot->panels->len % COLUMNS != 0)
        dot_plot_add_panel (plot, "");
      for (guint row = 0; row <= figure->n_methods; row++)
        draw_row (experiment, results, plot, pair, row);
    }
}

const DotExperimentClass dot_experiment_figure3 = {
  .name  = "figure3",
  .title = N_ ("Figure 3: points of the plane, refined, and their distance to real ones"),
  .needs = N_ ("Pairs of networks for points are needed: without --data first one of the 25 "
               "Gaussians, then one of the swiss roll. The paper's are in its authors' repository; "
               "models/train/gaussians-25.json and swiss-roll.json train others, by dot-refine "
               "train."),
  .architecture = "mlp",
  .version      = 1,
  .options      = options,
  .columns      = columns,
  .prepare      = prepare,
  .run_part     = run_part,
  .join         = join,
  .draw         = draw,
  .clear        = clear,
};
