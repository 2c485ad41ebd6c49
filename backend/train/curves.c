/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A training's curves: the panels of the paper's Figure 2, then losses, scores
 * and FID; several trainings in one picture. */

#include "curves.h"

#include "curves-log.h"
#include "export/encoder.h"
#include "base/whole-file.h"

#include "base/intl.h"

#include <string.h>

#define COLUMNS 3

/* @titles: of the panel, of its first and of its second lines
 * @first, @second: columns of the log by the names that they may have; the
 *   first that has values is taken
 * @optional: not drawn where no log has values */
typedef struct
{
  const char *titles[3];
  const char *first[2];
  const char *second[2];
  gboolean    wide;
  gboolean    optional;
} Panel;

static const Panel panels[] = {
  { { N_ ("Inception score") }, { "inception_score" } },
  { { N_ ("Lipschitz constant of D (K_eff)") }, { "K_eff", "image_k_eff" }, .wide = TRUE },
  { { N_ ("Lipschitz constant of D∘G (k_eff)") }, { "k_eff" }, .wide = TRUE },
  { { N_ ("Loss"), N_ ("discriminator"), N_ ("generator") }, { "discriminator_loss" }, { "generator_loss" } },
  { { N_ ("Score of the discriminator"), N_ ("real"), N_ ("generated") },
    { "real_score" },
    { "generated_score", "fake_score" } },
  { { N_ ("FID") }, { "fid" }, .wide = TRUE },
  { { N_ ("Loss by the projected discriminator"), N_ ("discriminator"), N_ ("generator") },
    { "projected_discriminator_loss" },
    { "projected_generator_loss" },
    .optional = TRUE },
  { { N_ ("Score of the projected discriminator"), N_ ("real"), N_ ("generated") },
    { "projected_real_score" },
    { "projected_fake_score" },
    .optional = TRUE },
};

static void
clear_line (gpointer data)
{
  g_array_unref (((DotPlotLine *) data)->points);
}

static void
clear_panel (gpointer data)
{
  g_array_unref (((DotPlotPanel *) data)->lines);
}

static void
add_line (GArray             *lines,
          const DotCurvesLog *log,
          const char *const   names[2],
          guint               run,
          gboolean            second)
{
  for (guint i = 0; i < 2 && names[i]; i++)
    {
      DotPlotLine line = { run, second, dot_curves_log_get_points (log, names[i]) };

      if (line.points->len > 0)
        {
          g_array_append_val (lines, line);
          return;
        }
      g_array_unref (line.points);
    }
}

static void
add_panel (DotPlot *plot, const Panel *panel, GPtrArray *logs)
{
  DotPlotPanel drawn = { .title = _ (panel->titles[0]), .wide = panel->wide };

  if (panel->titles[1])
    {
      drawn.first  = _ (panel->titles[1]);
      drawn.second = _ (panel->titles[2]);
    }
  drawn.lines = g_array_new (FALSE, FALSE, sizeof (DotPlotLine));
  g_array_set_clear_func (drawn.lines, clear_line);
  for (guint i = 0; i < logs->len; i++)
    {
      add_line (drawn.lines, logs->pdata[i], panel->first, i, FALSE);
      add_line (drawn.lines, logs->pdata[i], panel->second, i, TRUE);
    }
  if (panel->optional && drawn.lines->len == 0)
    clear_panel (&drawn);
  else
    g_array_append_val (plot->panels, drawn);
}

static void
plot_clear (DotPlot *plot)
{
  g_array_unref (plot->panels);
  g_ptr_array_unref (plot->runs);
}

static void
plot_init (DotPlot *plot, GPtrArray *logs, GPtrArray *names, gboolean vector)
{
  *plot = (DotPlot) {
    .x_title = _ ("training step"),
    .empty   = _ ("not measured"),
    .columns = COLUMNS,
    .panels  = g_array_new (FALSE, FALSE, sizeof (DotPlotPanel)),
    .runs    = g_ptr_array_ref (names),
    .vector  = vector,
  };
  g_array_set_clear_func (plot->panels, clear_panel);
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    add_panel (plot, &panels[i], logs);
}

/* "mine/log.csv" is of "mine", "mine.csv" too. */
static char *
name_run (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder   = g_path_get_dirname (absolute);
  g_autofree char *base     = g_path_get_basename (absolute);
  g_autofree char *name     = NULL;

  if (g_str_equal (base, "log.csv"))
    name = g_path_get_basename (folder);
  else
    name = g_strndup (base, strlen (base) - (g_str_has_suffix (base, ".csv") ? 4 : 0));
  return g_filename_display_name (name);
}

/* Runs of one name are told apart by their paths.
 *
 * Returns: (transfer full) */
static GPtrArray *
name_runs (const char *const *paths)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; paths[i]; i++)
    {
      g_autofree char *name = name_run (paths[i]);
      guint            same = 0;

      for (guint j = 0; paths[j]; j++)
        {
          g_autofree char *other = name_run (paths[j]);

          same += g_str_equal (name, other);
        }
      g_ptr_array_add (names,
                       same > 1 ? g_filename_display_name (paths[i]) : g_steal_pointer (&name));
    }
  return names;
}

static gboolean
choose_format (const char *path, gboolean *vector, GError **error)
{
  *vector = g_str_has_suffix (path, ".svg");
  if (*vector || g_str_has_suffix (path, ".png"))
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s is called like no picture of ours: choose a name that ends "
                  "with .svg or .png."),
               path);
  return FALSE;
}

static GPtrArray *
read_logs (const char *const *paths, GError **error)
{
  g_autoptr (GPtrArray) logs = NULL;

  logs = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_curves_log_free);
  for (guint i = 0; paths[i]; i++)
    {
      DotCurvesLog *log = dot_curves_log_read (paths[i], error);

      if (! log)
        return NULL;
      g_ptr_array_add (logs, log);
    }
  return g_steal_pointer (&logs);
}

/**
 * dot_curves_export:
 * @logs: (array zero-terminated=1): the logs of trainings
 * @path: a file that ends with .svg or .png
 *
 * Draws what trainings have logged, in one picture: inception score, K_eff and
 * k_eff as in the paper's Figure 2, below them losses, scores and FID.
 */
gboolean
dot_curves_export (const char *const *logs, const char *path, GError **error)
{
  const DotEncoderClass *encoder;
  g_autoptr (GPtrArray) read  = NULL;
  g_autoptr (GPtrArray) names = name_runs (logs);
  g_autoptr (GBytes) bytes    = NULL;
  gboolean vector;
  DotPlot  plot;

  if (! choose_format (path, &vector, error) || ! (read = read_logs (logs, error)) ||
      ! (encoder = dot_encoder_load (error)))
    return FALSE;

  plot_init (&plot, read, names, vector);
  bytes = encoder->draw_plot (&plot, error);
  plot_clear (&plot);
  return bytes && dot_whole_file_save (path, g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes), error);
}
