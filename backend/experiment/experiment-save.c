/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an experiment comes to: rows, and files of them. */

#include "experiment-save.h"

#include "base/json.h"
#include "base/whole-file.h"
#include "export/encoder.h"
#include "export/plot.h"

#include "base/intl.h"

#include <string.h>

static char *
make_path (DotExperiment *experiment, const char *folder, const char *ending)
{
  g_autofree char *name = g_strconcat (experiment->class->name, ending, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
save_text (DotExperiment *experiment,
           const char    *folder,
           const char    *ending,
           const char    *text,
           GError       **error)
{
  g_autofree char *path = make_path (experiment, folder, ending);

  return dot_whole_file_save (path, text, strlen (text), error);
}

static gboolean
save_json (DotExperiment            *experiment,
           const DotExperimentTable *table,
           const char               *folder,
           GError                  **error)
{
  g_autoptr (JsonBuilder) builder     = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root           = NULL;
  g_autofree char *json               = NULL;
  g_autofree char *lines              = NULL;

  dot_experiment_write_json (experiment, table, builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json  = json_generator_to_data (generator, NULL);
  lines = g_strconcat (json, "\n", NULL);
  return save_text (experiment, folder, ".json", lines, error);
}

static gboolean
save_picture (DotExperiment         *experiment,
              DotPlot               *plot,
              const DotEncoderClass *encoder,
              const char            *folder,
              gboolean               vector,
              GError               **error)
{
  g_autofree char *path    = make_path (experiment, folder, vector ? ".svg" : ".png");
  g_autoptr (GBytes) bytes = NULL;

  plot->vector = vector;
  bytes        = encoder->draw_plot (plot, error);
  return bytes && dot_whole_file_save (path, g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes), error);
}

static gboolean
save_pictures (DotExperiment *experiment, GPtrArray *results, const char *folder, GError **error)
{
  const DotEncoderClass *encoder = dot_encoder_load (error);
  g_auto (DotPlot) plot          = { 0 };

  if (! encoder)
    return FALSE;
  dot_plot_init (&plot);
  experiment->class->draw (experiment, results, &plot);
  return save_picture (experiment, &plot, encoder, folder, TRUE, error) &&
         save_picture (experiment, &plot, encoder, folder, FALSE, error);
}

/**
 * dot_experiment_save:
 * @folder: made where it isn't there
 *
 * Writes the rows as NAME.csv and NAME.json, the picture as NAME.svg and NAME.png.
 */
gboolean
dot_experiment_save (DotExperiment            *experiment,
                     GPtrArray                *results,
                     const DotExperimentTable *table,
                     const char               *folder,
                     GError                  **error)
{
  g_autofree char *csv = dot_experiment_table_to_csv (table);

  return dot_whole_file_make_folder (folder, error) &&
         save_text (experiment, folder, ".csv", csv, error) &&
         save_json (experiment, table, folder, error) &&
         (! experiment->class->draw || save_pictures (experiment, results, folder, error));
}
