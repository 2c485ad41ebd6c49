/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The table of experiments, and what all of them are made of. */

#include "experiment.h"

#include "experiment-list.h"

#include "base/json.h"
#include "base/whole-file.h"

#include "base/intl.h"

#define VERSION 1

static const DotExperimentClass *const experiments[] = {
  &dot_experiment_figure2,  &dot_experiment_figure3, &dot_experiment_figure5,
  &dot_experiment_figure11, &dot_experiment_table1,  &dot_experiment_table2,
  &dot_experiment_table3,   &dot_experiment_table7,  &dot_experiment_methods,
};

/**
 * dot_experiment_list:
 *
 * Returns: (transfer none): all there are
 */
const DotExperimentClass *const *
dot_experiment_list (guint *n)
{
  *n = G_N_ELEMENTS (experiments);
  return experiments;
}

static char *
list_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", experiments[i]->name);
  return g_string_free (names, FALSE);
}

/**
 * dot_experiment_find:
 *
 * Returns: (transfer none): the experiment of that name, or %NULL with the names
 *   that there are
 */
const DotExperimentClass *
dot_experiment_find (const char *name, GError **error)
{
  g_autofree char *names = list_names ();

  for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
    if (g_str_equal (experiments[i]->name, name))
      return experiments[i];

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("There is no experiment “%s”: take one of %s."), name, names);
  return NULL;
}

static void
part_clear (gpointer part)
{
  g_free (((DotExperimentPart *) part)->name);
}

/**
 * dot_experiment_new:
 * @values: (transfer full): of the class's options
 *
 * Returns: (transfer full): an experiment that nothing is known of yet
 */
DotExperiment *
dot_experiment_new (const DotExperimentClass *class, DotExperimentValues *values)
{
  DotExperiment *experiment = g_new0 (DotExperiment, 1);

  experiment->class    = class;
  experiment->values   = values;
  experiment->identity = g_string_new (NULL);
  experiment->parts    = g_array_new (FALSE, FALSE, sizeof (DotExperimentPart));
  experiment->models   = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_model_unref);
  g_array_set_clear_func (experiment->parts, part_clear);
  return experiment;
}

void
dot_experiment_free (DotExperiment *experiment)
{
  if (experiment->class->clear && experiment->data)
    experiment->class->clear (experiment->data);
  dot_experiment_values_free (experiment->values);
  g_string_free (experiment->identity, TRUE);
  g_array_unref (experiment->parts);
  g_ptr_array_unref (experiment->models);
  g_clear_pointer (&experiment->judges, g_ptr_array_unref);
  g_clear_pointer (&experiment->pair, dot_pair_unref);
  g_free (experiment);
}

/*  for those who write one  */

/**
 * dot_experiment_identify:
 *
 * Adds to what decides the parts' numbers.
 */
void
dot_experiment_identify (DotExperiment *experiment, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_c (experiment->identity, ' ');
  g_string_append_vprintf (experiment->identity, format, arguments);
  va_end (arguments);
}

/**
 * dot_experiment_identify_file:
 *
 * Adds what is in a file to what decides the parts' numbers.
 */
gboolean
dot_experiment_identify_file (DotExperiment *experiment, const char *path, GError **error)
{
  g_autofree char *checksum = dot_whole_file_get_checksum (path, error);

  if (! checksum)
    return FALSE;
  dot_experiment_identify (experiment, "%s", checksum);
  return TRUE;
}

/**
 * dot_experiment_add_part:
 * @place: for the experiment
 * @format: of its name, which no other part has
 */
void
dot_experiment_add_part (DotExperiment *experiment, const guint place[4], const char *format, ...)
{
  DotExperimentPart part = { NULL, { place[0], place[1], place[2], place[3] } };
  va_list           arguments;

  va_start (arguments, format);
  part.name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_array_append_val (experiment->parts, part);
}

/**
 * dot_experiment_tell:
 * @fraction: how much of the part is done
 */
void
dot_experiment_tell (DotExperiment *experiment, double fraction)
{
  if (experiment->progress)
    experiment->progress (_ (experiment->class->title),
                          (experiment->done + fraction) / experiment->parts->len,
                          experiment->user_data);
}

/**
 * dot_experiment_tell_progress:
 * @experiment: the experiment
 *
 * A #DotProgressFunc for what takes a while and is no part's progress: loading.
 */
void
dot_experiment_tell_progress (const char *message, double fraction, gpointer experiment)
{
  DotExperiment *self = experiment;

  if (self->progress)
    self->progress (message, fraction, self->user_data);
}

/*  what it comes to  */

/**
 * dot_experiment_join:
 * @results: of all parts
 *
 * Returns: (transfer full): the rows
 */
DotExperimentTable *
dot_experiment_join (DotExperiment *experiment, GPtrArray *results, GError **error)
{
  g_autoptr (DotExperimentTable) table = dot_experiment_table_new (experiment->class->columns);

  if (! experiment->class->join (experiment, results, table, error))
    return NULL;
  return g_steal_pointer (&table);
}

/**
 * dot_experiment_write_json:
 *
 * Writes the experiment's options, its rows and its notes as an object.
 */
void
dot_experiment_write_json (DotExperiment            *experiment,
                           const DotExperimentTable *table,
                           JsonBuilder              *builder)
{
  g_autofree char *options = dot_experiment_values_describe (experiment->values);

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "format", "dot-refine-experiment");
  dot_json_write_int (builder, "version", VERSION);
  dot_json_write_string (builder, "experiment", experiment->class->name);
  dot_json_write_string (builder, "options", g_strstrip (options));
  dot_experiment_table_write_json (table, builder);
  json_builder_end_object (builder);
}
