/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Figure 5: pictures against updates, a row each. */

#include "experiment-list.h"
#include "experiment-pairs.h"
#include "experiment-updates.h"

#include "model/model.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <math.h>

#define MAX_COUNT 64

static const DotExperimentOption options[] = {
  DOT_EXPERIMENT_PAIR_OPTIONS ("normal", N_ ("Where their latents come from (normal)")),
  { "class", DOT_EXPERIMENT_OPTION_TEXT, .many = TRUE,
    .help        = N_ (
      "What a row shows: a name, WordNet id or index; may be given for several, which take "
      "turns (all in turn)"),
    .placeholder      = N_ ("CLASS") },
  { "count", DOT_EXPERIMENT_OPTION_COUNT, .initial = "5", .minimum = 1, .maximum = MAX_COUNT,
    .help = N_ ("How many rows of a pair (5)") },
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .many = TRUE, .initial = "0,4,8,12,16",
    .maximum = 100000, .help = N_ ("After how many updates there is a picture (0,4,8,12,16)") },
  { "method", DOT_EXPERIMENT_OPTION_WORD, .initial = "dot", .enum_type = dot_method_get_type,
    .help = N_ ("How pictures get better: dot-refine info --methods (dot)") },
  { "optimizer", DOT_EXPERIMENT_OPTION_WORD, .initial = "adam", .enum_type = dot_optimizer_get_type,
    .help = N_ ("How a gradient becomes an update (adam)") },
  { "rate", DOT_EXPERIMENT_OPTION_NUMBER, .initial = "0.01", .minimum = 1e-9, .maximum = 1e6,
    .help = N_ ("The size of a step (0.01)") },
  { "seed", DOT_EXPERIMENT_OPTION_COUNT, .initial = "0", .maximum = DOT_MAX_SEED - MAX_COUNT,
    .help = N_ ("Decides the first row's latent; the next ones follow (0)") },
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "pair", N_ ("Pair"), -1 },
  { "class", N_ ("Class"), -1 },
  { "seed", N_ ("Seed"), 0 },
  { "updates", N_ ("Updates"), 0 },
  { "score", N_ ("Score of D"), 3 },
  { "distance", N_ ("Distance"), 3 },
  { NULL },
};

/*  preparing  */

/* %NULL where the pair has none. */
static const DotClass *
find_class (DotExperiment *experiment, const DotExperimentPart *part, GError **error)
{
  DotExperimentValues *values = experiment->values;
  DotModel            *model  = dot_experiment_pairs_get (experiment, part->place[0]);
  guint                given  = dot_experiment_values_get_n (values, "class");
  guint                n      = dot_model_get_n_classes (model);

  if (given == 0)
    return dot_model_get_class (model, n > 0 ? part->place[1] % n : 0);
  return dot_model_find_class (model,
                               dot_experiment_values_get_text (values, "class",
                                                               part->place[1] % given),
                               error);
}

/* What can't be shown is said before anything is computed. */
static gboolean
check_part (DotExperiment *experiment, const DotExperimentPart *part, GError **error)
{
  DotModel *model = dot_experiment_pairs_get (experiment, part->place[0]);

  if (dot_model_get_problem (model))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, dot_model_get_problem (model));
      return FALSE;
    }
  if (dot_model_get_channels (model) != 2)
    return find_class (experiment, part, error) != NULL;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s makes points, and %s shows pictures: give a pair that makes some."),
               dot_model_get_id (model), experiment->class->name);
  return FALSE;
}

static gboolean
prepare (DotExperiment *experiment, GCancellable *cancellable, GError **error)
{
  guint count = dot_experiment_values_get_count (experiment->values, "count", 0);

  if (! dot_experiment_pairs_find (experiment, error) ||
      ! dot_experiment_pairs_need (experiment, 1, 16, error))
    return FALSE;
  for (guint i = 0; i < experiment->models->len; i++)
    for (guint row = 0; row < count; row++)
      dot_experiment_add_part (experiment, (const guint[4]) { i, row }, "%u-row-%02u", i + 1, row);
  for (guint i = 0; i < experiment->parts->len; i++)
    if (! check_part (experiment, &g_array_index (experiment->parts, DotExperimentPart, i), error))
      return FALSE;
  return TRUE;
}

/*  a row  */

typedef struct
{
  DotExperiment       *experiment;
  DotExperimentResult *result;
  GArray              *updates;
  guint                next;
} Row;

static char *
name_picture (guint update)
{
  return g_strdup_printf ("picture_%u", update);
}

static void
on_step (const DotStep *step, gpointer data)
{
  Row             *row       = data;
  gsize            items     = (gsize) step->channels * step->width * step->height;
  g_autofree char *picture   = NULL;
  const double     numbers[] = { step->scores[0], step->distances[0] };
  g_autofree char *name      = g_strdup_printf ("numbers_%u", step->update);

  dot_experiment_tell (row->experiment, (step->update + 1.0) / (step->n_updates + 1.0));
  if (row->next >= row->updates->len ||
      step->update != g_array_index (row->updates, guint, row->next))
    return;
  row->next++;
  picture = name_picture (step->update);
  dot_experiment_result_set (row->result, name, numbers, G_N_ELEMENTS (numbers));
  dot_experiment_result_set_floats (row->result, picture, step->images, items);
}

static void
on_progress (const char *message, double fraction, gpointer data)
{
  dot_experiment_tell_progress (message, fraction, ((Row *) data)->experiment);
}

static DotRefineOptions *
make_run (DotExperiment *experiment, const DotExperimentPart *part, guint updates)
{
  DotExperimentValues *values = experiment->values;
  DotRefineOptions    *run    = dot_experiment_pairs_get_options (experiment, part->place[0]);
  const DotClass      *klass  = find_class (experiment, part, NULL);
  gboolean             has_labels;

  has_labels = dot_model_has_labels (dot_experiment_pairs_get (experiment, part->place[0]));
  g_free (run->class_name);
  run->class_name = has_labels ? g_strdup_printf ("%u", klass->index) : NULL;
  run->method     = dot_experiment_values_get_word (values, "method");
  run->optimizer  = dot_experiment_values_get_word (values, "optimizer");
  run->step_size  = dot_experiment_values_get_number (values, "rate", 0);
  run->seed       = dot_experiment_values_get_count (values, "seed", 0) + part->place[1];
  run->updates    = updates;
  return run;
}

static gboolean
run_part (DotExperiment           *experiment,
          const DotExperimentPart *part,
          DotExperimentResult     *result,
          GCancellable            *cancellable,
          GError                 **error)
{
  g_autoptr (GArray) updates       = dot_experiment_updates_list (experiment->values, "updates");
  g_autoptr (DotRefineOptions) run = NULL;
  DotPair *pair = dot_experiment_pairs_load (experiment, part->place[0], cancellable, error);
  Row      row  = { experiment, result, updates };

  if (! pair)
    return FALSE;
  run = make_run (experiment, part, g_array_index (updates, guint, updates->len - 1));
  return dot_refine (pair, run, on_step, on_progress, &row, cancellable, error);
}

/*  all rows  */

static void
add_row (DotExperiment      *experiment,
         DotExperimentTable *table,
         guint               i,
         guint               update,
         const double       *numbers)
{
  const DotExperimentPart *part  = &g_array_index (experiment->parts, DotExperimentPart, i);
  DotModel                *model = dot_experiment_pairs_get (experiment, part->place[0]);
  const DotClass          *klass = find_class (experiment, part, NULL);

  dot_experiment_table_add_text (table, dot_model_get_id (model));
  dot_experiment_table_add_text (table, klass->name);
  dot_experiment_table_add_number (table,
                                   dot_experiment_values_get_count (experiment->values, "seed", 0) +
                                     part->place[1]);
  dot_experiment_table_add_number (table, update);
  dot_experiment_table_add_number (table, numbers ? numbers[0] : (double) NAN);
  dot_experiment_table_add_number (table, numbers ? numbers[1] : (double) NAN);
}

static gboolean
join (DotExperiment *experiment, GPtrArray *results, DotExperimentTable *table, GError **error)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");

  for (guint i = 0; i < results->len; i++)
    for (guint u = 0; u < updates->len; u++)
      {
        guint            update = g_array_index (updates, guint, u);
        g_autofree char *name   = g_strdup_printf ("numbers_%u", update);

        add_row (experiment, table, i, update,
                 dot_experiment_result_get (results->pdata[i], name, NULL));
      }
  dot_experiment_table_add_note (
    table, _ ("The score is the discriminator's opinion: a picture with a higher one need not be "
              "better."));
  return TRUE;
}

static guint8 *
paint (DotModel *model, const double *values, gsize n)
{
  guint             size  = dot_model_get_image_size (model);
  g_autofree float *image = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    image[i] = (float) values[i];
  return dot_pixels_from_image (image, dot_model_get_channels (model), size, size);
}

static void
draw_picture (DotExperiment *experiment, GPtrArray *results, DotPlot *plot, guint i, guint update)
{
  const DotExperimentPart *part    = &g_array_index (experiment->parts, DotExperimentPart, i);
  DotModel                *model   = dot_experiment_pairs_get (experiment, part->place[0]);
  guint                    size    = dot_model_get_image_size (model);
  g_autofree char         *list    = name_picture (update);
  g_autofree char         *name    = g_strdup_printf ("numbers_%u", update);
  const double            *numbers = dot_experiment_result_get (results->pdata[i], name, NULL);
  gsize                    n;
  const double            *values = dot_experiment_result_get (results->pdata[i], list, &n);
  g_autofree char         *title  = NULL;
  DotPlotPanel            *panel;

  title = g_strdup_printf (_ ("update %u · D %.2f"), update, numbers ? numbers[0] : (double) NAN);
  panel = dot_plot_add_panel (plot, title);
  if (values && n == dot_model_get_image_items (model))
    dot_plot_set_picture (panel, paint (model, values, n), size, size);
}

static void
draw (DotExperiment *experiment, GPtrArray *results, DotPlot *plot)
{
  g_autoptr (GArray) updates = dot_experiment_updates_list (experiment->values, "updates");

  plot->form    = DOT_PLOT_PICTURES;
  plot->columns = updates->len;
  for (guint i = 0; i < results->len; i++)
    for (guint u = 0; u < updates->len; u++)
      draw_picture (experiment, results, plot, i, g_array_index (updates, guint, u));
}

const DotExperimentClass dot_experiment_figure5 = {
  .name     = "figure5",
  .title    = N_ ("Figure 5: pictures against updates"),
  .needs    = N_ ("A pair is needed, as the one that ships: --model imagenet40-64."),
  .version  = 1,
  .options  = options,
  .columns  = columns,
  .prepare  = prepare,
  .run_part = run_part,
  .join     = join,
  .draw     = draw,
};
