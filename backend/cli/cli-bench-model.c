/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A pair to measure with: shapes and names of the public 128-pixel snapshots
 * of sngan-projection (ch 64, 1000 classes), deflated as they are, without
 * their training.  It is made once, in the person's cache. */

#include "network/random-arrays.h"

#include "model/model.h"

#include "base/intl.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER "random-128"
#define CH     64
#define LATENT 128
#define LABELS 1000

/* The two files, and what else the disk may be asked for at the time. */
#define NEEDED_MEGABYTES 320

/* What relu leaves of the mean square, and back. */
#define AFTER_RELU 2.0

/* Spectral norms make the discriminator's numbers small: its biases must not
 * drown them. */
#define BIAS       0.1
#define SMALL_BIAS 0.01

/* Pictures away from tanh's ends, where nothing would depend on the latent. */
#define IMAGE_VARIANCE 0.04

static const gsize generator_widths[]     = { 16, 16, 8, 4, 2, 1 };
static const gsize discriminator_widths[] = { 1, 2, 4, 8, 16, 16 };

typedef gboolean (*FillFunc) (DotRandomArrays *arrays, GError **error);

static gboolean
add_convolution (DotRandomArrays *arrays,
                 guint            block,
                 const char      *name,
                 gsize            in,
                 gsize            out,
                 gsize            kernel,
                 gboolean         spectral,
                 GError         **error)
{
  g_autofree char *layer = g_strdup_printf ("block%u/%s", block, name);

  return dot_random_arrays_add_layer (arrays,
                                      &(DotRandomLayer) { .name     = layer,
                                                          .out      = out,
                                                          .in       = in,
                                                          .kernel   = kernel,
                                                          .gain     = kernel > 1 ? AFTER_RELU : 1.0,
                                                          .bias     = spectral ? SMALL_BIAS : BIAS,
                                                          .spectral = spectral },
                                      error);
}

/*  generator  */

/* @variance is what comes in; one more goes out, for the residual branch adds
 * what its last batch norm made of it. */
static gboolean
add_generator_block (DotRandomArrays *arrays,
                     guint            block,
                     gsize            in,
                     gsize            out,
                     double           variance,
                     GError         **error)
{
  g_autofree char *b1 = g_strdup_printf ("block%u/b1", block);
  g_autofree char *b2 = g_strdup_printf ("block%u/b2", block);

  return dot_random_arrays_add_norm (arrays, b1, LABELS, in, variance, error) &&
         dot_random_arrays_add_norm (arrays, b2, LABELS, out, 1.0, error) &&
         add_convolution (arrays, block, "c1", in, out, 3, FALSE, error) &&
         add_convolution (arrays, block, "c2", out, out, 3, FALSE, error) &&
         add_convolution (arrays, block, "c_sc", in, out, 1, FALSE, error);
}

static gboolean
fill_generator (DotRandomArrays *arrays, GError **error)
{
  const gsize   *widths = generator_widths;
  const guint    n      = G_N_ELEMENTS (generator_widths);
  DotRandomLayer first  = { .name = "l1",
                            .out  = 16 * widths[0] * CH,
                            .in   = LATENT,
                            .gain = 1.0,
                            .bias = BIAS };
  DotRandomLayer last   = { .name   = "l7",
                            .out    = 3,
                            .in     = widths[n - 1] * CH,
                            .kernel = 3,
                            .gain   = AFTER_RELU * IMAGE_VARIANCE,
                            .bias   = BIAS };

  if (! dot_random_arrays_add_layer (arrays, &first, error))
    return FALSE;
  for (guint i = 1; i < n; i++)
    if (! add_generator_block (arrays, i + 1, widths[i - 1] * CH, widths[i] * CH, i, error))
      return FALSE;
  return dot_random_arrays_add_norm (arrays, "b7", 0, last.in, n, error) &&
         dot_random_arrays_add_layer (arrays, &last, error);
}

/*  discriminator  */

static gboolean
add_discriminator_block (DotRandomArrays *arrays,
                         guint            block,
                         gsize            in,
                         gsize            out,
                         gboolean         down,
                         GError         **error)
{
  gsize middle = block == 1 ? out : in;

  return add_convolution (arrays, block, "c1", in, middle, 3, TRUE, error) &&
         add_convolution (arrays, block, "c2", middle, out, 3, TRUE, error) &&
         (! down || add_convolution (arrays, block, "c_sc", in, out, 1, TRUE, error));
}

static gboolean
fill_discriminator (DotRandomArrays *arrays, GError **error)
{
  const guint    n      = G_N_ELEMENTS (discriminator_widths);
  gsize          in     = 3;
  DotRandomLayer score  = { .name     = "l7",
                            .out      = 1,
                            .in       = discriminator_widths[n - 1] * CH,
                            .gain     = 1.0,
                            .bias     = SMALL_BIAS,
                            .spectral = TRUE };
  DotRandomLayer labels = { .name     = "l_y",
                            .out      = LABELS,
                            .in       = score.in,
                            .gain     = 1.0,
                            .spectral = TRUE };

  for (guint i = 0; i < n; i++)
    {
      gsize out = discriminator_widths[i] * CH;

      if (! add_discriminator_block (arrays, i + 1, in, out, i + 1 < n, error))
        return FALSE;
      in = out;
    }
  return dot_random_arrays_add_layer (arrays, &score, error) &&
         dot_random_arrays_add_layer (arrays, &labels, error);
}

/*  the files  */

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The folder %s can't be made (%s): make it writable, or set "
                  "XDG_CACHE_HOME to another place."),
               shown, g_strerror (errno));
  return FALSE;
}

/* Where the disk doesn't say how much is free, it is tried. */
static gboolean
check_space (const char *folder, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo)
    info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  g_autofree char *shown = g_filename_display_name (folder);
  guint64          free_bytes;

  if (! info || ! g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return TRUE;

  free_bytes = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (free_bytes / 1000000 >= NEEDED_MEGABYTES)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The random pair needs %u MB in %s, and %u MB are free: free "
                  "some, or set XDG_CACHE_HOME to a larger disk."),
               NEEDED_MEGABYTES, shown, (guint) (free_bytes / 1000000));
  return FALSE;
}

static gboolean
ensure_file (const char     *path,
             FillFunc        fill,
             DotProgressFunc progress,
             gpointer        user_data,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (DotNpzWriter) writer = NULL;
  g_autofree char *name           = g_path_get_basename (path);
  g_autofree char *message        = NULL;
  DotRandomArrays  arrays         = { .cancellable = cancellable };

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  /* Translators: %s is a file: "generator.npz" */
  message = g_strdup_printf (_ ("Making a random %s, once"), name);
  if (progress)
    progress (message, 0.0, user_data);

  arrays.writer = writer = dot_npz_writer_new (path, error);
  if (! writer || ! fill (&arrays, error))
    return FALSE;

  dot_npz_writer_watch (writer, message, progress, user_data, cancellable);
  return dot_npz_writer_close (writer, error);
}

/**
 * dot_model_new_random:
 * @progress: (nullable) (scope call): told about the making
 * @cancellable: (nullable):
 *
 * The first call takes a while, and a good quarter of a gigabyte of the
 * person's cache.  The pair is the same everywhere.
 *
 * Returns: (transfer full): a random pair as large as the public 128-pixel
 *   one, to measure with: 1000 classes, 128 pixels, ch 64
 */
DotModel *
dot_model_new_random (DotProgressFunc progress,
                      gpointer        user_data,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "dot-refine", FOLDER, NULL);
  g_autofree char *generator     = g_build_filename (folder, "generator.npz", NULL);
  g_autofree char *discriminator = g_build_filename (folder, "discriminator.npz", NULL);
  gboolean         there         = g_file_test (generator, G_FILE_TEST_EXISTS) &&
                   g_file_test (discriminator, G_FILE_TEST_EXISTS);

  if (! there && (! make_folder (folder, error) || ! check_space (folder, error)))
    return NULL;
  if (! ensure_file (generator, fill_generator, progress, user_data, cancellable, error) ||
      ! ensure_file (discriminator, fill_discriminator, progress, user_data, cancellable, error))
    return NULL;
  return dot_model_new_from_files (generator, discriminator, NULL, DOT_PRIOR_NORMAL, error);
}
