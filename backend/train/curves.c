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
  { { N_ ("Distance of textures") }, { "texture_loss" }, .wide = TRUE, .optional = TRUE },
};

static void
add_line (DotPlotPanel       *panel,
          const DotCurvesLog *log,
          const char *const   names[2],
          guint               run,
          gboolean            second)
{
  for (guint i = 0; i < 2 && names[i]; i++)
    {
      g_autoptr (GArray) points = dot_curves_log_get_points (log, names[i]);

      if (points->len > 0)
        {
          g_array_append_vals (dot_plot_add_line (panel, run, second), points->data, points->len);
          return;
        }
    }
}

static void
add_panel (DotPlot *plot, const Panel *panel, GPtrArray *logs)
{
  DotPlotPanel *drawn = dot_plot_add_panel (plot, _ (panel->titles[0]));

  drawn->wide = panel->wide;
  if (panel->titles[1])
    {
      drawn->first  = _ (panel->titles[1]);
      drawn->second = _ (panel->titles[2]);
    }
  for (guint i = 0; i < logs->len; i++)
    {
      add_line (drawn, logs->pdata[i], panel->first, i, FALSE);
      add_line (drawn, logs->pdata[i], panel->second, i, TRUE);
    }
  if (panel->optional && drawn->lines->len == 0)
    dot_plot_drop_panel (plot);
}

static void
fill (DotPlot *plot, GPtrArray *logs, GPtrArray *names, gboolean vector)
{
  plot->x_title = _ ("training step");
  plot->columns = COLUMNS;
  plot->vector  = vector;
  for (guint i = 0; i < names->len; i++)
    dot_plot_add_run (plot, names->pdata[i]);
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
  g_auto (DotPlot) plot       = { 0 };
  gboolean vector;

  if (! choose_format (path, &vector, error) || ! (read = read_logs (logs, error)) ||
      ! (encoder = dot_encoder_load (error)))
    return FALSE;

  dot_plot_init (&plot);
  fill (&plot, read, names, vector);
  bytes = encoder->draw_plot (&plot, error);
  return bytes && dot_whole_file_save (path, g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes), error);
}
