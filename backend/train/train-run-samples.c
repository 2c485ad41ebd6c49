/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures of the same latents at every interval, to see a run by. */

#include "train-run.h"

#include "base/random.h"

#include "base/whole-file.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <math.h>

#define ROWS        8
#define MAX_COLUMNS 16

/* A picture of points. */
#define N_POINTS    2000
#define PLANE_SIZE  400
#define PLANE_RANGE 2.5

static gboolean
generate (DotTrainRun  *run,
          const float  *latents,
          const gint32 *labels,
          gsize         n,
          float        *images,
          GError      **error)
{
  return dot_trainer_generate (run->trainer, latents, run->shape.n_labels > 0 ? labels : NULL, n,
                               images, error);
}

/* A column a class, in which each row has the same latent; without classes
 * each picture has its own. */
static GdkPixbuf *
draw_pictures (DotTrainRun *run, GError **error)
{
  guint             n_labels = run->shape.n_labels;
  guint             columns  = n_labels > 0 ? MIN (n_labels, MAX_COLUMNS) : ROWS;
  guint             size     = run->shape.image_size;
  gsize             d        = run->shape.latent_size;
  g_autofree float *latents  = g_new (float, ROWS *d);
  g_autofree float *images   = g_new (float, ROWS * run->items);
  gint32            labels[ROWS];
  g_autoptr (GdkPixbuf) sheet = NULL;

  sheet = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, columns * size, ROWS * size);
  for (guint column = 0; sheet && column < columns; column++)
    {
      dot_random_latents (run->config->prior, run->config->seed, DOT_STREAM_SAMPLES,
                          n_labels > 0 ? 0 : column, latents, ROWS * d);
      for (guint row = 0; row < ROWS; row++)
        labels[row] = (gint32) ((guint64) column * n_labels / columns);
      if (! generate (run, latents, labels, ROWS, images, error))
        return NULL;
      for (guint row = 0; row < ROWS; row++)
        {
          g_autoptr (GdkPixbuf) picture = dot_pixels_new_pixbuf (images + row * run->items,
                                                                 run->shape.channels, size, size);

          gdk_pixbuf_copy_area (picture, 0, 0, size, size, sheet, column * size, row * size);
        }
    }
  return g_steal_pointer (&sheet);
}

static void
put_points (GdkPixbuf *plane, const float *points, gsize n, guint8 red, guint8 blue)
{
  guchar *bytes  = gdk_pixbuf_get_pixels (plane);
  int     stride = gdk_pixbuf_get_rowstride (plane);
  double  scale  = PLANE_SIZE / (2.0 * PLANE_RANGE);

  for (gsize i = 0; i < n; i++)
    {
      double x = (points[2 * i] + PLANE_RANGE) * scale;
      double y = (PLANE_RANGE - points[2 * i + 1]) * scale;

      if (x >= 0.0 && x < PLANE_SIZE && y >= 0.0 && y < PLANE_SIZE)
        {
          guchar *pixel = bytes + (gsize) y * stride + 3 * (gsize) x;

          pixel[0] = red;
          pixel[1] = 64;
          pixel[2] = blue;
        }
    }
}

/* Real points in red, made ones in blue. */
static GdkPixbuf *
draw_plane (DotTrainRun *run, GError **error)
{
  gsize              d        = run->shape.latent_size;
  g_autofree float  *latents  = g_new (float, N_POINTS *d);
  g_autofree float  *points   = g_new (float, 2 * N_POINTS);
  g_autofree gint32 *labels   = g_new (gint32, N_POINTS);
  g_autoptr (DotBatches) real = dot_batches_new (run->dataset, N_POINTS, run->config->seed, 1);
  g_autoptr (GdkPixbuf) plane = NULL;

  plane = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, PLANE_SIZE, PLANE_SIZE);
  if (! plane)
    return NULL;
  gdk_pixbuf_fill (plane, 0xffffffff);
  if (! dot_batches_get (real, 0, points, labels, error))
    return NULL;
  put_points (plane, points, N_POINTS, 255, 64);
  dot_random_latents (run->config->prior, run->config->seed, DOT_STREAM_SAMPLES, 0, latents,
                      N_POINTS * d);
  if (! generate (run, latents, NULL, N_POINTS, points, error))
    return NULL;
  put_points (plane, points, N_POINTS, 64, 255);
  return g_steal_pointer (&plane);
}

/**
 * dot_train_run_samples_draw:
 *
 * Saves samples/STEP.png in the run's folder.
 */
gboolean
dot_train_run_samples_draw (DotTrainRun *run, GError **error)
{
  guint64          step       = run->state.step + run->state.finish_step;
  g_autofree char *folder     = g_build_filename (run->options->out, "samples", NULL);
  g_autofree char *name       = g_strdup_printf ("%09" G_GUINT64_FORMAT ".png", step);
  g_autofree char *path       = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) sheet = NULL;
  g_autofree char *bytes      = NULL;
  gsize            size;

  if (! dot_train_run_is_first (run))
    return TRUE;
  sheet = run->shape.image_size > 1 ? draw_pictures (run, error) : draw_plane (run, error);
  return sheet && dot_whole_file_make_folder (folder, error) &&
         gdk_pixbuf_save_to_buffer (sheet, &bytes, &size, "png", error, NULL) &&
         dot_whole_file_save (path, bytes, size, error);
}
