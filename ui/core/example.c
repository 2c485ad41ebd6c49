/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Of a model's sheet of pictures the most colourful ones: whoever sees the
 * dialog for the first time can begin with them. */

#include "config.h"

#include "example.h"

#include <math.h>

/* docs/formats.md: a column a class, a row a seed. */
#define MAX_COLUMNS 16
#define ROWS        4

/* A sheet is small; a huge picture is none. */
#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_CELL  128

static void
example_free (gpointer data)
{
  DotExample *example = data;

  g_free (example->class_name);
  g_clear_object (&example->picture);
  g_free (example);
}

static DotExample *
example_new (DotModel *model, guint column, guint columns, guint seed)
{
  DotExample *example = g_new0 (DotExample, 1);
  guint       n       = dot_model_get_n_classes (model);

  example->class_name = g_strdup (
    dot_model_get_class (model, (guint) ((guint64) column * n / columns))->name);
  example->seed = seed;
  return example;
}

/*  the sheet  */

/* Returns: (transfer full) (nullable): the model's, if it is one */
static GdkPixbuf *
load_sheet (DotModel *model, guint columns)
{
  const char *path            = dot_model_get_preview (model);
  g_autoptr (GBytes) bytes    = path ? dot_whole_file_read (path, MAX_BYTES, FALSE, NULL) : NULL;
  g_autoptr (GdkPixbuf) sheet = NULL;
  g_autoptr (GInputStream) stream = NULL;
  guint cell                      = MIN (dot_model_get_image_size (model), MAX_CELL);
  int   width, height;

  if (! bytes || ! gdk_pixbuf_get_file_info (path, &width, &height) ||
      width != (int) (columns * cell) || height != (int) (ROWS * cell))
    return NULL;

  stream = g_memory_input_stream_new_from_bytes (bytes);
  sheet  = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  if (! sheet || gdk_pixbuf_get_width (sheet) != width || gdk_pixbuf_get_height (sheet) != height)
    return NULL;
  return g_steal_pointer (&sheet);
}

/* Returns: (transfer full): one of its pictures */
static GdkPixbuf *
cut (GdkPixbuf *sheet, guint column, guint row)
{
  int cell                   = gdk_pixbuf_get_height (sheet) / ROWS;
  g_autoptr (GdkPixbuf) part = NULL;

  part = gdk_pixbuf_new_subpixbuf (sheet, (int) column * cell, (int) row * cell, cell, cell);
  return gdk_pixbuf_copy (part);
}

/* How much two differences of colours vary in a picture: one that is flat or
 * grey has next to nothing of it. */
static double
measure_colors (GdkPixbuf *picture)
{
  int           channels = gdk_pixbuf_get_n_channels (picture);
  int           width    = gdk_pixbuf_get_width (picture);
  int           n        = width * gdk_pixbuf_get_height (picture);
  const guint8 *pixels   = gdk_pixbuf_read_pixels (picture);
  double        sum[2]   = { 0.0, 0.0 };
  double        square   = 0.0;

  for (int i = 0; i < n; i++)
    {
      const guint8 *pixel = pixels + i / width * gdk_pixbuf_get_rowstride (picture) +
                            i % width * channels;
      double red  = pixel[0] - pixel[1];
      double blue = pixel[2] - pixel[1];

      sum[0] += red;
      sum[1] += blue;
      square += red * red + blue * blue;
    }
  return square / n - (sum[0] * sum[0] + sum[1] * sum[1]) / n / n;
}

/*  the examples  */

/* A seed decides what is where in a picture, whatever its class, so each example has
 * another one.
 *
 * @used: (inout): a bit for each row that an example has
 *
 * Returns: (transfer full): the best of some classes */
static DotExample *
choose (DotModel *model, GdkPixbuf *sheet, guint first, guint end, guint columns, guint *used)
{
  g_autoptr (GdkPixbuf) best = NULL;
  double      most           = -1.0;
  guint       column         = first;
  guint       row            = 0;
  DotExample *example;

  for (guint i = 0; sheet && i < (end - first) * ROWS; i++)
    {
      g_autoptr (GdkPixbuf) picture = cut (sheet, first + i / ROWS, i % ROWS);
      double colors                 = measure_colors (picture);

      if (colors <= most || (*used & 1u << i % ROWS))
        continue;
      most   = colors;
      column = first + i / ROWS;
      row    = i % ROWS;
      g_set_object (&best, picture);
    }

  *used |= 1u << row;
  example          = example_new (model, column, columns, row);
  example->picture = g_steal_pointer (&best);
  return example;
}

/**
 * dot_example_list:
 *
 * Returns: (transfer full) (element-type DotExample): up to %DOT_EXAMPLES of
 *   classes that are far from each other; with pictures where @model has a
 *   sheet of them
 */
GPtrArray *
dot_example_list (DotModel *model)
{
  GPtrArray *examples         = g_ptr_array_new_with_free_func (example_free);
  guint      columns          = MIN (dot_model_get_n_classes (model), MAX_COLUMNS);
  guint      n                = MIN (columns, DOT_EXAMPLES);
  guint      used             = 0;
  g_autoptr (GdkPixbuf) sheet = load_sheet (model, columns);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (examples,
                     choose (model, sheet, i * columns / n, (i + 1) * columns / n, columns, &used));
  return examples;
}
