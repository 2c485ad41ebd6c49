/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* BigGAN's files, small ones that are made here: what they say of themselves,
 * and what is refused.  What they compute is tested against the authors' own
 * (engine-parity). */

#include "format/npz.h"
#include "network/architecture-describe.h"

#include <glib/gstdio.h>

#define CHANNELS  8
#define CHUNK     2
#define EMBEDDING 3
#define CLASSES   4

typedef struct
{
  DotNpzWriter *writer;
  char         *path;
} File;

static void
file_open (File *file)
{
  int handle = g_file_open_tmp ("XXXXXX.npz", &file->path, NULL);

  g_close (handle, NULL);
  file->writer = dot_npz_writer_new (file->path, NULL);
}

static DotWeights *
file_close (File *file)
{
  g_autoptr (GError) error = NULL;
  DotWeights *weights;

  dot_npz_writer_close (file->writer, &error);
  g_assert_no_error (error);
  dot_npz_writer_free (file->writer);
  weights = dot_weights_open (file->path, &error);
  g_assert_no_error (error);
  g_unlink (file->path);
  g_free (file->path);
  return weights;
}

/* All numbers are the same. */
static void
add (File       *file,
     const char *layer,
     const char *name,
     float       number,
     guint       n_dims,
     gsize       a,
     gsize       b,
     gsize       size)
{
  gsize             shape[] = { a, b, size, size };
  g_autofree char  *key     = g_strconcat (layer, name, NULL);
  gsize             n       = 1;
  g_autofree float *data    = NULL;
  g_autoptr (GError) error  = NULL;

  for (guint i = 0; i < n_dims; i++)
    n *= shape[i];
  data = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    data[i] = number;
  dot_npz_writer_add (file->writer, key, data, n_dims, shape, &error);
  g_assert_no_error (error);
}

/* A normed layer; @size of a linear one is 0. */
static void
add_layer (File *file, const char *layer, gsize out, gsize in, gsize size, gboolean bias)
{
  add (file, layer, ".weight", 0.1f, size ? 4 : 2, out, in, size);
  add (file, layer, ".u0", 1.0f, 2, 1, out, 0);
  if (bias)
    add (file, layer, ".bias", 0.1f, 1, out, 0, 0);
}

static void
add_part (File *file, guint block, const char *part, gsize in, gsize size)
{
  g_autofree char *layer = g_strdup_printf ("blocks.%u.0.%s", block, part);

  add_layer (file, layer, CHANNELS, in, size, TRUE);
}

static void
add_norm (File *file, guint block, const char *part, float variance)
{
  g_autofree char *layer = g_strdup_printf ("blocks.%u.0.%s", block, part);
  g_autofree char *gain  = g_strconcat (layer, ".gain", NULL);
  g_autofree char *bias  = g_strconcat (layer, ".bias", NULL);

  add_layer (file, gain, CHANNELS, EMBEDDING + CHUNK, 0, FALSE);
  add_layer (file, bias, CHANNELS, EMBEDDING + CHUNK, 0, FALSE);
  add (file, layer, ".stored_mean", 0.0f, 1, CHANNELS, 0, 0);
  add (file, layer, ".stored_var", variance, 1, CHANNELS, 0, 0);
}

static DotWeights *
make_generator (guint blocks, float variance)
{
  File file;

  file_open (&file);
  add (&file, "shared", ".weight", 0.5f, 2, CLASSES, EMBEDDING, 0);
  add_layer (&file, "linear", 16 * CHANNELS, CHUNK, 0, TRUE);
  for (guint block = 0; block < blocks; block++)
    {
      add_norm (&file, block, "bn1", 1.0f);
      add_norm (&file, block, "bn2", variance);
      add_part (&file, block, "conv1", CHANNELS, 3);
      add_part (&file, block, "conv2", CHANNELS, 3);
      add_part (&file, block, "conv_sc", CHANNELS, 1);
    }
  add (&file, "output_layer.0", ".gain", 1.0f, 1, CHANNELS, 0, 0);
  add (&file, "output_layer.0", ".bias", 0.0f, 1, CHANNELS, 0, 0);
  add (&file, "output_layer.0", ".stored_mean", 0.0f, 1, CHANNELS, 0, 0);
  add (&file, "output_layer.0", ".stored_var", 1.0f, 1, CHANNELS, 0, 0);
  add_layer (&file, "output_layer.2", 3, CHANNELS, 3, TRUE);
  return file_close (&file);
}

/* @shortcuts: of the first blocks; at 64 pixels also the last one has a convolution
 * there, and doesn't halve the picture */
static DotWeights *
make_discriminator (guint blocks, guint shortcuts)
{
  File file;

  file_open (&file);
  for (guint block = 0; block < blocks; block++)
    {
      add_part (&file, block, "conv1", block ? CHANNELS : 3, 3);
      add_part (&file, block, "conv2", CHANNELS, 3);
      if (block < shortcuts)
        add_part (&file, block, "conv_sc", block ? CHANNELS : 3, 1);
    }
  add_layer (&file, "linear", 1, CHANNELS, 0, TRUE);
  add_layer (&file, "embed", CLASSES, CHANNELS, 0, FALSE);
  return file_close (&file);
}

/*  what they say  */

static void
assert_shape (DotWeights *weights, gboolean is_generator, guint image_size, guint latent_size)
{
  DotPairShape shape;

  g_assert_true (dot_architecture_describe_find (weights, is_generator, &shape, NULL) ==
                 &dot_biggan);
  g_assert_cmpuint (shape.channels, ==, 3);
  g_assert_cmpuint (shape.image_size, ==, image_size);
  g_assert_cmpuint (shape.latent_size, ==, latent_size);
  g_assert_cmpuint (shape.n_labels, ==, CLASSES);
  g_assert_null (dot_architecture_describe_find (weights, ! is_generator, &shape, NULL));
}

static void
test_sizes (void)
{
  static const struct
  {
    guint image_size;
    guint generator;
    guint discriminator;
    guint shortcuts;
  } sizes[] = { { 32, 3, 4, 2 }, { 64, 4, 5, 5 }, { 128, 5, 6, 5 }, { 256, 6, 7, 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (DotWeights) g = make_generator (sizes[i].generator, 1.0f);
      g_autoptr (DotWeights) d = make_discriminator (sizes[i].discriminator, sizes[i].shortcuts);

      assert_shape (g, TRUE, sizes[i].image_size, CHUNK * (sizes[i].generator + 1));
      assert_shape (d, FALSE, sizes[i].image_size, 0);
    }
}

static void
test_networks (void)
{
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotWeights) g             = make_generator (3, 1.0f);
  g_autoptr (DotWeights) d             = make_discriminator (4, 2);
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  DotPairShape shape;
  guint        modulated = 0;

  g_assert_true (dot_architecture_describe_pair (&dot_biggan, g, &dot_biggan, d, &shape, &error));
  generator = dot_biggan.read_generator (g, &shape, DOT_FORM_INFERENCE, &error);
  g_assert_no_error (error);
  discriminator = dot_biggan.read_discriminator (d, &shape, DOT_FORM_INFERENCE, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < generator->n_ops; i++)
    modulated += generator->ops[i].kind == DOT_OP_MODULATE;
  g_assert_cmpuint (modulated, ==, 6);
  g_assert_cmpuint (dot_network_get_output (generator)->height, ==, 32);
  g_assert_cmpuint (dot_network_get_output (generator)->channels, ==, 3);
  g_assert_cmpuint (dot_network_get_output (discriminator)->kind, ==, DOT_OP_PROJECT);
}

/*  what is refused  */

static void
test_variance (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotWeights) g = make_generator (3, -1.0f);
  DotPairShape shape       = { 0 };

  g_assert_true (dot_biggan.describe_generator (g, &shape, &error));
  g_assert_null (dot_biggan.read_generator (g, &shape, DOT_FORM_INFERENCE, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE);
  g_assert_nonnull (strstr (error->message, "blocks.0.0.bn2.stored_var"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/biggan/sizes", test_sizes);
  g_test_add_func ("/biggan/networks", test_networks);
  g_test_add_func ("/biggan/variance", test_variance);
  return g_test_run ();
}
