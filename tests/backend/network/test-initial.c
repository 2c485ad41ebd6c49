/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Layers of a random pair to measure with: how large their numbers are, and
 * that they are always the same.  And the sizes that a training's pairs can
 * have. */

#include "network/architecture.h"
#include "network/spectral-norm.h"

#include "helpers.h"

#include <math.h>
#include <string.h>

#define OUT 64
#define IN  32

static const DotInitialLayer plain  = { .out = OUT, .in = IN, .kernel = 3, .has_bias = TRUE };
static const DotInitialLayer normed = { .out = OUT, .in = IN, .kernel = 3, .spectral = TRUE };
static const DotInitialLayer linear = { .out = OUT, .in = IN };

static DotNpz *
write_layers (const char *folder)
{
  g_autofree char *path           = g_build_filename (folder, "x.npz", NULL);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, &error);
  DotInitialArrays arrays         = { .writer = writer, .for_bench = TRUE };

  dot_initial_add_layer (&arrays, &plain, "plain");
  dot_initial_add_layer (&arrays, &normed, "other");
  dot_initial_add_layer (&arrays, &linear, "linear");
  dot_initial_add_norm (&arrays, 10, OUT, 3.0, "bn");
  dot_initial_add_norm (&arrays, 0, OUT, 3.0, "unconditional");
  g_assert_no_error (arrays.error);
  dot_npz_writer_close (writer, &error);
  g_assert_no_error (error);
  return dot_npz_open (path, NULL);
}

static DotArray *
get (DotNpz *npz, const char *key)
{
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;
  DotArray    *array = NULL;

  if (dot_npz_get_header (npz, key, &header, &error))
    array = dot_npz_read (npz, key, header.n_dims, header.shape, &error);
  g_assert_no_error (error);
  return array;
}

static void
assert_moments (DotNpz *npz, const char *key, double mean, double deviation)
{
  g_autoptr (DotArray) array = get (npz, key);
  double sum                 = 0.0;
  double sum2                = 0.0;
  double error               = 4.0 / sqrt (array->n_items);

  for (gsize i = 0; i < array->n_items; i++)
    {
      sum += array->data[i] - mean;
      sum2 += (array->data[i] - mean) * (array->data[i] - mean);
    }
  g_assert_cmpfloat_with_epsilon (sum / array->n_items, 0.0, error * deviation + 1e-6);
  g_assert_cmpfloat_with_epsilon (sqrt (sum2 / array->n_items), deviation,
                                  error * deviation + 1e-6);
}

static void
test_sizes (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotNpz) npz          = write_layers (folder);

  assert_moments (npz, "plain/W", 0.0, sqrt (2.0 / (9 * IN)));
  assert_moments (npz, "plain/b", 0.0, 0.1);
  assert_moments (npz, "linear/W", 0.0, sqrt (1.0 / IN));
  assert_moments (npz, "bn/gammas/W", 1.0, 0.1);
  assert_moments (npz, "bn/betas/W", 0.0, 0.1);
  assert_moments (npz, "unconditional/gamma", 1.0, 0.1);
  assert_moments (npz, "unconditional/avg_var", 3.0, 0.0);
  g_assert_false (dot_npz_has (npz, "linear/b"));
  g_assert_false (dot_npz_has (npz, "plain/u"));
}

/* As near as training comes that has gone on for a while. */
static void
test_spectral (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotNpz) npz          = write_layers (folder);
  g_autoptr (DotArray) weight     = get (npz, "other/W");
  g_autoptr (DotArray) u          = get (npz, "other/u");
  double sigma                    = dot_spectral_norm (weight, NULL);

  g_assert_cmpuint (u->n_items, ==, OUT);
  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, u), sigma, 0.05 * sigma);
}

static void
test_same (void)
{
  g_autoptr (HelperFolder) here  = helper_folder_new ();
  g_autoptr (HelperFolder) there = helper_folder_new ();
  g_autoptr (DotNpz) one         = write_layers (here);
  g_autoptr (DotNpz) two         = write_layers (there);
  g_autoptr (DotArray) a         = get (one, "plain/W");
  g_autoptr (DotArray) b         = get (two, "plain/W");
  g_autoptr (DotArray) other     = get (one, "other/W");

  g_assert_cmpmem (a->data, a->n_items * sizeof (float), b->data, b->n_items * sizeof (float));
  g_assert_cmpfloat (fabs (a->data[0] - other->data[0]), >, 0.0);
}

static void
test_check (void)
{
  static const DotInitialSizes wrong[] = {
    { "sngan-projection", 48, 8, { 32, 32 } },
    { "dcgan", 64, 8, { 32, 32 } },
    { "sn-resnet", 32, 8, { 33, 32 } },
    { "resnet", 32, 8, { 32, 32 }, .n_labels = 3 },
    { "mlp", 2, 8, { 7, 7 } },
    { "mlp", 1, 8, { 7, 7 }, .attention = TRUE },
  };
  static const DotInitialSizes right = { "mlp", 1, 8, { 7, 7 } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error            = NULL;
      const DotArchitecture *architecture = dot_architecture_find (wrong[i].architecture, NULL);

      g_assert_false (dot_initial_check (architecture->initial, &wrong[i], &error));
      g_assert_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT);
    }
  g_assert_true (dot_initial_check (dot_mlp.initial, &right, NULL));
}

/* TorchScript is offered, but nothing can be read of it; a projected
 * discriminator is trained beside another. */
static void
test_architectures (void)
{
  g_autoptr (GError) error = NULL;
  const char *name, *label;
  guint       i;

  for (i = 0; (name = dot_architecture_get_name (i, &label)); i++)
    if (g_strcmp0 (name, "torchscript") != 0)
      {
        const DotArchitecture *architecture = dot_architecture_find (name, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (architecture->name, ==, name);
        g_assert_true ((architecture->initial != NULL) ==
                       (architecture != &dot_projected && ! architecture->named));
        g_assert_nonnull (strstr (dot_architecture_list (), name));
      }
  g_assert_cmpuint (i, ==, 12);
  g_assert_null (dot_architecture_find ("torchscript", &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/initial/sizes", test_sizes);
  g_test_add_func ("/initial/spectral", test_spectral);
  g_test_add_func ("/initial/same", test_same);
  g_test_add_func ("/initial/check", test_check);
  g_test_add_func ("/initial/architectures", test_architectures);
  return g_test_run ();
}
